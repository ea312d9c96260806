# SPDX-License-Identifier: Apache-2.0
"""Findings and charges of payments in the reader's words: codes become labels, numbers are grouped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from gumruk import texts
from gumruk.law.kernel import Finding, Step
from gumruk.law.lawbook import Law
from gumruk.office.lawbook.labels import label
from gumruk.office.payments.reports import ProofLine
from gumruk.texts import formats

_AMOUNTS = ("due", "available", "missing", "amount", "left", "result", "rate")
_DAYS = ("value_date", "today", "day")


def charge_name(language: str, code: str, law: Law) -> str:
    """What a charge is called, from its code in the law."""
    entry = law.find("charges", code)
    name = entry.fields.get("name") if entry is not None else None
    return label("charges", name, language) if isinstance(name, str) else code


def account_name(language: str, kind: str) -> str:
    """What a kind of account is called."""
    return texts.say(language, f"payments.account.{kind}")


def budget_name(language: str, budget_code: str, law: Law) -> str:
    """Which charge a budget code belongs to, by the law of the day; empty where it belongs to none."""
    for charge, entry in law.table("budget").items():
        if entry.fields.get("budget_code") == budget_code:
            return label("charges", charge, language)
    return ""


def proof_words(language: str, line: ProofLine) -> str:
    """A line of the day's proof in one sentence."""
    shown = {name: _sums(language, text) for name, text in (("expected", line.expected), ("found", line.found))}
    return texts.say(language, f"payments.proof.{line.code}", **shown)


def _sums(language: str, text: str) -> str:
    """Sums such as `1250.00 TJS, 3.00 USD` as the language writes them; a bare count stays."""
    parts = [part.partition(" ") for part in text.split(", ")]
    return ", ".join(
        formats.money(language, Decimal(amount), currency) if currency else amount for amount, _, currency in parts
    )


def finding_shown(language: str, found: Finding, law: Law) -> Finding:
    """The same finding with its codes named and its numbers grouped, ready for its text."""
    return replace(found, params={name: _word(language, name, value, law) for name, value in found.params.items()})


def step_words(language: str, step: Step) -> str:
    """A step of a conversion in one sentence."""
    params = {name: _number(language, name, value) for name, value in step.params.items()}
    return texts.say(language, f"step.{step.code}", **params)


def _word(language: str, name: str, value: str, law: Law) -> str:
    if name == "charge":
        return charge_name(language, value, law)
    if name == "account":
        return account_name(language, value)
    if name == "status":
        return texts.say(language, f"ui.law_status.{value}")
    return _number(language, name, value)


def _number(language: str, name: str, value: str) -> str:
    if name in _DAYS:
        return formats.day(language, date.fromisoformat(value))
    if name in _AMOUNTS and value.lstrip("-").replace(".", "", 1).isdigit():
        return formats.money(language, Decimal(value))
    return value

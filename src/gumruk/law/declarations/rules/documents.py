# SPDX-License-Identifier: Apache-2.0
"""Documents: their numbers and days, whether they hold on the day, and what is named twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from re import Pattern

from gumruk.law.declarations.reading import ItemReading, Reading, day_of, document_code
from gumruk.law.declarations.rules.head import WCO
from gumruk.law.declarations.rules.machinery import Context, Fault, rule
from gumruk.law.kernel import Severity
from gumruk.law.lawbook import Law
from gumruk.law.reference.forms import read_form

KYOTO = "Kyoto Convention, General Annex, standard 3.16"


@rule("DEC-87", act=f"{WCO}, D002")
def documents_are_not_of_the_future(reading: Reading, context: Context) -> Iterator[Fault]:
    """A document is issued on a real day, not after the day of lodging, and does not end before it begins."""
    for path, document in reading.placed_documents:
        if document.issue is None and document.expiration is None:
            continue
        issued = day_of(document.issue.text) if document.issue else None
        ends = day_of(document.expiration.text) if document.expiration else None
        if document.issue is not None and (issued is None or issued > context.lodged_on):
            yield f"{path}.issue", {"number": (document.id or "-")[:70], "date": document.issue.text[:40]}
        elif document.expiration is not None and (ends is None or (issued is not None and ends < issued)):
            yield f"{path}.expiration", {"number": (document.id or "-")[:70], "date": document.expiration.text[:40]}


@rule("DEC-88", act=f"{WCO}, 275 and 276")
def documents_hold_on_the_day(reading: Reading, context: Context) -> Iterator[Fault]:
    """A document that has a last day or a first day holds on the legal day of registration."""
    day = context.law.day
    for path, document in reading.placed_documents:
        if document.expiration is None and document.effective is None:
            continue
        ends = day_of(document.expiration.text) if document.expiration else None
        begins = day_of(document.effective.text) if document.effective else None
        if ends is not None and ends < day:
            yield f"{path}.expiration", {"number": (document.id or "-")[:70], "date": ends.isoformat()}
        elif begins is not None and begins > day:
            yield f"{path}.effective", {"number": (document.id or "-")[:70], "date": begins.isoformat()}


@dataclass(frozen=True, slots=True)
class _Format:
    """How a kind of document is written, whether it has a day, and how long it is good."""

    form: Pattern[str] | None
    dated: bool
    valid: timedelta | None


def _formats(law: Law) -> Mapping[str, _Format]:
    formats = {}
    for code, entry in law.table("document_formats").items():
        form, days = entry.fields.get("form"), entry.fields.get("valid_days")
        formats[code] = _Format(
            form=read_form(form) if isinstance(form, str) else None,
            dated=entry.fields.get("dated") is True,
            valid=timedelta(days=days) if isinstance(days, int) else None,
        )
    return formats


@rule("DEC-89", act=KYOTO, severity=Severity.WARNING)
def documents_have_their_form(reading: Reading, context: Context) -> Iterator[Fault]:
    """A document has a number, in the form and with the day that its kind has, and is not too old for it."""
    formats = context.law.made(_formats)
    for path, document in reading.placed_documents:
        if document.lpco_exemption_code:
            continue
        code = document_code(document)
        held = formats.get(code) or formats.get(document.type_code or "")
        params = {"document": code[:35] or "-", "number": (document.id or "-")[:70]}
        if not document.id:
            yield f"{path}.id", params
        elif held is not None:
            if held.form is not None and not held.form.fullmatch(document.id):
                yield f"{path}.id", params
            elif held.dated and document.issue is None:
                yield f"{path}.issue", params
            elif _is_old(document.issue.text if document.issue else "", held.valid, context.law.day):
                yield f"{path}.issue", params


def _is_old(issued: str, valid: timedelta | None, day: date) -> bool:
    began = day_of(issued)
    return valid is not None and began is not None and began < day and day - began > valid


@rule("DEC-90", act=f"{WCO}, D005 and D006", severity=Severity.WARNING)
def documents_are_named_once(reading: Reading, context: Context) -> Iterator[Fault]:
    """A document is named once: not twice in one place, nor on an item again where the head names it for all."""
    head: set[tuple[str, str]] = set()
    places: dict[str, set[tuple[str, str]]] = {}
    for path, document in reading.placed_documents:
        if not document.id:
            continue  # DEC-89 tells
        name = document_code(document), document.id
        holder = path.rpartition(".")[0]
        seen = places.setdefault(holder, set())
        if name in seen or (holder and name in head):
            yield path, {"document": name[0][:35] or "-", "number": name[1][:70]}
        seen.add(name)
        if not holder:
            head.add(name)


@rule("DEC-91", act=f"{WCO}, 68A", severity=Severity.WARNING)
def items_are_not_declared_twice(reading: Reading, context: Context) -> Iterator[Fault]:
    """No two goods items are alike in everything but their number."""
    seen: dict[tuple[object, ...], ItemReading] = {}
    for item in reading.items:
        if item.item.commodity is None:
            continue
        held = seen.setdefault((item.code_text, item.description, item.price, item.net_mass), item)
        if held is not item and replace(held.item, sequence_numeric=item.item.sequence_numeric) == item.item:
            other = held.item.sequence_numeric
            params = {"item": str(item.item.sequence_numeric or "?"), "other": str(other if other is not None else "?")}
            yield f"{item.path}.sequence_numeric", params

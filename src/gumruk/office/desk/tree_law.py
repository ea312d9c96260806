# SPDX-License-Identifier: Apache-2.0
"""What the law of a day says of a code: rates, preferences, reliefs and controls, as an assessment would read them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import islice, takewhile
from typing import Any

from gumruk import texts
from gumruk.law.assessment import ItemFacts, PlannedCharge
from gumruk.law.assessment.explained import item_facts
from gumruk.law.assessment.plan import Plan, plan_for
from gumruk.law.expression import ExpressionError, Kind, check, explain
from gumruk.law.kernel import DateRange, HsCode, Money
from gumruk.law.lawbook import Entry, Law, LawBook, Legal, Moments, Status
from gumruk.law.tariff.duties import DutyError, read_duty
from gumruk.office.declarations.words import rate_words
from gumruk.office.lawbook.labels import act_shown, country_name, label
from gumruk.office.tariff.words import duty_words
from gumruk.texts import formats

Shown = dict[str, Any]

#: Release for free circulation and exportation: under these the rates of a public tariff are shown.
PROCEDURES = (("import", "40"), ("export", "10"))
_GENERAL = frozenset({"item.code", "item.procedure"})
_TRUST = (Status.UNKNOWN, Status.TRAINING, Status.UNVERIFIED, Status.VERIFIED)
#: Tables of demands with commodity codes in the column `codes`.
CONTROLS = ("required_documents", "permit_places")


class CodeLaw:
    """The law of one day over codes; made once a page, for the plan of charges behind it is made once a day."""

    def __init__(self, book: LawBook, day: date, *, training: bool, language: str) -> None:
        self.law: Law = book.at(day, training=training)
        self.plan: Plan = plan_for(Legal(book, Moments(day, day), training=training))
        self.language = language
        self._keys: dict[str, list[str]] = {}
        self._words: dict[str, str] = {}

    def rates(self, code: str) -> list[Shown]:
        """Every charge on goods of this code, on import and on export, in the order of assessment."""
        return [
            self._rate(code, charge, flow, applies)
            for flow, procedure in PROCEDURES
            for charge, applies in self._due(code, procedure)
        ]

    def rate_texts(self, code: str) -> dict[str, str]:
        """On import, each charge with a tariff of its own: its rate in short words, `…` where lines below differ."""
        return {
            charge.name: "…" if self._divided(code, charge) else self._rate_printed(charge.rate)
            for charge, _ in self._due(code, PROCEDURES[0][1])
            if self._table(charge)
        }

    def preferences(self, code: str) -> list[Shown]:
        """Every preference scheme of the law and whether goods of this code are in it."""
        return [
            {
                "scheme": key,
                "label": label("preferences", key, self.language),
                "countries": [
                    {"code": each, "name": country_name(each, self.language)} for each in _words(entry, "countries")
                ],
                "charge": str(entry.fields.get("charge") or ""),
                "rate": (rate := _known(entry, "duty")),
                "words": self._duty_words(rate),
                "proof": [label("documents", each, self.language) for each in _words(entry, "proof")],
                "excluded": any(HsCode(code).within(each) for each in _words(entry, "excluded")),
                **self._standing((entry,)),
            }
            for key, entry in self.law.table("preferences").items()
        ]

    def reliefs(self, code: str) -> list[Shown]:
        """The reliefs whose goods the law names by their code, where this code is among them."""
        return [
            {
                "code": key,
                "label": label("reliefs", key, self.language),
                "charges": [label("charges", each, self.language) for each in _words(entry, "charges")],
                **self._standing((entry,)),
            }
            for key, entry in self.law.table("reliefs").items()
            if self._named_by_code(entry, code)
        ]

    def controls(self, code: str) -> list[Shown]:
        """The documents and posts that the law asks for such goods; `part` where it asks so of some goods below only.

        Demands on goods of every kind (`general`) come last.
        """
        found = [
            self._control(code, entry, codes)
            for table in CONTROLS
            for entry in self.law.table(table).values()
            if entry.fields.get("grade") not in (None, "off")
            and (not (codes := _words(entry, "codes")) or any(_touch(code, each) for each in codes))
        ]
        return sorted(found, key=lambda shown: (shown["general"], shown["part"]))

    def _due(self, code: str, procedure: str) -> Iterator[tuple[PlannedCharge, bool | None]]:
        """The charges that fall on goods of this code; with None where it depends on more than the code."""
        item = ItemFacts(1, HsCode(code), Money(Decimal(0), self.plan.currency), procedure=procedure)
        facts = item_facts(self.plan, item, Decimal(0), {})
        for charge in self.plan.of_item(item, ()).charges:
            applies: bool | None = True
            if charge.when is not None:
                told = explain(charge.when, facts, conformed=True).value
                applies = bool(told) if set(charge.when.fields) <= _GENERAL else None
            if applies is not False:
                yield charge, applies

    def _rate(self, code: str, charge: PlannedCharge, flow: str, applies: bool | None) -> Shown:
        bearer = self._bearer(charge)
        return {
            "charge": charge.name,
            "label": label("charges", charge.name, self.language),
            "flow": flow,
            "rate": charge.rate,
            "words": self._rate_words(charge),
            "base": self._base(charge),
            "set_for": bearer.key if bearer else "",
            "divided": self._divided(code, charge),
            "conditional": applies is None,
            **self._standing(
                entry for entry in charge.entries if entry.table not in ("procedures", "budget") and entry is not bearer
            ),
            **(self._standing((bearer,)) if bearer else {}),
        }

    def _bearer(self, charge: PlannedCharge) -> Entry | None:
        """The row of the tariff that bears the rate; None for a charge whose rate is one for all goods."""
        table = self._table(charge)
        return next((entry for entry in charge.entries if entry.table == table), None) if table else None

    def _table(self, charge: PlannedCharge) -> str:
        own = next((entry for entry in charge.entries if entry.table == "charges"), None)
        return str((own and own.fields.get("rate_table")) or "")

    def _divided(self, code: str, charge: PlannedCharge) -> bool:
        """Whether the tariff sets another rate for goods below this code."""
        table = self._table(charge)
        if not table:
            return False
        rows = self.law.table(table)
        keys = self._keys.get(table)
        if keys is None:
            keys = self._keys[table] = sorted(rows)
        below = takewhile(lambda key: key.startswith(code), islice(keys, bisect_right(keys, code), None))
        return any(str(rows[key].fields.get("duty") or "") != charge.rate for key in below)

    def _named_by_code(self, entry: Entry, code: str) -> bool:
        source = str(entry.fields.get("when") or "")
        if "item.code" not in source:
            return False
        try:
            when = check(source, self.plan.item_vocabulary, Kind.BOOLEAN)
        except ExpressionError:
            return False
        return set(when.fields) == {"item.code"} and explain(when, {"item.code": code}, conformed=True).value is True

    def _control(self, code: str, entry: Entry, codes: tuple[str, ...]) -> Shown:
        documents = _words(entry, "documents")
        return {
            "kind": "documents" if entry.table == "required_documents" else "posts",
            "flow": str(entry.fields.get("flow") or "any"),
            "grade": str(entry.fields.get("grade")),
            "documents": [{"code": each, "label": label("documents", each, self.language)} for each in documents],
            "posts": [
                {"code": each, "label": label("offices", each, self.language)} for each in _words(entry, "offices")
            ],
            "value_over": None if (over := entry.fields.get("value_over")) is None else str(over),
            "origins": [country_name(each, self.language) for each in _words(entry, "origins")],
            "general": not codes,
            "part": bool(codes) and not any(code.startswith(each) for each in codes),
            **self._standing((entry,)),
        }

    def _rate_printed(self, rate: str) -> str:
        """The rate as short as a column wants it: `15 %, не менее 0,30 EUR/килограмм`; empty where it is unknown."""
        if not rate or rate.isalpha():
            return self._duty_words(rate)
        return rate_words(self.language, rate)

    def _rate_words(self, charge: PlannedCharge) -> str:
        """The rate in plain words; a share of more than the customs value is told with its base beside it."""
        if not self._base(charge):
            return self._duty_words(charge.rate)
        share = re.fullmatch(r"([0-9.]+)%", charge.rate)
        return formats.percent(self.language, Decimal(share[1]).scaleb(-2)) if share else self._duty_words(charge.rate)

    def _base(self, charge: PlannedCharge) -> str:
        """What the rate is taken of, where that is more than the customs value: the charges that are added to it."""
        fields = charge.base.fields if charge.base else ()
        added = [path.removeprefix("charge.") for path in fields if path.startswith("charge.")]
        if not added or "%" not in charge.rate:
            return ""
        charges = ", ".join(label("charges", each, self.language) for each in added)
        return texts.say(self.language, "tree.rate.base", charges=charges)

    def _duty_words(self, rate: str) -> str:
        """The rate in plain words; empty where it is unknown, the text itself where it is no duty expression."""
        if rate not in self._words:
            try:
                self._words[rate] = duty_words(self.language, read_duty(rate)) if rate else ""
            except DutyError:
                self._words[rate] = rate
        return self._words[rate]

    def _standing(self, entries: Iterable[Entry]) -> Shown:
        """The least trusted status among entries, their acts, and the days for which the last of them holds."""
        held = tuple(entries)
        worst = min((entry.status for entry in held), key=_TRUST.index, default=Status.UNKNOWN)
        acts = dict.fromkeys(entry.act for entry in held if entry.act)
        last = held[-1].valid if held else None
        return {
            "status": worst.value,
            "status_words": texts.say(self.language, f"ui.law_status.{worst.value}"),
            "acts": [{"id": each, "title": act_shown(each, self.language).title} for each in acts],
            "valid_from": last.first.isoformat() if last and last.first else None,
            "valid_to": last.last.isoformat() if last and last.last else None,
            "days": days_words(last, self.language) if last else "",
        }


def days_words(valid: DateRange, language: str) -> str:
    """Since when and until when something holds; empty where it always does."""
    ends = (("since", valid.first), ("until", valid.last))
    return " ".join(
        texts.say(language, f"tree.{name}", day=formats.day(language, day)) for name, day in ends if day is not None
    )


def _touch(code: str, prefix: str) -> bool:
    return code.startswith(prefix) or prefix.startswith(code)


def _words(entry: Entry, name: str) -> tuple[str, ...]:
    words = entry.fields.get(name)
    return words if isinstance(words, tuple) else ()


def _known(entry: Entry, name: str) -> str:
    """A field as text; empty where nobody knows the law of this row."""
    return "" if entry.status is Status.UNKNOWN else str(entry.fields.get(name) or "")

# SPDX-License-Identifier: Apache-2.0
"""What must be given, by procedure and goods: the pack's tables `required` and `required_documents` say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from gumruk.law.declarations.reading import ItemReading, Reading, document_codes
from gumruk.law.declarations.rules.head import PRICE_DIGITS, PRICE_SCALE, fits
from gumruk.law.declarations.rules.machinery import OFF, Context, Fault, Grounded, item_rule, rule
from gumruk.law.declarations.rules.paths import ITEMS, field_names, is_field, missing
from gumruk.law.kernel import LEGAL_CONTEXT, Severity
from gumruk.law.lawbook import Entry, Law
from gumruk.law.reference import exchange_rate

ANY = "any"
"""In a row: every procedure, every flow."""

FLOWS: Mapping[str, str] = {"IM": "import", "EX": "export"}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A field that a row wants: its names, the path as written, and what the row says of it."""

    names: tuple[str, ...]
    path: str
    severity: Severity
    act: str | None


# Rows by flow, procedure and code prefix: what applies to an item is found by a few look-ups.
_ByGoods = dict[tuple[str, str, str], list[_Wanted]]


@dataclass(frozen=True, slots=True)
class _Required:
    """What the law of a day requires: of the head and of items. `chosen` keeps what was looked up."""

    of_head: _ByGoods
    of_items: _ByGoods
    chosen: dict[tuple[bool, str, str, str], tuple[_Wanted, ...]] = field(default_factory=dict)

    def fields(self, of_items: bool, flow: str, procedure: str, code: str) -> tuple[_Wanted, ...]:
        """The fields that goods of this code under this procedure must have."""
        key = of_items, flow, procedure, code
        found = self.chosen.get(key)
        if found is None:
            table = self.of_items if of_items else self.of_head
            found = tuple(
                wanted
                for flows in (ANY, flow)
                for procedures in (ANY, procedure)
                for length in range(len(code) + 1)
                for wanted in table.get((flows, procedures, code[:length]), ())
            )
            if len(self.chosen) < 4096:
                self.chosen[key] = found
        return found


def _required(law: Law) -> _Required:
    tables = _Required({}, {})
    for key, entry in law.table("required").items():
        grade = entry.fields.get("grade")
        if grade in (None, OFF):
            continue
        flow, procedure, code, path = key.split(".", 3)
        if not is_field(path):
            continue  # of another version's model; the check of packs lets none pass to publication
        wanted = _Wanted(field_names(path), path, Severity(str(grade)), entry.act)
        table = tables.of_items if path.split(".")[0] == ITEMS else tables.of_head
        table.setdefault((flow, procedure, code), []).append(wanted)
    return tables


@rule("DEC-30", act="Kyoto Convention, General Annex, standard 3.12")
def what_the_procedure_needs_is_given(reading: Reading, context: Context) -> Iterator[Fault]:
    """The head gives what the law requires for the procedures and goods of the declaration."""
    required = context.law.made(_required)
    if not required.of_head:
        return
    flow = FLOWS.get(reading.direction, "")
    told = set()
    for procedure, code in dict.fromkeys((item.procedure or "", item.code_text) for item in reading.items):
        for wanted in required.fields(False, flow, procedure, code):
            for path in missing(reading.declaration, wanted.names):
                if path not in told:
                    told.add(path)
                    params = {"field": wanted.path, "procedure": procedure or "-"}
                    yield Grounded(path, params, wanted.severity, wanted.act)


@item_rule("DEC-31", act="Kyoto Convention, General Annex, standard 3.12")
def what_the_goods_need_is_given(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A goods item gives what the law requires for its procedure and commodity code."""
    required = context.law.made(_required)
    if not required.of_items:
        return
    told = set()
    flow = FLOWS.get(reading.direction, "")
    for wanted in required.fields(True, flow, item.procedure or "", item.code_text):
        for path in missing(item.item, wanted.names):
            if path not in told:
                told.add(path)
                params = {"field": wanted.path, "procedure": item.procedure or "-", "code": item.code_text[:10] or "-"}
                yield Grounded(path, params, wanted.severity, wanted.act)


@dataclass(frozen=True, slots=True)
class _Demand:
    """A row of `required_documents`: one of these documents for such goods. Empty means: whatever it is."""

    flow: str
    procedures: frozenset[str]
    origins: frozenset[str]
    preferences: frozenset[str]
    value_over: Decimal | None
    documents: frozenset[str]
    shown: str
    severity: Severity
    act: str | None


def _demands(law: Law) -> Mapping[str, tuple[_Demand, ...]]:
    """The demands by code prefix; the empty prefix is every code."""
    found: dict[str, list[_Demand]] = {}
    for entry in law.table("required_documents").values():
        demand = _demand(entry)
        if demand is not None:
            for prefix in _words(entry, "codes") or ("",):
                found.setdefault(prefix, []).append(demand)
    return {prefix: tuple(demands) for prefix, demands in found.items()}


def _demand(entry: Entry) -> _Demand | None:
    grade, over, documents = entry.fields.get("grade"), entry.fields.get("value_over"), _words(entry, "documents")
    if grade in (None, OFF) or not documents:
        return None
    return _Demand(
        flow=str(entry.fields.get("flow") or ANY),
        procedures=frozenset(_words(entry, "procedures")),
        origins=frozenset(_words(entry, "origins")),
        preferences=frozenset(_words(entry, "preferences")),
        value_over=over if isinstance(over, Decimal) else None,
        documents=frozenset(documents),
        shown=", ".join(documents),
        severity=Severity(str(grade)),
        act=entry.act,
    )


def _words(entry: Entry, name: str) -> tuple[str, ...]:
    words = entry.fields.get(name)
    return words if isinstance(words, tuple) else ()


@item_rule("DEC-32", act="Kyoto Convention, General Annex, standard 3.16")
def documents_that_the_goods_need_are_named(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Documents that the law asks for such goods, origin, value and procedure are named, on the item or the head."""
    demands = context.law.made(_demands)
    if not demands:
        return
    code, flow = item.code_text, FLOWS.get(reading.direction, "")
    for length in range(len(code) + 1):
        for demand in demands.get(code[:length], ()):
            if demand.flow not in (ANY, flow) or not _speaks_of(demand, item, context):
                continue
            if not _numbered(demand, item, reading):
                params = {"documents": demand.shown, "code": code[:10] or "-", "procedure": item.procedure or "-"}
                yield Grounded("additional_documents", params, demand.severity, demand.act)


def _numbered(demand: _Demand, item: ItemReading, reading: Reading) -> bool:
    """Whether one of the documents is named; where one must be (an error), with its number."""
    if demand.severity is not Severity.ERROR:
        return reading.names_one_of(demand.documents, item)
    documents = (*reading.documents, *item.documents)
    return any(not document_codes((held,)).isdisjoint(demand.documents) for held in documents if held.id)


def _speaks_of(demand: _Demand, item: ItemReading, context: Context) -> bool:
    if demand.procedures and item.procedure not in demand.procedures:
        return False
    if demand.origins and item.origin not in demand.origins:
        return False
    if demand.preferences and item.preference not in demand.preferences:
        return False
    return demand.value_over is None or _price(item, context) > demand.value_over


def _price(item: ItemReading, context: Context) -> Decimal:
    """The price in the country's currency; zero where it cannot be expressed in it (DEC-24, DEC-29 tell)."""
    law = context.legal.of("exchange_rate")
    if item.price is None or item.price.currency is None or not fits(item.price.value, PRICE_DIGITS, PRICE_SCALE):
        return Decimal(0)
    if item.price.currency == law.value("currency"):
        return item.price.value
    rate = exchange_rate(law, item.price.currency)
    return Decimal(0) if rate is None else LEGAL_CONTEXT.multiply(item.price.value, rate[0].factor)

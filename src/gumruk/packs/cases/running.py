# SPDX-License-Identifier: Apache-2.0
"""Runs a worked case against a country pack, and says where the two part: the step, and the law's file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from gumruk.law.assessment import AssessedItem, Assessment, ChargeLine, assess, compute
from gumruk.law.kernel import Finding, Step
from gumruk.law.lawbook import Entry, Legal
from gumruk.law.valuation import decide_value, valuation_law
from gumruk.packs.cases.duty_case import same_duty
from gumruk.packs.cases.known import names_found
from gumruk.packs.cases.later import SEVERAL, WORDS, later_result
from gumruk.packs.cases.model import (
    ANYWHERE,
    STATISTICAL,
    TOTAL,
    VALUE,
    WHOLE,
    Case,
    Cell,
    Expected,
    LaterCase,
    ValueCase,
    Worked,
)
from gumruk.packs.cases.words import number
from gumruk.packs.cases.yaml_nodes import refuse
from gumruk.packs.faults import Fault
from gumruk.packs.pack import COUNTRIES, Pack, pack_folder
from gumruk.packs.schema import TABLES

UNKNOWN, NOTHING = "unknown", "-"
_WORDS = ("rate", "relief")
#: Which tables a step rests on, and the column that it reads there.
_LAW_OF = {
    "assessment.rate": {"tariff": "duty", "excise": "duty", "preferences": "duty", "fees": "amount", "values": "value"},
    "assessment.base": {"charges": "base"},
    "assessment.rounded": {"charges": "rounding"},
    "assessment.relieved": {"reliefs": "charges", "relief_conditions": "within_months", "procedures": "collect"},
    "assessment.secured": {"procedures": "collect", "reliefs": "charges"},
    "assessment.unknown": {"tariff": "duty", "excise": "duty", "values": "value", "charges": "base"},
    "assessment.none": {"charges": "when", "procedures": "collect"},
    "inward.due": {"tariff": "duty", "values": "value"},
    "outward.value_due": {"tariff": "duty", "values": "value"},
    "outward.difference_due": {"tariff": "duty", "values": "value"},
    "penalty.rounded": {"penalties": "units_per_day", "values": "value"},
    "flat.rate": {"flat_rates": "duty", "values": "value"},
    "valuation.price": {"exchange_rates": "amount"},
    "valuation.freight": {"values": "value", "exchange_rates": "amount"},
    "valuation.insurance": {"values": "value", "exchange_rates": "amount"},
    "valuation.total": {"values": "value"},
}
#: The step that holds the result, where another than the first does.
_RESULTS = (
    "temporary.due",
    "flat.rate",
    "inward.due",
    "outward.value_due",
    "outward.difference_due",
    "penalty.rounded",
)
_COLLECTED = ("assessment.relieved", "assessment.secured")


@dataclass(frozen=True, slots=True)
class LawPlace:
    """One value of the law that a line rests on, and the file and line where it is kept."""

    table: str
    key: str
    column: str
    value: str
    status: str
    act: str | None
    file: Path
    line: int


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that is not as expected.

    `place` is the item's number or `whole`, `parted` the code of the step at which the two part, `steps` all steps of
    the line, `law` the values it rests on, the likeliest first. `line` is where the expectation stands in the case.
    `findings` are what was found, where that is not as expected.
    """

    place: str
    name: str
    part: str
    got: str
    expected: str
    line: int
    parted: str
    steps: tuple[Step, ...]
    law: tuple[LawPlace, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a case came to: what is not as expected, in the order of computing; empty where all is."""

    case: Worked
    misses: tuple[Miss, ...]


def folder_of(case: Worked, path: Path, country: str = "") -> Path | None:
    """The folder of the pack that a case in this file is for: None where nobody says.

    What the case names itself (a pack that is shipped, or a folder beside the file), else `country`, else the nearest
    folder around the file that bears the name of a pack that is shipped (`tests/cases/tj`).
    """
    if case.country:
        shipped = pack_folder(case.country)
        return shipped if shipped.parent == COUNTRIES else path.parent / case.country
    if country:
        return pack_folder(country)
    names = (parent.name for parent in path.resolve().parents)
    return next((found for name in names if (found := pack_folder(name)).parent == COUNTRIES), None)


def no_pack(case: Worked, found: str) -> Fault:
    """The fault of a case whose pack is not named, or cannot be loaded."""
    return refuse(case.file, case.line, "country", found=found or "-").fault


def run_case(case: Case | ValueCase | LaterCase, pack: Pack) -> Outcome:
    """Assess the case's goods, or decide their value, under the pack, and compare all that the case speaks of."""
    if isinstance(case, ValueCase):
        return Outcome(case, tuple(_decision_misses(case, pack)))
    if isinstance(case, LaterCase):
        return Outcome(case, tuple(_later_misses(case, pack)))
    legal = Legal(pack.book, case.moments, training=case.training)
    assessment = assess(case.facts, legal)
    misses = [*_misses(case, assessment, pack), *_finding_miss(case, assessment, pack)]
    computed = compute(case.facts, legal)
    parts = ("computed", "relieved", "secured", "payable")
    fast = [(line.item, line.charge.code, *(getattr(line, part) for part in parts)) for line in computed.amounts]
    slow = [(line.item, line.code, *(getattr(line, part) for part in parts)) for line in assessment.lines]
    if fast != slow:
        misses.append(Miss(WHOLE, "compiled", "payable", str(fast), str(slow), case.line, "", (), ()))
    return Outcome(case, tuple(misses))


def _decision_misses(case: ValueCase, pack: Pack) -> Iterator[Miss]:
    law = valuation_law(Legal(pack.book, case.moments, training=case.training).of("exchange_rate"))
    decision = decide_value(case.facts, law)
    got = {"method": NOTHING if decision.used is None else str(decision.used.method)}
    got["value"] = NOTHING if decision.value is None else f"{decision.value:f}"
    for outcome in decision.outcomes:
        told = (reason if reason != "unanswered" else f"{reason}:{about}" for reason, about in outcome.refused)
        got[f"refused.{outcome.method}"] = " ".join(told)
    got.update({f"comparison.{each.method}": f"{each.value:f}" for each in decision.comparison})
    rates = tuple(law.entries.values())
    for name, cell in case.expected.items():
        found, said = got.get(name, NOTHING), cell.text if cell.text != "none" else NOTHING
        amount = name.partition(".")[0] in ("value", "comparison") and NOTHING not in (found, said)
        if found != said and not (amount and Decimal(found) == number(cell, case.file, name)):
            places = tuple(_law(rates, "valuation.price", pack))
            shown = [place for place in places if place.table == "values" or place.key in _currencies(case)]
            parted = "valuation.refused" if decision.used is None else decision.steps[-1].code
            yield Miss(WHOLE, name, "amount", found, said, cell.line, parted, decision.steps, tuple(shown))


def _later_misses(case: LaterCase, pack: Pack) -> Iterator[Miss]:
    got = later_result(case, Legal(pack.book, case.moments, training=case.training))
    lines = any(name.startswith("lines.") for name in case.expected)
    named = (name for name in got.values if name == "findings" or (lines and name.startswith("lines.")))
    every = [*case.expected, *named]
    # The lines first: where they are as expected and a sum is not, the least amount is what parts them.
    for name in sorted(dict.fromkeys(every), key=lambda each: not each.startswith("lines.")):
        cell = case.expected.get(name, Cell(NOTHING, case.line))
        found = got.values.get(name, NOTHING)
        alike = same_duty if name == "duty" else str.__eq__
        same = alike(found, cell.text) if name in WORDS else _alike(found, cell, several=name in SEVERAL)
        if not same:
            # Of a reckoning that tells several charges, the steps of this one and those that all share.
            own = any(step.params.get("charge") == name for step in got.steps)
            steps = tuple(step for step in got.steps if not own or step.params.get("charge", name) == name)
            codes = [step.code for step in steps]
            parted = next((code for code in codes if code in _RESULTS), codes[0] if codes else "")
            if name in ("owed", "refundable", "waived"):
                parted = ""
            law = tuple(_law(got.entries, parted, pack))
            told = got.findings if name == "findings" else ()
            yield Miss(WHOLE, name, "amount", found, cell.text, cell.line, parted, steps, law, told)


def _alike(found: str, cell: Cell, *, several: bool) -> bool:
    """Whether both are the same words, or the same numbers; `several` numbers stand with blanks between them."""
    if found == cell.text or UNKNOWN in (found, cell.text) or NOTHING in (found, cell.text):
        return found == cell.text
    said = [number(Cell(word, cell.line), "", "") for word in (cell.text.split() if several else [cell.text])]
    return [Decimal(word) for word in found.split()] == said


def _currencies(case: ValueCase) -> set[str]:
    sale = case.facts.transaction
    return set() if sale is None else {sale.price.currency, *(cost.amount.currency for cost in sale.costs)}


def _misses(case: Case, assessment: Assessment, pack: Pack) -> Iterator[Miss]:
    named = {(each.place, each.name): each for each in case.expected}
    for item in assessment.items:
        for name in (VALUE, STATISTICAL):
            expected = _take(named, str(item.sequence), name)
            if expected is not None:
                yield from _value_miss(item, expected, assessment.valued_by, pack)
        for line in (each for each in assessment.lines if each.item == item.sequence):
            yield from _line_misses(line, _take(named, str(line.item), line.name), case, pack)
    for line in (each for each in assessment.lines if each.item is None):
        yield from _line_misses(line, _take(named, WHOLE, line.name), case, pack)
    total = _take(named, WHOLE, TOTAL)
    for part, cell in total.parts.items() if total else ():
        found = assessment.total(part)
        if not _same(found, cell, case.file):
            yield Miss(WHOLE, TOTAL, part, f"{found:f}", cell.text, cell.line, "", (), ())
    yield from (miss for each in named.values() for miss in _not_borne(each, pack))


def _not_borne(expected: Expected, pack: Pack) -> Iterator[Miss]:
    """A charge that is expected and not there: the law's rows of that name say when it is."""
    charges = tuple(each for each in pack.book.entries_of("charges") if each.fields.get("name") == expected.name)
    law = tuple(_law(charges, "assessment.none", pack))
    for part, cell in expected.parts.items():
        place = expected.place or WHOLE
        yield Miss(place, expected.name, part, NOTHING, cell.text, cell.line, "assessment.none", (), law)


def _take(named: dict[tuple[str, str], Expected], place: str, name: str) -> Expected | None:
    found = named.pop((place, name), None)
    return found if found is not None else named.pop((ANYWHERE, name), None)


def _value_miss(item: AssessedItem, expected: Expected, law: tuple[Entry, ...], pack: Pack) -> Iterator[Miss]:
    cell = next(iter(expected.parts.values()))
    money = item.customs_value if expected.name == VALUE else item.statistical_value
    shown = NOTHING if money is None else f"{money.amount:f}" if expected.name == VALUE else str(money)
    same = money is not None and expected.name == VALUE and _same(money.amount, cell, "")
    if same or shown == cell.text:
        return
    parted = _step_of_value(item.steps, cell)
    yield Miss(
        str(item.sequence),
        expected.name,
        "amount",
        shown,
        cell.text,
        cell.line,
        parted,
        item.steps,
        tuple(_law(law, parted, pack)),
    )


def _step_of_value(steps: tuple[Step, ...], cell: Cell) -> str:
    """The share without which the value would be as expected; else the price."""
    total = Decimal(steps[-1].params["amount"]) if steps else Decimal(0)
    for step in steps[1:-1]:
        if "amount" in step.params and total - Decimal(step.params["amount"]) == _number(cell):
            return step.code
    return steps[0].code if steps else ""


def _line_misses(line: ChargeLine, expected: Expected | None, case: Case, pack: Pack) -> Iterator[Miss]:
    place = str(line.item or WHOLE)
    if expected is None:
        law = tuple(_law(line.entries, "assessment.none", pack))
        got = UNKNOWN if line.payable is None else f"{line.computed:f}"
        yield Miss(place, line.name, "computed", got, NOTHING, case.line, "assessment.none", line.steps, law)
        return
    for part, cell in expected.parts.items():
        got = _shown(line, part)
        if got == cell.text or (part not in _WORDS and _same(getattr(line, part), cell, case.file)):
            continue
        parted = _step_of_line(line, part, expected)
        claimed = _reliefs_claimed(line, case, pack) if parted in _COLLECTED else ()
        law = tuple(_law((*claimed, *line.entries), parted, pack))
        yield Miss(place, line.name, part, got, cell.text, cell.line, parted, line.steps, law)


def _reliefs_claimed(line: ChargeLine, case: Case, pack: Pack) -> tuple[Entry, ...]:
    """The law of the reliefs that the goods claim, given or not: it says why one that was expected is not there."""
    law = pack.book.at(line.rate_on, training=case.training)
    items = [item for item in case.facts.items if item.sequence == line.item]
    codes = [code for item in items for code in (*item.additional_procedures, item.procedure)]
    tables = ("reliefs", "relief_conditions")
    return tuple(entry for table in tables for code in codes if (entry := law.find(table, code)) is not None)


def _shown(line: ChargeLine, part: str) -> str:
    found = getattr(line, part)
    if line.computed is None and part not in _WORDS:
        return UNKNOWN
    return (found or NOTHING) if part in _WORDS else NOTHING if found is None else f"{found:f}"


def _same(found: Decimal | None, cell: Cell, file: str) -> bool:
    return found is not None and cell.text != UNKNOWN and found == number(cell, file, "")


def _number(cell: Cell) -> Decimal | None:
    return None if cell.text == UNKNOWN else number(cell, "", "")


def _step_of_line(line: ChargeLine, part: str, expected: Expected) -> str:
    """The step at which the expectation leaves the line: its rate, its base, its rounding, or what became of it."""
    if part in _WORDS:
        return "assessment.rate" if part == "rate" else "assessment.relieved"
    if part == "base":
        return "assessment.base"
    if line.computed is None:
        return "assessment.unknown"
    parts = {name: _number(cell) for name, cell in expected.parts.items() if name not in (*_WORDS, "base")}
    asked = parts.get("computed") or sum((parts.get(each) or Decimal(0) for each in parts), Decimal(0))
    codes = [step.code for step in line.steps]
    if asked == line.computed or (part == "payable" and parts.get("computed", line.computed) == 0):
        return next((code for code in codes if code in _COLLECTED), "assessment.relieved")
    rounded = next((step for step in line.steps if step.code == "assessment.rounded"), None)
    if rounded is not None:
        exact, result = Decimal(rounded.params["amount"]), Decimal(rounded.params["rounded"])
        if exact != result and abs(asked - exact) < 1 and abs(asked - result) <= Decimal(1):
            unit = Decimal(1).scaleb(-int(rounded.params["rounding"].rpartition(":")[2]))
            if abs(asked - result) <= unit or asked == exact:
                return "assessment.rounded"
    return "assessment.rate"


def _law(entries: tuple[Entry, ...], parted: str, pack: Pack) -> Iterator[LawPlace]:
    """The values that were used, those first that the step rests on."""
    first = _LAW_OF.get(parted, {})
    known = {id(entry): entry for entry in entries if entry.table != "budget"}
    ranked = sorted(known.values(), key=lambda entry: list(first).index(entry.table) if entry.table in first else 99)
    for entry in ranked:
        column = first.get(entry.table) or _column(entry)
        found = pack.place_of(entry, column)
        if found is not None:
            value = entry.fields.get(column)
            words = " ".join(value) if isinstance(value, tuple) else NOTHING if value is None else str(value)
            yield LawPlace(entry.table, entry.key, column, words, entry.status.value, entry.act, *found)


def _column(entry: Entry) -> str:
    """The column that says most of an entry: its only field, its rate, its amount."""
    names = [column.name for column in TABLES[entry.table].fields]
    return next((name for name in ("duty", "value", "amount", "base", "collect") if name in names), names[0])


def _finding_miss(case: Case, assessment: Assessment, pack: Pack) -> Iterator[Miss]:
    told = (*names_found(case, pack), *assessment.findings)
    found = tuple(finding.code for finding in told)
    if found != case.findings:
        got, expected = (" ".join(codes) or NOTHING for codes in (found, case.findings))
        yield Miss(WHOLE, "findings", "codes", got, expected, case.line, "", (), (), told)


def first_misses(outcome: Outcome) -> Mapping[str, Miss]:
    """Of each item, and of the whole, the miss where it begins: what follows rests on it."""
    found: dict[str, Miss] = {}
    for miss in outcome.misses:
        found.setdefault(miss.place, miss)
    return found

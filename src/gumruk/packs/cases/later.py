# SPDX-License-Identifier: Apache-2.0
"""Cases of what comes after the first assessment: interest, temporary admission, reassessment. Read, and computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import yaml

from gumruk.law.assessment import assess, partial_relief, reassessed
from gumruk.law.lawbook import Legal
from gumruk.law.payments import interest_on
from gumruk.packs.cases.bill import UNKNOWN, Got, carried, carried_result, needed, offence, offence_result
from gumruk.packs.cases.duty_case import printed_facts, printed_result
from gumruk.packs.cases.goods_reading import goods_of
from gumruk.packs.cases.model import (
    Anew,
    Carried,
    Cell,
    Delay,
    LaterCase,
    LaterFacts,
    Offence,
    PrintedDuty,
    ProcessedInward,
    ProcessedOutward,
    Stay,
)
from gumruk.packs.cases.processing import inward_result, outward_result, processed_inward, processed_outward
from gumruk.packs.cases.words import day, number
from gumruk.packs.cases.yaml_nodes import Mapped, refuse

#: The entries of each kind beside those that every case has; the first names the kind.
KINDS: Mapping[str, tuple[str, ...]] = {
    "interest": ("interest", "amount", "due_on", "paid_on", "expect"),
    "temporary": ("temporary", "amount", "admitted_on", "until", "expect"),
    "reassessment": ("reassessment", "before", "after", "expect"),
    "penalty": ("penalty", "rule", "unpaid", "due_on", "done_on", "expect"),
    "traveller": ("traveller", "traffic", "goods", "expect"),
    "inward": ("inward", "imported", "quantity", "scale", "outputs", "expect"),
    "outward": ("outward", "products", "sent", "method", "processing_value", "expect"),
    "duty": (
        *("duty", "rate", "customs_value", "quantities", "figures", "documents", "programme", "components"),
        "expect",
    ),
}
#: What each kind may expect; of a kind that is not here, the charges by their codes, `total` and `findings`.
EXPECTED: Mapping[str, tuple[str, ...]] = {
    "interest": ("interest", "days", "findings"),
    "temporary": ("months", "due", "relieved", "instalments"),
    "penalty": ("penalty", "days", "findings"),
    "duty": ("duty", "amount", "findings"),
    "reassessment": ("owed", "refundable", "waived", "lines"),
}
_READ: Mapping[str, Callable[[Mapped, str], LaterFacts]] = {
    "penalty": offence,
    "traveller": carried,
    "inward": processed_inward,
    "outward": processed_outward,
    "duty": printed_facts,
}
#: What is compared as words, and what holds several numbers.
WORDS, SEVERAL = ("findings", "duty"), ("instalments",)


def later_facts(told: Mapped, kind: str, file: str) -> LaterFacts:
    """What is stated in such a case. Raises CaseFault."""
    if kind in _READ:
        return _READ[kind](told, file)
    if kind == "reassessment":
        return Anew(goods_of(told.node("before"), file), goods_of(told.node("after"), file))
    amount = number(needed(told, "amount", file), file, "amount")
    days = [day(needed(told, name, file), file) for name in KINDS[kind][2:4]]
    return Delay(amount, *days) if kind == "interest" else Stay(amount, *days)


def later_expected(told: Mapped, kind: str, file: str) -> Mapping[str, Cell]:
    """What is expected, by name; the lines of a reassessment as `lines.1.vat` and `lines.whole.clearance_fee`."""
    known = EXPECTED.get(kind)
    expect = Mapped(told.node("expect"), file, known, "expect")
    found: dict[str, Cell] = {}
    for name in known or expect.nodes:
        if known is None and isinstance(expect.nodes[name], yaml.MappingNode):
            inner = Mapped(expect.nodes[name], file, None, name)
            found.update({f"{name}.{key}": cell for key in inner.nodes if (cell := inner.cell(key))})
        elif name != "lines" and (cell := expect.cell(name)):
            found[name] = cell
    if "lines" in expect:
        places = Mapped(expect.node("lines"), file, None, "lines")
        for place, node in places.nodes.items():
            charges = Mapped(node, file, None, place)
            found.update({f"lines.{place}.{name}": cell for name in charges.nodes if (cell := charges.cell(name))})
    if not found:
        raise refuse(file, expect.line, "missing", field=(known or ("total",))[0], of="expect")
    for name, cell in found.items():
        if cell.text != UNKNOWN and name not in WORDS:
            for word in cell.text.split() if name in SEVERAL else (cell.text,):
                number(Cell(word, cell.line), file, name)
    return found


def later_result(case: LaterCase, legal: Legal) -> Got:
    """What the law gives for such a case."""
    facts = case.facts
    if isinstance(facts, PrintedDuty):
        return printed_result(facts, legal)
    if isinstance(facts, Carried):
        return carried_result(facts, legal)
    if isinstance(facts, Offence):
        return offence_result(facts, legal)
    if isinstance(facts, ProcessedInward):
        return inward_result(facts, legal)
    if isinstance(facts, ProcessedOutward):
        return outward_result(facts, legal)
    if isinstance(facts, Delay):
        found = interest_on(facts.amount, facts.due_on, facts.paid_on, legal.book, training=legal.training)
        amount = UNKNOWN if found.amount is None else f"{found.amount:f}"
        entries = tuple(span.entry for span in found.spans if span.entry is not None)
        values = {"interest": amount, "days": str(found.days)}
        if found.findings:
            values["findings"] = " ".join(finding.code for finding in found.findings)
        return Got(values, found.steps, entries, found.findings)
    if isinstance(facts, Stay):
        law = legal.of("duty")
        relief = partial_relief(facts.amount, facts.admitted_on, facts.until, law)
        amounts = {"due": relief.due, "relieved": relief.relieved}
        values = {name: UNKNOWN if each is None else f"{each:f}" for name, each in amounts.items()}
        parts = " ".join(f"{each:f}" for each in relief.instalments)
        values |= {"months": str(relief.months), "instalments": UNKNOWN if relief.due is None else parts}
        return Got(values, relief.steps, relief.entries)
    return _anew(facts, legal)


def _anew(facts: Anew, legal: Legal) -> Got:
    before, after = assess(facts.before, legal), assess(facts.after, legal)
    found = reassessed(before, after, legal.of("duty"))
    values = {
        "owed": UNKNOWN if found.owed is None else f"{found.owed:f}",
        "refundable": UNKNOWN if found.refundable is None else f"{found.refundable:f}",
        "waived": f"{found.waived:f}",
    }
    for line in found.lines:
        place = f"lines.{line.item or 'whole'}.{line.name}"
        values[place] = UNKNOWN if line.payable is None else f"{line.payable:f}"
    lines = [line.after or line.before for line in found.lines]
    steps = tuple(step for line in lines if line is not None for step in line.steps)
    least = () if found.entry is None else (found.entry,)
    return Got(values, steps, (*least, *(entry for line in lines if line is not None for entry in line.entries)))

# SPDX-License-Identifier: Apache-2.0
"""Cases of processing, inward and outward. Read, and computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

import yaml

from gumruk.law.assessment import (
    Assessment,
    Fate,
    GoodsFacts,
    Kind,
    Method,
    Output,
    Scale,
    assess,
    inward_processing,
    outward_processing,
)
from gumruk.law.kernel import Finding
from gumruk.law.lawbook import Entry, Legal
from gumruk.packs.cases.bill import Got, needed, shown
from gumruk.packs.cases.goods_reading import goods_of
from gumruk.packs.cases.model import Cell, ProcessedInward, ProcessedOutward
from gumruk.packs.cases.words import number
from gumruk.packs.cases.yaml_nodes import Mapped, refuse

_OUTPUT = ("name", "kind", "fate", "quantity", "yield", "value", "items")
Word = TypeVar("Word", bound=StrEnum)


def processed_inward(told: Mapped, file: str) -> ProcessedInward:
    """Goods imported, and what came of them. Raises CaseFault."""
    read = [_output(node, file) for node in told.list("outputs")]
    scale = told.cell("scale")
    return ProcessedInward(
        goods_of(told.node("imported"), file),
        number(needed(told, "quantity", file), file, "quantity"),
        _word(scale, Scale, file, "scale") if scale else Scale.QUANTITY,
        tuple(output for output, _ in read),
        {output.name: own for output, own in read if own is not None},
    )


def _output(node: yaml.Node, file: str) -> tuple[Output, GoodsFacts | None]:
    told = Mapped(node, file, _OUTPUT, "outputs")
    kind, share, value = (told.cell(name) for name in ("kind", "yield", "value"))
    what = _word(kind, Kind, file, "kind") if kind else Kind.PRODUCT
    output = Output(
        needed(told, "name", file).text,
        what,
        Fate.DESTROYED if what is Kind.LOSS else _word(needed(told, "fate", file), Fate, file, "fate"),
        number(needed(told, "quantity", file), file, "quantity"),
        number(share, file, "yield") if share else None,
        number(value, file, "value") if value else None,
    )
    return output, goods_of(node, file, _OUTPUT) if "items" in told else None


def processed_outward(told: Mapped, file: str) -> ProcessedOutward:
    """Products that come back, and the goods sent out. Raises CaseFault."""
    worth = told.cell("processing_value")
    return ProcessedOutward(
        goods_of(told.node("products"), file),
        goods_of(told.node("sent"), file),
        _word(needed(told, "method", file), Method, file, "method"),
        number(worth, file, "processing_value") if worth else None,
    )


def _word(cell: Cell, known: type[Word], file: str, field: str) -> Word:
    try:
        return known(cell.text)
    except ValueError:
        raise refuse(file, cell.line, "value", field=field, found=cell.text, example=", ".join(known)) from None


def inward_result(facts: ProcessedInward, legal: Legal) -> Got:
    """What is due by charge; in all due, secured, relieved; what each output contains; the charges on waste itself."""
    imported = assess(facts.imported, legal)
    outputs = [
        replace(each, own=assess(facts.own[each.name], legal)) if each.name in facts.own else each
        for each in facts.outputs
    ]
    found = inward_processing(imported, facts.quantity, outputs, legal.of("duty"), facts.scale)
    values = _amounts(found.due)
    for name, amounts in (("due", found.due), ("secured", found.secured), ("relieved", found.relieved)):
        values[name] = _sum(amounts)
    values["unaccounted"] = f"{found.unaccounted:f}"
    values |= {f"contains.{name}": f"{amount:f}" for name, amount in found.contains.items()}
    values |= {f"own.{name}": f"{amount:f}" for name, amount in found.own.items()}
    return Got(_with(values, found.findings), found.steps, (*found.entries, *_law(imported)), found.findings)


def outward_result(facts: ProcessedOutward, legal: Legal) -> Got:
    """What is due by charge; in all what is due and what is relieved."""
    products, sent = assess(facts.products, legal), assess(facts.sent, legal)
    found = outward_processing(products, sent, facts.method, legal.of("duty"), facts.processing_value)
    values = _amounts(found.due)
    for name, amounts in (("due", found.due), ("relieved", found.relieved)):
        values[name] = _sum(amounts)
    if found.processing_value is not None:
        values["processing_value"] = f"{found.processing_value:f}"
    return Got(_with(values, found.findings), found.steps, (*found.entries, *_law(products)), found.findings)


def _sum(amounts: Mapping[str, Decimal]) -> str:
    """All charges together; unknown where none could be determined."""
    return shown(sum(amounts.values(), Decimal(0)) if amounts else None)


def _amounts(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: f"{amount:f}" for name, amount in amounts.items()}


def _with(values: Mapping[str, str], findings: tuple[Finding, ...]) -> dict[str, str]:
    """The codes of the findings beside the amounts."""
    if not findings:
        return dict(values)
    return {**values, "findings": " ".join(finding.code for finding in findings)}


def _law(assessment: Assessment) -> tuple[Entry, ...]:
    return tuple(entry for line in assessment.lines if line.item is not None for entry in line.entries)

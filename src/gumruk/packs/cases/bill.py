# SPDX-License-Identifier: Apache-2.0
"""Cases of what makes the bill beside duty, excise and VAT: travellers and post, penalties. Read, and computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

import yaml

from gumruk.law.assessment import CarriedGoods, flat_assessment
from gumruk.law.kernel import Finding, HsCode, Step
from gumruk.law.lawbook import Entry, Legal
from gumruk.law.payments import Breach, penalty_on
from gumruk.packs.cases.model import Carried, Cell, Offence
from gumruk.packs.cases.value_reading import answer
from gumruk.packs.cases.words import day, money, number
from gumruk.packs.cases.yaml_nodes import Mapped, refuse

UNKNOWN = "unknown"
_GOODS = ("code", "price", "mass", "quantities", "indivisible")


class Got(NamedTuple):
    """What the law gives, by the names that a case may expect, with its steps and the values it rests on."""

    values: Mapping[str, str]
    steps: tuple[Step, ...]
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...] = ()


def needed(told: Mapped, name: str, file: str) -> Cell:
    """A word that must be there. Raises CaseFault."""
    cell = told.cell(name)
    if cell is None:
        raise refuse(file, told.line, "missing", field=name, of=told.what)
    return cell


def shown(amount: Decimal | None) -> str:
    """An amount as a case writes it."""
    return UNKNOWN if amount is None else f"{amount:f}"


def carried(told: Mapped, file: str) -> Carried:
    """What a traveller carries, or a parcel holds. Raises CaseFault."""
    traffic = told.cell("traffic")
    goods = tuple(_carried_goods(node, file) for node in told.list("goods"))
    return Carried(traffic.text if traffic else "traveller", goods)


def _carried_goods(node: yaml.Node, file: str) -> CarriedGoods:
    told = Mapped(node, file, _GOODS, "goods")
    price = money(needed(told, "price", file), file, "price")
    assert price is not None  # noqa: S101 - it was asked for
    mass, whole = told.cell("mass"), told.cell("indivisible")
    return CarriedGoods(
        commodity(needed(told, "code", file), file),
        price,
        number(mass, file, "mass") if mass else None,
        dict(_quantities(told, file)),
        whole is not None and answer(whole, file, "indivisible"),
    )


def commodity(cell: Cell, file: str) -> HsCode:
    """A commodity code. Raises CaseFault."""
    try:
        return HsCode(cell.text)
    except ValueError:
        raise refuse(file, cell.line, "value", field="code", found=cell.text, example="8450110000") from None


def _quantities(told: Mapped, file: str) -> Iterator[tuple[str, Decimal]]:
    if "quantities" in told:
        inner = Mapped(told.node("quantities"), file, None, "quantities")
        for unit in inner.nodes:
            if cell := inner.cell(unit):
                yield unit, number(cell, file, unit)


def carried_result(facts: Carried, legal: Legal) -> Got:
    """The flat charges, by the code of the rate: of several under one rate their sum."""
    found = flat_assessment(facts.goods, facts.traffic, legal)
    sums: dict[str, Decimal | None] = {}
    for charge in found.charges:
        held = sums.get(charge.rate, Decimal(0))
        sums[charge.rate] = None if held is None or charge.amount is None else held + charge.amount
    values = {rate: shown(amount) for rate, amount in sums.items()}
    values["total"] = shown(found.total)
    if found.findings:
        values["findings"] = " ".join(finding.code for finding in found.findings)
    steps = tuple(step for charge in found.charges for step in charge.steps)
    return Got(values, steps, found.entries, found.findings)


def offence(told: Mapped, file: str) -> Offence:
    """A penalty and what it is for; `day` of the case is the day on which it was committed. Raises CaseFault."""
    unpaid, due, done = (told.cell(name) for name in ("unpaid", "due_on", "done_on"))
    breach = Breach(
        number(unpaid, file, "unpaid") if unpaid else None,
        day(due, file) if due else None,
        day(done, file) if done else None,
    )
    return Offence(needed(told, "rule", file).text, breach)


def offence_result(facts: Offence, legal: Legal) -> Got:
    """What the penalty comes to, and the days of delay."""
    found = penalty_on(facts.penalty, facts.breach, legal.of("duty"))
    values = {"penalty": shown(found.amount)}
    if found.days is not None:
        values["days"] = str(found.days)
    if found.findings:
        values["findings"] = " ".join(finding.code for finding in found.findings)
    return Got(values, found.steps, found.entries, found.findings)

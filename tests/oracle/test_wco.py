# SPDX-License-Identifier: Apache-2.0
"""Every tax line of the published CDS notifications that states base, rate and amount comes out of our arithmetic."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree
from tests.oracle.arithmetic import Country, Line, reproduced

from gumruk import wire

#: Lines that no arithmetic gives, by the published test case and the tax type.
NOTHING_CHARGED = {
    ("TT_IM102a", "A00"),
    ("TT_IM203a", "A50"),
    ("TT_IM042a", "A50"),
    ("TT_IM069a", "A50"),
    ("TT_IM071a", "A80"),
    ("TT_IM105a", "A00"),
    ("TT_IM105a", "B00"),
    ("TT_IM123a", "A50"),
    ("TT_IM159a", "A50"),
}
"""Measures that the notification names with base and rate and does not charge: assessed, deducted and payable are 0."""
EDITED = {("TT_IM036a", "A70"): Decimal("0.40")}
"""A sample that was edited by hand: the amount is this much above base times rate."""


def oracle_lines(folder: Path) -> list[Line]:
    """The lines of the oracle that state all three."""
    lines = []
    with (folder / "tax_oracle.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["ad_valorem_base"] and row["rate"] and row["assessed"]:
                base, rate, amount = (Decimal(row[name]) for name in ("ad_valorem_base", "rate", "assessed"))
                where = f"item {row['item']}, status {row['status']}"
                lines.append(
                    Line(row["file"], where, row["tax_type"], base, rate, amount, Decimal(row["deduct"] or "0"))
                )
    return lines


def case_of(line: Line) -> tuple[str, str]:
    """The published test case that a line's file belongs to, and its tax."""
    return next(part for part in line.file.split("/") if part.startswith("TT_")), line.tax


def proof(messages: Path, line: Line) -> str | None:
    """Why a line is no arithmetic, from its own message: None where the message does not show it."""
    stated = [
        [fee.findtext(f"{{*}}{name}") for name in ("AdValoremTaxBaseAmount", "TaxRateNumeric", "DeductAmount")]
        + [fee.findtext(f"{{*}}Payment/{{*}}{name}") for name in ("TaxAssessedAmount", "PaymentAmount")]
        for fee in etree.parse(messages / line.file).iter("{*}DutyTaxFee")
        if fee.findtext("{*}TypeCode") == line.tax
        and Decimal(fee.findtext("{*}AdValoremTaxBaseAmount") or "-1") == line.base
        and Decimal(fee.findtext("{*}TaxRateNumeric") or "-1") == line.rate
    ]
    words = "; ".join(
        f"base {base}, rate {rate}, deducted {less}, assessed {amount}, payable {due}"
        for base, rate, less, amount, due in stated
    )
    if case_of(line) in NOTHING_CHARGED:
        uncharged = any(not Decimal(row[3]) and not Decimal(row[4] or "0") for row in stated)
        return f"named, not charged: {words}" if uncharged else None
    over = EDITED.get(case_of(line))
    edited = any(Decimal(row[3]) == line.base * line.rate / 100 + over for row in stated) if over else False
    return f"edited by hand, {over} above base times rate: {words}" if edited else None


@pytest.mark.reference
def test_it_gives_the_amounts_of_every_tax_notification(reference_data, capsys):
    lines = oracle_lines(reference_data / "messages" / "wco_dm_cds")
    same, others = reproduced(Country("gb"), lines)
    proofs = [(line, ours, proof(reference_data / "messages", line)) for line, ours in others]
    with capsys.disabled():
        print(f"\n  wco: {len(lines)} tax lines state base, rate and amount; {len(same)} reproduced,", end=" ")
        print(f"{sum(1 for line in same if line.deducted)} of them by relief; {len(proofs)} exceptions")
        for line, ours, why in proofs:
            print(f"    {line.told()}, ours {ours.payable}: {why}")
    assert [line.told() for line, _, why in proofs if why is None] == []
    assert {case_of(line) for line, _, _ in proofs} == NOTHING_CHARGED | set(EDITED)
    assert (len(lines), len(same), len(proofs)) == (637, 620, 17)


@pytest.mark.reference
def test_our_reading_of_the_notifications_states_the_same_lines(reference_data, capsys):
    """What the oracle's table holds was taken from the messages; what we read of them is the same, line by line."""
    messages, read, refused = reference_data / "messages", Counter(), set()
    with (messages / "wco_dm_cds" / "tax_oracle.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for name in {row["file"] for row in rows}:
        try:
            message = wire.read_any((messages / name).read_bytes())
        except wire.WireError:
            refused.add(name)
            continue
        for item in message.response.declaration.items:
            for fee in item.duty_tax_fees:
                base, amount = fee.ad_valorem_tax_base, fee.tax_assessed_amount
                stated = (base and base.value, fee.tax_rate_numeric, amount and amount.value)
                read[name, str(item.sequence_numeric), fee.type_code, *stated] += 1
    figures = ("ad_valorem_base", "rate", "assessed")
    table = Counter(
        (row["file"], row["item"], row["tax_type"], *(Decimal(row[name]) if row[name] else None for name in figures))
        for row in rows
    )
    missing = table - read
    assert read - table == Counter()
    assert {line[0] for line in missing} == refused
    with capsys.disabled():
        print(f"\n  wco: {read.total()} of {table.total()} tax lines read by us, as the oracle has them;", end=" ")
        print(f"{missing.total()} stand in {len(refused)} notifications that their schema refuses")
    assert read.total() + missing.total() == 756
    assert read.total() >= 743


@pytest.mark.reference
def test_rounding_up_would_not_give_them(reference_data):
    """The rounding decides: nearest penny fails where cutting to the penny does not."""
    lines = oracle_lines(reference_data / "messages" / "wco_dm_cds")
    same, _ = reproduced(Country("gd"), [line for line in lines if not line.deducted])
    assert len(same) == 575

# SPDX-License-Identifier: Apache-2.0
"""What an ASYCUDA World declaration states of values and taxes, as figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from lxml import etree
from tests.oracle.arithmetic import Line

COSTS = ("external_freight", "internal_freight", "insurance", "other_cost")
VAT = ("VAT", "TVS")


@dataclass(frozen=True)
class Tax:
    """A taxation line: what it is reckoned from, its rate as it stands, what it comes to, and the way it is paid."""

    code: str
    base: Decimal
    rate: Decimal
    amount: Decimal
    paid_by: str


@dataclass(frozen=True)
class Part:
    """One kind of costs, on the head or as an item's share: in its own currency, at its rate, in the country's."""

    kind: str
    amount: Decimal
    currency: str
    exchange: Decimal
    national: Decimal


@dataclass(frozen=True)
class Item:
    """An item's figures: its price as invoiced, its value, its share of the costs and its taxes."""

    number: int
    price: Decimal
    invoice: Decimal
    costs: Decimal
    parts: tuple[Part, ...]
    cif: Decimal
    statistical: Decimal
    adjustment: Decimal
    share: Decimal
    gross_kg: Decimal
    net_kg: Decimal
    taxed: Decimal
    taxes: tuple[Tax, ...]

    def tax(self, code: str) -> Tax | None:
        """The line of a tax, if the item bears it."""
        return next((tax for tax in self.taxes if tax.code == code), None)

    @property
    def vat(self) -> Tax | None:
        """The value added tax under the country's own name."""
        return next((tax for tax in self.taxes if tax.code in VAT), None)


@dataclass(frozen=True)
class Sad:
    """A declaration: its head's totals and its items. `country` is the small pack that it is reckoned by."""

    name: str
    country: str
    on: date | None
    mode: str
    currency: str
    exchange: Decimal
    invoice: Decimal
    costs: Decimal
    parts: tuple[Part, ...]
    cif: Decimal
    gross_kg: Decimal
    taxed: Decimal
    items: tuple[Item, ...]

    def lines(self, fraction: bool) -> Iterator[Line]:
        """Every tax line that states base, rate and amount; `fraction`: rates stand as 0.2, not as 20."""
        for item in self.items:
            for tax in item.taxes:
                percent = tax.rate * 100 if fraction and tax.rate < 1 else tax.rate
                yield Line(self.name, f"item {item.number}", tax.code, tax.base, percent, tax.amount)


def declarations(folder: Path) -> list[Sad]:
    """Every declaration of the folder, by name."""
    return [_declaration(path, path.relative_to(folder).as_posix()) for path in sorted(folder.rglob("*.xml"))]


def _declaration(path: Path, name: str) -> Sad:
    root = etree.parse(path).getroot()
    on = next((day for element in root.iter("Date") if (day := _day(element.text))), None)
    return Sad(
        name=name,
        country={"autobot-grenada": "gd", "sc001cs-albania": "al"}.get(name.split("/", 1)[0], ""),
        on=on,
        mode=(root.findtext(".//Calculation_working_mode") or "").strip(),
        currency=(root.findtext("./Valuation/Gs_Invoice/Currency_code") or "").strip(),
        exchange=_number(root, "./Valuation/Gs_Invoice/Currency_rate"),
        invoice=_number(root, "./Valuation/Gs_Invoice/Amount_national_currency"),
        costs=_number(root, "./Valuation/Total_cost"),
        parts=_parts(root, "./Valuation/Gs_"),
        cif=_number(root, "./Valuation/Total_CIF"),
        gross_kg=_number(root, "./Valuation/Total/Total_weight"),
        taxed=_number(root, ".//Financial/Amounts/Totals_taxes") - _number(root, ".//Financial/Amounts/Global_taxes"),
        items=tuple(_item(element, number) for number, element in enumerate(root.iter("Item"), start=1)),
    )


def _item(element: etree._Element, number: int) -> Item:
    taxes = []
    for line in element.iter("Taxation_line"):
        code = (line.findtext("Duty_tax_code") or "").strip()
        if code:
            base, rate, amount = (_number(line, f"Duty_tax_{name}") for name in ("Base", "rate", "amount"))
            taxes.append(Tax(code, base, rate, amount, (line.findtext("Duty_tax_MP") or "").strip()))
    invoice = "./Valuation_item/Item_Invoice/"
    return Item(
        number=number,
        price=_number(element, f"{invoice}Amount_foreign_currency"),
        invoice=_number(element, f"{invoice}Amount_national_currency"),
        costs=_number(element, "./Valuation_item/Total_cost_itm"),
        parts=_parts(element, "./Valuation_item/item_"),
        cif=_number(element, "./Valuation_item/Total_CIF_itm"),
        statistical=_number(element, "./Valuation_item/Statistical_value"),
        adjustment=_number(element, "./Valuation_item/Rate_of_adjustement"),
        share=_number(element, "./Valuation_item/Alpha_coeficient_of_apportionment"),
        gross_kg=_number(element, "./Valuation_item/Weight_itm/Gross_weight_itm"),
        net_kg=_number(element, "./Valuation_item/Weight_itm/Net_weight_itm"),
        taxed=_number(element, "./Taxation/Item_taxes_amount"),
        taxes=tuple(taxes),
    )


def _parts(element: etree._Element, path: str) -> tuple[Part, ...]:
    parts = (
        Part(
            kind,
            _number(element, f"{path}{kind}/Amount_foreign_currency"),
            (element.findtext(f"{path}{kind}/Currency_code") or "").strip(),
            _number(element, f"{path}{kind}/Currency_rate"),
            _number(element, f"{path}{kind}/Amount_national_currency"),
        )
        for kind in COSTS
    )
    return tuple(part for part in parts if part.amount)


def _number(element: etree._Element, path: str) -> Decimal:
    return Decimal((element.findtext(path) or "").strip() or "0")


def _day(text: str | None) -> date | None:
    parts = (text or "").strip().split("/")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return None
    month, day, year = (int(part) for part in parts)
    return date(2000 + year % 100, month, day)

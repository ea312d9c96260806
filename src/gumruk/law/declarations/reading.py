# SPDX-License-Identifier: Apache-2.0
"""A declaration read for checking and assessing: each fact found once, at its path, in kilograms and plain values."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gumruk.law.declarations.model import (
    AdditionalDocument,
    Amount,
    Commodity,
    CustomsValuation,
    Declaration,
    GoodsItem,
    GoodsMeasure,
    GoodsShipment,
    Measure,
    Party,
)
from gumruk.law.kernel import UNITS, HsCode, Quantity

DOCUMENT_TYPE_LENGTH = 3
"""UN/EDIFACT 1001: an..3. A longer code has a category of one letter before it: N380."""
_NO_ITEM_PARTS = (Commodity(), GoodsMeasure(), CustomsValuation())
# Classification types that carry the goods' main code: Harmonized System, tariff number and further tariff digits.
_CODE_TYPES = ("TSP", "TRC", "HS", "SRZ", None)
# How much of a code is looked at: no code is as long, and every beginning of it is looked up in the law's tables.
_CODE_LENGTH_MAX = 40


@dataclass(frozen=True, slots=True)
class ItemReading:
    """One goods item: what the checks and the assessment need of it. What was not declared is None or empty."""

    path: str
    item: GoodsItem
    description: str
    code_text: str
    code: HsCode | None
    origin: str | None
    preference: str | None
    procedure: str | None
    previous_procedure: str | None
    additional_procedures: tuple[str, ...]
    price: Amount | None
    gross_mass: Measure | None
    net_mass: Measure | None
    gross_mass_kg: Decimal | None
    net_mass_kg: Decimal | None
    quantities: dict[str, Decimal]
    method: str | None
    documents: tuple[AdditionalDocument, ...]
    document_codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole declaration, read once. `direction` is the first part of the type code: IM, EX, TR ...

    `parties` and `placed_documents` hold every party and every document with its path, of the head and of the items.
    """

    declaration: Declaration
    shipment: GoodsShipment
    direction: str
    prelodged: bool
    items: tuple[ItemReading, ...]
    freight: Amount | None
    insurance: Amount | None
    documents: tuple[AdditionalDocument, ...]
    document_codes: frozenset[str]
    declarant_id: str | None
    importer: Party | None
    office: str | None
    parties: tuple[tuple[str, Party], ...]
    placed_documents: tuple[tuple[str, AdditionalDocument], ...]

    def names_one_of(self, codes: Collection[str], item: ItemReading) -> bool:
        """Whether one of these documents is named, on the item or on the head for all."""
        return not (item.document_codes.isdisjoint(codes) and self.document_codes.isdisjoint(codes))

    @property
    def importer_path(self) -> str:
        """Where the importer stands: who imports for himself names himself as consignee only."""
        return "goods_shipment.consignee" if self.importer and not self.shipment.importer else "goods_shipment.importer"

    @property
    def payer_id(self) -> str | None:
        """Who owes the charges: the importer, on export the exporter, else the declarant."""
        party = self.importer if self.direction == "IM" else self.declaration.exporter
        return (party.id if party and party.id else None) or self.declarant_id


def document_code(document: AdditionalDocument) -> str:
    """A document's code as one word: HMRC's profile splits it into category and type, others send the type alone."""
    return f"{document.category_code or ''}{document.type_code or ''}"


def document_codes(documents: tuple[AdditionalDocument, ...]) -> frozenset[str]:
    """The codes that documents go by: category and type in one word, the type alone, and the word less its category."""
    codes: set[str] = set()
    for document in documents:
        code = document_code(document)
        codes.update((code, document.type_code or ""))
        if len(code) > DOCUMENT_TYPE_LENGTH:
            codes.add(code[1:])
    return frozenset(codes)


def kilograms(measure: Measure | None) -> Decimal | None:
    """A mass in kilograms; None where there is none or its unit is no unit of mass."""
    if measure is None:
        return None
    if measure.unit in (None, "KGM"):
        return measure.value
    unit = UNITS.get(measure.unit or "")
    if unit is None or unit.measures != "mass":
        return None
    return Quantity(measure.value, unit.code).to("KGM").value


def read_declaration(declaration: Declaration) -> Reading:
    """Find every fact of a declaration at its place. Never fails: what is missing or wrong is left for the checks."""
    shipment = declaration.goods_shipment or GoodsShipment()
    valuation = shipment.customs_valuation or CustomsValuation()
    type_code = declaration.type_code or ""
    items = tuple(_read_item(f"items[{place}]", item) for place, item in enumerate(shipment.items))
    return Reading(
        declaration=declaration,
        shipment=shipment,
        direction=type_code[:2],
        prelodged=type_code[2:3] == "D",
        items=items,
        freight=valuation.freight_charge_amount,
        insurance=valuation.insurance_charge_amount,
        documents=declaration.additional_documents,
        document_codes=document_codes(declaration.additional_documents),
        declarant_id=declaration.declarant.id if declaration.declarant else None,
        importer=shipment.importer or shipment.consignee,
        office=declaration.declaration_office_id or declaration.presentation_office_id,
        parties=tuple(_parties(declaration, shipment)),
        placed_documents=tuple(_placed_documents(declaration, items)),
    )


_HEAD_ROLES = ("declarant", "agent", "exporter", "submitter")
_SHIPMENT_ROLES = ("importer", "consignee", "consignor", "buyer", "seller", "payer", "surety")
_ITEM_ROLES = ("consignee", "consignor", "buyer", "seller")


def _parties(declaration: Declaration, shipment: GoodsShipment) -> Iterator[tuple[str, Party]]:
    yield from _named(declaration, _HEAD_ROLES, "")
    if declaration.authentication and declaration.authentication.authenticator:
        yield "authentication.authenticator", declaration.authentication.authenticator
    yield from _named(shipment, _SHIPMENT_ROLES, "goods_shipment.")
    for path, consignment in (
        ("consignment.", declaration.consignment),
        ("goods_shipment.consignment.", shipment.consignment),
    ):
        if consignment is not None:
            yield from _named(consignment, ("carrier", "consignor"), path)
    for place, item in enumerate(shipment.items):
        yield from _named(item, _ITEM_ROLES, f"items[{place}].")


def _named(holder: object, roles: tuple[str, ...], path: str) -> Iterator[tuple[str, Party]]:
    for role in roles:
        party = getattr(holder, role)
        if party is not None:
            yield path + role, party


def _placed_documents(
    declaration: Declaration, items: tuple[ItemReading, ...]
) -> Iterator[tuple[str, AdditionalDocument]]:
    for number, document in enumerate(declaration.additional_documents):
        yield f"additional_documents[{number}]", document
    for item in items:
        for number, document in enumerate(item.documents):
            yield f"{item.path}.additional_documents[{number}]", document


def _read_item(path: str, item: GoodsItem) -> ItemReading:
    commodity = item.commodity or _NO_ITEM_PARTS[0]
    measure = commodity.goods_measure or _NO_ITEM_PARTS[1]
    valuation = item.customs_valuation or _NO_ITEM_PARTS[2]
    text = _code_text(commodity)
    first, *further = item.government_procedures or (None,)
    gross, net = kilograms(measure.gross_mass), kilograms(measure.net_mass)
    return ItemReading(
        path=path,
        item=item,
        description=commodity.description or "",
        code_text=text,
        code=_code(text),
        origin=item.origins[0].country_code if item.origins else None,
        preference=_preference(commodity),
        procedure=first.current_code if first else None,
        previous_procedure=first.previous_code if first else None,
        additional_procedures=tuple(p.current_code for p in further if p and p.current_code not in (None, "000")),
        price=commodity.item_charge_amount,
        gross_mass=measure.gross_mass,
        net_mass=measure.net_mass,
        gross_mass_kg=gross,
        net_mass_kg=net,
        quantities=_quantities(commodity, measure, net),
        method=valuation.method_code,
        documents=item.additional_documents,
        document_codes=document_codes(item.additional_documents),
    )


def _code_text(commodity: Commodity) -> str:
    """The commodity code in its parts, put together; a part that holds those before it (HS, then national) is whole."""
    text = ""
    for classification in commodity.classifications:
        if classification.identification_type_code in _CODE_TYPES:
            part = classification.id or ""
            text = part if text and part.startswith(text) else text + part
    return text[:_CODE_LENGTH_MAX]


def _code(text: str) -> HsCode | None:
    digits = text.replace(" ", "")
    return HsCode(digits) if digits.isascii() and digits.isdigit() and 2 <= len(digits) <= 10 else None


def _preference(commodity: Commodity) -> str | None:
    for fee in commodity.duty_tax_fees:
        if fee.duty_regime_code and fee.duty_regime_code not in ("100", "000"):
            return fee.duty_regime_code
    return None


def _quantities(commodity: Commodity, measure: GoodsMeasure, net: Decimal | None) -> dict[str, Decimal]:
    """Quantities by unit that a specific rate may ask for: net mass, the tariff's unit, and stated tax bases."""
    found: dict[str, Decimal] = {}
    if net is not None:
        found["KGM"] = net
    stated = [measure.tariff_quantity, *(fee.specific_tax_base_quantity for fee in commodity.duty_tax_fees)]
    for quantity in stated:
        if quantity is not None and quantity.unit is not None:
            found.setdefault(quantity.unit, quantity.value)
    return found


#: A day, and after it nothing, or a time of day with its zone.
_DAY = re.compile(r"(\d{4})(-?)(\d\d)\2(\d\d)(?:$|[T ]?\d\d[\d:.]*(?:Z|[A-Z]{3}|[+-]\d\d:?\d\d)?$)", re.ASCII)


def day_of(text: str) -> date | None:
    """The day of a declared moment: formats 102 (YYYYMMDD) and 304 (YYYYMMDDhhmmss and zone), or ISO 8601."""
    found = _DAY.match(text.strip())
    if found is None:
        return None
    year, month, day = (int(part) for part in found.group(1, 3, 4))
    try:
        return date(year, month, day)
    except ValueError:
        return None

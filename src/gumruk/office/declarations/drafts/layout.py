# SPDX-License-Identifier: Apache-2.0
"""How the page shows each field of the model: one table.

The page is made from the model's own classes: what this table does not name appears all the same, under "more" of its
object or in the last section, with its label. Labels are texts, `form.<Class>.<field>`, and so are helps,
`form.help.<Class>.<field>`. The numbers of boxes come from the layout of the paper form, which is pack data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gumruk.law.declarations import model
from gumruk.law.declarations.parts import Amount, Measure, Moment
from gumruk.wire.json.shape import ROOT, Shape, Value

CODE, DIGITS, PLAIN = "code", "digits", "plain"
SMALL, MIDDLE, LARGE, WIDE = "s", "m", "l", "xl"
COMPOSITES = (Amount, Measure, Moment)


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what the layout of the form calls it, its code list, how wide it is, whether it is under "more".

    The layout calls most fields by their path, `box` is empty then.
    """

    name: str
    box: str = ""
    choices: str = ""
    width: str = MIDDLE
    more: bool = False
    kind: str = PLAIN

    @property
    def holds_code(self) -> str:
        """How its text is read: as a code where there is a list."""
        return CODE if self.choices and self.kind == PLAIN else self.kind


def _code(name: str, choices: str, box: str = "", *, more: bool = False, width: str = SMALL) -> Field:
    return Field(name, box, choices, width, more, CODE)


def _more(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, more=True) for name in names)


FIELDS: Mapping[type, tuple[Field, ...]] = {
    model.Declaration: (
        _code("type_code", "types", width=LARGE),
        _code("declaration_office_id", "offices", "@office", width=LARGE),
        Field("functional_reference_id"),
        Field("total_gross_mass"),
        Field("total_package_quantity", width=SMALL),
        Field("goods_item_quantity", "@item_count", width=SMALL),
        Field("invoice_amount"),
        _code("function_code", "functions"),
        Field("version_id", width=SMALL),
        Field("id"),
        Field("issue"),
        Field("issue_location_id"),
        Field("acceptance"),
        *(_code(f"{name}_office_id", "offices", width=LARGE) for name in ("entry", "exit")),
        *(_code(f"{name}_office_id", "offices", width=LARGE) for name in ("presentation", "supervising")),
        Field("border_transport_means"),
        Field("declarant"),
        Field("agent"),
        Field("exporter"),
        Field("additional_documents", "@item.documents"),
        Field("additional_informations"),
        Field("obligation_guarantees"),
        Field("authentication"),
        Field("currency_exchanges"),
    ),
    model.GoodsShipment: (
        Field("transaction_nature_code", width=SMALL),
        Field("importer", "@importer"),
        Field("consignee", "@importer"),
        Field("consignor"),
        Field("payer"),
        _code("export_country_id", "countries"),
        _code("destination_country_code", "countries"),
        Field("destination_region_id", width=SMALL),
        Field("previous_documents"),
        Field("trade_terms"),
        Field("warehouse"),
        Field("ucr_id"),
    ),
    model.GoodsItem: (
        Field("transaction_nature_code", width=SMALL),
        Field("customs_value_amount", "@item.customs_value"),
        Field("statistical_value_amount", "@item.statistical_value"),
        Field("additional_documents", "@item.documents"),
        Field("additional_informations"),
        Field("previous_documents"),
        Field("government_procedures", "@item.procedure"),
        Field("origins", "items.origins.country_code"),
        Field("packagings"),
        _code("destination_country_code", "countries"),
        _code("export_country_id", "countries"),
        Field("valuation_addition_codes"),
    ),
    model.Commodity: (
        Field("description", width=WIDE),
        Field("classifications", "@item.code"),
        Field("item_charge_amount"),
        Field("duty_tax_fees"),
        Field("transport_equipments"),
        Field("vehicles"),
        Field("dangerous_goods_ids"),
        Field("invoice_line_numeric", width=SMALL),
    ),
    model.GoodsMeasure: (
        Field("gross_mass", "@item.gross_mass"),
        Field("net_mass", "@item.net_mass"),
        Field("tariff_quantity", "@item.quantity"),
    ),
    model.Classification: (
        Field("id", kind=DIGITS),
        _code("identification_type_code", "classifications", more=True),
    ),
    model.Origin: (
        _code("country_code", "countries"),
        _code("type_code", "origin_types"),
        *_more("region_id"),
    ),
    model.GovernmentProcedure: (
        _code("current_code", "procedures"),
        _code("previous_code", "previous_procedures"),
    ),
    model.Packaging: (
        Field("quantity", width=SMALL),
        _code("type_code", "packages"),
        Field("marks_numbers_id", width=LARGE),
        Field("sequence_numeric", width=SMALL, more=True),
    ),
    model.Party: (
        Field("id", width=MIDDLE),
        Field("name", width=LARGE),
        Field("address"),
        _code("function_code", "representations", more=True),
        *_more("role_code", "contact_name", "communications", "further_ids", "identity_document"),
    ),
    model.Address: (
        _code("country_code", "countries"),
        Field("city_name"),
        Field("line", width=LARGE),
        Field("postcode_id", width=SMALL),
        *_more("country_sub_division_code", "country_sub_division_name", "type_code"),
    ),
    model.Communication: (_code("type_code", "communications"), Field("id", width=LARGE)),
    model.PartyIdentification: (Field("identification_type_code", width=SMALL), Field("id", width=LARGE)),
    model.AdditionalDocument: (
        _code("type_code", "documents"),
        Field("id", width=LARGE),
        Field("issue"),
        *_more("category_code", "name", "lpco_exemption_code", "effective", "expiration", "issuer_name", "submitter"),
        *_more("write_off"),
    ),
    model.PreviousDocument: (
        _code("type_code", "documents"),
        Field("id", width=LARGE),
        Field("line_numeric", width=SMALL),
        Field("package_quantity", width=SMALL),
        _code("package_type_code", "packages"),
        Field("gross_mass"),
        *_more("category_code", "issue", "write_off"),
    ),
    model.AdditionalInformation: (
        Field("statement_code", width=SMALL),
        Field("statement_description", width=WIDE),
        *_more("statement_type_code", "pointers"),
    ),
    model.TransportMeans: (
        _code("mode_code", "modes"),
        Field("id"),
        _code("registration_nationality_code", "countries"),
        Field("trailer_ids"),
        _code("identification_type_code", "means", more=True),
        *_more("type_code", "name"),
    ),
    model.Consignment: (
        _code("container_code", "yes_no"),
        Field("transport_equipments"),
        Field("arrival_transport_means"),
        Field("departure_transport_means"),
        Field("goods_location"),
        Field("loading_location_id"),
        Field("loading_location_name"),
    ),
    model.TransportEquipment: (
        Field("id"),
        Field("seals"),
        Field("sequence_numeric", width=SMALL, more=True),
        _code("fullness_code", "fullness", more=True),
        *_more("characteristic_code"),
    ),
    model.Seal: (Field("id"), Field("sequence_numeric", width=SMALL, more=True)),
    model.GoodsLocation: (Field("id"), Field("name", width=LARGE), *_more("type_code", "address")),
    model.Itinerary: (
        _code("routing_country_code", "countries"),
        Field("sequence_numeric", width=SMALL, more=True),
    ),
    model.TradeTerms: (
        _code("condition_code", "incoterms"),
        Field("location_name", width=LARGE),
        *_more("location_id", "description"),
    ),
    model.Invoice: (Field("id", width=LARGE), Field("issue"), Field("amount")),
    model.CustomsValuation: (
        _code("method_code", "methods"),
        Field("freight_charge_amount"),
        Field("insurance_charge_amount"),
        Field("charge_deductions"),
        Field("answers"),
    ),
    model.ChargeDeduction: (Field("charges_type_code", width=SMALL), Field("other_charge_deduction_amount")),
    model.ValuationAnswer: (
        Field("question_code", width=SMALL),
        _code("answer_code", "answers"),
        Field("description", width=WIDE, more=True),
    ),
    model.CurrencyExchange: (
        _code("currency_type_code", "currencies"),
        Field("rate_numeric", width=SMALL),
    ),
    model.DutyTaxFee: (
        _code("duty_regime_code", "preferences", "@item.preference"),
        Field("specific_tax_base_quantity"),
        Field("type_code", width=SMALL),
        Field("ad_valorem_tax_base", more=True),
        Field("tax_rate_numeric", width=SMALL, more=True),
        Field("tax_assessed_amount", more=True),
        Field("payment_method_code", width=SMALL, more=True),
        Field("payment_amount", more=True),
        Field("quota_order_id", more=True),
        *_more("deduct_amount"),
    ),
    model.ObligationGuarantee: (
        Field("security_details_code", width=SMALL),
        Field("reference_id"),
        Field("amount"),
        _code("guarantee_office_id", "offices", more=True),
        *_more("id", "access_code"),
    ),
    model.AuthorisationHolder: (Field("category_code", width=SMALL), Field("id", width=LARGE)),
    model.Authentication: (
        _code("capacity_code", "capacities", width=LARGE),
        Field("authenticator"),
        Field("signed"),
        *_more("authority", "authentication"),
    ),
    model.Vehicle: (
        Field("id"),
        Field("make_name"),
        Field("model_name"),
        Field("manufacture_year", width=SMALL),
        Field("engine_capacity"),
        Field("engine_power"),
        *_more("chassis_id", "body_id", "engine_id"),
    ),
    Amount: (Field("value", width=SMALL), _code("currency", "currencies")),
    Measure: (Field("value", width=SMALL), _code("unit", "units")),
}
"""The fields of each class in the order of the page. What is not named here follows under "more"."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: places that everybody fills in, and the rest. A `folded` one is open where it is filled."""

    name: str
    places: tuple[str, ...]
    more: tuple[str, ...] = ()
    folded: bool = False


_GS, _CN = "goods_shipment", "goods_shipment.consignment"

HEAD: tuple[Section, ...] = (
    Section(
        "head",
        ("type_code", "declaration_office_id", "functional_reference_id", f"{_GS}.export_country_id",
         f"{_GS}.destination_country_code", f"{_GS}.transaction_nature_code", "total_gross_mass",
         "total_package_quantity"),
        ("goods_item_quantity", "function_code", "version_id", "id", "issue", "issue_location_id", "acceptance",
         "presentation_office_id", "supervising_office_id", f"{_GS}.destination_region_id", f"{_GS}.ucr_id",
         f"{_GS}.trader_reference_id", "additional_informations", "amendments"),
    ),
    Section(
        "parties",
        ("declarant", f"{_GS}.importer", "exporter"),
        ("agent", f"{_GS}.consignee", f"{_GS}.consignor", f"{_GS}.payer", f"{_GS}.seller", f"{_GS}.buyer",
         "submitter", f"{_GS}.surety", f"{_GS}.domestic_duty_tax_parties", f"{_GS}.aeo_parties"),
    ),
    Section(
        "transport",
        ("border_transport_means", "entry_office_id", f"{_CN}.container_code", f"{_CN}.transport_equipments",
         f"{_CN}.goods_location"),
        ("exit_office_id", f"{_CN}.arrival_transport_means", f"{_CN}.departure_transport_means",
         f"{_CN}.loading_location_id", f"{_CN}.loading_location_name", f"{_CN}.itineraries", f"{_CN}.carrier",
         f"{_CN}.consignor", f"{_CN}.freight_payment_method_code", f"{_GS}.warehouse", "consignment"),
    ),
    Section(
        "money",
        ("invoice_amount", f"{_GS}.invoices", f"{_GS}.trade_terms", f"{_GS}.customs_valuation.freight_charge_amount",
         f"{_GS}.customs_valuation.insurance_charge_amount"),
        (f"{_GS}.customs_valuation.charge_deductions", "currency_exchanges", f"{_GS}.customs_valuation.method_code"),
    ),
    Section("valuation", (f"{_GS}.customs_valuation.answers",), folded=True),
    Section("documents", ("additional_documents", f"{_GS}.previous_documents")),
    Section("guarantees", ("obligation_guarantees", "authorisation_holders"), folded=True),
    Section("signatory", ("authentication",), folded=True),
)  # fmt: skip
"""The sections of the head; what none of them names is in the last one, `rest`."""

ITEM_SECTIONS: tuple[Section, ...] = (
    Section(
        "goods",
        ("commodity.description", "commodity.classifications", "origins", "government_procedures"),
        ("commodity.dangerous_goods_ids", "commodity.vehicles"),
    ),
    Section(
        "measures",
        ("commodity.goods_measure.gross_mass", "commodity.goods_measure.net_mass",
         "commodity.goods_measure.tariff_quantity", "packagings"),
        ("commodity.transport_equipments",),
    ),
    Section(
        "value",
        ("commodity.item_charge_amount", "customs_valuation.method_code"),
        ("commodity.duty_tax_fees", "statistical_value_amount", "customs_value_amount",
         "customs_valuation.freight_charge_amount", "customs_valuation.insurance_charge_amount",
         "customs_valuation.charge_deductions", "valuation_addition_codes", "commodity.invoice_id",
         "commodity.invoice_line_numeric", "customs_valuation.answers"),
    ),
    Section("documents", ("additional_documents",), ("previous_documents", "additional_informations")),
)  # fmt: skip
"""The sections of a goods item."""

_UNSHOWN = {(model.Declaration, "items"), (model.GoodsShipment, "items"), (model.GoodsItem, "sequence_numeric")}


def sections_of(shape: Shape) -> tuple[Section, ...]:
    """The sections of the head or of an item, and at last `rest` with all places that no section names."""
    named = HEAD if shape is ROOT else ITEM_SECTIONS
    placed = {place for section in named for place in (*section.places, *section.more)}
    rest = tuple(_rest(shape, "", placed))
    return (*named, Section("rest", (), rest, folded=True)) if rest else named


def _rest(shape: Shape, prefix: str, placed: set[str]) -> Iterator[str]:
    for key in shape.keys:
        path = f"{prefix}{key.name}"
        if key.name == "extensions" or (shape.of, key.name) in _UNSHOWN or path in placed:
            continue
        if key.value is Value.OBJECT and any(place.startswith(f"{path}.") for place in placed):
            yield from _rest(key.shape, f"{path}.", placed)
        else:
            yield path


def field_of(of: type, name: str) -> Field:
    """The row of the table for a field; a plain one under "more" where the table has none."""
    return _BY_NAME.get((of, name)) or Field(name, more=True)


def fields_of(shape: Shape) -> tuple[Field, ...]:
    """All fields of a class in the order of the page; of a class that the table does not name, none is under "more"."""
    named = FIELDS.get(shape.of, ())
    known = {field.name for field in named}
    rest = (key.name for key in shape.keys if key.name not in known and key.name != "extensions")
    return (*named, *(Field(name, more=bool(named)) for name in rest))


_BY_NAME = {(of, field.name): field for of, fields in FIELDS.items() for field in fields}

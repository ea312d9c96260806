# SPDX-License-Identifier: Apache-2.0
"""CUSDEC, one table a directory: what each segment and qualifier means, and the model's field for it.

Administrations freeze a directory and keep it for decades: South Africa D.96B, Australia D.99B, the American ACE D.03B,
the former British CHIEF D.04A. The order of segments is that of the directory's message description (UNECE, UNTDID part
4; for D.24A the published grammar). Reader, writer and the page `docs/formats/edifact.md` are made from these tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gumruk.law.declarations import model
from gumruk.wire.edifact.table import Fixed, Kind, Part, Profile, Row, Section, qualified

_SHIPMENT = "goods_shipment"
_CONSIGNMENT = "goods_shipment.consignment"
#: A commercial document's group holds its lines: all up to the next document or the first goods item.
_LINE_GROUP = frozenset(
    ["ALC", "CED", "COM", "CUX", "DOC", "DTM", "EFI", "FTX", "GEI", "GIR", "IMD", "LIN", "LOC", "MEA", "MOA", "NAD"]
) | frozenset(["PAC", "PCD", "PCI", "PIA", "PRI", "PYT", "QTY", "QVR", "RFF", "RTE", "TOD"])
_GROUPS = {
    "RFF": frozenset({"DTM", "PAC", "PCI", "FTX", "GIN", "IMD"}),
    "TDT": frozenset({"TPL"}),
    "DOC": frozenset({"DTM", "LOC"}),
    "NAD": frozenset({"RFF", "CTA", "COM"}),
    "TOD": frozenset({"LOC", "FTX"}),
    "CUX": frozenset({"DTM"}),
    "EQD": frozenset({"SEL"}),
    "EFI": frozenset({"CED", "COM", "RFF", "DTM", "QTY"}),
}
_ITEM_GROUPS = {
    **_GROUPS,
    "NAD": frozenset[str](),
    "PAC": frozenset({"PCI", "FTX"}),
    "GDS": frozenset({"FTX"}),
    "GEI": frozenset({"PCD", "DTM", "RFF"}),
    "TAX": frozenset({"MOA", "GIS", "GEI"}),
    "QVR": frozenset({"QTY", "RFF", "DTM"}),
    "GIR": frozenset({"GEI", "NAD", "MEA", "MOA", "CUX", "DTM", "TAX", "DOC", "LOC"}),
}


def _location(qualifier: str | tuple[str, ...], field: str, name: str = "") -> Row:
    parts = (Part(field, (1, 0)),) + ((Part(name, (1, 3)),) if name else ())
    return qualified("LOC", qualifier, *parts)


def amount_row(qualifier: str | tuple[str, ...], field: str, note: str = "") -> Row:
    """An amount with its qualifier (5025) and currency."""
    return qualified("MOA", qualifier, Part(field, (0, 1), Kind.AMOUNT, (0, 2)), note=note)


def moment_row(qualifier: str, field: str) -> Row:
    """A day or moment with its qualifier (2005) and format (2379)."""
    return qualified("DTM", qualifier, Part(field, (0, 1), Kind.MOMENT, (0, 2)))


def _measure(purposes: tuple[str, ...], attributes: tuple[str, ...], field: str) -> Row:
    fixed = (Fixed((0, 0), purposes),) + ((Fixed((1, 0), attributes),) if attributes else ())
    return Row("MEA", fixed, (Part(field, (2, 1), Kind.MEASURE, (2, 0)),))


def _text(qualifier: str, field: str, length_max: int) -> Row:
    part = Part(field, (3, 0), Kind.LINES, length_max=length_max)
    return Row("FTX", (Fixed((0, 0), (qualifier,)),), (part,), repeats=True)


def _party(qualifier: str | tuple[str, ...], to: str, late: bool, group: bool = True) -> Row:
    values = (qualifier,) if isinstance(qualifier, str) else qualifier
    parts = (
        Part("id", (1, 0)),
        Part("name", (3, 0), Kind.LINES, length_max=70 if late else 35),
        Part("address.line", (4, 0), Kind.LINES, lines_max=4, length_max=70 if late else 35),
        Part("address.city_name", (5, 0)),
        Part("address.country_sub_division_code", (6, 0)),
        Part("address.postcode_id", (7, 0)),
        Part("address.country_code", (8, 0)),
        *((Part("address.country_sub_division_name", (6, 3)),) if late else ()),
    )
    inner = (
        Row(
            "RFF",
            (),
            (Part("identification_type_code", (0, 0)), Part("id", (0, 1))),
            "further_ids",
            model.PartyIdentification,
            True,
        ),
        Row("CTA", (Fixed((0, 0), ("IC", "")),), (Part("contact_name", (1, 1)),)),
        Row("COM", (), (Part("id", (0, 0)), Part("type_code", (0, 1))), "communications", model.Communication, True),
    )
    return Row("NAD", (Fixed((0, 0), values),), parts, to, model.Party, inner=inner if group else ())


def _transport(stages: tuple[str, ...], to: str) -> Row:
    parts = (
        Part("mode_code", (2, 0)),
        Part("type_code", (3, 0)),
        Part("id", (7, 0)),
        Part("identification_type_code", (7, 1)),
        Part("name", (7, 3)),
        Part("registration_nationality_code", (7, 4)),
    )
    return Row("TDT", (Fixed((0, 0), stages),), parts, to, model.TransportMeans)


def _document(late: bool) -> Row:
    parts = (
        Part("type_code", (0, 0)),
        *((Part("category_code", (0, 1)),) if late else ()),
        Part("name", (0, 3)),
        Part("id", (1, 0)),
        Part("lpco_exemption_code", (1, 1)),
    )
    inner = (moment_row("137", "issue"), moment_row("7", "effective"), moment_row("36", "expiration"))
    return Row("DOC", (), parts, "additional_documents", model.AdditionalDocument, True, inner)


def _previous(to: str) -> Row:
    parts = (Part("id", (0, 1)), Part("line_numeric", (0, 2), Kind.INTEGER))
    inner = (moment_row("137", "issue"),)
    return Row("RFF", (Fixed((0, 0), ("ACE",)),), parts, to, model.PreviousDocument, True, inner)


def _equipment() -> Row:
    parts = (Part("id", (1, 0)), Part("characteristic_code", (2, 0)), Part("fullness_code", (5, 0)))
    seal = Row("SEL", (), (Part("id", (0, 0)),), "seals", model.Seal, True)
    note = "seals belong to the equipment before them"
    fixed = (Fixed((0, 0), ("CN",)),)
    return Row(
        "EQD", fixed, parts, f"{_CONSIGNMENT}.transport_equipments", model.TransportEquipment, True, (seal,), note=note
    )


def _indicator(field: str, code_list: str) -> Row:
    """A code of a list of our own, in the directories that let a user name one."""
    return Row("GEI", (Fixed((0, 0), ("ZZZ",)), Fixed((1, 1), (code_list,))), (Part(field, (1, 0)),))


def _nature(field: str, indicator: str) -> Row:
    if indicator == "GIS":
        return Row("GIS", (Fixed((0, 1), ("71",)),), (Part(field, (0, 0)),))
    return Row("GEI", (Fixed((0, 0), ("5",)), Fixed((1, 1), ("71",))), (Part(field, (1, 0)),))


def _header(year: int, length: int) -> tuple[Row, ...]:
    late, own = year >= 2003, year >= 2010
    total = _measure(("AAE", "WT"), ("AAD", "G"), "total_gross_mass")
    return (
        Row(
            "BGM",
            (),
            (
                Part("type_code", (0, 0), Kind.DOCUMENT, (0, 3)),
                Part("functional_reference_id", (1, 0)),
                *((Part("version_id", (1, 1)),) if year >= 1999 else ()),
                Part("function_code", (2, 0)),
            ),
            note="929 for import (IM ...), 830 for export (EX ...); further letters stand in 1000",
        ),
        _location("9", f"{_CONSIGNMENT}.loading_location_id", f"{_CONSIGNMENT}.loading_location_name"),
        qualified(
            "LOC",
            "14",
            Part(f"{_CONSIGNMENT}.goods_location.id", (1, 0)),
            Part(f"{_CONSIGNMENT}.goods_location.name", (1, 3)),
            *((Part(f"{_CONSIGNMENT}.goods_location.type_code", (2, 0), listed="LOCATIONTYPE"),) if own else ()),
        ),
        _location("18", f"{_SHIPMENT}.warehouse.id"),
        _location("22", "declaration_office_id"),
        _location("35", f"{_SHIPMENT}.export_country_id"),
        _location(("36", "28"), f"{_SHIPMENT}.destination_country_code"),
        _location("41", "entry_office_id"),
        _location("42", "exit_office_id"),
        _location("91", "issue_location_id"),
        moment_row("137", "issue"),
        moment_row("148", "acceptance"),
        _nature(f"{_SHIPMENT}.transaction_nature_code", "GIS" if not late else "GEI"),
        *((_indicator(f"{_CONSIGNMENT}.container_code", "CONTAINER"),) if own else ()),
        *((total,) if year < 1999 else ()),
        _equipment(),
        qualified("RFF", ("ABT", "AAE"), Part("id", (0, 1))),
        qualified("RFF", "UCN", Part(f"{_SHIPMENT}.ucr_id", (0, 1))),
        _previous(f"{_SHIPMENT}.previous_documents"),
        _transport(("20", "11"), "border_transport_means"),
        _transport(("12",), f"{_CONSIGNMENT}.departure_transport_means"),
        _transport(("13",), f"{_CONSIGNMENT}.arrival_transport_means"),
        _document(late),
        _party("EX", "exporter", late),
        _party("CZ", f"{_SHIPMENT}.consignor", late),
        _party("CN", f"{_SHIPMENT}.consignee", late),
        _party("IM", f"{_SHIPMENT}.importer", late),
        _party(("SE", "SU"), f"{_SHIPMENT}.seller", late),
        _party("BY", f"{_SHIPMENT}.buyer", late),
        _party("PR", f"{_SHIPMENT}.payer", late),
        _party("DT", "declarant", late),
        _party(("AG", "AE", "CB"), "agent", late),
        _party("MS", "submitter", late),
        _party("CA", "consignment.carrier", late),
        Row(
            "TOD",
            (),
            (Part("condition_code", (2, 0)), Part("description", (2, 3))),
            f"{_SHIPMENT}.trade_terms",
            model.TradeTerms,
            inner=(_location("1", "location_id", "location_name"),),
        ),
        amount_row("39", "invoice_amount"),
        amount_row("64", f"{_SHIPMENT}.customs_valuation.freight_charge_amount"),
        amount_row("67", f"{_SHIPMENT}.customs_valuation.insurance_charge_amount"),
        Row(
            "CUX",
            (Fixed((0, 0), ("2",)),),
            (Part("currency_type_code", (0, 1)), Part("rate_numeric", (2, 0), Kind.DECIMAL)),
            "currency_exchanges",
            model.CurrencyExchange,
            True,
        ),
    )


def _item(year: int, length: int) -> tuple[Row, ...]:
    late, own, australian = year >= 2003, year >= 2010, year == 1999
    gross = _measure(
        ("WT",) if australian else ("AAE", "WT"),
        ("", "G") if australian else ("G",),
        "commodity.goods_measure.gross_mass",
    )
    codes = Part("", (1, 0), Kind.CODES, without="HS" if australian else "")
    return (
        Row(
            "CST",
            (),
            (Part("sequence_numeric", (0, 0), Kind.INTEGER), codes),
            note="C246 by its list: 122 or a type (HS, TSP ...) a classification, 117 a procedure (4000, then 000)",
        ),
        _text("AAA", "commodity.description", length),
        Row(
            "LOC",
            (Fixed((0, 0), ("27",)),),
            (
                Part("country_code", (1, 0)),
                Part("region_id", (2, 0)),
                *((Part("type_code", (3, 0), listed="ORIGINTYPE"),) if own else ()),
            ),
            "origins",
            model.Origin,
            True,
        ),
        _location("35", "export_country_id"),
        _location(("36", "28"), "destination_country_code"),
        gross,
        _measure(("AAE", "WT"), ("AAL",), "commodity.goods_measure.net_mass"),
        _measure(("AAR",), (), "commodity.goods_measure.tariff_quantity"),
        _party("CZ", "consignor", late, group=False),
        _party("CN", "consignee", late, group=False),
        _party(("SE", "SU"), "seller", late, group=False),
        _party("BY", "buyer", late, group=False),
        Row(
            "PAC",
            (),
            (Part("quantity", (0, 0), Kind.DECIMAL), Part("type_code", (2, 0))),
            "packagings",
            model.Packaging,
            True,
            (Row("PCI", (), (Part("marks_numbers_id", (1, 0), Kind.LINES, lines_max=10),)),),
        ),
        amount_row("38", "commodity.item_charge_amount"),
        amount_row("40", "customs_value_amount"),
        amount_row(("123", "63") if australian else "123", "statistical_value_amount"),
        amount_row("64", "customs_valuation.freight_charge_amount"),
        amount_row("67", "customs_valuation.insurance_charge_amount"),
        *((_heading(),) if australian else ()),
        qualified("RFF", "UCN", Part("ucr_id", (0, 1))),
        qualified(
            "RFF",
            "IV",
            Part("commodity.invoice_id", (0, 1)),
            Part("commodity.invoice_line_numeric", (0, 2), Kind.INTEGER),
        ),
        Row(
            "RFF",
            (Fixed((0, 0), ("AAQ",)),),
            (Part("id", (0, 1)),),
            "commodity.transport_equipments",
            model.TransportEquipment,
            True,
        ),
        _previous("previous_documents"),
        _document(late),
        _nature("transaction_nature_code", "GIS" if not late else "GEI"),
        *((_indicator("customs_valuation.method_code", "VALUATION"),) if own else ()),
        duty_row("commodity.duty_tax_fees"),
        Row(
            "GIR",
            (Fixed((0, 0), ("1",)), Fixed((1, 1), ("VV",))),
            (Part("id", (1, 0)),),
            "commodity.vehicles",
            model.Vehicle,
            True,
        ),
    )


def duty_row(to: str) -> Row:
    """A duty, tax or fee of an item with its base and its amounts."""
    parts = (Part("type_code", (1, 0)), Part("tax_rate_numeric", (4, 3), Kind.DECIMAL))
    inner = tuple(
        amount_row(qualifier, field)
        for qualifier, field in (
            ("56", "ad_valorem_tax_base"),
            ("55", "tax_assessed_amount"),
            ("161", "payment_amount"),
        )
    )
    return Row("TAX", (Fixed((0, 0), ("1",)),), parts, to, model.DutyTaxFee, True, inner)


def _heading() -> Row:
    """The Australian export declaration names the tariff heading in a reference."""
    fixed, parts = (Fixed((0, 0), ("HS",)),), (Part("id", (0, 1)),)
    only = ("identification_type_code", "HS")
    return Row("RFF", fixed, parts, "commodity.classifications", model.Classification, True, only=only)


def _summary(year: int) -> tuple[Row, ...]:
    gross = qualified("CNT", "7", Part("total_gross_mass", (0, 1), Kind.MEASURE, (0, 2)))
    return (
        qualified("CNT", "5", Part("goods_item_quantity", (0, 1), Kind.INTEGER)),
        *((gross,) if year >= 1999 else ()),
        qualified("CNT", "11", Part("total_package_quantity", (0, 1), Kind.DECIMAL)),
    )


def _invoice() -> Row:
    parts = (Part("id", (0, 0)),)
    inner = (moment_row("137", "issue"), amount_row("39", "amount"))
    return Row("DMS", (Fixed((1, 0), ("380",)),), parts, f"{_SHIPMENT}.invoices", model.Invoice, True, inner)


def _profile(name: str, release: str, year: int, text_length: int) -> Profile:
    item_groups = dict(_ITEM_GROUPS)
    if year >= 2003:
        item_groups |= {"RFF": _ITEM_GROUPS["RFF"] | {"MOA"}, "DOC": frozenset({"DTM", "LOC", "NAD"})}
    return Profile(
        name,
        ("D", release),
        Section("", _GROUPS, _header(year, text_length)),
        Section("UNS+D/", {"DMS": _LINE_GROUP}, (_invoice(),)),
        Section("", item_groups, _item(year, text_length)),
        Section("UNS+S/", {"TAX": frozenset({"MOA", "GIS", "GEI"}), "AUT": frozenset({"DTM"})}, _summary(year)),
    )


D96B = _profile("D.96B", "96B", 1996, 70)
D99B = _profile("D.99B", "99B", 1999, 70)
D03B = _profile("D.03B and D.04A", "03B", 2003, 512)
D24A = _profile("D.24A", "24A", 2024, 512)
PROFILES: Mapping[str, Profile] = MappingProxyType(
    {profile.directory[1]: profile for profile in (D96B, D99B, D03B, D24A)}
)
"""The tables by the release that names them."""


def profile_of(version: str, release: str) -> Profile:
    """The tables for a message's version and release: those of the nearest directory that is not younger.

    A release that is none of a directory (`1:921`) is read by the oldest; none at all by the newest, which we write.
    """
    if version != "D" or not release[:2].isdigit():
        return D96B if release else D24A
    year = int(release[:2]) + (1900 if int(release[:2]) >= 88 else 2000)
    if year < 1998:
        return D96B
    if year < 2002:
        return D99B
    return D03B if year < 2010 else D24A

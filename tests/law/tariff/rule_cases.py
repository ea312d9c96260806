# SPDX-License-Identifier: Apache-2.0
"""For each rule of a tariff: records that keep it and records that break it, beside the sound tariff."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tests.law.tariff.tariff_cases import (
    BASIC,
    CHAPTER,
    FIRST,
    HEADING,
    LINE,
    SUBHEADING,
    component,
    condition,
    goods,
    group,
    kind,
    measure,
)

from gumruk.law.tariff.duties import read_duty
from gumruk.law.tariff.measures import (
    AdditionalCode,
    Certificate,
    CodeList,
    Footnote,
    GeographicalArea,
    GeographicalMembership,
    GoodsFootnote,
    GoodsOrigin,
    GoodsSuccessor,
    ListedCode,
    MeasureAction,
    MeasureKind,
    MeasureTypeSeries,
    QuotaAssociation,
    QuotaBlockingPeriod,
    QuotaDefinition,
    QuotaOrderNumber,
    QuotaOrderNumberOrigin,
    QuotaSuspensionPeriod,
    Record,
    Regulation,
)
from gumruk.law.tariff.measures.model import Effect


class Case(NamedTuple):
    """Records that keep a rule and records that break it."""

    kept: tuple[Record, ...]
    broken: tuple[Record, ...]


MIDDLE, END = date(2023, 1, 1), date(2022, 12, 31)
LATER = {"starts_on": MIDDLE}
#: An excise measure that breaks nothing: what is changed in it is the case.
EXCISE = measure("5", "306", LINE, "1%")
QUOTA = measure("5", "122", LINE, "1%", order_number="090001")
CONTROL = measure("5", "410", LINE)
SUB = QuotaDefinition(sid="D2", order_number="090002", volume=Decimal(500), unit="KGM", starts_on=date(2026, 1, 1))
MAIN = QuotaDefinition(sid="D3", order_number="090003", volume=Decimal(800), unit="KGM", starts_on=date(2026, 1, 1))


def excise(**changes: object) -> tuple[Record, ...]:
    return (replace(EXCISE, **changes),)  # type: ignore[arg-type]


def rows(*conditions: object) -> tuple[Record, ...]:
    return (replace(CONTROL, conditions=conditions),)  # type: ignore[arg-type]


def member(area: str, name: str, **days: date) -> GeographicalMembership:
    return GeographicalMembership(**{"group": area, "member": name, "starts_on": FIRST, **days})  # type: ignore[arg-type]


def sub_quota(sub: QuotaDefinition = SUB, main: QuotaDefinition = MAIN, **changes: object) -> tuple[Record, ...]:
    return (main, sub, QuotaAssociation(main="D3", sub=sub.sid, **changes))  # type: ignore[arg-type]


def listed(names: str, code: str, **days: date) -> ListedCode:
    return ListedCode(list=CodeList(names), code=code, **days)


def late(names: str, code: str) -> ListedCode:
    """A code of a list that begins when the measures of these cases hold already."""
    return listed(names, code, starts_on=MIDDLE)


def noted(line: str = LINE, code: str = LINE, footnote: str = "CD001", **days: date) -> GoodsFootnote:
    return GoodsFootnote(line=line, code=code, footnote=footnote, **{"starts_on": FIRST, **days})


PRICED = excise(components=(component("01", "1", "EUR", "DTN"),))
DRAINED = component("01", "1", "EUR", "DTN")
NEW_LINE = (goods("0702001500", 2, sid="77", starts_on=MIDDLE),)
OLD_LINE = (goods("0702001700", 2, sid="78", ends_on=END),)
TYPES_OF_CODES = (listed("additional_code_type", "C"),)
FIELDS: dict[str, Case] = {
    "ME-1": Case(excise(additional_code="C490"), (EXCISE, replace(EXCISE, sid="6"))),
    "ME-2": Case(excise(), excise(type="999")),
    "ME-3": Case(
        (kind("307", MeasureKind.EXCISE), *excise(type="307")),
        (kind("307", MeasureKind.EXCISE, **LATER), *excise(type="307")),
    ),
    "ME-4": Case(excise(area="CN"), excise(area="ZZ")),
    "ME-5": Case(excise(area="CN"), (GeographicalArea(code="AF", starts_on=MIDDLE), *excise(area="AF"))),
    "ME-6": Case(excise(), excise(code="0799000000")),
    "ME-7": Case(excise(), (goods("0702001500", 2, suffix="10"), *excise(code="0702001500"))),
    "ME-8": Case(excise(), (goods("0702001500", 2, ends_on=END), *excise(code="0702001500"))),
    "ME-9": Case(excise(code="", additional_code="C490"), excise(code="")),
    "ME-10": Case((QUOTA,), (replace(QUOTA, order_number=""),)),
    "ME-12": Case(excise(type="552", additional_code="C490"), excise(type="552", additional_code="B490")),
    "ME-16": Case(
        (EXCISE, replace(EXCISE, sid="6", area="CN", additional_code="C490")),
        (EXCISE, replace(EXCISE, sid="6", code=HEADING, additional_code="C490")),
    ),
    "ME-17": Case(excise(additional_code="C490"), excise(additional_code="C491")),
    "ME-24": Case(excise(regulation="", act="an act by its name"), excise(regulation="R9")),
    "ME-25": Case(excise(ends_on=FIRST), excise(ends_on=date(2019, 12, 31))),
    "ME-27": Case(
        (Regulation(code="R2"), *excise(regulation="R2")),
        (Regulation(code="R2", replaced_by="R3"), *excise(regulation="R2")),
    ),
    "ME-32": Case(
        (replace(EXCISE, ends_on=END), replace(EXCISE, sid="6", code=SUBHEADING, starts_on=MIDDLE)),
        (EXCISE, replace(EXCISE, sid="6", code=SUBHEADING, starts_on=MIDDLE)),
    ),
    "ME-40": Case(excise(type="103", area="CN"), excise(type="103", area="CN", duty=None)),
    "ME-41": Case(excise(components=(component("01", "1"),)), excise(components=(component("98", "1"),))),
    "ME-43": Case(
        excise(components=(component("01", "1"), component("04", "2"))),
        excise(components=(component("01", "1"), component("01", "2"))),
    ),
    "ME-45": Case(excise(components=(component("01", "1"), component("12"))), excise(components=(component("01"),))),
    "ME-47": Case(excise(components=(component("99", unit="KGM"),)), excise(components=(component("99"),))),
    "ME-50": Case(
        excise(components=(component("01", "1", "EUR", "DTN"),)),
        excise(components=(component("01", "1", "EUR", "XQZ"),)),
    ),
    "ME-56": Case(rows(condition("B", 1, "29", certificate="N853")), rows(condition("B", 1, "29", certificate="N999"))),
    "ME-57": Case(
        rows(condition("B", 1, "29", certificate="N853")),
        (Certificate(code="N900", starts_on=MIDDLE), *rows(condition("B", 1, "29", certificate="N900"))),
    ),
    "ME-58": Case(
        rows(condition("B", 1, "29", certificate="N853"), condition("C", 1, "29", certificate="N853")),
        rows(condition("B", 1, "29", certificate="N853"), condition("B", 2, "09", certificate="N853")),
    ),
    "ME-59": Case(
        (MeasureAction(code="77", effect=Effect.ALLOWED), *rows(condition("B", 1, "77"))), rows(condition("B", 1, "77"))
    ),
    "ME-65": Case(excise(area="2020", excluded_areas=("CN",)), excise(area="UZ", excluded_areas=("CN",))),
    "ME-66": Case(excise(area="2020", excluded_areas=("CN",)), excise(area="2020", excluded_areas=("TR",))),
    "ME-67": Case(
        (*group("2030", "CN"), *excise(area="2030", excluded_areas=("CN",))),
        (*group("2030"), member("2030", "CN", starts_on=MIDDLE), *excise(area="2030", excluded_areas=("CN",))),
    ),
    "ME-68": Case(excise(area="2020", excluded_areas=("CN", "UZ")), excise(area="2020", excluded_areas=("CN", "CN"))),
    "ME-69": Case(excise(footnotes=("CD001",)), excise(footnotes=("CD999",))),
    "ME-70": Case(excise(footnotes=("CD001",)), excise(footnotes=("CD001", "CD001"))),
    "ME-73": Case(
        excise(footnotes=("CD001",)), (Footnote(code="CD002", starts_on=MIDDLE), *excise(footnotes=("CD002",)))
    ),
    "ME-87": Case(
        (Regulation(code="R2", starts_on=FIRST, ends_on=END), *excise(regulation="R2")),
        (Regulation(code="R2", starts_on=FIRST, ends_on=END), *excise(regulation="R2", ends_on=MIDDLE)),
    ),
    "ME-88": Case((measure("5", "305", SUBHEADING, "20%"),), (measure("5", "305", LINE, "20%"),)),
    "ME-108": Case(
        rows(
            condition("V", 1, "01", components=(component("01", "1"),)),
            condition("V", 2, "01", components=(component("01", "1"),)),
        ),
        rows(condition("V", 1, "01", components=(component("01", "1"), component("01", "2")))),
    ),
    "ME-115": Case(
        excise(additional_code="C490"), (AdditionalCode(code="C491", starts_on=MIDDLE), *excise(additional_code="C491"))
    ),
    "ME-116": Case(
        (QUOTA,), (QuotaOrderNumber(code="090005", starts_on=MIDDLE), replace(QUOTA, order_number="090005"))
    ),
    "ME-117": Case((QUOTA,), (replace(QUOTA, area="CN"),)),
    "ME-119": Case(
        (QUOTA,),
        (
            QuotaOrderNumber(code="090005", starts_on=FIRST),
            QuotaOrderNumberOrigin(order_number="090005", area="1011", starts_on=MIDDLE),
            replace(QUOTA, order_number="090005"),
        ),
    ),
    "NIG-1": Case(
        (goods("0702001500", 2, ends_on=END), goods("0702001500", 2, starts_on=MIDDLE)),
        (goods("0702001500", 2), goods("0702001500", 2, starts_on=MIDDLE)),
    ),
    "NIG-2": Case((goods("0703000000", 0),), (goods("0703000000", 0, starts_on=date(2019, 1, 1)),)),
    "MT-1": Case(
        (kind("307", MeasureKind.EXCISE, ends_on=END), kind("307", MeasureKind.EXCISE, **LATER)),
        (kind("307", MeasureKind.EXCISE), kind("307", MeasureKind.EXCISE, **LATER)),
    ),
    "MT-4": Case((kind("307", MeasureKind.EXCISE),), (kind("307", MeasureKind.EXCISE, series="X"),)),
    "MT-10": Case(
        (kind("307", MeasureKind.EXCISE),),
        (MeasureTypeSeries(code="X", starts_on=MIDDLE), kind("307", MeasureKind.EXCISE, series="X")),
    ),
    "ACN-1": Case(
        (AdditionalCode(code="C490", starts_on=date(2010, 1, 1), ends_on=date(2019, 12, 31)),),
        (AdditionalCode(code="C490", starts_on=MIDDLE),),
    ),
    "CE-2": Case((Certificate(code="N854"),), (Certificate(code="N853", starts_on=MIDDLE),)),
    "FO-2": Case((Footnote(code="CD002"),), (Footnote(code="CD001", starts_on=MIDDLE),)),
    "GA-1": Case((GeographicalArea(code="AF"),), (GeographicalArea(code="CN", starts_on=MIDDLE),)),
    "GA-4": Case(tuple(group("2021", parent="2020")), tuple(group("2021", parent="CN"))),
    "GA-5": Case(tuple(group("2021", parent="2020")), tuple(group("2021", parent="2020", starts_on=date(2019, 1, 1)))),
    "GA-6": Case(tuple(group("2021", parent="2020")), (*group("2021", parent="2022"), *group("2022", parent="2021"))),
    "GA-12": Case((member("2020", "TR"),), (member("2020", "ZZ"),)),
    "GA-13": Case((member("2020", "TR"),), (*group("2021"), member("2020", "2021"))),
    "GA-14": Case((member("2020", "TR"),), (member("2999", "TR"),)),
    "GA-16": Case((member("2020", "TR"),), (member("2020", "TR", starts_on=date(2019, 1, 1)),)),
    "GA-18": Case(
        (member("2020", "TR", ends_on=END), member("2020", "TR", starts_on=MIDDLE)),
        (member("2020", "TR"), member("2020", "TR", starts_on=MIDDLE)),
    ),
    "GA-19": Case(tuple(group("2021", "CN", parent="2020")), tuple(group("2021", "TR", parent="2020"))),
    "GA-20": Case(
        tuple(group("2021", "CN", parent="2020")),
        (member("2020", "TR", starts_on=MIDDLE), *group("2021", "TR", parent="2020")),
    ),
    "ON-1": Case(
        (QuotaOrderNumber(code="090005", sid="1"),), (QuotaOrderNumber(code="090001", sid="2", starts_on=FIRST),)
    ),
    "ON-2": Case(
        (QuotaOrderNumber(code="090005", sid="1"),), (QuotaOrderNumber(code="090001", sid="2", starts_on=MIDDLE),)
    ),
    "ON-4": Case(
        (QuotaOrderNumberOrigin(order_number="090001", area="CN", starts_on=FIRST),),
        (QuotaOrderNumberOrigin(order_number="090001", area="ZZ", starts_on=FIRST),),
    ),
    "ON-5": Case(
        (QuotaOrderNumberOrigin(order_number="090001", area="CN", starts_on=MIDDLE),),
        (QuotaOrderNumberOrigin(order_number="090001", area="1011", starts_on=MIDDLE),),
    ),
    "ON-6": Case(
        (QuotaOrderNumberOrigin(order_number="090001", area="CN", starts_on=FIRST),),
        (QuotaOrderNumberOrigin(order_number="090001", area="CN", starts_on=date(2019, 1, 1)),),
    ),
    "ON-7": Case(
        (QuotaOrderNumberOrigin(order_number="090001", area="CN", starts_on=FIRST),),
        (
            QuotaOrderNumberOrigin(
                order_number="090001", area="1011", starts_on=date(2019, 1, 1), ends_on=date(2019, 2, 1)
            ),
        ),
    ),
    "ON-8": Case((QuotaOrderNumber(code="090003"), MAIN), (QuotaOrderNumber(code="090003", ends_on=END), MAIN)),
    "ON-13": Case(
        (QuotaOrderNumberOrigin(order_number="090001", area="2020", excluded_areas=("CN",), starts_on=FIRST),),
        (QuotaOrderNumberOrigin(order_number="090001", area="UZ", excluded_areas=("CN",), starts_on=FIRST),),
    ),
    "ON-14": Case(
        (QuotaOrderNumberOrigin(order_number="090001", area="2020", excluded_areas=("CN",), starts_on=FIRST),),
        (QuotaOrderNumberOrigin(order_number="090001", area="2020", excluded_areas=("TR",), starts_on=FIRST),),
    ),
    "QD-1": Case((MAIN,), (MAIN, replace(MAIN, sid="D9"))),
    "QD-10": Case((MAIN,), (replace(MAIN, unit="XQZ"),)),
    "QBP-2": Case(
        (QuotaBlockingPeriod(definition="D1", starts_on=date(2026, 1, 1)),),
        (QuotaBlockingPeriod(definition="D1", starts_on=date(2025, 12, 31)),),
    ),
    "QSP-2": Case(
        (QuotaSuspensionPeriod(definition="D1", starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 9)),),
        (QuotaSuspensionPeriod(definition="D1", starts_on=date(2026, 1, 1)),),
    ),
    "QA-2": Case(sub_quota(), sub_quota(replace(SUB, starts_on=date(2025, 1, 1)))),
    "QA-3": Case(sub_quota(), sub_quota(replace(SUB, volume=Decimal(801)))),
    "QA-4": Case(sub_quota(), sub_quota(coefficient=Decimal(0))),
    "QA-5": Case(sub_quota(relation="EQ", coefficient=Decimal("1.2")), sub_quota(relation="EQ")),
    "QA-6": Case(
        (*sub_quota(), replace(SUB, sid="D4"), QuotaAssociation(main="D3", sub="D4")),
        (*sub_quota(), replace(SUB, sid="D4"), QuotaAssociation(main="D3", sub="D4", relation="EQ")),
    ),
}
#: Codes of lists, and lines that follow one another.
FIELDS |= {
    "CT-1": Case(
        (listed("unit", "DTN"), listed("qualifier", "DTN")),
        (listed("unit", "DTN", starts_on=FIRST), late("unit", "DTN")),
    ),
    "ACN-2": Case((*TYPES_OF_CODES, AdditionalCode(code="C500")), (*TYPES_OF_CODES, AdditionalCode(code="B500"))),
    "ACN-17": Case(
        (*TYPES_OF_CODES, AdditionalCode(code="C500")),
        (*TYPES_OF_CODES, late("additional_code_type", "A"), AdditionalCode(code="A500")),
    ),
    "CE-7": Case(
        (listed("certificate_type", "N"), Certificate(code="N854")),
        (late("certificate_type", "Y"), Certificate(code="Y854")),
    ),
    "FO-17": Case(
        (listed("footnote_type", "CD"), Footnote(code="CD002")), (late("footnote_type", "TN"), Footnote(code="TN002"))
    ),
    "ME-42": Case((listed("expression", "01"), *PRICED), (late("expression", "01"), *PRICED)),
    "ME-46": Case(
        excise(components=(component("01", "1", "EUR"), component("12"))),
        excise(components=(component("01", "1", "EUR"), component("12", currency="EUR"))),
    ),
    "ME-48": Case((listed("monetary_unit", "EUR"), *PRICED), (listed("monetary_unit", "GBP"), *PRICED)),
    "ME-49": Case((listed("monetary_unit", "EUR"), *PRICED), (late("monetary_unit", "EUR"), *PRICED)),
    "ME-51": Case((listed("unit", "DTN"), *PRICED), (late("unit", "DTN"), *PRICED)),
    "ME-52": Case(
        (late("qualifier", "E"), *PRICED),
        (late("qualifier", "E"), *excise(components=(replace(DRAINED, qualifier="E"),))),
    ),
    "MC-3": Case(
        (listed("condition", "B"), *rows(condition("B", 1, "29"))),
        (late("condition", "B"), *rows(condition("B", 1, "29"))),
    ),
    "MA-4": Case(
        (listed("action", "29"), *rows(condition("B", 1, "29"))), (late("action", "29"), *rows(condition("B", 1, "29")))
    ),
    "QD-8": Case(
        (listed("monetary_unit", "EUR"), replace(MAIN, currency="EUR")),
        (listed("monetary_unit", "EUR", starts_on=date(2027, 1, 1)), replace(MAIN, currency="EUR")),
    ),
    "QD-11": Case(
        (listed("qualifier", "E"), replace(MAIN, qualifier="E")),
        (listed("qualifier", "E", starts_on=date(2027, 1, 1)), replace(MAIN, qualifier="E")),
    ),
    "NIG-7": Case(
        (*NEW_LINE, GoodsOrigin(line="77", code="0702001500", derived=LINE)),
        (*NEW_LINE, GoodsOrigin(line="77", code="0702001500", derived="0702001500")),
    ),
    "NIG-10": Case(
        (*OLD_LINE, GoodsSuccessor(line="78", code="0702001700", absorbed=LINE)),
        (*OLD_LINE, GoodsSuccessor(line="78", code="0702001700", absorbed="0702001700")),
    ),
    "NIG-22": Case(
        (*NEW_LINE, noted(line="77", code="0702001500", starts_on=MIDDLE)),
        (*NEW_LINE, noted(line="77", code="0702001500")),
    ),
    "NIG-23": Case((noted(),), (Footnote(code="CD002", starts_on=MIDDLE), noted(footnote="CD002"))),
    "NIG-24": Case((noted(ends_on=END), noted(starts_on=MIDDLE)), (noted(), noted(starts_on=MIDDLE))),
}
#: What else breaks a rule: its other sides.
OTHER_SIDES: dict[str, tuple[tuple[Record, ...], ...]] = {
    "ME-24": (excise(regulation=""),),
    "ME-10": ((replace(BASIC, sid="6", area="CN", order_number="090001"),),),
    "ME-32": (
        (EXCISE, replace(EXCISE, sid="6", starts_on=MIDDLE)),
        (EXCISE, replace(EXCISE, sid="6", code=CHAPTER, starts_on=MIDDLE)),
    ),
    "ME-40": (
        (replace(CONTROL, duty=EXCISE.duty),),
        excise(conditions=(condition("V", 1, "01", components=(component("01", "1"),)),)),
    ),
    "ME-45": (excise(components=(component("12", "3"),)),),
    "ME-48": (
        (listed("monetary_unit", "EUR"), *excise(duty=read_duty("2 GBP/KGM"))),
        (listed("monetary_unit", "EUR"), *rows(condition("V", 1, "29", threshold="5", currency="GBP"))),
    ),
    "ME-49": (excise(duty=read_duty("2 ITL/KGM")), excise(duty=read_duty("2 HRK/KGM"))),
    "ME-50": (rows(condition("E", 1, "29", threshold="5", unit="XQZ")),),
    "ME-87": (
        (Regulation(code="R2", starts_on=MIDDLE), *excise(regulation="R2")),
        (Regulation(code="R2", starts_on=date(2018, 1, 1), ends_on=date(2019, 1, 1)), *excise(regulation="R2")),
    ),
    "GA-4": (tuple(group("2021", parent="2999")),),
    "QA-3": (sub_quota(replace(SUB, unit="LTR")),),
    "QA-5": (
        sub_quota(coefficient=Decimal(2)),
        (
            *sub_quota(relation="EQ", coefficient=Decimal(2)),
            replace(SUB, sid="D4", volume=Decimal(400)),
            QuotaAssociation(main="D3", sub="D4", relation="EQ", coefficient=Decimal(2)),
        ),
    ),
}

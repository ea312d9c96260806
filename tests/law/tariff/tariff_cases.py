# SPDX-License-Identifier: Apache-2.0
"""A small sound tariff that tests change one thing in: a few codes of chapter 7, areas, types, measures, a quota."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from gumruk.law.tariff.duties import read_duty
from gumruk.law.tariff.measures import (
    AdditionalCode,
    Applicable,
    AreaKind,
    Certificate,
    Footnote,
    GeographicalArea,
    GeographicalMembership,
    GoodsNomenclature,
    Measure,
    MeasureComponent,
    MeasureCondition,
    MeasureKind,
    MeasuresFound,
    MeasureType,
    MeasureTypeSeries,
    Movement,
    QuotaDefinition,
    QuotaOrderNumber,
    QuotaOrderNumberOrigin,
    Record,
    Regulation,
    Tariff,
    TariffClaim,
    measures_for,
)

FIRST = date(2020, 1, 1)
DAY = date(2026, 6, 1)
CHAPTER, HEADING, SUBHEADING, LINE = "0700000000", "0702000000", "0702001000", "0702001010"
OTHER_LINE = "0702001090"


def component(expression: str, amount: str | None = None, currency: str = "", unit: str = "") -> MeasureComponent:
    """A component from texts."""
    return MeasureComponent(expression, Decimal(amount) if amount else None, currency, unit)


def condition(code: str, sequence: int, action: str, **asked: Any) -> MeasureCondition:
    """A condition; `threshold` from a text."""
    if "threshold" in asked:
        asked["threshold"] = Decimal(asked["threshold"])
    return MeasureCondition(code, sequence, action, **asked)


def goods(code: str, indent: int, **changes: Any) -> GoodsNomenclature:
    """A line of the nomenclature, since the first day."""
    return GoodsNomenclature(**{"code": code, "indent": indent, "starts_on": FIRST, **changes})


def kind(code: str, does: MeasureKind, **changes: Any) -> MeasureType:
    """A measure type of series C, since the first day."""
    return MeasureType(**{"code": code, "kind": does, "series": "C", "starts_on": FIRST, **changes})


def group(code: str, *members: str, **changes: Any) -> list[Record]:
    """A group of areas with its members."""
    area = GeographicalArea(**{"code": code, "kind": AreaKind.GROUP, "starts_on": FIRST, **changes})
    return [area, *(GeographicalMembership(group=code, member=member, starts_on=FIRST) for member in members)]


def measure(sid: str, type_code: str, code: str, duty: str = "", area: str = "1011", **changes: Any) -> Measure:
    """A measure since the first day under the regulation R1, with a duty as its text."""
    held = {"starts_on": FIRST, "regulation": "R1", "duty": read_duty(duty) if duty else None, **changes}
    return Measure(sid=sid, type=type_code, code=code, area=area, **held)


TYPES: tuple[Record, ...] = (
    MeasureTypeSeries(code="C", starts_on=FIRST),
    kind(
        "103",
        MeasureKind.THIRD_COUNTRY,
        nearest_wins=True,
        duty=Applicable.MANDATORY,
        order_number=Applicable.NOT_PERMITTED,
    ),
    kind("112", MeasureKind.SUSPENSION, claimed_by=frozenset({"110"})),
    kind("142", MeasureKind.PREFERENCE, claimed_by=frozenset({"200", "300"})),
    kind("122", MeasureKind.QUOTA, claimed_by=frozenset({"120"}), order_number=Applicable.MANDATORY),
    kind("143", MeasureKind.PREFERENTIAL_QUOTA, claimed_by=frozenset({"320"})),
    kind("552", MeasureKind.ANTI_DUMPING, additional_code_types=frozenset({"C"})),
    kind("696", MeasureKind.SAFEGUARD),
    kind("305", MeasureKind.VAT, explosion_level=8),
    kind("306", MeasureKind.EXCISE),
    kind("109", MeasureKind.SUPPLEMENTARY_UNIT),
    kind("277", MeasureKind.PROHIBITION, duty=Applicable.NOT_PERMITTED),
    kind("410", MeasureKind.RESTRICTION, duty=Applicable.NOT_PERMITTED),
    kind("476", MeasureKind.RESTRICTION, movement=Movement.EXPORT),
)
AREAS: tuple[Record, ...] = (
    *group("1011", "CN", "UZ", "TR"),
    *group("2020", "CN", "UZ"),
    *(GeographicalArea(code=code, starts_on=FIRST) for code in ("CN", "UZ", "TR")),
)
GOODS: tuple[Record, ...] = (
    goods(CHAPTER, 0),
    goods(HEADING, 0),
    goods(SUBHEADING, 1),
    goods(LINE, 2),
    goods(OTHER_LINE, 2),
)
NAMED: tuple[Record, ...] = (
    Regulation(code="R1", starts_on=FIRST),
    Certificate(code="N853", starts_on=FIRST),
    Certificate(code="Y900", starts_on=FIRST),
    Footnote(code="CD001", starts_on=FIRST),
    AdditionalCode(code="C490", starts_on=FIRST),
    QuotaOrderNumber(code="090001", starts_on=FIRST),
    QuotaOrderNumberOrigin(order_number="090001", area="1011", starts_on=FIRST),
    QuotaDefinition(
        sid="D1",
        order_number="090001",
        volume=Decimal(1000),
        unit="KGM",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
    ),
)
BASIC = measure("1", "103", HEADING, "10%")
SOUND: tuple[Record, ...] = (*TYPES, *AREAS, *GOODS, *NAMED, BASIC)


def tariff(*more: Record, without: Iterable[Record] = ()) -> Tariff:
    """The sound tariff with further records, and without some of its own."""
    dropped = list(without)
    return Tariff.of([*(record for record in SOUND if record not in dropped), *more])


def claim(origin: str = "CN", code: str = LINE, **changes: Any) -> TariffClaim:
    """A claim for the line, on the day."""
    return TariffClaim(**{"code": code, "origin": origin, "day": DAY, **changes})


def told(found: MeasuresFound) -> tuple[list[str], dict[str, str], list[str]]:
    """The sids that apply, the reasons of the others by sid, and the codes of the findings."""
    others = {other.measure.sid: other.reason.value for other in found.others}
    return [held.measure.sid for held in found.applied], others, [finding.code for finding in found.findings]


def asked(held: Tariff, **changes: Any) -> tuple[list[str], dict[str, str], list[str]]:
    """What `measures_for` tells of a claim."""
    return told(measures_for(held, claim(**changes)))

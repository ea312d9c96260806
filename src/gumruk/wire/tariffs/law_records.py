# SPDX-License-Identifier: Apache-2.0
"""A stored record as a record of the law, for the kinds that stand alone: areas, types, quotas, acts, documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import TypedDict

from gumruk.law.tariff.measures import (
    AdditionalCode,
    Applicable,
    AreaKind,
    Certificate,
    CodeList,
    Footnote,
    GeographicalArea,
    GeographicalMembership,
    GoodsFootnote,
    GoodsOrigin,
    GoodsSuccessor,
    ListedCode,
    MeasureKind,
    MeasureType,
    MeasureTypeSeries,
    Movement,
    QuotaAssociation,
    QuotaBalance,
    QuotaBlockingPeriod,
    QuotaDefinition,
    QuotaOrderNumber,
    QuotaOrderNumberOrigin,
    QuotaSuspensionPeriod,
    Record,
    Regulation,
    claims_of,
    kind_of,
)
from gumruk.law.tariff.measures.model import PRODUCT_LINE
from gumruk.wire.tariffs.records import Fields

_MOVEMENTS = {"0": Movement.IMPORT, "1": Movement.EXPORT, "2": Movement.BOTH}
_APPLICABLE = {"0": Applicable.PERMITTED, "1": Applicable.MANDATORY, "2": Applicable.NOT_PERMITTED}
_AREAS = {"0": AreaKind.COUNTRY, "1": AreaKind.GROUP, "2": AreaKind.REGION}


class Days(TypedDict):
    """The legal days of a record."""

    starts_on: date | None
    ends_on: date | None


def day_of(fields: Fields, name: str) -> date | None:
    """The day in a field; None where there is none, or what stands there is no day of the calendar."""
    try:
        return date.fromisoformat(fields[name][:10])
    except (KeyError, ValueError):
        return None


def days_of(fields: Fields, first: str = "validity.start.date", last: str = "validity.end.date") -> Days:
    """The first and last legal day."""
    return {"starts_on": day_of(fields, first), "ends_on": day_of(fields, last)}


def amount_of(fields: Fields, name: str) -> Decimal | None:
    """The number in a field; None without one."""
    try:
        number = Decimal(fields[name])
    except (KeyError, InvalidOperation):
        return None
    return number if number.is_finite() else None


def whole_of(fields: Fields, name: str, otherwise: int) -> int:
    """The whole number in a field, or what holds otherwise."""
    text = fields.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else otherwise


class Sids:
    """What the internal numbers of areas and order numbers stand for, learnt from whatever record names both."""

    def __init__(self) -> None:
        self.areas: dict[str, str] = {}
        self.order_numbers: dict[str, str] = {}
        self.excluded: dict[str, tuple[str, ...]] = {}
        self.unresolved = 0

    def area(self, sid: str) -> str:
        """The code of an area; empty, and counted, where no record says it."""
        code = self.areas.get(sid, "")
        self.unresolved += not code
        return code

    def order_number(self, sid: str) -> str:
        """The order number; empty, and counted, where no record says it."""
        code = self.order_numbers.get(sid, "")
        self.unresolved += not code
        return code


def _area(fields: Fields, sids: Sids) -> Record | None:
    code, group = fields.get("geographical.area.id", ""), fields.get("parent.geographical.area.group.sid", "")
    if not code:
        return None
    kind = _AREAS.get(fields.get("geographical.code", ""), AreaKind.COUNTRY)
    parent = sids.area(group) if group else ""
    sid = fields.get("geographical.area.sid", "")
    return GeographicalArea(code=code, kind=kind, parent=parent, sid=sid, **days_of(fields))


def _membership(fields: Fields, sids: Sids) -> Record | None:
    group, member = (sids.area(fields.get(f"geographical.area.{name}", "")) for name in ("group.sid", "sid"))
    return GeographicalMembership(group=group, member=member, **days_of(fields)) if group and member else None


def _type(fields: Fields, sids: Sids) -> Record | None:
    code, series = fields["measure.type.id"], fields.get("measure.type.series.id", "")
    own = fields.get("measure.kind", "")
    kind = MeasureKind(own) if own in MeasureKind.__members__.values() else kind_of(code, series)
    return MeasureType(
        code=code,
        kind=kind,
        series=series,
        movement=_MOVEMENTS.get(fields.get("trade.movement.code", ""), Movement.IMPORT),
        duty=_APPLICABLE.get(fields.get("measure.component.applicable.code", ""), Applicable.PERMITTED),
        order_number=_APPLICABLE.get(fields.get("order.number.capture.code", ""), Applicable.PERMITTED),
        explosion_level=whole_of(fields, "measure.explosion.level", 10),
        priority=whole_of(fields, "priority.code", 0),
        nearest_wins=fields.get("nearest.wins") == "1",
        claimed_by=frozenset() if own else claims_of(code),
        **days_of(fields),
    )


def _series(fields: Fields, sids: Sids) -> Record | None:
    only_one = fields.get("measure.type.combination") == "0"
    return MeasureTypeSeries(code=fields["measure.type.series.id"], only_one=only_one, **days_of(fields))


def _additional_code(fields: Fields, sids: Sids) -> Record | None:
    code = fields.get("additional.code.type.id", "") + fields.get("additional.code", "")
    return AdditionalCode(code=code, sid=fields["additional.code.sid"], **days_of(fields))


def _certificate(fields: Fields, sids: Sids) -> Record | None:
    code = fields.get("certificate.type.code", "") + fields.get("certificate.code", "")
    return Certificate(code=code, **days_of(fields))


def _footnote(fields: Fields, sids: Sids) -> Record | None:
    return Footnote(code=fields.get("footnote.type.id", "") + fields.get("footnote.id", ""), **days_of(fields))


def _regulation(fields: Fields, sids: Sids) -> Record | None:
    code = fields.get("base.regulation.id", "")
    return _act(fields, fields.get("modification.regulation.id", code))


def _act(fields: Fields, code: str) -> Record | None:
    days = days_of(fields)
    end = day_of(fields, "effective.end.date")
    approved = fields.get("approved.flag", "1") == "1"
    act = fields.get("information.text", "")
    return Regulation(
        code=code, approved=approved, act=act, starts_on=days["starts_on"], ends_on=end or days["ends_on"]
    )


def _order_number(fields: Fields, sids: Sids) -> Record | None:
    code, sid = fields.get("quota.order.number.id", ""), fields["quota.order.number.sid"]
    return QuotaOrderNumber(code=code, sid=sid, **days_of(fields)) if code else None


def _origin(fields: Fields, sids: Sids) -> Record | None:
    number = sids.order_number(fields.get("quota.order.number.sid", ""))
    area, sid = fields.get("geographical.area.id", ""), fields["quota.order.number.origin.sid"]
    if not (number and area):
        return None
    excluded = sids.excluded.get(sid, ())
    return QuotaOrderNumberOrigin(order_number=number, area=area, excluded_areas=excluded, sid=sid, **days_of(fields))


def _definition(fields: Fields, sids: Sids) -> Record | None:
    volume = amount_of(fields, "volume")
    if volume is None:
        return None
    threshold = amount_of(fields, "critical.threshold")
    return QuotaDefinition(
        sid=fields["quota.definition.sid"],
        order_number=fields.get("quota.order.number.id", ""),
        volume=volume,
        unit=fields.get("measurement.unit.code", ""),
        qualifier=fields.get("measurement.unit.qualifier.code", ""),
        currency=fields.get("monetary.unit.code", ""),
        decimals=whole_of(fields, "maximum.precision", 3),
        critical_threshold=Decimal(90) if threshold is None else threshold,
        critical=fields.get("critical.state") == "Y",
        **days_of(fields),
    )


def _blocking(fields: Fields, sids: Sids) -> Record | None:
    definition, sid = fields.get("quota.definition.sid", ""), fields["quota.blocking.period.sid"]
    days = days_of(fields, "blocking.start.date", "blocking.end.date")
    return QuotaBlockingPeriod(definition=definition, sid=sid, **days)


def _suspension(fields: Fields, sids: Sids) -> Record | None:
    definition, sid = fields.get("quota.definition.sid", ""), fields["quota.suspension.period.sid"]
    days = days_of(fields, "suspension.start.date", "suspension.end.date")
    return QuotaSuspensionPeriod(definition=definition, sid=sid, **days)


def _association(fields: Fields, sids: Sids) -> Record | None:
    coefficient = amount_of(fields, "coefficient")
    return QuotaAssociation(
        main=fields["main.quota.definition.sid"],
        sub=fields.get("sub.quota.definition.sid", ""),
        relation=fields.get("relation.type", "NM"),
        coefficient=Decimal(1) if coefficient is None else coefficient,
        **days_of(fields),
    )


def _balance(fields: Fields, sids: Sids) -> Record | None:
    balance = amount_of(fields, "new.balance")
    try:
        told_at = datetime.fromisoformat(fields.get("occurrence.timestamp", ""))
    except ValueError:
        return None
    if balance is None:
        return None
    told_at = told_at if told_at.tzinfo else told_at.replace(tzinfo=UTC)
    return QuotaBalance(definition=fields["quota.definition.sid"], told_at=told_at, balance=balance)


def _listed(names: CodeList, field: str) -> Callable[[Fields, Sids], Record | None]:
    """What makes a code of one of the tariff's own lists."""

    def made(fields: Fields, sids: Sids) -> Record | None:
        return ListedCode(list=names, code=fields[field], **days_of(fields)) if field in fields else None

    return made


def _goods_origin(fields: Fields, sids: Sids) -> Record | None:
    return GoodsOrigin(
        line=fields["goods.nomenclature.sid"],
        code=fields.get("goods.nomenclature.item.id", ""),
        derived=fields["derived.goods.nomenclature.item.id"],
        derived_suffix=fields.get("derived.productline.suffix", PRODUCT_LINE),
    )


def _goods_successor(fields: Fields, sids: Sids) -> Record | None:
    return GoodsSuccessor(
        line=fields["goods.nomenclature.sid"],
        code=fields.get("goods.nomenclature.item.id", ""),
        absorbed=fields["absorbed.goods.nomenclature.item.id"],
        absorbed_suffix=fields.get("absorbed.productline.suffix", PRODUCT_LINE),
    )


def _goods_footnote(fields: Fields, sids: Sids) -> Record | None:
    return GoodsFootnote(
        line=fields["goods.nomenclature.sid"],
        code=fields.get("goods.nomenclature.item.id", ""),
        footnote=fields["footnote.type"] + fields["footnote.id"],
        **days_of(fields),
    )


#: The kinds that become one record of the law each.
ALONE: Mapping[str, Callable[[Fields, Sids], Record | None]] = {
    "geographical.area": _area,
    "geographical.area.membership": _membership,
    "measure.type.series": _series,
    "measure.type": _type,
    "additional.code": _additional_code,
    "certificate": _certificate,
    "footnote": _footnote,
    "base.regulation": _regulation,
    "modification.regulation": _regulation,
    "quota.order.number": _order_number,
    "quota.order.number.origin": _origin,
    "quota.definition": _definition,
    "quota.blocking.period": _blocking,
    "quota.suspension.period": _suspension,
    "quota.association": _association,
    "quota.balance.event": _balance,
    "goods.nomenclature.origin": _goods_origin,
    "goods.nomenclature.successor": _goods_successor,
    "footnote.association.goods.nomenclature": _goods_footnote,
    "monetary.unit": _listed(CodeList.MONETARY_UNIT, "monetary.unit.code"),
    "measurement.unit": _listed(CodeList.UNIT, "measurement.unit.code"),
    "measurement.unit.qualifier": _listed(CodeList.QUALIFIER, "measurement.unit.qualifier.code"),
    "duty.expression": _listed(CodeList.EXPRESSION, "duty.expression.id"),
    "measure.condition.code": _listed(CodeList.CONDITION, "condition.code"),
    "measure.action": _listed(CodeList.ACTION, "action.code"),
    "additional.code.type": _listed(CodeList.ADDITIONAL_CODE_TYPE, "additional.code.type.id"),
    "certificate.type": _listed(CodeList.CERTIFICATE_TYPE, "certificate.type.code"),
    "footnote.type": _listed(CodeList.FOOTNOTE_TYPE, "footnote.type.id"),
}

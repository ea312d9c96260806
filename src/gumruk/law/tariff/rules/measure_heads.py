# SPDX-License-Identifier: Apache-2.0
"""What a measure names: its type, goods, area, additional code, order number and regulation, and its own days."""

from __future__ import annotations

from collections.abc import Iterable

from gumruk.law.tariff.measures import (
    ALL_GOODS,
    ERGA_OMNES,
    PRODUCT_LINE,
    AdditionalCode,
    Applicable,
    GeographicalArea,
    GoodsNomenclature,
    Measure,
    MeasureKind,
    MeasureType,
    QuotaOrderNumber,
    QuotaOrderNumberOrigin,
    Regulation,
    digits_of,
)
from gumruk.law.tariff.rules.machinery import Params, Scope, tariff_rule

_QUOTA_KINDS = frozenset({MeasureKind.QUOTA, MeasureKind.PREFERENTIAL_QUOTA})


@tariff_rule(Measure, "ME2")
def type_exists(measure: Measure, scope: Scope) -> Iterable[Params]:
    """The measure type exists."""
    if not scope.named(MeasureType, measure.type):
        yield {"what": measure.type}


@tariff_rule(Measure, "ME3", "MT3")
def type_spans(measure: Measure, scope: Scope) -> Iterable[Params]:
    """The measure type is valid on all days of the measure."""
    if days := scope.unspanned(MeasureType, measure.type, measure):
        yield {"what": measure.type, "days": days, "own": measure.days}


@tariff_rule(Measure, "ME4")
def area_exists(measure: Measure, scope: Scope) -> Iterable[Params]:
    """The geographical area exists."""
    if measure.area != ERGA_OMNES and scope.missing(GeographicalArea, measure.area):
        yield {"what": measure.area or "-"}


@tariff_rule(Measure, "ME5", "GA10")
def area_spans(measure: Measure, scope: Scope) -> Iterable[Params]:
    """The geographical area is valid on all days of the measure."""
    if days := scope.unspanned(GeographicalArea, measure.area, measure):
        yield {"what": measure.area, "days": days, "own": measure.days}


@tariff_rule(Measure, "ME6")
def goods_exist(measure: Measure, scope: Scope) -> Iterable[Params]:
    """The goods code exists."""
    if measure.code not in ("", ALL_GOODS) and scope.missing(GoodsNomenclature, measure.code):
        yield {"what": measure.code}


@tariff_rule(Measure, "ME7")
def goods_are_a_product_line(measure: Measure, scope: Scope) -> Iterable[Params]:
    """The goods code is a product line, not an intermediate one."""
    lines = scope.named(GoodsNomenclature, measure.code) if measure.code else []
    if lines and all(line.suffix != PRODUCT_LINE for line in lines):
        yield {"what": measure.code, "suffix": lines[0].suffix}


@tariff_rule(Measure, "ME8", "NIG30", "NIG31")
def goods_span(measure: Measure, scope: Scope) -> Iterable[Params]:
    """The goods code is valid on all days of the measure: none is set on a code that ended."""
    if measure.code and (days := scope.unspanned(GoodsNomenclature, measure.code, measure)):
        yield {"what": measure.code, "days": days, "own": measure.days}


@tariff_rule(Measure, "ME88")
def level_within_explosion(measure: Measure, scope: Scope) -> Iterable[Params]:
    """The goods code is not deeper than the explosion level of the measure type."""
    kinds = scope.named(MeasureType, measure.type)
    if measure.code not in ("", ALL_GOODS) and kinds and digits_of(measure.code) > kinds[0].explosion_level:
        yield {"what": measure.code, "level": str(kinds[0].explosion_level), "type": measure.type}


@tariff_rule(Measure, "ME9")
def goods_or_additional_code(measure: Measure, scope: Scope) -> Iterable[Params]:
    """A measure without an additional code has a goods code."""
    if not measure.code and not measure.additional_code:
        yield {"type": measure.type}


@tariff_rule(Measure, "ME10")
def order_number_as_the_type_says(measure: Measure, scope: Scope) -> Iterable[Params]:
    """The order number stands where the type demands it, and only where the type permits it."""
    for kind in scope.named(MeasureType, measure.type)[:1]:
        missing = kind.order_number is Applicable.MANDATORY and not measure.order_number
        if missing or (kind.order_number is Applicable.NOT_PERMITTED and measure.order_number):
            yield {"type": measure.type, "what": measure.order_number or "-"}


@tariff_rule(Measure, "ME12")
def additional_code_goes_with_type(measure: Measure, scope: Scope) -> Iterable[Params]:
    """The additional code's type may stand with the measure type."""
    for kind in scope.named(MeasureType, measure.type)[:1]:
        permitted = kind.additional_code_types
        if measure.additional_code and permitted is not None and measure.additional_code[:1] not in permitted:
            yield {"what": measure.additional_code, "type": measure.type, "known": ", ".join(sorted(permitted)) or "-"}


@tariff_rule(Measure, "ME17")
def additional_code_exists(measure: Measure, scope: Scope) -> Iterable[Params]:
    """The additional code exists."""
    if measure.additional_code and scope.missing(AdditionalCode, measure.additional_code):
        yield {"what": measure.additional_code}


@tariff_rule(Measure, "ME115", "ACN13")
def additional_code_spans(measure: Measure, scope: Scope) -> Iterable[Params]:
    """The additional code is valid on all days of the measure."""
    if measure.additional_code and (days := scope.unspanned(AdditionalCode, measure.additional_code, measure)):
        yield {"what": measure.additional_code, "days": days, "own": measure.days}


@tariff_rule(Measure, "ME24")
def regulation_exists(measure: Measure, scope: Scope) -> Iterable[Params]:
    """A measure names its act: a regulation that exists, or an act by its name."""
    named = bool(measure.regulation) and not scope.missing(Regulation, measure.regulation)
    if not measure.act and not named:
        yield {"what": measure.regulation or "-"}


@tariff_rule(Measure, "ME25")
def ends_after_it_starts(measure: Measure, scope: Scope) -> Iterable[Params]:
    """A measure does not end before it starts."""
    if measure.starts_on is not None and measure.ends_on is not None and measure.ends_on < measure.starts_on:
        yield {"own": measure.days}


@tariff_rule(Measure, "ME27")
def regulation_is_not_replaced(measure: Measure, scope: Scope) -> Iterable[Params]:
    """The regulation is not fully replaced by another."""
    for regulation in scope.named(Regulation, measure.regulation)[:1]:
        if regulation.replaced_by:
            yield {"what": regulation.code, "other": regulation.replaced_by}


@tariff_rule(Measure, "ME87")
def within_its_regulation(measure: Measure, scope: Scope) -> Iterable[Params]:
    """A measure starts and ends within the days of its regulation; without an end of its own it ends with it."""
    for regulation in scope.named(Regulation, measure.regulation)[:1]:
        early = regulation.starts_on is not None and (
            measure.starts_on is None or measure.starts_on < regulation.starts_on
        )
        last = measure.ends_on or measure.starts_on
        if early or (regulation.ends_on is not None and last is not None and last > regulation.ends_on):
            yield {"what": regulation.code, "days": regulation.days, "own": measure.days}


@tariff_rule(Measure, "ME116", "ON9")
def order_number_spans(measure: Measure, scope: Scope) -> Iterable[Params]:
    """The quota order number is valid on all days of the measure."""
    if measure.order_number and (days := scope.unspanned(QuotaOrderNumber, measure.order_number, measure)):
        yield {"what": measure.order_number, "days": days, "own": measure.days}


@tariff_rule(Measure, "ME117")
def origin_may_draw(measure: Measure, scope: Scope) -> Iterable[Params]:
    """The area of a quota measure is an origin of its order number, where it is first come first served."""
    if scope.tariff.keeps(QuotaOrderNumberOrigin) and _first_come(measure, scope) and not _origins(measure, scope):
        yield {"what": measure.order_number, "area": measure.area}


@tariff_rule(Measure, "ME119", "ON10")
def origin_spans(measure: Measure, scope: Scope) -> Iterable[Params]:
    """The origin of the order number is valid on all days of the measure."""
    origins = _origins(measure, scope) if measure.order_number else []
    if origins and not any(origin.spans(measure) for origin in origins):
        days = ", ".join(origin.days for origin in origins)
        yield {"what": measure.order_number, "area": measure.area, "days": days, "own": measure.days}


def _first_come(measure: Measure, scope: Scope) -> bool:
    kinds = scope.named(MeasureType, measure.type)
    if not measure.order_number or not kinds or kinds[0].kind not in _QUOTA_KINDS:
        return False
    return any(not number.licensed for number in scope.named(QuotaOrderNumber, measure.order_number))


def _origins(measure: Measure, scope: Scope) -> list[QuotaOrderNumberOrigin]:
    held = scope.by(QuotaOrderNumberOrigin, "order_number", measure.order_number)
    return [origin for origin in held if origin.area == measure.area]

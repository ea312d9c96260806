# SPDX-License-Identifier: Apache-2.0
"""Quota order numbers, their origins, definitions, periods and associations."""

from __future__ import annotations

from collections.abc import Iterable

from gumruk.law.kernel import UNITS
from gumruk.law.tariff.duties.units import TARIC_UNITS
from gumruk.law.tariff.measures import (
    ERGA_OMNES,
    AreaKind,
    GeographicalArea,
    QuotaAssociation,
    QuotaBlockingPeriod,
    QuotaDefinition,
    QuotaOrderNumber,
    QuotaOrderNumberOrigin,
    QuotaSuspensionPeriod,
)
from gumruk.law.tariff.rules.machinery import Params, Scope, tariff_rule

_EQUIVALENT = "EQ"


@tariff_rule(QuotaOrderNumber, "ON1")
def order_number_unique(number: QuotaOrderNumber, scope: Scope) -> Iterable[Params]:
    """An order number and its start stand once."""
    for other in scope.others(number, "code"):
        if other.starts_on == number.starts_on:
            yield {"what": number.code, "own": number.days}


@tariff_rule(QuotaOrderNumber, "ON2")
def order_number_no_overlap(number: QuotaOrderNumber, scope: Scope) -> Iterable[Params]:
    """Two order numbers of one code do not overlap in time."""
    for other in scope.others(number, "code"):
        if other.overlaps(number) and other.starts_on != number.starts_on:
            yield {"what": number.code, "days": other.days, "own": number.days}


@tariff_rule(QuotaOrderNumberOrigin, "ON4")
def origin_area_exists(origin: QuotaOrderNumberOrigin, scope: Scope) -> Iterable[Params]:
    """The area of an order number's origin exists."""
    if origin.area != ERGA_OMNES and scope.missing(GeographicalArea, origin.area):
        yield {"what": origin.area}


@tariff_rule(QuotaOrderNumberOrigin, "ON5")
def origins_no_overlap(origin: QuotaOrderNumberOrigin, scope: Scope) -> Iterable[Params]:
    """Two origins of one area and order number do not overlap in time."""
    for other in scope.others(origin, "order_number"):
        if other.area == origin.area and other.overlaps(origin):
            yield {"what": origin.area, "days": other.days, "own": origin.days}


@tariff_rule(QuotaOrderNumberOrigin, "ON6")
def origin_area_spans(origin: QuotaOrderNumberOrigin, scope: Scope) -> Iterable[Params]:
    """The area is valid on all days of the origin."""
    if days := scope.unspanned(GeographicalArea, origin.area, origin):
        yield {"what": origin.area, "days": days, "own": origin.days}


@tariff_rule(QuotaOrderNumberOrigin, "ON7")
def origin_within_its_number(origin: QuotaOrderNumberOrigin, scope: Scope) -> Iterable[Params]:
    """The order number is valid on all days of its origin."""
    if days := scope.unspanned(QuotaOrderNumber, origin.order_number, origin):
        yield {"what": origin.order_number, "days": days, "own": origin.days}


@tariff_rule(QuotaOrderNumberOrigin, "ON13")
def origin_exclusion_from_a_group(origin: QuotaOrderNumberOrigin, scope: Scope) -> Iterable[Params]:
    """Areas are excluded only from an origin that is a group."""
    area = scope.area(origin.area) if origin.excluded_areas else None
    if area is not None and area.kind is not AreaKind.GROUP:
        yield {"what": origin.area}


@tariff_rule(QuotaOrderNumberOrigin, "ON14")
def origin_excluded_is_a_member(origin: QuotaOrderNumberOrigin, scope: Scope) -> Iterable[Params]:
    """An area excluded from an origin is a member of its group."""
    members = {membership.member for membership in scope.members(origin.area)} if origin.excluded_areas else set()
    for excluded in origin.excluded_areas:
        if origin.area != ERGA_OMNES and excluded not in members:
            yield {"what": excluded, "area": origin.area}


@tariff_rule(QuotaDefinition, "ON8", "QD7")
def definition_within_its_number(definition: QuotaDefinition, scope: Scope) -> Iterable[Params]:
    """The order number is valid on all days of a definition."""
    if days := scope.unspanned(QuotaOrderNumber, definition.order_number, definition):
        yield {"what": definition.order_number, "days": days, "own": definition.days}


@tariff_rule(QuotaDefinition, "QD1")
def definition_unique(definition: QuotaDefinition, scope: Scope) -> Iterable[Params]:
    """An order number has one definition that starts on a day."""
    for other in scope.others(definition, "order_number"):
        if other.starts_on == definition.starts_on:
            yield {"what": definition.order_number, "other": other.sid, "own": definition.days}


@tariff_rule(QuotaDefinition, "QD10")
def definition_unit_exists(definition: QuotaDefinition, scope: Scope) -> Iterable[Params]:
    """The unit of a definition is known, or it counts in a currency."""
    if definition.unit not in TARIC_UNITS and definition.unit not in UNITS and not definition.currency:
        yield {"what": definition.unit or "-"}


@tariff_rule(QuotaBlockingPeriod, "QBP2")
def blocking_after_start(period: QuotaBlockingPeriod, scope: Scope) -> Iterable[Params]:
    """A blocking period does not start before its definition."""
    for definition in scope.by(QuotaDefinition, "sid", period.definition):
        starts = definition.starts_on
        if starts is not None and (period.starts_on is None or period.starts_on < starts):
            yield {"what": definition.sid, "days": definition.days, "own": period.days}


@tariff_rule(QuotaSuspensionPeriod, "QSP2")
def suspension_within_definition(period: QuotaSuspensionPeriod, scope: Scope) -> Iterable[Params]:
    """A suspension lies within the days of its definition."""
    for definition in scope.by(QuotaDefinition, "sid", period.definition):
        if not definition.spans(period):
            yield {"what": definition.sid, "days": definition.days, "own": period.days}


def _two(association: QuotaAssociation, scope: Scope) -> tuple[QuotaDefinition, QuotaDefinition] | None:
    main = scope.by(QuotaDefinition, "sid", association.main)
    sub = scope.by(QuotaDefinition, "sid", association.sub)
    return (main[0], sub[0]) if main and sub else None


@tariff_rule(QuotaAssociation, "QA2")
def sub_quota_within_main(association: QuotaAssociation, scope: Scope) -> Iterable[Params]:
    """A sub-quota's days lie within those of its main quota."""
    two = _two(association, scope)
    if two is not None and not two[0].spans(two[1]):
        yield {"what": association.sub, "days": two[0].days, "own": two[1].days}


@tariff_rule(QuotaAssociation, "QA3")
def sub_quota_not_larger(association: QuotaAssociation, scope: Scope) -> Iterable[Params]:
    """A sub-quota counts in its main quota's unit, and its volume is not larger."""
    two = _two(association, scope)
    if two is not None and (two[0].unit != two[1].unit or two[1].volume > two[0].volume):
        main, sub = (f"{held.volume:f} {held.unit}" for held in two)
        yield {"what": association.sub, "other": main, "own": sub}


@tariff_rule(QuotaAssociation, "QA4")
def coefficient_positive(association: QuotaAssociation, scope: Scope) -> Iterable[Params]:
    """A sub-quota's coefficient is above zero."""
    if association.coefficient <= 0:
        yield {"what": association.sub, "own": f"{association.coefficient:f}"}


@tariff_rule(QuotaAssociation, "QA5")
def coefficient_as_the_relation_says(association: QuotaAssociation, scope: Scope) -> Iterable[Params]:
    """An equivalent sub-quota has a coefficient other than 1 and the volume of its fellows, a normal one has 1."""
    equivalent = association.relation == _EQUIVALENT
    volumes = {
        definition.volume
        for other in scope.by(QuotaAssociation, "main", association.main)
        for definition in scope.by(QuotaDefinition, "sid", other.sub)
    }
    if equivalent is (association.coefficient == 1) or (equivalent and len(volumes) > 1):
        yield {"what": association.sub, "relation": association.relation, "own": f"{association.coefficient:f}"}


@tariff_rule(QuotaAssociation, "QA6")
def relation_the_same(association: QuotaAssociation, scope: Scope) -> Iterable[Params]:
    """All sub-quotas of a main quota stand in the same relation."""
    for other in scope.others(association, "main"):
        if other.relation != association.relation:
            yield {"what": association.sub, "other": other.sub, "relation": other.relation}

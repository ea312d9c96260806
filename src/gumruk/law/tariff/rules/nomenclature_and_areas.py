# SPDX-License-Identifier: Apache-2.0
"""Goods, measure types, codes and geographical areas: unique, in their days, and without loops."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gumruk.law.tariff.measures import (
    AdditionalCode,
    AreaKind,
    Certificate,
    Footnote,
    GeographicalArea,
    GeographicalMembership,
    GoodsNomenclature,
    MeasureType,
    MeasureTypeSeries,
)
from gumruk.law.tariff.rules.machinery import Params, Scope, tariff_rule


@tariff_rule(GoodsNomenclature, "NIG1")
def goods_no_overlap(line: GoodsNomenclature, scope: Scope) -> Iterable[Params]:
    """Lines of one code and suffix do not overlap in time."""
    for other in scope.others(line, "code"):
        if other.suffix == line.suffix and other.overlaps(line):
            yield {"what": line.code, "days": other.days, "own": line.days}


@tariff_rule(GoodsNomenclature, "NIG2")
def goods_within_those_above(line: GoodsNomenclature, scope: Scope) -> Iterable[Params]:
    """The days of a line lie within those of the line above it."""
    branch = scope.branch(line.code, line.starts_on or date.min)
    for above in branch[1:]:
        held = scope.named(GoodsNomenclature, above)
        if held:
            if not any(other.spans(line) for other in held):
                yield {"what": above, "days": ", ".join(other.days for other in held), "own": line.days}
            return


@tariff_rule(MeasureType, "MT1")
def type_unique(kind: MeasureType, scope: Scope) -> Iterable[Params]:
    """A measure type's code stands once on any day."""
    for other in scope.others(kind, "code"):
        if other.overlaps(kind):
            yield {"what": kind.code, "days": other.days, "own": kind.days}


@tariff_rule(MeasureType, "MT4")
def series_exists(kind: MeasureType, scope: Scope) -> Iterable[Params]:
    """The series of a measure type exists."""
    if kind.series and scope.missing(MeasureTypeSeries, kind.series):
        yield {"what": kind.series}


@tariff_rule(MeasureType, "MT10")
def series_spans(kind: MeasureType, scope: Scope) -> Iterable[Params]:
    """The series is valid on all days of the measure type."""
    if kind.series and (days := scope.unspanned(MeasureTypeSeries, kind.series, kind)):
        yield {"what": kind.series, "days": days, "own": kind.days}


@tariff_rule(AdditionalCode, "ACN1", "ACN4")
def additional_code_no_overlap(code: AdditionalCode, scope: Scope) -> Iterable[Params]:
    """An additional code stands once on any day."""
    for other in scope.others(code, "code"):
        if other.overlaps(code):
            yield {"what": code.code, "days": other.days, "own": code.days}


@tariff_rule(Certificate, "CE2")
def certificate_unique(certificate: Certificate, scope: Scope) -> Iterable[Params]:
    """A certificate's code stands once on any day."""
    for other in scope.others(certificate, "code"):
        if other.overlaps(certificate):
            yield {"what": certificate.code, "days": other.days, "own": certificate.days}


@tariff_rule(Footnote, "FO2")
def footnote_unique(footnote: Footnote, scope: Scope) -> Iterable[Params]:
    """A footnote's code stands once on any day."""
    for other in scope.others(footnote, "code"):
        if other.overlaps(footnote):
            yield {"what": footnote.code, "days": other.days, "own": footnote.days}


@tariff_rule(GeographicalArea, "GA1", "GA7")
def area_no_overlap(area: GeographicalArea, scope: Scope) -> Iterable[Params]:
    """An area's code stands once on any day."""
    for other in scope.others(area, "code"):
        if other.overlaps(area):
            yield {"what": area.code, "days": other.days, "own": area.days}


@tariff_rule(GeographicalArea, "GA4")
def parent_is_a_group(area: GeographicalArea, scope: Scope) -> Iterable[Params]:
    """A parent is an existing group."""
    parent = scope.area(area.parent) if area.parent else None
    if area.parent and (parent is None or parent.kind is not AreaKind.GROUP):
        yield {"what": area.parent}


@tariff_rule(GeographicalArea, "GA5")
def parent_spans(area: GeographicalArea, scope: Scope) -> Iterable[Params]:
    """A parent group is valid on all days of the area."""
    if area.parent and (days := scope.unspanned(GeographicalArea, area.parent, area)):
        yield {"what": area.parent, "days": days, "own": area.days}


@tariff_rule(GeographicalArea, "GA6")
def parents_without_loop(area: GeographicalArea, scope: Scope) -> Iterable[Params]:
    """Parents make no loop."""
    seen, above = {area.code}, area.parent
    while above:
        if above in seen:
            yield {"what": above}
            return
        seen.add(above)
        parent = scope.area(above)
        above = parent.parent if parent is not None else ""


@tariff_rule(GeographicalMembership, "GA12")
def member_exists(membership: GeographicalMembership, scope: Scope) -> Iterable[Params]:
    """A member exists."""
    if scope.missing(GeographicalArea, membership.member):
        yield {"what": membership.member}


@tariff_rule(GeographicalMembership, "GA13")
def member_is_no_group(membership: GeographicalMembership, scope: Scope) -> Iterable[Params]:
    """A member is a country or a region, not a group."""
    member = scope.area(membership.member)
    if member is not None and member.kind is AreaKind.GROUP:
        yield {"what": membership.member}


@tariff_rule(GeographicalMembership, "GA14")
def group_exists(membership: GeographicalMembership, scope: Scope) -> Iterable[Params]:
    """The group of a membership exists."""
    if scope.missing(GeographicalArea, membership.group):
        yield {"what": membership.group}


@tariff_rule(GeographicalMembership, "GA16", "GA17")
def group_spans(membership: GeographicalMembership, scope: Scope) -> Iterable[Params]:
    """The group is valid on all days of a membership."""
    if days := scope.unspanned(GeographicalArea, membership.group, membership):
        yield {"what": membership.group, "days": days, "own": membership.days}


@tariff_rule(GeographicalMembership, "GA18")
def memberships_no_overlap(membership: GeographicalMembership, scope: Scope) -> Iterable[Params]:
    """Two memberships of one member in one group do not overlap."""
    for other in scope.others(membership, "member"):
        if other.group == membership.group and other.overlaps(membership):
            yield {"what": membership.member, "days": other.days, "own": membership.days}


@tariff_rule(GeographicalMembership, "GA19")
def member_of_the_parent_too(membership: GeographicalMembership, scope: Scope) -> Iterable[Params]:
    """A member of a group is a member of the group's parent too."""
    group = scope.area(membership.group)
    if group is not None and group.parent and not _in_parent(membership, group.parent, scope):
        yield {"what": membership.member, "area": group.parent}


@tariff_rule(GeographicalMembership, "GA20")
def membership_of_the_parent_spans(membership: GeographicalMembership, scope: Scope) -> Iterable[Params]:
    """Membership of the parent group spans that of the group."""
    group = scope.area(membership.group)
    held = _in_parent(membership, group.parent, scope) if group is not None and group.parent else []
    if held and not any(other.spans(membership) for other in held):
        days = ", ".join(other.days for other in held)
        yield {"what": membership.member, "days": days, "own": membership.days}


def _in_parent(membership: GeographicalMembership, parent: str, scope: Scope) -> list[GeographicalMembership]:
    return [other for other in scope.members(parent) if other.member == membership.member]

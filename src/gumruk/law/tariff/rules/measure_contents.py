# SPDX-License-Identifier: Apache-2.0
"""What a measure holds: components, conditions, excluded areas and footnotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from gumruk.law.kernel import UNITS
from gumruk.law.tariff.duties.units import TARIC_UNITS
from gumruk.law.tariff.measures import (
    ERGA_OMNES,
    Applicable,
    AreaKind,
    Certificate,
    Footnote,
    GeographicalMembership,
    Measure,
    MeasureAction,
    MeasureComponent,
    MeasureType,
    units_of,
)
from gumruk.law.tariff.measures.components import EXPRESSIONS, NIHIL, SUPPLEMENTARY, TABLES
from gumruk.law.tariff.measures.kinds import TARIC_ACTIONS
from gumruk.law.tariff.rules.machinery import Params, Scope, tariff_rule

_WITHOUT_AMOUNT = frozenset(TABLES) | {NIHIL, SUPPLEMENTARY}


def _components(measure: Measure) -> Iterator[MeasureComponent]:
    yield from measure.components
    for condition in measure.conditions:
        yield from condition.components


def _repeated(names: Iterable[str]) -> Iterator[str]:
    return (name for name, count in Counter(names).items() if count > 1)


@tariff_rule(Measure, "ME40")
def duty_as_the_type_says(measure: Measure, scope: Scope) -> Iterable[Params]:
    """A duty stands where the type demands one and only where it permits one; not in conditions and apart from them."""
    own = bool(measure.components) or measure.duty is not None
    conditioned = any(row.components or row.duty is not None for row in measure.conditions)
    for kind in scope.named(MeasureType, measure.type)[:1]:
        missing = kind.duty is Applicable.MANDATORY and not own and not conditioned
        forbidden = kind.duty is Applicable.NOT_PERMITTED and (own or conditioned)
        if missing or forbidden or (own and conditioned):
            yield {"type": measure.type, "own": str(int(own)), "conditioned": str(int(conditioned))}


@tariff_rule(Measure, "ME41", "ME105")
def expression_exists(measure: Measure, scope: Scope) -> Iterable[Params]:
    """Every duty expression is known."""
    for component in _components(measure):
        if component.expression not in EXPRESSIONS:
            yield {"what": component.expression}


@tariff_rule(Measure, "ME43")
def expression_once(measure: Measure, scope: Scope) -> Iterable[Params]:
    """A duty expression stands once in a measure."""
    for expression in _repeated(component.expression for component in measure.components):
        yield {"what": expression}


@tariff_rule(Measure, "ME108")
def expression_once_in_a_condition(measure: Measure, scope: Scope) -> Iterable[Params]:
    """A duty expression stands once in a condition."""
    for row in measure.conditions:
        for expression in _repeated(component.expression for component in row.components):
            yield {"what": expression, "condition": f"{row.code}{row.sequence}"}


@tariff_rule(Measure, "ME45", "ME109")
def amount_as_the_expression_says(measure: Measure, scope: Scope) -> Iterable[Params]:
    """An amount stands where the duty expression demands one, and only there."""
    for component in _components(measure):
        if component.expression in EXPRESSIONS and (component.amount is None) is not (
            component.expression in _WITHOUT_AMOUNT
        ):
            yield {"what": component.expression}


@tariff_rule(Measure, "ME47", "ME111")
def unit_as_the_expression_says(measure: Measure, scope: Scope) -> Iterable[Params]:
    """A supplementary unit names its unit."""
    for component in _components(measure):
        if component.expression == SUPPLEMENTARY and not component.unit:
            yield {"what": component.expression}


@tariff_rule(Measure, "ME50", "ME62")
def unit_exists(measure: Measure, scope: Scope) -> Iterable[Params]:
    """Every unit of a duty or of a condition is known."""
    units = [component.unit for component in _components(measure)] + [row.unit for row in measure.conditions]
    for unit in dict.fromkeys([*units, *units_of(measure.duty)]):
        if unit and unit not in TARIC_UNITS and unit not in UNITS:
            yield {"what": unit}


@tariff_rule(Measure, "ME56")
def certificate_exists(measure: Measure, scope: Scope) -> Iterable[Params]:
    """Every certificate of a condition exists."""
    for row in measure.conditions:
        if row.certificate and scope.missing(Certificate, row.certificate):
            yield {"what": row.certificate, "condition": f"{row.code}{row.sequence}"}


@tariff_rule(Measure, "ME57", "CE4")
def certificate_spans(measure: Measure, scope: Scope) -> Iterable[Params]:
    """Every certificate of a condition is valid on all days of the measure."""
    for row in measure.conditions:
        if row.certificate and (days := scope.unspanned(Certificate, row.certificate, measure)):
            yield {"what": row.certificate, "days": days, "own": measure.days}


@tariff_rule(Measure, "ME58")
def condition_once(measure: Measure, scope: Scope) -> Iterable[Params]:
    """The same certificate, volume or price stands once under one condition code."""
    if len(measure.conditions) > 1:
        asked = (
            f"{row.code} {row.certificate or row.threshold}"
            for row in measure.conditions
            if row.certificate or row.threshold is not None
        )
        for what in _repeated(asked):
            yield {"what": what}


@tariff_rule(Measure, "ME59")
def action_exists(measure: Measure, scope: Scope) -> Iterable[Params]:
    """Every action of a condition is known: by TARIC's table or by the tariff's own."""
    for row in measure.conditions:
        if row.action not in TARIC_ACTIONS and scope.tariff.version(MeasureAction, row.action, scope.known_at) is None:
            yield {"what": row.action or "-", "condition": f"{row.code}{row.sequence}"}


@tariff_rule(Measure, "ME65")
def exclusion_from_a_group(measure: Measure, scope: Scope) -> Iterable[Params]:
    """Areas are excluded only from a group."""
    area = scope.area(measure.area) if measure.excluded_areas else None
    if area is not None and area.kind is not AreaKind.GROUP:
        yield {"what": measure.area}


@tariff_rule(Measure, "ME66")
def excluded_is_a_member(measure: Measure, scope: Scope) -> Iterable[Params]:
    """An excluded area is a member of the measure's group."""
    for excluded in measure.excluded_areas:
        if measure.area != ERGA_OMNES and not _memberships(measure, excluded, scope):
            yield {"what": excluded, "area": measure.area}


@tariff_rule(Measure, "ME67", "GA11")
def membership_spans(measure: Measure, scope: Scope) -> Iterable[Params]:
    """An excluded area is a member on all days of the measure."""
    for excluded in measure.excluded_areas:
        held = _memberships(measure, excluded, scope)
        if held and not any(membership.spans(measure) for membership in held):
            yield {"what": excluded, "days": ", ".join(m.days for m in held), "own": measure.days}


def _memberships(measure: Measure, excluded: str, scope: Scope) -> list[GeographicalMembership]:
    return [membership for membership in scope.members(measure.area) if membership.member == excluded]


@tariff_rule(Measure, "ME68")
def excluded_once(measure: Measure, scope: Scope) -> Iterable[Params]:
    """An area is excluded once."""
    if len(measure.excluded_areas) > 1:
        for excluded in _repeated(measure.excluded_areas):
            yield {"what": excluded}


@tariff_rule(Measure, "ME69")
def footnote_exists(measure: Measure, scope: Scope) -> Iterable[Params]:
    """Every footnote of a measure exists."""
    for footnote in measure.footnotes:
        if scope.missing(Footnote, footnote):
            yield {"what": footnote}


@tariff_rule(Measure, "ME70")
def footnote_once(measure: Measure, scope: Scope) -> Iterable[Params]:
    """A footnote stands once with a measure."""
    if len(measure.footnotes) > 1:
        for footnote in _repeated(measure.footnotes):
            yield {"what": footnote}


@tariff_rule(Measure, "ME73", "FO5")
def footnote_spans(measure: Measure, scope: Scope) -> Iterable[Params]:
    """Every footnote is valid on all days of the measure."""
    for footnote in measure.footnotes:
        if days := scope.unspanned(Footnote, footnote, measure):
            yield {"what": footnote, "days": days, "own": measure.days}

# SPDX-License-Identifier: Apache-2.0
"""`measures_for`: the measures that apply to goods on a day, and for each other one of their branch why it does not.

A measure passes, in this order: it is in force and not stopped; its type is known and of this movement; the origin
lies in its area and is not excluded; its additional code is declared; it is claimed, where it must be; no measure of
its like stands nearer to the goods code; its quota can be drawn on; its conditions let it apply; no claimed duty
displaces it. Prohibitions and restrictions that stand against the goods are findings, and so is what cannot be
decided.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from gumruk.law.kernel import Finding, Severity
from gumruk.law.tariff.duties import Circumstances, Duty, DutyError, duty_for, parts_of
from gumruk.law.tariff.duties.ceased import CEASED
from gumruk.law.tariff.duties.tree import Conditional, Specific, SupplementaryUnit
from gumruk.law.tariff.measures.claim import Applied, MeasuresFound, NotApplied, Reason, TariffClaim
from gumruk.law.tariff.measures.conditions import Outcome, act_of, found, outcome_of, unreadable
from gumruk.law.tariff.measures.model import (
    GoodsNomenclature,
    Measure,
    MeasureKind,
    MeasureType,
    Movement,
)
from gumruk.law.tariff.measures.quota_records import QuotaState
from gumruk.law.tariff.measures.tariff import Tariff
from gumruk.law.tariff.vocabulary import BASE_OF


@dataclass(frozen=True, slots=True)
class _Standing:
    """A measure that has passed so far: how far above the goods code it is set, and its conditions' outcome."""

    measure: Measure
    type: MeasureType
    depth: int
    outcome: Outcome | None = None

    @property
    def like(self) -> tuple[str, ...]:
        measure = self.measure
        return (measure.type, measure.area, measure.additional_code, measure.order_number, measure.reduction)


_QUOTAS = frozenset({MeasureKind.QUOTA, MeasureKind.PREFERENTIAL_QUOTA})
_CLAIMED = _QUOTAS | {MeasureKind.PREFERENCE}
#: Of these one duty alone is charged: the claimed one, else the third-country duty.
BASIC_DUTIES = _CLAIMED | {MeasureKind.THIRD_COUNTRY, MeasureKind.SUSPENSION}
_CONTROLS = frozenset({MeasureKind.PROHIBITION, MeasureKind.RESTRICTION})
_CHARGING = BASIC_DUTIES | {
    MeasureKind.ANTI_DUMPING,
    MeasureKind.COUNTERVAILING,
    MeasureKind.SAFEGUARD,
    MeasureKind.ADDITIONAL_DUTY,
    MeasureKind.EXPORT_DUTY,
    MeasureKind.EXCISE,
    MeasureKind.VAT,
}
_SHUT = frozenset({QuotaState.EXHAUSTED, QuotaState.BLOCKED, QuotaState.SUSPENDED, QuotaState.CLOSED})


def measures_for(tariff: Tariff, claim: TariffClaim, known_at: datetime | None = None) -> MeasuresFound:
    """The measures that apply to what is declared, on its day, as known at a moment (None: as known now)."""
    others: list[NotApplied] = []
    findings = list(_line_findings(tariff, claim, known_at))
    standing = _screened(tariff, claim, known_at, others)
    findings += _additional_code_asked(tariff, claim, standing, others, known_at)
    standing = _claimed(claim, standing, others)
    findings += _claimed_twice(claim, standing)
    standing = _nearest(standing, others, findings)
    standing = _specific(standing, others)
    standing = _drawable(claim, standing, others, findings)
    standing = _conditioned(tariff, claim, standing, others, findings, known_at)
    standing = _displaced(standing, others, findings)
    applied = [_applied(held, claim, findings) for held in sorted(standing, key=lambda held: held.depth)]
    findings += _rates_of_tax(applied)
    findings += _units_lacking(claim, applied)
    findings += _currencies_ceased(claim, applied)
    return MeasuresFound(tuple(applied), tuple(others), tuple(findings))


def _applied(held: _Standing, claim: TariffClaim, findings: list[Finding]) -> Applied:
    """The measure with the duty of its day, programme and documents; a duty that is not known is said so."""
    duty = held.outcome.duty if held.outcome is not None else None
    if duty is not None:
        programme = claim.preferences[0] if claim.preferences else ""
        try:
            duty = duty_for(duty, Circumstances(programme, claim.day, claim.documents, claim.figures))
        except DutyError as error:
            findings.append(unreadable(held.measure, error))
            duty = None
    elif held.type.kind in _CHARGING and (held.outcome is None or held.outcome.barred_by is None):
        findings.append(found("MEAS-18", held.measure, type=held.measure.type))
    return Applied(held.measure, held.type, duty, held.outcome.met if held.outcome is not None else ())


def _line_findings(tariff: Tariff, claim: TariffClaim, known_at: datetime | None) -> Iterator[Finding]:
    """Whether the goods code is a line of the nomenclature on the day, and the last one of its branch."""
    if not tariff.keeps(GoodsNomenclature):
        return
    line = tariff.line(claim.code, claim.day, known_at)
    params = {"code": claim.code, "day": claim.day.isoformat()}
    if line is None:
        known = tariff.by(GoodsNomenclature, "code", claim.code, known_at)
        if known:
            yield Finding("MEAS-2", "code", {**params, "days": ", ".join(other.days for other in known)})
        else:
            yield Finding("MEAS-1", "code", params)
    elif not tariff.declarable(claim.code, claim.day, known_at):
        yield Finding("MEAS-3", "code", params, severity=Severity.WARNING)


def _screened(
    tariff: Tariff, claim: TariffClaim, known_at: datetime | None, others: list[NotApplied]
) -> list[_Standing]:
    """The measures of the branch that are in force for this movement, origin and additional code."""
    areas = tariff.areas_of(claim.origin, claim.day, known_at)
    types: dict[str, MeasureType | None] = {}
    standing = []
    for depth, measure in _set_on(tariff, claim, known_at):
        if not tariff.in_force(measure, claim.day, known_at):
            others.append(NotApplied(measure, Reason.NOT_IN_FORCE, measure.days))
            continue
        if measure.type not in types:
            types[measure.type] = tariff.named(MeasureType, measure.type, claim.day, known_at)
        kind = types[measure.type]
        if kind is None:
            others.append(NotApplied(measure, Reason.UNKNOWN_TYPE, measure.type))
        elif reason := _screen(measure, kind, claim, areas):
            others.append(NotApplied(measure, *reason))
        else:
            standing.append(_Standing(measure, kind, depth))
    return standing


def _set_on(tariff: Tariff, claim: TariffClaim, known_at: datetime | None) -> Iterator[tuple[int, Measure]]:
    for depth, code in enumerate(tariff.branch(claim.code, claim.day, known_at)):
        for measure in tariff.measures_on(code, known_at):
            yield depth, measure
    for code in sorted(claim.additional_codes):
        for measure in tariff.by(Measure, "additional_code", code, known_at):
            if not measure.code:
                yield 0, measure


def _screen(
    measure: Measure, kind: MeasureType, claim: TariffClaim, areas: frozenset[str]
) -> tuple[Reason, str] | None:
    if measure.stopped:
        return Reason.STOPPED, measure.regulation
    if kind.movement not in (claim.movement, Movement.BOTH):
        return Reason.OTHER_MOVEMENT, kind.movement.value
    if measure.area not in areas:
        return Reason.OTHER_ORIGIN, measure.area
    for excluded in measure.excluded_areas:
        if excluded in areas:
            return Reason.EXCLUDED_ORIGIN, excluded
    if measure.additional_code and measure.additional_code not in claim.additional_codes:
        return Reason.ADDITIONAL_CODE, measure.additional_code
    return None


def _additional_code_asked(
    tariff: Tariff,
    claim: TariffClaim,
    standing: list[_Standing],
    others: list[NotApplied],
    known_at: datetime | None,
) -> Iterator[Finding]:
    """Where measures of a type wait for additional codes and none is declared: one has to be, if they are claimed."""
    answered = {held.measure.type for held in standing}
    waiting: dict[str, list[Measure]] = {}
    for other in others:
        if other.reason is Reason.ADDITIONAL_CODE and other.measure.type not in answered:
            waiting.setdefault(other.measure.type, []).append(other.measure)
    for type_code, measures in waiting.items():
        kind = tariff.named(MeasureType, type_code, claim.day, known_at)
        if kind is None or not _is_claimed(measures[0], kind, claim):
            continue
        codes = ", ".join(sorted({measure.additional_code for measure in measures}))
        params = {"type": type_code, "codes": codes}
        yield Finding("MEAS-9", "additional_codes", params, act_of(measures[0]))


def _claimed_twice(claim: TariffClaim, standing: list[_Standing]) -> Iterator[Finding]:
    """Two preferences claimed, with the acts of those that stand."""
    if len(claim.preferences) > 1:
        acts = dict.fromkeys(act_of(held.measure) or "" for held in standing if held.type.kind in _CLAIMED)
        act = ", ".join(act for act in acts if act) or None
        yield Finding("MEAS-6", "preferences", {"claimed": ", ".join(claim.preferences)}, act)


def _claimed(claim: TariffClaim, standing: list[_Standing], others: list[NotApplied]) -> list[_Standing]:
    kept = []
    for held in standing:
        if not _is_claimed(held.measure, held.type, claim):
            others.append(NotApplied(held.measure, Reason.NOT_CLAIMED, ", ".join(sorted(_wanted(held)))))
        elif held.type.kind in _QUOTAS and held.measure.order_number != claim.order_number:
            others.append(NotApplied(held.measure, Reason.NOT_CLAIMED, held.measure.order_number))
        else:
            kept.append(held)
    return kept


def _is_claimed(measure: Measure, kind: MeasureType, claim: TariffClaim) -> bool:
    """Whether a measure needs no claim, or is claimed by a preference code of its own or of its type."""
    wanted = measure.claimed_by or kind.claimed_by
    if wanted:
        return bool(wanted & set(claim.preferences))
    return bool(claim.preferences) or kind.kind not in _CLAIMED


def _wanted(held: _Standing) -> frozenset[str]:
    return held.measure.claimed_by or held.type.claimed_by


def _nearest(standing: list[_Standing], others: list[NotApplied], findings: list[Finding]) -> list[_Standing]:
    """Of measures alike those on the nearest code, where their type lets it win. Else they overlap: a fault."""
    nearest: dict[tuple[str, ...], _Standing] = {}
    for held in standing:
        best = nearest.get(held.like)
        if best is None or held.depth < best.depth:
            nearest[held.like] = held
    kept = []
    for held in standing:
        best = nearest[held.like]
        if held.depth > best.depth and held.type.nearest_wins:
            others.append(NotApplied(held.measure, Reason.NEARER_MEASURE, best.measure.sid))
            continue
        if held is not best:
            findings.append(found("MEAS-5", held.measure, other=best.measure.sid, goods=held.measure.code))
        kept.append(held)
    return kept


def _specific(standing: list[_Standing], others: list[NotApplied]) -> list[_Standing]:
    """Of measures alike but for their additional code the declared one: a reduced rate beside the standard one."""
    declared = {held.like[:2] + held.like[3:]: held for held in standing if held.measure.additional_code}
    kept = []
    for held in standing:
        better = declared.get(held.like[:2] + held.like[3:])
        if better is not None and not held.measure.additional_code:
            others.append(NotApplied(held.measure, Reason.DISPLACED, better.measure.sid))
        else:
            kept.append(held)
    return kept


def _drawable(
    claim: TariffClaim, standing: list[_Standing], others: list[NotApplied], findings: list[Finding]
) -> list[_Standing]:
    """Without the quotas that cannot be drawn on; a quota whose standing is not told is used, and said so."""
    kept = []
    for held in standing:
        number = held.measure.order_number
        state = claim.quotas.get(number) if number else None
        if number and held.type.kind in _QUOTAS:
            if state is None:
                findings.append(_weighed(found("MEAS-8", held.measure, quota=number), Severity.WARNING))
            elif state in _SHUT:
                others.append(NotApplied(held.measure, Reason.QUOTA, state.value))
                findings.append(found("MEAS-7", held.measure, quota=number))
                continue
            elif state is QuotaState.CRITICAL:
                findings.append(_weighed(found("MEAS-13", held.measure, quota=number), Severity.INFORMATION))
        kept.append(held)
    return kept


def _conditioned(
    tariff: Tariff,
    claim: TariffClaim,
    standing: list[_Standing],
    others: list[NotApplied],
    findings: list[Finding],
    known_at: datetime | None,
) -> list[_Standing]:
    kept = []
    for held in standing:
        outcome = outcome_of(tariff, held.measure, claim.documents, claim.figures, known_at)
        findings += outcome.findings
        control = held.type.kind in _CONTROLS
        if outcome.applies is None:
            others.append(NotApplied(held.measure, Reason.UNDECIDED))
        elif not outcome.applies and (outcome.met or not control):
            others.append(NotApplied(held.measure, Reason.CONDITION, outcome.refused_by))
        else:
            kept.append(_Standing(held.measure, held.type, held.depth, outcome))
            findings += _barred(held, outcome)
    return kept


def _barred(held: _Standing, outcome: Outcome) -> Iterator[Finding]:
    """What stands against the goods: an action that does not allow them, a prohibition, a control without its paper."""
    measure, kind = held.measure, held.type.kind
    certificates = ", ".join(dict.fromkeys(row.certificate for row in measure.conditions if row.certificate)) or "-"
    if outcome.barred_by is not None or (kind in _CONTROLS and not outcome.applies):
        code = outcome.barred_by.code if outcome.barred_by is not None else outcome.refused_by
        yield found("MEAS-14", measure, type=measure.type, condition=code, certificates=certificates)
    elif not measure.conditions and kind is MeasureKind.PROHIBITION:
        yield found("MEAS-15", measure, type=measure.type, area=measure.area)
    elif not measure.conditions and kind is MeasureKind.RESTRICTION:
        notes = ", ".join(measure.footnotes) or "-"
        yield _weighed(found("MEAS-16", measure, type=measure.type, notes=notes), Severity.INFORMATION)


def _displaced(standing: list[_Standing], others: list[NotApplied], findings: list[Finding]) -> list[_Standing]:
    """A claimed basic duty displaces the third-country duty; a quota's rate displaces safeguards."""
    claimed = [held for held in standing if held.type.kind in BASIC_DUTIES and _displaces(held)]
    if len({held.like for held in claimed}) > 1:
        listed = ", ".join(held.measure.sid for held in claimed)
        findings.append(found("MEAS-4", claimed[0].measure, others=listed))
    if not claimed:
        return standing
    quota = next((held for held in claimed if held.type.kind in _QUOTAS), None)
    kept = []
    for held in standing:
        kind = held.type.kind
        if kind in BASIC_DUTIES and not _displaces(held):
            others.append(NotApplied(held.measure, Reason.DISPLACED, claimed[0].measure.sid))
        elif kind is MeasureKind.SAFEGUARD and quota is not None:
            others.append(NotApplied(held.measure, Reason.DISPLACED, quota.measure.sid))
        else:
            kept.append(held)
    return kept


def _displaces(held: _Standing) -> bool:
    return held.type.kind is not MeasureKind.THIRD_COUNTRY or bool(_wanted(held))


def _rates_of_tax(applied: list[Applied]) -> Iterator[Finding]:
    """Two rates of value added tax cannot both hold: an additional code or a document has to choose."""
    rates = [held.measure for held in applied if held.type.kind is MeasureKind.VAT]
    if len(rates) > 1:
        yield found("MEAS-19", rates[0], others=", ".join(measure.sid for measure in rates))


def _units_lacking(claim: TariffClaim, applied: list[Applied]) -> Iterator[Finding]:
    if claim.units is None:
        return
    stated = claim.units | {BASE_OF[unit] for unit in claim.units if unit in BASE_OF}
    for held in applied:
        for unit in dict.fromkeys(units_of(held.duty)):
            if unit not in stated and BASE_OF.get(unit) not in stated:
                yield found("MEAS-17", held.measure, unit=unit, declared=", ".join(sorted(claim.units)) or "-")


def units_of(duty: Duty | None) -> Iterator[str]:
    """The units that a duty counts in."""
    if duty is None:
        return
    if isinstance(duty, Specific) and duty.unit:
        yield duty.unit
        if duty.unit == "ASV" and "X" in duty.qualifiers:
            yield "HLT"
    elif isinstance(duty, SupplementaryUnit):
        yield duty.unit
    for part in parts_of(duty):
        yield from units_of(part)


def currencies_of(duty: Duty | None) -> Iterator[str]:
    """The currencies that a duty is stated in, those of its conditions too."""
    if duty is None:
        return
    if isinstance(duty, Specific):
        yield duty.currency
    elif isinstance(duty, Conditional):
        yield from (row.currency for row in duty.conditions if row.currency)
    for part in parts_of(duty):
        yield from currencies_of(part)


def _currencies_ceased(claim: TariffClaim, applied: list[Applied]) -> Iterator[Finding]:
    for held in applied:
        for currency in dict.fromkeys(currencies_of(held.duty)):
            last = CEASED.get(currency)
            if last is not None and last < claim.day:
                yield found("MEAS-20", held.measure, currency=currency, last=last.isoformat())


def _weighed(finding: Finding, severity: Severity) -> Finding:
    return Finding(finding.code, finding.path, finding.params, finding.act, severity)

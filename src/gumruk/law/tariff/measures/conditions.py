# SPDX-License-Identifier: Apache-2.0
"""A measure's conditions: which row of each code is satisfied, and what its action does.

Rows of one code are tried in their sequence, the first satisfied one acts; the codes of a measure hold together. A row
asks for a certificate, compares a figure with its threshold, or for one of both; a row that asks for nothing is the
rest. Nothing is guessed: a figure that is not told leaves the measure undecided, and so does an unknown action.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from gumruk.law.kernel import Finding
from gumruk.law.tariff.duties import Duty, DutyError
from gumruk.law.tariff.measures.components import duty_of
from gumruk.law.tariff.measures.kinds import AT_MOST_CODES, TARIC_ACTIONS
from gumruk.law.tariff.measures.model import Effect, Measure, MeasureAction, MeasureCondition
from gumruk.law.tariff.measures.tariff import Tariff


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the conditions of a measure come to.

    `applies` is None where it cannot be decided; `refused_by` is the condition code that makes the measure not apply;
    `barred_by` is the row whose action does not allow the goods.
    """

    applies: bool | None
    duty: Duty | None
    met: tuple[MeasureCondition, ...] = ()
    refused_by: str = ""
    barred_by: MeasureCondition | None = None
    findings: tuple[Finding, ...] = ()


def act_of(measure: Measure) -> str | None:
    """The act that a finding on this measure names."""
    return measure.act or measure.regulation or None


def found(code: str, measure: Measure, **params: str) -> Finding:
    """A finding on a measure: at `measures[sid]`, with its act."""
    return Finding(code, f"measures[{measure.sid}]", {"measure": measure.sid, **params}, act_of(measure))


def effect_of(tariff: Tariff, action: str, known_at: datetime | None = None) -> Effect | None:
    """What an action does: as the tariff itself says, else as TARIC prints it; None where nobody says."""
    own = tariff.version(MeasureAction, action, known_at)
    return own.effect if own is not None else TARIC_ACTIONS.get(action)


def outcome_of(
    tariff: Tariff,
    measure: Measure,
    documents: frozenset[str],
    figures: Mapping[str, Decimal],
    known_at: datetime | None = None,
) -> Outcome:
    """What a measure's conditions come to with these documents, and figures by condition code."""
    if not measure.conditions:
        return Outcome(True, measure.duty)
    met: list[MeasureCondition] = []
    for rows in _by_code(measure).values():
        row, lacking = _satisfied(rows, documents, figures)
        if lacking is not None:
            asked = " / ".join(part for part in (lacking.currency, lacking.unit) if part) or "-"
            finding = found("MEAS-10", measure, condition=lacking.code, asked=asked)
            return Outcome(None, None, tuple(met), findings=(finding,))
        if row is None:
            return Outcome(False, None, tuple(met), refused_by=rows[0].code)
        met.append(row)
    return _acting(tariff, measure, tuple(met), known_at)


def _acting(tariff: Tariff, measure: Measure, met: tuple[MeasureCondition, ...], known_at: datetime | None) -> Outcome:
    duty = measure.duty
    for row in met:
        effect = effect_of(tariff, row.action, known_at)
        if effect is None:
            finding = found("MEAS-11", measure, condition=row.code, action=row.action)
            return Outcome(None, None, met, findings=(finding,))
        if effect is Effect.NOT_APPLICABLE:
            return Outcome(False, None, met, refused_by=row.code)
        if effect is Effect.NOT_ALLOWED:
            return Outcome(True, duty, met, barred_by=row)
        if effect is Effect.CORRECT_DECLARATION:
            finding = found("MEAS-12", measure, condition=row.code, action=row.action)
            return Outcome(None, None, met, findings=(finding,))
        if effect is Effect.APPLY_AMOUNT:
            try:
                duty = row.duty or duty_of(row.components) or duty
            except DutyError as error:
                return Outcome(None, None, met, findings=(unreadable(measure, error),))
    return Outcome(True, duty, met)


def unreadable(measure: Measure, error: DutyError) -> Finding:
    """The finding of a duty that cannot be read or chosen, on its measure."""
    return Finding(error.code, f"measures[{measure.sid}]", dict(error.params), act_of(measure))


def _by_code(measure: Measure) -> Mapping[str, list[MeasureCondition]]:
    groups: dict[str, list[MeasureCondition]] = {}
    for row in sorted(measure.conditions, key=lambda row: row.sequence):
        groups.setdefault(row.code, []).append(row)
    return groups


def _satisfied(
    rows: list[MeasureCondition], documents: frozenset[str], figures: Mapping[str, Decimal]
) -> tuple[MeasureCondition | None, MeasureCondition | None]:
    """The first satisfied row; or the row that asks for a figure which is not told."""
    for row in rows:
        if row.certificate and row.certificate in documents:
            return row, None
        if row.threshold is not None:
            figure = figures.get(row.code)
            if figure is None and not _document_satisfies(rows, documents):
                return None, row
            if figure is not None and _reaches(row, figure):
                return row, None
        elif not row.certificate:
            return row, None
    return None, None


def _document_satisfies(rows: list[MeasureCondition], documents: frozenset[str]) -> bool:
    """Whether a document of this code is there, so that no figure is asked for."""
    return any(row.certificate in documents for row in rows if row.certificate)


def _reaches(row: MeasureCondition, figure: Decimal) -> bool:
    if row.threshold is None:
        return False
    return figure <= row.threshold if row.code in AT_MOST_CODES else figure >= row.threshold

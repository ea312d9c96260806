# SPDX-License-Identifier: Apache-2.0
"""What `measures_for` and the rules of a tariff tell, as rows of words: for a command, a page or JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gumruk import texts
from gumruk.law.kernel import Finding
from gumruk.law.tariff.duties import printed_duty
from gumruk.law.tariff.measures import Applied, Measure, MeasuresFound, Movement, NotApplied, QuotaState, Reason
from gumruk.office.tariff.words import duty_words

Row = dict[str, str]


def measures_shown(language: str, found: MeasuresFound) -> dict[str, list[Row]]:
    """All that was told: rows `applied`, `others` and `findings`, each with its words under "words"."""
    return {
        "applied": [_applied_row(language, held) for held in found.applied],
        "others": [_other_row(language, other) for other in found.others],
        "findings": findings_shown(language, found.findings),
    }


def findings_shown(language: str, findings: Iterable[Finding]) -> list[Row]:
    """Findings as rows: code, place, severity, act, what is wrong and how it is mended."""
    return [
        {
            "code": finding.code,
            "place": finding.path,
            "severity": finding.severity.value,
            "law": finding.act or "",
            "words": texts.say(language, f"finding.{finding.code}.text", **finding.params),
            "mend": texts.say(language, f"finding.{finding.code}.mend", **finding.params),
        }
        for finding in findings
    ]


def measures_lines(language: str, found: MeasuresFound) -> Iterator[str]:
    """The same as lines of text for a terminal: what applies, what does not and why, what was found."""
    shown = measures_shown(language, found)
    for row in shown["applied"]:
        order = f" [{row['order_number']}]" if row["order_number"] else ""
        yield f"{row['kind']} ({row['type']}, {row['area']}, {row['code']}){order}: {row['words']}"
        if row["law"]:
            yield f"    {row['law']}"
    if shown["others"]:
        yield texts.say(language, "tariff.others")
    for row in shown["others"]:
        yield f"    {row['measure']} ({row['type']}, {row['area']}, {row['code']}): {row['words']}"
    for row in shown["findings"]:
        yield from finding_row_lines(language, row)


def finding_row_lines(language: str, row: Row) -> Iterator[str]:
    """A row of `findings_shown` as lines: code, place, what is wrong; how it is mended; the law that it goes by."""
    yield f"{row['code']} {row['place']}: {row['words']}"
    yield f"    {row['mend']}"
    if row["law"]:
        yield f"    {texts.say(language, 'wire.act', act=row['law'])}"


def _row(measure: Measure) -> Row:
    return {
        "measure": measure.sid,
        "type": measure.type,
        "code": measure.code,
        "area": measure.area,
        "additional_code": measure.additional_code,
        "order_number": measure.order_number,
        "law": measure.act or measure.regulation,
    }


def _applied_row(language: str, held: Applied) -> Row:
    duty = held.duty
    words = duty_words(language, duty) if duty is not None else texts.say(language, "tariff.no_duty")
    return {
        **_row(held.measure),
        "kind": texts.say(language, f"tariff.kind.{held.type.kind.value}"),
        "duty": printed_duty(duty) if duty is not None else "",
        "words": words,
    }


def _other_row(language: str, other: NotApplied) -> Row:
    detail = other.detail or "-"
    if other.reason is Reason.QUOTA:
        detail = texts.say(language, f"tariff.quota.{QuotaState(other.detail).value}")
    elif other.reason is Reason.OTHER_MOVEMENT:
        detail = texts.say(language, f"tariff.movement.{Movement(other.detail).value}")
    words = texts.say(language, f"tariff.reason.{other.reason.value}", detail=detail)
    return {**_row(other.measure), "reason": other.reason.value, "words": words}

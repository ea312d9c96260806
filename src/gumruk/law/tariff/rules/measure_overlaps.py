# SPDX-License-Identifier: Apache-2.0
"""Measures that clash: two of a kind on one branch of the nomenclature, on the same days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gumruk.law.kernel import Severity
from gumruk.law.tariff.measures import Measure, MeasureType
from gumruk.law.tariff.rules.machinery import Params, Scope, tariff_rule

_MEURSING = "7"


@tariff_rule(Measure, "ME1")
def unique(measure: Measure, scope: Scope) -> Iterable[Params]:
    """No two measures have type, area, goods, additional code, order number, reduction and start in common."""
    for other in scope.likes(measure).get(measure.code, ()):
        same = other.additional_code == measure.additional_code and other.starts_on == measure.starts_on
        if same and scope.tells(measure, other):
            yield {"other": other.sid, "own": measure.days}


@tariff_rule(Measure, "ME32")
def no_overlap(measure: Measure, scope: Scope) -> Iterable[Params]:
    """No two measures alike overlap in time on one branch, unless their type lets the nearest win; Meursing apart."""
    if measure.additional_code.startswith(_MEURSING):
        return
    nearest_wins = any(kind.nearest_wins for kind in scope.named(MeasureType, measure.type))
    for other in _on_the_branch(measure, scope):
        one_code = other.code == measure.code
        clash = not nearest_wins or one_code
        twin = one_code and other.starts_on == measure.starts_on  # ME1 tells of it
        if clash and other.additional_code == measure.additional_code and not twin:
            yield {"other": other.sid, "what": other.code, "days": other.days, "own": measure.days}


@tariff_rule(Measure, "ME16", severity=Severity.WARNING)
def with_and_without_additional_code(measure: Measure, scope: Scope) -> Iterable[Params]:
    """No measure with an additional code overlaps one alike without, on one branch."""
    for other in _on_the_branch(measure, scope):
        if bool(other.additional_code) != bool(measure.additional_code):
            code = measure.additional_code or other.additional_code
            yield {"other": other.sid, "what": other.code, "additional": code, "own": measure.days}


def _on_the_branch(measure: Measure, scope: Scope) -> Iterator[Measure]:
    """The measures of its like on the same code and above, and while it is edited below too, on some of its days.

    The branch is that of the measure's first day. Below is asked only of one that is edited: over a whole tariff the
    lower of two tells of both.
    """
    alike = scope.likes(measure)
    alone = scope.whole and len(alike) == 1 and len(alike.get(measure.code, ())) == 1
    if not measure.code or alone:
        return
    for code in scope.around(measure):
        for other in alike.get(code, ()):
            told = scope.tells(measure, other) if code == measure.code else other.sid != measure.sid
            if told and other.overlaps(measure):
                yield other

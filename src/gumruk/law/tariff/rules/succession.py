# SPDX-License-Identifier: Apache-2.0
"""Lines of the nomenclature that follow one another, and the footnotes that stand with lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from gumruk.law.tariff.measures import (
    Footnote,
    GoodsFootnote,
    GoodsNomenclature,
    GoodsOrigin,
    GoodsSuccessor,
    Record,
)
from gumruk.law.tariff.rules.machinery import Params, Scope, tariff_rule

_DAY = timedelta(days=1)


def _lines(scope: Scope, line: str, code: str) -> list[GoodsNomenclature]:
    """The line of a sid; of a tariff without sids those of the code."""
    return scope.by(GoodsNomenclature, "sid", line) or scope.by(GoodsNomenclature, "code", code)


def _held_on(scope: Scope, code: str, suffix: str, day: date) -> bool:
    lines = scope.by(GoodsNomenclature, "code", code)
    return any(other.suffix == suffix and other.holds_on(day) for other in lines)


@tariff_rule(GoodsOrigin, "NIG7")
def origin_the_day_before(origin: GoodsOrigin, scope: Scope) -> Iterable[Params]:
    """The line that a new line comes from holds on the day before the new one starts."""
    starts = [line.starts_on for line in _lines(scope, origin.line, origin.code) if line.starts_on is not None]
    if starts and not _held_on(scope, origin.derived, origin.derived_suffix, min(starts) - _DAY):
        yield {"what": origin.derived, "other": origin.code, "day": str(min(starts) - _DAY)}


@tariff_rule(GoodsSuccessor, "NIG10")
def successor_the_day_after(successor: GoodsSuccessor, scope: Scope) -> Iterable[Params]:
    """The line that takes the place of one that ended holds on the day after its end."""
    ends = [line.ends_on for line in _lines(scope, successor.line, successor.code)]
    last = max((day for day in ends if day is not None), default=None)
    if last is not None and None not in ends:
        if not _held_on(scope, successor.absorbed, successor.absorbed_suffix, last + _DAY):
            yield {"what": successor.absorbed, "other": successor.code, "day": str(last + _DAY)}


def _outside(held: Iterable[Record], record: Record) -> str:
    """The days of these records where none of them spans the record; empty where one does, or none is there."""
    days = [other.days for other in held]
    return "" if any(other.spans(record) for other in held) else ", ".join(days)


@tariff_rule(GoodsFootnote, "NIG22")
def footnote_within_its_line(noted: GoodsFootnote, scope: Scope) -> Iterable[Params]:
    """A footnote stands with a line only on days of the line."""
    if days := _outside(_lines(scope, noted.line, noted.code), noted):
        yield {"what": noted.footnote, "other": noted.code, "days": days, "own": noted.days}


@tariff_rule(GoodsFootnote, "NIG23", "FO6")
def line_within_the_footnote(noted: GoodsFootnote, scope: Scope) -> Iterable[Params]:
    """A footnote stands with a line only on days of the footnote."""
    if days := _outside(scope.by(Footnote, "code", noted.footnote), noted):
        yield {"what": noted.footnote, "other": noted.code, "days": days, "own": noted.days}


@tariff_rule(GoodsFootnote, "NIG24")
def footnote_with_a_line_once(noted: GoodsFootnote, scope: Scope) -> Iterable[Params]:
    """A footnote stands with a line once on any day."""
    for other in scope.others(noted, "line"):
        if other.footnote == noted.footnote and other.overlaps(noted):
            yield {"what": noted.footnote, "other": noted.code, "days": other.days, "own": noted.days}

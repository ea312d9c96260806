# SPDX-License-Identifier: Apache-2.0
"""The whole tariff: every record of every day, indexed, and what of it was known at a moment.

Every question takes `known_at` (None: as this tariff knows it now), so that a day of the past is answered as it was
answered then. Indexes are made when they are first needed and kept; the tariff itself never changes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, TypeVar

from gumruk.law.tariff.measures.model import (
    ALL_GOODS,
    ERGA_OMNES,
    PRODUCT_LINE,
    GeographicalArea,
    GeographicalMembership,
    GoodsNomenclature,
    Measure,
    Record,
    Regulation,
    digits_of,
)

R = TypeVar("R", bound=Record)
_NONE: tuple[Any, ...] = ()


class Tariff:
    """A tariff of any country for all days: `Tariff.of(records)` makes one, `with_records` one that knows more."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records: dict[type[Record], list[Any]] = {}
        self._versions: dict[type[Record], dict[object, Any]] = {}
        self._revised: dict[tuple[type[Record], object], list[Any]] = {}
        self._indexes: dict[tuple[type[Record], str], dict[object, list[Any]]] = {}
        self._lines: dict[str, list[GoodsNomenclature]] | None = None
        for record in records:
            self._take(record)

    @classmethod
    def of(cls, records: Iterable[Record]) -> Tariff:
        """The tariff of these records, in any order; of two versions known since one moment the later one holds."""
        return cls(records)

    def with_records(self, records: Iterable[Record]) -> Tariff:
        """A tariff that knows these records too: later versions, withdrawals, new facts. This one stays as it is."""
        held = (record for kind in self._records.values() for record in kind)
        return Tariff([*held, *records])

    def _take(self, record: Record) -> None:
        kind, identity = type(record), record.identity
        self._records.setdefault(kind, []).append(record)
        seen = self._versions.setdefault(kind, {})
        first = seen.setdefault(identity, record)
        if first is not record:
            self._revised.setdefault((kind, identity), [first]).append(record)

    def holds(self, record: Record, known_at: datetime | None = None) -> bool:
        """Whether this very version is the one that was known, and not withdrawn."""
        if known_at is not None and record.known_from is not None and record.known_from > known_at:
            return False
        versions = self._revised.get((type(record), record.identity)) if self._revised else None
        if versions is None:
            return not record.withdrawn
        latest = None
        for version in versions:
            since = version.known_from
            if known_at is not None and since is not None and since > known_at:
                continue
            if latest is None or _since(version) >= _since(latest):
                latest = version
        return latest is record and not record.withdrawn

    def version(self, kind: type[R], identity: object, known_at: datetime | None = None) -> R | None:
        """The version of one fact that was known at a moment; None where none was, or it was withdrawn."""
        first = self._versions.get(kind, {}).get(identity)
        versions = self._revised.get((kind, identity)) or ([first] if first is not None else [])
        return next((version for version in versions if self.holds(version, known_at)), None)

    def held(self, kind: type[R], known_at: datetime | None = None) -> Iterator[R]:
        """Every fact of a kind, of all days, in the version known at a moment."""
        return (record for record in self._records.get(kind, ()) if self.holds(record, known_at))

    def by(self, kind: type[R], attribute: str, value: object, known_at: datetime | None = None) -> list[R]:
        """The facts of a kind whose attribute has this value, of all days."""
        index = self._indexes.get((kind, attribute))
        if index is None:
            index = self._indexes[kind, attribute] = {}
            for record in self._records.get(kind, ()):
                index.setdefault(getattr(record, attribute), []).append(record)
        return [record for record in index.get(value, _NONE) if self.holds(record, known_at)]

    def named(self, kind: type[R], code: str, day: date, known_at: datetime | None = None) -> R | None:
        """The fact that bears this code on the day: a type, an area, an order number; None without one."""
        return next((record for record in self.by(kind, "code", code, known_at) if record.holds_on(day)), None)

    def keeps(self, kind: type[Record]) -> bool:
        """Whether the tariff keeps facts of a kind at all: some have no table of areas, documents or regulations."""
        return kind in self._records

    def counts(self) -> dict[str, int]:
        """How many records of each kind there are, all versions, by the kind's name."""
        return {kind.__name__: len(records) for kind, records in self._records.items()}

    # The nomenclature.

    def lines_of(self, heading: str) -> list[GoodsNomenclature]:
        """The lines under four digits in the nomenclature's order, of all days and versions."""
        if self._lines is None:
            self._lines = {}
            lines = self._records.get(GoodsNomenclature, [])
            for line in sorted(lines, key=lambda line: (line.code, line.suffix)):
                self._lines.setdefault(line.code[:4], []).append(line)
        return self._lines.get(heading, [])

    def line(self, code: str, day: date, known_at: datetime | None = None) -> GoodsNomenclature | None:
        """The product line of a ten-digit code on a day."""
        for line in self.by(GoodsNomenclature, "code", code, known_at):
            if line.suffix == PRODUCT_LINE and line.holds_on(day):
                return line
        return None

    def branch(self, code: str, day: date, known_at: datetime | None = None) -> list[str]:
        """The code and all above it on the day, nearest first: by indents, and by its digits up to all goods."""
        codes = [code]
        lines = self.lines_of(code[:4])
        place = bisect_right(lines, (code, PRODUCT_LINE), key=lambda line: (line.code, line.suffix))
        indent: int | None = None
        for line in reversed(lines[:place]):
            if indent == 0:
                break
            if (indent is None and line.code != code) or (indent is not None and line.indent >= indent):
                if indent is None:
                    break  # the code itself has no line: its digits alone place it
                continue
            if line.holds_on(day) and self.holds(line, known_at):
                indent = line.indent
                if line.code not in codes:
                    codes.append(line.code)
        above = [code[:length].ljust(10, "0") for length in (8, 6, 4, 2, 0)]
        codes += [shorter for shorter in above if shorter not in codes]
        return [codes[0], *sorted(codes[1:], key=digits_of, reverse=True)]

    def below(self, code: str, day: date, known_at: datetime | None = None) -> list[str]:
        """The codes of product lines under this code on the day, not itself."""
        digits = digits_of(code)
        self.lines_of("")
        within = code.rstrip("0") if code == ALL_GOODS else code[:2]
        headings = [code[:4]] if digits > 2 else [h for h in self._lines or {} if h.startswith(within)]
        found = dict.fromkeys(
            line.code
            for heading in headings
            for line in self.lines_of(heading)
            if line.suffix == PRODUCT_LINE and line.code != code and line.holds_on(day) and self.holds(line, known_at)
        )
        if digits > 2:
            return [other for other in found if code in self.branch(other, day, known_at)]
        return list(found)

    def declarable(self, code: str, day: date, known_at: datetime | None = None) -> bool:
        """Whether no line stands under this code on the day: goods are declared by the last lines alone."""
        lines = self.lines_of(code[:4])
        place = bisect_right(lines, (code, PRODUCT_LINE), key=lambda line: (line.code, line.suffix))
        own = self.line(code, day, known_at)
        if own is None:
            return False
        if digits_of(code) == 2:
            return not self.below(code, day, known_at)
        for line in lines[place:]:
            if line.holds_on(day) and self.holds(line, known_at):
                return line.indent <= own.indent
        return True

    def measures_on(self, code: str, known_at: datetime | None = None) -> list[Measure]:
        """The measures set on this very code, of all days."""
        return self.by(Measure, "code", code, known_at)

    def in_force(self, measure: Measure, day: date, known_at: datetime | None = None) -> bool:
        """Whether a measure is in force on a day; without an end of its own it ends with its regulation."""
        if not measure.holds_on(day):
            return False
        if measure.ends_on is not None or not measure.regulation:
            return True
        regulation = self.version(Regulation, measure.regulation, known_at)
        return regulation is None or regulation.ends_on is None or day <= regulation.ends_on

    # Areas.

    def areas_of(self, origin: str, day: date, known_at: datetime | None = None) -> frozenset[str]:
        """All areas that an origin lies in on the day: itself, its groups and their parents, and the whole world."""
        areas, waiting = {ERGA_OMNES}, [origin]
        while waiting:
            area = waiting.pop()
            if area in areas:
                continue
            areas.add(area)
            for membership in self.by(GeographicalMembership, "member", area, known_at):
                if membership.holds_on(day):
                    waiting.append(membership.group)
            held = self.named(GeographicalArea, area, day, known_at)
            if held is not None and held.parent:
                waiting.append(held.parent)
        return frozenset(areas)


def _since(record: Record) -> tuple[bool, datetime | None]:
    """An order of versions: what was always known, then by moment."""
    return (record.known_from is not None, record.known_from)

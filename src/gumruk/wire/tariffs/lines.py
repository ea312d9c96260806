# SPDX-License-Identifier: Apache-2.0
"""The lines of a nomenclature that is told by position: indents, and rows that have no code of their own.

A row without a code stands above the next one that has one: it becomes an intermediate line of that code, with a
suffix below 80, as TARIC writes such lines. So does a shorter code that says the same in ten digits as the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gumruk.law.tariff.measures import PRODUCT_LINE
from gumruk.wire.tariffs.records import TariffRecord, record_of

_FIRST_SUFFIX = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the nomenclature: its digits (none: no code), indent, and further fields."""

    digits: str
    indent: int
    number: int
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def code(self) -> str:
        """The digits padded to ten."""
        return self.digits.ljust(10, "0")


class Lines:
    """Makes records of lines as they come, one line behind. `prefix` begins their keys."""

    def __init__(self, prefix: str = "", since: str = "") -> None:
        self._prefix, self._since = prefix, since
        self._held: Line | None = None
        self._above: list[Line] = []
        self._waiting: list[Line] = []
        self._given: dict[str, int] = {}
        self._lines: set[str] = set()

    def add(self, line: Line) -> Iterator[TariffRecord]:
        """Take a line; what is settled by it is yielded."""
        if not line.digits:
            self._waiting.append(line)
            return
        held = self._held
        if held is not None and held.code == line.code:
            self._above = [*self._above, held, *self._waiting]
        else:
            yield from self._settled()
            self._above = self._waiting
        self._held, self._waiting = line, []

    def end(self) -> Iterator[TariffRecord]:
        """The last line, and rows without a code that nothing follows: they stand after it."""
        yield from self._settled()
        if self._held is not None:
            yield from self._records(self._held.code, self._waiting)

    def _settled(self) -> Iterator[TariffRecord]:
        if self._held is None:
            return
        code = self._held.code
        yield from self._records(code, self._above)
        if code in self._lines:  # a heading that is printed again, further down
            yield from self._records(code, (self._held,))
        else:
            self._lines.add(code)
            yield self._record(self._held, code, PRODUCT_LINE)

    def _records(self, code: str, lines: Iterable[Line]) -> Iterator[TariffRecord]:
        for line in lines:
            place = self._given.get(code, _FIRST_SUFFIX)
            self._given[code] = place + 1 if place + 1 != int(PRODUCT_LINE) else place + 2
            yield self._record(line, code, str(place))

    def _record(self, line: Line, code: str, suffix: str) -> TariffRecord:
        return goods_record(self._prefix, code, suffix, line, self._since)


def goods_record(prefix: str, code: str, suffix: str, line: Line, since: str) -> TariffRecord:
    """A line of the nomenclature as a record."""
    fields = (
        ("goods.nomenclature.sid", f"{prefix}{code}/{suffix}"),
        ("goods.nomenclature.item.id", code),
        ("producline.suffix", suffix),
        ("validity.start.date", since),
        ("number.indents", str(line.indent)),
        *line.fields,
    )
    return record_of("goods.nomenclature", fields, line.number)


def measure_record(prefix: str, name: str, line: int, fields: Iterable[tuple[str, str]]) -> TariffRecord:
    """A measure as a record; its key is made of what tells it apart in its table."""
    return record_of("measure", (("measure.sid", f"{prefix}{name}"), *fields), line)


def type_record(code: str, kind: str) -> TariffRecord:
    """A measure type of a national tariff: measures on nearer codes take the place of those above."""
    fields = (("measure.type.id", code), ("measure.kind", kind), ("nearest.wins", "1"))
    return record_of("measure.type", fields, 0)

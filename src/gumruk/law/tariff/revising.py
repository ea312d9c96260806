# SPDX-License-Identifier: Apache-2.0
"""The running rates with a tariff's in their place: what the tariff says of a day holds, what it leaves stays.

A law book is never changed: the revised one is another, to be proposed, compared and published as a whole. Dates are
legal days, both included.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from gumruk.law.kernel import DateRange
from gumruk.law.lawbook import Entry, LawBook, Status
from gumruk.law.tariff.duties import DutyError, printed_duty, read_duty

_Span = tuple[int, int]
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


def rates_revised(
    book: LawBook,
    table: str,
    rates: Iterable[Entry],
    act: str,
    *,
    since: date | None = None,
    kept: Collection[str] = (),
) -> LawBook:
    """The law book with these rates in a table of rates (`tariff`, `excise`); they do not overlap.

    On each day of a rate it takes the place of what the table says of its code; an entry that says the same already
    stays as it is, with its act and status. Entries of `act` are the tariff's own: what it does not say any more goes.
    Entries of other acts, and those that say that a rate is unknown, stay on the days that no rate names; training
    twins and the codes of `kept` stay whole.
    With `since` the days before it stay as they are.
    """
    entries: list[Entry] = []
    held: dict[str, list[Entry]] = {}
    wanted: dict[str, list[Entry]] = {}
    for entry in book.entries:
        if entry.table != table or entry.status is Status.TRAINING or entry.key in kept:
            entries.append(entry)
        else:
            held.setdefault(entry.key, []).append(entry)
    reach = (_FIRST if since is None else since.toordinal(), _LAST)
    for rate in rates:
        if rate.key not in kept:
            wanted.setdefault(rate.key, []).extend(_parts(rate, _both(_span(rate), reach)))
    for key in {**held, **wanted}:
        entries += _of_code(held.get(key, []), wanted.get(key, []), act, reach)
    return LawBook(book.country, entries)


def _of_code(held: Sequence[Entry], wanted: Sequence[Entry], act: str, reach: _Span) -> Iterator[Entry]:
    spoken = [_span(rate) for rate in wanted]
    for entry in held:
        given_up = [_span(rate) for rate in wanted if not _same(rate, entry)]
        if entry.act == act and entry.status is not Status.UNKNOWN:
            given_up += _minus(_both(_span(entry), reach), spoken)
        yield from _parts(entry, _minus([_span(entry)], given_up))
    for rate in wanted:
        yield from _parts(rate, _minus([_span(rate)], [_span(entry) for entry in held if _same(rate, entry)]))


def _same(rate: Entry, entry: Entry) -> bool:
    """Whether both say the same rate, however it is written."""
    return rate.fields == entry.fields or _written(rate) == _written(entry)


def _written(entry: Entry) -> str | None:
    text = entry.fields.get("duty")
    if not isinstance(text, str):
        return None
    try:
        return printed_duty(read_duty(text))
    except DutyError:
        return text


def _parts(entry: Entry, spans: Sequence[_Span]) -> list[Entry]:
    """An entry on these days; itself where they are its own."""
    if list(spans) == [_span(entry)]:
        return [entry]
    return [replace(entry, valid=DateRange(_day(first, _FIRST), _day(last, _LAST))) for first, last in spans]


def _span(entry: Entry) -> _Span:
    first, last = entry.valid.first, entry.valid.last
    return (_FIRST if first is None else first.toordinal(), _LAST if last is None else last.toordinal())


def _day(ordinal: int, open_end: int) -> date | None:
    return None if ordinal == open_end else date.fromordinal(ordinal)


def _both(one: _Span, other: _Span) -> list[_Span]:
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return [(first, last)] if first <= last else []


def _minus(spans: Sequence[_Span], gone: Iterable[_Span]) -> list[_Span]:
    """What is left of spans, in order."""
    left = list(spans)
    for first, last in gone:
        pieces = []
        for begins, ends in left:
            if last < begins or ends < first:
                pieces.append((begins, ends))
                continue
            if begins < first:
                pieces.append((begins, first - 1))
            if last < ends:
                pieces.append((last + 1, ends))
        left = pieces
    return left

# SPDX-License-Identifier: Apache-2.0
"""A country's law of a day as a tariff: its tables of rates and its preferences as measures.

`law.made(tariff_of)` makes it once and keeps it beside the law. The tables `tariff` and `excise` become third-country
duties and excise on the code of each row; a scheme of `preferences` becomes a measure on all goods for its countries,
claimed by its code and conditioned by its proofs, and kept from the codes that it excludes by a nearer measure that
never applies. What the law computes by an expression (value added tax, fees) is no measure: the assessment has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gumruk.law.lawbook import Entry, Law, Status
from gumruk.law.tariff.duties import Duty, DutyError, read_duty
from gumruk.law.tariff.measures.model import (
    ALL_GOODS,
    ERGA_OMNES,
    AreaKind,
    GeographicalArea,
    GeographicalMembership,
    GoodsNomenclature,
    Measure,
    MeasureCondition,
    MeasureKind,
    MeasureType,
    Record,
    indent_of,
)
from gumruk.law.tariff.measures.tariff import Tariff

_TABLES = {"tariff": MeasureKind.THIRD_COUNTRY, "excise": MeasureKind.EXCISE}
_PREFERENCE = "preference"
_PROOF = "P"


def tariff_of(law: Law, codes: Iterable[str] = ()) -> Tariff:
    """The tariff of a law. `codes` are the lines of the nomenclature, where the caller has them: ten digits, or fewer
    that are padded; with none a code is not looked up.

    A rate that is unknown, or whose text cannot be read, is a measure without a duty: `MEAS-18` tells of it.
    """
    return Tariff.of(_records(law, codes))


def _records(law: Law, codes: Iterable[str]) -> Iterator[Record]:
    for code in sorted({padded(code) for code in codes}):
        yield GoodsNomenclature(code=code, indent=indent_of(code))
    for table, kind in _TABLES.items():
        yield MeasureType(code=table, kind=kind, nearest_wins=True)
        for key, entry in law.table(table).items():
            yield _measure(_sid(table, key), table, ERGA_OMNES, padded(key), entry)
    yield MeasureType(code=_PREFERENCE, kind=MeasureKind.PREFERENCE, nearest_wins=True)
    schemes = law.table("preferences")
    countries = {country for entry in schemes.values() for country in _words(entry, "countries")}
    yield from (GeographicalArea(code=country) for country in sorted(countries))
    for scheme, entry in schemes.items():
        yield from _preference(scheme, entry)


def _preference(scheme: str, entry: Entry) -> Iterator[Record]:
    first, last = entry.valid.first, entry.valid.last
    yield GeographicalArea(code=scheme, kind=AreaKind.GROUP, starts_on=first, ends_on=last)
    for country in _words(entry, "countries"):
        yield GeographicalMembership(group=scheme, member=country, starts_on=first, ends_on=last)
    proofs = [MeasureCondition(_PROOF, place, "27", proof) for place, proof in enumerate(_words(entry, "proof"), 1)]
    refused = MeasureCondition(_PROOF, len(proofs) + 1, "07")
    for prefix in ("", *_words(entry, "excluded")):
        conditions = (refused,) if prefix else (*proofs, refused)
        sid = _sid("preferences", scheme, prefix)
        yield _measure(sid, _PREFERENCE, scheme, padded(prefix), entry, scheme, conditions)


def _measure(
    sid: str,
    kind: str,
    area: str,
    code: str,
    entry: Entry,
    scheme: str = "",
    conditions: tuple[MeasureCondition, ...] = (),
) -> Measure:
    return Measure(
        sid=sid,
        type=kind,
        area=area,
        code=code,
        starts_on=entry.valid.first,
        ends_on=entry.valid.last,
        duty=_duty(entry),
        conditions=conditions,
        claimed_by=frozenset({scheme} if scheme else ()),
        act=_act(entry),
    )


def _sid(*parts: str) -> str:
    return ".".join(part for part in parts if part)


def _act(entry: Entry) -> str:
    """The act, and how far the row may be trusted where it is not verified."""
    standing = "" if entry.status is Status.VERIFIED else f"[{entry.status.value}]"
    return " ".join(part for part in (entry.act, standing) if part)


def _duty(entry: Entry) -> Duty | None:
    text = entry.fields.get("duty")
    if not isinstance(text, str) or not text:
        return None
    try:
        return read_duty(text)
    except DutyError:
        return None


def padded(code: str) -> str:
    """A code of any length as ten digits; the empty one stands for all goods."""
    return code.ljust(len(ALL_GOODS), "0")


def _words(entry: Entry, name: str) -> tuple[str, ...]:
    words = entry.fields.get(name)
    return words if isinstance(words, tuple) else (words,) if isinstance(words, str) and words else ()

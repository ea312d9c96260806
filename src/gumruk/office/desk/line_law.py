# SPDX-License-Identifier: Apache-2.0
"""What the law of a day says of a code, for a line of a list: the rates on import, and what the goods need.

A rate is the one for goods of any origin that claim nothing; what lies below the code and differs is told beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gumruk import texts
from gumruk.law.kernel import HsCode, Severity
from gumruk.law.lawbook import Entry, Law
from gumruk.law.tariff.duties.tree import Free
from gumruk.law.tariff.measures import Applied, MeasureKind, TariffClaim, measures_for, tariff_of
from gumruk.law.tariff.measures.of_law import padded
from gumruk.office.lawbook.labels import label
from gumruk.office.tariff.words import duty_words
from gumruk.texts import formats

IMPORT = ("import", "any")
#: Findings of the tariff that stand against goods: a condition unmet, a prohibition, a restriction.
STANDS_AGAINST = ("MEAS-14", "MEAS-15", "MEAS-16")
_TABLES = ("tariff", "excise")
_LINES_MAX = 12


@dataclass(frozen=True, slots=True)
class RateLine:
    """A rate in words (None: the law does not say it), the entry's status and act."""

    kind: str
    words: str | None
    status: str
    act: str


@dataclass(frozen=True, slots=True)
class ControlLine:
    """Something that goods of the code need or may not do, in words; `must`: without it they are not let in."""

    words: str
    must: bool
    status: str
    act: str


@dataclass(frozen=True, slots=True)
class LineLaw:
    """Rates and controls of a code; `below` are lines under it that bear a rate of their own."""

    rates: tuple[RateLine, ...]
    below: tuple[tuple[str, RateLine], ...]
    controls: tuple[ControlLine, ...]


def line_law(law: Law, code: str, language: str) -> LineLaw:
    """What the law says of a code of 2 to 10 digits on import."""
    found = measures_for(law.made(tariff_of), TariffClaim(padded(code), "", law.day))
    rates = [_rate(law, held, language) for held in found.applied if not (_is_excise(held) and _is_free(held))]
    vat = _vat(law, language)
    controls = [*_documents(law, code, language), *_places(law, code, language)]
    for finding in found.findings:
        if finding.code in STANDS_AGAINST:
            words = texts.say(language, f"finding.{finding.code}.text", **finding.params)
            controls.append(ControlLine(words, finding.severity is Severity.ERROR, "", finding.act or ""))
    return LineLaw((*rates, *((vat,) if vat else ())), tuple(_below(law, code, language)), tuple(controls))


def line_law_plain(held: LineLaw, day: date) -> dict[str, object]:
    """The same as plain values, for the API."""

    def rate(one: RateLine) -> dict[str, str | None]:
        return {"kind": one.kind, "words": one.words, "status": one.status, "act": one.act}

    return {
        "day": day.isoformat(),
        "rates": [rate(one) for one in held.rates],
        "below": [{"code": code, **rate(one)} for code, one in held.below],
        "controls": [
            {"words": one.words, "must": one.must, "status": one.status, "act": one.act} for one in held.controls
        ],
    }


def _is_excise(held: Applied) -> bool:
    return held.type.kind is MeasureKind.EXCISE


def _is_free(held: Applied) -> bool:
    return isinstance(held.duty, Free)


def _rate(law: Law, held: Applied, language: str) -> RateLine:
    words = duty_words(language, held.duty) if held.duty is not None else None
    table, _, key = held.measure.sid.partition(".")
    entry = law.find(table, key)
    return RateLine(
        texts.say(language, f"tariff.kind.{held.type.kind.value}"),
        words,
        _status(entry),
        entry.act or "" if entry else "",
    )


def _vat(law: Law, language: str) -> RateLine | None:
    entry = law.find("values", "vat.rate")
    if entry is None:
        return None
    rate = entry.fields.get("value")
    words = formats.percent(language, rate) if isinstance(rate, Decimal) else None
    return RateLine(label("charges", "vat", language), words, _status(entry), entry.act or "")


def _below(law: Law, code: str, language: str) -> Iterator[tuple[str, RateLine]]:
    """Lines under a code that the tables of rates name."""
    tariff = law.made(tariff_of)
    keys = sorted(
        {key for table in _TABLES for key in law.table(table) if key.startswith(code) and len(key) > len(code)}
    )
    for key in keys[:_LINES_MAX]:
        found = measures_for(tariff, TariffClaim(padded(key), "", law.day))
        for held in found.applied:
            if held.measure.code == padded(key):
                yield HsCode(key).printed(), _rate(law, held, language)


def _documents(law: Law, code: str, language: str) -> Iterator[ControlLine]:
    """Documents that the law asks of goods by their code: permits, certificates, licences."""
    for entry in law.table("required_documents").values():
        codes, wanted, grade = _words(entry, "codes"), _words(entry, "documents"), entry.fields.get("grade")
        if not codes or not wanted or grade in (None, "off") or str(entry.fields.get("flow") or "any") not in IMPORT:
            continue
        if not any(code.startswith(one) or one.startswith(code) for one in codes):
            continue
        whole = any(code.startswith(one) for one in codes)
        named = texts.say(language, "find.line.or").join(label("documents", one, language) for one in wanted)
        words = texts.say(language, f"find.line.document.{'whole' if whole else 'part'}", documents=named)
        yield ControlLine(words, grade == Severity.ERROR.value, _status(entry), entry.act or "")


def _places(law: Law, code: str, language: str) -> Iterator[ControlLine]:
    """Posts through which alone such goods may come in."""
    for entry in law.table("permit_places").values():
        codes, offices = _words(entry, "codes"), _words(entry, "offices")
        if str(entry.fields.get("flow") or "any") in IMPORT and any(code.startswith(one) for one in codes) and offices:
            named = ", ".join(label("offices", one, language) for one in offices)
            words = texts.say(language, "find.line.places", offices=named)
            yield ControlLine(words, entry.fields.get("grade") == Severity.ERROR.value, _status(entry), entry.act or "")


def _status(entry: Entry | None) -> str:
    return "" if entry is None else entry.status.value


def _words(entry: Entry, name: str) -> tuple[str, ...]:
    words = entry.fields.get(name)
    return words if isinstance(words, tuple) else (words,) if isinstance(words, str) and words else ()

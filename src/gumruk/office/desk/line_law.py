# SPDX-License-Identifier: Apache-2.0
"""What the law of a day says of a code, for a line of a list: the rates on import, and what the goods need.

A rate is the one for goods of any origin that claim nothing; what lies below the code and differs is told beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gumruk import texts
from gumruk.law.kernel import HsCode, Severity
from gumruk.law.lawbook import Entry, Law
from gumruk.law.tariff.measures import TariffClaim, measures_for, tariff_of
from gumruk.law.tariff.measures.of_law import padded
from gumruk.office.desk.tree_law import CodeLaw
from gumruk.office.lawbook.labels import label

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


def line_law(held: CodeLaw, code: str, language: str) -> LineLaw:
    """What the law says of a code of 2 to 10 digits on import."""
    found = measures_for(held.law.made(tariff_of), TariffClaim(padded(code), "", held.law.day))
    controls = [*_documents(held.law, code, language), *_places(held.law, code, language)]
    for finding in found.findings:
        if finding.code in STANDS_AGAINST:
            words = texts.say(language, f"finding.{finding.code}.text", **finding.params)
            controls.append(ControlLine(words, finding.severity is Severity.ERROR, "", finding.act or ""))
    return LineLaw(tuple(_rates(held, code)), tuple(_below(held, code)), tuple(controls))


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


def _rates(held: CodeLaw, code: str) -> Iterator[RateLine]:
    for rate in held.rates(code):
        if rate["flow"] == IMPORT[0] and not rate["conditional"]:
            acts = [act["id"] for act in rate["acts"]]
            yield RateLine(rate["label"], rate["words"] or None, rate["status"], acts[0] if acts else "")


def _below(held: CodeLaw, code: str) -> Iterator[tuple[str, RateLine]]:
    """Lines under a code that bear a rate of their own."""
    divided = {rate["label"] for rate in held.rates(code) if rate["divided"]}
    keys = {key for table in _TABLES for key in held.law.table(table) if key.startswith(code) and len(key) > len(code)}
    for key in sorted(keys)[:_LINES_MAX]:
        for rate in _rates(held, key):
            if rate.kind in divided:
                yield HsCode(key).printed(), rate


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

# SPDX-License-Identifier: Apache-2.0
"""Do descriptions fit their codes, and is the same called the same? Warnings for the trader; they refuse nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import connection

from gumruk.law.declarations import Reading
from gumruk.law.declarations.reading import ItemReading
from gumruk.law.declarations.rules.answers import answer_at, answers_of
from gumruk.law.kernel import Finding, HsCode, Severity
from gumruk.law.kernel.folding import folded
from gumruk.office.audit.keys import uuid7
from gumruk.office.declarations.models import Described, File
from gumruk.office.nomenclature.queries import Fit, Verdict, fit_of, fit_remembered

#: So many descriptions of one declaration are judged that this process has not judged yet: where a person types, the
#: rest is judged with the next save; where a message is lodged, nobody waits for more than these.
FRESH_TYPED, FRESH_LODGED = 8, 2
#: Of others it is told only what so many of them did: nobody is recognised.
OTHERS_LEAST = 3
_HS = "HS Convention, article 3; General Rules for the interpretation of the Harmonized System"
_CODES = {
    Verdict.OTHER_HEADING: "NOM-1",
    Verdict.OTHER_SUBHEADING: "NOM-2",
    Verdict.SAYS_NOTHING: "NOM-3",
}


def description_findings(reading: Reading, fresh: int = FRESH_LODGED) -> Iterator[Finding]:
    """NOM-1 to NOM-3: where a description says other goods than the code, or too little to say which."""
    answers, left = answers_of(reading), fresh
    for item in reading.items:
        if item.code is None or len(item.code.digits) < 4 or not item.description.strip():
            continue
        fit = fit_remembered(item.description, item.code.digits)
        if fit is None and left:
            fit, left = fit_of(item.description, item.code.digits), left - 1
        if fit is not None and fit.verdict is not Verdict.FITS:
            path = f"{item.path}.commodity.description"
            code = _CODES[fit.verdict]
            answer = answer_at(answers, path, code)
            yield Finding(code, path, _params(item, fit), _HS, Severity.WARNING, answer=answer)


def _params(item: ItemReading, fit: Fit) -> dict[str, str]:
    printed = [HsCode(code).printed() for code in fit.better]
    return {
        "code": _six(item).printed(),
        "better": ", ".join(printed) or "-",
        "words": ", ".join(fit.against) or "-",
    }


def _six(item: ItemReading) -> HsCode:
    return HsCode((item.code.digits if item.code else "")[:6])


def goods_key(description: str) -> str:
    """By what the same words for goods are known again: folded, in their order; empty for what holds no word."""
    words = folded(description)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest() if words else ""


_OWN = """
SELECT key, code, count(*), max(at) FROM declarations_described
WHERE sender = %s AND key = ANY(%s) GROUP BY key, code
"""
_OTHERS = "SELECT key, code, traders FROM gumruk_codes_of_others(%s, %s::text[], %s)"


def usage_findings(reading: Reading, sender: str) -> Iterator[Finding]:
    """NOM-4 and NOM-5: the sender, or several others, called these very words by another code (six digits)."""
    keyed = [(item, goods_key(item.description)) for item in reading.items if item.code]
    keys = sorted({key for _, key in keyed if key})
    if not keys:
        return
    with connection.cursor() as cursor:
        cursor.execute(_OWN, [sender, keys])
        own = _by_key(cursor.fetchall())
        cursor.execute(_OTHERS, [sender, keys, OTHERS_LEAST])
        others = _by_key(cursor.fetchall())
    answers = answers_of(reading)
    for item, key in keyed:
        code, path = _six(item).digits, f"{item.path}.commodity.classifications[0].id"
        for name, used in (("NOM-4", own.get(key, {})), ("NOM-5", others.get(key, {}))):
            different = {other: count for other, count in used.items() if other != code}
            if different and (name == "NOM-4" or code not in used):
                told = ", ".join(f"{HsCode(other).printed()} ({count})" for other, count in sorted(different.items()))
                params = {"code": HsCode(code).printed(), "others": told}
                yield Finding(name, path, params, _HS, Severity.WARNING, answer=answer_at(answers, path, name))


def _by_key(found: Sequence[tuple[object, ...]]) -> dict[str, dict[str, int]]:
    held: dict[str, dict[str, int]] = {}
    for key, code, count, *_ in found:
        held.setdefault(str(key), {})[str(code)] = int(str(count))
    return held


def goods_remember(file: File, reading: Reading, at: datetime) -> int:
    """Keep the words and codes of a file's goods, each once, with how well they fit; gives how many were new."""
    rows = []
    for place, item in enumerate(reading.items, start=1):
        key = goods_key(item.description)
        if item.code is None or not key:
            continue
        fit = fit_of(item.description, item.code.digits)
        rows.append(
            Described(
                id=uuid7(at), file=file.id, sequence=place, sender=file.sender, key=key, code=_six(item).digits,
                score=fit.score if fit else None, verdict=fit.verdict.value if fit else "", at=at,
            )
        )  # fmt: skip
    return len(Described.objects.bulk_create(rows, ignore_conflicts=True))

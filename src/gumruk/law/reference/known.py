# SPDX-License-Identifier: Apache-2.0
"""Whether a commodity code or a country that somebody names exists, where no declaration is checked.

The findings are those that a declaration gets: DEC-20 and DEC-105 of the Harmonized System's edition, DEC-104 of the
law's own lines, DEC-21 of countries.
"""

from __future__ import annotations

from collections.abc import Iterator

from gumruk.law.kernel import Finding, HsCode, Severity
from gumruk.law.lawbook import Law
from gumruk.law.reference.lists import CodeLists

_HS = "Harmonized System Convention"


def unknown_code(code: HsCode, place: str, law: Law | None, lists: CodeLists) -> Iterator[Finding]:
    """What tells that a code of 2 to 10 digits exists nowhere; nothing where it does.

    Where the law keeps the lines of its nomenclature (table `tariff_lines`), the code is one of them on the law's day,
    or the beginning of one; else its first six digits (or all of fewer) are in the edition of the Harmonized System.
    """
    lines = law.table("tariff_lines") if law is not None else {}
    if any(line.startswith(code.digits) for line in lines):
        return
    if code.subheading not in lists.commodity_codes:
        yield Finding("DEC-20", place, {"code": code.digits}, f"{_HS}, article 3")
        edition = lists.goods.retired.get(code.subheading)
        if edition is not None:
            told = {"code": code.digits, "edition": edition}
            yield Finding("DEC-105", place, told, f"{_HS}, article 16", Severity.INFORMATION)
    elif lines and law is not None:
        told = {"code": code.digits, "day": law.day.isoformat()}
        yield Finding("DEC-104", place, told, f"{_HS}, article 3.3")


def unknown_country(country: str, place: str, lists: CodeLists) -> Iterator[Finding]:
    """What tells that a country is none of ISO 3166; nothing where it is one."""
    if country not in lists.countries:
        yield Finding("DEC-21", place, {"country": country[:20] or "-"}, "WTO Agreement on Rules of Origin, article 1")

# SPDX-License-Identifier: Apache-2.0
"""Whether a code or a country exists: by the law's own lines where it keeps them, else by what the world holds."""

from __future__ import annotations

from datetime import date

import pytest

from gumruk.law.kernel import HsCode
from gumruk.law.lawbook import Entry, Law, LawBook
from gumruk.law.reference import CodeLists, GoodsLists, unknown_code, unknown_country

DAY = date(2026, 12, 15)
LISTS = CodeLists(
    frozenset({"TJ", "CN"}),
    frozenset(),
    frozenset({"01", "0101", "010121", "010129"}),
    GoodsLists(retired={"851712": "HS2017"}),
)


def law(*lines: str) -> Law:
    return LawBook("XX", [Entry("tariff_lines", line, {"unit": "NAR"}) for line in lines]).at(DAY)


@pytest.mark.parametrize(
    ("code", "lines", "found"),
    [
        ("0101", (), []),
        ("0101291000", (), []),
        ("999999", (), ["DEC-20"]),
        ("8517120000", (), ["DEC-20", "DEC-105"]),
        ("0101210000", ("0101210000",), []),
        ("010121", ("0101210000",), []),
        ("0101210001", ("0101210000",), ["DEC-104"]),
        ("9901000000", ("9901000000",), []),
    ],
)
def test_it_knows_a_code_by_the_lines_of_the_law_or_by_the_edition(
    code: str, lines: tuple[str, ...], found: list[str]
) -> None:
    told = list(unknown_code(HsCode(code), "items[0].code", law(*lines), LISTS))
    assert [finding.code for finding in told] == found
    assert all(finding.path == "items[0].code" and finding.act for finding in told)


def test_it_knows_a_code_without_a_law() -> None:
    assert not list(unknown_code(HsCode("0101"), "code", None, LISTS))


def test_it_knows_a_country_by_its_code() -> None:
    assert not list(unknown_country("TJ", "origin", LISTS))
    for country in ("tj", "QQ", ""):
        (finding,) = unknown_country(country, "origin", LISTS)
        assert (finding.code, finding.path) == ("DEC-21", "origin")

# SPDX-License-Identifier: Apache-2.0
"""Goods that pass at some posts only."""

from __future__ import annotations

from dataclasses import replace

from tests.law.declarations.cases import GOOD, findings, law, places

from gumruk.law.kernel import Severity
from gumruk.law.lawbook import Entry


def bound(grade: str = "error", flow: str = "any", codes: tuple[str, ...] = ("85",)) -> Entry:
    fields = {"flow": flow, "codes": codes, "offices": ("TJ-DAP", "TJ-DST"), "grade": grade}
    return Entry("permit_places", "phones", fields, act="ACT")  # type: ignore[arg-type]


def test_it_asks_dec_203_goods_pass_at_a_post_for_them() -> None:
    assert places("DEC-203", GOOD) == []
    assert places("DEC-203", GOOD, law(bound())) == ["items[0]"]
    assert places("DEC-203", replace(GOOD, entry_office_id="TJ-DAP"), law(bound())) == []
    assert places("DEC-203", replace(GOOD, type_code="EXA", exit_office_id="TJ-DST"), law(bound())) == []
    for other in (bound(codes=("01",)), bound(flow="export"), bound("off")):
        assert places("DEC-203", GOOD, law(other)) == []
    (told,) = [one for one in findings(GOOD, law(bound("warning"))) if one.code == "DEC-203"]
    assert (told.severity, told.act, told.params["offices"]) == (Severity.WARNING, "ACT", "TJ-DAP, TJ-DST")

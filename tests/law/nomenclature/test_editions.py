# SPDX-License-Identifier: Apache-2.0
"""Editions: what became of a code, and what it was before."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gumruk.law.nomenclature import Correlated, correlation
from gumruk.packs.nomenclature import nomenclature_content

HELD = correlation(
    ("010121", "851713", "851714", "852491"),
    [
        Correlated("HS2012", "010120", "010121"),
        Correlated("HS2017", "851712", "851713"),
        Correlated("HS2017", "851712", "851714"),
        Correlated("HS2017", "851712", "852491"),
    ],
)


def test_it_follows_a_withdrawn_code_to_all_that_hold_its_goods_today():
    assert HELD.now("851712") == ("851713", "851714", "852491")
    assert HELD.now("010120") == ("010121",)


def test_it_leads_back_as_well_as_forth():
    assert HELD.moved("851714", "HS2022", "HS2012") == ("851712",)
    assert HELD.moved("010121", "HS2022", "HS2012") == ("010120",)


def test_it_keeps_a_code_to_which_nothing_happened():
    held = correlation(("010121", "220421"), [Correlated("HS2012", "010120", "010121")])
    assert held.now("220421") == ("220421",)
    assert held.editions_of("220421") == ("HS2012", "HS2017", "HS2022")


def test_it_knows_nothing_of_a_code_that_no_edition_had():
    assert HELD.now("999999") == ()
    assert HELD.editions_of("999999") == ()


def test_it_refuses_an_edition_that_is_not_held():
    with pytest.raises(ValueError, match="HS2012, HS2017, HS2022"):
        HELD.moved("010121", "HS2022", "HS1996")


@pytest.mark.reference
def test_it_holds_every_code_of_the_older_editions(world_codes: dict[str, set[str]]):
    """One code of HS 2017 stands in no pair of the United Nations' table, so that nobody knows where it went."""
    held = nomenclature_content().correlation
    assert {edition: codes ^ held.codes[edition] for edition, codes in world_codes.items()} == {
        "HS2012": set(),
        "HS2017": {"300219"},
    }


@pytest.fixture
def world_codes(reference_data: Path) -> dict[str, set[str]]:
    """The subheadings of the older editions as the United Nations list them."""
    found = {}
    for edition, name in (("HS2012", "hs2012_comtrade_H4.csv"), ("HS2017", "hs2017_comtrade_H5.csv")):
        with (reference_data / "nomenclature" / name).open(encoding="utf-8-sig", newline="") as file:
            codes = {row["code"] for row in csv.DictReader(file)}
        found[edition] = {code for code in codes if len(code) == 6 and code.isdigit() and code[:2] != "99"}
    return found

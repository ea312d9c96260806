# SPDX-License-Identifier: Apache-2.0
"""A country's law as a tariff: the same rates, preferences with their proofs and exclusions."""

from __future__ import annotations

from datetime import date

import pytest

from gumruk import packs
from gumruk.law.kernel import DateRange
from gumruk.law.lawbook import Entry, LawBook, Status
from gumruk.law.tariff.duties import printed_duty
from gumruk.law.tariff.measures import TariffClaim, measures_for, tariff_of
from gumruk.law.tariff.rules import check_tariff

DAY = date(2026, 12, 1)
BOOK = LawBook(
    "XX",
    [
        Entry("tariff", "", {"duty": "15%"}, act="Tariff Act"),
        Entry("tariff", "0702", {"duty": "10%"}, DateRange(date(2026, 1, 1)), "Tariff Act"),
        Entry("tariff", "0703", {}, act="Tariff Act", status=Status.UNKNOWN),
        Entry("excise", "22", {"duty": "2 EUR/LTR"}, act="Excise Act"),
        Entry(
            "preferences",
            "CIS",
            {"duty": "0%", "countries": ("UZ", "KG"), "proof": ("ST1", "851"), "excluded": ("07",)},
            act="Agreement",
        ),
    ],
)


def told(code: str, **claimed: object) -> tuple[list[str], list[str]]:
    claim = TariffClaim(code, "UZ", DAY, **claimed)  # type: ignore[arg-type]
    found = measures_for(BOOK.at(DAY).made(tariff_of), claim)
    rows = [f"{held.type.code} {printed_duty(held.duty) if held.duty else '?'}" for held in found.applied]
    return rows, [finding.code for finding in found.findings]


@pytest.mark.parametrize(
    ("code", "rows", "findings"),
    [
        ("0101210000", ["tariff 15%"], []),
        ("0702000000", ["tariff 10%"], []),
        ("0703100000", ["tariff ?"], ["MEAS-18"]),
        ("2204210000", ["excise 2 EUR/LTR", "tariff 15%"], []),
    ],
)
def test_it_finds_the_rate_of_the_longest_code(code: str, rows: list[str], findings: list[str]):
    assert told(code) == (rows, findings)


@pytest.mark.parametrize(
    ("code", "claimed", "rows"),
    [
        ("0101210000", {"preferences": ("CIS",), "documents": frozenset({"851"})}, ["preference 0%"]),
        ("0101210000", {"preferences": ("CIS",)}, ["tariff 15%"]),
        ("0101210000", {"documents": frozenset({"851"})}, ["tariff 15%"]),
        ("0702000000", {"preferences": ("CIS",), "documents": frozenset({"851"})}, ["tariff 10%"]),
    ],
)
def test_it_asks_for_the_proof_of_a_preference_and_keeps_it_from_excluded_goods(
    code: str, claimed: dict[str, object], rows: list[str]
):
    assert told(code, **claimed)[0] == rows


def test_it_makes_a_sound_tariff_of_the_packs_law():
    pack = packs.load(packs.pack_folder("tj"))
    law = pack.book.at(DAY, training=True)
    held = tariff_of(law)
    assert list(check_tariff(held)) == []
    found = measures_for(held, TariffClaim("0101210000", "CN", DAY))
    assert [printed_duty(a.duty) for a in found.applied if a.duty is not None and a.type.code == "tariff"] == ["Free"]

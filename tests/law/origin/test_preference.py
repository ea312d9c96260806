# SPDX-License-Identifier: Apache-2.0
"""A preference is due only with its conditions: agreement, proof and its validity, direct transport."""

from __future__ import annotations

from datetime import date

import pytest

from gumruk.law.kernel import HsCode
from gumruk.law.lawbook import Entry, Law, LawBook, Scalar
from gumruk.law.origin import Consignment, Proof, preference_for

DAY = date(2027, 1, 4)
CODE = HsCode("0806101000")


def law(**conditions: Scalar) -> Law:
    """A law with one scheme, and its conditions where there are some."""
    scheme = {"countries": ("KZ", "UZ"), "proof": ("ST1",), "excluded": ("24",), "duty": "0%", "charge": "import_duty"}
    entries = [Entry("preferences", "CISFTA", scheme)]
    if conditions:
        entries.append(Entry("preference_conditions", "CISFTA", conditions))
    return LawBook("zz", entries).at(DAY)


@pytest.mark.parametrize(
    ("sent_from", "issued", "ends", "documents", "code"),
    [
        ("KZ", date(2026, 6, 1), None, ("ST1",), None),
        ("KZ", date(2026, 1, 4), None, ("ST1",), None),
        ("KZ", date(2026, 1, 3), None, ("ST1",), "ORI-5"),
        ("KZ", date(2026, 6, 1), date(2027, 1, 3), ("ST1",), "ORI-5"),
        ("KZ", date(2026, 6, 1), date(2027, 1, 4), ("ST1",), None),
        ("UZ", date(2026, 6, 1), None, ("ST1",), None),
        ("CN", date(2026, 6, 1), None, ("ST1",), "ORI-6"),
        ("CN", date(2026, 6, 1), None, ("ST1", "952"), None),
        ("KZ", None, None, ("ST1",), "ORI-7"),
        (None, date(2026, 6, 1), None, ("ST1",), "ORI-7"),
        ("KZ", date(2026, 6, 1), None, (), "ORI-3"),
    ],
)
def test_it_gives_a_preference_with_its_conditions_only(
    sent_from: str | None, issued: date | None, ends: date | None, documents: tuple[str, ...], code: str | None
) -> None:
    conditions = law(proof_valid_days=365, direct_transport="parties", transit_proof=("952",))
    consignment = Consignment(sent_from, (Proof("ST1", issued, ends), Proof("380", date(2020, 1, 1))))
    found = preference_for("CISFTA", CODE, "KZ", documents, conditions, consignment)
    assert (found.finding.code if found.finding else None) == code
    assert (found.entry is not None) is (code in (None, "ORI-7"))


def test_one_valid_proof_is_enough() -> None:
    proofs = (Proof("ST1", date(2020, 1, 1)), Proof("ST1", date(2026, 12, 1)))
    conditions = law(proof_valid_days=365, direct_transport="any")
    assert preference_for("CISFTA", CODE, "KZ", ("ST1",), conditions, Consignment("CN", proofs)).finding is None


def test_a_scheme_may_ask_for_transport_from_the_origin_itself() -> None:
    conditions = law(proof_valid_days=365, direct_transport="origin")
    proofs = (Proof("ST1", date(2026, 12, 1)),)
    told = preference_for("CISFTA", CODE, "KZ", ("ST1",), conditions, Consignment("UZ", proofs)).finding
    assert told is not None
    assert (told.code, told.params["sent_from"]) == ("ORI-6", "UZ")


@pytest.mark.parametrize("conditions", [{}, {"proof_valid_days": 365, "direct_transport": "parties"}])
def test_where_nothing_is_stated_of_the_consignment_nothing_is_asked(conditions: dict[str, Scalar]) -> None:
    found = preference_for("CISFTA", CODE, "KZ", ("ST1",), law(**conditions))
    assert (found.finding, found.entry is not None) == (None, True)

# SPDX-License-Identifier: Apache-2.0
"""Incoterms 2020: what the price of each delivery term holds, and what must be asked beside it.

International Chamber of Commerce, Incoterms 2020, articles A9 and B9 of each rule (allocation of costs).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A delivery term. `price_holds`: costs that the seller bears and the price therefore holds.

    `asks`: costs that Article 8.2 counts and this price does not hold: their amounts must be stated, be they nothing.
    `sea_only`: for sea and inland waterway transport.
    """

    code: str
    price_holds: frozenset[str]
    asks: tuple[str, ...]
    sea_only: bool = False


_CARRIAGE, _INSURANCE, _INLAND, _DUTIES = (
    "transport",
    "insurance",
    "transport_after_importation",
    "duties_of_importation",
)


def _terms() -> dict[str, Term]:
    buyer, carried = (_CARRIAGE, _INSURANCE), frozenset({_CARRIAGE, _INLAND})
    insured = carried | {_INSURANCE}
    rows = (
        Term("EXW", frozenset(), buyer),
        Term("FCA", frozenset(), buyer),
        Term("FAS", frozenset(), buyer, sea_only=True),
        Term("FOB", frozenset(), buyer, sea_only=True),
        Term("CFR", frozenset({_CARRIAGE}), (_INSURANCE,), sea_only=True),
        Term("CIF", frozenset({_CARRIAGE, _INSURANCE}), (), sea_only=True),
        Term("CPT", carried, (_INSURANCE,)),
        Term("CIP", insured, ()),
        Term("DAP", insured, ()),
        Term("DPU", insured, ()),
        Term("DDP", insured | {_DUTIES}, ()),
    )
    return {term.code: term for term in rows}


TERMS: Mapping[str, Term] = _terms()

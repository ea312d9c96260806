# SPDX-License-Identifier: Apache-2.0
"""The record of a decision on value, as an officer states it: which method was used, why those before it were not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from gumruk.law.kernel import Finding
from gumruk.law.valuation.elements import AGREEMENT

#: Method 1 is refused since reasonable doubt remained after the declarant was asked (Decision 6.1).
DOUBT_REMAINS = "doubt_remains"
_COMPARABLE = ("no_comparable", "other_country", "other_time", "level_unproven", "quantity_unproven")
REASONS: Mapping[int, tuple[str, ...]] = {
    1: (
        *(DOUBT_REMAINS, "no_sale", "restrictions", "conditions", "proceeds", "related", "far_from_test_value"),
        *("unanswered", "nothing_left"),
    ),
    2: _COMPARABLE,
    3: _COMPARABLE,
    4: ("no_resale", "resold_late", "processed", "nothing_left"),
    5: ("no_production",),
}
"""Why each method may be refused; the last one, method 6, has nothing after it and is never passed over."""


@dataclass(frozen=True, slots=True)
class ValueRecord:
    """Which `method` gives the value, for each refused method its reason, and what others came to for comparison.

    `computed_first`: the importer asked that methods 4 and 5 be reversed (article 4). `figures` are in the country's
    currency.
    """

    method: int
    refused: Mapping[int, str] = field(default_factory=dict)
    figures: Mapping[int, Decimal] = field(default_factory=dict)
    computed_first: bool = False

    @property
    def order(self) -> tuple[int, ...]:
        """The methods in the order that they are tried."""
        return (1, 2, 3, 5, 4, 6) if self.computed_first else (1, 2, 3, 4, 5, 6)

    @property
    def plain(self) -> dict[str, object]:
        """The record as JSON keeps it."""
        return {
            "method": self.method,
            "computed_first": self.computed_first,
            "refused": {str(method): self.refused[method] for method in self.order if method in self.refused},
            "figures": {str(method): f"{self.figures[method]:f}" for method in self.order if method in self.figures},
        }


def record_findings(record: ValueRecord) -> tuple[Finding, ...]:
    """What a record lacks or contradicts; empty where it stands.

    VAL-10 a method that comes before the one used and is not refused, VAL-11 one refused that is not before it, or for
    a reason that is none of it, VAL-12 a comparison figure of a method that was used or refused, or not above zero.
    Raises ValueError for a method that does not exist.
    """
    before = record.order[: record.order.index(record.method)]
    act = f"{AGREEMENT}, General Introductory Commentary and article 4"
    found = [
        Finding("VAL-10", f"refused_{method}", {"method": str(method), "used": str(record.method)}, act)
        for method in before
        if method not in record.refused
    ]
    found += [
        Finding("VAL-11", f"refused_{method}", {"method": str(method), "used": str(record.method)}, act)
        for method, reason in record.refused.items()
        if method not in before or reason not in REASONS[method]
    ]
    found += [
        Finding("VAL-12", f"figure_{method}", {"method": str(method)}, act)
        for method, figure in record.figures.items()
        if method == record.method or method in record.refused or figure <= 0
    ]
    return tuple(found)

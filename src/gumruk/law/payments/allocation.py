# SPDX-License-Identifier: Apache-2.0
"""Which charge the money at hand goes to, and what is missing of which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gumruk.law.kernel import Finding, Money, Severity
from gumruk.law.payments.moves import Charge


@dataclass(frozen=True, slots=True)
class Share:
    """What one charge gets of the money at hand, and what it still lacks; both together are what is due."""

    charge: Charge
    given: Money
    missing: Money


@dataclass(frozen=True, slots=True)
class Allocation:
    """The shares in the law's order, and what is left over, which stays the payer's advance."""

    shares: tuple[Share, ...]
    left: Money

    @property
    def missing(self) -> Money:
        """What all charges lack together."""
        return sum((share.missing for share in self.shares), Money.zero(self.left.currency))

    @property
    def is_covered(self) -> bool:
        """True when every charge has all that it is due."""
        return not self.missing


def allocate(charges: Sequence[Charge], available: Money, order: Sequence[str] = ()) -> Allocation:
    """Give the available money to the charges in the order that the law names.

    `order` holds charge codes; a charge it does not name comes after those it names, as given. Available money below
    zero counts as none. Raises ValueError where a charge is in another currency than the money.
    """
    left = max(available, Money.zero(available.currency))
    shares = []
    for charge in sorted(charges, key=lambda held: _rank(held.code, order)):
        given = min(left, charge.due)
        shares.append(Share(charge, given, charge.due - given))
        left = left - given
    return Allocation(tuple(shares), left)


def _rank(code: str, order: Sequence[str]) -> int:
    return order.index(code) if code in order else len(order)


def shortfall(allocation: Allocation, available: Money) -> tuple[Finding, ...]:
    """What is missing, in all (PAY-1) and of each charge by name (PAY-2); empty when all is covered."""
    if allocation.is_covered:
        return ()
    currency = allocation.left.currency
    due = sum((share.charge.due for share in allocation.shares), Money.zero(currency))
    params = {
        "due": f"{due.amount:f}",
        "available": f"{available.amount:f}",
        "missing": f"{allocation.missing.amount:f}",
        "currency": currency,
    }
    named = [
        Finding(
            "PAY-2",
            f"charges[{share.charge.code}]",
            {"charge": share.charge.code, "missing": f"{share.missing.amount:f}", "currency": currency},
        )
        for share in allocation.shares
        if share.missing
    ]
    return (Finding("PAY-1", "charges", params), *named)


def leftover(allocation: Allocation) -> tuple[Finding, ...]:
    """Overpaid (PAY-3): what is left stays in advance and can be used or asked back. Information only."""
    if not allocation.left:
        return ()
    params = {"left": f"{allocation.left.amount:f}", "currency": allocation.left.currency}
    return (Finding("PAY-3", "available", params, severity=Severity.INFORMATION),)

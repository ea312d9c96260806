# SPDX-License-Identifier: Apache-2.0
"""How a file stands with its charges. Payment is no state: it is read from the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gumruk.law.kernel import Money
from gumruk.law.payments.moves import Charge


@dataclass(frozen=True, slots=True)
class ChargeSettlement:
    """One charge of a file: what is due, what is set aside for it, secured or paid, and what is missing."""

    charge: Charge
    reserved: Money
    paid: Money
    secured: Money

    @property
    def due(self) -> Money:
        """What is to be paid or secured."""
        return self.charge.due

    @property
    def missing(self) -> Money:
        """What nothing covers yet; never below zero."""
        return max(self.due - self.reserved - self.paid - self.secured, Money.zero(self.due.currency))

    @property
    def overpaid(self) -> Money:
        """What was paid above the due: to be given back; never below zero."""
        return max(self.paid - self.due, Money.zero(self.due.currency))


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a file stands, charge by charge: covered (the goods may go), and paid (the money has left the payer)."""

    charges: tuple[ChargeSettlement, ...]

    @property
    def is_settled(self) -> bool:
        """True when every charge is reserved, secured or paid in full. No charges: nothing is missing."""
        return not any(line.missing for line in self.charges)

    @property
    def is_paid(self) -> bool:
        """True when every charge has left the payer."""
        return all(line.paid + line.secured >= line.due for line in self.charges)

    @property
    def missing(self) -> dict[str, Money]:
        """What is missing, by charge code; charges that lack nothing are left out."""
        return {line.charge.code: line.missing for line in self.charges if line.missing}

    @property
    def word(self) -> str:
        """One word for a list: nil, open, short, reserved or settled."""
        if not any(line.due for line in self.charges):
            return "nil"
        if self.is_paid:
            return "settled"
        if self.is_settled:
            return "reserved"
        return "short" if any(line.reserved or line.paid for line in self.charges) else "open"


def settlement(
    charges: Sequence[Charge],
    reserved: Mapping[str, Money],
    paid: Mapping[str, Money],
    secured: Mapping[str, Money],
) -> Settlement:
    """The settlement of charges from what the ledger holds for each charge code."""
    lines = []
    for charge in charges:
        none = Money.zero(charge.due.currency)
        lines.append(
            ChargeSettlement(
                charge,
                reserved.get(charge.code, none),
                paid.get(charge.code, none),
                secured.get(charge.code, none),
            )
        )
    return Settlement(tuple(lines))

# SPDX-License-Identifier: Apache-2.0
"""The money at hand goes to the charges in the law's order, and what is missing is named."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.kernel import Money, Severity
from gumruk.law.payments import Charge, allocate, leftover, settlement, shortfall


def somoni(text: str) -> Money:
    return Money(Decimal(text), "TJS")


FEE = Charge("fee", "1500", somoni("50"))
DUTY = Charge("duty", "1501", somoni("100"))
VAT = Charge("vat", "1502", somoni("200"))
ORDER = ("fee", "duty", "vat")


def test_it_gives_in_the_order_the_law_names_whatever_the_order_of_the_charges() -> None:
    allocation = allocate((VAT, DUTY, FEE), somoni("120"), ORDER)
    assert [(share.charge.code, share.given.amount) for share in allocation.shares] == [
        ("fee", 50),
        ("duty", 70),
        ("vat", 0),
    ]


def test_it_puts_charges_without_a_place_in_the_order_last_as_they_came() -> None:
    allocation = allocate((VAT, DUTY, FEE), somoni("350"), ("fee",))
    assert [share.charge.code for share in allocation.shares] == ["fee", "vat", "duty"]


def test_it_names_what_is_missing_in_all_and_of_each_charge() -> None:
    allocation = allocate((VAT, DUTY, FEE), somoni("120"), ORDER)
    findings = shortfall(allocation, somoni("120"))
    assert [(found.code, found.path, found.params["missing"]) for found in findings] == [
        ("PAY-1", "charges", "230"),
        ("PAY-2", "charges[duty]", "30"),
        ("PAY-2", "charges[vat]", "200"),
    ]
    assert findings[0].params == {"due": "350", "available": "120", "missing": "230", "currency": "TJS"}
    assert not allocation.is_covered


def test_it_leaves_what_is_overpaid_in_advance_and_says_so() -> None:
    allocation = allocate((VAT, DUTY, FEE), somoni("400"), ORDER)
    assert allocation.is_covered
    assert shortfall(allocation, somoni("400")) == ()
    (found,) = leftover(allocation)
    assert (found.code, found.params["left"], found.severity) == ("PAY-3", "50", Severity.INFORMATION)


def test_it_has_nothing_to_say_about_the_exact_amount() -> None:
    allocation = allocate((VAT, DUTY, FEE), somoni("350"), ORDER)
    assert (shortfall(allocation, somoni("350")), leftover(allocation)) == ((), ())


def test_it_refuses_to_pay_a_charge_with_another_currency() -> None:
    with pytest.raises(ValueError, match="do not mix"):
        allocate((DUTY,), Money(Decimal(100), "USD"))


@given(
    st.lists(st.decimals("0", "99999.99", places=2), max_size=8),
    st.decimals("-100", "400000", places=2),
    st.permutations([f"c{place}" for place in range(8)]),
)
def test_it_loses_nothing_and_invents_nothing(due: list[Decimal], available: Decimal, order: list[str]) -> None:
    charges = [Charge(f"c{place}", "1", Money(amount, "TJS")) for place, amount in enumerate(due)]
    allocation = allocate(charges, Money(available, "TJS"), order)
    given_out = sum((share.given for share in allocation.shares), Money.zero("TJS"))
    assert given_out + allocation.left == max(Money(available, "TJS"), Money.zero("TJS"))
    assert all(share.given + share.missing == share.charge.due for share in allocation.shares)
    assert not (allocation.left and allocation.missing)
    # Once a charge lacks something, nothing is left for those after it.
    lacking = [bool(share.missing) for share in allocation.shares if share.charge.due]
    assert lacking == sorted(lacking)


def test_it_says_how_a_file_stands_from_what_the_ledger_holds() -> None:
    charges = (FEE, DUTY, VAT)
    nothing: dict[str, Money] = {}
    open_file = settlement(charges, nothing, nothing, nothing)
    assert (open_file.word, open_file.is_settled) == ("open", False)
    assert open_file.missing == {"fee": somoni("50"), "duty": somoni("100"), "vat": somoni("200")}

    held = {charge.code: charge.due for charge in charges}
    assert settlement(charges, held, nothing, nothing).word == "reserved"
    assert settlement(charges, nothing, held, nothing).word == "settled"
    part = settlement(charges, {"fee": somoni("50")}, {"duty": somoni("60")}, {"vat": somoni("200")})
    assert (part.word, part.missing) == ("short", {"duty": somoni("40")})


def test_it_is_settled_where_nothing_is_due() -> None:
    assert settlement((), {}, {}, {}).is_settled
    assert settlement((Charge("vat", "1", somoni("0")),), {}, {}, {}).word == "nil"


def test_it_shows_what_was_paid_above_the_due_without_calling_it_missing() -> None:
    file = settlement((DUTY,), {}, {"duty": somoni("130")}, {})
    assert (file.charges[0].overpaid, file.charges[0].missing) == (somoni("30"), somoni("0"))

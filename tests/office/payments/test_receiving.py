# SPDX-License-Identifier: Apache-2.0
"""A payment arrives: exact, over, double, foreign, from nobody; its receipt has a number, and no number is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from tests.office.payments.cast import ALPHA, KULMA, NOON, SITORA, TODAY, ZED, dollars, law, somoni

from gumruk.law.kernel import DateRange
from gumruk.law.lawbook import Entry, LawBook, Status
from gumruk.law.payments import AccountKind
from gumruk.office.payments import queries
from gumruk.office.payments.models import Receipt, ReceiptVoid
from gumruk.office.payments.services import (
    PaymentRefused,
    Received,
    payment_convert,
    receipt_assign,
    receipt_void,
    refund_request,
)

Pay = Callable[..., Received]


def codes(refused: pytest.ExceptionInfo[PaymentRefused]) -> list[str]:
    return [found.code for found in refused.value.findings]


def outbox() -> list[tuple[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT topic, payload->>'payer' FROM audit_outbox ORDER BY id")
        return cursor.fetchall()


def test_it_books_a_payment_as_an_advance_and_tells_who_waits_for_it(pay: Pay) -> None:
    received = pay("500")
    assert (received.booked, received.findings) == (True, ())
    assert queries.balance_of(ALPHA, "TJS") == somoni("500.00")
    assert received.receipt.number == "TJ-KUL/2026/000001"
    assert outbox() == [("payments.received", ALPHA)]


def test_it_tells_the_audit_without_naming_the_payer(pay: Pay) -> None:
    receipt = pay("500").receipt
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, body::text FROM audit_event WHERE subject_id = %s ORDER BY sequence", [str(receipt.id)]
        )
        (kind, body), (issued, _) = cursor.fetchall()
    assert (kind, issued) == ("receipt.issued", "document.issued")
    assert receipt.number in body
    assert ALPHA not in body


def test_it_answers_the_same_payment_again_with_the_same_receipt(pay: Pay) -> None:
    first, again = pay("500"), pay("500.00", minutes=3)
    assert (again.receipt.id, again.booked) == (first.receipt.id, False)
    assert [found.code for found in again.findings] == ["PAY-10"]
    assert queries.balance_of(ALPHA, "TJS") == somoni("500.00")


def test_it_refuses_another_payment_under_a_booked_reference(pay: Pay) -> None:
    pay("500")
    for changes in ({"amount": somoni("501")}, {"payer_id": ZED}, {"value_date": date(2026, 11, 24)}):
        with pytest.raises(PaymentRefused) as refused:
            pay(changes.pop("amount", "500"), **changes)
        assert codes(refused) == ["PAY-11"]


def test_it_takes_the_same_reference_from_two_banks(pay: Pay) -> None:
    pay("500", source="bank-a")
    assert pay("500", source="bank-b").booked


def test_it_keeps_foreign_money_in_suspense_and_wakes_nobody(pay: Pay) -> None:
    received = pay(dollars("100"))
    assert [found.code for found in received.findings] == ["PAY-9"]
    assert queries.balance_of(ALPHA, "TJS") == somoni("0")
    assert queries.balance_of(ALPHA, "USD", AccountKind.SUSPENSE) == dollars("100.00")
    assert outbox() == []


def test_it_converts_foreign_money_at_the_rate_of_a_day_and_explains_it(pay: Pay) -> None:
    pay(dollars("100"))
    converted = payment_convert(payer_id=ALPHA, amount=dollars("33.33"), office_id=KULMA, law=law(), by=SITORA, at=NOON)
    assert converted.amount == somoni("355.11")
    assert converted.step.params["rate"] == "10.6543"
    assert queries.balance_of(ALPHA, "TJS") == somoni("355.11")
    assert queries.balance_of(ALPHA, "USD", AccountKind.SUSPENSE) == dollars("66.67")
    assert outbox() == [("payments.received", ALPHA)]


def test_it_converts_neither_without_a_rate_nor_on_an_unconfirmed_one_nor_more_than_there_is(pay: Pay) -> None:
    pay(dollars("100"))
    tomorrow = law(day=TODAY + timedelta(days=1))
    for code, given, amount in (
        ("PAY-13", tomorrow, "1"),
        ("PAY-17", law(training=False), "1"),
        ("PAY-12", law(), "100.01"),
    ):
        with pytest.raises(PaymentRefused) as refused:
            payment_convert(payer_id=ALPHA, amount=dollars(amount), office_id=KULMA, law=given, by=SITORA, at=NOON)
        assert codes(refused) == [code]


def test_it_keeps_a_payment_from_nobody_until_its_payer_is_found(pay: Pay) -> None:
    received = pay("500", payer_id=None)
    assert [found.code for found in received.findings] == ["PAY-8"]
    assert [one.number for one in queries.unidentified([KULMA])] == [received.receipt.number]
    receipt_assign(receipt_id=received.receipt.id, payer_id=ZED, law=law(), by=SITORA, at=NOON)
    assert queries.balance_of(ZED, "TJS") == somoni("500.00")
    assert queries.unidentified([KULMA]) == []
    with pytest.raises(PaymentRefused) as refused:
        receipt_assign(receipt_id=received.receipt.id, payer_id=ALPHA, law=law(), by=SITORA, at=NOON)
    assert codes(refused) == ["PAY-19"]


def test_it_does_not_take_the_money_of_one_unidentified_receipt_for_another(pay: Pay) -> None:
    first, second = (pay("500", reference, payer_id=None).receipt for reference in ("A", "B"))
    receipt_assign(receipt_id=first.id, payer_id=ZED, law=law(), by=SITORA, at=NOON)
    with pytest.raises(PaymentRefused) as assigned_again:
        receipt_assign(receipt_id=first.id, payer_id=ALPHA, law=law(), by=SITORA, at=NOON)
    with pytest.raises(PaymentRefused) as voided:
        receipt_void(receipt_id=first.id, reason="wrong", by=SITORA, at=NOON)
    assert codes(assigned_again) == codes(voided) == ["PAY-19"]
    third = pay("500", "C", payer_id=None).receipt
    receipt_void(receipt_id=third.id, reason="wrong", by=SITORA, at=NOON)
    with pytest.raises(PaymentRefused) as assigned_void:
        receipt_assign(receipt_id=third.id, payer_id=ALPHA, law=law(), by=SITORA, at=NOON)
    assert codes(assigned_void) == ["PAY-14"]
    assert (queries.balance_of(ZED, "TJS"), queries.balance_of(ALPHA, "TJS")) == (somoni("500.00"), somoni("0"))
    assert [one.number for one in queries.unidentified([KULMA])] == [second.number]


@pytest.mark.parametrize(("amount", "code"), [("0", "PAY-4"), ("-5", "PAY-4"), ("0.001", "PAY-5")])
def test_it_converts_no_amount_that_cannot_be_paid(pay: Pay, amount: str, code: str) -> None:
    pay(dollars("100"))
    with pytest.raises(PaymentRefused) as refused:
        payment_convert(payer_id=ALPHA, amount=dollars(amount), office_id=KULMA, law=law(), by=SITORA, at=NOON)
    assert codes(refused) == [code]


def test_it_refuses_a_payment_with_all_that_is_wrong_and_books_nothing(pay: Pay) -> None:
    with pytest.raises(PaymentRefused) as refused:
        pay("-0.001", reference=" ", payer_id="999", value_date=TODAY + timedelta(days=1))
    assert codes(refused) == ["PAY-4", "PAY-5", "PAY-6", "PAY-7", "PAY-16"]
    assert not Receipt.objects.exists()


def test_it_loses_no_number_when_a_receipt_fails(pay: Pay) -> None:
    pay("1", "A")
    with pytest.raises(RuntimeError), transaction.atomic():
        pay("2", "B")
        raise RuntimeError
    numbers = [pay("3", "C").receipt.number, pay("4", "D").receipt.number]
    assert numbers == ["TJ-KUL/2026/000002", "TJ-KUL/2026/000003"]


def test_it_begins_a_series_with_the_year_by_the_clock_on_the_countrys_wall(pay: Pay) -> None:
    pay("1", "A")
    eve = NOON.replace(month=12, day=31, hour=18, minute=59)
    assert pay("2", "B", at=eve).receipt.number == "TJ-KUL/2026/000002"
    assert pay("3", "C", at=eve + timedelta(minutes=1)).receipt.number == "TJ-KUL/2027/000001"


def test_it_voids_a_receipt_and_keeps_its_number(pay: Pay) -> None:
    receipt = pay("500").receipt
    void = receipt_void(receipt_id=receipt.id, reason="wrong payer", by=SITORA, at=NOON)
    assert queries.balance_of(ALPHA, "TJS") == somoni("0")
    assert queries.voids([receipt.id])[receipt.id].reason == void.reason == "wrong payer"
    assert Receipt.objects.filter(number=receipt.number).exists()
    assert pay("1", "next").receipt.serial == 2
    with pytest.raises(PaymentRefused) as refused:
        receipt_void(receipt_id=receipt.id, reason="again", by=SITORA, at=NOON)
    assert codes(refused) == ["PAY-14"]


def test_it_does_not_void_a_receipt_whose_money_is_used(pay: Pay) -> None:
    receipt = pay("500").receipt
    refund_request(payer_id=ALPHA, amount=somoni("0.01"), office_id=KULMA, why="asked", by=SITORA, at=NOON)
    with pytest.raises(PaymentRefused) as refused:
        receipt_void(receipt_id=receipt.id, reason="wrong", by=SITORA, at=NOON)
    assert refused.value.findings[0].params["missing"] == "0.01"
    assert not ReceiptVoid.objects.exists()


def test_it_wants_a_reason_and_a_receipt_to_void(pay: Pay) -> None:
    receipt = pay("500").receipt
    with pytest.raises(ValueError, match="reason"):
        receipt_void(receipt_id=receipt.id, reason=" ", by=SITORA, at=NOON)
    with pytest.raises(Receipt.DoesNotExist):
        receipt_void(receipt_id=uuid4(), reason="x", by=SITORA, at=NOON)


@pytest.mark.parametrize("written", ["bk1", "ВК1", "Bk 1", "\uff22\uff2b1"])
def test_it_books_a_reference_once_however_it_is_written(pay: Pay, written: str) -> None:
    first = pay("500", "BK1").receipt
    again = pay("500", written)
    assert (again.booked, again.receipt.id, [found.code for found in again.findings]) == (False, first.id, ["PAY-10"])
    assert queries.balance_of(ALPHA, "TJS") == somoni("500.00")
    with pytest.raises(PaymentRefused) as refused:
        pay("501", written)
    assert codes(refused) == ["PAY-11"]
    assert pay("500", "BK11").booked


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\x00"])
def test_it_refuses_a_reference_with_signs_that_nobody_sees(pay: Pay, sign: str) -> None:
    with pytest.raises(PaymentRefused) as refused:
        pay("500", f"BK{sign}1")
    assert codes(refused) == ["PAY-20"]
    assert refused.value.findings[0].params == {"signs": f"U+{ord(sign):04X}"}


def test_it_books_nothing_on_a_day_of_another_calendar(pay: Pay) -> None:
    with pytest.raises(PaymentRefused) as refused:
        pay("500", value_date=date(1405, 10, 15))
    assert codes(refused) == ["PAY-21"]
    assert not Receipt.objects.exists()


def rated(*days: date) -> dict[date, Any]:
    """The law of each of these days, with another rate of the dollar on each."""
    rows = [Entry("values", "currency", {"value": "TJS"})]
    for place, day in enumerate(days):
        rate = {"amount": Decimal(10 + place), "per": Decimal(1)}
        rows.append(Entry("exchange_rates", "USD", rate, DateRange(day, day), "NBT", Status.UNVERIFIED))
    book = LawBook("tj", rows)
    return {day: book.at(day, training=True) for day in days}


def test_it_converts_at_the_rate_of_the_receipts_value_date_and_no_other(pay: Pay) -> None:
    before, earlier = TODAY - timedelta(days=9), TODAY - timedelta(days=2)
    laws = rated(before, earlier, TODAY)
    pay(dollars("70"), "B", value_date=TODAY)
    pay(dollars("100"), "A", value_date=earlier)

    def convert(amount: str, day: date) -> Any:
        return payment_convert(
            payer_id=ALPHA, amount=dollars(amount), office_id=KULMA, law=laws[day], by=SITORA, at=NOON
        )

    for amount, day in (("1", before), ("1", TODAY), ("100.01", earlier)):
        with pytest.raises(PaymentRefused) as refused:
            convert(amount, day)
        assert codes(refused) == ["PAY-22"]
        assert refused.value.findings[0].params == {
            "receipt": "TJ-KUL/2026/000002", "value_date": earlier.isoformat(), "left": "100.00", "currency": "USD",
        }  # fmt: skip
    assert convert("60", earlier).amount == somoni("660.00")
    assert [(one.value_date, one.left) for one in queries.foreign_receipts(ALPHA, "USD")] == [
        (earlier, dollars("40")), (TODAY, dollars("70")),
    ]  # fmt: skip
    assert convert("40", earlier).amount == somoni("440.00")
    assert convert("70", TODAY).amount == somoni("840.00")
    assert queries.foreign_receipts(ALPHA, "USD") == []


def test_it_takes_the_value_date_of_a_receipt_whose_payer_was_found_later(pay: Pay) -> None:
    earlier = TODAY - timedelta(days=2)
    laws = rated(earlier, TODAY)
    receipt = pay(dollars("100"), "A", value_date=earlier, payer_id=None).receipt
    void = pay(dollars("5"), "B", value_date=earlier).receipt
    receipt_void(receipt_id=void.id, reason="wrong payer", by=SITORA, at=NOON)
    receipt_assign(receipt_id=receipt.id, payer_id=ALPHA, law=laws[TODAY], by=SITORA, at=NOON)
    assert [(one.number, one.value_date) for one in queries.foreign_receipts(ALPHA, "USD")] == [
        (receipt.number, earlier)
    ]

# SPDX-License-Identifier: Apache-2.0
"""The cast at the pages of payments: what each sees, can do, and is told when it cannot be done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from tests.office.payments.cast import (
    ALPHA,
    DILNOZA,
    DUTY,
    FARRUKH,
    FILE,
    KULMA,
    NOON,
    RUSTAM,
    SITORA,
    TODAY,
    VAT,
    ZED,
    dollars,
    somoni,
)

from gumruk.law.kernel import Money
from gumruk.law.payments import AccountKind
from gumruk.office.accounts.models import User
from gumruk.office.accounts.permissions import GUMRUK, acting, actor_apply
from gumruk.office.accounts.services import user_create
from gumruk.office.lawbook.labels import installed_pack
from gumruk.office.lawbook.queries import running_law_forget
from gumruk.office.lawbook.services import publication_publish
from gumruk.office.payments import queries
from gumruk.office.payments.models import Receipt
from gumruk.office.payments.services import charges_debit, charges_reserve, payment_receive
from gumruk.office.project import clock

PEOPLE = {
    "sitora": ("cashier", (KULMA,), ""),
    "dilnoza": ("officer", (KULMA,), ""),
    "rustam": ("auditor", (), ""),
    "nekruz": ("administrator", (), ""),
    "alpha": ("trader", (), ALPHA),
    "zed": ("trader", (), ZED),
}
FORM = {
    "office": KULMA,
    "payer": ALPHA,
    "amount": "1 250,50",
    "currency": "TJS",
    "holder": "bank",
    "reference": "PO 4471",
    "value_date": "2026-11-25",
    "remark": "",
}


@pytest.fixture(autouse=True)
def training_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is noon in Dushanbe; the clock of other tests is put back afterwards."""
    monkeypatch.setenv(clock.SHIFT_VARIABLE, "0")
    clock.clock_set(NOON)


@pytest.fixture
def browsers(books: None, settings: Any) -> Iterator[dict[str, Client]]:
    """A browser for each of the cast, signed in, with the law of Tajikistan running."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    running_law_forget()
    with acting(GUMRUK):
        publication_publish(book=installed_pack().book, title="tj", proposed_by=FARRUKH, approved_by=RUSTAM, at=NOON)
        found = {}
        for login, (role, offices, tin) in PEOPLE.items():
            user = user_create(
                login=login, name=login.title(), role=role, password="apricots-of-isfara", offices=offices,
                trader_tin=tin, by=GUMRUK, at=NOON,
            )  # fmt: skip
            found[login] = _signed_in(user)
    yield found
    running_law_forget()


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def words(answer: Any) -> str:
    """The text of a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\xa0", " "))


def take(browser: Client, **changes: str) -> Any:
    return browser.post("/payments/receive/", {**FORM, **changes}, follow=True)


def paid(reference: str = "PO 1", amount: Money | None = None, payer: str | None = ALPHA) -> Receipt:
    law = queries.law_at(TODAY, True)
    with acting(SITORA):
        return payment_receive(
            payer_id=payer, amount=amount or somoni("2000"), bank_reference=reference, value_date=TODAY,
            office_id=KULMA, law=law, by=SITORA, at=NOON,
        ).receipt  # fmt: skip


def test_it_takes_a_payment_and_shows_its_receipt(browsers: dict[str, Client]) -> None:
    answer = take(browsers["sitora"])
    page = words(answer)
    assert answer.status_code == 200
    for expected in ("TJ-KUL/2026/000001", "1 250.50 TJS", "Alpha Trade", "The payment is booked."):
        assert expected in page
    actor_apply(SITORA)
    assert queries.balance_of(ALPHA, "TJS") == somoni("1250.50")


def test_it_prints_the_receipt_in_the_language_of_the_page(browsers: dict[str, Client]) -> None:
    receipt = paid()
    for login in ("sitora", "alpha"):
        answer = browsers[login].get(f"/payments/receipts/{receipt.id}/pdf", headers={"accept-language": "tg"})
        assert answer.headers["Content-Type"] == "application/pdf"
        assert "receipt-TJ-KUL-2026-000001.pdf" in answer.headers["Content-Disposition"]
        assert answer.content.startswith(b"%PDF")


def test_it_says_that_a_payment_was_booked_before(browsers: dict[str, Client]) -> None:
    take(browsers["sitora"])
    assert "nothing was booked again" in words(take(browsers["sitora"], amount="1250.50"))
    refused = take(browsers["sitora"], amount="1250.51")
    assert refused.status_code == 422
    assert "already booked with other particulars: 1 250.50 TJS, receipt TJ-KUL/2026/000001" in words(refused)


def test_it_tells_each_fault_at_its_field_and_keeps_what_was_typed(browsers: dict[str, Client]) -> None:
    answer = take(browsers["sitora"], amount="-1,0055", payer="1234", value_date="2026-12-01")
    page = words(answer)
    assert answer.status_code == 422
    for fault in ("is not above zero", "more than 2 digits", "still to come", "no payer with the number 1234"):
        assert fault in page
    assert 'value="-1,0055"' in answer.content.decode()
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("typed", ["", "abc", "1,2,3", "1e5", "NaN", "١٢٣", "12.", "9" * 31])
def test_it_refuses_an_amount_that_is_no_amount(browsers: dict[str, Client], typed: str) -> None:
    assert take(browsers["sitora"], amount=typed).status_code == 422


@pytest.mark.parametrize("typed", ["1250.5", "1 250,50", "1'250.50", "1\u202f250,5"])
def test_it_reads_amounts_as_people_write_them(browsers: dict[str, Client], typed: str) -> None:
    assert "1 250.50 TJS" in words(take(browsers["sitora"], amount=typed))


def test_it_takes_payments_at_ones_own_post_only(browsers: dict[str, Client]) -> None:
    assert take(browsers["sitora"], office="TJ-DYU").status_code == 422


def test_it_warns_of_foreign_money_and_converts_it_on_the_payers_account(browsers: dict[str, Client]) -> None:
    page = words(take(browsers["sitora"], amount="100", currency="USD"))
    assert "kept in its own currency" in page
    address = f"/payments/payers/{ALPHA}/convert/"
    done = browsers["sitora"].post(address, {"amount": "60", "currency": "USD"})
    assert done.status_code == 302  # so that loading the page anew converts nothing a second time
    told = words(browsers["sitora"].get(done.headers["Location"]))
    assert "60.00 USD at the official rate of 25 Nov 2026" in told and "40.00 USD" in told
    again = words(browsers["sitora"].get(done.headers["Location"]))
    assert "at the official rate of 25 Nov 2026" not in again and "40.00 USD" in again
    chosen = browsers["sitora"].post(
        address, {"amount": "10", "currency": "USD", "rate_day": "2026-11-01"}, follow=True
    )
    assert "10.00 USD at the official rate of 25 Nov 2026" in words(chosen)
    above = browsers["sitora"].post(address, {"amount": "30.01", "currency": "USD"})
    assert above.status_code == 422


def test_it_finds_the_payer_of_an_unidentified_receipt(browsers: dict[str, Client]) -> None:
    take(browsers["sitora"], payer="")
    actor_apply(SITORA)
    receipt = Receipt.objects.get()
    assert "Unidentified receipts" in words(browsers["sitora"].get("/payments/"))
    wrong = browsers["sitora"].post(f"/payments/receipts/{receipt.id}/assign/", {"payer": "999"})
    assert wrong.status_code == 422
    answer = browsers["sitora"].post(f"/payments/receipts/{receipt.id}/assign/", {"payer": ZED}, follow=True)
    assert "Zed Ltd" in words(answer)
    assert "Unidentified receipts" not in words(browsers["sitora"].get("/payments/"))


def test_it_voids_a_receipt_with_a_reason_and_tells_whoever_verifies(browsers: dict[str, Client]) -> None:
    receipt = paid()
    address = f"/payments/receipts/{receipt.id}/void/"
    assert "The money is taken off" in words(browsers["sitora"].get(address))
    assert browsers["sitora"].post(address, {"reason": ""}).status_code == 422
    assert "Voided: wrong payer" in words(browsers["sitora"].post(address, {"reason": "wrong payer"}, follow=True))
    assert browsers["sitora"].post(address, {"reason": "again"}).status_code in (200, 422)
    assert browsers["sitora"].get(f"/payments/receipts/{receipt.id}/pdf").status_code == 200


def test_it_voids_a_receipt_only_at_the_post_that_gave_it(browsers: dict[str, Client]) -> None:
    receipt = paid()
    with acting(GUMRUK):
        User.objects.filter(login="sitora").update(offices=["TJ-DYU"])
    page = browsers["sitora"].get(f"/payments/receipts/{receipt.id}/")
    assert page.status_code == 200
    assert f"/payments/receipts/{receipt.id}/void/" not in page.content.decode()
    answer = browsers["sitora"].post(f"/payments/receipts/{receipt.id}/void/", {"reason": "not mine"})
    assert answer.status_code == 403
    actor_apply(SITORA)
    assert queries.voids([receipt.id]) == {}


@pytest.mark.parametrize(
    "address",
    [
        "/payments/day/?day=0001-01-01", "/payments/day/?day=9999-12-31", "/payments/treasury/?last=0001-01-01",
        "/payments/treasury/?last=9999-12-31", f"/payments/payers/{ALPHA}/?currency=x",
        "/declarations/?page=" + "9" * 5000,
    ],
)  # fmt: skip
def test_it_answers_an_address_that_makes_no_sense(browsers: dict[str, Client], address: str) -> None:
    assert browsers["sitora"].get(address).status_code == 200


@pytest.mark.parametrize(
    "address", ["/payments/?q=%00", f"/payments/payers/{ALPHA}/?currency=%00", "/payments/payers/%00/"]
)
def test_it_refuses_a_null_character_in_an_address(browsers: dict[str, Client], address: str) -> None:
    assert browsers["sitora"].get(address).status_code == 400


def test_it_refuses_an_amount_that_no_ledger_holds(browsers: dict[str, Client]) -> None:
    assert take(browsers["sitora"], amount="9" * 25).status_code == 422


def test_it_shows_a_trader_his_own_account_and_nothing_of_others(browsers: dict[str, Client]) -> None:
    receipt = paid()
    with acting(DILNOZA):
        charges_reserve(
            **FILE, payer_id=ALPHA, office_id=KULMA, charges=(DUTY, VAT), currency="TJS", by=DILNOZA, at=NOON,
            reference="TJ-KUL/251126/000041",
        )  # fmt: skip
    page = words(browsers["alpha"].get("/payments/", follow=True))
    for expected in ("Your account", "221.89 TJS", "Reserved for a declaration", "TJ-KUL/251126/000041"):
        assert expected in page
    for address in (
        f"/payments/payers/{ALPHA}/",
        f"/payments/receipts/{receipt.id}/",
        f"/payments/receipts/{receipt.id}/pdf",
    ):
        assert browsers["alpha"].get(address).status_code == 200
        assert browsers["zed"].get(address).status_code == 404


def test_it_tells_a_trader_what_waits_for_money_and_how_to_pay(browsers: dict[str, Client]) -> None:
    paid(amount=somoni("1000"))
    with acting(DILNOZA):
        charges_reserve(
            **FILE, payer_id=ALPHA, office_id=KULMA, charges=(DUTY, VAT), currency="TJS", by=DILNOZA, at=NOON,
            reference="TJ-KUL/251126/000041",
        )  # fmt: skip
    page = words(browsers["alpha"].get(f"/payments/payers/{ALPHA}/"))
    assert "TJ-KUL/251126/000041 : lacks 1 778.11 TJS" in page
    assert "Still to be paid in, beside what is free: 778.11 TJS" in page
    assert f"name the number {ALPHA}" in page


def test_it_hands_over_to_the_treasury_what_is_marked(browsers: dict[str, Client]) -> None:
    paid()
    with acting(DILNOZA):
        charges_reserve(
            **FILE, payer_id=ALPHA, office_id=KULMA, charges=(DUTY, VAT), currency="TJS", by=DILNOZA, at=NOON
        )
        charges_debit(**FILE, by=DILNOZA, at=NOON)
    assert "1 778.11 TJS" in words(browsers["sitora"].get("/payments/treasury/"))
    order = {"office": KULMA, "reference": "ORDER 1", "value_date": "2026-11-25"}
    assert browsers["sitora"].post("/payments/treasury/transfer/", order).status_code == 422
    browsers["sitora"].post("/payments/treasury/transfer/", {**order, "code": [DUTY.budget_code]})
    actor_apply(SITORA)
    held = {line.budget_code: line.money for line in queries.office_balances(KULMA)}
    assert (held[DUTY.budget_code], held[VAT.budget_code]) == (somoni("0.00"), VAT.due)
    stranger = {**order, "office": "TJ-DYU", "code": ["x"]}
    assert browsers["sitora"].post("/payments/treasury/transfer/", stranger).status_code == 404


def test_it_proves_the_day_to_the_cashier_and_to_the_auditor(browsers: dict[str, Client]) -> None:
    paid()
    for login in ("sitora", "rustam"):
        page = words(browsers[login].get(f"/payments/day/?office={KULMA}&day=2026-11-25"))
        assert "The books of this day agree with themselves." in page
        assert "Receipts add up to 2 000.00 TJS, the bank and cash accounts took 2 000.00 TJS" in page
    assert browsers["sitora"].get("/payments/day/?office=TJ-DYU").status_code == 404


def test_it_finds_a_receipt_by_its_number_its_reference_or_its_payer(browsers: dict[str, Client]) -> None:
    receipt = paid("PO 4471")
    paid("PO 9")
    for typed in (receipt.number, "4471"):
        assert receipt.number in words(browsers["sitora"].get("/payments/", {"q": typed}, follow=True))
    assert "Alpha Trade" in words(browsers["sitora"].get("/payments/", {"q": ALPHA}, follow=True))
    assert "No receipt has this number" in words(browsers["sitora"].get("/payments/", {"q": "nothing"}))


@pytest.mark.parametrize("language", ["en", "ru", "tg"])
def test_it_speaks_each_language_on_each_page(browsers: dict[str, Client], language: str) -> None:
    receipt, unknown = paid(), paid("PO 2", dollars("5"), None)
    for address in (
        "/payments/", "/payments/receive/", "/payments/day/", "/payments/treasury/", f"/payments/payers/{ALPHA}/",
        f"/payments/payers/{ALPHA}/?account=reserved", f"/payments/receipts/{receipt.id}/",
        f"/payments/receipts/{unknown.id}/", f"/payments/receipts/{receipt.id}/void/",
    ):  # fmt: skip
        answer = browsers["sitora"].get(address, headers={"accept-language": language})
        assert answer.status_code == 200, address
        assert f'lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/payments/receipts/00000000-0000-7000-8000-000000000000/",
        "/payments/receipts/00000000-0000-7000-8000-000000000000/pdf",
        "/payments/payers/999/",
        f"/payments/payers/{ALPHA}/?account=nothing",
        "/payments/?office=TJ-DYU",
        "/payments/treasury/?office=TJ-DYU",
    ],
)
def test_it_has_nothing_at_addresses_of_nothing(browsers: dict[str, Client], address: str) -> None:
    assert browsers["sitora"].get(address).status_code == 404


def test_it_lets_only_the_cashier_take_and_void(browsers: dict[str, Client]) -> None:
    receipt = paid()
    doors = ("/payments/receive/", f"/payments/receipts/{receipt.id}/void/", f"/payments/payers/{ALPHA}/convert/")
    for login, code in (("dilnoza", 403), ("rustam", 403), ("alpha", 403), ("nekruz", 404)):
        for door in doors:
            assert browsers[login].get(door).status_code == code, (login, door)
    assert Client().get("/payments/").status_code == 302


def test_it_names_every_kind_of_account_and_entry() -> None:
    from gumruk import texts
    from gumruk.law.payments import EntryKind

    for language in texts.languages():
        for kind in AccountKind:
            assert texts.find(language, f"payments.account.{kind}")
        for entry in EntryKind:
            assert texts.find(language, f"payments.entry.{entry}")


def test_it_lets_a_payer_agree_and_take_it_back_on_his_page(browsers: dict[str, Client]) -> None:
    paid()
    with acting(DILNOZA):
        charges_reserve(
            **FILE, payer_id=ALPHA, agent_id=ZED, office_id=KULMA, charges=(DUTY, VAT), currency="TJS",
            by=DILNOZA, at=NOON, reference="TJ-KUL/251126/000001",
        )  # fmt: skip
    page = browsers["alpha"].get(f"/payments/payers/{ALPHA}/")
    assert "TJ-KUL/251126/000001 : lacks 1 778.11 TJS" in words(page)
    assert f"has not agreed that Zed Ltd ({ZED}) uses its account" in words(page)
    assert f'value="{ZED}"' in page.content.decode()
    wrong = browsers["alpha"].post("/payments/mandates/", {"agent": "999", "since": "2026-11-25"})
    assert wrong.status_code == 422 and "There is no other trader with the number 999." in words(wrong)
    done = browsers["alpha"].post("/payments/mandates/", {"agent": ZED, "since": "2026-11-25"}, follow=True)
    assert f"Zed Ltd {ZED} : 25 Nov 2026 – until revoked" in words(done)
    assert "has not agreed" not in words(done)
    assert f"Alpha Trade {ALPHA}" in words(browsers["zed"].get(f"/payments/payers/{ZED}/"))
    with acting(SITORA):
        mandate = queries.mandates(payer_id=ALPHA)[0]
    address = f"/payments/mandates/{mandate.id}/revoke/"
    assert [browsers[login].post(address).status_code for login in ("zed", "sitora", "alpha")] == [404, 404, 302]
    assert browsers["sitora"].post("/payments/mandates/", {"agent": ZED, "since": "2026-11-25"}).status_code == 403
    with acting(SITORA):
        assert queries.mandates(payer_id=ALPHA) == []

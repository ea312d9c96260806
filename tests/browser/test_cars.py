# SPDX-License-Identifier: Apache-2.0
"""The cars of Kuhsor Motors: Sitora takes the money, Dilnoza lets them go, a stranger reads the paper on the road."""

from __future__ import annotations

import pytest
from tests.browser.conftest import Office
from tests.browser.day import CARS, act, file_open, paper_address, paper_read, reload_until, words

pytestmark = [pytest.mark.browser, pytest.mark.server]

KUHSOR = "010045678"


@pytest.fixture(scope="module")
def paid(house: Office) -> str:
    """Sitora takes what is missing for the cars: the words of the receipt's page."""
    page = house.sign_in("sitora")
    page.click(".g-areas >> text=Payments")
    page.goto(f"/payments/payers/{KUHSOR}/")
    assert f"{CARS}: lacks 270 180.21 TJS" in words(page)
    page.click("text=Take a payment")
    assert page.input_value("#id_payer") == KUHSOR
    page.select_option("#id_office", "TJ-DST")
    page.fill("#id_amount", "120 180,21")
    page.fill("#id_reference", "PO 88")
    page.click("text=Book the payment")
    page.wait_for_selector("text=The payment is booked.")
    assert paper_read(page, "Print the receipt").startswith(b"%PDF")
    receipt = words(page)
    file_open(page, CARS)
    reload_until(page, ".g-head", "Reserved")
    return receipt


@pytest.fixture(scope="module")
def note(house: Office, paid: str) -> str:
    """Dilnoza releases the cars: the address at which the release note can be verified."""
    page = house.sign_in("dilnoza")
    file_open(page, CARS)
    assert "Nothing stands against release. The goods may go." in page.inner_text("main")
    act(page, "release")
    assert page.inner_text(".g-head .g-state") == "Released"
    pdf = paper_read(page, "Release note")
    assert pdf.startswith(b"%PDF")
    return paper_address(pdf)


def test_it_takes_the_money_and_the_file_goes_on_by_itself(office: Office, paid: str) -> None:
    assert "Kuhsor Motors LLC" in paid and "PO 88" in paid


def test_it_books_the_same_bank_reference_once(office: Office, paid: str) -> None:
    page = office.sign_in("sitora")
    page.goto(f"/payments/receive/?payer={KUHSOR}")
    page.select_option("#id_office", "TJ-DST")
    page.fill("#id_amount", "120180.21")
    page.fill("#id_reference", "PO 88")
    page.click("text=Book the payment")
    page.wait_for_selector("text=This payment was booked before; nothing was booked again.")
    assert page.inner_text("h1") in paid


def test_it_releases_the_paid_cars(office: Office, note: str) -> None:
    page = office.sign_in("dilnoza")
    file_open(page, CARS)
    assert "Settled" in page.inner_text(".g-head")
    assert "Goods released, Dilnoza Karimova" in page.inner_text(".g-timeline")
    assert page.locator(".g-head .g-actions a").all_inner_texts() == ["Release note"]


def test_it_tells_a_stranger_that_the_note_is_genuine_and_nothing_of_the_goods(office: Office, note: str) -> None:
    page = office.stranger()
    page.goto(note)
    said = words(page)
    for expected in ("The document is genuine", "Release note", CARS, "Dusti", "Issued"):
        assert expected in said
    for secret in ("Kuhsor", KUHSOR, "Alpha", "Passenger", "8703", "270 180", "Nordsee", "HBNA7103"):
        assert secret not in page.content()


def test_it_tells_a_stranger_that_a_made_up_note_is_unknown(office: Office, note: str) -> None:
    page = office.stranger()
    page.goto("/verify/")
    page.fill("#token", note[len("/verify/") : -1] + ("A" if note[-1] != "A" else "B"))
    page.click("text=Verify the document")
    page.wait_for_selector("text=No such document")
    assert CARS not in page.content()


def test_it_sends_a_stranger_to_the_sign_in_from_every_other_page(office: Office) -> None:
    page = office.stranger()
    for path in ("/", "/declarations/", "/lodge/", "/payments/", "/audit/", "/law/", "/users/", "/profile/"):
        page.goto(path)
        assert "/sign-in/" in page.url, path
        assert page.inner_text("h1") == "Sign in"
    page.click("main a:text-is('Verify a document')")
    assert page.url.endswith("/verify/")

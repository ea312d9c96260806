# SPDX-License-Identifier: Apache-2.0
"""The book finds the law of a day, as it was known, and its digest names exactly its content."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from gumruk.law.kernel import DateRange
from gumruk.law.lawbook import Entry, LawBook, Legal, Moments, Status

DAY = date(2026, 12, 30)


def rate(value: str | None, first: date | None = None, last: date | None = None, **more: object) -> Entry:
    held = {"value": None if value is None else Decimal(value)}
    return Entry("values", "vat.rate", held, DateRange(first, last), "act", **more)  # type: ignore[arg-type]


def test_it_finds_the_value_of_the_day() -> None:
    book = LawBook("TJ", [rate("0.14", None, date(2026, 12, 31)), rate("0.13", date(2027, 1, 1))])
    assert book.at(date(2026, 12, 31)).value("vat.rate") == Decimal("0.14")
    assert book.at(date(2027, 1, 1)).value("vat.rate") == Decimal("0.13")


def test_what_is_not_there_is_none() -> None:
    assert LawBook("TJ", []).at(DAY).value("vat.rate") is None


def test_a_twin_is_read_in_training_only_and_never_instead_of_verified_law() -> None:
    twin = rate("0.20", status=Status.TRAINING)
    unknown = LawBook("TJ", [rate(None, status=Status.UNKNOWN), twin])
    assert unknown.at(DAY).value("vat.rate") is None
    assert unknown.at(DAY, training=True).value("vat.rate") == Decimal("0.20")
    verified = LawBook("TJ", [twin, rate("0.14", status=Status.VERIFIED)])
    assert verified.at(DAY, training=True).value("vat.rate") == Decimal("0.14")


def test_training_law_alone_is_not_there_in_production() -> None:
    book = LawBook("TJ", [rate("0.20", status=Status.TRAINING)])
    assert book.at(DAY).find("values", "vat.rate") is None


def test_a_rate_changed_backwards_is_known_from_its_publication() -> None:
    late = datetime(2027, 2, 1, tzinfo=UTC)
    book = LawBook("TJ", [rate("0.14"), rate("0.15", known_from=late)])
    assert book.at(DAY, datetime(2027, 1, 1, tzinfo=UTC)).value("vat.rate") == Decimal("0.14")
    assert book.at(DAY, late).value("vat.rate") == Decimal("0.15")
    assert book.at(DAY).value("vat.rate") == Decimal("0.15")


def test_the_nearest_code_wins() -> None:
    book = LawBook("TJ", [Entry("tariff", code, {"duty": code or "all"}) for code in ("", "87", "870323")])
    law = book.at(DAY)
    found = [law.nearest("tariff", code) for code in ("8703231940", "870410", "0101")]
    assert [entry.fields["duty"] for entry in found if entry] == ["870323", "87", "all"]


def test_its_digest_depends_on_content_not_on_order() -> None:
    one, two = rate("0.14", last=DAY), rate("0.13", first=date(2027, 1, 1))
    assert LawBook("TJ", [one, two]).digest == LawBook("TJ", [two, one]).digest
    assert LawBook("TJ", [one]).digest != LawBook("TJ", [rate("0.140", last=DAY)]).digest
    assert LawBook("TJ", [one]).digest != LawBook("KG", [one]).digest


def test_an_entry_comes_back_from_its_canonical_form() -> None:
    fields = {"a": Decimal("1.50"), "b": DAY, "c": ("x", "y"), "d": None, "e": True, "f": "text", "g": 7}
    entry = Entry("t", "k", fields, DateRange(DAY, None), None, Status.TRAINING, datetime(2027, 1, 1, tzinfo=UTC))
    assert Entry.from_canonical(entry.canonical()) == entry


def test_each_kind_of_law_is_read_on_its_own_moment() -> None:
    moments = [Entry("values", f"legal_moment.{kind}", {"value": word}) for kind, word in KINDS.items()]
    book = LawBook("TJ", [*moments, rate("0.14", None, date(2026, 12, 31)), rate("0.13", date(2027, 1, 1))])
    legal = Legal(book, Moments(registration=DAY, acceptance=date(2027, 1, 4)))
    assert legal.of("vat").value("vat.rate") == Decimal("0.13")
    assert legal.of("fee").value("vat.rate") == Decimal("0.14")
    assert legal.days == {"fee": DAY, "vat": date(2027, 1, 4)}


KINDS = {"vat": "acceptance", "fee": "registration"}


def test_a_moment_that_has_not_come_is_taken_as_the_latest_known() -> None:
    assert Legal(LawBook("TJ", []), Moments(registration=DAY)).of("vat").day == DAY

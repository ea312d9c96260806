# SPDX-License-Identifier: Apache-2.0
"""Legal days: the turn of the year in Dushanbe, preregistration under one law and acceptance under another, replay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connections
from tests.office.declarations.stage import TERMINAL, Stage, item, message, owner_run, rows, tajikistan

from gumruk import demonstration
from gumruk.law.kernel import DateRange
from gumruk.law.lawbook import Entry, LawBook, Status
from gumruk.office.assessment.queries import ReplayDiffers
from gumruk.office.audit.queries import event_list
from gumruk.office.declarations import services
from gumruk.office.declarations.models import File
from gumruk.office.declarations.queries import explained
from gumruk.office.declarations.services import Refused

WEDNESDAY = datetime(2026, 12, 30, 8, 45, tzinfo=UTC)
MONDAY = datetime(2027, 1, 4, 5, 20, tzinfo=UTC)
OLD_YEAR = datetime(2026, 12, 31, 18, 59, tzinfo=UTC)  # 23:59 in Dushanbe
NEW_YEAR = datetime(2026, 12, 31, 19, 0, tzinfo=UTC)  # midnight


def vat(assessment: int = 1) -> set[tuple[str, date]]:
    return set(rows("SELECT rate, rate_on FROM assessment_charge WHERE code = '5010' AND assessment = %s", assessment))


def payable(assessment: int) -> Decimal:
    amount: Decimal = rows("SELECT sum(payable) FROM assessment_charge WHERE assessment = %s", assessment)[0][0]
    return amount


@pytest.mark.parametrize(
    ("moment", "number", "rate", "day", "fee"),
    [
        (OLD_YEAR, f"{TERMINAL}/311226/000001", "14%", date(2026, 12, 31), "1400.00"),
        (NEW_YEAR, f"{TERMINAL}/010127/000001", "13%", date(2027, 1, 1), "1400.00"),
    ],
    ids=["18:59", "19:00"],
)
def test_it_changes_the_law_at_midnight_in_dushanbe(
    stage: Stage, moment: datetime, number: str, rate: str, day: date, fee: str
) -> None:
    """Either is outside working hours, the second on a holiday too: the fee of 700 is doubled."""
    answer = stage.post(message(), at=moment)
    assert answer.json()["number"] == number
    assert vat() == {(rate, day)}
    assert answer.json()["payable"]["1010"] == fee


def test_it_begins_a_new_series_of_numbers_with_the_day(stage: Stage) -> None:
    for reference, moment in (("A-1", OLD_YEAR), ("A-2", OLD_YEAR), ("A-3", NEW_YEAR)):
        stage.post(message(reference), at=moment)
    assert rows("SELECT day, last FROM declarations_serial ORDER BY day") == [
        (date(2026, 12, 31), 2),
        (date(2027, 1, 1), 1),
    ]


@pytest.mark.parametrize(
    ("moment", "fee"),
    [
        (datetime(2026, 12, 15, 3, 0, tzinfo=UTC), "700.00"),  # Tuesday 08:00, the terminal opens
        (datetime(2026, 12, 15, 2, 59, 50, tzinfo=UTC), "1400.00"),
        (datetime(2026, 12, 15, 11, 59, tzinfo=UTC), "700.00"),  # 16:59
        (datetime(2026, 12, 15, 12, 1, tzinfo=UTC), "1400.00"),  # 17:01
        (datetime(2026, 12, 13, 6, 0, tzinfo=UTC), "1400.00"),  # Sunday
        (datetime(2027, 1, 1, 6, 0, tzinfo=UTC), "1400.00"),  # Friday, New Year
    ],
)
def test_it_doubles_the_fee_outside_the_posts_hours(stage: Stage, moment: datetime, fee: str) -> None:
    assert stage.post(message(), at=moment).json()["payable"]["1010"] == fee


def test_it_doubles_no_fee_for_agricultural_products(stage: Stage) -> None:
    def fruit(told: dict[str, Any]) -> None:
        for place, code in enumerate(("0813100000", "0805100000")):
            item(told, place)["commodity"]["classifications"][0]["id"] = code

    assert stage.post(message(change=fruit), at=OLD_YEAR).json()["payable"]["1010"] == "700.00"


def test_it_preregisters_under_one_law_and_accepts_under_another(stage: Stage) -> None:
    stage.pay("300000")
    file = stage.lodge(demonstration.sample_path("preregistered.json").read_bytes(), at=WEDNESDAY)
    assert (file.state, file.number) == ("preregistered", f"{TERMINAL}/301226/000001")
    assert vat(1) == {("14%", date(2026, 12, 30))}
    stage.do("dilnoza", services.declaration_present, file, at=MONDAY)
    stage.deliver()
    accepted = stage.file(file.id)
    assert (accepted.state, accepted.number, accepted.assessment) == ("accepted", file.number, 2)
    assert (accepted.registered_at, accepted.accepted_at, accepted.presented_at) == (WEDNESDAY, MONDAY, MONDAY)
    assert vat(1) == {("14%", date(2026, 12, 30))}
    assert vat(2) == {("13%", date(2027, 1, 4))}
    # 610 140 CNY: at 1.3020 worth 794 402.28, duty 57 698.70, VAT 119 294.14 at 14 %; at 1.3055 worth 796 537.77, duty
    # 57 853.80, VAT 111 070.91 at 13 %; and a fee of 700.
    assert (payable(1), payable(2)) == (Decimal("177692.84"), Decimal("169624.71"))
    with stage.acting("rustam"):
        kinds = [event.kind for event in event_list(subject_kind="declaration", subject_id=file.id)]
        assert explained(accepted).total() == payable(2)
    assert kinds == ["declaration.lodged", "declaration.preregister", "declaration.accept", "charges.reserved"]
    stage.do("dilnoza", services.declaration_release, file, at=MONDAY)
    assert stage.file(file.id).state == "released"


@pytest.mark.parametrize(
    ("lost", "code"), [(("exchange_rates", "CNY"), "VAL-1"), (("values", "rounding.customs_value"), "VAL-2")]
)
def test_it_waits_for_law_that_is_not_known_yet(stage: Stage, lost: tuple[str, str], code: str) -> None:
    """The law of the new year lacks a rate or a rounding: nobody is refused, nothing goes free, and when it is
    published the goods are assessed under the moments that they had."""
    file = stage.lodge(message(type_code="IMD"), at=WEDNESDAY)
    stage.publish(LawBook("TJ", list(_without(lost))), at=WEDNESDAY)
    answer = stage.post(message("ATR-2"), at=MONDAY)
    assert (answer.status_code, answer.json()["findings"][-1]["code"]) == (201, code)
    stage.do("dilnoza", services.declaration_present, file, at=MONDAY)
    with pytest.raises(Refused) as refusal:
        stage.do("dilnoza", services.declaration_release, file, at=MONDAY)
    assert "REL-10" in {found.code for found in refusal.value.findings}
    stage.publish(tajikistan().book, at=MONDAY)
    stage.pay("300000", at=MONDAY)
    stage.do("dilnoza", services.declaration_release, file, at=MONDAY)
    released = stage.file(file.id)
    assert (released.state, released.assessment) == ("released", 3)
    with stage.acting("rustam"):
        assert explained(released).total() == Decimal("169624.71")


def _without(lost: tuple[str, str]) -> Iterator[Entry]:
    """The pack's law, in which one training value ends with the old year."""
    last = date(2026, 12, 31)
    for entry in tajikistan().book.entries:
        if (entry.table, entry.key) != lost or entry.status is not Status.TRAINING:
            yield entry
        elif entry.valid.first is None or entry.valid.first <= last:
            yield replace(entry, valid=DateRange(entry.valid.first, min(entry.valid.last or last, last)))


@pytest.mark.parametrize("name", demonstration.SAMPLES)
def test_it_explains_every_stored_assessment_to_the_last_diram(stage: Stage, name: str) -> None:
    """Compiled when it was lodged, explained when it is read: the same amounts."""
    file = stage.lodge(demonstration.sample_path(name).read_bytes(), by="alpha", at=WEDNESDAY)
    if not file.assessment:
        assert file.state == "registration_refused"
        return
    with stage.acting("rustam"):
        assessment = explained(file)
    stored = rows(
        "SELECT item, code, base, computed, relieved, secured, payable, rate FROM assessment_charge ORDER BY id"
    )
    assert stored == [
        (line.item, line.code, line.base, line.computed, line.relieved, line.secured, line.payable, line.rate)
        for line in assessment.lines
    ]
    assert all(line.steps for line in assessment.lines)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assessment_charge SET payable = payable - 1 WHERE code = '5010' AND item = 1",
        "UPDATE assessment_charge SET computed = 0, payable = 0 WHERE code = '1010'",
        "DELETE FROM assessment_charge WHERE code = '2010' AND item = 2",
        "UPDATE declarations_file SET accepted_at = accepted_at + interval '20 days'",
    ],
)
def test_it_finds_a_stored_charge_that_the_owner_changed(committed: Stage, statement: str) -> None:
    committed.pay("300000")
    file = committed.lodge()
    with committed.acting("rustam"):
        explained(file)
    owner_run(statement)
    connections["owner"].close()
    with committed.acting("rustam"), pytest.raises(ReplayDiffers, match=file.law_digest):
        explained(File.objects.get(id=file.id))
    _released_not(committed, file)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE declarations_version SET content = replace(convert_from(content, 'UTF8'), 'Haier', 'Other')::bytea",
        "UPDATE declarations_file SET state = 'accepted'",
    ],
)
def test_it_releases_nothing_that_the_owner_changed_behind_its_events(committed: Stage, statement: str) -> None:
    """Another word in what was declared, and a file that was refused put back among the accepted ones."""
    committed.pay("300000")
    file = committed.lodge()
    if "state" in statement:
        committed.do("dilnoza", services.release_refuse, file, grounds="no papers", act="")
    owner_run(statement)
    connections["owner"].close()
    _released_not(committed, file)


def _released_not(stage: Stage, file: File) -> None:
    with pytest.raises(Refused) as refusal:
        stage.do("dilnoza", services.declaration_release, file)
    assert "REL-8" in {found.code for found in refusal.value.findings}
    assert "REL-8" in {found["code"] for found in stage.get(file.id).json()["blockers"]}

# SPDX-License-Identifier: Apache-2.0
"""Publishing law: two persons, immutable snapshots, and old files under the law they were made with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import Error, IntegrityError, connection, connections, transaction
from tests.office.declarations.stage import OPENED, TUESDAY, Stage, message, rows, tajikistan

from gumruk.law.audit import Event
from gumruk.law.lawbook import Entry, LawBook
from gumruk.office.audit.queries import event_list
from gumruk.office.declarations.queries import explained
from gumruk.office.lawbook.models import Publication
from gumruk.office.lawbook.queries import NoLaw, law_by_digest, running_law, running_law_forget
from gumruk.office.lawbook.services import publication_publish

LATER = datetime(2026, 12, 10, 4, tzinfo=UTC)


def cheaper() -> LawBook:
    """The pack with refrigerators at 8 instead of 10 %."""

    def changed(entry: Entry) -> Entry:
        if (entry.table, entry.key) == ("tariff", "8418"):
            return replace(entry, fields={**entry.fields, "duty": "8%"})
        return entry

    book = tajikistan().book
    return LawBook(book.country, [changed(entry) for entry in book.entries])


def publications() -> list[tuple[int, str]]:
    return list(Publication.objects.order_by("number").values_list("number", "digest"))


def law_events(stage: Stage) -> list[Event]:
    """The chain of all that happened to the law."""
    ((subject,),) = rows("SELECT DISTINCT subject_id FROM audit_event WHERE subject_kind = 'law'")
    with stage.acting("rustam"):
        return event_list(subject_kind="law", subject_id=subject)


def test_it_publishes_what_a_second_person_approves(stage: Stage) -> None:
    (publication,) = Publication.objects.all()
    assert (publication.number, publication.country) == (1, "TJ")
    assert publication.proposed_by == stage.actor("nekruz").id
    assert publication.approved_by == stage.actor("farrukh").id
    assert publication.entries == len(tajikistan().book.entries)
    assert running_law().digest == publication.digest == tajikistan().book.digest
    (event,) = law_events(stage)
    assert (event.kind, event.actor) == ("law.published", str(stage.actor("farrukh").id))
    assert event.details()["digest"] == publication.digest


def test_it_refuses_one_person_who_stands_for_two(stage: Stage) -> None:
    with pytest.raises(PermissionError, match="two persons"), stage.acting("farrukh") as by:
        publication_publish(book=cheaper(), title="T", proposed_by=by, approved_by=by, at=LATER)
    assert len(publications()) == 1


def test_it_refuses_one_person_in_the_database_too(stage: Stage) -> None:
    one = stage.actor("farrukh").id
    row = Publication.objects.values().get() | {"number": 2, "digest": "0" * 64, "proposed_by": one, "approved_by": one}
    with pytest.raises(IntegrityError, match="two_persons"), transaction.atomic():
        Publication.objects.create(**row)


def test_it_publishes_nothing_when_the_same_pack_comes_again(stage: Stage) -> None:
    before = publications()
    stage.publish(tajikistan().book, at=LATER)
    stage.publish(LawBook("TJ", list(reversed(tajikistan().book.entries))), at=LATER)
    assert publications() == before
    assert len(law_events(stage)) == 1


def test_it_gives_a_changed_rate_a_new_digest_and_replays_old_files_by_theirs(stage: Stage) -> None:
    old = stage.lodge(message("A-1"))
    stage.publish(cheaper(), at=LATER)
    new = stage.lodge(message("A-2"))
    assert old.law_digest != new.law_digest == running_law().digest
    assert [number for number, _ in publications()] == [1, 2]
    duty = "SELECT rate, payable FROM assessment_charge WHERE subject = %s AND code = '2010' AND item = 2"
    assert rows(duty, old.id) == [("10%", Decimal("35935.06"))]
    assert rows(duty, new.id) == [("8%", Decimal("28748.05"))]
    with stage.acting("rustam"):
        running_law_forget()
        assert explained(old).law_digest == old.law_digest
        assert explained(new).total() < explained(old).total()


def test_it_knows_since_when_it_has_known(stage: Stage) -> None:
    """Before the second publication nobody knew its rate; the first publication still has the old one."""
    stage.publish(cheaper(), at=LATER)
    day = TUESDAY.date()

    def duty(digest: str, known_at: datetime | None = None) -> object:
        entry = law_by_digest(digest).at(day, known_at, training=True).find("tariff", "8418")
        return entry.fields["duty"] if entry else None

    (_, first), (_, second) = publications()
    assert (duty(second, LATER), duty(second), duty(first)) == ("8%", "8%", "10%")
    assert duty(second, OPENED) is None


def test_it_comes_back_to_an_earlier_law_as_a_new_publication(stage: Stage) -> None:
    stage.publish(cheaper(), at=LATER)
    stage.publish(tajikistan().book, at=TUESDAY)
    assert len({digest for _, digest in publications()}) == 3


@pytest.mark.parametrize("user", ["default", "owner"])
@pytest.mark.parametrize("statement", ["UPDATE lawbook_publication SET title = ''", "DELETE FROM lawbook_publication"])
def test_it_never_changes_what_was_published(committed: Stage, user: str, statement: str) -> None:
    with (
        pytest.raises(Error, match=r"permission denied|never changed or removed"),
        transaction.atomic(using=user),
        connections[user].cursor() as cursor,
    ):
        cursor.execute(statement)
    connections["owner"].close()


def test_it_says_that_no_law_is_published(db: None, set_clock: object) -> None:
    running_law_forget()
    with pytest.raises(NoLaw, match="publish"):
        running_law()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM lawbook_publication")
        assert cursor.fetchone() == (0,)

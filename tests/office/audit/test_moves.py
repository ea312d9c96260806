# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import pytest
from django.db import connection, models
from tests.office.audit.conftest import NOON

from gumruk.office.audit.moves import MoveLost, MoveRefused, move
from gumruk.office.audit.queries import event_list


class Ticket(models.Model):
    """A row with a state, in a table that lives as long as the test's connection."""

    MOVES: ClassVar[Mapping[tuple[str, str], str]] = {("draft", "lodge"): "lodged", ("lodged", "accept"): "accepted"}
    SUBJECT_KIND = "ticket"

    state = models.TextField(default="draft")
    note = models.TextField(default="")

    class Meta:
        app_label = "audit"
        db_table = "audit_trial_ticket"
        managed = False

    def __str__(self) -> str:
        return self.state

    @property
    def subject_id(self) -> str:
        return str(self.pk)


@pytest.fixture
def ticket(db: None) -> Iterator[Ticket]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE audit_trial_ticket (id bigserial, state text, note text)")
    yield Ticket.objects.create()


def test_it_moves_by_the_table_and_writes_an_event(ticket: Ticket) -> None:
    move(ticket, "lodge", "dilnoza", NOON, "complete", changes={"note": "kept"}, body={"lane": "green"})
    stored = Ticket.objects.get()
    assert (stored.state, stored.note, ticket.state, ticket.note) == ("lodged", "kept", "lodged", "kept")
    (event,) = event_list(subject_kind="ticket", subject_id=str(ticket.pk))
    assert event.kind == "ticket.lodge"
    assert event.details() == {"before": "draft", "after": "lodged", "why": "complete", "lane": "green"}


@pytest.mark.parametrize("state", ["draft", "lodged", "accepted", "unheard of"])
@pytest.mark.parametrize("event", ["lodge", "accept", "unheard_of"])
def test_it_refuses_every_pair_that_the_table_does_not_have(ticket: Ticket, state: str, event: str) -> None:
    ticket.state = state
    ticket.save()
    if (state, event) in Ticket.MOVES:
        move(ticket, event, "dilnoza", NOON, "")
        assert Ticket.objects.get().state == Ticket.MOVES[state, event]
        return
    with pytest.raises(MoveRefused):
        move(ticket, event, "dilnoza", NOON, "")
    assert Ticket.objects.get().state == state
    assert event_list(subject_kind="ticket", subject_id=str(ticket.pk)) == []


def test_it_loses_to_another_who_was_faster(ticket: Ticket) -> None:
    Ticket.objects.update(state="lodged")
    with pytest.raises(MoveLost):
        move(ticket, "lodge", "dilnoza", NOON, "")
    assert ticket.state == "draft"
    assert event_list(subject_kind="ticket", subject_id=str(ticket.pk)) == []

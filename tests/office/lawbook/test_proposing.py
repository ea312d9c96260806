# SPDX-License-Identifier: Apache-2.0
"""Nekruz proposes law, Farrukh publishes or refuses it; nobody does both, in the services or in the database."""

from __future__ import annotations

from itertools import product

import pytest
from django.db import Error, IntegrityError, connections, transaction
from tests.office.declarations.stage import Stage, message, rows, tajikistan
from tests.office.lawbook.law import LATER, NEXT_DAY, approve, cheaper, ended, proposal, propose, tariff

from gumruk.law.lawbook import Entry, LawBook
from gumruk.law.lawbook.comparison import Change
from gumruk.office.accounts.models import User
from gumruk.office.audit.moves import MoveRefused, move
from gumruk.office.audit.queries import event_list, history_verify
from gumruk.office.declarations.queries import explained
from gumruk.office.lawbook import queries, services
from gumruk.office.lawbook.models import Proposal, Publication


def kinds(stage: Stage) -> list[str]:
    with stage.acting("rustam"):
        return [event.kind for event in event_list(subject_kind="law", subject_id="TJ")]


def refused(key: str) -> pytest.RaisesExc[services.ProposalRefused]:
    return pytest.raises(services.ProposalRefused, match=f"^{key}$")


def test_it_changes_nothing_until_a_second_person_publishes(stage: Stage) -> None:
    made = propose(stage)
    assert (made.number, made.state, made.base, made.digest) == (1, "waiting", 1, cheaper().digest)
    assert queries.running_law().digest == tajikistan().book.digest
    publication = approve(stage, 1)
    assert (publication.number, publication.title) == (2, "Tajikistan 2026.12")
    assert publication.proposed_by == stage.actor("nekruz").id
    assert publication.approved_by == stage.actor("farrukh").id
    assert queries.running_law().digest == publication.digest
    assert (proposal(1).state, proposal(1).publication_number) == ("published", 2)
    assert kinds(stage) == ["law.published", "law.proposed", "law.approved", "law.published"]
    with stage.acting("rustam"):
        assert history_verify() == []


def test_it_tells_what_a_proposal_changes(stage: Stage) -> None:
    (found,) = queries.proposal_differences(propose(stage))
    assert (found.change, found.entry.key) == (Change.CHANGED, "8418")
    assert found.parts == (("duty", "10%", "8%"),)
    (found,) = queries.proposal_differences(propose(stage, ended()))
    assert found.change is Change.ENDED
    with stage.acting("rustam"):
        event = event_list(subject_kind="law", subject_id="TJ")[-1]
    assert event.details()["differences"] == {"tariff": {"added": 0, "changed": 0, "ended": 1, "removed": 0}}


def test_it_lets_nobody_decide_on_his_own_proposal(stage: Stage) -> None:
    propose(stage, by="farrukh")
    with refused("same_person"):
        approve(stage, 1, by="farrukh")
    with refused("same_person"), stage.acting("farrukh") as by:
        services.proposal_refuse(proposal=proposal(1), reason="mine", by=by, at=NEXT_DAY)
    assert (proposal(1).state, Publication.objects.count()) == ("waiting", 1)


@pytest.mark.parametrize("column", ["created_by", "role_set_by", "password_set_by"])
def test_it_publishes_nothing_by_an_account_that_the_proposer_set_up(stage: Stage, column: str) -> None:
    """Nekruz is an administrator: an account that he made, or whose password he knows, is no second person."""
    propose(stage)
    with stage.acting("nekruz"):
        User.objects.filter(login="farrukh").update(**{column: stage.actor("nekruz").id})
    with refused("dependent"):
        approve(stage, 1)
    with pytest.raises(PermissionError, match="two persons"):
        stage.publish(cheaper(), at=LATER)
    assert (proposal(1).state, Publication.objects.count()) == ("waiting", 1)
    with stage.acting("farrukh") as by:
        services.proposal_refuse(proposal=proposal(1), reason="not mine to publish", by=by, at=NEXT_DAY)
    assert proposal(1).state == "refused"


@pytest.mark.parametrize("state", ["published", "refused"])
def test_it_lets_nobody_decide_on_his_own_proposal_in_the_database_either(stage: Stage, state: str) -> None:
    propose(stage)
    with pytest.raises(IntegrityError, match="two_persons"), transaction.atomic():
        Proposal.objects.update(state=state, decided_by=stage.actor("nekruz").id, decided_at=NEXT_DAY)


def test_it_refuses_with_a_reason_and_the_law_goes_on(stage: Stage) -> None:
    propose(stage)
    with stage.acting("farrukh") as by:
        services.proposal_refuse(proposal=proposal(1), reason="The decree is not signed", by=by, at=NEXT_DAY)
    found = proposal(1)
    assert (found.state, found.reason, found.decided_by) == (
        "refused",
        "The decree is not signed",
        stage.actor("farrukh").id,
    )
    assert queries.running_law().digest == tajikistan().book.digest
    with refused("decided"):
        approve(stage, 1)
    assert kinds(stage)[-1] == "law.refused"


def test_it_asks_for_a_new_proposal_when_other_law_runs_by_now(stage: Stage) -> None:
    propose(stage, cheaper("8%"))
    stage.publish(cheaper("9%"), at=LATER)
    assert queries.proposal_is_stale(proposal(1))
    with refused("stale"):
        approve(stage, 1)
    assert (proposal(1).state, Publication.objects.count()) == ("waiting", 2)
    assert propose(stage, cheaper("8%")).number == 2
    assert (proposal(1).state, proposal(2).base) == ("replaced", 2)
    assert approve(stage, 2).number == 3


def test_it_replaces_a_proposal_that_waits_by_a_newer_one(stage: Stage) -> None:
    propose(stage, cheaper("8%"))
    with refused("waits"):
        propose(stage, cheaper("8%"))
    propose(stage, cheaper("7%"))
    assert [one.state for one in queries.proposals()] == ["replaced", "waiting"]
    with refused("decided"):
        approve(stage, 1)
    assert kinds(stage)[1:] == ["law.proposed", "law.replaced", "law.proposed"]


def test_it_does_not_propose_what_runs_or_the_law_of_another_country(stage: Stage) -> None:
    with refused("nothing"):
        propose(stage, tajikistan().book)
    with refused("country"):
        propose(stage, LawBook("KG", [Entry("values", "currency", {"value": "KGS"})]))
    assert not Proposal.objects.exists()


def test_it_does_not_propose_two_values_for_one_day(stage: Stage) -> None:
    book = tajikistan().book
    with pytest.raises(services.LawOverlaps):
        propose(stage, LawBook("TJ", [*book.entries, tariff("8418")]))


def test_it_replays_an_old_file_by_its_own_law_after_a_new_publication(stage: Stage) -> None:
    old = stage.lodge(message("A-1"))
    propose(stage)
    approve(stage, 1)
    new = stage.lodge(message("A-2"))
    assert old.law_digest != new.law_digest == queries.running_law().digest
    duty = "SELECT rate FROM assessment_charge WHERE subject = %s AND code = '2010' AND item = 2"
    assert (rows(duty, old.id), rows(duty, new.id)) == ([("10%",)], [("8%",)])
    with stage.acting("rustam"):
        queries.running_law_forget()
        assert explained(stage.file(old.id)).law_digest == old.law_digest


def test_it_moves_by_its_table_only(stage: Stage) -> None:
    """Every state with every event: what the table does not have is refused, what it has is decided once."""
    made = propose(stage)
    states = {state for state, _ in Proposal.MOVES} | set(Proposal.MOVES.values())
    events = {event for _, event in Proposal.MOVES}
    assert (states, events) == (
        {"waiting", "published", "refused", "replaced"},
        {"approved", "refused", "replaced"},
    )
    for state, event in product(sorted(states - {"waiting"}), sorted(events)):
        made.state = state
        with pytest.raises(MoveRefused), stage.acting("farrukh") as by:
            move(made, event, by, NEXT_DAY, "")


@pytest.mark.parametrize("user", ["default", "owner"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE lawbook_proposal SET digest = repeat('0', 64) WHERE number = 2",
        "UPDATE lawbook_proposal SET content = ''::bytea WHERE number = 2",
        "UPDATE lawbook_proposal SET remarks = '[1]' WHERE number = 2",
        "UPDATE lawbook_proposal SET state = 'waiting', decided_by = NULL, decided_at = NULL WHERE number = 1",
    ],
)
def test_it_never_rewrites_a_proposal_or_a_decision(committed: Stage, user: str, statement: str) -> None:
    propose(committed, cheaper("7%"))
    propose(committed)
    with (
        pytest.raises(Error, match="decided once and never rewritten"),
        transaction.atomic(using=user),
        connections[user].cursor() as cursor,
    ):
        cursor.execute(statement)
    connections["owner"].close()


def test_it_removes_no_proposal(committed: Stage) -> None:
    propose(committed)
    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        Proposal.objects.all().delete()

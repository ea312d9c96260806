# SPDX-License-Identifier: Apache-2.0
"""Every state against every event, and what blocks release."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest

from gumruk.law.declarations import MOVES, Event, IllegalMove, ReleaseFacts, State, blockers, moved, possible, unchecked

ENDS = {State.REGISTRATION_REFUSED, State.WITHDRAWN, State.INVALIDATED}


@pytest.mark.parametrize(("state", "event"), list(product(State, Event)))
def test_every_state_and_event_is_a_move_of_the_table_or_refused(state: State, event: Event) -> None:
    if (state, event) in MOVES:
        assert moved(state, event) is MOVES[state, event]
        assert event in possible(state)
    else:
        with pytest.raises(IllegalMove, match=f"{event} cannot happen to a file that is {state}"):
            moved(state, event)


def test_every_state_can_be_reached_and_every_end_is_one() -> None:
    reached = {State.DRAFT}
    while more := {after for (before, _), after in MOVES.items() if before in reached} - reached:
        reached |= more
    assert reached == set(State)
    assert {state for state in State if not possible(state)} == ENDS


def test_nothing_is_released_before_it_was_accepted() -> None:
    assert {before for (before, event), _ in MOVES.items() if event is Event.RELEASE} == {
        State.ACCEPTED,
        State.CONDITIONALLY_RELEASED,
    }


def test_it_names_each_thing_that_stands_against_release() -> None:
    facts = ReleaseFacts(
        state=State.PREREGISTERED,
        presented=False,
        holds=("laboratory",),
        unsettled={"5010": Decimal("12.50")},
        unsecured={"2010": Decimal(3)},
        currency="TJS",
        undetermined=("4010",),
        unverified=("values:vat.rate",),
    )
    assert [finding.code for finding in blockers(facts)] == [
        "REL-1", "REL-2", "REL-3", "REL-4", "REL-7", "REL-5", "REL-6",
    ]  # fmt: skip
    assert blockers(facts)[3].params == {"charge": "5010", "missing": "12.50", "currency": "TJS"}


def test_nothing_stands_against_goods_that_are_presented_and_settled() -> None:
    assert blockers(ReleaseFacts(state=State.ACCEPTED, presented=True)) == ()


def test_what_nobody_looked_at_is_shown_as_not_checked() -> None:
    assert {finding.path for finding in unchecked()} == {"controls", "permits"}

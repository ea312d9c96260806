# SPDX-License-Identifier: Apache-2.0
"""The states of a declaration and the moves between them."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a file stands. Payment is no state: a file is settled when every charge is paid, secured or relieved."""

    DRAFT = "draft"
    LODGED = "lodged"
    REGISTRATION_REFUSED = "registration_refused"
    PREREGISTERED = "preregistered"
    ACCEPTED = "accepted"
    RELEASED = "released"
    CONDITIONALLY_RELEASED = "conditionally_released"
    RELEASE_REFUSED = "release_refused"
    WITHDRAWN = "withdrawn"
    INVALIDATED = "invalidated"


class Event(StrEnum):
    """What moves a file. Kyoto Convention, General Annex, chapter 3: lodgement, registration, release."""

    LODGE = "lodge"
    REFUSE_REGISTRATION = "refuse_registration"
    PREREGISTER = "preregister"
    ACCEPT = "accept"
    RELEASE = "release"
    RELEASE_CONDITIONALLY = "release_conditionally"
    REFUSE_RELEASE = "refuse_release"
    WITHDRAW = "withdraw"
    INVALIDATE = "invalidate"


MOVES: dict[tuple[State, Event], State] = {
    (State.DRAFT, Event.LODGE): State.LODGED,
    (State.DRAFT, Event.WITHDRAW): State.WITHDRAWN,
    (State.LODGED, Event.REFUSE_REGISTRATION): State.REGISTRATION_REFUSED,
    (State.LODGED, Event.PREREGISTER): State.PREREGISTERED,
    (State.LODGED, Event.ACCEPT): State.ACCEPTED,
    (State.PREREGISTERED, Event.ACCEPT): State.ACCEPTED,
    (State.PREREGISTERED, Event.WITHDRAW): State.WITHDRAWN,
    (State.PREREGISTERED, Event.INVALIDATE): State.INVALIDATED,
    (State.ACCEPTED, Event.RELEASE): State.RELEASED,
    (State.ACCEPTED, Event.RELEASE_CONDITIONALLY): State.CONDITIONALLY_RELEASED,
    (State.ACCEPTED, Event.REFUSE_RELEASE): State.RELEASE_REFUSED,
    (State.ACCEPTED, Event.WITHDRAW): State.WITHDRAWN,
    (State.ACCEPTED, Event.INVALIDATE): State.INVALIDATED,
    (State.CONDITIONALLY_RELEASED, Event.RELEASE): State.RELEASED,
    (State.CONDITIONALLY_RELEASED, Event.INVALIDATE): State.INVALIDATED,
    (State.RELEASE_REFUSED, Event.INVALIDATE): State.INVALIDATED,
    (State.RELEASED, Event.INVALIDATE): State.INVALIDATED,
}

NUMBERED = frozenset({State.PREREGISTERED, State.ACCEPTED})


class IllegalMove(Exception):
    """This event cannot happen in this state."""

    def __init__(self, state: State, event: Event) -> None:
        super().__init__(f"{event} cannot happen to a file that is {state}")
        self.state, self.event = state, event


def moved(state: State, event: Event) -> State:
    """The state after an event. Raises IllegalMove: a move that is not in the table never happens silently."""
    try:
        return MOVES[state, event]
    except KeyError:
        raise IllegalMove(state, event) from None


def possible(state: State) -> tuple[Event, ...]:
    """The events that can happen in a state, in the table's order."""
    return tuple(event for held, event in MOVES if held is state)

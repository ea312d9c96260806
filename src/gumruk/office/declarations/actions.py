# SPDX-License-Identifier: Apache-2.0
"""What a person can do to a file, as one table: who may, from which states, with which words, by which service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gumruk.law.declarations import Event, State, possible, read_declaration
from gumruk.law.declarations.states import MOVES
from gumruk.office.accounts.permissions import Actor
from gumruk.office.declarations import services
from gumruk.office.declarations.doubts import open_doubts
from gumruk.office.declarations.forms import ConfirmForm, DecideForm, GroundsForm, ItemForm, ReasonForm
from gumruk.office.declarations.models import File
from gumruk.office.declarations.queries import declared
from gumruk.office.declarations.value_forms import AcceptForm, DoubtForm, ExplainForm, ValueForm, decision_of
from gumruk.office.payments.queries import debited_of
from gumruk.office.ui.forms import TextForm
from gumruk.texts import formats

Values = Mapping[str, Any]
EXPLAIN = "explain"
Service = Callable[[File, Values, Actor, datetime], object]


@dataclass(frozen=True, slots=True)
class Action:
    """One action: `event` moves the file (None: it stays in its state), `grave` ones cannot be undone.

    In `doubted_states` it can be done only while a value of the file is doubted, and concerns that item.
    """

    name: str
    permission: str
    form: type[TextForm]
    do: Service
    event: Event | None = None
    states: tuple[State, ...] = ()
    grave: bool = False
    doubted_states: tuple[State, ...] = ()

    def fits(self, file: File) -> bool:
        """Whether the file's state allows it; and nothing is void whose charges the treasury has."""
        if self.event is Event.INVALIDATE and debited_of("declaration", str(file.id)):
            return False
        if self.event is not None:
            return self.event in possible(file.standing)
        return file.standing in self.states or (file.standing in self.doubted_states and bool(self.places(file)))

    def places(self, file: File) -> set[int]:
        """The goods items (from 1) whose doubted value the action is about now."""
        doubts = open_doubts(file)
        return {doubt.item for doubt in doubts if self.name != EXPLAIN or not doubt.explanation}

    def after(self, file: File) -> State:
        """The state that the file would have afterwards."""
        return file.standing if self.event is None else MOVES.get((file.standing, self.event), file.standing)


ACTIONS: dict[str, Action] = {
    action.name: action
    for action in (
        Action(
            "present",
            "declarations.present",
            ConfirmForm,
            lambda file, _, by, at: services.declaration_present(file=file, by=by, at=at),
            Event.ACCEPT,
        ),
        Action(
            "release",
            "declarations.release",
            ConfirmForm,
            lambda file, _, by, at: services.declaration_release(file=file, by=by, at=at),
            Event.RELEASE,
        ),
        Action(
            "decide",
            "declarations.decide",
            DecideForm,
            lambda file, values, by, at: services.declaration_decide(file=file, by=by, at=at, **values),
            states=(State.ACCEPTED,),
        ),
        Action(
            "value",
            "declarations.decide",
            ValueForm,
            lambda file, values, by, at: services.declaration_decide(file=file, by=by, at=at, **decision_of(values)),
            states=(State.ACCEPTED,),
            doubted_states=(State.RELEASED,),
        ),
        Action(
            "doubt",
            "declarations.decide",
            DoubtForm,
            lambda file, values, by, at: services.value_doubt(file=file, by=by, at=at, **values),
            states=(State.ACCEPTED,),
        ),
        Action(
            "accept_value",
            "declarations.decide",
            AcceptForm,
            lambda file, values, by, at: services.value_accept(file=file, by=by, at=at, **values),
            doubted_states=(State.ACCEPTED, State.RELEASED),
        ),
        Action(
            EXPLAIN,
            "declarations.explain",
            ExplainForm,
            lambda file, values, by, at: services.value_explain(file=file, by=by, at=at, **values),
            doubted_states=(State.ACCEPTED, State.RELEASED),
        ),
        Action(
            "hold",
            "declarations.hold",
            ReasonForm,
            lambda file, values, by, at: services.hold_place(file=file, reason=values["why"], by=by, at=at),
            states=(State.ACCEPTED, State.PREREGISTERED),
        ),
        Action(
            "refuse",
            "declarations.refuse_release",
            GroundsForm,
            lambda file, values, by, at: services.release_refuse(file=file, by=by, at=at, **values),
            Event.REFUSE_RELEASE,
            grave=True,
        ),
        Action(
            "withdraw",
            "declarations.withdraw",
            ReasonForm,
            lambda file, values, by, at: services.declaration_withdraw(file=file, why=values["why"], by=by, at=at),
            Event.WITHDRAW,
            grave=True,
        ),
        Action(
            "invalidate",
            "declarations.invalidate",
            ReasonForm,
            lambda file, values, by, at: services.declaration_invalidate(file=file, why=values["why"], by=by, at=at),
            Event.INVALIDATE,
            grave=True,
        ),
    )
}


def actions_for(file: File, actor: Actor) -> list[Action]:
    """What this person can do to the file now, the main action first."""
    own = not actor.trader or actor.trader == file.sender
    return [action for action in ACTIONS.values() if actor.may(action.permission) and action.fits(file) and own]


def form_for(action: Action, file: File, language: str, data: Any = None) -> TextForm:
    """The form of an action; its fields have ids of their own, since several forms stand on one page."""
    if issubclass(action.form, ItemForm):
        places = action.places(file) if file.standing in action.doubted_states else None
        return action.form(data, language=language, auto_id=f"{action.name}_%s", items=_item_choices(file, places))
    return action.form(data, language=language, auto_id=f"{action.name}_%s")


def _item_choices(file: File, places: set[int] | None) -> list[tuple[int, str]]:
    reading = read_declaration(declared(file))
    return [
        (place, f"{place}. {formats.hs_code(item.code_text)} {item.description[:60]}")
        for place, item in enumerate(reading.items, start=1)
        if places is None or place in places
    ]

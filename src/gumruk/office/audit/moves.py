# SPDX-License-Identifier: Apache-2.0
"""The one way by which a state changes: its table, a compare-and-swap, an event in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Protocol
from uuid import UUID

from django.db import transaction

from gumruk.law import audit
from gumruk.office.audit.services import Actor, event_append


class Movable(Protocol):
    """A row with a state: its class carries the table of moves, `(state, event)` to the next state."""

    MOVES: ClassVar[Mapping[tuple[str, str], str]]
    SUBJECT_KIND: ClassVar[str]
    state: str

    @property
    def pk(self) -> Any: ...

    @property
    def subject_id(self) -> str | UUID: ...


class MoveRefused(Exception):
    """The table has no such move from this state."""

    def __init__(self, state: str, event: str) -> None:
        super().__init__(f"{event} is not allowed in state {state}")
        self.state = state
        self.event = event


class MoveLost(Exception):
    """Somebody else changed the state first: read the row again and decide anew."""


def move(
    obj: Movable,
    event: str,
    by: Actor | str,
    at: datetime,
    why: str,
    *,
    body: Mapping[str, object] | None = None,
    changes: Mapping[str, object] | None = None,
) -> audit.Event:
    """Let `event` happen to `obj`: the state of its table, written only if the old state still stands.

    `changes` are further columns written by the same statement; `body` adds to the event's `before`, `after` and
    `why`. Raises `MoveRefused` for a move that the table does not have, `MoveLost` where another was faster.
    """
    before = obj.state
    after = obj.MOVES.get((before, event))
    if after is None:
        raise MoveRefused(before, event)
    rows: Any = type(obj)
    with transaction.atomic():
        written = rows._base_manager.filter(pk=obj.pk, state=before).update(state=after, **(changes or {}))
        if written != 1:
            raise MoveLost(f"{obj.SUBJECT_KIND} {obj.subject_id} is no longer {before}")
        appended = event_append(
            subject_kind=obj.SUBJECT_KIND,
            subject_id=obj.subject_id,
            kind=f"{obj.SUBJECT_KIND}.{event}",
            body={**(body or {}), "before": before, "after": after, "why": why},
            by=by,
            at=at,
        )
    obj.state = after
    for name, value in (changes or {}).items():
        setattr(obj, name, value)
    return appended

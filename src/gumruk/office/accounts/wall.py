# SPDX-License-Identifier: Apache-2.0
"""The second wall: row-level security in PostgreSQL reads who acts from settings of the running transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from gumruk.office.accounts.actors import Actor

_APPLY = (
    "SELECT set_config('gumruk.actor', %s, true), set_config('gumruk.scope', %s, true),"
    " set_config('gumruk.offices', %s, true), set_config('gumruk.trader', %s, true)"
)


def actor_apply(actor: Actor | None) -> None:
    """Tell the database who acts until the end of this transaction; None is a stranger.

    Raises RuntimeError outside a transaction: the setting would be gone before the next statement.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an actor is applied inside a transaction")
    values = ("", "public", "", "")
    if actor is not None:
        values = (str(actor.id), actor.scope, ",".join(actor.offices), actor.trader)
    with connection.cursor() as cursor:
        cursor.execute(_APPLY, values)


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """One transaction in which this actor acts: for commands, jobs and tests."""
    with transaction.atomic():
        actor_apply(actor)
        yield actor

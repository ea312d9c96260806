# SPDX-License-Identifier: Apache-2.0
"""What happens upon what: the reactions of areas to each other's news, all in this file.

A message is delivered in a transaction of its own after the transaction that caused it; a reaction may come again, so
each is written to do nothing the second time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from gumruk.law.kernel import Finding
from gumruk.office.accounts.permissions import GUMRUK, actor_apply

log = logging.getLogger(__name__)

Reaction = Callable[[Mapping[str, Any], datetime], None]


def declaration_accepted(payload: Mapping[str, Any], at: datetime) -> None:
    """A declaration was accepted: reserve what it owes from its payer's advance account."""
    from gumruk.office.declarations import services
    from gumruk.office.declarations.queries import file_by_id

    actor_apply(GUMRUK)
    file = file_by_id(UUID(payload["file"]))
    if file is not None:
        services.charges_settle(file=file, by=GUMRUK, at=at)


def goods_to_be_described(payload: Mapping[str, Any], at: datetime) -> None:
    """A declaration was accepted: its words and codes are kept, in a message of its own, so that money never waits."""
    from gumruk.office.audit.services import outbox_put

    outbox_put("declarations.described", {"file": payload["file"]}, at=at)


def goods_described(payload: Mapping[str, Any], at: datetime) -> None:
    """Keep how goods were called and how well the words fit the code, for the consistency of later declarations."""
    from gumruk.law.declarations import read_declaration
    from gumruk.office.declarations.describing import goods_remember
    from gumruk.office.declarations.queries import declared, file_by_id

    actor_apply(GUMRUK)
    file = file_by_id(UUID(payload["file"]))
    if file is not None:
        goods_remember(file, read_declaration(declared(file)), at)


def payment_received(payload: Mapping[str, Any], at: datetime) -> None:
    """Money came in: the payer's files that wait for it are reserved, the oldest first, then doubted values secured."""
    from gumruk.law.payments import charge_order
    from gumruk.office.declarations.services import securities_settle
    from gumruk.office.payments import services
    from gumruk.office.payments.queries import law_at
    from gumruk.office.project.clock import legal_day

    actor_apply(GUMRUK)
    order = charge_order(law_at(legal_day(at), settings.GUMRUK_TRAINING))
    services.waiting_retry(payer_id=payload["payer"], by=GUMRUK, at=at, order=order)
    securities_settle(payer_id=payload["payer"], by=GUMRUK, at=at)


def law_published(payload: Mapping[str, Any], at: datetime) -> None:
    """Law was published: files that waited for it are assessed."""
    from gumruk.office.declarations import services

    actor_apply(GUMRUK)
    services.charges_assess_awaiting(by=GUMRUK, at=at)


def law_followed(payload: Mapping[str, Any], at: datetime) -> None:
    """Law was published: whoever follows a code that it touches is to be written to."""
    from gumruk.office.desk.tree_news import followers_notify

    actor_apply(GUMRUK)
    followers_notify(publication=int(payload["number"]), at=at)


def follower_written(payload: Mapping[str, Any], at: datetime) -> None:
    """Write to one person who follows codes. A mail that cannot be sent is tried again by the worker."""
    from gumruk.office.desk.tree_news import follower_write

    actor_apply(GUMRUK)
    follower_write(publication=int(payload["publication"]), person=UUID(payload["person"]))


def facts_differing() -> Iterator[Finding]:
    """Every fact in a table that is not what its events tell (AUD-17), for the verification of the history.

    In a transaction; the system itself looks, from here to its end.
    """
    from gumruk.office.declarations.witness import declarations_differing
    from gumruk.office.payments.witness import payments_differing

    actor_apply(GUMRUK)
    yield from declarations_differing()
    yield from payments_differing()


def search_follow() -> None:
    """Let the search know the official texts that hold today. What cannot be started or read is looked at again."""
    from gumruk.office.nomenclature.renewing import index_follow

    try:
        index_follow()
    except OSError:
        log.exception("the search index could not be brought up to date; the worker looks again")


#: Every so many seconds the worker does these; none waits for anything.
JOBS: tuple[tuple[float, Callable[[], object]], ...] = ((5.0, search_follow),)

REACTIONS: dict[str, tuple[Reaction, ...]] = {
    "declarations.accepted": (declaration_accepted, goods_to_be_described),
    "declarations.described": (goods_described,),
    "law.published": (law_published, law_followed),
    "nomenclature.law_changed": (follower_written,),
    "payments.received": (payment_received,),
}

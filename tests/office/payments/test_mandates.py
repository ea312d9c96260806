# SPDX-License-Identifier: Apache-2.0
"""Whose account pays: nobody spends another's advance without his mandate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.office.payments.cast import (
    ALPHA,
    ALPHA_TRADE,
    DILNOZA,
    DUTY,
    FILE,
    KULMA,
    NOON,
    RUSTAM,
    SITORA,
    TODAY,
    VAT,
    ZED,
    ZED_LTD,
    somoni,
)

from gumruk.law.payments import AccountKind
from gumruk.office.accounts.permissions import GUMRUK, Actor, actor_apply
from gumruk.office.audit.queries import event_list
from gumruk.office.payments import queries
from gumruk.office.payments.ledger import payer_key
from gumruk.office.payments.models import Mandate, MandateRevocation
from gumruk.office.payments.services import (
    PaymentRefused,
    Received,
    Reservation,
    charges_reserve,
    mandate_give,
    mandate_revoke,
    waiting_retry,
)

Pay = Callable[..., Received]


def give(by: Actor = ALPHA_TRADE, **changes: Any) -> Mandate:
    """Alpha Trade lets Zed Ltd use its account."""
    actor_apply(by)
    given: dict[str, Any] = {
        "payer_id": ALPHA, "agent_id": ZED, "since": TODAY, "until": None, "currency": "TJS", "by": by, "at": NOON,
    }  # fmt: skip
    return mandate_give(**{**given, **changes})


def reserve(agent_id: str = ZED, days: int = 0) -> Reservation:
    actor_apply(DILNOZA)
    return charges_reserve(
        **FILE, payer_id=ALPHA, agent_id=agent_id, office_id=KULMA, charges=(DUTY, VAT), currency="TJS", by=DILNOZA,
        at=NOON + timedelta(days=days),
    )  # fmt: skip


def reserved() -> Any:
    return queries.balance_of(ALPHA, "TJS", AccountKind.RESERVED)


def test_it_reserves_nothing_from_an_account_whose_owner_has_not_agreed(pay: Pay) -> None:
    pay("2000")
    answer = reserve()
    assert [found.code for found in answer.findings] == ["PAY-24"]
    assert answer.findings[0].params == {"payer": f"Alpha Trade ({ALPHA})", "declarant": f"Zed Ltd ({ZED})"}
    assert (queries.balance_of(ALPHA, "TJS"), reserved()) == (somoni("2000.00"), somoni("0"))
    assert waiting_retry(payer_id=ALPHA, by=DILNOZA, at=NOON) == []
    assert [(file.agent_id, file.missing) for file in queries.waiting_of(ALPHA)] == [(ZED, somoni("1778.11"))]


def test_it_goes_on_when_the_payer_agrees_and_stays_reserved_when_he_revokes(pay: Pay) -> None:
    pay("2000")
    reserve()
    mandate = give()
    actor_apply(GUMRUK)
    assert waiting_retry(payer_id=ALPHA, by=GUMRUK, at=NOON) == [tuple(FILE.values())]
    assert reserved() == somoni("1778.11")
    actor_apply(ALPHA_TRADE)
    for _ in range(2):
        mandate_revoke(mandate_id=mandate.id, by=ALPHA_TRADE, at=NOON)
    assert reserved() == somoni("1778.11")
    assert MandateRevocation.objects.count() == 1
    assert [found.code for found in queries.consent_lacking(ALPHA, ZED, TODAY)] == ["PAY-24"]
    actor_apply(RUSTAM)
    kinds = [event.kind for event in event_list(subject_kind="trader", subject_id=payer_key(ALPHA))]
    assert kinds[-2:] == ["mandate.given", "mandate.revoked"]


def test_it_asks_nobody_where_the_payer_declares_himself(pay: Pay) -> None:
    pay("2000")
    assert reserve(agent_id=ALPHA).is_covered


@pytest.mark.parametrize(("days", "agreed"), [(0, False), (1, True), (3, True), (4, False)])
def test_it_goes_by_the_days_of_the_mandate(pay: Pay, days: int, agreed: bool) -> None:
    pay("2000")
    give(since=TODAY + timedelta(days=1), until=TODAY + timedelta(days=3))
    assert reserve(days=days).is_covered is agreed


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"agent_id": ALPHA}, "PAY-25"),
        ({"agent_id": "999"}, "PAY-25"),
        ({"since": TODAY - timedelta(days=1)}, "PAY-26"),
        ({"until": TODAY - timedelta(days=1)}, "PAY-26"),
    ],
)
def test_it_refuses_a_mandate_to_nobody_or_for_no_days(books: None, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(PaymentRefused) as refused:
        give(**changes)
    assert [found.code for found in refused.value.findings] == [code]
    assert not Mandate.objects.exists()


@pytest.mark.parametrize("by", [ZED_LTD, DILNOZA, SITORA, RUSTAM, GUMRUK])
def test_it_lets_nobody_else_agree_for_the_payer(books: None, by: Actor) -> None:
    with pytest.raises(PermissionError):
        give(by=by)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Mandate.objects.create(id=payer_key("x"), payer_id=ALPHA, agent_id=ZED, since=TODAY, at=NOON, actor="x")


def test_it_lets_nobody_else_revoke(books: None) -> None:
    mandate = give()
    actor_apply(ZED_LTD)
    with pytest.raises(PermissionError):
        mandate_revoke(mandate_id=mandate.id, by=ZED_LTD, at=NOON)
    for payer in (ALPHA, ZED):  # neither in the payer's name nor in his own
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO payments_mandate_revocation VALUES (%s, %s, %s, now(), 'x')", [mandate.id, payer, ALPHA]
            )


def test_it_shows_a_mandate_to_whom_it_concerns_and_never_changes_it(books: None) -> None:
    give()
    stranger = Actor(payer_key("x"), "Stranger", "trader", (), "510000003")
    for actor, seen in ((ALPHA_TRADE, 1), (ZED_LTD, 1), (DILNOZA, 1), (RUSTAM, 1), (stranger, 0), (None, 0)):
        actor_apply(actor)
        assert Mandate.objects.count() == seen
    actor_apply(ALPHA_TRADE)
    for statement in ("UPDATE payments_mandate SET until = NULL", "DELETE FROM payments_mandate"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert date.fromisoformat(str(Mandate.objects.get().since)) == TODAY

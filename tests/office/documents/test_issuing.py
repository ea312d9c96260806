# SPDX-License-Identifier: Apache-2.0
"""A document is issued once, verified by its token by anybody, listed by nobody, and taken back with a reason."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from gumruk.office.accounts.permissions import Actor, actor_apply
from gumruk.office.documents.models import Issued
from gumruk.office.documents.queries import document_by_token, documents_about, verification_address
from gumruk.office.documents.services import document_issue, document_revoke

NOON = datetime(2026, 11, 25, 7, tzinfo=UTC)
SITORA = Actor(UUID(int=0x51), "Sitora", "cashier", ("TJ-KUL",))
ALPHA_TRADE = Actor(UUID(int=0x54), "Alpha Trade", "trader", (), "510000001")
ZED_LTD = Actor(UUID(int=0x55), "Zed Ltd", "trader", (), "510000002")


@pytest.fixture(autouse=True)
def office(db: Any) -> None:
    actor_apply(SITORA)


def issue(**content: object) -> Issued:
    return document_issue(
        kind="receipt",
        subject_kind="receipt",
        subject_id="r1",
        number="TJ-KUL/2026/000001",
        office_id="TJ-KUL",
        owner_id="510000001",
        content={"amount": "500", **content},
        by=SITORA,
        at=NOON,
    )


def test_it_lets_a_stranger_verify_by_the_token_alone() -> None:
    issued = issue()
    actor_apply(None)
    found = document_by_token(issued.token)
    assert found is not None
    assert (found.number, found.is_good, found.control) == (issued.number, True, found.control)
    assert found.control.replace(" ", "").lower() == issued.digest[:16]
    assert not Issued.objects.exists()
    assert document_by_token("A" * 22) is None


def test_it_issues_the_same_content_once_and_other_content_anew() -> None:
    first, again, other = issue(), issue(), issue(remark="x")
    assert first.id == again.id
    assert first.token != other.token
    assert len(documents_about("receipt", "r1")) == 2


def test_it_takes_a_document_back_and_says_so_to_whoever_verifies() -> None:
    issued = issue()
    assert document_revoke(document_id=issued.id, reason="voided", by=SITORA, at=NOON)
    assert not document_revoke(document_id=issued.id, reason="voided", by=SITORA, at=NOON)
    actor_apply(None)
    found = document_by_token(issued.token)
    assert found is not None
    assert not found.is_good


def test_it_wants_a_reason_to_take_a_document_back() -> None:
    with pytest.raises(ValueError, match="reason"):
        document_revoke(document_id=issue().id, reason=" ", by=SITORA, at=NOON)


def test_it_shows_a_trader_his_own_documents_only() -> None:
    issue()
    actor_apply(ALPHA_TRADE)
    assert Issued.objects.count() == 1
    actor_apply(ZED_LTD)
    assert Issued.objects.count() == 0


def test_it_lets_nobody_change_what_was_issued() -> None:
    issue()
    for statement in ("UPDATE documents_issued SET number = 'x'", "DELETE FROM documents_token"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_it_gives_tokens_that_fit_an_address() -> None:
    issued = issue()
    assert len(issued.token) == 22
    assert verification_address(issued.token).endswith(f"/verify/{issued.token}")

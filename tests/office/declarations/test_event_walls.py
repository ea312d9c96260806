# SPDX-License-Identifier: Apache-2.0
"""The database shows events to whoever may see their subject, also to a query that forgot to ask."""

from __future__ import annotations

from django.db import connection
from tests.office.declarations.stage import Stage

from gumruk.office.accounts.permissions import GUMRUK


def kinds(stage: Stage, login: str) -> set[str]:
    with stage.acting(login), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT kind FROM audit_event")
        return {kind for (kind,) in cursor.fetchall()}


def test_it_shows_events_by_the_file_they_tell_of(stage: Stage) -> None:
    stage.lodge()
    lodged = {"declaration.lodged", "declaration.accept"}
    assert lodged <= kinds(stage, "alpha")
    assert lodged <= kinds(stage, "dilnoza")
    assert lodged <= kinds(stage, "rustam")
    assert not lodged & kinds(stage, "zed")
    assert not lodged & kinds(stage, "malika")  # an officer of another post


def test_it_shows_a_person_what_he_did_himself(stage: Stage) -> None:
    stage.pay("100")
    assert "payment.received" in kinds(stage, "sitora") or any("receipt" in kind for kind in kinds(stage, "sitora"))
    assert not any(kind.startswith(("payment", "receipt")) for kind in kinds(stage, "zed"))


def test_jobs_see_all(stage: Stage) -> None:
    stage.lodge()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('gumruk.scope', '', true), set_config('gumruk.actor', '', true)")
        cursor.execute("SELECT count(*) FROM audit_event WHERE actor = %s", [str(GUMRUK.id)])
        assert cursor.fetchone()[0] > 0

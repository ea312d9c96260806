# SPDX-License-Identifier: Apache-2.0
"""What the database refuses to the application itself, whatever it was talked into."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from tests.office.declarations.stage import Stage

from gumruk.office.declarations import services


@pytest.mark.parametrize(
    "column", ["id", "sender", "payer", "office", "number", "reference", "goods", "training", "lodged_at"]
)
def test_it_lets_nobody_rewrite_whose_a_file_is(stage: Stage, column: str) -> None:
    stage.lodge()
    with pytest.raises(DatabaseError, match="permission denied"), stage.acting("alpha"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE declarations_file SET {column} = {column}")


@pytest.mark.parametrize("column", ["file", "reason", "placed_by", "placed_at"])
def test_it_lets_nobody_rewrite_a_hold(stage: Stage, column: str) -> None:
    file = stage.lodge()
    stage.do("dilnoza", services.hold_place, file, reason="to be weighed")
    with pytest.raises(DatabaseError, match="permission denied"), stage.acting("dilnoza"), connection.cursor() as cur:
        cur.execute(f"UPDATE declarations_hold SET {column} = {column}")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO declarations_hold (id, file, reason, placed_at, placed_by, lifted_why)"
        " VALUES (gen_random_uuid(), %s, 'x', now(), gen_random_uuid(), '')",
        "INSERT INTO declarations_decision (id, file, number, kind, path, declared, decided, grounds, act, appeal_body,"
        " at, actor) VALUES (gen_random_uuid(), %s, 9, 'code', '', '', '', '', '', '', now(), gen_random_uuid())",
        "INSERT INTO declarations_version (id, file, number, content, content_hash, format, source, answer, at, actor)"
        " VALUES (gen_random_uuid(), %s, 2, '', '', 'json', '', '{}', now(), gen_random_uuid())",
    ],
)
@pytest.mark.parametrize("login", ["zed", "malika"])
def test_it_lets_nobody_write_on_a_file_that_he_does_not_see(stage: Stage, login: str, statement: str) -> None:
    file = stage.lodge()
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), stage.acting(login):
        with connection.cursor() as cursor:
            cursor.execute(statement, [file.id])
    with stage.acting("dilnoza"), connection.cursor() as cursor:  # who sees it may
        cursor.execute(statement, [file.id])

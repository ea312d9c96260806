# SPDX-License-Identifier: Apache-2.0
"""A database that goes away in the middle of lodging: nothing half-written, and the same message again succeeds."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from django.test import Client
from tests.office.declarations.stage import TUESDAY, Stage, build, counts, message, rows

from gumruk.office.audit.queries import history_verify
from gumruk.office.audit.sealing import events_seal
from gumruk.office.declarations import services, storing
from gumruk.office.lawbook.queries import running_law_forget
from gumruk.office.project import binaries, cluster, postgres
from gumruk.office.project.environment import database

ONCE = dict.fromkeys(
    ("declarations_message", "declarations_file", "declarations_version", "declarations_number", "declarations_serial"),
    1,
)
NEVER = dict.fromkeys(ONCE, 0)
# Two statements lodge: the first claims the message and its serial, the second begins with this table.
TABLES = ("declarations_message", "declarations_file", "assessment_charge", "audit_event")


@pytest.fixture
def killing(committed: Stage) -> Iterator[Any]:
    """Lets PostgreSQL kill the connection that writes the next row into a table."""
    made: list[str] = []

    def killed(table: str) -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION trial_kill() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(5); RETURN NEW; END $$"
            )
            cursor.execute(
                f"CREATE TRIGGER trial_kill BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION trial_kill()"
            )
        made.append(table)

    def mended() -> None:
        with connections["owner"].cursor() as cursor:
            for table in made:
                cursor.execute(f"DROP TRIGGER IF EXISTS trial_kill ON {table}")
            cursor.execute("DROP FUNCTION IF EXISTS trial_kill")
        made.clear()

    killed.mended = mended  # type: ignore[attr-defined]
    yield killed
    mended()


@pytest.mark.parametrize("table", TABLES)
def test_it_answers_503_when_the_connection_is_killed_while_it_lodges(
    committed: Stage, killing: Any, table: str
) -> None:
    committed.set_clock(TUESDAY)
    client = committed.client("alpha")
    client.raise_request_exception = False
    before = counts("audit_event", "audit_subject", "audit_outbox")
    killing(table)
    answer = _post(client)
    assert (answer.status_code, answer.json()) == (503, {"error": "unavailable"})
    assert answer.headers["Retry-After"] == "10"
    assert (counts(*ONCE), counts(*before)) == (NEVER, before)
    killing.mended()
    again = _post(client)
    assert (again.status_code, again.headers["Idempotent-Replay"]) == (201, "false")
    assert again.json()["number"].endswith("/000001")
    assert counts(*ONCE) == ONCE
    events_seal(at=TUESDAY)
    assert history_verify() == []


def test_it_takes_everything_back_when_the_connection_is_killed_while_it_releases(
    committed: Stage, killing: Any
) -> None:
    committed.pay("300000")
    file = committed.lodge()
    tables = ("ledger_posting", "declarations_decision", "audit_event")
    before = counts(*tables)
    killing("audit_event")
    with pytest.raises(OperationalError):
        committed.do("dilnoza", services.declaration_release, file)
    connection.close()
    assert (counts(*tables), committed.file(file.id).state) == (before, "accepted")
    killing.mended()
    committed.do("dilnoza", services.declaration_release, file)
    assert committed.file(file.id).state == "released"


def test_it_says_that_there_is_no_law(committed: Stage) -> None:
    from tests.office.declarations.stage import owner_run

    committed.set_clock(TUESDAY)
    client = committed.client("alpha")
    owner_run("DELETE FROM lawbook_publication")
    running_law_forget()
    answer = _post(client)
    assert (answer.status_code, answer.json()) == (503, {"error": "no_law"})
    assert counts(*NEVER) == NEVER


@pytest.fixture
def own_server(
    database_server: None, django_db_setup: None, django_db_blocker: Any, settings: Any, set_clock: Any
) -> Iterator[tuple[list[postgres.Server], Stage]]:
    """A PostgreSQL of this test's own, durable, migrated and with its cast: it may be killed."""
    if not binaries.found():
        pytest.skip("no PostgreSQL programs here that this test could start a server with")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    parent = Path(tempfile.mkdtemp(prefix="gumruk-test-"))
    parent.chmod(0o755)
    data = parent / "var"
    kept = {alias: dict(connections.settings[alias]) for alias in ("default", "owner")}
    urls = cluster.urls(cluster.layout(data))
    servers = [postgres.Server(data)]
    with django_db_blocker.unblock():
        servers[0].__enter__()
        try:
            for alias, variable in (("default", "DATABASE_APP_URL"), ("owner", "DATABASE_URL")):
                connections[alias].close()
                connections.settings[alias].update(database(urls[variable]))
                connections[alias].settings_dict.update(database(urls[variable]))
            call_command("migrate", database="owner", verbosity=0)
            running_law_forget()
            yield servers, build(set_clock)
        finally:
            for alias, before in kept.items():
                connections[alias].close()
                connections.settings[alias].update(before)
                connections[alias].settings_dict.update(before)
            running_law_forget()
            servers[-1].stop()
            shutil.rmtree(cluster.layout(data).sockets, ignore_errors=True)
            shutil.rmtree(parent)


@pytest.mark.server
def test_it_is_whole_after_kill_9_between_the_two_statements(
    own_server: tuple[list[postgres.Server], Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The postmaster and its backend are killed when the message is claimed and nothing of it is stored yet."""
    servers, stage = own_server
    stage.set_clock(TUESDAY)
    client = stage.client("alpha")
    client.raise_request_exception = False
    assert _post(client, message("BEFORE")).status_code == 201
    stored = counts()
    store = storing.store

    def killed(*args: Any) -> None:
        assert rows("SELECT count(*) FROM declarations_message") == [(2,)]
        backend = connection.connection.info.backend_pid
        for pid in (servers[0].process.pid, backend):  # type: ignore[union-attr]
            os.kill(pid, signal.SIGKILL)
        store(*args)

    with monkeypatch.context() as between:
        between.setattr(storing, "store", killed)
        answer = _post(client)
    assert (answer.status_code, answer.json()) == (503, {"error": "unavailable"})
    assert _post(client).status_code == 503  # the database is still down

    servers[0].stop()
    servers.append(postgres.Server(servers[0].place.data))
    servers[-1].__enter__()
    connections["default"].close()
    assert counts() == stored
    again = _post(client)
    assert (again.status_code, again.headers["Idempotent-Replay"]) == (201, "false")
    assert again.json()["number"].endswith("/000002")
    assert _post(client, message("BEFORE")).headers["Idempotent-Replay"] == "true"
    events_seal(at=TUESDAY)
    assert history_verify() == []


def _post(client: Client, content: bytes | None = None) -> Any:
    return client.post("/api/v1/declarations", content or message(), content_type="application/json")

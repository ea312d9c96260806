# SPDX-License-Identifier: Apache-2.0
"""`gumruk up`: it starts all, serves, says who it is, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.project.conftest import SOURCE
from tests.project.running import Running, all_gone, environment, free_port, up

from gumruk.office.project import cluster
from gumruk.office.project.up import WEB_THREADS

pytestmark = [pytest.mark.server, pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]


@pytest.fixture(scope="module")
def started() -> Iterator[Path]:
    """A data folder that has been started once."""
    parent = Path(tempfile.mkdtemp(prefix="gumruk-test-"))
    parent.chmod(0o755)
    done = up(parent / "var", "--once")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Ready in" in done.stdout and "Database    PostgreSQL" in done.stdout
    yield parent / "var"
    shutil.rmtree(parent)


Serve = Callable[[], Running]


@pytest.fixture
def serve(started: Path) -> Iterator[Serve]:
    """Start Gumruk on the prepared data folder; what a failed test has left running is ended."""
    all_running: list[Running] = []

    def start() -> Running:
        all_running.append(Running(started))
        return all_running[-1]

    yield start
    for running in all_running:
        if running.process.poll() is None:
            running.end(signal.SIGTERM)


def test_it_starts_again_quickly_and_loses_nothing(started: Path) -> None:
    place = cluster.layout(started)
    before = time.monotonic()
    done = up(started, "--once")
    assert done.returncode == 0, done.stdout + done.stderr
    assert time.monotonic() - before < 10, "the goal is 5 s; shared machines are slower"
    assert cluster.running(place.cluster) is None


def told_about_the_owner(children: dict[int, str]) -> list[str]:
    """The web servers and workers that know the schema's owner, or run as root."""
    wrong = []
    for pid, line in children.items():
        if "granian" in line or "gumruk worker" in line:
            known = Path(f"/proc/{pid}/environ").read_text()
            assert "gumruk_app" in known
            as_root = os.geteuid() == 0 and Path(f"/proc/{pid}").stat().st_uid != pwd.getpwnam("gumruk-web").pw_uid
            wrong += [line] if as_root or "gumruk_owner" in known else []
    return wrong


def test_it_serves_until_ctrl_c_and_leaves_nothing_behind(started: Path, serve: Serve) -> None:
    running = serve()
    assert running.status() < 400
    assert f"http://127.0.0.1:{running.port}/" in running.said
    names = " ".join(running.children.values())
    assert "granian" in names and "gumruk worker" in names and "postgres" in names
    assert told_about_the_owner(running.children) == []

    second = up(started, "--port", str(free_port()))
    assert second.returncode == 2
    assert f"process {running.process.pid}, http://127.0.0.1:{running.port}/" in second.stderr
    assert running.status() < 400

    assert running.end(signal.SIGINT) == 0
    assert running.said.endswith("Stopped.\n")
    assert all_gone(running.children)


TOKEN = """
from gumruk.office.accounts.actors import GUMRUK
from gumruk.office.accounts.models import User
from gumruk.office.accounts.tokens import token_create
from gumruk.office.accounts.wall import acting
from gumruk.office.project.clock import now
with acting(GUMRUK):
    print(token_create(user=User.objects.get(login="alpha"), name="test", by=GUMRUK, at=now()))
"""


def lodge(running: Running, token: str, content: bytes) -> tuple[int, dict[str, Any], str]:
    """Lodge by the API: status, answer, and whether it is the answer of an earlier time."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{running.port}/api/v1/declarations",
        data=content,
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/xml"},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own address
            return answer.status, json.loads(answer.read()), answer.headers["Idempotent-Replay"]
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read()), ""


def test_it_writes_nothing_by_halves_when_the_database_is_killed_in_the_middle_of_lodging(
    started: Path, serve: Serve
) -> None:
    running = serve()
    shell = [sys.executable, "-m", "gumruk", "manage", "--data", str(started), "shell", "--verbosity", "0", "-c", TOKEN]
    token = subprocess.run(shell, env=environment(), capture_output=True, text=True, check=True).stdout.split()[-1]
    content = (SOURCE / "gumruk" / "demonstration" / "truck_mixed.xml").read_bytes()
    content = content.replace(b"ATR-2026-000417", b"ATR-2026-KILLED")
    place = cluster.layout(started)
    answers: list[tuple[int, dict[str, Any], str]] = []
    with psycopg.connect(cluster.urls(place)["DATABASE_URL"]) as blocker:
        blocker.execute("LOCK TABLE audit_event IN ACCESS EXCLUSIVE MODE")
        lodging = threading.Thread(target=lambda: answers.append(lodge(running, token, content)))
        lodging.start()
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND mode = 'RowExclusiveLock'"
        while blocker.execute(waiting).fetchone() == (0,):
            time.sleep(0.02)
        pid = cluster.running(place.cluster)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        lodging.join(30)
        blocker.close()
    assert [(status, answer["error"]) for status, answer, _ in answers] == [(503, "unavailable")]

    deadline = time.monotonic() + 20
    while running.status() >= 500 and time.monotonic() < deadline:
        time.sleep(0.1)
    status, first, repeated = lodge(running, token, content)
    assert (status, repeated) == (201, "false"), "nothing of the first try is there"
    status, second, repeated = lodge(running, token, content)
    assert (status, repeated, second["number"]) == (201, "true", first["number"])
    assert running.end(signal.SIGTERM) == 0
    assert "The database has ended unexpectedly; starting it again" in running.said
    assert all_gone(running.children)


def test_it_takes_all_with_it_when_it_is_killed_and_starts_again(started: Path, serve: Serve) -> None:
    running = serve()
    url = cluster.urls(cluster.layout(started))["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 100) AS value")
    running.end(signal.SIGKILL)
    assert all_gone(running.children)
    again = serve()
    with psycopg.connect(url, autocommit=True) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (100,)
        connection.execute("DROP TABLE kept")
    assert again.end(signal.SIGINT) == 0


def test_it_asks_for_the_length_of_what_comes_in_pieces(started: Path, serve: Serve) -> None:
    running = serve()
    with socket.create_connection(("127.0.0.1", running.port), timeout=10) as connection:
        connection.sendall(
            f"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\nTransfer-Encoding: chunked\r\n\r\n"
            "5\r\nhello\r\n0\r\n\r\n".encode()
        )
        assert connection.recv(12) == b"HTTP/1.1 411"
    assert running.end(signal.SIGINT) == 0


def test_it_answers_while_others_send_slowly(started: Path, serve: Serve) -> None:
    running = serve()
    head = (
        f"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\nCookie: csrftoken={'a' * 32}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\na="
    ).encode()
    slow = [socket.create_connection(("127.0.0.1", running.port)) for _ in range(WEB_THREADS - 1)]
    try:
        for connection in slow:
            connection.sendall(head)
        time.sleep(1)
        begun = time.monotonic()
        assert running.status() < 400
        assert time.monotonic() - begun < 5
    finally:
        for connection in slow:
            connection.close()
    assert running.end(signal.SIGINT) == 0
    assert "WARNING" not in running.said.partition("Ready in")[0]


@pytest.mark.parametrize("port", ["0", "99999", "-1", "80a", "9" * 40])
def test_it_refuses_what_is_no_port(port: str, tmp_path: Path) -> None:
    done = up(tmp_path, f"--port={port}")
    assert done.returncode == 2
    assert "a port is a number from 1 to 65535" in done.stderr and "Traceback" not in done.stderr


def test_it_refuses_a_busy_port_before_it_starts_anything(started: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = up(started, "--port", str(port))
    assert done.returncode == 2
    assert f"port {port} is taken" in done.stderr and "Mend: " in done.stderr
    assert "Traceback" not in done.stderr

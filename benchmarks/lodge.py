# SPDX-License-Identifier: Apache-2.0
"""Lodging over HTTP: sixteen clients, five-item declarations, durable, with checks, assessment, events and registries.

The floor is a bare view on the same server that stores the same rows with one statement; both are measured in turns.
"""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from gumruk.office.project.up import WEB_THREADS

ROOT = Path(__file__).resolve().parents[1]
CLIENTS, SECONDS, TURNS = 16, 5.0, 3
WORKERS, THREADS = "2", str(WEB_THREADS)  # as `./run` serves
REFERENCE = b"ATR-2026-000417"
#: The papers by which a shipment is known again: each message is a shipment of its own.
PAPERS = (b"KSR-26-1108", b"CMR 0418823")


def figures() -> Iterator[Figure]:
    """Start an installation of its own, measure, and take it away."""
    with tempfile.TemporaryDirectory(prefix="gumruk-bench-") as folder:
        os.chmod(folder, 0o755)  # noqa: S103 - the database's user must pass it, else it lies in /var/lib/gumruk
        os.environ["GUMRUK_DATA"] = folder
        from gumruk.office.project import installation

        with installation.database(installation.data_choose(folder), lambda line: print(line, file=sys.stderr)):
            token, message = _prepare()
            port = _free_port()
            server = _server(port)
            try:
                yield from _measured(port, token, message)
            finally:
                server.terminate()
                server.wait(15)


def _prepare() -> tuple[str, bytes]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.lodge_settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from gumruk import demonstration as samples
    from gumruk.office.accounts.models import User
    from gumruk.office.accounts.permissions import GUMRUK, acting
    from gumruk.office.accounts.tokens import token_create
    from gumruk.office.desk import demonstration
    from gumruk.office.project.clock import now

    call_command("migrate", database="owner", verbosity=0)
    demonstration.demonstration_load(progress=lambda line: None)
    with acting(GUMRUK):
        token = token_create(user=User.objects.get(login="alpha"), name="bench", by=GUMRUK, at=now())
    connections.close_all()
    return token, samples.sample_path("truck_mixed.xml").read_bytes()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _server(port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", WORKERS, "--blocking-threads", THREADS, "--no-ws", "--log-level", "error"]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    server = subprocess.Popen([*command, "gumruk.office.project.wsgi:application"], env=environment, cwd=ROOT)
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return server
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the web server did not start")


def _measured(port: int, token: str, message: bytes) -> Iterator[Figure]:
    for number in range(24):  # so that each worker process has rows for the floor, and its caches are warm
        status = _post(
            http.client.HTTPConnection("127.0.0.1", port), "/bench/remember", token, _renamed(message, f"W{number}")
        )
        if status != 201:
            raise RuntimeError(f"the first lodgement got {status}")
    rates: dict[str, list[float]] = {"/bench/floor": [], "/api/v1/declarations": []}
    times: list[float] = []
    for turn in range(TURNS):
        for path, found in rates.items():
            count, seconds, latencies = _load(port, path, token, message, f"T{turn}")
            found.append(count / seconds)
            if path != "/bench/floor":
                times += latencies
    floor, lodge = (statistics.median(found) for found in rates.values())
    yield Figure("lodge", "floor: the same rows, one statement", round(floor, 1), "1/s")
    yield Figure("lodge", "declarations lodged", round(lodge, 1), "1/s", "136")
    yield Figure("lodge", "lodged to floor", round(lodge / floor, 2), "ratio", "at least 0.60")
    yield Figure("lodge", "median", round(statistics.median(times) * 1000, 1), "ms")
    yield Figure("lodge", "95th percentile", round(statistics.quantiles(times, n=20)[-1] * 1000, 1), "ms")


def _load(port: int, path: str, token: str, message: bytes, turn: str) -> tuple[int, float, list[float]]:
    ends = time.monotonic() + SECONDS
    latencies: list[float] = []
    wrong: list[int] = []

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        sent = 0
        while time.monotonic() < ends:
            body = _renamed(message, f"{turn}-{number}-{sent}")
            started = time.monotonic()
            status = _post(connection, path, token, body)
            latencies.append(time.monotonic() - started)
            sent += 1
            if status != 201:
                wrong.append(status)

    started = time.monotonic()
    clients = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in clients:
        thread.start()
    for thread in clients:
        thread.join()
    if wrong:
        raise RuntimeError(f"{path}: {len(wrong)} answers were not 201, the first {wrong[0]}")
    return len(latencies), time.monotonic() - started, latencies


def _renamed(message: bytes, reference: str) -> bytes:
    own = f"B-{os.getpid()}-{reference}".encode()
    for paper in PAPERS:
        message = message.replace(paper, paper + own)
    return message.replace(REFERENCE, own)


def _post(connection: http.client.HTTPConnection, path: str, token: str, body: bytes) -> int:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/xml"}
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status

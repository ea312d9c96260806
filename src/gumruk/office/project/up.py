# SPDX-License-Identifier: Apache-2.0
"""`gumruk up`: database, schema, demonstration, web server and worker, until Ctrl-C."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from gumruk.office.project import cluster, installation, machine, postgres
from gumruk.office.project.environment import MAIL_FOLDER, data_folder, search_folder
from gumruk.office.project.machine import SYSTEM_FOLDER, Account
from gumruk.office.project.postgres import Server
from gumruk.office.project.supervisor import Part, Supervisor
from gumruk.office.project.words import RunError, language_choose, tell

WEB_START_SECONDS_MAX = 30.0
WEB_THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)
"""Requests that one web process works on. A body that comes slowly keeps its thread waiting: a post with a poor line
must not keep all others waiting. Each thread has a connection to the database; granian warns of more than this."""


def say(line: str) -> None:
    """Show a line at once."""
    print(line, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Show what is being done, and how long it took where that was over half a second."""
    print(f"{title} ...", end="", flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        print(flush=True)
        raise
    seconds = time.monotonic() - started
    shown = tell("step.seconds", seconds=f"{seconds:.1f}") if seconds >= 0.5 else tell("step.done")
    print(f" {shown}", flush=True)


def up_run(arguments: argparse.Namespace) -> int:
    """Bring the installation up. Returns the exit status; raises RunError with a mend when something is in the way."""
    signal.signal(signal.SIGTERM, _interrupt)
    language_choose(arguments.language)
    started = time.monotonic()
    data = installation.data_choose(arguments.data)
    host, port = arguments.host, arguments.port
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    os.environ.setdefault("GUMRUK_PUBLIC_ADDRESS", address.rstrip("/"))
    with installation.only_one(data, "run --once" if arguments.once else address):
        if not arguments.once:
            installation.port_check(host, port)
        if arguments.fresh:
            _forget(data, asked=arguments.yes)
        with installation.database(data, say) as server:
            summary = _prepare(server)
            say(f"\n{summary}")
            if arguments.once:
                say(tell("say.ready_once", seconds=f"{time.monotonic() - started:.1f}"))
                return 0
            _serve(server, host, port, address, started)
    say(tell("say.stopped"))
    return 0


def _interrupt(_signal: int, _frame: Any) -> NoReturn:
    raise KeyboardInterrupt


def _forget(data: Path, *, asked: bool) -> None:
    """Remove the demonstration's database after asking; only one that our runner made."""
    if installation.named_database() is not None:
        raise RunError("fresh_foreign")
    folder = cluster.layout(data).cluster
    if not folder.exists():
        return
    if not asked:
        if not sys.stdin.isatty():
            raise RunError("fresh_nobody")
        if input(tell("say.forget", folder=folder)).strip().lower() != "yes":
            raise RunError("fresh_declined")
    postgres.forget(data)
    say(tell("say.removed", folder=folder))


def _prepare(server: Server | None) -> str:
    """Migrate as the owner; load the demonstration where it is of this country. Returns what to print about it."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", installation.SETTINGS)
    with step(tell("step.schema")):
        django.setup()
        call_command("migrate", database="owner", verbosity=0)
    lines = [_line("database", _database_line(server)), _line("data", os.environ["GUMRUK_DATA"])]
    from gumruk.office.desk import demonstration

    if settings.GUMRUK_TRAINING and settings.GUMRUK_COUNTRY.lower() == demonstration.COUNTRY:
        with step(tell("step.demonstration")):
            rows = demonstration.demonstration_load(progress=lambda line: print(f"\n{line}", end="", flush=True))
        demonstration.summary_print(rows)
    return "\n".join(lines)


def _database_line(server: Server | None) -> str:
    if server is None:
        return tell("summary.named")
    if server.programs is None:
        return tell("summary.shared", folder=server.place.cluster)
    programs = server.programs
    source = tell(f"source.{programs.source}")
    return tell("summary.own", version=programs.version, source=source, folder=server.place.cluster)


def _line(name: str, text: str) -> str:
    return f"{tell(f'summary.{name}'):<12}{text}"


def _serve(server: Server | None, host: str, port: int, address: str, started: float) -> None:
    from django.conf import settings
    from django.db import connections

    connections.close_all()
    environment = installation.child_environment(os.environ, settings.SECRET_KEY)
    workers = os.environ.get("GUMRUK_WORKERS", str(max(2, min(8, os.cpu_count() or 2))))
    with Supervisor(environment, database=server, say=say) as parts:
        parts.environment["GUMRUK_SEARCH"] = str(_search_folder(parts.account))
        with step(tell("step.web")):
            web = parts.start(
                tell("part.web"),
                "granian",
                *("--interface", "wsgi", "--host", host, "--port", str(port), "--workers", workers),
                *(
                    "--blocking-threads",
                    str(WEB_THREADS),
                    "--no-ws",
                    "--respawn-failed-workers",
                    "--log-level",
                    "warning",
                ),
                "gumruk.office.project.wsgi:application",
            )
            machine.folder_make(data_folder() / MAIL_FOLDER, 0o700, parts.account)
            parts.start(tell("part.worker"), "gumruk", "worker")
            parts.once(tell("part.search"), "gumruk", "nomenclature", "index")
            _wait_for(web, address, parts)
        if not parts.ending:
            say(_line("address", address))
            say(tell("say.ready", seconds=f"{time.monotonic() - started:.1f}"))
        parts.watch()
        say("\n" + tell("say.stopping"))


def _search_folder(account: Account | None) -> Path:
    """The folder of the search index, made for the account of the web server: where it can go if not with the data."""
    folder = search_folder()
    if not machine.can_reach(account, data_folder(), os.X_OK):
        folder = SYSTEM_FOLDER / machine.short_hash(data_folder()) / "search"
    machine.folder_make(folder, 0o755, account)
    return folder


def _wait_for(web: Part, address: str, parts: Supervisor) -> None:
    """Wait until the web server answers. Raises RunError when it ends or does not."""
    deadline = time.monotonic() + WEB_START_SECONDS_MAX
    while not parts.ending:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - our own address
            return
        except urllib.error.HTTPError as error:
            error.close()
            if error.code >= 500:
                raise RunError("web_error", status=error.code) from None
            return
        except OSError:
            if web.process.poll() is not None or time.monotonic() > deadline:
                raise RunError("web_silent") from None
            time.sleep(0.05)

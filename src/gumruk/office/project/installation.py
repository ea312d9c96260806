# SPDX-License-Identifier: Apache-2.0
"""One installation: its data folder, its database, its environment, and that only one process serves it."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from gumruk.office.project import cluster
from gumruk.office.project.environment import data_folder, env_text
from gumruk.office.project.postgres import Say, Server
from gumruk.office.project.words import RunError, tell

SETTINGS = "gumruk.office.project.settings"


@dataclass(frozen=True)
class Named:
    """A database that the environment names: used, never started, stopped or wiped."""

    owner_url: str
    application_url: str


def named_database() -> Named | None:
    """Return the database of DATABASE_URL and DATABASE_APP_URL (or their `_FILE`). RunError if only one is set."""
    owner, application = env_text("DATABASE_URL", ""), env_text("DATABASE_APP_URL", "")
    if bool(owner) != bool(application):
        missing = "DATABASE_APP_URL" if owner else "DATABASE_URL"
        raise RunError("url_missing", missing=missing)
    return Named(owner, application) if owner else None


def data_choose(given: str | None) -> Path:
    """Return the data folder (`--data`, GUMRUK_DATA, `var`) and make it known to all that follows."""
    if given:
        os.environ["GUMRUK_DATA"] = str(Path(given).absolute())
    data = data_folder()
    os.environ["GUMRUK_DATA"] = str(data)
    try:
        cluster.layout(data)
    except OSError as error:
        raise RunError("data_unusable", folder=data, reason=error.strerror) from error
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        raise RunError("data_unusable", folder=data, reason=os.strerror(errno.EACCES))
    return data


@contextmanager
def database(data: Path, say: Say) -> Iterator[Server | None]:
    """Have the database running while the block runs and its URLs in the environment.

    Yields the server of the data folder, or None where the environment names another.
    """
    named = named_database()
    if named is not None:
        os.environ.update(DATABASE_URL=named.owner_url, DATABASE_APP_URL=named.application_url)
        yield None
        return
    with Server(data, say=say) as server:
        os.environ.update(cluster.urls(server.place))
        yield server


def is_there(given: str | None) -> bool:
    """Whether there is an installation for `opened` to open: a database that is named, or one in the data folder."""
    if env_text("DATABASE_APP_URL", ""):
        return True
    data = Path(given).absolute() if given else data_folder()
    return data.is_dir() and cluster.layout(data).major is not None


@contextmanager
def opened(given: str | None) -> Iterator[None]:
    """Have the installation's database running and Django set up, for a command that works on what is there.

    A database that the environment names is used as its application. Raises RunError where there is no schema yet.
    """
    import django
    from django.db import connection

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    with ExitStack() as held:
        if not env_text("DATABASE_APP_URL", ""):
            data = data_choose(given)
            if cluster.layout(data).major is None:
                raise RunError("no_schema")
            held.enter_context(database(data, lambda line: print(line, file=sys.stderr)))
        django.setup()
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('accounts_user') IS NOT NULL")
            if not cursor.fetchone()[0]:
                raise RunError("no_schema")
        yield


@contextmanager
def only_one(data: Path, address: str) -> Iterator[None]:
    """Hold the data folder for this process. Raises RunError, naming the process that holds it already."""
    path = data / "running.json"
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunError("running_already", holder=_holder(file.read())) from None
        file.truncate(0)
        json.dump({"process": os.getpid(), "address": address}, file)
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def holder_of(data: Path) -> str | None:
    """Return what the Gumruk that holds this data folder serves; None when none does."""
    try:
        with (data / "running.json").open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return _holder(file.read())
    except OSError:
        pass
    return None


def _holder(text: str) -> str:
    try:
        known = json.loads(text)
        return tell("holder.process", process=known["process"], address=known["address"])
    except (ValueError, KeyError):
        return tell("holder.starting")


def port_check(host: str, port: int, wait_seconds: float = 2.0) -> None:
    """Make sure that we may listen on this port. Raises RunError, naming the port and the mend."""
    deadline = time.monotonic() + wait_seconds
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    while True:
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((host, port))
                return
            except OSError as error:
                reason = error
        if reason.errno != errno.EADDRINUSE or time.monotonic() > deadline:
            break
        time.sleep(0.1)
    if reason.errno == errno.EADDRINUSE:
        raise RunError("port_taken", port=port, next=port + 1)
    raise RunError("port_unusable", host=host, port=port, reason=reason.strerror)


def child_environment(source: Mapping[str, str], secret_key: str) -> dict[str, str]:
    """Return what the web server and the worker may know: the application's database user, not the owner's."""
    kept = {name: value for name, value in source.items() if name.startswith("GUMRUK_") or name in _PASSED}
    kept.update(
        DJANGO_SETTINGS_MODULE=SETTINGS,
        DATABASE_APP_URL=env_text("DATABASE_APP_URL", ""),
        GUMRUK_SECRET_KEY=secret_key,
        LC_ALL="C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8",
    )
    return kept


_PASSED = frozenset({"PATH", "LANG", "TZ", "SSL_CERT_FILE", "SSL_CERT_DIR"})

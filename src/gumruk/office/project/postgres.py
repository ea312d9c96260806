# SPDX-License-Identifier: Apache-2.0
"""The small runner: one PostgreSQL for one data folder, on a Unix socket, with passwords, ended when we end."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from gumruk.office.project import binaries, machine
from gumruk.office.project.cluster import (
    APPLICATION,
    DATABASE,
    OWNER,
    WAIT_SECONDS,
    Layout,
    layout,
    passwords,
    process_id,
    running,
)
from gumruk.office.project.words import RunError, tell

MARKER = "made_by_gumruk"
"""A file in each database folder that the runner made; `--fresh` removes no other."""

DEATH_SECONDS = 5.0
"""How long a server that lost its Gumruk may take to end before the next Gumruk takes it over."""

FREE_BYTES_MIN = 256 * 1024 * 1024

Say = Callable[[str], None]


class Server:
    """The running database of a data folder; a context manager that stops it if this process started it."""

    def __init__(self, data: Path, *, say: Say = lambda _line: None, durable: bool = True) -> None:
        self.place = layout(data)
        self.say = say
        self.durable = durable
        self.ours = False
        self.process: subprocess.Popen[bytes] | None = None
        self.programs: binaries.Binaries | None = None

    def __enter__(self) -> Self:
        """Start the database, or use the one that another Gumruk of the same data folder has started."""
        lock = self.place.data / "database.lock"
        self._lock = os.fdopen(os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "r+")
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self.ours = True
                break
            except BlockingIOError:
                if self._ready():
                    return self
                if time.monotonic() > deadline:
                    raise RunError("starting_elsewhere", folder=self.place.data) from None
                time.sleep(0.1)
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Make the database folder if there is none, start the server and wait until it answers."""
        place = self.place
        pid = running(place.cluster)
        if pid is not None and _left_to_die(pid, place.cluster):
            pid = None
        self.programs = binaries.choose(place.major, place.account)
        _disk_check(place.data, place.cluster.parent)
        if pid is None:
            if place.major is None:
                self._make()
            self._passwords_agree()
            self._launch()
        self._wait()

    def alive(self) -> bool:
        """Tell whether the server that we answer for still runs."""
        if self.process is not None:
            return self.process.poll() is None
        return running(self.place.cluster) is not None

    def stop(self) -> None:
        """Stop the server if it is ours (open transactions are rolled back); wait until it has gone."""
        if self.ours:
            for wish in (signal.SIGINT, signal.SIGQUIT):
                pid = self.process.pid if self.process else running(self.place.cluster)
                if pid is None or not self.alive():
                    break
                os.kill(pid, wish)
                deadline = time.monotonic() + WAIT_SECONDS
                while self.alive() and time.monotonic() < deadline:
                    time.sleep(0.02)
            self.process = None
            self.ours = False
        self._lock.close()

    def _make(self) -> None:
        """Make the database folder beside its place and move it there when it is whole."""
        place, programs = self.place, self.programs
        assert programs is not None  # noqa: S101 - start() has chosen them
        self.say(tell("say.making", version=programs.version, source=tell(f"source.{programs.source}")))
        half = place.cluster.with_name("postgres.new")
        shutil.rmtree(half, ignore_errors=True)
        try:
            self._fill(half, programs)
        except BaseException:
            shutil.rmtree(half, ignore_errors=True)
            raise
        half.rename(place.cluster)

    def _fill(self, half: Path, programs: binaries.Binaries) -> None:
        machine.folder_make(half, 0o700, self.place.account)
        locale = "C.UTF-8" if sys.platform == "linux" else "C"
        command: list[str | Path] = [
            programs.folder / "initdb",
            "-D",
            half,
            "--username=gumruk_admin",
            "--encoding=UTF8",
        ]
        command += ["--encoding=UTF8", f"--locale={locale}", "--auth=reject", "--data-checksums"]
        self._tool(command, "", half)
        # Two users may enter, with their passwords, through the socket; the administrator nowhere.
        (half / "pg_hba.conf").write_text(f"local all {OWNER},{APPLICATION} scram-sha-256\n")
        (half / MARKER).write_text("PostgreSQL folder made by Gumruk's runner; `./run --fresh` may remove it.\n")
        self._single_user(
            half,
            f"CREATE ROLE {OWNER} LOGIN CREATEDB",
            f"CREATE ROLE {APPLICATION} LOGIN",
            f"CREATE DATABASE {DATABASE} OWNER {OWNER} TEMPLATE template0 ENCODING 'UTF8'",
            f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC",
            f"GRANT CONNECT, TEMPORARY ON DATABASE {DATABASE} TO {APPLICATION}",
        )

    def _passwords_agree(self) -> None:
        """Give the two users the passwords of the data folder, if it is new or was made anew."""
        words, stamp = passwords(self.place.data), self.place.cluster / "passwords_set"
        state = hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()
        if not stamp.exists() or stamp.read_text() != state:
            lines = [f"ALTER ROLE {name} PASSWORD '{word}'" for name, word in words.items()]
            self._single_user(self.place.cluster, *lines)
            stamp.write_text(state)
            stamp.chmod(0o600)

    def _single_user(self, folder: Path, *lines: str) -> None:
        """Run statements without a server: this needs no network and no password, only the files."""
        assert self.programs is not None  # noqa: S101 - start() has chosen them
        command: list[str | Path] = [self.programs.folder / "postgres", "--single", "-D", folder, "postgres"]
        said = self._tool(command, "".join(f"{line}\n" for line in lines), folder)
        if "ERROR:" in said or "FATAL:" in said:  # it ends well even when a statement failed
            raise _failure("postgres --single", said, folder)

    def _tool(self, command: list[str | Path], typed: str, folder: Path) -> str:
        account = self.place.account
        done = subprocess.run(
            command,
            input=typed,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=folder,
            env=_environment(),
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            check=False,
        )
        if done.returncode != 0:
            raise _failure(Path(command[0]).name, done.stdout, folder)
        return done.stdout

    def _launch(self) -> None:
        place, programs = self.place, self.programs
        assert programs is not None  # noqa: S101 - start() has chosen them
        _sockets_make(place)
        log_path = place.cluster / "server.log"
        command = [str(programs.folder / "postgres"), "-D", str(place.cluster), "-c", "listen_addresses="]
        command += ["-c", f"unix_socket_directories={place.sockets}", "-c", "logging_collector=off"]
        if not self.durable:
            command += ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
        with log_path.open("wb") as log:
            self.process = machine.start(
                command,
                account=place.account,
                environment=_environment(),
                output=log,
                folder=place.cluster,
                on_our_death=signal.SIGINT,
            )

    def _wait(self) -> None:
        deadline = time.monotonic() + WAIT_SECONDS
        told = time.monotonic() + 1
        while not self._ready():
            if not self.alive() or time.monotonic() > deadline:
                said = (self.place.cluster / "server.log").read_text(errors="replace")
                raise _failure("postgres", said, self.place.cluster)
            if time.monotonic() > told:
                self.say(tell("say.waiting"))
                told = deadline + 1
            time.sleep(0.02)

    def _ready(self) -> bool:
        """PostgreSQL writes its state into the eighth line of its lock file."""
        try:
            lines = (self.place.cluster / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        fresh = self.process is None or (bool(lines) and lines[0] == str(self.process.pid))
        return fresh and len(lines) > 7 and lines[7].strip() == "ready" and process_id(self.place.cluster) is not None


def forget(data: Path) -> None:
    """Remove the database of a data folder. Raises RunError if it is not one that the runner made, or runs."""
    place = layout(data)
    if not place.cluster.exists():
        return
    if not (place.cluster / MARKER).exists():
        raise RunError("not_ours", folder=place.cluster)
    if running(place.cluster) is not None:
        raise RunError("database_runs", folder=place.cluster)
    shutil.rmtree(place.cluster)


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8" if sys.platform == "linux" else "C"}


def _sockets_make(place: Layout) -> None:
    """Make the socket's folder, closed to others; refuse one that somebody else has put there.

    Started as root, the web server is another user than the database, so that it cannot touch the files: its
    group, in which nobody else is, may pass the folder. In all other cases it is 0700.
    """
    folder = place.sockets
    if folder.is_symlink() or (folder.exists() and folder.stat().st_uid not in {0, place.uid}):
        raise RunError("socket_foreign", folder=folder)
    machine.folder_make(folder, 0o700, place.account)
    web = machine.system_account("gumruk-web")
    if web and place.account:
        os.chown(folder, place.account.uid, web.gid)
        folder.chmod(0o710)


def _left_to_die(pid: int, cluster: Path) -> bool:
    """Tell whether a server whose Gumruk is dead goes by itself (Linux); else it is taken over."""
    deadline = time.monotonic() + DEATH_SECONDS
    while sys.platform == "linux" and time.monotonic() < deadline:
        if running(cluster) != pid:
            return True
        time.sleep(0.05)
    return False


def _disk_check(*folders: Path) -> None:
    for folder in folders:
        free = shutil.disk_usage(folder).free
        if free < FREE_BYTES_MIN:
            megabyte = 1024**2
            raise RunError("disk_full", folder=folder, free=free // megabyte, needed=FREE_BYTES_MIN // megabyte)


def _failure(what: str, said: str, folder: Path) -> RunError:
    last = "\n  ".join(said.strip().splitlines()[-8:])
    if "No space left on device" in said:
        return RunError("disk_full_while", folder=folder, what=what)
    return RunError("postgres_failed", what=what, said=last)

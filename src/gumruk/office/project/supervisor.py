# SPDX-License-Identifier: Apache-2.0
"""Keep the parts of a running installation alive: the database, the web server and the worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO, Self

from gumruk.office.project import machine
from gumruk.office.project.machine import SYSTEM_FOLDER, Account
from gumruk.office.project.postgres import Say, Server
from gumruk.office.project.words import RunError, tell

STARTS_MAX = 5
"""A part that ends this often within a minute is not started again."""

ONCE_NICE = 5
"""How far a piece of work done beside yields to the parts that serve."""

_STOP_SECONDS = 10.0


@dataclass
class Part:
    """A program of ours that is to run all the time."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes]
    started: list[float] = field(default_factory=list)


class Supervisor:
    """Starts parts, starts them again when they end, and stops them in the end; a context manager."""

    def __init__(self, environment: Mapping[str, str], *, database: Server | None, say: Say) -> None:
        self.account = machine.system_account("gumruk-web")
        self.code, self.python = _code(self.account)
        self.environment = {**environment, "PYTHONPATH": str(self.code), "PYTHONUNBUFFERED": "1"}
        self.database = database
        self.say = say
        self.parts: list[Part] = []
        self.beside: list[Part] = []
        self.ending = False

    def __enter__(self) -> Self:
        """Listen to Ctrl-C, SIGTERM and a closed terminal."""
        self._before = {one: signal.signal(one, self._end) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
        return self

    def __exit__(self, *_error: object) -> None:
        """Stop all parts: ask, then insist."""
        for part in (*self.beside, *reversed(self.parts)):
            _signal(part, signal.SIGTERM)
        for part in (*self.beside, *self.parts):
            try:
                part.process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                _signal(part, signal.SIGKILL)
                part.process.wait()
        for one, handler in self._before.items():
            signal.signal(one, handler)

    def start(self, name: str, module: str, *words: str) -> Part:
        """Start `python -m module words`."""
        command = [self.python, "-m", module, *words]
        part = Part(name, command, self._launch(command), [time.monotonic()])
        self.parts.append(part)
        return part

    def once(self, name: str, module: str, *words: str) -> Part:
        """Start `python -m module words` for one piece of work: it yields to all others and ends by itself."""
        command = [self.python, "-m", module, *words]
        with open(os.devnull, "wb") as nowhere:
            part = Part(name, command, self._launch(command, nowhere), [time.monotonic()])
        nice = min(19, os.getpriority(os.PRIO_PROCESS, 0) + ONCE_NICE)
        os.setpriority(os.PRIO_PROCESS, part.process.pid, nice)
        self.beside.append(part)
        return part

    def watch(self, seconds: float = 0.5) -> None:
        """Keep all parts running until somebody ends us. Raises RunError when one does not stay up."""
        while not self.ending:
            time.sleep(seconds)
            if not self.ending:
                self.look()

    def look(self) -> None:
        """Start again what has ended; let go what was started for one piece of work and has done it."""
        self.beside = [part for part in self.beside if part.process.poll() is None]
        if self.database is not None and self.database.ours and not self.database.alive():
            self.say(tell("say.database_again"))
            self.database.start()
        for part in self.parts:
            status = part.process.poll()
            if status is None:
                continue
            now = time.monotonic()
            part.started = [moment for moment in part.started if now - moment < 60]
            if len(part.started) >= STARTS_MAX:
                raise RunError("part_ends", part=part.name, times=STARTS_MAX, status=status)
            self.say(tell("say.part_again", part=part.name, status=status))
            part.process = self._launch(part.command)
            part.started.append(now)

    def _launch(self, command: list[str], output: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
        return machine.start(
            command, account=self.account, environment=self.environment, output=output, folder=self.code
        )

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        self.ending = True


def _signal(part: Part, wish: signal.Signals) -> None:
    """Send a signal to a part and to what it has started: it leads a session of its own."""
    try:
        os.killpg(part.process.pid, wish)
    except ProcessLookupError:
        pass


def _code(account: Account | None) -> tuple[Path, str]:
    """Return the source folder and the Python for this account: ours, or a mirror where it may not read ours.

    A checkout in root's home is closed to others; the mirror in the system folder is made of hard links.
    """
    source, environment = Path(__file__).resolve().parents[3], Path(sys.prefix)
    readable = machine.can_reach(account, source / "gumruk" / "cli.py", os.R_OK)
    if readable and machine.can_reach(account, Path(sys.executable), os.X_OK):
        return source, sys.executable
    mirror = SYSTEM_FOLDER / machine.short_hash(source)
    stamp, installed = mirror / "installed.txt", environment / "installed.txt"
    state = installed.read_text() if installed.exists() else ""
    if not mirror.exists():
        machine.folder_make(mirror, 0o711)
        (mirror / machine.OWNER_FILE).write_text(f"{source}\n")
    if not stamp.exists() or stamp.read_text() != state:
        machine.folder_copy(environment, mirror / ".venv", link=True)
        stamp.write_text(state)
    machine.folder_copy(source, mirror / "src")
    python = mirror / ".venv" / "bin" / "python"
    if account is not None and not machine.can_reach(account, python, os.X_OK):
        raise RunError("python_closed", account=account.name, python=python.resolve())
    return mirror / "src", str(python)

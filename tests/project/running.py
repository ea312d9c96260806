# SPDX-License-Identifier: Apache-2.0
"""`gumruk up` in a process of its own, as a user starts it: for tests of the start and of whole days at the office."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.project.conftest import SOURCE

READY_SECONDS_MAX = 120


def command(data: Path, *words: str) -> list[str]:
    """The command line of `gumruk up` on a data folder."""
    return [sys.executable, "-m", "gumruk", "up", "--data", str(data), *words]


def environment() -> dict[str, str]:
    """What a user's shell gives: nothing of the tests' own database, one web worker, English."""
    dropped = ("DATABASE", "GUMRUK", "DJANGO")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return {**kept, "PYTHONPATH": str(SOURCE), "GUMRUK_WORKERS": "1", "GUMRUK_LANGUAGE": "en"}


def up(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `gumruk up` to its end."""
    return subprocess.run(
        command(data, *words),
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Running:
    """A `gumruk up` that serves, in a process of its own."""

    def __init__(self, data: Path) -> None:
        self.port = free_port()
        self.process = subprocess.Popen(
            command(data, "--port", str(self.port)),
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""
        self.ready = threading.Event()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()
        if not self.ready.wait(READY_SECONDS_MAX) or self.process.poll() is not None:
            self.process.terminate()
            raise AssertionError(self.said)
        self.children = descendants(self.process.pid)

    def _read(self) -> None:
        """Read all the time: a full pipe would stop the web server as soon as it has something to say."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if "Ready in" in line:
                self.ready.set()
        self.ready.set()

    def status(self) -> int:
        """Ask for the first page, as a browser would: the answer's status."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code

    def end(self, wish: signal.Signals) -> int:
        """Send a signal and wait until all has stopped: the exit status."""
        self.process.send_signal(wish)
        self.process.wait(40)
        self.reader.join(10)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return self.process.returncode


def descendants(pid: int) -> dict[int, str]:
    """All processes below this one, with their command lines."""
    table = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            table[int(folder.name)] = (parent, (folder / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    found, wave = {}, {pid}
    while wave:
        wave = {one for one, (parent, _) in table.items() if parent in wave}
        found.update({one: table[one][1] for one in wave})
    return found


def all_gone(children: dict[int, str], seconds: float = 15) -> bool:
    """Whether all these processes end within the time."""
    deadline = time.monotonic() + seconds
    left = dict(children)
    while left and time.monotonic() < deadline:
        for pid in list(left):
            try:
                gone = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
            except OSError:
                gone = True
            if gone:
                del left[pid]
        time.sleep(0.05)
    return not left

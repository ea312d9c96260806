# SPDX-License-Identifier: Apache-2.0
"""`gumruk doctor` says which database is used and what is wrong, each with its mend."""

from __future__ import annotations

import json
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gumruk import cli
from gumruk.office.project import cluster, doctor, postgres


def examined(port: int = 0) -> dict[str, doctor.Check]:
    return {check.name: check for check in doctor.examine("127.0.0.1", port)}


def test_it_finds_nothing_wrong_here(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUMRUK_DATA", str(data))
    assert {check.state for check in examined().values()} <= {"ok", "warning"}
    assert not data.exists(), "looking changes nothing"


@pytest.mark.server
def test_it_names_the_database_and_whether_it_runs(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUMRUK_DATA", str(data))
    with postgres.Server(data) as server:
        pid, text = cluster.running(server.place.cluster), examined()["database"].text
        assert server.programs is not None
        assert f"version {server.programs.version}" in text and f": {server.programs.folder})" in text
        assert f"data {server.place.cluster}, running as process {pid}" in text
    assert examined()["database"].text.endswith("not running")


@pytest.mark.server
def test_it_finds_an_application_that_is_the_owner(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with postgres.Server(data) as server:
        urls = cluster.urls(server.place)
        for name, url in urls.items():
            monkeypatch.setenv(name, url)
        assert examined()["database"].state == "ok"
        monkeypatch.setenv("DATABASE_APP_URL", urls["DATABASE_URL"])
        check = examined()["database"]
        assert check.state == "error" and "second user" in check.mend
    check = examined()["database"]
    assert check.state == "error" and "DATABASE_URL does not answer" in check.text


@pytest.mark.parametrize("year", [1970, 2025, 2100])
def test_it_finds_a_clock_that_is_wrong(year: int) -> None:
    check = doctor._clock(datetime(year, 1, 1, tzinfo=UTC))
    assert check.state == "error" and "timedatectl" in check.mend


def test_it_finds_missing_fonts(tmp_path: Path) -> None:
    assert doctor._fonts(tmp_path).state == "error"
    (tmp_path / "empty.ttf").touch()
    assert doctor._fonts(tmp_path).state == "error"
    assert doctor._fonts(doctor.FONTS).state == "ok"


def test_it_finds_text_that_is_not_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("locale.getpreferredencoding", lambda _set: "KOI8-T")
    check = doctor._locale()
    assert check.state == "error" and "koi8-t" in check.text and "LC_ALL" in check.mend


def test_it_finds_a_disk_that_is_nearly_or_quite_full(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "DISK_BYTES_WARNING", 10**18)
    assert doctor._disk(data).state == "warning"
    monkeypatch.setattr(postgres, "FREE_BYTES_MIN", 10**18)
    assert doctor._disk(data).state == "error"


def test_it_ends_with_one_when_the_port_is_busy(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GUMRUK_DATA", "unset")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert cli.main(["doctor", "--data", str(data), "--port", port, "--json"]) == 1
    checks = {check["name"]: check for check in json.loads(capsys.readouterr().out)["checks"]}
    assert checks["port"]["state"] == "error" and "--port" in checks["port"]["mend"]
    assert cli.main(["doctor", "--data", str(data), "--port", port]) == 0
    assert f"{port} is free" in capsys.readouterr().out

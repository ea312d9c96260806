# SPDX-License-Identifier: Apache-2.0
"""`gumruk user`: the first administrator, and a lost password."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import Any

import pytest

from gumruk import cli
from gumruk.office.accounts import queries
from gumruk.office.accounts.models import User
from gumruk.office.project import installation


@pytest.fixture
def run(cast: dict[str, User], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run the command in the test's database, with this line on its standard input."""

    @contextmanager
    def here(_data: str | None) -> Any:
        yield

    monkeypatch.setattr(installation, "opened", here)

    def command(line: str, *words: str) -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(line + "\n"))
        return cli.main(["user", *words])

    return command


def test_it_makes_the_first_administrator(run: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("long enough", "create", "Zarina", "--name", "Zarina") == 0
    made = queries.user_by_login("zarina")
    assert made is not None
    assert (made.role, made.check_password("long enough")) == ("administrator", True)
    assert capsys.readouterr().out == "zarina may sign in now.\n"


def test_it_refuses_a_login_in_use(run: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("long enough", "create", "dilnoza", "--name", "x", "--role", "officer") == 1
    assert "in use" in capsys.readouterr().err


def test_it_refuses_a_short_password_before_anything_else(run: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("short", "create", "zarina", "--name", "Zarina", "--language", "ru") == 1
    assert "Ничего не изменено" in capsys.readouterr().err
    assert queries.user_by_login("zarina") is None


def test_it_gives_another_password(run: Any, cast: dict[str, User]) -> None:
    assert run("a new sentence", "password", "dilnoza") == 0
    cast["dilnoza"].refresh_from_db()
    assert cast["dilnoza"].check_password("a new sentence")
    assert run("a new sentence", "password", "nobody") == 1

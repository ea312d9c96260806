# SPDX-License-Identifier: Apache-2.0
"""The cast: whoever plays in the stories of the office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

if TYPE_CHECKING:  # Django is not set up yet when this file is read
    from gumruk.office.accounts.models import User

NEW_YEAR = datetime(2027, 1, 4, 4, 0, tzinfo=UTC)
PASSWORD = "apricots-of-isfara"
CAST = {
    "dilnoza": ("Dilnoza", "officer", ("TJ-KUL",), ""),
    "farrukh": ("Farrukh", "supervisor", ("TJ-KUL",), ""),
    "sitora": ("Sitora", "cashier", ("TJ-KUL",), ""),
    "rustam": ("Rustam", "auditor", (), ""),
    "nekruz": ("Nekruz", "administrator", (), ""),
    "alpha": ("Alpha Trade", "trader", (), "020012345"),
    "zed": ("Zed Ltd", "trader", (), "020099999"),
}


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """A weak hash for the tests' passwords: the real one is slow on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def cast(db: None) -> Iterator[dict[str, User]]:
    """All of the cast by login; nobody acts when the story begins."""
    from gumruk.office.accounts import services
    from gumruk.office.accounts.permissions import GUMRUK, acting, actor_apply

    people = {}
    with acting(GUMRUK):
        for login, (name, role, offices, tin) in CAST.items():
            people[login] = services.user_create(
                login=login,
                name=name,
                role=role,
                password=PASSWORD,
                offices=offices,
                trader_tin=tin,
                by=GUMRUK,
                at=NEW_YEAR,
            )
        actor_apply(None)
    yield people


@pytest.fixture
def law(cast: dict[str, User]) -> None:
    """The country's law, proposed by Nekruz and published by Farrukh."""
    from gumruk import packs
    from gumruk.office.accounts.permissions import acting, actor_apply
    from gumruk.office.lawbook.services import publication_publish

    nekruz, farrukh = cast["nekruz"].actor, cast["farrukh"].actor
    with acting(farrukh):
        book = packs.load(packs.pack_folder("tj")).book
        publication_publish(book=book, title="tj", proposed_by=nekruz, approved_by=farrukh, at=NEW_YEAR)
        actor_apply(None)


@pytest.fixture
def browser_of(cast: dict[str, User]) -> Any:
    """A browser in which this person of the cast is signed in; None gives a stranger's."""
    from gumruk.office.accounts.permissions import acting, actor_apply

    def browser(login: str | None) -> Client:
        client = Client()
        if login is not None:
            with acting(cast[login].actor):
                client.force_login(cast[login], backend="django.contrib.auth.backends.ModelBackend")
                actor_apply(None)
        return client

    return browser

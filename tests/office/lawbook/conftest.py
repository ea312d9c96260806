# SPDX-License-Identifier: Apache-2.0
"""The stage of these stories, and one on which no law runs yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from tests.office.declarations.fixtures import committed, quick_passwords, set_clock, stage

__all__ = ["committed", "lawless", "quick_passwords", "set_clock", "stage"]


@pytest.fixture
def lawless(db: Any, quick_passwords: None, set_clock: Callable[[datetime], None]) -> Iterator[Any]:
    """The people of the stage in an installation where nothing is published yet."""
    from tests.office.declarations.stage import OPENED, PEOPLE, Stage

    from gumruk.office.accounts.permissions import GUMRUK, acting
    from gumruk.office.accounts.services import user_create
    from gumruk.office.lawbook.queries import running_law_forget

    running_law_forget()
    with acting(GUMRUK):
        users = {
            login: user_create(
                login=login, name=name, role=role, password="apricots", offices=offices, trader_tin=tin, by=GUMRUK,
                at=OPENED,
            )
            for login, (name, role, offices, tin) in PEOPLE.items()
        }  # fmt: skip
    set_clock(OPENED)
    yield Stage(users, set_clock)
    running_law_forget()

# SPDX-License-Identifier: Apache-2.0
"""The stage as fixtures. Imports of the office wait until Django is set up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the training clock, which is put back after the story."""
    from gumruk.office.project import clock

    monkeypatch.setenv(clock.SHIFT_VARIABLE, "0")

    def set_to(moment: datetime) -> None:
        clock.clock_set(moment + timedelta(seconds=1))  # the shift is in whole seconds, and never too early

    return set_to


@pytest.fixture
def quick_passwords(settings: Any) -> None:
    """A weak hash for the tests' passwords: the real one is slow on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def stage(db: Any, quick_passwords: None, set_clock: Callable[[datetime], None]) -> Iterator[Any]:
    """A story that is rolled back when it has been told."""
    from tests.office.declarations.stage import build

    from gumruk.office.lawbook.queries import running_law_forget

    yield build(set_clock)
    running_law_forget()


@pytest.fixture
def committed(
    django_db_setup: None, django_db_blocker: Any, quick_passwords: None, set_clock: Callable[[datetime], None]
) -> Iterator[Any]:
    """A story that is committed, so that other connections see it; the owner wipes it away."""
    from django.db import connection
    from tests.office.declarations.stage import build, owner_wipe

    from gumruk.office.lawbook.queries import running_law_forget

    with django_db_blocker.unblock():
        try:
            yield build(set_clock)
        finally:
            connection.close()
            owner_wipe()
            running_law_forget()

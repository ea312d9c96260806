# SPDX-License-Identifier: Apache-2.0
"""A real PostgreSQL for the office's tests: made and migrated by the schema's owner, used by the application's user."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections


@pytest.fixture(scope="session")
def django_db_setup(database_server: None, django_db_blocker: Any) -> Iterator[None]:
    """Make the test database as its owner, migrate it, and hand it to the application's user."""
    name = f"test_{settings.DATABASES['default']['NAME']}"
    with django_db_blocker.unblock():
        owner = connections["owner"]
        with owner.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0")
        original = owner.settings_dict["NAME"]
        for alias in ("default", "owner"):
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
            settings.DATABASES[alias]["NAME"] = name
        call_command("migrate", database="owner", verbosity=0)
        yield
        for alias in ("default", "owner"):
            connections[alias].close()
        connections["owner"].settings_dict["NAME"] = original
        with connections["owner"].cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connections["owner"].close()


@pytest.fixture(autouse=True)
def nobody_asked_yet() -> None:
    """Each test begins with an address that has asked nothing of the public pages: all tests ask from one."""
    from gumruk.office.desk.asked_often import QUESTIONS

    QUESTIONS.forget()

# SPDX-License-Identifier: Apache-2.0
"""Whole stories with the cast, told to the end and committed; the owner wipes each away."""

from __future__ import annotations

from tests.office.conftest import django_db_setup
from tests.office.declarations.fixtures import committed, quick_passwords, set_clock

__all__ = ["committed", "django_db_setup", "quick_passwords", "set_clock"]

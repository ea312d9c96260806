# SPDX-License-Identifier: Apache-2.0
"""The office's one clock. Only a training installation may set it; the law never asks it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

_shift = timedelta(0)


def now() -> datetime:
    """This moment, aware, in UTC: the training clock's where one is set."""
    return datetime.now(UTC) + _shift


def legal_day(moment: datetime) -> date:
    """The civil date of a moment in the country's time zone: the day by which law is chosen."""
    return moment.astimezone(ZoneInfo(settings.GUMRUK_TIME_ZONE)).date()


def clock_set(moment: datetime | None) -> None:
    """Set this process' training clock to a moment; None takes it back to the real time.

    Raises PermissionError where the installation is not in training mode.
    """
    global _shift  # noqa: PLW0603 - the one clock is the one global of the office, by design
    if not settings.GUMRUK_TRAINING:
        raise PermissionError("the clock can be set in a training installation only")
    _shift = timedelta(0) if moment is None else moment - datetime.now(UTC)

# SPDX-License-Identifier: Apache-2.0
"""The office's one clock. Only a training installation may set it; the law never asks it."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

# Seconds by which a training installation's clock is ahead of the real one; all its processes are started with it.
SHIFT_VARIABLE = "GUMRUK_CLOCK_SHIFT_SECONDS"


def _shift() -> timedelta:
    return timedelta(seconds=int(os.environ.get(SHIFT_VARIABLE, "0"))) if settings.GUMRUK_TRAINING else timedelta(0)


def now() -> datetime:
    """This moment, aware, in UTC: the training clock's where one is set."""
    return datetime.now(UTC) + _shift()


def legal_day(moment: datetime) -> date:
    """The civil date of a moment in the country's time zone: the day by which law is chosen."""
    return moment.astimezone(ZoneInfo(settings.GUMRUK_TIME_ZONE)).date()


def clock_set(moment: datetime) -> int:
    """Set the training clock of this process, and of those it starts, to a moment; gives the shift in whole seconds.

    Raises PermissionError where the installation is not in training mode.
    """
    if not settings.GUMRUK_TRAINING:
        raise PermissionError("the clock can be set in a training installation only")
    seconds = round((moment - datetime.now(UTC)).total_seconds())
    os.environ[SHIFT_VARIABLE] = str(seconds)
    return seconds

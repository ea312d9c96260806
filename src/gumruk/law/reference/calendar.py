# SPDX-License-Identifier: Apache-2.0
"""Working hours of an office: when a fee for work outside of them is due."""

from __future__ import annotations

from datetime import datetime

from gumruk.law.lawbook import Law


def outside_hours(law: Law, office: str, local: datetime) -> bool | None:
    """Whether a local moment falls outside an office's working hours or on a public holiday.

    Tables: `offices` names the row of `hours`; `hours` has a row `<name>.<weekday>` (1 Monday to 7 Sunday) with
    `opens` and `closes` (HH:MM), no row meaning closed; `holidays` has the ISO day. None: its hours are not known.
    """
    entry = law.find("offices", office)
    name = entry.fields.get("hours") if entry else None
    if not name:
        return None
    if law.find("holidays", local.date().isoformat()) is not None:
        return True
    hours = law.find("hours", f"{name}.{local.isoweekday()}")
    if hours is None:
        return True
    opens, closes = (_minutes(str(hours.fields[field])) for field in ("opens", "closes"))
    return not opens <= local.hour * 60 + local.minute <= closes


def _minutes(clock: str) -> int:
    """Minutes since midnight of HH:MM; 24:00 is the day's end."""
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)

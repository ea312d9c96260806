# SPDX-License-Identifier: Apache-2.0
"""Working hours of an office: when a fee for work outside of them is due."""

from __future__ import annotations

from datetime import datetime, time

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
    opens, closes = (
        time.fromisoformat(str(hours.fields[field]).replace("24:00", "23:59:59")) for field in ("opens", "closes")
    )
    return not opens <= local.time().replace(tzinfo=None) <= closes

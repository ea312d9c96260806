# SPDX-License-Identifier: Apache-2.0
"""What codes and acts are called: the installed country's labels, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gumruk.office.project.environment import installed_pack


@dataclass(frozen=True, slots=True)
class ActShown:
    """An act as a page names it; `address` is empty where its source is not on the web, `date` where it is unknown."""

    id: str
    title: str
    date: date | None
    address: str


def label(table: str, key: str, language: str) -> str:
    """What a code of a table is called; the code itself where it has no label."""
    return installed_pack().label(table, key, language)


def country_name(code: str, language: str) -> str:
    """The name of a country by its ISO 3166 code; the code itself where there is none."""
    return installed_pack().world.countries.get(code, {}).get(language, code)


def unit_name(code: str, language: str) -> str:
    """The name of a unit by its code of Recommendation 20; the code itself where it is unknown."""
    return installed_pack().world.units.get(code, {}).get(language, code)


def act_shown(identifier: str, language: str) -> ActShown:
    """An act by its id. What is no act of the pack (a convention, an article) is named as it is."""
    pack = installed_pack()
    act = pack.acts.get(identifier)
    if act is None:
        return ActShown(identifier, identifier, None, "")
    day = date.fromisoformat(act.date) if act.date else None
    address = act.source if act.source.startswith(("http://", "https://")) else ""
    return ActShown(identifier, pack.label("acts", identifier, language), day, address)

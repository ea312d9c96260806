# SPDX-License-Identifier: Apache-2.0
"""A new country's pack: a folder that can be loaded, in which everything is unknown and says so."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from gumruk.packs.heading import LABELS_FILE, is_zone
from gumruk.packs.world import LANGUAGES, World, world

BLANK = Path(__file__).parent / "blank"
CURRENCY, ZONE, COUNTRY, LANGUAGE, FOLDER = "currency", "time_zone", "country", "language", "folder"
_ZONES = "zone.tab"


class NotMade(Exception):
    """A pack that cannot be made: the setting that is wrong or missing, what was found, what could be meant."""

    def __init__(self, setting: str, found: str = "", known: Sequence[str] = ()) -> None:
        super().__init__(setting)
        self.setting, self.found, self.known = setting, found, tuple(known)


def make_pack(
    folder: Path, country: str, currency: str = "", time_zone: str = "", languages: Sequence[str] = ("en",)
) -> list[Path]:
    """Write the pack of a country (ISO 3166-1 alpha-2) into a folder that is not there yet; its files.

    The currency and the time zone are found where the country has one only, else they must be named. Raises NotMade,
    and OSError where the folder cannot be written.
    """
    shared = world()
    if country not in shared.countries:
        raise NotMade(COUNTRY, country)
    for language in languages:
        if language not in LANGUAGES:
            raise NotMade(LANGUAGE, language, LANGUAGES)
    currency = _currency(currency, country, shared)
    words = {
        "country": country,
        "currency": currency,
        "digits": str(shared.currency_digits[currency]),
        "time_zone": _time_zone(time_zone, country),
        "languages": ", ".join(f'"{language}"' for language in languages),
        "title": shared.countries[country]["en"],
    }
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        raise NotMade(FOLDER, str(folder)) from None
    made = []
    for template in sorted(BLANK.iterdir()):
        text = _filled(template.read_text(encoding="utf-8"), words)
        path = folder / template.name
        path.write_text(_in(languages, text) if template.name == LABELS_FILE else text, encoding="utf-8")
        made.append(path)
    return made


def _currency(named: str, country: str, shared: World) -> str:
    """The currency named, else the one whose code begins with the country's letters, as ISO 4217 makes them."""
    if named:
        if named not in shared.currency_digits:
            raise NotMade(CURRENCY, named)
        return named
    own = [code for code in shared.currency_digits if code.startswith(country)]
    if len(own) != 1:
        raise NotMade(CURRENCY, known=own)
    return own[0]


def _time_zone(named: str, country: str) -> str:
    """The time zone named, else the country's only one in the time zone database."""
    if named:
        if not is_zone(named):
            raise NotMade(ZONE, named)
        return named
    lines = (files("tzdata.zoneinfo") / _ZONES).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    own = sorted(row[2] for row in rows if row[0] == country)
    if len(own) != 1:
        raise NotMade(ZONE, known=own)
    return own[0]


def _filled(text: str, words: Mapping[str, str]) -> str:
    for name, word in words.items():
        text = text.replace(f"{{{name}}}", word)
    return text


def _in(languages: Sequence[str], text: str) -> str:
    """The labels of these languages."""
    header, *rows = csv.reader(text.splitlines())
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerows([header, *(row for row in rows if row[header.index("lang")] in languages)])
    return written.getvalue()

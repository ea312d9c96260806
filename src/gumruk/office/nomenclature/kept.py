# SPDX-License-Identifier: Apache-2.0
"""The official texts as the search holds them: a copy beside its index, made from the database and made again at will.

The finder, and commands that open no database, read this copy; pages and the API read the database.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from gumruk.law.kernel import DateRange
from gumruk.office.nomenclature.editions import Edition, OfficialTexts
from gumruk.office.project.environment import search_folder

#: The copy as it was at a moment: when it was written and how long it is; None where there is none.
Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Kept:
    """The editions that stand, with their real days (`editions.holding`), and the day whose texts the search knows."""

    on: date = date.min
    editions: tuple[Edition, ...] = ()

    def texts(self, day: date, country: str | None = None) -> OfficialTexts:
        """The texts that hold on a day; of one country where it is named."""
        wanted = (each for each in self.editions if country in (None, each.country))
        return OfficialTexts(day, tuple(wanted))

    def is_of(self, editions: Sequence[Edition], day: date) -> bool:
        """Whether these editions stand, and the search knows what holds on the day."""
        return _days(self.editions) == _days(editions) and self.texts(self.on) == OfficialTexts(day, editions)


def kept() -> Kept:
    """The copy; an empty one where none was written, or it cannot be read."""
    return _read(_file(), stamp_of_kept())


def stamp_of_kept() -> Stamp | None:
    """By what a process sees that the copy is another one."""
    try:
        found = _file().stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def keep(held: Kept) -> None:
    """Write the copy; the file is whole or as it was."""
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    told = {"on": held.on.isoformat(), "editions": [_plain(each) for each in held.editions]}
    half.write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    half.replace(path)


def _file() -> Path:
    return search_folder() / "official.json"


def _days(editions: Sequence[Edition]) -> list[tuple[str, int, str, DateRange]]:
    return [(each.country, each.number, each.digest, each.valid) for each in editions]


def _plain(edition: Edition) -> dict[str, Any]:
    return {
        "number": edition.number,
        "country": edition.country,
        "language": edition.language,
        "act": edition.act,
        "from": edition.first.isoformat(),
        "to": edition.valid.last.isoformat() if edition.valid.last else None,
        "digest": edition.digest,
        "texts": dict(edition.read()),
    }


def _edition(told: dict[str, Any]) -> Edition:
    last = date.fromisoformat(told["to"]) if told["to"] else None
    texts: dict[str, str] = told["texts"]
    return Edition(
        told["number"],
        told["country"],
        told["language"],
        told["act"],
        DateRange(date.fromisoformat(told["from"]), last),
        len(texts),
        told["digest"],
        lambda: texts,
    )


@lru_cache(maxsize=2)
def _read(path: Path, stamp: Stamp | None) -> Kept:
    if stamp is None:
        return Kept()
    try:
        told = json.loads(path.read_text("utf-8"))
        return Kept(date.fromisoformat(told["on"]), tuple(_edition(each) for each in told["editions"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Kept()

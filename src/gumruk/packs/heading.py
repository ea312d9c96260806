# SPDX-License-Identifier: Apache-2.0
"""What a pack says of itself: `pack.toml`, its acts and its labels."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from gumruk.packs.cells import CellError, is_empty, nearest, read_day, read_list
from gumruk.packs.faults import Fault
from gumruk.packs.files import Row, rows_of_csv, rows_of_toml, tables_of_toml
from gumruk.packs.rows import Acts, columns_faults
from gumruk.packs.schema import (
    ACT_COLUMNS,
    LABEL_COLUMNS,
    OPTIONAL_ACT_COLUMNS,
    PACK_COLUMNS,
    TABLES,
)
from gumruk.packs.world import LANGUAGES, World

PACK_FILE, ACTS_FILE, LABELS_FILE = "pack.toml", "acts.toml", "labels.csv"
ACT_STATUSES = ("in_force", "in_force_in_part", "replaced", "draft", "unknown")
#: Labels that no row of law stands behind: regions of offices, kinds of charge accounts and the like.
FREE_LABELS = ("regions", "forms")

_SHA256 = re.compile(r"[0-9a-f]{64}")

#: Labels by (table, key), then by language; with the line each stands on.
Labels = Mapping[tuple[str, str], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Heading:
    """The pack's own description."""

    country: str
    currency: str
    time_zone: str
    version: str
    title: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """A law, decree or standard that values come from.

    `text_sha256` is the hash of the official text that was kept, `confirmed_by` who compared the values with it:
    only with both, and two persons, may a value be `verified`.
    """

    id: str
    title: str
    date: str
    source: str
    status: str
    note: str = ""
    text_sha256: str = ""
    confirmed_by: tuple[str, ...] = ()


def read_heading(folder: Path, world: World) -> tuple[Heading | None, list[Fault]]:
    """`pack.toml`."""
    read = tables_of_toml(folder / PACK_FILE, PACK_FILE)
    if isinstance(read, Fault):
        return None, [read]
    content, lines = read
    places = lines[""][0]
    faults = []
    for column in PACK_COLUMNS:
        if is_empty(content.get(column)):
            faults.append(Fault(PACK_FILE, places.get(column, 1), "missing_setting", {"column": column}))
    for column in content:
        if column not in PACK_COLUMNS:
            params = {"column": column, "nearest": nearest(column, PACK_COLUMNS)}
            faults.append(Fault(PACK_FILE, places.get(column, 1), "unknown_column", params))
    if faults:
        return None, faults
    for column, code, good in (
        ("country", "unknown_country", str(content["country"]) in world.countries),
        ("currency", "unknown_currency", str(content["currency"]) in world.currency_digits),
        ("time_zone", "unknown_time_zone", is_zone(content["time_zone"])),
        ("languages", "unknown_language", _are_languages(content["languages"])),
        ("version", "not_text", isinstance(content["version"], str)),
        ("title", "not_text", isinstance(content["title"], str)),
    ):
        if not good:
            found = content[column]
            shown = " ".join(map(str, found)) if isinstance(found, list) else str(found)
            params = {"column": column, "found": shown, "nearest": "-"}
            faults.append(Fault(PACK_FILE, places.get(column, 1), code, params))
    if faults:
        return None, faults
    words = {name: str(content[name]) for name in PACK_COLUMNS if name != "languages"}
    return Heading(**words, languages=read_list(content["languages"])), []


def is_zone(name: object) -> bool:
    """Whether the time zone database has a zone of this name."""
    try:
        ZoneInfo(str(name))
    except (OSError, ValueError, LookupError):
        return False
    return True


def _are_languages(languages: object) -> bool:
    return isinstance(languages, list) and bool(languages) and all(each in LANGUAGES for each in languages)


def read_acts(folder: Path) -> tuple[dict[str, Act], Acts, list[Fault]]:
    """`acts.toml`: each `[[act]]` is one."""
    rows = rows_of_toml(folder / ACTS_FILE, ACTS_FILE, "act")
    faults = [*rows.faults, *columns_faults(rows, ACT_COLUMNS, OPTIONAL_ACT_COLUMNS, ACTS_FILE)]
    acts: dict[str, Act] = {}
    lines: dict[str, int] = {}
    for row in rows.rows:
        found = _act_faults(row, acts)
        faults += found
        if found:
            continue
        words = {name: str(row.cells.get(name, "")) for name in (*ACT_COLUMNS, "note", "text_sha256")}
        names = row.cells.get("confirmed_by", [])
        lines[words["id"]] = row.line
        acts[words["id"]] = Act(**words, confirmed_by=tuple(map(str, names)) if isinstance(names, list) else ())
    confirmed = (act.id for act in acts.values() if act.text_sha256 and len(set(act.confirmed_by)) >= 2)
    return acts, Acts(lines, frozenset(confirmed), readable=not faults), faults


def _act_faults(row: Row, acts: Mapping[str, Act]) -> list[Fault]:
    faults = []

    def fault(column: str, code: str, **params: str) -> None:
        faults.append(Fault(row.file, row.line_of(column), code, {"column": column, **params}))

    for column in ACT_COLUMNS:
        if column not in row.cells or (column != "date" and is_empty(row.cells[column])):
            fault(column, "empty_cell")
    status = str(row.cells.get("status", ""))
    if status and status not in ACT_STATUSES:
        words = ", ".join(ACT_STATUSES)
        fault("status", "unknown_word", found=status, known=words, nearest=nearest(status, ACT_STATUSES))
    if not is_empty(row.cells.get("date")):
        try:
            read_day(row.cells["date"])
        except CellError as error:
            fault("date", error.code, **error.params)
    if str(row.cells.get("id")) in acts:
        fault("id", "key_twice", key=str(row.cells["id"]))
    digest = row.cells.get("text_sha256", "")
    if digest and not (isinstance(digest, str) and _SHA256.fullmatch(digest)):
        fault("text_sha256", "bad_hash", found=str(digest)[:80])
    return faults


def read_labels(folder: Path, name: str = LABELS_FILE) -> tuple[dict[tuple[str, str], dict[str, str]], list[Fault]]:
    """`labels.csv`, or another file of labels: what the pack's codes are called, a row a language."""
    rows = rows_of_csv(folder / name, name)
    faults = [*rows.faults, *columns_faults(rows, LABEL_COLUMNS, (), name)]
    labels: dict[tuple[str, str], dict[str, str]] = {}
    if rows.columns is None or not set(LABEL_COLUMNS) <= set(rows.columns):
        return labels, faults
    known = (*TABLES, *FREE_LABELS, "acts")
    for row in rows.rows:
        table, key, language, label = (str(row.cells[name]) for name in LABEL_COLUMNS)
        if table not in known:
            params = {"column": "table", "found": table, "known": ", ".join(known), "nearest": nearest(table, known)}
            faults.append(Fault(name, row.line, "unknown_word", params))
        elif language not in LANGUAGES:
            faults.append(Fault(name, row.line, "unknown_language", {"found": language, "column": "lang"}))
        elif not label:
            faults.append(Fault(name, row.line, "empty_cell", {"column": "label"}))
        elif language in labels.setdefault((table, key), {}):
            faults.append(Fault(name, row.line, "key_twice", {"column": "key", "key": f"{table} {key} {language}"}))
        else:
            labels[table, key][language] = label
    return labels, faults


def label_faults(labels: Labels, wanted: Sequence[tuple[str, str, str, int]], languages: Sequence[str]) -> list[Fault]:
    """A fault for each language in which something to be shown has no label; `wanted` is table, key, file, line."""
    seen = set()
    faults = []
    for table, key, file, line in wanted:
        if (table, key) in seen:
            continue
        seen.add((table, key))
        have = labels.get((table, key), {})
        missing = [language for language in languages if language not in have]
        if missing:
            params = {"table": table, "key": key, "languages": ", ".join(missing)}
            faults.append(Fault(file, line, "missing_label", params))
    return faults

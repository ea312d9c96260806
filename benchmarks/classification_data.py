# SPDX-License-Identifier: Apache-2.0
"""The reference data of classification, by its protocol: folds, one query per distinct text and source, law texts.

None of it is part of Gumruk; it lies beside the checkout (`GUMRUK_REFERENCE`, else `../shared/data`).
"""

from __future__ import annotations

import csv
import json
import os
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from gumruk.packs.world import world
from gumruk.search.documents import Document
from gumruk.search.text import stems, words

REFERENCE = Path(os.environ.get("GUMRUK_REFERENCE", Path(__file__).resolve().parents[2] / "shared" / "data"))
FOLDER = REFERENCE / "classification"


@dataclass
class Asked:
    """A query: its text and source, the codes that the data gives this text, and the group it belongs to."""

    source: str
    text: str
    language: str
    group: str
    right: set[str] = field(default_factory=set)


@cache
def rows() -> tuple[dict[str, Any], ...]:
    """All rows of all sources with `source` and `fold`.

    Of the calibration fold two thirds are `learning`, the rest `more`; texts of the same words stay in the same part.
    """
    with (FOLDER / "folds.csv").open(encoding="utf-8", newline="") as file:
        folds = {(row["source"], row["id"]): row["fold"] for row in csv.DictReader(file)}
    found = []
    for path in sorted((FOLDER / "train").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            fold = folds[path.stem, row["id"]]
            found.append({**row, "source": path.stem, "fold": _part(row) if fold == "calibration" else fold})
    return tuple(found)


def _part(row: dict[str, Any]) -> str:
    alike = row.get("ruling") or " ".join(sorted({stem for word in words(row["text"]) for stem in stems(word)}))
    return ("learning", "learning", "more")[zlib.crc32(alike.encode()) % 3]


def queries(*folds: str) -> list[Asked]:
    """One query per distinct text and source of the folds."""
    asked: dict[tuple[str, str], Asked] = {}
    for row in rows():
        if row["fold"] in folds:
            key = (row["source"], " ".join(row["text"].lower().split()))
            held = asked.setdefault(key, Asked(row["source"], row["text"], row["lang"], row["group"]))
            held.right.add(row["code"][:6])
    return list(asked.values())


def examples(folds: Collection[str], dropped: str = "") -> Iterator[Document]:
    """The labelled texts of folds as documents, where the edition has their code; those of one source left out."""
    tree = world().nomenclature
    for row in rows():
        code = row["code"][:6] if len(row["code"]) >= 6 else row["code"][:4]
        if row["fold"] in folds and row["source"] != dropped and code in tree:
            yield Document(code, row["lang"], "example", row["text"])


def law_texts() -> Iterator[Document]:
    """What four countries' nomenclatures say of each subheading, one document a language."""
    told: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for row in _nomenclature("hs2022_en"):
        told[row["code"], "en"].update(dict.fromkeys((row["hs6"], row["hs4"], row["hs2"])))
    for row in _nomenclature("us_hts_leaf"):
        told[row["code"][:6], "en"].update(dict.fromkeys(row["path"]))
    for row in _nomenclature("ru_tnved10"):
        told[row["code"][:6], "ru"].update(dict.fromkeys((row["hs4"], row["text"])))
    for row in _nomenclature("vn_ahtn8"):
        told[row["code"][:6], "vi"][row["text"]] = None
    tree = world().nomenclature
    for (code, language), texts in told.items():
        if code in tree:
            yield Document(code, language, "law", " ".join(texts))


def everyday(language: str) -> list[Asked]:
    """Our own list of everyday queries of a language, written before the index was tuned."""
    path = Path(__file__).resolve().parents[1] / "tests" / "search" / "everyday" / f"{language}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Asked(f"everyday {language}", row["query"], language, row["query"], set(row["headings"].split()))
            for row in csv.DictReader(file)
        ]


def _nomenclature(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((FOLDER / "nomenclature" / f"{name}.json").read_text(encoding="utf-8"))
    return found

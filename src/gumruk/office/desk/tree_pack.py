# SPDX-License-Identifier: Apache-2.0
"""The whole tree as one file to take along: labels, words, notes, correlation, and the rates of a day, with digests.

A zip of CSV files (UTF-8, a head line, codes as text) and `manifest.json`, which names the edition, the day, the law,
and the SHA-256 and rows of each file. The same law, day and words give the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gumruk.law.lawbook import LawBook
from gumruk.law.nomenclature import EDITION
from gumruk.office.desk.tree_law import CONTROLS, CodeLaw
from gumruk.office.nomenclature.editions import NO_TEXTS, OfficialTexts
from gumruk.office.nomenclature.tree_places import SUBHEADING_DIGITS, Level, country_lines, lines_above, sections
from gumruk.office.nomenclature.tree_words import label_in
from gumruk.packs.nomenclature import nomenclature_content
from gumruk.packs.world import LANGUAGES, world

Row = Sequence[str]
_KEPT = 2
#: The moment that every file of the archive bears, so that equal content gives equal bytes.
_MOMENT = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class DataPack:
    """The archive: its bytes and its manifest, whose `digest` names exactly the content of all files."""

    content: bytes
    manifest: dict[str, object]

    @property
    def name(self) -> str:
        """What the file is called: country, edition and day."""
        return f"gumruk-{self.manifest['country']}-{self.manifest['edition']}-{self.manifest['on']}.zip".lower()


@lru_cache(maxsize=_KEPT)
def data_pack(book: LawBook, day: date, training: bool, official: OfficialTexts = NO_TEXTS) -> DataPack:
    """The data pack of a law and its official texts on a day; the last ones made are kept."""
    law = CodeLaw(book, day, training=training, language="en")
    files = {f"{name}.csv": _table(head, rows) for name, head, rows in _tables(law, official)}
    manifest: dict[str, object] = {
        "edition": EDITION,
        "on": day.isoformat(),
        "country": book.country,
        "law": book.digest,
        "training": training,
        "languages": list(LANGUAGES),
        "legal_force": "none: labels, words, notes and hints are help; the law is the country's official text",
        "official": [
            {
                "language": each.language,
                "act": each.act,
                "from": each.first.isoformat(),
                "to": each.valid.last.isoformat() if each.valid.last else None,
                "lines": each.lines,
            }
            for each in official.editions
        ],
        "files": {
            name: {"sha256": hashlib.sha256(content).hexdigest(), "rows": content.count(b"\r\n") - 1}
            for name, content in files.items()
        },
    }
    manifest["digest"] = hashlib.sha256(
        "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items())).encode()
    ).hexdigest()
    told = json.dumps(manifest, ensure_ascii=False, indent=2).encode() + b"\n"
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"manifest.json": told, **files}.items():
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), content, zipfile.ZIP_DEFLATED)
    return DataPack(whole.getvalue(), manifest)


def _tables(law: CodeLaw, official: OfficialTexts) -> Iterator[tuple[str, Row, Iterator[Row]]]:
    """Every table by name, with its columns and rows."""
    content = nomenclature_content()
    codes = (*world().nomenclature.units, *country_lines(law.law, official))
    yield "codes", ("code", "level", "parent", "unit", *LANGUAGES), _codes(law, official)
    yield (
        "words",
        ("code", "language", "word"),
        (
            (code, language, word)
            for code, entry in sorted(content.entries.items())
            for language in LANGUAGES
            for word in entry.words[language]
        ),
    )
    yield (
        "notes",
        ("place", "note", *LANGUAGES),
        ((note.place, note.note, *(note.texts[language] for language in LANGUAGES)) for note in content.notes),
    )
    yield (
        "see",
        ("code", "see", *LANGUAGES),
        (
            (hint.code, hint.see, *(hint.texts[language] for language in LANGUAGES))
            for hints in content.see.values()
            for hint in hints
        ),
    )
    yield (
        "correlation",
        ("edition", "code", "next_code"),
        ((*key, after) for key, held in sorted(content.correlation.later.items()) for after in held),
    )
    yield (
        "official",
        ("code", "language", "text", "act"),
        ((each.code, each.language, each.text, each.act) for each in official.all()),
    )
    yield (
        "rates",
        ("code", "flow", "charge", "rate", "set_for", "lines_differ", "conditional", "status", "acts", "from", "to"),
        _rates(law, sorted(codes)),
    )
    yield "preferences", ("scheme", "countries", "charge", "rate", "excluded", "status", "act"), _preferences(law)
    yield "controls", ("table", "key", "flow", "codes", "documents", "posts", "grade", "status", "act"), _controls(law)


def _codes(law: CodeLaw, official: OfficialTexts) -> Iterator[Row]:
    tree, lines = world().nomenclature, country_lines(law.law, official)
    levels = {2: Level.CHAPTER, 4: Level.HEADING, 6: Level.SUBHEADING}
    for section in sections():
        yield (section, Level.SECTION.value, "", "", *(label_in(section, language) for language in LANGUAGES))
    for code in sorted((*tree.units, *lines)):
        parent = (*tree.path(code), *lines_above(code, lines))[-2 if len(code) <= SUBHEADING_DIGITS else -1]
        unit = _unit(code, law)
        level = levels.get(len(code), Level.LINE).value
        yield (code, level, parent, unit, *(label_in(code, language, official) for language in LANGUAGES))


def _unit(code: str, law: CodeLaw) -> str:
    """The country's unit for its line, else the one that the WCO recommends."""
    own = law.law.find("tariff_lines", code)
    unit = str(own.fields.get("unit") or "") if own else ""
    return unit or (world().nomenclature.units.get(code[:SUBHEADING_DIGITS], "") if len(code) >= 6 else "")


def _rates(law: CodeLaw, codes: Sequence[str]) -> Iterator[Row]:
    for code in codes:
        for rate in law.rates(code):
            yield (
                code,
                rate["flow"],
                rate["charge"],
                rate["rate"],
                rate["set_for"],
                "yes" if rate["divided"] else "no",
                "yes" if rate["conditional"] else "no",
                rate["status"],
                " ".join(act["id"] for act in rate["acts"]),
                rate["valid_from"] or "",
                rate["valid_to"] or "",
            )


def _preferences(law: CodeLaw) -> Iterator[Row]:
    for key, entry in sorted(law.law.table("preferences").items()):
        fields = entry.fields
        yield (
            key,
            _joined(fields.get("countries")),
            str(fields.get("charge") or ""),
            "" if entry.status.value == "unknown" else str(fields.get("duty") or ""),
            _joined(fields.get("excluded")),
            entry.status.value,
            entry.act or "",
        )


def _controls(law: CodeLaw) -> Iterator[Row]:
    for table in CONTROLS:
        for key, entry in sorted(law.law.table(table).items()):
            fields = entry.fields
            yield (
                table,
                key,
                str(fields.get("flow") or ""),
                *(_joined(fields.get(name)) for name in ("codes", "documents", "offices")),
                str(fields.get("grade") or ""),
                entry.status.value,
                entry.act or "",
            )


def _joined(words: object) -> str:
    return " ".join(words) if isinstance(words, tuple) else ""


def _table(head: Row, rows: Iterator[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue().encode()

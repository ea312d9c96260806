# SPDX-License-Identifier: Apache-2.0
"""What is wrong with the nomenclature's own words, and what they count: the checks of `gumruk nomenclature check`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gumruk.law.nomenclature import EDITION, Nomenclature, Questions
from gumruk.packs.nomenclature import Content, Entry
from gumruk.packs.world import LANGUAGES

LABEL_LETTERS_MAX = 160
#: Everyday words that each heading has in each language, and those that are dealt in most at the border.
WORDS_LEAST, WEIGHTY_WORDS_LEAST = 3, 10
#: Letters that Tajik does not have (its alphabet of 1998): Russian words left as they were.
_NOT_TAJIK = re.compile("[ыщцьЫЩЦЬ]")
#: What of a label says what the goods are: a word of four letters or more that is no abbreviation.
_LETTERS, _WORD_LETTERS_LEAST = re.compile(r"[^\W\d_]+"), 4
_TAJIK_ONLY = re.compile("[ғӣқӯҳҷҒӢҚӮҲҶ]")


@dataclass(frozen=True, slots=True)
class NomenclatureFault:
    """A fault: its code (`missing`, `alike`, ...), the place, and what the text about it needs."""

    code: str
    place: str
    params: Mapping[str, str]


def nomenclature_faults(content: Content, tree: Nomenclature) -> Iterator[NomenclatureFault]:
    """All faults of labels, words, references and questions."""
    for code in (*tree.headings, *tree.subheadings):
        if code not in content.entries:
            yield NomenclatureFault("missing", f"labels/{code[:2]}.csv", {"code": code})
    for entry in content.entries.values():
        yield from _entry_faults(entry, tree)
    yield from _alike(content)
    yield from _too_few(content, tree)
    for place, code in _named_codes(content):
        if code not in tree.units:
            yield NomenclatureFault("unknown_code", place, {"code": code})
    for questions in content.questions.values():
        yield from _question_faults(questions, tree)


def _entry_faults(entry: Entry, tree: Nomenclature) -> Iterator[NomenclatureFault]:
    if entry.code not in tree.units:
        yield NomenclatureFault("unknown_code", entry.place, {"code": entry.code})
    for language in LANGUAGES:
        label = entry.labels[language]
        params = {"code": entry.code, "language": language, "text": label}
        if not label.strip():
            yield NomenclatureFault("empty", entry.place, params)
        if len(label) > LABEL_LETTERS_MAX:
            yield NomenclatureFault("long", entry.place, {**params, "most": str(LABEL_LETTERS_MAX)})
        if _is_abbreviation(label):
            yield NomenclatureFault("abbreviation", entry.place, params)
        told = [word.lower() for word in entry.words[language]]
        for word, count in Counter(told).items():
            if count > 1:
                yield NomenclatureFault("twice", entry.place, {**params, "text": word})
    for text in (entry.labels["tg"], *entry.words["tg"]):
        if _NOT_TAJIK.search(text):
            yield NomenclatureFault("not_tajik", entry.place, {"code": entry.code, "language": "tg", "text": text})


def _is_abbreviation(label: str) -> bool:
    """Whether a label has an abbreviation, and beside it no word but short ones (`HFC-41 and HFC-152a`)."""
    tokens = _LETTERS.findall(label)
    short = [token for token in tokens if len(token) > 1 and token[:2].isupper()]
    return bool(short) and not any(len(token) >= _WORD_LETTERS_LEAST for token in tokens if token not in short)


def _alike(content: Content) -> Iterator[NomenclatureFault]:
    """Siblings that bear the same label."""
    for language in LANGUAGES:
        held: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in content.entries.values():
            held[entry.code[:-2], entry.labels[language].lower()].append(entry)
        for (_, label), entries in held.items():
            if len(entries) > 1:
                codes = " ".join(entry.code for entry in entries)
                yield NomenclatureFault("alike", entries[1].place, {"code": codes, "language": language, "text": label})


def _too_few(content: Content, tree: Nomenclature) -> Iterator[NomenclatureFault]:
    for heading in tree.headings:
        below = [content.entries[code] for code in (heading, *tree.children(heading)) if code in content.entries]
        least = WEIGHTY_WORDS_LEAST if heading in content.weighty else WORDS_LEAST
        for language in LANGUAGES:
            count = len({word for entry in below for word in entry.words[language]})
            if below and count < least:
                params = {"code": heading, "language": language, "count": str(count), "least": str(least)}
                yield NomenclatureFault("few_words", below[0].place, params)


def _named_codes(content: Content) -> Iterator[tuple[str, str]]:
    for brand in content.brands:
        yield from ((f"brands.csv:{brand.name}", code) for code in brand.codes)
    for code, held in content.see.items():
        yield f"see.csv:{code}", code
        yield from ((f"see.csv:{code}", see.see) for see in held)
    yield from ((f"chemicals.csv:{cas}", code) for cas, code in content.chemicals.items())


def _question_faults(questions: Questions, tree: Nomenclature) -> Iterator[NomenclatureFault]:
    """A question that keeps a code of elsewhere, leaves one out of all answers, or splits nothing."""
    place, below = f"questions/{questions.heading}.toml", set(tree.children(questions.heading))
    for question in questions.asked:
        kept = [set(answer.keeps) for answer in question.answers]
        for code in sorted(set().union(*kept) - below):
            yield NomenclatureFault("unknown_code", place, {"code": code})
        for code in sorted(below - set().union(*kept)):
            yield NomenclatureFault("not_reached", place, {"code": code, "text": question.id})
        if all(each == kept[0] for each in kept):
            yield NomenclatureFault("splits_nothing", place, {"code": questions.heading, "text": question.id})


def nomenclature_counts(content: Content, tree: Nomenclature) -> dict[str, dict[str, int]]:
    """What there is, by language and kind: labels of headings and subheadings, words, and what was reviewed.

    `made by a template` is 0: every label is written. `reviewed headings` counts labels of headings that somebody read
    who did not write them, `with own letters` Tajik labels that hold a letter which Russian lacks.
    """
    entries = content.entries.values()
    counts: dict[str, dict[str, int]] = {}
    for language in LANGUAGES:
        reviewed = {
            sheet.file
            for sheet in content.sheets
            if sheet.language == language and sheet.reviewer not in ("", sheet.author)
        }
        counts[language] = {
            "headings": sum(len(entry.code) == 4 for entry in entries),
            "subheadings": sum(len(entry.code) == 6 for entry in entries),
            "made_by_template": 0,
            "reviewed_headings": sum(
                len(entry.code) == 4 and entry.place.split(":")[0] in reviewed for entry in entries
            ),
            "words": sum(len(entry.words[language]) for entry in entries),
            "headings_with_words": len({entry.code[:4] for entry in entries if entry.words[language]}),
        }
    counts["tg"]["with_own_letters"] = sum(bool(_TAJIK_ONLY.search(entry.labels["tg"])) for entry in entries)
    counts[EDITION] = {
        "tree_headings": len(tree.headings),
        "tree_subheadings": len(tree.subheadings),
        "brands": len(content.brands),
        "see": sum(len(held) for held in content.see.values()),
        "notes": len(content.notes),
        "rules": len(content.rules),
        "chemicals": len(content.chemicals),
        "headings_with_questions": len(content.questions),
        "weighty_headings": len(content.weighty),
    }
    return counts

# SPDX-License-Identifier: Apache-2.0
"""What a typed text means: numbers with the spaces and commas of any habit, days as people write them, codes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from gumruk.wire import LIMITS

DAY_FORMAT = "102"
"""The format code of a day, YYYYMMDD; a time with its zone is 304."""

# Marks that turn or join writing and are not seen: they come along when text is pasted.
_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Neither XML nor PostgreSQL can hold these.
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_COMMA_GROUPS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_POINT_GROUPS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_MARKS = re.compile("[.,]")
_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_DOUBTFUL = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})", re.ASCII)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_MOMENT = re.compile(
    r"\d{8}T?\d{4,6}(?:Z|[+-]\d{2}:?\d{0,2})?|\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a text means (None: nothing that the field can hold), and the code of what is to be said of it."""

    value: str | None
    finding: str = ""


def text_meaning(typed: str) -> Meaning:
    """A text without marks that are not seen and characters that no message can hold (TYP-6 says that there were)."""
    plain = _FORBIDDEN.sub("", _UNSEEN.sub("", typed)).strip()
    if len(plain) > LIMITS.text_length_max:
        return Meaning(None, "TYP-4")
    dropped = bool(_UNSEEN.search(typed.strip()) or _FORBIDDEN.search(typed))
    return Meaning(plain or None, "TYP-6" if dropped else "")


def code_meaning(typed: str) -> Meaning:
    """A code in capitals, without the spaces around it."""
    meaning = text_meaning(typed)
    return Meaning(meaning.value.upper() if meaning.value else None, meaning.finding)


def digits_meaning(typed: str) -> Meaning:
    """A commodity code: its digits without the spaces and points that group them; other characters stay as they are."""
    meaning = text_meaning(typed)
    plain = "".join(_figures(meaning.value or "").split()).replace(".", "")
    return Meaning(plain or None, meaning.finding)


def number_meaning(typed: str, *, whole: bool = False) -> Meaning:
    """A number as plain decimal digits with a point.

    A single comma is the decimal mark, as it is here; where it could part thousands as well, TYP-5 says what was read.
    """
    plain = "".join(_figures(_UNSEEN.sub("", typed)).split()).replace("\u2212", "-").replace("'", "").replace("’", "")
    if not plain:
        return Meaning(None)
    doubtful = bool(_DOUBTFUL.fullmatch(plain))
    if _COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    elif _COMMA_GROUPS.fullmatch(plain) and len(_MARKS.findall(plain)) > 1:
        plain = plain.replace(",", "")
    elif _POINT_GROUPS.fullmatch(plain) and len(_MARKS.findall(plain)) > 1:
        plain = plain.replace(".", "").replace(",", ".")
    if not _PLAIN.fullmatch(plain) or len(plain) > LIMITS.number_length_max:
        return Meaning(None, "TYP-1" if whole else "TYP-2")
    plain = plain.removeprefix("+")
    if not whole:
        return Meaning(plain, "TYP-5" if doubtful else "")
    count, _, fraction = plain.partition(".")
    if fraction.strip("0") or len(count) > 18 or doubtful:
        return Meaning(None, "TYP-1")
    return Meaning(str(int(count)))


def day_meaning(typed: str) -> tuple[Meaning, str]:
    """A day as YYYYMMDD with its format code; a whole moment, as messages write it, stays as it is.

    The day stands before the month, as here; a year has four digits.
    """
    plain = " ".join(_figures(_UNSEEN.sub("", typed)).split())
    if not plain:
        return Meaning(None), ""
    if _MOMENT.fullmatch(plain):
        return Meaning(plain), "304"
    for pattern, order in ((_YEAR_FIRST, (1, 2, 3)), (_DAY_FIRST, (3, 2, 1)), (_DIGITS, (1, 2, 3))):
        match = pattern.fullmatch(plain.rstrip("."))
        if match:
            try:
                return Meaning(f"{date(*(int(match[part]) for part in order)):%Y%m%d}"), DAY_FORMAT
            except ValueError:
                break
    return Meaning(None, "TYP-3"), ""


def _figures(text: str) -> str:
    """The text with the figures of every script as ours: ۱۲ is 12."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.digit(one, one)) for one in text)

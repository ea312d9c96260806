# SPDX-License-Identifier: Apache-2.0
"""How an identifier is written, in the notation of customs messages: `n9`, `an..35`, `a2n7`."""

from __future__ import annotations

import re

_PART = re.compile(r"(an|a|n)(\.\.)?(\d{1,3})")
_CLASSES = {"n": "[0-9]", "a": "[A-Za-z]", "an": "[0-9A-Za-z]"}


def read_form(text: str) -> re.Pattern[str]:
    """The pattern of a form; several forms are parted by spaces. Raises ValueError.

    `n` is a digit, `a` a Latin letter, `an` either; `n9` means nine of them, `n..9` one to nine. Such a pattern is
    matched in linear time whatever stands in the message (UN/EDIFACT, ISO 9735 representation of data elements).

    >>> bool(read_form("a2n7 n9").fullmatch("020012345"))
    True
    """
    forms = text.split()
    if not forms:
        raise ValueError("a form is not empty")
    return re.compile("|".join(_pattern(form) for form in forms))


def _pattern(form: str) -> str:
    parts = list(_PART.finditer(form))
    if "".join(part.group(0) for part in parts) != form or any(int(part.group(3)) == 0 for part in parts):
        raise ValueError(f"a form is written as n9, an..35 or a2n7, not {form!r}")
    return "".join(
        _CLASSES[part.group(1)] + (f"{{1,{part.group(3)}}}" if part.group(2) else f"{{{part.group(3)}}}")
        for part in parts
    )

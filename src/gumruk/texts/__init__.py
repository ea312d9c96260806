# SPDX-License-Identifier: Apache-2.0
"""What findings, steps and screens say, in every language.

The texts are TOML files in one folder a language. A key is the path of table names, joined by dots:
`["finding"] "DEC-17" = {text = "..."}` is read as `finding.DEC-17.text`. A placeholder is `{name}` and
nothing else: no attribute access, no format language, so that no parameter can reach into an object.

Sentences that count something have one key a plural form (`.one`, `.few`, `.many`, `.other`); `count` picks it.
"""

from __future__ import annotations

from gumruk.texts.files import (
    DEFAULT_LANGUAGE,
    LANGUAGES,
    MissingText,
    catalogue,
    count,
    find,
    languages,
    placeholders,
    say,
    strict,
)

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "MissingText",
    "catalogue",
    "count",
    "find",
    "languages",
    "placeholders",
    "say",
    "strict",
]

# SPDX-License-Identifier: Apache-2.0
"""What `./run` says to the person who starts it, in that person's language."""

from __future__ import annotations

import os

from gumruk import texts


def language() -> str:
    """The language of the terminal: `GUMRUK_LANGUAGE`, else that of the locale, else English."""
    for name in ("GUMRUK_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        wish = os.environ.get(name, "")[:2]
        if wish:
            return wish if wish in texts.LANGUAGES else texts.DEFAULT_LANGUAGE
    return texts.DEFAULT_LANGUAGE


def language_choose(given: str | None) -> None:
    """Take the language of the `--language` option, where it is given, for all that follows."""
    if given:
        os.environ["GUMRUK_LANGUAGE"] = given


def tell(key: str, /, **params: object) -> str:
    """The text under `run.<key>` with its placeholders filled."""
    return texts.say(language(), f"run.{key}", **params)


class RunError(Exception):
    """Something on this machine is in the way. `code` names it; str() says what, `mend` what to do about it."""

    def __init__(self, code: str, /, **params: object) -> None:
        super().__init__(tell(f"error.{code}.text", **params))
        self.code = code
        self.mend = tell(f"error.{code}.mend", **params)

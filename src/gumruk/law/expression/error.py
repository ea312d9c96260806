# SPDX-License-Identifier: Apache-2.0
"""What is wrong with an expression or with the facts it was given: a code, a place and parameters, never prose."""

from __future__ import annotations

from collections.abc import Mapping


class ExpressionError(Exception):
    """An expression that is refused, or facts that do not fit its vocabulary.

    `code` is the key of the text (`expression.unknown_field`); `position` counts characters of the source from 0 and is
    None where there is no source (facts, a tree made by a program); `params` are the words of the text.
    """

    def __init__(self, code: str, position: int | None = None, params: Mapping[str, str] | None = None) -> None:
        self.code = code
        self.position = position
        self.params: dict[str, str] = dict(params or {})
        super().__init__(code, position, self.params)

    def __str__(self) -> str:
        place = "" if self.position is None else f" at {self.position}"
        words = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.code}{place}" + (f" ({words})" if words else "")

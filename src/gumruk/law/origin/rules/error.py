# SPDX-License-Identifier: Apache-2.0
"""What is wrong with the text of a rule of origin."""

from __future__ import annotations

from collections.abc import Mapping


class RuleError(Exception):
    """A rule that cannot be read whole: a code, the position in the text (from 0) and the parameters of the message."""

    def __init__(self, code: str, position: int, params: Mapping[str, str]) -> None:
        super().__init__(f"{code} at {position}: {dict(params)}")
        self.code, self.position, self.params = code, position, params

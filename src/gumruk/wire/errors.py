# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a message: all findings at once, in one exception."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gumruk.law.kernel import Finding

FINDINGS_MAX = 200
"""How many findings one message gets; the last one then says how many more there were."""


class WireError(ValueError):
    """A message that cannot be read or written; `findings` says what, where, and with which values."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(_sayable(finding) for finding in findings)
        super().__init__("; ".join(f"{f.code} {f.path} {dict(f.params)}" for f in self.findings[:5]))


def _sayable(finding: Finding) -> Finding:
    """A finding that any answer can hold: half a surrogate, which has no place in UTF-8, becomes a question mark."""
    params = {name: _whole(value) for name, value in finding.params.items()}
    return replace(finding, path=_whole(finding.path), params=params)


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def refusal(code: str, path: str = "", **params: object) -> WireError:
    """The error of one finding."""
    return WireError([Finding(code, path, {name: str(value) for name, value in params.items()})])


class Findings:
    """What was found: the first `FINDINGS_MAX`, and how many more. A hostile message must not fill the memory."""

    __slots__ = ("found", "more")

    def __init__(self) -> None:
        self.found: list[Finding] = []
        self.more = 0

    @property
    def full(self) -> bool:
        """Whether the next finding will only be counted."""
        return len(self.found) >= FINDINGS_MAX

    @property
    def count(self) -> int:
        """How many things were found, with those that are only counted."""
        return len(self.found) + self.more

    def add(self, finding: Finding) -> None:
        """Note a finding, or count it."""
        if self.full:
            self.more += 1
        else:
            self.found.append(finding)

    def refuse(self) -> None:
        """Raise `WireError` with all that was found, if anything was."""
        if self.more:
            raise WireError([*self.found, Finding("WIRE-23", params={"count": str(self.more)})])
        if self.found:
            raise WireError(self.found)

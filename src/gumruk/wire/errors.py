# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a message: all findings at once, in one exception."""

from __future__ import annotations

from collections.abc import Sequence

from gumruk.law.kernel import Finding

FINDINGS_MAX = 200
"""How many findings one message gets; the last one then says how many more there were."""


class WireError(ValueError):
    """A message that cannot be read or written; `findings` says what, where, and with which values."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(f"{f.code} {f.path} {dict(f.params)}" for f in self.findings[:5]))


def refusal(code: str, path: str = "", **params: object) -> WireError:
    """The error of one finding."""
    return WireError([Finding(code, path, {name: str(value) for name, value in params.items()})])


def bounded(findings: Sequence[Finding]) -> list[Finding]:
    """At most `FINDINGS_MAX` findings, and one more that says how many were left out."""
    if len(findings) <= FINDINGS_MAX:
        return list(findings)
    rest = len(findings) - FINDINGS_MAX
    return [*findings[:FINDINGS_MAX], Finding("WIRE-23", params={"count": str(rest)})]

# SPDX-License-Identifier: Apache-2.0
"""What a check finds and which steps led to an amount: codes and parameters, never prose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: an error refuses, a warning may be answered with a reason, information only tells."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


class Audience(StrEnum):
    """Who may read it. What only risk analysts may read never reaches a trader's screen, whatever the text says."""

    TRADER = "trader"
    OFFICER = "officer"
    RISK = "risk"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: its code (`DEC-17`), the place (`items[3].origin`), parameters for the text, and the act.

    `answer` is the reason with which the declarant answered a warning.
    """

    code: str
    path: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    act: str | None = None
    severity: Severity = Severity.ERROR
    audience: Audience = Audience.TRADER
    answer: str | None = None

    @property
    def asks(self) -> bool:
        """Whether it waits for an answer: a warning that has no reason yet."""
        return self.severity is Severity.WARNING and self.answer is None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a computation: its code (`assessment.duty`), parameters for the text, the place and the act."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    path: str = ""
    act: str | None = None
    audience: Audience = Audience.TRADER

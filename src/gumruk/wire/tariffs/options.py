# SPDX-License-Identifier: Apache-2.0
"""What a file of a tariff does not say itself, and whoever imports it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Options:
    """`since`: the first day of a tariff that names none. `notes`: the Eurasian tariff's notes by number."""

    since: date | None = None
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def since_text(self) -> str:
        """The first day as text; empty: open."""
        return "" if self.since is None else self.since.isoformat()

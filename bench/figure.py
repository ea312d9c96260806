# SPDX-License-Identifier: Apache-2.0
"""What a measurement hands back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured value. `goal` is what it should be, in words (`at most 2`); empty where there is no goal."""

    figure: str
    value: float
    unit: str
    goal: str = ""

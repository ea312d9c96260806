# SPDX-License-Identifier: Apache-2.0
"""Duties as the tariffs of the world print them: read, printed again in one notation, chosen and computed."""

from __future__ import annotations

from gumruk.law.tariff.duties.computed import Circumstances, duty_for, duty_node, with_components
from gumruk.law.tariff.duties.error import DutyError
from gumruk.law.tariff.duties.printed import printed_duty
from gumruk.law.tariff.duties.reader import read_duty
from gumruk.law.tariff.duties.tree import Duty, parts_of

__all__ = [
    "Circumstances",
    "Duty",
    "DutyError",
    "duty_for",
    "duty_node",
    "parts_of",
    "printed_duty",
    "read_duty",
    "with_components",
]

# SPDX-License-Identifier: Apache-2.0
"""Numbers as messages write them: plain decimal digits, a point, a sign; never an exponent."""

from __future__ import annotations

import re
from decimal import Decimal

NUMBER_PATTERN = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"
NUMBER = re.compile(NUMBER_PATTERN, re.ASCII).fullmatch
WHOLE_NUMBER = re.compile(r"[+-]?\d{1,18}", re.ASCII).fullmatch


def number_text(value: Decimal) -> str:
    """A decimal with all its digits, trailing zeros too, and without an exponent."""
    written = str(value)
    return format(value, "f") if "E" in written else written

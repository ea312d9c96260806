# SPDX-License-Identifier: Apache-2.0
"""Formats of tables: an element of the format, a field of the model, and what is not named is kept as it came."""

from __future__ import annotations

from gumruk.wire.tables.extension import extension_fits, left_over, unread
from gumruk.wire.tables.plan import Plans
from gumruk.wire.tables.reader import read
from gumruk.wire.tables.writer import write

__all__ = ["Plans", "extension_fits", "left_over", "read", "unread", "write"]

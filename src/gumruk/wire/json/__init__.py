# SPDX-License-Identifier: Apache-2.0
"""Our own JSON: the model's classes as objects, decimals as text, absent fields left out."""

from __future__ import annotations

from gumruk.wire.json.reader import read, read_response
from gumruk.wire.json.writer import canonical, restore, write, write_response

FORMAT = "json"

__all__ = ["FORMAT", "canonical", "read", "read_response", "restore", "write", "write_response"]

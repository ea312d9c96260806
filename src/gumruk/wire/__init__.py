# SPDX-License-Identifier: Apache-2.0
"""Messages in and out: bytes from strangers to the law's declaration, and back without loss."""

from __future__ import annotations

from gumruk.wire.documents import documents
from gumruk.wire.errors import WireError
from gumruk.wire.json import canonical, restore
from gumruk.wire.message import FORMATS, Message, ResponseMessage, left_behind, read, read_any, write
from gumruk.wire.notes import unread
from gumruk.wire.safety import LIMITS, Limits, size_check
from gumruk.wire.wco import FORMAT as WCO
from gumruk.wire.wco import PLACES

__all__ = [
    "FORMATS",
    "LIMITS",
    "PLACES",
    "WCO",
    "Limits",
    "Message",
    "ResponseMessage",
    "WireError",
    "canonical",
    "documents",
    "left_behind",
    "read",
    "read_any",
    "restore",
    "size_check",
    "unread",
    "write",
]

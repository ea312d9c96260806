# SPDX-License-Identifier: Apache-2.0
"""UN/EDIFACT: our own small reader and writer of the syntax, CUSDEC and CUSRES in and out."""

from __future__ import annotations

from gumruk.wire.edifact.reader import FORMAT, read
from gumruk.wire.edifact.responses import read_response, write_response
from gumruk.wire.edifact.writer import write

VERSION = "CUSDEC D.96B, D.99B, D.03B, D.04A, D.24A; CUSRES D.96B"

__all__ = ["FORMAT", "VERSION", "read", "read_response", "write", "write_response"]

# SPDX-License-Identifier: Apache-2.0
"""WCO Data Model 3.6 as XML, in the profile of HMRC's CDS (DMS:2)."""

from __future__ import annotations

from gumruk.wire.wco.addresses import PLACES, RESPONSE_PLACES
from gumruk.wire.wco.extension import extension_fits
from gumruk.wire.wco.reader import FORMAT, read, read_response
from gumruk.wire.wco.writer import write, write_response
from gumruk.wire.wco.written import written_check

PROFILE_NAME = "WCO Data Model 3.6, HMRC CDS profile (DMS:2)"

__all__ = [
    "FORMAT",
    "PLACES",
    "PROFILE_NAME",
    "RESPONSE_PLACES",
    "extension_fits",
    "read",
    "read_response",
    "write",
    "write_response",
    "written_check",
]

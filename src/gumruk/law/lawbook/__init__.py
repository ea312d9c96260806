# SPDX-License-Identifier: Apache-2.0
"""The running law of one country as dated, sourced entries, read as of a day and of what was known then."""

from __future__ import annotations

from gumruk.law.lawbook.book import Entry, Law, LawBook, Scalar, Status
from gumruk.law.lawbook.moments import Legal, Moment, Moments

__all__ = ["Entry", "Law", "LawBook", "Legal", "Moment", "Moments", "Scalar", "Status"]

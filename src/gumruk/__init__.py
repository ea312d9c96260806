# SPDX-License-Identifier: Apache-2.0
"""Gumruk, the open customs system."""

from __future__ import annotations

__version__ = "0.1.0"

# SPDX-License-Identifier: Apache-2.0
"""Look and feel: the parts that all pages are made of. How to use them stands in README.md here."""

from __future__ import annotations

from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
"""The folder of the font files for documents: IBM Plex Sans, which has every Tajik letter."""

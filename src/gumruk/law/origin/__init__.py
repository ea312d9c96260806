# SPDX-License-Identifier: Apache-2.0
"""Origin: whether a preference that is claimed is due."""

from __future__ import annotations

from gumruk.law.origin.preference import Preference, preference_for

__all__ = ["Preference", "preference_for"]

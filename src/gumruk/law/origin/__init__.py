# SPDX-License-Identifier: Apache-2.0
"""Origin: whether a preference that is claimed is due; the rules of origin of a product stand in `rules`."""

from __future__ import annotations

from gumruk.law.origin.non_preferential import non_preferential
from gumruk.law.origin.preference import Consignment, Preference, Proof, preference_for

__all__ = ["Consignment", "Preference", "Proof", "non_preferential", "preference_for"]

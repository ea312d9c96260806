# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.apps import AppConfig


class NomenclatureConfig(AppConfig):
    """The nomenclature: finding codes, the tree, official texts."""

    name = "gumruk.office.nomenclature"
    label = "nomenclature"

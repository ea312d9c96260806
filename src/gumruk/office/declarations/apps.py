# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.apps import AppConfig


class DeclarationsConfig(AppConfig):
    """Declarations."""

    name = "gumruk.office.declarations"
    label = "declarations"

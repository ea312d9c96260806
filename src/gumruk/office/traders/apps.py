# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.apps import AppConfig


class TradersConfig(AppConfig):
    """Trader files."""

    name = "gumruk.office.traders"
    label = "traders"

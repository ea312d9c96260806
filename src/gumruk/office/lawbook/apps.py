# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.apps import AppConfig


class LawbookConfig(AppConfig):
    """Publications of law."""

    name = "gumruk.office.lawbook"
    label = "lawbook"

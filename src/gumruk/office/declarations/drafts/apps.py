# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """Drafts of declarations."""

    name = "gumruk.office.declarations.drafts"
    label = "drafts"

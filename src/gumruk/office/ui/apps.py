# SPDX-License-Identifier: Apache-2.0
"""The Django app that holds the parts all pages are made of."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Look and feel: base pages, tags, styles, fonts, error pages."""

    name = "gumruk.office.ui"
    label = "ui"
    verbose_name = "Look and feel"

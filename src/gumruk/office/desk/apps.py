# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages over several areas."""

    name = "gumruk.office.desk"
    label = "desk"

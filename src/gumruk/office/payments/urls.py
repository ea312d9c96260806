# SPDX-License-Identifier: Apache-2.0
"""Doors of payments."""

from __future__ import annotations

app_name = "payments"
urlpatterns: list[object] = []

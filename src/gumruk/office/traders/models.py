# SPDX-License-Identifier: Apache-2.0
"""Trader files."""

from __future__ import annotations

from django.db import models


class Trader(models.Model):
    """A person or company that customs knows by an identification number (TIN)."""

    tin = models.CharField(primary_key=True, max_length=35)
    name = models.CharField(max_length=512)
    address = models.TextField(blank=True, default="")
    country = models.CharField(max_length=2)
    registered_at = models.DateTimeField()

    class Meta:
        db_table = "traders_trader"

    def __str__(self) -> str:
        return f"{self.name} ({self.tin})"

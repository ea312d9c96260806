# SPDX-License-Identifier: Apache-2.0
"""Appended events, their seals and their proof; the outbox; the walls in the database. Open to all areas."""

from __future__ import annotations

# SPDX-License-Identifier: Apache-2.0
"""The stage of these stories."""

from __future__ import annotations

from tests.office.declarations.fixtures import committed, quick_passwords, set_clock, stage

__all__ = ["committed", "quick_passwords", "set_clock", "stage"]

# SPDX-License-Identifier: Apache-2.0
"""The audit's schema."""

from __future__ import annotations

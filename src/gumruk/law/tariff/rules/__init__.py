# SPDX-License-Identifier: Apache-2.0
"""TARIC's business rules that hold for any tariff: over a whole tariff, and over one measure that is being edited."""

from __future__ import annotations

from gumruk.law.tariff.rules.machinery import Scope, TariffRule
from gumruk.law.tariff.rules.register import TARIFF_RULES, check_record, check_tariff

__all__ = ["TARIFF_RULES", "Scope", "TariffRule", "check_record", "check_tariff"]

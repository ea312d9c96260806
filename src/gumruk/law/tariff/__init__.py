# SPDX-License-Identifier: Apache-2.0
"""The tariff: duty expressions as tariffs print them, and the rate that a commodity code bears."""

from __future__ import annotations

from gumruk.law.tariff.duties import DutyError
from gumruk.law.tariff.duty import parse_duty
from gumruk.law.tariff.vocabulary import BASE_UNITS, base_quantities, base_quantity, duty_vocabulary

__all__ = ["BASE_UNITS", "DutyError", "base_quantities", "base_quantity", "duty_vocabulary", "parse_duty"]

# SPDX-License-Identifier: Apache-2.0
"""Customs value: the price actually paid, with freight and insurance shared out so that the parts sum."""

from gumruk.law.valuation.value import ItemPrice, ValueOfItem, Valued, value_goods

__all__ = ["ItemPrice", "ValueOfItem", "Valued", "value_goods"]

# SPDX-License-Identifier: Apache-2.0
"""Traders: who declares, who owes, by their identification number."""

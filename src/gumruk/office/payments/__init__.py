# SPDX-License-Identifier: Apache-2.0
"""Customs money: the ledger, receipts, reservation, debit, the treasury's share."""

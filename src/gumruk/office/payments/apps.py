# SPDX-License-Identifier: Apache-2.0
"""The Django app of payments."""

from __future__ import annotations

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """The ledger, receipts and settlement."""

    name = "gumruk.office.payments"
    label = "payments"
    verbose_name = "Payments"

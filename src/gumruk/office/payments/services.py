# SPDX-License-Identifier: Apache-2.0
"""What other areas call to move customs money. Each is one transaction that says who and when."""

from __future__ import annotations

from gumruk.office.payments.charging import (
    Reservation,
    charges_debit,
    charges_reserve,
    reservation_release,
    reservation_retry,
    waiting_retry,
)
from gumruk.office.payments.mandates import mandate_give, mandate_revoke
from gumruk.office.payments.receiving import (
    RECEIVED,
    Converted,
    Received,
    payment_convert,
    payment_receive,
    receipt_assign,
    receipt_void,
)
from gumruk.office.payments.refusal import PaymentRefused
from gumruk.office.payments.securing import Obligation, payer_lock, security_end, security_take
from gumruk.office.payments.treasury import refund_pay, refund_refuse, refund_request, treasury_transfer

__all__ = [
    "RECEIVED",
    "Converted",
    "Obligation",
    "PaymentRefused",
    "Received",
    "Reservation",
    "charges_debit",
    "charges_reserve",
    "mandate_give",
    "mandate_revoke",
    "payer_lock",
    "payment_convert",
    "payment_receive",
    "receipt_assign",
    "receipt_void",
    "refund_pay",
    "refund_refuse",
    "refund_request",
    "reservation_release",
    "reservation_retry",
    "security_end",
    "security_take",
    "treasury_transfer",
    "waiting_retry",
]

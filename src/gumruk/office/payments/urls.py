# SPDX-License-Identifier: Apache-2.0
"""Doors of payments: the cashier's window, the payer's account, the end of the day, the treasury's share."""

from __future__ import annotations

from django.urls import path

from gumruk.office.payments import account_views, mandate_views, views

app_name = "payments"
urlpatterns = [
    path("payments/", views.home, name="home"),
    path("payments/receive/", views.receive, name="receive"),
    path("payments/receipts/<uuid:receipt_id>/", views.receipt, name="receipt"),
    path("payments/receipts/<uuid:receipt_id>/pdf", views.receipt_pdf, name="receipt_pdf"),
    path("payments/receipts/<uuid:receipt_id>/void/", views.void, name="void"),
    path("payments/receipts/<uuid:receipt_id>/assign/", views.assign, name="assign"),
    path("payments/payers/<str:payer_id>/", account_views.account, name="account"),
    path("payments/payers/<str:payer_id>/convert/", account_views.convert, name="convert"),
    path("payments/mandates/", mandate_views.give, name="mandate"),
    path("payments/mandates/<uuid:mandate_id>/revoke/", mandate_views.revoke, name="mandate_revoke"),
    path("payments/day/", account_views.day, name="day"),
    path("payments/treasury/", account_views.treasury, name="treasury"),
    path("payments/treasury/transfer/", account_views.transfer, name="transfer"),
]

# SPDX-License-Identifier: Apache-2.0
"""The Django app of users and permissions."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, roles, tokens."""

    name = "gumruk.office.accounts"
    label = "accounts"
    verbose_name = "Accounts"

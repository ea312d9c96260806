# SPDX-License-Identifier: Apache-2.0
"""The Django app of users and permissions."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, roles, tokens."""

    name = "gumruk.office.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Tell the last sign-in by the office's clock, as everything else is told."""
        from django.contrib.auth.signals import user_logged_in

        user_logged_in.disconnect(dispatch_uid="update_last_login")
        user_logged_in.connect(_signed_in, dispatch_uid="gumruk_signed_in")


def _signed_in(sender: Any, user: Any, **_given: Any) -> None:
    from gumruk.office.project.clock import now

    user.last_login = now()
    user.save(update_fields=["last_login"])

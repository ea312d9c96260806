# SPDX-License-Identifier: Apache-2.0
"""What can be done to users: each in the caller's transaction, with who and when, and an event behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gumruk import texts
from gumruk.office.accounts.actors import ROLES, TRADER, Actor
from gumruk.office.accounts.models import User
from gumruk.office.audit.services import event_append


class UserRefused(ValueError):
    """The user cannot be made or changed so; the first argument is the key of the reason's text."""


def user_create(
    *,
    login: str,
    name: str,
    role: str,
    password: str,
    offices: Sequence[str] = (),
    trader_tin: str = "",
    language: str = texts.DEFAULT_LANGUAGE,
    by: Actor,
    at: datetime,
) -> User:
    """Make a user. Raises UserRefused for an unknown role, a login in use, a trader without a taxpayer number."""
    login = login.strip().lower()
    if role not in ROLES:
        raise UserRefused("accounts.refused.role")
    if not login or User.objects.filter(login=login).exists():
        raise UserRefused("accounts.refused.login")
    if (role == TRADER) != bool(trader_tin):
        raise UserRefused("accounts.refused.trader")
    user = User(
        login=login,
        name=name,
        role=role,
        offices=list(offices),
        trader_tin=trader_tin,
        language=language,
        created_at=at,
    )
    user.set_password(password)
    user.save(force_insert=True)
    _event(user, "created", {"role": role, "offices": list(offices), "trader": trader_tin}, by, at)
    return user


def user_change(
    *, user: User, role: str, offices: Sequence[str], trader_tin: str, is_active: bool, by: Actor, at: datetime
) -> None:
    """Change what a user may do. Raises UserRefused where it would leave the one who acts without his own account."""
    if role not in ROLES:
        raise UserRefused("accounts.refused.role")
    if (role == TRADER) != bool(trader_tin):
        raise UserRefused("accounts.refused.trader")
    if user.id == by.id and (not is_active or role != user.role):
        raise UserRefused("accounts.refused.self")
    before = {"role": user.role, "offices": list(user.offices), "trader": user.trader_tin, "active": user.is_active}
    after = {"role": role, "offices": list(offices), "trader": trader_tin, "active": is_active}
    user.role, user.offices, user.trader_tin, user.is_active = role, list(offices), trader_tin, is_active
    user.save(update_fields=["role", "offices", "trader_tin", "is_active"])
    _event(user, "changed", {"before": before, "after": after}, by, at)


def user_language_set(*, user: User, language: str) -> None:
    """Remember the language a person reads; no event, it decides nothing."""
    user.language = language
    user.save(update_fields=["language"])


def user_password_set(*, user: User, password: str, by: Actor, at: datetime) -> None:
    """Give a user another password. The event says that, not what."""
    user.set_password(password)
    user.save(update_fields=["password"])
    _event(user, "password_set", {}, by, at)


def _event(user: User, kind: str, body: dict[str, object], by: Actor, at: datetime) -> None:
    event_append(subject_kind="user", subject_id=str(user.id), kind=f"user.{kind}", body=body, by=by, at=at)

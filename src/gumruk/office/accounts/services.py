# SPDX-License-Identifier: Apache-2.0
"""What can be done to users: each in the caller's transaction, with who and when, and an event behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from gumruk import texts
from gumruk.law.reference.forms import read_form
from gumruk.office.accounts.actors import GUMRUK, ROLES, TRADER, Actor
from gumruk.office.accounts.models import User
from gumruk.office.accounts.queries import login_taken
from gumruk.office.accounts.tokens import tokens_forget
from gumruk.office.audit.services import event_append
from gumruk.office.project.clock import legal_day
from gumruk.office.project.environment import installed_pack


class UserRefused(ValueError):
    """The user cannot be made or changed so; `key` is the reason's text, filled with `params`."""

    def __init__(self, key: str, **params: str) -> None:
        super().__init__(key)
        self.key, self.params = key, params


_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]*")


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
    """Make a user. Raises UserRefused for an unknown role or office, a login in use or in other than Latin letters,
    a trader without a taxpayer number or with one that is none.

    The password is for the first sign-in only, unless the installation itself made the account (its first
    administrator, the demonstration).
    """
    login = login.strip().lower()
    if login and not _LOGIN.fullmatch(login):
        raise UserRefused("accounts.refused.login_letters")
    if not login or login_taken(login):
        raise UserRefused("accounts.refused.login")
    _check(role, offices, trader_tin, at)
    user = User(
        login=login,
        name=name,
        role=role,
        offices=list(offices),
        trader_tin=trader_tin,
        language=language,
        created_at=at,
        password_temporary=by.id != GUMRUK.id,
        created_by=by.id,
        role_set_by=by.id,
        password_set_by=by.id,
    )
    user.set_password(password)
    user.save(force_insert=True)
    _event(user, "created", {"role": role, "offices": list(offices), "trader": trader_tin}, by, at)
    return user


def user_change(
    *, user: User, role: str, offices: Sequence[str], trader_tin: str, is_active: bool, by: Actor, at: datetime
) -> None:
    """Change what a user may do. Raises UserRefused for an unknown role or office, a taxpayer number that is none,
    and where it would leave the one who acts without his own account."""
    _check(role, offices, trader_tin, at)
    if user.id == by.id and (not is_active or role != user.role):
        raise UserRefused("accounts.refused.self")
    before = {"role": user.role, "offices": list(user.offices), "trader": user.trader_tin, "active": user.is_active}
    after = {"role": role, "offices": list(offices), "trader": trader_tin, "active": is_active}
    user.role_set_by = by.id if role != user.role else user.role_set_by
    user.role, user.offices, user.trader_tin, user.is_active = role, list(offices), trader_tin, is_active
    user.save(update_fields=["role", "offices", "trader_tin", "is_active", "role_set_by"])
    _event(user, "changed", {"before": before, "after": after}, by, at)


def user_language_set(*, user: User, language: str) -> None:
    """Remember the language a person reads; no event, it decides nothing."""
    user.language = language
    user.save(update_fields=["language"])


def user_password_set(*, user: User, password: str, by: Actor, at: datetime) -> None:
    """Give a user another password; one that another person gave is for the next sign-in only.

    The event says that, not what. Until the user has set his own his tokens are worthless, in other processes within
    ten seconds.
    """
    user.set_password(password)
    user.password_temporary, user.password_set_by = by.id != user.id, by.id
    user.save(update_fields=["password", "password_temporary", "password_set_by"])
    tokens_forget()
    _event(user, "password_set", {}, by, at)


def _check(role: str, offices: Sequence[str], trader_tin: str, at: datetime) -> None:
    """Raise UserRefused for a role, an office or a taxpayer number that the installed country does not know."""
    if role not in ROLES:
        raise UserRefused("accounts.refused.role")
    if (role == TRADER) != bool(trader_tin):
        raise UserRefused("accounts.refused.trader")
    law = installed_pack().book.at(legal_day(at), training=settings.GUMRUK_TRAINING)
    unknown = [office for office in offices if law.find("offices", office) is None]
    if unknown:
        raise UserRefused("accounts.refused.offices", offices=", ".join(unknown)[:60])
    form = law.value("form.taxpayer")
    if trader_tin and isinstance(form, str) and form and not read_form(form).fullmatch(trader_tin):
        raise UserRefused("accounts.refused.tin", number=trader_tin)


def _event(user: User, kind: str, body: dict[str, object], by: Actor, at: datetime) -> None:
    event_append(subject_kind="user", subject_id=str(user.id), kind=f"user.{kind}", body=body, by=by, at=at)

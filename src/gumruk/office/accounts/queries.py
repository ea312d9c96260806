# SPDX-License-Identifier: Apache-2.0
"""What others may ask about users."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from gumruk.office.accounts.actors import GUMRUK
from gumruk.office.accounts.models import ApiToken, User


def user_by_login(login: str) -> User | None:
    """The user of this login, whatever its case; None where there is none."""
    return User.objects.filter(login=login.strip().lower()).first()


def users() -> QuerySet[User]:
    """All users by name."""
    return User.objects.order_by("name", "login")


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """The tokens of a user that are still good, the newest first."""
    return user.tokens.filter(revoked_at=None).order_by("-created_at")


def names_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """The display names behind actor ids, for timelines. An id without a user is not in the answer."""
    wanted = set(ids)
    names = dict(User.objects.filter(id__in=wanted).values_list("id", "name"))
    if GUMRUK.id in wanted:
        names[GUMRUK.id] = GUMRUK.name
    return names

# SPDX-License-Identifier: Apache-2.0
"""What others may ask about users."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from gumruk.law.kernel.folding import folded
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


def set_up_by(identifier: UUID) -> frozenset[UUID]:
    """Who made this user's account, and who last set its role and its password, where that was another."""
    user = User.objects.filter(id=identifier).first()
    hands = () if user is None else (user.created_by, user.role_set_by, user.password_set_by)
    return frozenset(hand for hand in hands if hand is not None and hand != identifier)


def login_taken(login: str) -> bool:
    """Whether a user has this login, or one that reads the same: in another alphabet, with other signs between."""
    key = folded(login)
    return any(held == login or folded(held) == key for held in User.objects.values_list("login", flat=True))


def names_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """The display names behind actor ids, for timelines. An id without a user is not in the answer."""
    wanted = set(ids)
    names = dict(User.objects.filter(id__in=wanted).values_list("id", "name"))
    if GUMRUK.id in wanted:
        names[GUMRUK.id] = GUMRUK.name
    return names

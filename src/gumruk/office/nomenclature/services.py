# SPDX-License-Identifier: Apache-2.0
"""Beginning and ending to follow a code."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gumruk.office.accounts.permissions import Actor
from gumruk.office.audit.keys import uuid7
from gumruk.office.nomenclature.models import Follow

#: A person follows at most so many codes: who wants more follows their chapter.
FOLLOWED_MAX = 200


class FollowedTooMuch(ValueError):
    """The person follows as many codes as one may."""


@transaction.atomic
def follow_begin(*, code: str, mail: str, language: str, by: Actor, at: datetime) -> Follow:
    """Let a person follow a code; the address and language hold for all codes that he follows.

    Following again changes the address. Raises FollowedTooMuch.
    """
    own = Follow.objects.filter(person=by.id)
    own.update(mail=mail, language=language)
    held = own.filter(code=code).first()
    if held is not None:
        return held
    if own.count() >= FOLLOWED_MAX:
        raise FollowedTooMuch
    return Follow.objects.create(id=uuid7(at), person=by.id, code=code, mail=mail, language=language, since=at)


@transaction.atomic
def follow_end(*, code: str, by: Actor) -> bool:
    """Let a person follow a code no more; whether he did."""
    return bool(Follow.objects.filter(person=by.id, code=code).delete()[0])

# SPDX-License-Identifier: Apache-2.0
"""API tokens: who holds the secret acts for its user. Only the SHA-256 of a token is stored."""

from __future__ import annotations

import secrets
import threading
import time
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from gumruk.office.accounts.actors import Actor
from gumruk.office.accounts.models import ApiToken, User
from gumruk.office.audit.services import event_append

TOKEN_MARK = "gumruk_"  # noqa: S105 - how every token begins, no secret
_CACHE_SECONDS = 10.0
_CACHE_SIZE = 4096

_known: dict[str, tuple[float, Actor]] = {}
_lock = threading.Lock()


def token_create(*, user: User, name: str, by: Actor, at: datetime) -> str:
    """A new token for this user; the secret is returned once and never stored."""
    secret = TOKEN_MARK + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(user=user, digest=_digest(secret), name=name, created_at=at, created_by=by.id)
    body = {"token": str(token.id), "name": name}
    event_append(subject_kind="user", subject_id=str(user.id), kind="user.token_created", body=body, by=by, at=at)
    return secret


def token_revoke(*, token_id: UUID, by: Actor, at: datetime) -> bool:
    """Make a token worthless; False where it was so already. Other processes notice within ten seconds."""
    token = ApiToken.objects.filter(id=token_id, revoked_at=None).first()
    if token is None or not ApiToken.objects.filter(id=token_id, revoked_at=None).update(revoked_at=at):
        return False
    body = {"token": str(token_id), "name": token.name}
    subject = str(token.user_id)
    event_append(subject_kind="user", subject_id=subject, kind="user.token_revoked", body=body, by=by, at=at)
    tokens_forget()
    return True


def tokens_forget() -> None:
    """Look every token up anew, in this process at once."""
    with _lock:
        _known.clear()


def actor_by_token(secret: str) -> Actor | None:
    """The actor of a valid token, else None. A found one is remembered for ten seconds.

    A token is worth nothing while its user's account is closed or his password is another's choice.
    """
    digest, now = _digest(secret), time.monotonic()
    remembered = _known.get(digest)
    if remembered is not None and remembered[0] > now:
        return remembered[1]
    good = ApiToken.objects.filter(revoked_at=None, user__is_active=True, user__password_temporary=False)
    token = good.select_related("user").filter(digest=digest).first()
    if token is None:
        return None
    actor = token.user.actor
    with _lock:
        if len(_known) >= _CACHE_SIZE:
            _known.clear()
        _known[digest] = (now + _CACHE_SECONDS, actor)
    return actor


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()

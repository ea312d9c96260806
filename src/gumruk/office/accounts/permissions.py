# SPDX-License-Identifier: Apache-2.0
"""`@needs` and `@public`: no view is reached without one of them, and each sets who acts in the database.

A stranger is sent to the sign-in page, or gets a 401 in JSON where he speaks to the API. Who is signed in but has
nothing to do in the area gets a 404; who has, but not this action, a 403.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import ImproperlyConfigured, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from gumruk.office.accounts.actors import ALL_PERMISSIONS, GUMRUK, PERMISSIONS, ROLES, Actor
from gumruk.office.accounts.tokens import actor_by_token
from gumruk.office.accounts.wall import acting, actor_apply

__all__ = [
    "ALL_PERMISSIONS",
    "GUMRUK",
    "PERMISSIONS",
    "ROLES",
    "Actor",
    "acting",
    "actor_apply",
    "actor_of",
    "needs",
    "public",
]

OWN_ACCOUNT = "accounts.profile"
"""The one permission that who must set his own password first still has."""

_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")

View = TypeVar("View", bound=Callable[..., Any])


def needs(permission: str) -> Callable[[View], View]:
    """Let in only who has this permission, and set the actor for row-level security inside the transaction.

    The view finds the actor as `request.actor`. Raises ImproperlyConfigured for a permission no role has.
    """
    if permission not in ALL_PERMISSIONS:
        raise ImproperlyConfigured(f"no role has {permission!r}: add it to accounts/actors.py")

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            _address_check(request)
            actor = actor_of(request)
            if actor is None:
                return _ask_to_sign_in(request)
            request.actor = actor  # type: ignore[attr-defined]
            if permission != OWN_ACCOUNT and password_is_due(request):
                return _lead_to(request, reverse("accounts:profile"))
            if not actor.may(permission):
                if actor.may_see_area(permission):
                    raise PermissionDenied(permission)
                raise Http404
            actor_apply(actor)
            return view(request, *args, **kwargs)

        guarded.needs = permission  # type: ignore[attr-defined]
        return cast(View, guarded)

    return mark


def public(view: View) -> View:
    """Let in everybody. The database shows what is public only, even to somebody who is signed in."""

    @wraps(view)
    def open_to_all(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        request.actor = actor_of(request)  # type: ignore[attr-defined]
        actor_apply(None)
        return view(request, *args, **kwargs)

    open_to_all.needs = None  # type: ignore[attr-defined]
    return cast(View, open_to_all)


def _address_check(request: HttpRequest) -> None:
    """Refuse (400) an address with a null character: PostgreSQL holds none, so no view may look for one."""
    if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        raise SuspiciousOperation("a null character in the address")


def actor_of(request: HttpRequest) -> Actor | None:
    """Who sends this request: by bearer token, else by session; None for a stranger.

    A session counts for a changing request only where Django has checked the form's token: a view without that
    check (`csrf_exempt`, for programs) is open to bearer tokens alone, so no other site can use the session.
    """
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        return actor_by_token(header[7:].strip())
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    if request.method not in _SAFE_METHODS and not getattr(request, "csrf_processing_done", False):
        return None
    return cast(Actor, user.actor)


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/") or "Authorization" in request.headers:
        answer = JsonResponse({"error": "unauthenticated"}, status=401)
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    back = request.get_full_path() if request.method == "GET" else _page_before(request)
    address = f"{reverse('accounts:sign_in')}?{urlencode({'next': back})}"
    return _lead_to(request, address)


def password_is_due(request: HttpRequest) -> bool:
    """Whether who signed in must set a password of his own first: another person chose the one he has."""
    return bool(getattr(getattr(request, "user", None), "password_temporary", False))


def _lead_to(request: HttpRequest, address: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        answer = HttpResponse(status=204)
        answer.headers["HX-Redirect"] = address
        return answer
    return HttpResponseRedirect(address)


def _page_before(request: HttpRequest) -> str:
    """The page that holds the form which was sent too late, so that what was typed there can be taken up again."""
    referer = urlsplit(request.headers.get("Referer", ""))
    same_host = referer.netloc == request.get_host()
    return referer.path if same_host and referer.path.startswith("/") else request.path

# SPDX-License-Identifier: Apache-2.0
"""The pages of sign-in, of one's own profile and of users."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gumruk import texts
from gumruk.office.accounts import queries, services, tokens
from gumruk.office.accounts.forms import NewUserForm, PasswordForm, SignInForm, UserForm
from gumruk.office.accounts.models import User
from gumruk.office.accounts.permissions import actor_apply, needs, public
from gumruk.office.project.clock import now
from gumruk.office.ui.middleware import LANGUAGE_COOKIE, language_cookie_set


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; leads back to where the person came from."""
    back = _safe_next(request)
    form = SignInForm(request, request.POST or None, language=_language(request))
    if request.method == "POST" and form.is_valid() and form.user is not None:
        actor_apply(form.user.actor)
        login(request, form.user)
        answer = HttpResponseRedirect(back)
        if LANGUAGE_COOKIE not in request.COOKIES:
            language_cookie_set(answer, form.user.language)
        return answer
    context = {"form": form, "next": back, "came_back": "next" in request.GET}
    return render(request, "accounts/sign_in.html", context, status=422 if form.errors else 200)


@never_cache
def locked_out(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """The answer after too many wrong passwords: says how long to wait. Called by the lock, not by an address."""
    return render(request, "accounts/locked_out.html", status=429)


@require_POST
@public
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@sensitive_post_parameters("present", "password")
@require_http_methods(["GET", "POST"])
@needs("accounts.profile")
def profile(request: HttpRequest) -> HttpResponse:
    """One's own account: role, offices, password, tokens."""
    user = _user(request)
    form = PasswordForm(request, user, request.POST or None, language=_language(request))
    if request.method == "POST" and form.is_valid():
        services.user_password_set(user=user, password=form.cleaned_data["password"], by=user.actor, at=now())
        update_session_auth_hash(request, user)
        return redirect(f"{resolve_url('accounts:profile')}?done=password")
    context = {"form": form, "account": user, "tokens": queries.tokens_of(user), "done": request.GET.get("done", "")}
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)


@require_POST
@needs("accounts.profile")
def profile_language(request: HttpRequest) -> HttpResponse:
    """Remember the language of this person, for every device he signs in at."""
    answer = redirect("accounts:profile")
    language = request.POST.get("language", "")
    if language in texts.languages():
        services.user_language_set(user=_user(request), language=language)
        language_cookie_set(answer, language)
    return answer


@require_POST
@needs("accounts.profile")
def token_make(request: HttpRequest) -> HttpResponse:
    """A new token for oneself, shown once; made by who signed in, never by a token, so that a stolen one ends."""
    user = _user(request)
    if "Authorization" in request.headers or user.password_temporary:
        raise PermissionDenied
    name = request.POST.get("name", "").replace("\0", "").strip()[:60] or "API"
    secret = tokens.token_create(user=user, name=name, by=user.actor, at=now())
    form = PasswordForm(request, user, language=_language(request))
    context = {"form": form, "account": user, "tokens": queries.tokens_of(user), "secret": secret}
    return render(request, "accounts/profile.html", context)


@require_POST
@needs("accounts.profile")
def token_take_back(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """Make a token of one's own worthless; another's does not exist here."""
    user = _user(request)
    token = get_object_or_404(queries.tokens_of(user), id=token_id)
    tokens.token_revoke(token_id=token.id, by=user.actor, at=now())
    return redirect("accounts:profile")


@require_http_methods(["GET"])
@needs("accounts.see")
def user_list(request: HttpRequest) -> HttpResponse:
    """All users, who they are and what they may do."""
    return render(request, "accounts/users.html", {"users": queries.users()})


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@needs("accounts.change")
def user_new(request: HttpRequest) -> HttpResponse:
    """Make a user."""
    form = NewUserForm(request.POST or None, language=_language(request), initial={"is_active": True})
    if request.method == "POST" and form.is_valid():
        chosen = {key: value for key, value in form.cleaned_data.items() if key != "is_active"}
        try:
            services.user_create(**chosen, by=_user(request).actor, at=now())
        except services.UserRefused as refusal:
            form.add_error(None, texts.say(_language(request), refusal.key, **refusal.params))
        else:
            return redirect("accounts:users")
    return render(request, "accounts/user.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs("accounts.change")
def user_edit(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Change what a user may do."""
    account = get_object_or_404(User, id=user_id)
    initial = {
        "role": account.role,
        "offices": " ".join(account.offices),
        "trader_tin": account.trader_tin,
        "is_active": account.is_active,
    }
    form = UserForm(request.POST or None, language=_language(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.user_change(user=account, **form.cleaned_data, by=_user(request).actor, at=now())
        except services.UserRefused as refusal:
            form.add_error(None, texts.say(_language(request), refusal.key, **refusal.params))
        else:
            return redirect("accounts:users")
    context = {"form": form, "account": account}
    return render(request, "accounts/user.html", context, status=422 if form.errors else 200)


def _user(request: HttpRequest) -> User:
    return get_object_or_404(User, id=request.actor.id)  # type: ignore[attr-defined]


def _language(request: HttpRequest) -> str:
    return str(getattr(request, "LANGUAGE_CODE", texts.DEFAULT_LANGUAGE))


def _safe_next(request: HttpRequest) -> str:
    """Where to go after sign-in: an address of this very site, else the start."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)

# SPDX-License-Identifier: Apache-2.0
"""The forms of sign-in and of one's own profile."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest

from gumruk import texts
from gumruk.office.accounts.actors import ROLES
from gumruk.office.accounts.models import User
from gumruk.office.ui.forms import TextForm


class SignInForm(TextForm):
    """Login and password."""

    texts_under = "accounts.sign_in_form"

    login = forms.CharField(
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}), strip=False
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        """Find the user; a wrong login and a wrong password get the same answer."""
        values = super().clean() or {}
        if not self.errors:
            login = str(values["login"]).strip().lower()
            found = _authenticate(self.request, login, values["password"])
            if not isinstance(found, User):
                raise ValidationError(texts.say(self.language, "accounts.sign_in.wrong"))
            self.user = found
        return values


def _authenticate(request: HttpRequest, login: str, password: str) -> object:
    """The user, or None. A refusal by the lock is an answer, not an error: what it counted must be kept."""
    try:
        return authenticate(request, login=login, password=password)
    except PermissionDenied:
        return None


class PasswordForm(TextForm):
    """Another password for oneself."""

    texts_under = "accounts.password_form"

    present = forms.CharField(
        max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}), strip=False
    )
    password = forms.CharField(
        max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )

    def __init__(self, request: HttpRequest, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user = user

    def clean_present(self) -> str:
        """The password of today must be right; wrong ones are counted as at the sign-in, and lock."""
        present = str(self.cleaned_data["present"])
        if _authenticate(self.request, self.user.login, present) != self.user:
            raise ValidationError(texts.say(self.language, "accounts.password.wrong"))
        return present

    def clean_password(self) -> str:
        """The new one must not be short, common or like the name."""
        password = _strong(str(self.cleaned_data["password"]), self.user, self.language)
        if self.user.check_password(password):
            raise ValidationError(texts.say(self.language, "accounts.password.same"))
        return password


def _strong(password: str, user: User, language: str) -> str:
    """A password that is not short, common or like the user's name. Raises ValidationError."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError(texts.say(language, "accounts.password.weak")) from error
    return password


class UserForm(TextForm):
    """What a user may do; for administrators."""

    texts_under = "accounts.user_form"

    role = forms.ChoiceField()
    offices = forms.CharField(max_length=200, required=False)
    trader_tin = forms.CharField(max_length=20, required=False)
    is_active = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        if isinstance(role, forms.ChoiceField):
            role.choices = [(name, texts.say(self.language, f"ui.role.{name}")) for name in ROLES]

    def clean_offices(self) -> list[str]:
        """Codes of offices, apart by spaces or commas."""
        return str(self.cleaned_data["offices"]).replace(",", " ").upper().split()


class NewUserForm(UserForm):
    """A new user; for administrators."""

    login = forms.CharField(max_length=60)
    name = forms.CharField(max_length=120)
    password = forms.CharField(
        max_length=200, min_length=8, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    field_order = ("login", "name", "password", "role", "offices", "trader_tin", "is_active")

    def clean_password(self) -> str:
        """As strong as one that a person chooses for himself."""
        known = User(login=self.cleaned_data.get("login", ""), name=self.cleaned_data.get("name", ""))
        return _strong(str(self.cleaned_data["password"]), known, self.language)

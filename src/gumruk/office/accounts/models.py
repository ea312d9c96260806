# SPDX-License-Identifier: Apache-2.0
"""Users and their tokens."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from gumruk.office.accounts.actors import ROLES, Actor
from gumruk.office.accounts.wall import acting


class Users(BaseUserManager["User"]):
    """Finds users by login, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The user of this login. Raises User.DoesNotExist."""
        return self.get(login=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who signs in. The key is the opaque id by which events know him: it says nothing and never changes.

    A password that another person set is temporary: until its owner has set his own he can do nothing else. Who made
    the account, and who last set its role and its password, stands here too, as the journal tells it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20)
    offices = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    trader_tin = models.CharField(max_length=20, blank=True, default="")
    language = models.CharField(max_length=2, default="en")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    password_temporary = models.BooleanField(default=False, db_default=False)
    created_by = models.UUIDField(null=True)
    role_set_by = models.UUIDField(null=True)
    password_set_by = models.UUIDField(null=True)

    objects = Users()
    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]

    class Meta:
        db_table = "accounts_user"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(role__in=ROLES), name="accounts_user_role_known"),
            models.CheckConstraint(condition=Q(login=Lower("login")), name="accounts_user_login_lower"),
            models.CheckConstraint(condition=Q(role="trader") ^ Q(trader_tin=""), name="accounts_user_trader_has_tin"),
        ]

    def __str__(self) -> str:
        return self.login

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password. A hash made by weaker rules of old is renewed on the way."""

        def renew(raw: str) -> None:
            self.set_password(raw)
            self._password = None
            with acting(self.actor):
                self.save(update_fields=["password"])

        return check_password(raw_password, self.password, renew)

    @property
    def actor(self) -> Actor:
        """The frozen value that services and events get."""
        return Actor(self.id, self.name, self.role, tuple(self.offices), self.trader_tin)


class ApiToken(models.Model):
    """A token of the API, known by the SHA-256 of its secret. Revoked, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    created_by = models.UUIDField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "accounts_api_token"

    def __str__(self) -> str:
        return self.name

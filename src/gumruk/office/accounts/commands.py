# SPDX-License-Identifier: Apache-2.0
"""`gumruk user ...`: how an installation gets its first administrator, and a lost password is replaced."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import Any

from gumruk import texts
from gumruk.office.accounts.actors import ADMINISTRATOR, GUMRUK, ROLES


def add_commands(subparsers: Any) -> None:
    """Add `user` with `create` and `password`."""
    parser = subparsers.add_parser("user", help="make a user, or give one another password")
    parts = parser.add_subparsers(title="user commands", metavar="WHAT", required=True)

    create = parts.add_parser("create", help="make a user; asks for the password")
    create.add_argument("login", metavar="LOGIN")
    create.add_argument("--name", required=True, help="the name that people see")
    create.add_argument("--role", choices=ROLES, default=ADMINISTRATOR, help="default: %(default)s")
    create.add_argument("--office", action="append", default=[], metavar="CODE", help="a post; may be repeated")
    create.add_argument("--tin", default="", metavar="NUMBER", help="the taxpayer number, for traders")
    create.set_defaults(run=create_run)

    password = parts.add_parser("password", help="give a user another password; asks for it")
    password.add_argument("login", metavar="LOGIN")
    password.set_defaults(run=password_run)

    for part in (create, password):
        part.add_argument("--data", metavar="DIR", help="where the state lies")
        part.add_argument("--language", choices=texts.LANGUAGES, default=texts.DEFAULT_LANGUAGE, help="of what is said")


def create_run(arguments: argparse.Namespace) -> int:
    """Make a user; 0 when he is there, 1 with the reason when he cannot be made."""
    password = _password(arguments.language)
    if password is None:
        return 1
    from gumruk.office.project import installation

    with installation.opened(arguments.data):
        from gumruk.office.accounts import services, wall
        from gumruk.office.project.clock import now

        try:
            with wall.acting(GUMRUK):
                services.user_create(
                    login=arguments.login,
                    name=arguments.name,
                    role=arguments.role,
                    password=password,
                    offices=[code.upper() for code in arguments.office],
                    trader_tin=arguments.tin,
                    language=arguments.language,
                    by=GUMRUK,
                    at=now(),
                )
        except services.UserRefused as refusal:
            return _refuse(arguments.language, refusal.key, **refusal.params)
    print(texts.say(arguments.language, "accounts.command.created", login=arguments.login.lower()))
    return 0


def password_run(arguments: argparse.Namespace) -> int:
    """Give a user another password; 1 when there is no such user."""
    password = _password(arguments.language)
    if password is None:
        return 1
    from gumruk.office.project import installation

    with installation.opened(arguments.data):
        from gumruk.office.accounts import queries, services, wall
        from gumruk.office.project.clock import now

        with wall.acting(GUMRUK):
            user = queries.user_by_login(arguments.login)
            if user is None:
                return _refuse(arguments.language, "accounts.command.nobody")
            services.user_password_set(user=user, password=password, by=GUMRUK, at=now())
    print(texts.say(arguments.language, "accounts.command.password_set", login=user.login))
    return 0


def _password(language: str) -> str | None:
    """Asks twice on a terminal, reads a line from a pipe; None, with the reason said, where it will not do."""
    if sys.stdin.isatty():
        password = getpass.getpass(texts.say(language, "accounts.command.ask"))
        if getpass.getpass(texts.say(language, "accounts.command.again")) != password:
            _refuse(language, "accounts.command.differ")
            return None
    else:
        password = sys.stdin.readline().rstrip("\n")
    if len(password) < 8:
        _refuse(language, "accounts.command.short")
        return None
    return password


def _refuse(language: str, key: str, **params: str) -> int:
    print(texts.say(language, key, **params), file=sys.stderr)
    return 1

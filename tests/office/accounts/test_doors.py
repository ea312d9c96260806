# SPDX-License-Identifier: Apache-2.0
"""No door without a lock: every view of the application says who may enter, and keeps to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver

from gumruk import office
from gumruk.office.accounts.permissions import ALL_PERMISSIONS, PERMISSIONS, ROLES, needs

STRANGER = "stranger"
OFFICE = Path(office.__file__).parent
LOGINS = {
    "trader": "alpha",
    "officer": "dilnoza",
    "supervisor": "farrukh",
    "cashier": "sitora",
    "auditor": "rustam",
    "administrator": "nekruz",
}


def doors(patterns: list[Any] | None = None, prefix: str = "/") -> Iterator[tuple[str, Any]]:
    """Every address pattern with its view."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from doors(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback


def test_it_finds_a_mark_on_every_door() -> None:
    unmarked = [address for address, view in doors() if not hasattr(view, "needs")]
    assert unmarked == []


def test_it_names_only_permissions_that_a_role_has() -> None:
    named = {view.needs for _address, view in doors()} - {None}
    assert named <= ALL_PERMISSIONS


def test_it_opens_something_with_every_permission() -> None:
    source = "".join(
        path.read_text(encoding="utf-8") for path in OFFICE.rglob("*.py") if path != OFFICE / "accounts" / "actors.py"
    )
    assert sorted(name for name in ALL_PERMISSIONS if f'"{name}"' not in source) == []


def test_it_does_not_open_the_admin_of_django() -> None:
    assert not [address for address, view in doors() if "admin" in getattr(view, "__module__", "")]


def test_it_refuses_a_permission_that_nobody_has() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"declarations\.burn"):
        needs("declarations.burn")


# Who gets what where: the whole table of the pages that need no object, by permission of the role.
PAGES: dict[str, dict[str, int]] = {
    "/sign-in/": dict.fromkeys((STRANGER, *ROLES), 200),
    "/ui/": dict.fromkeys((STRANGER, *ROLES), 200),
    "/verify/": dict.fromkeys((STRANGER, *ROLES), 200),
    "/tree/": dict.fromkeys((STRANGER, *ROLES), 200),
    "/tree/followed": {STRANGER: 302, **dict.fromkeys(ROLES, 200)},
    "/": {STRANGER: 302, **dict.fromkeys(ROLES, 200)},
    "/declarations/": {STRANGER: 302, **dict.fromkeys(ROLES, 200), "administrator": 404},
    "/lodge/": {STRANGER: 302, **dict.fromkeys(ROLES, 403), "trader": 200, "administrator": 404},
    "/drafts/": {STRANGER: 302, **dict.fromkeys(ROLES, 404), "trader": 200},
    "/payments/": {STRANGER: 302, **dict.fromkeys(ROLES, 200), "trader": 302, "administrator": 404},
    "/payments/receive/": {STRANGER: 302, **dict.fromkeys(ROLES, 403), "cashier": 200, "administrator": 404},
    "/audit/": {
        STRANGER: 302,
        "trader": 404,
        "officer": 200,
        "supervisor": 200,
        "cashier": 404,
        "auditor": 200,
        "administrator": 403,
    },
    "/profile/": {STRANGER: 302, **dict.fromkeys(ROLES, 200)},
    "/users/": {
        STRANGER: 302,
        "trader": 403,
        "officer": 403,
        "supervisor": 403,
        "cashier": 403,
        "auditor": 200,
        "administrator": 200,
    },
    "/users/new/": {
        STRANGER: 302,
        "trader": 403,
        "officer": 403,
        "supervisor": 403,
        "cashier": 403,
        "auditor": 403,
        "administrator": 200,
    },
}


@pytest.mark.parametrize("role", [STRANGER, *ROLES])
def test_it_opens_each_page_to_the_roles_of_the_table(role: str, law: None, browser_of: Any) -> None:
    browser = browser_of(LOGINS.get(role))
    found = {address: browser.get(address).status_code for address in PAGES}
    assert found == {address: by_role[role] for address, by_role in PAGES.items()}


@pytest.mark.parametrize("role", [STRANGER, *ROLES])
def test_it_keeps_every_role_out_where_it_has_no_permission(role: str, browser_of: Any) -> None:
    browser = browser_of(LOGINS.get(role))
    let_in = []
    for address, view in doors():
        if "<" in address or "(" in address or view.needs is None:
            continue
        if role != STRANGER and view.needs in PERMISSIONS[role]:
            continue
        for method in (browser.get, browser.post):
            answer = method(address)
            turned_away = answer.status_code in (401, 403, 404, 405)
            sent_to_sign_in = answer.status_code == 302 and answer.url.startswith("/sign-in/")
            if not (turned_away or sent_to_sign_in):
                let_in.append((address, answer.status_code))
    assert let_in == []

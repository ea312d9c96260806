# SPDX-License-Identifier: Apache-2.0
"""What `@needs` answers to whom, on doors made for these stories."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from gumruk.office.accounts import tokens
from gumruk.office.accounts.models import User
from gumruk.office.accounts.permissions import acting, needs, public

NEW_YEAR = datetime(2027, 1, 4, 4, 0, tzinfo=UTC)

pytestmark = pytest.mark.urls(__name__)


def settings_of_the_transaction() -> str:
    """Actor and scope as the database sees them now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('gumruk.actor') || ' ' || current_setting('gumruk.scope')")
        return str(cursor.fetchone()[0])


@needs("declarations.release")
def release(request: HttpRequest) -> HttpResponse:
    """A door for officers; says who the database believes to act."""
    return HttpResponse(settings_of_the_transaction())


@needs("audit.verify")
def verify(request: HttpRequest) -> HttpResponse:
    """A door for auditors."""
    return HttpResponse("whole")


@csrf_exempt
@needs("declarations.lodge")
def lodge(request: HttpRequest) -> HttpResponse:
    """A door for programs, without the form's token."""
    return HttpResponse("lodged")


@public
def check(request: HttpRequest) -> HttpResponse:
    """A door for everybody."""
    return HttpResponse(settings_of_the_transaction())


urlpatterns = [
    path("release/", release),
    path("verify/", verify),
    path("check/", check),
    path("api/v1/lodge/", lodge),
    path("", include("gumruk.office.accounts.urls")),
    path("", include("gumruk.office.ui.urls")),
]


def test_it_tells_the_database_who_acts(browser_of: Any, cast: dict[str, User]) -> None:
    assert browser_of("dilnoza").get("/release/").content.decode() == f"{cast['dilnoza'].id} offices"


def test_it_forbids_what_is_not_in_the_role_but_in_its_area(browser_of: Any) -> None:
    assert browser_of("alpha").get("/release/").status_code == 403


def test_it_hides_an_area_from_who_has_nothing_there(browser_of: Any) -> None:
    assert browser_of("alpha").get("/verify/").status_code == 404
    assert browser_of("rustam").get("/verify/").status_code == 200


def test_it_shows_even_an_auditor_only_what_is_public_on_a_public_page(browser_of: Any) -> None:
    assert browser_of("rustam").get("/check/").content.decode() == " public"
    assert browser_of(None).get("/check/").content.decode() == " public"


def test_it_asks_a_stranger_to_sign_in(browser_of: Any) -> None:
    page = browser_of(None).get("/release/?a=1")
    assert (page.status_code, page.url) == (302, "/sign-in/?next=%2Frelease%2F%3Fa%3D1")
    part = browser_of(None).get("/release/", headers={"hx-request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (204, "/sign-in/?next=%2Frelease%2F")


def test_it_answers_a_strange_program_in_json(browser_of: Any) -> None:
    answer = browser_of(None).post("/api/v1/lodge/")
    assert (answer.status_code, answer.json()) == (401, {"error": "unauthenticated"})
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert Client(headers={"authorization": "Bearer guess"}).post("/api/v1/lodge/").status_code == 401


def test_it_takes_a_token_where_no_form_is_checked_and_no_session(browser_of: Any, cast: dict[str, User]) -> None:
    alpha = cast["alpha"]
    with acting(alpha.actor):
        secret = tokens.token_create(user=alpha, name="ERP", by=alpha.actor, at=NEW_YEAR)
    assert Client(headers={"authorization": f"Bearer {secret}"}).post("/api/v1/lodge/").content == b"lodged"
    assert browser_of("alpha").post("/api/v1/lodge/").status_code == 401

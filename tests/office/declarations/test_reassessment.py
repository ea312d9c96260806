# SPDX-License-Identifier: Apache-2.0
"""Dilnoza decided another value: what is owed more is shown line by line, with interest by dated rule."""

from __future__ import annotations

import pytest
from tests.office.declarations.stage import TUESDAY, Stage
from tests.office.declarations.test_doubt import AFTER, ENOUGH, decide, doubt
from tests.office.declarations.test_pages import page, shown

from gumruk.office.declarations import services
from gumruk.office.declarations.models import File


def decided_after_release(stage: Stage) -> File:
    stage.pay(ENOUGH)
    file = stage.lodge()
    doubt(stage, file)
    stage.do("dilnoza", services.declaration_release, file)
    decide(stage, file, "60000")
    return stage.file(file.id)


def test_it_shows_what_is_owed_line_by_line_with_interest_from_the_release(stage: Stage) -> None:
    file = decided_after_release(stage)
    stage.set_clock(AFTER)  # the 30th, fifteen days after the release on the 15th
    assert f"/declarations/{file.id}/reassessment/" in shown(page(stage, "dilnoza", f"/declarations/{file.id}/"))
    text = shown(page(stage, "dilnoza", f"/declarations/{file.id}/reassessment/"))
    for told in ("3 000.00", "8 820.00", "11 820.00", "15 days late", "88.65"):  # 11 820 x 0.0005 x 15
        assert told in text, told


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("due_on=2026-12-20&paid_on=2026-12-30", "10 days late"),
        ("due_on=&paid_on=", "15 days late"),
        ("due_on=2026-12-30&paid_on=2026-12-30", "0 days late"),
        ("due_on=1990-01-01&paid_on=2026-12-30", "more than 30 years: is the year right?"),
        ("before=2&after=2", "Nothing differs between these two."),
        ("before=2&after=1", "−3 000.00"),
    ],
)
def test_it_compares_what_is_asked_for(stage: Stage, asked: str, told: str) -> None:
    file = decided_after_release(stage)
    stage.set_clock(AFTER)
    assert told in shown(page(stage, "farrukh", f"/declarations/{file.id}/reassessment/?{asked}"))


@pytest.mark.parametrize("asked", ["before=9", "after=x", "due_on=soon", "due_on=1800-01-01", "paid_on=9999-12-31"])
def test_it_says_what_cannot_be_compared(stage: Stage, asked: str) -> None:
    file = decided_after_release(stage)
    stage.set_clock(AFTER)
    assert stage.client("dilnoza").get(f"/declarations/{file.id}/reassessment/?{asked}").status_code == 422


def test_it_counts_no_interest_while_the_goods_are_here(stage: Stage) -> None:
    stage.pay(ENOUGH)
    file = stage.lodge()
    decide(stage, file, "60000", at=TUESDAY)
    stage.set_clock(TUESDAY)
    text = shown(page(stage, "dilnoza", f"/declarations/{file.id}/reassessment/"))
    assert "11 820.00" in text and "nothing is late" in text


def test_it_says_that_there_is_nothing_to_compare(stage: Stage) -> None:
    file = stage.lodge()
    assert "computed once" in shown(page(stage, "rustam", f"/declarations/{file.id}/reassessment/"))
    assert "reassessment" not in shown(page(stage, "dilnoza", f"/declarations/{file.id}/"))


def test_it_is_open_to_the_officers_of_the_post_and_the_auditor_only(stage: Stage) -> None:
    address = f"/declarations/{decided_after_release(stage).id}/reassessment/"
    given = {
        login: stage.client(login).get(address).status_code for login in ("malika", "alpha", "zed", "sitora", "nekruz")
    }
    assert given == {"malika": 404, "alpha": 403, "zed": 403, "sitora": 403, "nekruz": 404}

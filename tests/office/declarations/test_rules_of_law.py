# SPDX-License-Identifier: Apache-2.0
"""Rules are switched, graded and dated by what is published, and by nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.office.declarations.stage import Stage, message, tajikistan

from gumruk.law.kernel import DateRange
from gumruk.law.lawbook import Entry, LawBook, Status

OLD_YEAR = datetime(2026, 12, 31, 18, 59, tzinfo=UTC)  # 23:59 in Dushanbe
NEW_YEAR = datetime(2026, 12, 31, 19, 0, tzinfo=UTC)  # midnight


def without_invoice(told: dict[str, Any]) -> None:
    told["additional_documents"] = [paper for paper in told["additional_documents"] if paper["type_code"] != "380"]


def grades(answer: Any) -> set[str]:
    return {found["severity"] for found in answer.json()["findings"] if found["code"] == "DEC-26"}


def test_it_grades_a_rule_as_published_from_the_day_that_the_law_names(stage: Stage) -> None:
    """Till the year ends an import without its invoice is warned of; from midnight on it is refused."""
    assert grades(stage.post(message("ATR-1", without_invoice), at=OLD_YEAR)) == {"warning"}
    row = Entry(
        "checks", "DEC-26", {"grade": "error", "number": None}, DateRange(date(2027, 1, 1)), status=Status.TRAINING
    )
    stage.publish(LawBook("TJ", [*tajikistan().book.entries, row]), at=OLD_YEAR)
    before = stage.post(message("ATR-2", without_invoice), at=OLD_YEAR)
    after = stage.post(message("ATR-3", without_invoice), at=NEW_YEAR)
    assert (before.status_code, grades(before)) == (201, {"warning"})
    assert (after.status_code, grades(after)) == (422, {"error"})


def test_it_asks_for_a_field_that_the_law_begins_to_require(stage: Stage) -> None:
    row = Entry("required", "import.40.8450.items.ucr_id", {"grade": "error"}, act="TJ-CC-62-2004")
    assert stage.post(message("ATR-1"), at=OLD_YEAR).status_code == 201
    stage.publish(LawBook("TJ", [*tajikistan().book.entries, row]), at=OLD_YEAR)
    answer = stage.post(message("ATR-2"), at=OLD_YEAR)
    told = [found for found in answer.json()["findings"] if found["severity"] == "error"]
    assert answer.status_code == 422
    assert {(found["code"], found["act"]) for found in told} == {("DEC-31", "TJ-CC-62-2004")}
    assert "items[0].ucr_id" in {found["path"] for found in told}

# SPDX-License-Identifier: Apache-2.0
"""What a newcomer sees: eleven declarations stand where the story says, and their history is whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.office.declarations.stage import counts, rows

from gumruk import wire
from gumruk.demonstration import SAMPLES, sample_path
from gumruk.office.audit.queries import audit_state, history_verify
from gumruk.office.declarations.models import File
from gumruk.office.declarations.queries import explained, release_blockers

# How each sample stands, and what stands against its release where it is accepted.
STANDING = {
    "truck_mixed.xml": ("released", set()),
    "medicine.xml": ("released", set()),
    "free_trade.xml": ("released", set()),
    "apricots.xml": ("released", set()),
    "preregistered.json": ("released", set()),
    "phones.xml": ("release_refused", set()),
    "tobacco.xml": ("accepted", {"REL-3"}),
    "cars.xml": ("accepted", {"REL-4"}),
    "flour.json": ("accepted", {"REL-4"}),
    "wrong_values.xml": ("registration_refused", set()),
    "missing_data.xml": ("registration_refused", set()),
}


@pytest.fixture
def demonstration(
    django_db_setup: None, django_db_blocker: object, quick_passwords: None, set_clock: object,
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
):  # type: ignore[no-untyped-def]  # fmt: skip
    from django.db import connection
    from tests.office.declarations.stage import owner_wipe

    from gumruk.office.desk.demonstration import demonstration_load
    from gumruk.office.lawbook.queries import running_law_forget

    monkeypatch.setenv("GUMRUK_DATA", str(tmp_path))
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        running_law_forget()
        try:
            yield demonstration_load(lambda _line: None)
        finally:
            connection.close()
            owner_wipe()
            running_law_forget()


def test_it_leaves_each_declaration_where_the_story_says(demonstration: list[dict[str, object]]) -> None:
    from gumruk.office.accounts.permissions import GUMRUK, acting
    from gumruk.office.desk.demonstration import demonstration_load

    names = {_reference(name): name for name in SAMPLES}
    with acting(GUMRUK):
        found = {
            names[file.reference]: (
                file.state,
                {finding.code for finding in release_blockers(file)} if file.state == "accepted" else set(),
            )
            for file in File.objects.all()
        }
    assert found == STANDING

    with acting(GUMRUK):
        for file in File.objects.exclude(assessment=0):
            assert explained(file).training
    assert audit_state().events_waiting == 0
    assert audit_state().outbox_waiting == 0
    assert history_verify() == []

    before = counts()
    assert demonstration_load(lambda _line: None) == demonstration
    assert counts() == before


def test_it_keeps_the_books_balanced(demonstration: list[dict[str, object]]) -> None:
    """What was paid in is in advance, set aside, or the treasury's; and the treasury has what released files owe."""
    assert rows("SELECT sum(amount) FROM ledger_posting") == [(0,)]
    owed = rows(
        "SELECT sum(c.payable) FROM assessment_charge c JOIN declarations_file f"
        " ON f.id = c.subject AND f.assessment = c.assessment WHERE f.state = 'released'"
    )
    treasury = rows(
        "SELECT -sum(p.amount) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id"
        " WHERE a.kind = 'treasury'"
    )
    assert owed == treasury


def _reference(name: str) -> str:
    return wire.read(sample_path(name).read_bytes()).declaration.functional_reference_id or ""

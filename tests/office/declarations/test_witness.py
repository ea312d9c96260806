# SPDX-License-Identifier: Apache-2.0
"""What the owner of the database changes beside the events is found by `gumruk audit verify`, and named."""

from __future__ import annotations

import pytest
from django.db import transaction
from tests.office.declarations.stage import Stage, message, owner_run
from tests.office.declarations.test_doubt import ENOUGH, decide, doubt

from gumruk.office.declarations import services
from gumruk.office.declarations.models import File
from gumruk.office.project.wiring import facts_differing


def differing() -> list[tuple[str, str]]:
    with transaction.atomic():
        return [(one.params["fact"], one.params["subject"]) for one in facts_differing()]


@pytest.fixture
def released(committed: Stage) -> File:
    """One file that was decided upon and released, one refused, one that was never registered."""
    stage = committed
    stage.pay("1000000")
    file = stage.lodge()
    stage.do(
        "dilnoza", services.declaration_decide, file, item=1, kind="origin", decided="KR", grounds="the label",
        act="TJ-CC-62-2004",
    )  # fmt: skip
    stage.do("dilnoza", services.declaration_release, file)
    refused = stage.lodge(message("ATR-2"))
    stage.do("dilnoza", services.release_refuse, refused, grounds="not what it says", act="TJ-CC-62-2004")
    stage.lodge(message("ATR-3", type_code="XX"))
    assert differing() == []
    return stage.file(file.id)


@pytest.mark.parametrize(
    ("statement", "fact"),
    [
        ("UPDATE declarations_version SET content = content || '\\x20'", "declarations_version"),
        ("UPDATE declarations_version SET content_hash = sha256('x')", "declarations_version"),
        ("UPDATE declarations_version SET source = source || '\\x20'", "declarations_version"),
        ("DELETE FROM declarations_version", "declarations_version"),
        ("UPDATE declarations_file SET state = 'accepted' WHERE state = 'released'", "declarations_file"),
        ("UPDATE declarations_file SET number = number || '1' WHERE state = 'released'", "declarations_file"),
        ("DELETE FROM declarations_file", "declarations_file"),
        ("UPDATE declarations_decision SET grounds = 'other' WHERE kind = 'origin'", "declarations_decision"),
        ("UPDATE declarations_decision SET decided = 'RU' WHERE kind = 'origin'", "declarations_decision"),
        ("UPDATE declarations_decision SET act = 'other' WHERE kind = 'release_refusal'", "declarations_decision"),
        ("DELETE FROM declarations_decision WHERE kind = 'release'", "declarations_decision"),
        ("UPDATE assessment_charge SET payable = payable + 1 WHERE assessment = 1", "assessment_charge"),
        ("UPDATE payments_receipt SET amount = amount + 1", "payments_receipt"),
        ("UPDATE payments_receipt SET reference = 'PO 2'", "payments_receipt"),
        ("UPDATE ledger_posting SET amount = amount * 2", "ledger_posting"),
        ("UPDATE ledger_posting SET amount = amount * 2", "payments_receipt"),
        ("UPDATE ledger_balance SET balance = balance + 1", "ledger_balance"),
    ],
)
def test_it_finds_what_was_changed_beside_the_events(released: File, statement: str, fact: str) -> None:
    owner_run(statement)
    assert fact in {found for found, _ in differing()}


def test_it_names_the_file(released: File) -> None:
    owner_run(f"UPDATE declarations_file SET state = 'withdrawn' WHERE id = '{released.id}'")
    assert differing() == [("declarations_file", f"declaration {released.id}")]


def test_it_finds_a_receipt_that_nobody_issued_and_a_void_that_nobody_made(released: File) -> None:
    owner_run(
        "INSERT INTO payments_receipt_void SELECT id, transaction_id, office_id, payer_id, 'x', at, actor"
        " FROM payments_receipt"
    )
    assert [fact for fact, _ in differing()] == ["payments_receipt_void"]


@pytest.mark.parametrize(
    ("statement", "fact"),
    [
        ("UPDATE declarations_decision SET record = '{}' WHERE kind = 'value_doubt'", "declarations_decision"),
        ("UPDATE declarations_decision SET kind = 'code' WHERE kind = 'value_doubt'", "declarations_decision"),
        ("UPDATE ledger_transaction SET subject_id = 'another' WHERE kind = 'security'", "ledger_posting"),
        ("UPDATE ledger_transaction SET kind = 'security' WHERE kind = 'security_return'", "ledger_posting"),
        ("UPDATE ledger_transaction SET kind = 'debit' WHERE kind = 'security_use'", "ledger_posting"),
    ],
)
def test_it_finds_what_was_changed_of_a_doubt_and_its_security(committed: Stage, statement: str, fact: str) -> None:
    stage = committed
    stage.pay(ENOUGH)
    file = stage.lodge()
    doubt(stage, file)
    stage.do("dilnoza", services.declaration_release, file)
    decide(stage, file, "60000")
    assert differing() == []
    owner_run(statement)
    assert fact in {found for found, _ in differing()}

# SPDX-License-Identifier: Apache-2.0
"""Zed Ltd is a stranger to Alpha Trade's affairs, and remains one."""

from __future__ import annotations

import pytest
from tests.office.declarations.stage import ALPHA, Stage, message, rows

from gumruk.law.payments import AccountKind
from gumruk.office.declarations import services
from gumruk.office.payments.queries import balance_of, settlement_of

DOORS = (
    "/api/v1/declarations/{}",
    "/declarations/{}/",
    "/declarations/{}/withdraw/",
    "/declarations/{}/versions/1/original",
    "/declarations/{}/versions/1/json",
    "/declarations/{}/versions/1/wco",
)


@pytest.fixture
def alphas(committed: Stage) -> str:
    """Alpha Trade's file, paid and released."""
    committed.pay("200000.00")
    file = committed.lodge()
    committed.do("dilnoza", services.declaration_release, file)
    return str(file.id)


def test_it_finds_no_door_to_the_file_of_another(committed: Stage, alphas: str) -> None:
    stranger, owner = committed.client("zed"), committed.client("alpha")
    for door in DOORS:
        assert stranger.get(door.format(alphas)).status_code == 404, door
    assert owner.get(DOORS[0].format(alphas)).status_code == 200
    answer = stranger.get("/declarations/", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert b"TJ-DYU/151226" not in answer.content


def test_it_sees_none_of_the_money_of_another(committed: Stage, alphas: str) -> None:
    with committed.acting("zed"):
        assert balance_of(ALPHA, "TJS").amount == 0
        assert balance_of(ALPHA, "TJS", AccountKind.RESERVED).amount == 0
        assert settlement_of("declaration", alphas) is None
    tables = ("ledger_posting", "ledger_account", "payments_receipt", "payments_demand", "declarations_file")
    for table in tables:
        assert rows(f"SELECT count(*) FROM {table}")[0][0] > 0
        assert rows(f"SELECT count(*) FROM {table}", actor=committed.actor("zed")) == [(0,)]


def test_it_cannot_learn_whether_a_reference_is_taken(committed: Stage, alphas: str) -> None:
    """The same reference is its own: no conflict tells that Alpha Trade has used it."""
    answer = committed.post(message(declarant={"id": "020067890", "name": "Zed Ltd"}), login="zed")
    assert answer.status_code == 201
    assert answer.json()["id"] != alphas


def test_it_sees_a_file_that_it_owes_for_but_cannot_withdraw_it(committed: Stage) -> None:
    """Alpha Trade declares as a broker, Zed Ltd is the importer."""
    file = committed.lodge(
        message(change=lambda told: told["goods_shipment"]["importer"].update(id="020067890", name="Zed Ltd"))
    )
    assert file.payer == "020067890"
    assert committed.get(file.id, "zed").status_code == 200
    assert committed.client("zed").get(f"/declarations/{file.id}/withdraw/").status_code == 404

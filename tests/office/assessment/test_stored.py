# SPDX-License-Identifier: Apache-2.0
"""Stored assessments: what lists and pages read of them, and that none is ever changed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import Error, connections, transaction
from tests.office.declarations.stage import TUESDAY, Stage, message

from gumruk.office.assessment.models import Charge
from gumruk.office.assessment.queries import charges_of, payable_of
from gumruk.office.declarations import services


def test_it_reads_one_assessment_of_several(stage: Stage) -> None:
    file = stage.lodge()
    words = {"item": 2, "kind": "code", "decided": "8450110000", "grounds": "no compressor", "act": ""}
    stage.do("dilnoza", services.declaration_decide, file, **words)
    with stage.acting("dilnoza"):
        first, second = charges_of(file.id, 1), charges_of(file.id, 2)
        assert [(charge.item, charge.code) for charge in first] == [
            (1, "2010"), (1, "5010"), (2, "2010"), (2, "5010"), (None, "1010"),
        ]  # fmt: skip
        assert [charge.payable for charge in first[-1:]] == [Decimal("700.00")]
        assert payable_of([(file.id, 2)]) == {file.id: sum(charge.payable or 0 for charge in second)}
        assert payable_of([(file.id, 1)]) == {file.id: Decimal("177584.08")}


def test_it_gives_no_sum_where_a_charge_has_no_amount(stage: Stage) -> None:
    """An officer finds beer, and nobody said how many litres: it waits until somebody does."""
    file = stage.lodge()
    words = {"item": 1, "kind": "code", "decided": "2203000100", "grounds": "it is beer", "act": ""}
    stage.do("dilnoza", services.declaration_decide, file, **words)
    with stage.acting("dilnoza"):
        assert payable_of([(file.id, 2)]) == {file.id: None}
        assert charges_of(file.id, 2)[0].payable is None
    answer = stage.get(file.id, "dilnoza").json()
    assert {found["params"]["charge"] for found in answer["blockers"] if found["code"] == "REL-5"} == {
        "2010", "4010", "5010",
    }  # fmt: skip


def test_it_registers_no_goods_whose_quantity_a_rate_needs_and_nobody_stated(stage: Stage) -> None:
    def beer(told: dict[str, Any]) -> None:
        told["goods_shipment"]["items"][0]["commodity"]["classifications"][0].update(id="2203000100")

    file = stage.lodge(message(change=beer))
    assert file.state == "registration_refused"
    answer = stage.get(file.id, "alpha").json()
    assert {(found["code"], found["params"]["unit"]) for found in answer["findings"] if found["code"] == "ASM-3"} == {
        ("ASM-3", "LTR")
    }


@pytest.mark.parametrize("user", ["default", "owner"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE assessment_charge SET payable = 0", "DELETE FROM assessment_charge", "TRUNCATE assessment_charge"],
)
def test_it_never_changes_what_was_computed(committed: Stage, user: str, statement: str) -> None:
    committed.lodge(at=TUESDAY)
    with (
        pytest.raises(Error, match=r"permission denied|never changed or removed"),
        transaction.atomic(using=user),
        connections[user].cursor() as cursor,
    ):
        cursor.execute(statement)
    connections["owner"].close()
    with committed.acting("rustam"):
        assert Charge.objects.count() == 5

# SPDX-License-Identifier: Apache-2.0
"""Sub-quotas: what is drawn on one is drawn on its main quota too, shared out to the last unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.tariff.measures import (
    QuotaAssociation,
    QuotaBalance,
    QuotaBlockingPeriod,
    QuotaDefinition,
    QuotaSuspensionPeriod,
    Tariff,
)
from gumruk.law.tariff.quotas import Allotment, Drawing, QuotaFamily, allot, allot_together, quota_standing

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
MAY = date(2026, 5, 4)


def definition(sid: str, volume: int, decimals: int = 0) -> QuotaDefinition:
    return QuotaDefinition(
        sid=sid, order_number=f"09000{sid}", volume=Decimal(volume), unit="KGM", decimals=decimals,
        starts_on=FIRST, ends_on=LAST,
    )  # fmt: skip


MAIN, SUB, FELLOW = definition("1", 1000), definition("2", 600), definition("3", 700)
BOUND = (QuotaAssociation(main="1", sub="2"), QuotaAssociation(main="1", sub="3"))
FAMILY = QuotaFamily((MAIN, SUB, FELLOW), BOUND)
HELD = Tariff.of([MAIN, SUB, FELLOW, *BOUND])


def drawing(name: str, sid: str, quantity: int | str, day: date = MAY) -> Drawing:
    return Drawing(id=name, definition=sid, quantity=Decimal(quantity), accepted_on=day)


def got(family: QuotaFamily, *drawings: Drawing, **more: object) -> dict[str, tuple[str, str]]:
    found = allot_together(family, drawings, LAST, **more)  # type: ignore[arg-type]
    return {held.drawing.id: (f"{held.quantity:f}", held.answer.value) for held in found}


def test_it_takes_a_sub_quotas_drawing_from_the_main_quota() -> None:
    later = MAY + timedelta(days=1)
    assert got(FAMILY, drawing("a", "2", 500), drawing("b", "3", 400), drawing("c", "1", 200, later)) == {
        "a": ("500", "whole"), "b": ("400", "whole"), "c": ("100", "part"),
    }  # fmt: skip
    asked = [drawing("a", "2", 500), drawing("b", "3", 400)]
    assert [
        (f"{held.drawn:f}", f"{held.balance:f}", held.state.value)
        for held in (quota_standing(HELD, f"09000{sid}", LAST, asked) for sid in "123")
    ] == [("900", "100", "critical"), ("500", "100", "open"), ("400", "100", "open")]


def test_it_shares_the_sub_quota_first_and_then_the_main_quota() -> None:
    """Of 600 the sub-quota lets 250 and 350 through; 1000 are shared among them and 1400."""
    asked = drawing("a", "2", 500), drawing("b", "2", 700), drawing("c", "1", 1400)
    assert got(FAMILY, *asked) == {"a": ("125", "part"), "b": ("175", "part"), "c": ("700", "part")}


def test_it_gives_nothing_where_the_main_quota_is_at_zero() -> None:
    asked = [drawing("a", "1", 1000), drawing("b", "2", 10, MAY + timedelta(days=1))]
    assert got(FAMILY, *asked)["b"] == ("0", "exhausted")
    found = quota_standing(HELD, "090002", LAST, asked)
    assert (found.state.value, found.drawn, found.balance) == ("exhausted", 0, 0)
    told = HELD.with_records(
        [QuotaBalance(definition="1", told_at=datetime(2026, 6, 1, tzinfo=UTC), balance=Decimal(0))]
    )
    assert quota_standing(told, "090002", LAST).state.value == "exhausted"


def test_it_lets_a_sub_quota_wait_and_rest_with_its_main_quota() -> None:
    days = {"starts_on": MAY, "ends_on": MAY}
    blocked, suspended = QuotaBlockingPeriod(definition="1", **days), QuotaSuspensionPeriod(definition="1", **days)
    asked = drawing("a", "2", 10)
    assert allot_together(replace(FAMILY, blocked=(blocked,)), [asked], MAY)[0].answer.value == "waiting"
    assert got(replace(FAMILY, suspended=(suspended,)), asked) == {"a": ("0", "suspended")}
    fellow = QuotaSuspensionPeriod(definition="3", **days)
    assert got(replace(FAMILY, suspended=(fellow,)), asked) == {"a": ("10", "whole")}
    assert quota_standing(HELD.with_records([blocked]), "090002", MAY).state.value == "blocked"
    assert quota_standing(HELD.with_records([suspended]), "090002", MAY).state.value == "suspended"


def test_it_takes_an_equivalent_quantity_by_the_coefficient() -> None:
    """A kilogram of the sub-quota takes 1.3 of the main quota: of 100 that are left 76 are worth it, not 77."""
    family = QuotaFamily(
        (definition("1", 100), definition("2", 100)), (QuotaAssociation("1", "2", "EQ", Decimal("1.3")),)
    )
    assert got(family, drawing("a", "2", 90)) == {"a": ("76", "part")}
    assert got(family, drawing("a", "2", 60), drawing("b", "1", 50, LAST)) == {
        "a": ("60", "whole"), "b": ("22", "part"),
    }  # fmt: skip
    held = Tariff.of([*family.definitions, *family.associations])
    assert quota_standing(held, "090002", LAST).balance == 76


def test_it_does_not_take_back_what_was_allotted_on_a_sub_quota() -> None:
    assert got(FAMILY, drawing("a", "2", 600), drawing("b", "1", 900, FIRST), given={"a": Decimal(600)}) == {
        "b": ("400", "part"), "a": ("600", "whole"),
    }  # fmt: skip


def test_it_walks_a_circle_of_associations_once() -> None:
    circle = (QuotaAssociation(main="1", sub="2"), QuotaAssociation(main="2", sub="1"))
    assert got(QuotaFamily((MAIN, SUB), circle), drawing("a", "1", 800)) == {"a": ("600", "part")}
    assert quota_standing(Tariff.of([MAIN, SUB, *circle]), "090001", LAST).balance == 600


ASKED = st.lists(st.tuples(st.sampled_from("123"), st.integers(0, 900), st.integers(0, 4)), max_size=14).map(
    lambda rows: [
        drawing(f"{place:02}", sid, quantity, FIRST + timedelta(days=day))
        for place, (sid, quantity, day) in enumerate(rows)
    ]
)


def drawn(found: tuple[Allotment, ...], sids: str) -> Decimal:
    return sum((held.quantity for held in found if held.drawing.definition in sids), Decimal(0))


def asked_of(drawings: list[Drawing], sid: str) -> Decimal:
    return sum((held.quantity for held in drawings if held.definition == sid), Decimal(0))


@given(ASKED)
def test_it_makes_up_each_balance_to_its_last_unit(drawings: list[Drawing]) -> None:
    """All that the sub-quotas let through is served until the main quota's volume is reached, no unit more or less."""
    found = allot_together(FAMILY, drawings, LAST)
    let_through = asked_of(drawings, "1") + sum(
        min(held.volume, asked_of(drawings, held.sid)) for held in (SUB, FELLOW)
    )
    assert drawn(found, "123") == min(MAIN.volume, let_through)
    for held in (SUB, FELLOW):
        assert drawn(found, held.sid) <= held.volume
    assert all(0 <= held.quantity <= held.drawing.quantity for held in found)


@given(ASKED, st.sampled_from(["0.75", "1.3", "2", "3.333"]))
def test_it_never_draws_more_than_a_volume_whatever_a_unit_is_worth(drawings: list[Drawing], coefficient: str) -> None:
    bound = tuple(replace(one, relation="EQ", coefficient=Decimal(coefficient)) for one in BOUND)
    found = allot_together(replace(FAMILY, associations=bound), drawings, LAST)
    assert drawn(found, "1") + drawn(found, "23") * Decimal(coefficient) <= MAIN.volume
    assert drawn(found, "2") <= SUB.volume
    assert drawn(found, "3") <= FELLOW.volume


@given(ASKED)
def test_it_gives_without_associations_what_each_definition_gives_alone(drawings: list[Drawing]) -> None:
    alone = [held for one in (MAIN, SUB, FELLOW) for held in allot(one, drawings, LAST)]
    together = allot_together(replace(FAMILY, associations=()), drawings, LAST)
    assert sorted(alone, key=lambda held: held.drawing.id) == sorted(together, key=lambda held: held.drawing.id)


@given(ASKED, ASKED)
def test_it_lets_what_is_asked_later_take_nothing_from_what_was_allotted(
    drawings: list[Drawing], later: list[Drawing]
) -> None:
    before = allot_together(FAMILY, drawings, LAST)
    settled = {held.drawing.id: held.quantity for held in before}
    more = [replace(one, id=f"later-{one.id}") for one in later]
    after = allot_together(FAMILY, [*drawings, *more], LAST, given=settled)
    assert {held.drawing.id: held.quantity for held in after if held.drawing.id in settled} == settled
    assert drawn(after, "123") <= MAIN.volume

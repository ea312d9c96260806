# SPDX-License-Identifier: Apache-2.0
"""Documents: numbers, days, what is named twice."""

from __future__ import annotations

from dataclasses import replace

from tests.law.declarations.cases import GOOD, ITEM, law, places, with_item, with_items

from gumruk.law.declarations.model import AdditionalDocument, Declaration, Moment
from gumruk.law.lawbook import Entry

INVOICE = AdditionalDocument(type_code="380", id="INV-1")


def shown(*documents: AdditionalDocument) -> Declaration:
    return replace(GOOD, additional_documents=documents)


def day(text: str) -> Moment:
    return Moment(text, "102")


def test_it_asks_dec_87_documents_are_not_of_the_future() -> None:
    assert places("DEC-87", shown(replace(INVOICE, issue=day("20261201")))) == places("DEC-87", GOOD) == []
    for wrong in ("20261202", "20261301", "soon"):
        assert places("DEC-87", shown(replace(INVOICE, issue=day(wrong)))) == ["additional_documents[0].issue"]
    turned = replace(INVOICE, issue=day("20261101"), expiration=day("20261031"))
    assert places("DEC-87", shown(turned)) == ["additional_documents[0].expiration"]


def test_it_asks_dec_88_documents_hold_on_the_day() -> None:
    assert places("DEC-88", shown(replace(INVOICE, expiration=day("20261201"), effective=day("20261201")))) == []
    assert places("DEC-88", shown(replace(INVOICE, expiration=day("20261130")))) == [
        "additional_documents[0].expiration"
    ]
    assert places("DEC-88", shown(replace(INVOICE, effective=day("20261202")))) == ["additional_documents[0].effective"]
    on_item = with_item(additional_documents=(replace(INVOICE, id="2", expiration=day("20261130")),))
    assert places("DEC-88", on_item) == ["items[0].additional_documents[0].expiration"]


def test_it_asks_dec_89_documents_have_their_form() -> None:
    def asked(**fields: object) -> list[str]:
        held = {"form": None, "dated": False, "valid_days": None, **fields}
        return places("DEC-89", GOOD, law(Entry("document_formats", "380", held)))  # type: ignore[arg-type]

    assert asked() == places("DEC-89", GOOD) == []
    assert asked(form="n5") == ["additional_documents[0].id"]
    assert asked(dated=True) == ["additional_documents[0].issue"]
    old = shown(replace(INVOICE, issue=day("20261101")))
    for days, expected in ((30, []), (29, ["additional_documents[0].issue"])):
        entry = Entry("document_formats", "380", {"form": None, "dated": True, "valid_days": days})
        assert places("DEC-89", old, law(entry)) == expected
    assert places("DEC-89", shown(replace(INVOICE, id=None))) == ["additional_documents[0].id"]
    assert places("DEC-89", shown(replace(INVOICE, id=None, lpco_exemption_code="E1"))) == []


def test_it_asks_dec_90_documents_are_named_once() -> None:
    other = AdditionalDocument(type_code="380", id="INV-2")
    assert places("DEC-90", shown(INVOICE, other)) == []
    assert places("DEC-90", shown(INVOICE, other, INVOICE)) == ["additional_documents[2]"]
    assert places("DEC-90", with_item(additional_documents=(INVOICE,))) == ["items[0].additional_documents[0]"]
    # One certificate for two items stands on each of them.
    two = with_items(
        replace(ITEM, additional_documents=(other,)), replace(ITEM, sequence_numeric=2, additional_documents=(other,))
    )
    assert places("DEC-90", two) == []


def test_it_asks_dec_91_items_are_not_declared_twice() -> None:
    assert ITEM.commodity is not None
    twin = replace(ITEM, sequence_numeric=2)
    other = replace(twin, commodity=replace(ITEM.commodity, description="Smartphones, 128 GB"))
    assert places("DEC-91", with_items(ITEM, other)) == []
    assert places("DEC-91", with_items(ITEM, other, replace(ITEM, sequence_numeric=3))) == ["items[2].sequence_numeric"]

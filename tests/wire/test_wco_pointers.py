# SPDX-License-Identifier: Apache-2.0
"""Pointers by class and element ID, and our paths: the same place in both; and amendments that are made by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from gumruk import texts, wire
from gumruk.law.declarations import model
from gumruk.law.declarations.amending import apply
from gumruk.law.declarations.pointers import Place, chain_text, path_of, pointers_of
from gumruk.wire.wco.addresses import PLACES, RESPONSE_PLACES


def _pointers(text: str) -> tuple[model.Pointer, ...]:
    """`42A 67A 68A(2)/006` as a chain."""

    def made() -> Iterator[model.Pointer]:
        for part in text.split():
            section, _, tag = part.partition("/")
            section, _, number = section.rstrip(")").partition("(")
            yield model.Pointer(
                sequence_numeric=int(number) if number else None, document_section_code=section, tag_id=tag or None
            )

    return tuple(made())


def _paths(place: Place, path: str) -> Iterator[str]:
    for part in place.parts:
        if not part.attribute:
            yield from _paths(part, path)
            continue
        inner = (f"{path}." if path else "") + part.attribute + ("[1]" if part.many else "")
        inner = inner.removeprefix("goods_shipment.") if inner.startswith("goods_shipment.items") else inner
        yield inner
        yield from _paths(part, inner)


def test_every_row_of_the_profile_has_a_pointer_of_its_own():
    paths = list(_paths(PLACES, ""))
    assert len(paths) > 1_000
    for path in paths:
        assert path_of(pointers_of(path, PLACES), PLACES) == path
    assert len({chain_text(pointers_of(path, PLACES)) for path in paths}) == len(paths)


@pytest.mark.parametrize(
    ("path", "chain"),
    [
        ("", "42A"),
        ("total_package_quantity", "42A/146"),
        ("items[2].commodity.item_charge_amount", "42A 67A 68A(3) 23A 79A/112"),
        ("items[0].commodity.goods_measure.net_mass", "42A 67A 68A(1) 23A 65A/128"),
        ("items[0].commodity.dangerous_goods_ids[1]", "42A 67A 68A(1) 23A 12C(2)/506"),
        ("declarant.id", "42A 57B/R123"),
        ("goods_shipment.importer.name", "42A 67A 74A/R037"),
        ("border_transport_means.mode_code", "42A 15A/T022"),
        ("exit_office_id", "42A 56A/G005"),
        ("items[1].additional_documents[0].type_code", "42A 67A 68A(2) 02A(1)/D006"),
        ("items[1]", "42A 67A 68A(2)"),
    ],
)
def test_it_points_to_a_path_and_back(path, chain):
    assert chain_text(pointers_of(path, PLACES)) == chain
    assert path_of(_pointers(chain), PLACES) == path


def test_it_points_to_the_nearest_known_place_around_a_path():
    assert chain_text(pointers_of("items[0].Colour", PLACES)) == "42A 67A 68A(1)"
    assert chain_text(pointers_of("charges[2010]", PLACES)) == "42A"
    assert chain_text(pointers_of("items", PLACES)) == "42A 67A 68A"


def test_an_item_is_known_by_its_number_where_the_declaration_is_given():
    items = (model.GoodsItem(sequence_numeric=10), model.GoodsItem(sequence_numeric=20))
    declaration = model.Declaration(goods_shipment=model.GoodsShipment(items=items))
    assert path_of(_pointers("42A 67A 68A(20) 23A/137"), PLACES, declaration) == "items[1].commodity.description"
    assert chain_text(pointers_of("items[1].origins[0]", PLACES, declaration)) == "42A 67A 68A(20) 92A(1)"


def test_what_it_does_not_know_has_no_path():
    for chain in ("07B", "42A 99Z", "42A/999", "42A/146 67A", ""):
        assert path_of(_pointers(chain), PLACES) is None


def _declaration() -> model.Declaration:
    items = tuple(
        model.GoodsItem(
            sequence_numeric=number,
            commodity=model.Commodity(description=f"goods {number}"),
            packagings=(model.Packaging(sequence_numeric=1, quantity=Decimal(10)),),
        )
        for number in (1, 2)
    )
    shipment = model.GoodsShipment(items=items)
    return model.Declaration(id="7", total_package_quantity=Decimal(20), goods_shipment=shipment)


def _amendment(*chains: str, items: tuple[model.GoodsItem, ...] = (), **fields: object) -> model.Declaration:
    changes = tuple(model.Amendment(change_reason_code="32", pointers=_pointers(chain)) for chain in chains)
    shipment = model.GoodsShipment(items=items) if items else None
    return model.Declaration(function_code="13", amendments=changes, goods_shipment=shipment, **fields)


def test_it_takes_over_what_is_pointed_at_and_nothing_else():
    second = model.GoodsItem(
        sequence_numeric=2,
        commodity=model.Commodity(description="tea", item_charge_amount=model.Amount(Decimal(5), "USD")),
    )
    amendment = _amendment("42A/146", "42A 67A 68A(2) 23A 79A/112", items=(second,), total_package_quantity=Decimal(9))
    amended, findings = apply(_declaration(), amendment, PLACES)
    assert findings == []
    assert amended.total_package_quantity == Decimal(9)
    item = amended.goods_shipment.items[1]
    assert (item.commodity.description, item.commodity.item_charge_amount) == (
        "goods 2",
        second.commodity.item_charge_amount,
    )
    assert (
        replace(amended, total_package_quantity=Decimal(20)).goods_shipment.items[0]
        == _declaration().goods_shipment.items[0]
    )


def test_it_adds_an_item_that_the_amendment_has_and_takes_out_one_that_it_has_not():
    third = model.GoodsItem(sequence_numeric=3, commodity=model.Commodity(description="new"))
    amended, findings = apply(_declaration(), _amendment("42A 67A 68A(3)", "42A 67A 68A(1)", items=(third,)), PLACES)
    assert findings == []
    assert [item.sequence_numeric for item in amended.goods_shipment.items] == [2, 3]


def test_it_makes_the_class_that_a_new_value_needs():
    amended, findings = apply(
        _declaration(), _amendment("42A 57B/R123", declarant=model.Party(id="020012345", name="not asked")), PLACES
    )
    assert findings == []
    assert amended.declarant == model.Party(id="020012345")


def test_it_says_which_changes_could_not_be_made_and_makes_the_others():
    amendment = _amendment(
        "42A/146",
        "",
        "42A 99Z/1",
        "42A 67A 68A/006",
        "42A 67A 68A(9)",
        "42A 57B/R123",
        total_package_quantity=Decimal(1),
    )
    amended, findings = apply(_declaration(), amendment, PLACES)
    assert amended.total_package_quantity == Decimal(1)
    assert [(finding.code, finding.path) for finding in findings] == [
        ("AMD-1", "amendments[1]"),
        ("AMD-2", "amendments[2]"),
        ("AMD-2", "amendments[3]"),
        ("AMD-3", "amendments[4]"),
        ("AMD-3", "amendments[5]"),
    ]
    for finding in findings:
        for language in texts.LANGUAGES:
            assert texts.say(language, f"finding.{finding.code}.text", **finding.params)
            assert texts.say(language, f"finding.{finding.code}.mend", **finding.params)


def test_it_applies_our_sample_of_an_amendment(sample):
    amendment = wire.read(sample("amendment.xml")).declaration
    items = tuple(model.GoodsItem(sequence_numeric=number, commodity=model.Commodity()) for number in (1, 2, 3, 4))
    declaration = model.Declaration(goods_shipment=model.GoodsShipment(items=items))
    amended, findings = apply(declaration, amendment, PLACES)
    assert findings == []
    assert amended.goods_shipment.items[3].commodity.item_charge_amount == model.Amount(Decimal("6270.00"), "USD")


@pytest.mark.reference
def test_it_knows_every_pointer_of_the_published_samples(reference_data, capsys):
    counts: Counter[str] = Counter()
    for path in sorted((reference_data / "messages" / "wco_dm_cds").rglob("*.xml")):
        try:
            message = wire.read_any(path.read_bytes())
        except wire.WireError:
            continue
        body = message.response if isinstance(message, wire.ResponseMessage) else message.declaration
        for holder in (*body.additional_informations, *body.amendments, *getattr(body, "errors", ())):
            if not holder.pointers:
                continue
            of_response = holder.pointers[0].document_section_code == "07B"
            found = path_of(holder.pointers, RESPONSE_PLACES if of_response else PLACES)
            assert found is not None, (path, chain_text(holder.pointers))
            counts["chains"] += 1
            counts["changes"] += isinstance(holder, model.Amendment)
    with capsys.disabled():
        print(f"\n  wco: {counts['chains']} chains of pointers known, {counts['changes']} of them in amendments")
    assert counts["chains"] > 100


@pytest.mark.reference
def test_it_applies_every_published_amendment_to_the_declaration_before_it(reference_data):
    """Each change of a published amendment can be made to the declaration in the same folder, if there is one."""
    applied = 0
    for path in sorted((reference_data / "messages" / "wco_dm_cds").rglob("*mendment*.xml")):
        before = [other for other in sorted(path.parent.iterdir()) if other.suffix.lower() == ".xml" and other != path]
        amendment = wire.read(path.read_bytes()).declaration
        originals = [wire.read(other.read_bytes()).declaration for other in before]
        originals = [one for one in originals if one.function_code == "9"]
        if amendment.type_code != "COR" or not originals:
            continue
        amended, findings = apply(originals[0], amendment, PLACES)
        assert findings == [], path
        assert amended != originals[0], path
        applied += 1
    assert applied >= 5

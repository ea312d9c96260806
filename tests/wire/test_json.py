# SPDX-License-Identifier: Apache-2.0
"""Our own JSON: strict when read, one sequence of bytes when canonical."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from gumruk import demonstration, wire
from gumruk.law.declarations import model

FLOUR = demonstration.sample_path("flour.json").read_bytes()


def test_it_writes_what_it_read():
    assert wire.write(wire.read(FLOUR).declaration, "json") == FLOUR


def test_it_names_everything_wrong_at_once(refused):
    message = b"""{"type_code": 7, "declarnt": {}, "id": "a", "id": "b", "goods_item_quantity": "3",
     "invoice_amount": {"value": 100.10, "currency": "USD"}, "total_gross_mass": {"unit": "KGM"},
     "goods_shipment": {"items": [{"commodity": {"item_charge_amount": {"value": 5}, "descripton": "x"}},
       {"commodity": {"goods_measure": {"net_mass": {"value": "12 kg"}}}}, 8]}}"""
    assert sorted(refused(message)) == [
        ("WIRE-14", "items[1].commodity.goods_measure.net_mass.value"),
        ("WIRE-18", ""),
        ("WIRE-18", "items[0].commodity"),
        ("WIRE-19", "invoice_amount.value"),
        ("WIRE-19", "items[0].commodity.item_charge_amount.value"),
        ("WIRE-20", "goods_item_quantity"),
        ("WIRE-20", "items[2]"),
        ("WIRE-20", "type_code"),
        ("WIRE-21", ""),
        ("WIRE-27", "total_gross_mass"),
    ]


def test_it_names_the_nearest_key():
    with pytest.raises(wire.WireError) as caught:
        wire.read(b'{"declarnt": {"id": "020012345"}}')
    assert caught.value.findings[0].params == {"key": "declarnt", "nearest": "declarant"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "WIRE-08"),
        (b'{"type_code": "IM', "WIRE-08"),
        (b'{"type_code": ', "WIRE-08"),
        (b"{} {}", "WIRE-17"),
        (b"{'id': 1}", "WIRE-17"),
        (b'{"id": "\xff"}', "WIRE-05"),
        (b"[]", "WIRE-20"),
        (b"[" * 100_000, "WIRE-09"),
        (b'{"a":' * 100_000, "WIRE-09"),
        (b'{"goods_item_quantity": NaN}', "WIRE-20"),
        (b'{"goods_item_quantity": 1.0}', "WIRE-20"),
        (b'{"goods_item_quantity": true}', "WIRE-20"),
        (b'{"goods_item_quantity": ' + b"9" * 5_000 + b"}", "WIRE-20"),
        (b'{"authorisation_holders": {}}', "WIRE-20"),
        (b'{"id": "\\u0000"}', "WIRE-22"),
        (b'{"id": "\\ud800"}', "WIRE-22"),
        (b'{"id": "\\uffff"}', "WIRE-22"),
    ],
)
def test_it_refuses(content, code, refused):
    assert [found for found, _ in refused(content)] == [code]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Note", "<Note>"),
        ("Note", "<Note/><Note/>"),
        ("Note", "text"),
        ("Note", "<!DOCTYPE x><Note/>"),
        ("Note", "<Note>&secret;</Note>"),
        ("Note", "</Declaration><Declaration>"),
        ("Note", "<!-- --><Note/>"),
        ("Note", "<x>" * 50 + "</x>" * 50),
        ("@a b", "1"),
        ('@a="1" b', "1"),
        ("Note/@", "1"),
        ("@xmlns", "urn:other"),
        ("@{http://www.w3.org/2000/xmlns/}ds", "urn:other"),
        ("@{urn:a}", "1"),
        ("@\u00b2", "1"),
        ("MetaData/Note", "<Note>"),
        ("MetaData/a b", "1"),
        ("SequenceNumeric/text()", "one"),
        ("../Note", "<Note/>"),
        ("", "<Note/>"),
    ],
)
def test_it_refuses_an_extension_that_would_break_the_xml(name, content, refused):
    extension = {"format": "wco", "name": name, "content": content}
    assert refused(json.dumps({"extensions": [extension]}).encode()) == [("WIRE-26", "extensions[0]")]


def test_it_takes_null_for_absent():
    assert wire.read(b'{"id": null, "declarant": null}').declaration == model.Declaration()


def test_canonical_bytes_are_sorted_exact_and_without_what_is_absent():
    declaration = model.Declaration(
        type_code="IMA",
        id="",
        invoice_amount=model.Amount(Decimal("100.10"), "USD"),
        total_gross_mass=model.Measure(Decimal("0.0000001")),
        declarant=model.Party(name="Зафар «Т»"),
    )
    assert wire.canonical(declaration).decode() == (
        '{"declarant":{"name":"Зафар «Т»"},"id":"","invoice_amount":{"currency":"USD","value":"100.10"},'
        '"total_gross_mass":{"value":"0.0000001"},"type_code":"IMA"}'
    )


@pytest.mark.parametrize("name", demonstration.SAMPLES)
def test_canonical_bytes_are_a_message_of_their_own(name):
    declaration = wire.read(demonstration.sample_path(name).read_bytes()).declaration
    content = wire.canonical(declaration)
    assert wire.canonical(wire.read(content).declaration) == content
    assert (
        json.dumps(json.loads(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == content
    )


@pytest.mark.parametrize("name", demonstration.SAMPLES)
def test_it_restores_what_it_made_canonical(name):
    declaration = wire.read(demonstration.sample_path(name).read_bytes()).declaration
    assert wire.restore(wire.canonical(declaration)) == declaration


def test_it_restores_more_than_a_stranger_may_send():
    declaration = model.Declaration(
        id="x" * 5_000, goods_shipment=model.GoodsShipment(items=(model.GoodsItem(),) * 1_200)
    )
    assert wire.restore(wire.canonical(declaration)) == declaration


def test_a_whole_number_has_as_many_digits_below_zero_as_above():
    longest = 10**18 - 1
    for number in (longest, -longest):
        assert wire.read(b'{"goods_item_quantity": %d}' % number).declaration.goods_item_quantity == number

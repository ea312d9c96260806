# SPDX-License-Identifier: Apache-2.0
"""Laws of the formats of tables: what is written is read as it was written, and any message comes back whole."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.wire.test_properties import DECLARATIONS

from gumruk import wire
from gumruk.law.declarations import model
from gumruk.wire import asycuda, eaeu
from gumruk.wire.tables.names import wrapped

_SLOW = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
_FORMATS = {"asycuda": asycuda, "eaeu": eaeu}
_VALUES = ["1.0623724E7", "350,5", "1,234", "8/24/16", "16/09/2013", "2024-05-24T00:00:00+03:00", "ИМ", "IM", "4000"]
_TEXTS = st.sampled_from(_VALUES) | st.text(st.sampled_from("aЖ1 ,.<&\"'\n"), max_size=8)


def said(element) -> tuple:
    """What an element says: name with namespace, attributes, text without the white space around it, children."""
    texts = [(element.text or "").strip(), *((child.tail or "").strip() for child in element)]
    return element.tag, sorted(element.items()), texts, [said(child) for child in element]


@st.composite
def _messages(draw, dialect):
    """A message of a format: parts of its form, some twice, some strange, with values that fit and that do not."""
    tables = {}
    waiting = [draw(st.sampled_from(list(dialect.tables.values())))]
    root = wrapped(waiting[0].template, dialect.namespaces)
    while waiting:
        table = waiting.pop()
        tables[table.element] = table
        waiting.extend(row.table for row in table.rows if hasattr(row, "table"))

    def filled(element) -> None:
        name = element.tag.rpartition("}")[2]
        if name in tables and not len(element):
            element.extend(wrapped(tables[name].template, dialect.namespaces))
        for child in list(element):
            chance = draw(st.integers(0, 9))
            if chance < 4:
                element.remove(child)
            else:
                filled(child)
                if chance == 9:
                    element.append(_copied(child, draw(_TEXTS)))
        if not len(element):
            element.text = draw(st.none() | _TEXTS)
            if draw(st.integers(0, 9)) == 0:
                element.set("codeListId", draw(_TEXTS))
            if element.text is None and draw(st.booleans()):
                etree.SubElement(element, "null")

    filled(root)
    return etree.tostring(root)


def _copied(element, text):
    twin = etree.Element(element.tag)
    twin.text = text
    etree.SubElement(twin, "Strange").text = text
    return twin


@pytest.mark.parametrize("name", _FORMATS)
@_SLOW
@given(declaration=DECLARATIONS)
def test_it_reads_what_it_wrote_as_it_wrote_it(name, declaration):
    once = wire.write(declaration, name)
    read = wire.read(once).declaration
    twice = wire.write(read, name)
    assert said(etree.fromstring(twice)) == said(etree.fromstring(once))
    assert wire.read(twice).declaration == read
    assert wire.read(wire.canonical(read)).declaration == read


@pytest.mark.parametrize("name", _FORMATS)
@_SLOW
@given(data=st.data())
def test_it_brings_any_message_back_whole(name, data):
    content = data.draw(_messages(_FORMATS[name].DIALECT))
    read = wire.read(content).declaration
    written = wire.write(read, name)
    assert said(etree.fromstring(written)) == said(etree.fromstring(content))
    assert wire.read(written).declaration == read
    assert wire.read(wire.canonical(read)).declaration == read


_EDITS = st.sampled_from(
    [
        ("functional_reference_id", "N-1"),
        ("declaration_office_id", "N0001"),
        ("issue_location_id", "THERE"),
        ("total_package_quantity", Decimal("7.5")),
        ("goods_item_quantity", 12),
        ("invoice_amount", model.Amount(Decimal("10.25"))),
        ("declarant", model.Party(id="77", name="Nobody")),
        ("border_transport_means", model.TransportMeans(id="T1", mode_code="3")),
    ]
)


@pytest.mark.parametrize("name", _FORMATS)
@_SLOW
@given(data=st.data(), edits=st.lists(_EDITS, max_size=4))
def test_it_writes_every_change_of_a_message(name, data, edits):
    read = wire.read(data.draw(_messages(_FORMATS[name].DIALECT))).declaration
    shipment = read.goods_shipment or model.GoodsShipment()
    new = model.GoodsItem(sequence_numeric=len(shipment.items) + 1, commodity=model.Commodity(description="Nails"))
    items = (*shipment.items[1:], new) if data.draw(st.booleans()) else (*shipment.items, new)
    changed = replace(read, **dict(edits), goods_shipment=replace(shipment, items=items))
    again = wire.read(wire.write(changed, name)).declaration
    for field, value in dict(edits).items():
        assert getattr(again, field) == value
    assert len(again.goods_shipment.items) == len(items)
    assert again.goods_shipment.items[-1].commodity.description == "Nails"
    for before, after in zip(items, again.goods_shipment.items, strict=True):
        assert after.commodity == before.commodity
        assert after.packagings == before.packagings
        assert after.previous_documents == before.previous_documents

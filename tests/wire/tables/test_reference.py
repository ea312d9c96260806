# SPDX-License-Identifier: Apache-2.0
"""Every collected ASYCUDA and EAEU declaration, read and written again: the same elements, texts and attributes."""

from __future__ import annotations

from collections import Counter

import pytest
from lxml import etree

from gumruk import wire

_FOLDERS = {"asycuda": "asycuda_sad", "eaeu": "eaeu"}
_PARSER = etree.XMLParser(remove_comments=True, remove_pis=True)


def said(element) -> list:
    """What an element says: name with namespace, attributes, texts without the white space around them, children."""
    texts = [(element.text or "").strip(), *((child.tail or "").strip() for child in element)]
    return [element.tag, sorted(element.items()), texts, [said(child) for child in element]]


def _samples(reference_data, name):
    return sorted((reference_data / "messages" / _FOLDERS[name]).rglob("*.xml"))


@pytest.mark.reference
@pytest.mark.parametrize("name", _FOLDERS)
def test_it_loses_nothing_of_any_collected_declaration(name, reference_data, capsys):
    counts: Counter[str] = Counter()
    for path in _samples(reference_data, name):
        content = path.read_bytes()
        counts["samples"] += 1
        message = wire.read(content, path.name)
        assert message.format == name, path
        counts["read"] += 1
        written = wire.write(message.declaration, name)
        assert said(etree.fromstring(written)) == said(etree.fromstring(content, _PARSER)), path
        assert wire.read(written).declaration == message.declaration, path
        by_json = wire.read(wire.canonical(message.declaration)).declaration
        assert by_json == message.declaration, path
        assert wire.write(by_json, name) == written, path
        counts["round-tripped"] += 1
        shipment = message.declaration.goods_shipment
        items = shipment.items if shipment else ()
        counts["items"] += len(items)
        counts["tax lines"] += sum(len(item.commodity.duty_tax_fees) for item in items if item.commodity)
    with capsys.disabled():
        print(f"\n  {name}: {dict(counts)}; refused: 0")
    assert counts["samples"] == counts["round-tripped"] > 0


@pytest.mark.reference
@pytest.mark.parametrize("name", _FOLDERS)
def test_it_refuses_a_collected_declaration_that_is_cut_off(name, reference_data, refused):
    for path in _samples(reference_data, name):
        content = path.read_bytes()
        (code,) = {code for code, _ in refused(content[: len(content) * 2 // 3])}
        assert code in ("WIRE-05", "WIRE-07", "WIRE-08"), path


@pytest.mark.reference
@pytest.mark.parametrize("name", _FOLDERS)
def test_it_converts_every_collected_declaration_into_every_format(name, reference_data, capsys):
    counts: Counter[str] = Counter()
    for path in _samples(reference_data, name):
        declaration = wire.read(path.read_bytes()).declaration
        for target, of in wire.FORMATS.items():
            written = wire.write(declaration, target)
            again = wire.read(written)
            assert (again.format, of.name) == (target, target), path
            assert all(finding.code in ("WIRE-28", "WIRE-47") for finding in wire.left_behind(declaration, target)), (
                path,
                target,
            )
            counts[target] += 1
    with capsys.disabled():
        print(f"\n  {name} converted: {dict(counts)}")


@pytest.mark.reference
def test_it_reads_the_largest_collected_declaration(reference_data):
    content = max((path.read_bytes() for path in _samples(reference_data, "asycuda")), key=len)
    declaration = wire.read(content).declaration
    assert len(declaration.goods_shipment.items) > 150

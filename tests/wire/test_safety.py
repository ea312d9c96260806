# SPDX-License-Identifier: Apache-2.0
"""Bytes from a stranger: each bad file gets one clear answer, quickly, and never a traceback."""

from __future__ import annotations

import time

import pytest

from gumruk import demonstration, wire

TRUCK = demonstration.sample_path("truck_mixed.xml").read_bytes()
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{"&" + a + ";" + "&" + a + ";"}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><Declaration><ID>&i;</ID></Declaration>"
).encode()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "WIRE-01"),
        (b" \n\t", "WIRE-01"),
        (b"PK\x03\x04 a zip or a spreadsheet", "WIRE-03"),
        (b"%PDF-1.7", "WIRE-03"),
        (b"\x89PNG\r\n\x1a\n", "WIRE-03"),
        (b"\xff\xd8\xff\xe0 JFIF", "WIRE-03"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "WIRE-03"),
        (b"<!DOCTYPE html><html></html>", "WIRE-03"),
        (b"\n<HTML><body>Bad gateway</body></HTML>", "WIRE-03"),
        (b"UNA:+.? 'UNB+UNOA:1", "WIRE-08"),
        (b"\x00\x01\x02\x03" * 50, "WIRE-30"),
        (b"dear customs, please release my truck", "WIRE-30"),
        (b"<Awmds/>", "WIRE-24"),
        (b'<n1:CC013C xmlns:n1="http://ncts.dgtaxud.ec"/>', "WIRE-24"),
        (b'{"@xmlns:n1": "http://ncts.dgtaxud.ec", "n1:CC015C": {"messageSender": "A"}}', "WIRE-24"),
        (b'{"CC315A": {}}', "WIRE-24"),
        (b"<MetaData><Response/></MetaData>", "WIRE-12"),
        (b"<invoice/>", "WIRE-11"),
        (b'<Declaration xmlns="urn:other"/>', "WIRE-11"),
        (b"<MetaData><Declaration/><Declaration/></MetaData>", "WIRE-25"),
        (b"<Declaration>loose<ID>1</ID></Declaration>", "WIRE-16"),
        (b"<Declaration><ID>1</ID>loose</Declaration>", "WIRE-16"),
        (b"<Declaration><ID>1</Declaration>", "WIRE-07"),
        (b"<Declaration/><Declaration/>", "WIRE-07"),
        (b"<Declaration><md:x/></Declaration>", "WIRE-07"),
    ],
)
def test_it_says_what_the_file_is(content, code, refused):
    assert [found for found, _ in refused(content)] == [code]


def test_it_refuses_100_megabytes_before_it_looks_inside(refused):
    content = b"<Declaration>" + b" " * 100_000_000
    begun = time.perf_counter()
    assert refused(content) == [("WIRE-02", "")]
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("before", ["", "<!-- a comment --><?pi x?>\n"])
def test_it_refuses_a_billion_laughs(encoding, before, refused):
    laughs = LAUGHS.decode().replace('<?xml version="1.0"?>', before)
    assert refused(laughs.encode(encoding)) == [("WIRE-06", "")]


def test_it_refuses_an_entity_that_nobody_declared(refused):
    assert refused(b"<Declaration><ID>&secret;</ID></Declaration>") == [("WIRE-06", "")]


def test_it_reads_doctype_in_a_text_as_text():
    message = b"<Declaration><ID><![CDATA[<!DOCTYPE x>]]></ID></Declaration>"
    assert wire.read(message).declaration.id == "<!DOCTYPE x>"


def test_it_never_follows_an_inclusion():
    message = b"""<Declaration xmlns:xi="http://www.w3.org/2001/XInclude">
    <xi:include href="file:///etc/hostname" parse="text"/></Declaration>"""
    assert "file:///etc/hostname" in wire.read(message).declaration.extensions[0].content


def test_it_reads_utf_16_with_its_mark_and_refuses_it_without(refused):
    text = TRUCK.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    assert wire.read(text.encode("utf-16")).declaration == wire.read(TRUCK).declaration
    assert refused(text.encode("utf-16-le")) == [("WIRE-04", "")]
    assert refused(text.encode("utf-8")) == [("WIRE-04", "")]
    assert refused(text.encode("utf-16")[:-1]) == [("WIRE-05", "")]


def test_it_reads_windows_1251_and_refuses_what_it_does_not_know(refused):
    text = TRUCK.decode().replace("Black tea", "Чай чёрный")
    declared = text.replace('encoding="UTF-8"', 'encoding="windows-1251"')
    assert wire.read(declared.encode("cp1251")).declaration == wire.read(text.encode()).declaration
    assert refused(text.replace('encoding="UTF-8"', 'encoding="UTF-7"').encode()) == [("WIRE-04", "")]
    assert refused(text.encode("cp1251")) == [("WIRE-05", "")]
    assert refused(declared.encode("utf-8")) == [("WIRE-48", "")], "the letters would be others"


@pytest.mark.parametrize("part", [0.1, 0.3, 0.5, 0.9, 0.999])
def test_it_says_that_a_file_is_cut_off(part, refused):
    assert refused(TRUCK[: int(len(TRUCK) * part)]) == [("WIRE-08", "")]


@pytest.mark.parametrize("depth", [40, 10_000])
def test_it_refuses_depth(depth, refused):
    inner = b'<x xmlns="urn:x">' + b"<x>" * (depth - 1) + b"</x>" * depth
    assert [code for code, _ in refused(b"<Declaration>" + inner + b"</Declaration>")] == ["WIRE-09"]


def test_it_refuses_200_000_attributes_quickly(refused):
    many = b" ".join(b'a%d="1"' % number for number in range(200_000))
    begun = time.perf_counter()
    assert [code for code, _ in refused(b"<Declaration " + many + b"/>")] == ["WIRE-10"]
    assert [code for code, _ in refused(b"<Declaration><ID " + many + b"/></Declaration>")] == ["WIRE-10"]
    assert [code for code, _ in refused(b'<Declaration><new xmlns="urn:x" ' + many + b"/></Declaration>")] == [
        "WIRE-10"
    ]
    assert time.perf_counter() - begun < 5


def test_it_refuses_a_long_attribute_and_a_long_text(refused):
    assert refused(b'<Declaration xmlns:p="urn:p" p:a="' + b"1" * 5_000 + b'"/>') == [("WIRE-10", "")]
    assert refused(b"<Declaration><ID>" + b"1" * 5_000 + b"</ID></Declaration>") == [("WIRE-32", "id")]


def test_it_refuses_10_000_items(refused):
    items = b"<GovernmentAgencyGoodsItem/>" * 10_000
    message = b"<Declaration><GoodsShipment>" + items + b"</GoodsShipment></Declaration>"
    assert refused(message) == [("WIRE-13", "items")]
    assert refused(b'{"goods_shipment":{"items":[' + b"{}," * 9_999 + b"{}]}}") == [("WIRE-13", "items")]


def test_it_reads_as_many_items_as_the_limit_says():
    items = b"<GovernmentAgencyGoodsItem/>" * 999
    message = b"<Declaration><GoodsShipment>" + items + b"</GoodsShipment></Declaration>"
    assert len(wire.read(message).declaration.goods_shipment.items) == 999


def test_it_refuses_a_million_elements_before_they_take_memory(refused):
    assert refused(b"<Declaration>" + b"<x/>" * 1_000_000 + b"</Declaration>") == [("WIRE-31", "")]
    assert refused(b'{"x":[' + b"{}," * 1_000_000 + b"{}]}") == [("WIRE-31", "")]


@pytest.mark.parametrize("part", [b"1,", b"[],", b'"a",', b"null,"])
def test_it_refuses_a_list_of_millions_quickly(part, refused):
    started = time.monotonic()
    found = refused(b'{"additional_documents":[' + part * (9_000_000 // len(part)) + b"1]}")
    assert [code for code, _ in found] == ["WIRE-31"]
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("encoding", ["UTF-7", "ISO-8859-1", "UTF-16", "cp037"])
def test_it_parses_what_it_examined_whatever_encoding_stands_far_behind(encoding, refused):
    head = f'<?xml version="1.0"{" " * 3_000}encoding="{encoding}"?>'.encode()
    hidden = b"+ADwAIQ-DOCTYPE d [+ADwAIQ-ENTITY a +ACI-ha+ACIAPg-]+AD4-"
    assert refused(head + hidden + b"<Declaration><ID>&a;</ID></Declaration>")[0][0] in ("WIRE-07", "WIRE-08")
    assert wire.read(head + "<Declaration><ID>Ҷ</ID></Declaration>".encode()).declaration.id == "Ҷ"


def test_it_writes_very_many_extensions_quickly(refused):
    plain = rb'{"format":"wco","name":"a","content":"<a xmlns=\"urn:x\"/>"}'
    mark = b'{"format":"wco","name":"ID/@schemeID","content":"1","position":9}'
    message = b'{"id":"1","extensions":[' + b",".join([plain, mark] * 9_000) + b"]}"
    begun = time.perf_counter()
    assert wire.write(wire.read(message).declaration, "wco").count(b"<a ") == 9_000
    assert time.perf_counter() - begun < 5
    assert ("WIRE-31", "extensions[20000]") in refused(b'{"extensions":[' + b",".join([plain] * 20_001) + b"]}")


def test_it_bounds_its_findings(refused):
    wrong = b"<Packaging><SequenceNumeric>x</SequenceNumeric></Packaging>" * 5_000
    codes = [
        code
        for code, _ in refused(
            b"<Declaration><GoodsShipment><GovernmentAgencyGoodsItem>"
            + wrong
            + b"</GovernmentAgencyGoodsItem></GoodsShipment></Declaration>"
        )
    ]
    assert codes == ["WIRE-15"] * 200 + ["WIRE-23"]
    unknown = b",".join(b'"x%d":1' % number for number in range(5_000))
    assert [code for code, _ in refused(b"{" + unknown + b"}")] == ["WIRE-18"] * 200 + ["WIRE-23"]

# SPDX-License-Identifier: Apache-2.0
"""Our facts against the schemas that they were taken from: what those call valid is read, the rest refused."""

from __future__ import annotations

import copy
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from gumruk import wire
from gumruk.wire import wco
from gumruk.wire.safety import examine
from gumruk.wire.wco.facts import Fact, published
from gumruk.wire.wco.profile import DATA_TYPES, DECLARATION
from gumruk.wire.wco.response_profile import CORRECTED, RESPONSE, RESPONSE_DATA_TYPES

pytestmark = pytest.mark.reference

_XSD = "xsd/hmrc-customs-declarations-3.0"
_PARSER = etree.XMLParser(remove_comments=True, remove_pis=True)
_VALUES = {"amount": "1.5", "quantity": "12", "number": "3"}
_TEXTS = [
    *("", "  ", "x", "1", "12345678", "1.5", "-3", "+0001.2300", "1e5", "NaN", " 42 ", "AAA", "13", "14", "99999"),
    *("100000", "0.0001", "123456789012345678", "1234567890123.456", "12345678901234567.1", "20260101", "\u0663"),
    *("20260101120000Z", "19991231", "20260101120000+05", "US", "U1", "usd", "0", "abcd", "\t9", "1.", ".5", "a\nb"),
]
_TEXTS += [letter * length for letter, length in zip("BCDEFG", (17, 18, 36, 71, 300, 600), strict=True)]
_ATTRIBUTES = (
    *(("currencyID", value) for value in ("GBP", "gbp", "XXXX")),
    *(("unitCode", value) for value in ("KGM", "KILOGRAM", "")),
    *(("formatCode", value) for value in ("102", "203")),
    *(("listAgencyID", value) for value in ("6", "6789")),
    *(("languageID", value) for value in ("en", "e_n")),
    *((name, "x") for name in ("listID", "schemeID", "name", "foo", "{urn:x}y")),
    ("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation", "a b"),
)
_EDITION = ("ResponsibleCountryCode", "ResponsibleAgencyName")
_NAMESPACES = (DECLARATION, DATA_TYPES, RESPONSE, "urn:x")


@pytest.fixture(scope="module")
def folder(reference_data):
    return reference_data / "messages" / "wco_dm_cds"


@pytest.fixture(scope="module")
def schemas(folder):
    """The published schema of a message by the name of its body."""
    submit, answer = "customs/wrapper_submit.xsd", "wco/notification/WCO_RES_2_DMS.xsd"
    return {
        "Declaration": etree.XMLSchema(etree.parse(folder / _XSD / submit)),
        "Response": etree.XMLSchema(etree.parse(folder / _XSD / answer)),
    }


def _codes(content: bytes) -> set[str]:
    try:
        _read(content)
    except wire.WireError as error:
        return {finding.code for finding in error.findings}
    return set()


def _read(content: bytes) -> bytes:
    """Read a declaration or a response, and write it again."""
    material = examine(content).content
    try:
        return wco.write(wco.read(material))
    except wire.WireError as error:
        if error.findings[0].code != "WIRE-12":
            raise
    return wco.write_response(wco.read_response(material))


def _samples(folder: Path) -> dict[Path, str]:
    """Every sample file, and what the manifest says of it: valid, invalid, or nothing."""
    told = {}
    for row in json.loads((folder.parent / "manifest.json").read_text("utf-8")):
        path = folder.parent / row["file"]
        if row["kind"] == "sample" and folder in path.parents and path.exists():
            said = row.get("valid") or ""
            told[path] = "valid" if "xsd-valid" in said else "invalid" if "INVALID" in said or "NOT" in said else ""
    return told


def test_it_reads_what_the_manifest_calls_valid_and_refuses_what_it_does_not(folder, what_it_says, capsys):
    counts: Counter[str] = Counter()
    for path, said in _samples(folder).items():
        content = path.read_bytes()
        try:
            written = _read(content)
        except wire.WireError as error:
            finding = error.findings[0]
            counts[f"{said or 'other'}, refused"] += 1
            assert said != "valid", (path, finding)
            if said == "invalid" and finding.code != "WIRE-01":
                assert finding.params["line"] != "0"
                assert finding.path or finding.code in {"WIRE-07", "WIRE-36"}
            continue
        counts[f"{said or 'other'}, read"] += 1
        assert said == "valid", path
        assert what_it_says(written) == what_it_says(content.replace(b"_2DateTimeString", b"DateTimeString")), path
        assert _read(written) == written, path
        counts["round trips"] += 1
    with capsys.disabled():
        print(f"\n  wco: {sum(counts.values()) - counts['round trips']} samples; {dict(sorted(counts.items()))}")
    assert counts["valid, read"] == counts["round trips"] >= 800
    assert counts["invalid, refused"] >= 30


def _whole(fact: Fact, namespace: str, data_types: str) -> Any:
    """An element with everything that it may have, each once, filled in its format."""
    element = etree.Element(f"{{{namespace}}}{fact.name}")
    for part in fact.parts:
        if part.name != CORRECTED:
            element.append(_whole(part, namespace, data_types))
    if fact.holds == "moment":
        etree.SubElement(element, f"{{{data_types}}}DateTimeString", formatCode="304").text = "20260101120000Z"
    elif fact.holds:
        length = "".join(sign for sign in fact.format.split("..")[-1] if sign.isdigit()) or "1"
        letter = "7" if fact.format.startswith("n") else "a"
        filled = fact.values[0] if fact.values else letter * int(length)
        element.text = _VALUES.get(fact.holds, filled)
    return element


@pytest.fixture(scope="module")
def whole(schemas):
    """A declaration and a response with every element that the schemas know."""
    declaration = _whole(published("declaration"), DECLARATION, DATA_TYPES)
    answer = _whole(published("response"), RESPONSE, RESPONSE_DATA_TYPES)
    assert sum(1 for _ in declaration.iter(etree.Element)) > 459
    return [_enveloped(declaration), _enveloped(answer)]


def _enveloped(body: Any) -> Any:
    of = "urn:wco:datamodel:WCO:DocumentMetaData-DMS:2"
    envelope = etree.Element(f"{{{of}}}MetaData", nsmap={"md": of})
    etree.SubElement(envelope, f"{{{of}}}WCOTypeName").text = "DEC"
    etree.SubElement(envelope, f"{{{of}}}ResponsibleCountryCode").text = "GB"
    envelope.append(body)
    return envelope


def _is_valid(envelope: Any, schemas: Any) -> bool:
    body = next(child for child in envelope if etree.QName(child).localname in schemas)
    name = etree.QName(body).localname
    return schemas[name].validate(envelope if name == "Declaration" else body)


def test_it_reads_every_element_of_the_schemas_and_writes_it_again(whole, schemas, what_it_says):
    for message in whole:
        content = etree.tostring(message)
        assert _is_valid(etree.fromstring(content), schemas)
        assert what_it_says(_read(content)) == what_it_says(content)


def _changed(message: Any, chance: random.Random, pool: list[Any]) -> None:
    """Change one thing in a message: take out, double, move, bring in, write otherwise, mark, rename."""
    body = message[-1]
    around = [e for e in message if e is not body and etree.QName(e).localname not in _EDITION]
    is_response = etree.QName(body).localname == "Response"  # its schema says nothing of the envelope
    element = chance.choice([e for e in body.iter() if e is not body] + ([] if is_response else around * 10))
    parent, way = element.getparent(), chance.randrange(8)
    place = chance.randrange(len(parent) + 1)
    if way == 0:
        parent.remove(element)
    elif way == 1:
        parent.insert(parent.index(element), copy.deepcopy(element))
    elif way == 2:
        parent.insert(place, element)
    elif way == 3:
        parent.insert(place, copy.deepcopy(chance.choice(pool)))
    elif way == 4:
        element.tag = f"{{{chance.choice(_NAMESPACES)}}}{etree.QName(element).localname}"
    elif way == 5:
        element.set(*chance.choice(_ATTRIBUTES))
    elif way == 6:
        element.attrib.clear()
    else:
        element.text = chance.choice(_TEXTS)


def test_it_agrees_with_the_schemas_on_messages_that_were_changed(folder, whole, schemas, capsys):
    chance = random.Random(4)  # noqa: S311 (a seed, not a secret)
    paths = chance.sample([path for path, said in _samples(folder).items() if said == "valid"], 60)
    messages = [*whole * 20, *(etree.fromstring(_read(path.read_bytes()), _PARSER) for path in paths)]
    pool = [element for message in messages for element in message[-1].iter() if element is not message[-1]]
    counts: Counter[bool] = Counter()
    for _ in range(1_500):
        message = copy.deepcopy(chance.choice(messages))
        for _ in range(chance.choice((1, 1, 2))):
            _changed(message, chance, pool)
        content = etree.tostring(message)
        valid = _is_valid(etree.fromstring(content, _PARSER), schemas)
        codes = _codes(content)
        assert valid == (not codes), (codes, schemas["Declaration"].error_log.last_error, content)
        counts[valid] += 1
    with capsys.disabled():
        print(f"\n  wco: {counts[True]} changed messages valid and read, {counts[False]} invalid and refused")

# SPDX-License-Identifier: Apache-2.0
"""Every published sample of the profile, read and written again: the same content, valid by the published schema."""

from __future__ import annotations

from collections import Counter

import pytest
from lxml import etree

from gumruk import wire

_SCHEMA = "xsd/hmrc-customs-declarations-3.0/customs/wrapper_submit.xsd"
_NO_DECLARATION = {"WIRE-01", "WIRE-07", "WIRE-08", "WIRE-11", "WIRE-12"}
_NO_STRUCTURE = {"WIRE-33", "WIRE-36"}


@pytest.mark.reference
def test_it_loses_nothing_of_any_published_declaration(reference_data, what_it_says, capsys):
    folder = reference_data / "messages" / "wco_dm_cds"
    schema = etree.XMLSchema(etree.parse(folder / _SCHEMA))
    counts: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for path in sorted(folder.rglob("*.xml")):
        content = path.read_bytes()
        try:
            declaration = wire.read(content, path.name).declaration
        except wire.WireError as error:
            refused.update({finding.code for finding in error.findings})
            continue
        written = wire.write(declaration, "wco")
        assert what_it_says(written) == what_it_says(content), path
        by_json = wire.read(wire.write(declaration, "json")).declaration
        assert by_json == declaration, path
        assert wire.write(by_json, "wco") == written, path
        envelope = next(etree.fromstring(content).iter("{*}MetaData"))
        was_valid = schema.validate(etree.fromstring(etree.tostring(envelope)))
        is_valid = schema.validate(etree.fromstring(written))
        assert is_valid or not was_valid, (path, schema.error_log.last_error)
        counts["valid" if was_valid else "invalid at source"] += 1
    with capsys.disabled():
        print(f"\n  round trips: {dict(counts)}; refused: {dict(refused)}")
    assert counts["valid"] >= 200
    assert set(refused) <= _NO_DECLARATION | _NO_STRUCTURE


@pytest.mark.reference
def test_it_says_of_a_transit_message_that_it_is_no_declaration(reference_data, refused):
    folder = reference_data / "messages"
    for path in sorted(folder.glob("ncts/**/*.xml")):
        codes = {code for code, _ in refused(path.read_bytes())}
        assert codes <= {"WIRE-04", "WIRE-05", "WIRE-07", "WIRE-08", "WIRE-11", "WIRE-24", "WIRE-06"}, path

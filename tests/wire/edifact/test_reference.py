# SPDX-License-Identifier: Apache-2.0
"""Every published sample: declarations read and written the same, others named, bad ones refused at their place."""

from __future__ import annotations

from collections import Counter

import pytest

from gumruk import wire
from gumruk.wire.edifact.interchange import read_interchange
from gumruk.wire.errors import WireError
from gumruk.wire.safety import LIMITS, examine

#: What is wrong with the published files that cannot be read, by name: the code and the place.
_WRONG = {
    "aperak.edi": ("EDI-03", "UNT[8].1"),
    "aperak_rejected.edi": ("EDI-03", "UNT[8].1"),
    "order.edi": ("EDI-08", "UNT[17]"),
    "order2.edi": ("EDI-08", "UNT[12]"),
    "patient1.edi": ("WIRE-05", ""),
    "patient3.edi": ("WIRE-08", ""),
    "wikipedia_de.edi": ("EDI-04", "UNZ[11].2"),
}


@pytest.mark.reference
def test_it_reads_or_refuses_every_published_interchange(reference_data, refused, capsys):
    counts: Counter[str] = Counter()
    for path in sorted((reference_data / "messages" / "edifact").rglob("*.edi")):
        content = path.read_bytes()
        counts["samples"] += 1
        try:
            (message, *_) = read_interchange(examine(content).content, LIMITS).messages
        except WireError as error:
            assert [(one.code, one.path) for one in error.findings] == [_WRONG[path.name]], path
            counts["refused at the right place"] += 1
            continue
        counts["syntax read"] += 1
        if message.type != "CUSDEC":
            assert [code for code, _ in refused(content)] == ["WIRE-24"], path
            counts["other messages named"] += 1
            continue
        declaration = wire.read(content).declaration
        written = wire.write(declaration, "edifact")
        assert wire.read(written).declaration == declaration, path
        assert wire.read(wire.write(declaration, "json")).declaration == declaration, path
        assert sorted(written.decode().split("'\n")[:-1]) == sorted(content.decode().rstrip("'").split("'")), path
        counts["CUSDEC round trips"] += 1
    with capsys.disabled():
        print(f"\n  edifact: {dict(counts)}")
    assert counts["CUSDEC round trips"] >= 1
    assert counts["samples"] == counts["syntax read"] + counts["refused at the right place"]

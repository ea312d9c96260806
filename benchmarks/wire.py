# SPDX-License-Identifier: Apache-2.0
"""Reading and writing a five-item message, against lxml's bare parse of the same bytes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from benchmarks.figures import Figure, seconds_each
from gumruk import demonstration, wire


def figures() -> Iterator[Figure]:
    """Declarations a second, and each stage as a ratio to the bare parse."""
    content = demonstration.sample_path("truck_mixed.xml").read_bytes()
    declaration = wire.read(content).declaration
    canonical = wire.canonical(declaration)
    if wire.read(canonical).declaration != declaration:
        raise AssertionError("the canonical form is another declaration")
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    bare = seconds_each(lambda: etree.fromstring(content, parser))
    stages = {
        "read": seconds_each(lambda: wire.read(content)),
        "write": seconds_each(lambda: wire.write(declaration, "wco")),
        "canonical": seconds_each(lambda: wire.canonical(declaration)),
        "read json": seconds_each(lambda: wire.read(canonical)),
    }
    yield Figure("wire", "bare lxml parse", round(bare * 1e6, 1), "us")
    for stage, seconds in stages.items():
        yield Figure("wire", stage, round(seconds * 1e6, 1), "us")
        yield Figure("wire", f"{stage} to bare parse", round(seconds / bare, 2), "ratio")
    yield Figure("wire", "declarations read a second", round(1 / stages["read"]), "1/s")

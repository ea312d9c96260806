# SPDX-License-Identifier: Apache-2.0
"""Messages read, checked by every rule and written: each stage against lxml's bare parse, and 999 items at once."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from lxml import etree

from benchmarks.figures import Figure, seconds_each
from gumruk import demonstration, packs, wire
from gumruk.law.declarations import RULES, Context, check_declaration, read_declaration
from gumruk.law.declarations.model import Declaration
from gumruk.law.kernel import Finding
from gumruk.law.lawbook import Legal, Moments
from gumruk.wire.itemlists import guess_mapping, headers_of, read_items

DAY = date(2026, 11, 25)
ITEMS_MAX = 999
Check = Callable[[Declaration], tuple[Finding, ...]]


def figures() -> Iterator[Figure]:
    """Messages a second, each stage as a ratio to the bare parse, the largest declaration's time and memory."""
    content = demonstration.sample_path("truck_mixed.xml").read_bytes()
    declaration = wire.read(content).declaration
    if len(read_declaration(declaration).items) != 5:
        raise AssertionError("the sample has no five items")
    canonical = wire.canonical(declaration)
    if wire.read(canonical).declaration != declaration:
        raise AssertionError("the canonical form is another declaration")
    check = checking()
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    bare = seconds_each(lambda: etree.fromstring(content, parser))
    stages = {
        "read": (seconds_each(lambda: wire.read(content)), ""),
        "check": (seconds_each(lambda: check(declaration)), "under 1 ms"),
        "write": (seconds_each(lambda: wire.write(declaration, "wco")), ""),
        "canonical": (seconds_each(lambda: wire.canonical(declaration)), ""),
    }
    yield Figure("wire", "rules asked", len(RULES), "rules", "at least 150")
    yield Figure("wire", "bare lxml parse", milliseconds(bare), "ms")
    for stage, (seconds, goal) in stages.items():
        yield Figure("wire", stage, milliseconds(seconds), "ms", goal)
        yield Figure("wire", f"{stage} to bare parse", round(seconds / bare, 1), "ratio")
    whole = seconds_each(lambda: gone_through(content, check))
    yield Figure("wire", "read, checked and written a second", round(1 / whole), "1/s", "at least 300")
    for name in wire.FORMATS:
        written = wire.write(declaration, name)
        yield Figure("wire", f"read {name}", milliseconds(seconds_each(lambda held=written: wire.read(held))), "ms")
        written_in = seconds_each(lambda of=name: wire.write(declaration, of))
        yield Figure("wire", f"write {name}", milliseconds(written_in), "ms")
    rows = goods_list()
    mapping = guess_mapping(headers_of(rows))
    listed = seconds_each(lambda: read_items(rows, mapping))
    yield Figure("wire", f"read a list of {ITEMS_MAX} goods from CSV", milliseconds(listed), "ms")
    yield from largest_figures()


def milliseconds(seconds: float) -> float:
    """Seconds as milliseconds, to the microsecond."""
    return round(seconds * 1_000, 3)


def checking() -> Check:
    """All rules of the pack for Tajikistan on one day, in training mode."""
    pack = packs.load(packs.pack_folder("tj"))
    context = Context(Legal(pack.book, Moments(DAY, DAY), training=True), pack.code_lists, DAY)
    return lambda declaration: check_declaration(read_declaration(declaration), context)


def gone_through(content: bytes, check: Check) -> bytes:
    """A message read, checked and written."""
    declaration = wire.read(content).declaration
    check(declaration)
    return wire.write(declaration, "wco")


def goods_list() -> bytes:
    """A list of as many goods as may be, as a trader's spreadsheet writes it."""
    rows = [f"84713{place:05};Goods {place};{place + 2};{place + 1};{place * 3 + 1};CN" for place in range(ITEMS_MAX)]
    return "\n".join(("HS code;Description;Gross kg;Net kg;Amount, USD;Origin", *rows)).encode()


def largest() -> bytes:
    """A declaration of as many items as may be, of the five kinds of goods of the sample, numbered through."""
    declaration = wire.read(demonstration.sample_path("truck_mixed.xml").read_bytes()).declaration
    shipment = declaration.goods_shipment
    if shipment is None:
        raise AssertionError("the sample has no goods")
    kinds = shipment.items
    items = tuple(replace(kinds[place % len(kinds)], sequence_numeric=place + 1) for place in range(ITEMS_MAX))
    head = replace(declaration, goods_item_quantity=ITEMS_MAX, goods_shipment=replace(shipment, items=items))
    return wire.write(head, "wco")


def largest_figures() -> Iterator[Figure]:
    """Time and memory of the largest declaration, in a process of its own so that nothing else is counted."""
    command = [sys.executable, "-m", "benchmarks.wire"]
    done = subprocess.run(command, input=largest(), capture_output=True, check=True)
    for figure in json.loads(done.stdout):
        yield Figure(**figure)


def largest_measured(content: bytes) -> Iterator[dict[str, object]]:
    """The figures of the largest declaration: best of five, each stage, and what memory it took on top of the rest."""
    check = checking()
    check(wire.read(demonstration.sample_path("truck_mixed.xml").read_bytes()).declaration)
    before = memory("VmRSS")
    best = dict.fromkeys(("read", "check", "write"), float("inf"))
    whole = float("inf")
    for _ in range(5):
        marks = [time.perf_counter()]
        declaration = wire.read(content).declaration
        marks.append(time.perf_counter())
        check(declaration)
        marks.append(time.perf_counter())
        wire.write(declaration, "wco")
        marks.append(time.perf_counter())
        for place, stage in enumerate(best):
            best[stage] = min(best[stage], marks[place + 1] - marks[place])
        whole = min(whole, marks[-1] - marks[0])
        del declaration
    taken = memory("VmHWM") - before
    size = round(len(content) / 1_000_000, 2)
    yield {"bench": "wire", "figure": f"{ITEMS_MAX} items: size", "value": size, "unit": "MB"}
    for stage, seconds in best.items():
        yield {"bench": "wire", "figure": f"{ITEMS_MAX} items: {stage}", "value": round(seconds * 1e3), "unit": "ms"}
    name = f"{ITEMS_MAX} items: read, checked and written"
    yield {"bench": "wire", "figure": name, "value": round(whole * 1e3), "unit": "ms", "goal": "under 300 ms"}
    name = f"{ITEMS_MAX} items: memory taken"
    yield {"bench": "wire", "figure": name, "value": round(taken, 1), "unit": "MB", "goal": "under 100 MB"}


def memory(name: str) -> float:
    """What Linux says of this process's memory, in MB: VmRSS is held now, VmHWM was held at most."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) * 1_024 / 1_000_000


if __name__ == "__main__":
    json.dump(list(largest_measured(sys.stdin.buffer.read())), sys.stdout)

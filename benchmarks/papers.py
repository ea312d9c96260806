# SPDX-License-Identifier: Apache-2.0
"""Printing: a five-item declaration on its form, one of forty items, and how much of it is the layout."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count

from benchmarks.figures import Figure, seconds_each
from gumruk import demonstration, packs, texts, wire
from gumruk.law.assessment import assess
from gumruk.law.declarations import goods_facts, read_declaration
from gumruk.law.declarations.model import Declaration
from gumruk.law.lawbook import Legal, Moments
from gumruk.office.declarations.form_filling import DeclarationFilling
from gumruk.office.declarations.form_head import form_head, watermark
from gumruk.office.documents.press import form_press
from gumruk.office.documents.sheets import FormSheets

DAY, NOON = date(2026, 12, 15), datetime(2026, 12, 15, 7, tzinfo=UTC)
GOAL_MS, ROUNDS = 22, 9


def figures() -> Iterator[Figure]:
    """Milliseconds a page, each print with another number, so that nothing printed before is used again."""
    pack = packs.load(packs.pack_folder("tj"))
    truck = wire.read(demonstration.sample_path("truck_mixed.xml").read_bytes()).declaration
    for items, form in ((5, "declaration"), (40, "declaration"), (40, "valuation")):
        filling = _filling(pack, _of_items(truck, items), form)
        numbers = count()
        pages = _print(filling, next(numbers))
        seconds = seconds_each(lambda f=filling, n=numbers: _print(f, next(n)))
        laying = seconds_each(lambda f=filling: FormSheets(pack.forms[f.form], f, _word).laid())
        name = f"{form} of {items} items, {pages} pages"
        yield Figure("papers", name, round(seconds * 1000, 1), "ms")
        goal = f"at most {GOAL_MS} ms a page"
        yield Figure("papers", f"{name}: a page", round(seconds * 1000 / pages, 2), "ms", goal)
        worked = min(_processor_seconds(filling, next(numbers)) for _ in range(ROUNDS))
        yield Figure("papers", f"{name}: a page, of a processor", round(worked * 1000 / pages, 2), "ms", goal)
        yield Figure("papers", f"{name}: of it laid out", round(laying * 1000 / pages, 2), "ms")


def _processor_seconds(filling: DeclarationFilling, number: int) -> float:
    """What all threads worked on a print: on a busy machine the clock on the wall counts the neighbours too."""
    started = time.process_time()
    _print(filling, number)
    return time.process_time() - started


def _of_items(declaration: Declaration, number: int) -> Declaration:
    shipment = declaration.goods_shipment
    if shipment is None:
        raise AssertionError("the sample has no goods")
    items = tuple(
        replace(shipment.items[place % len(shipment.items)], sequence_numeric=place + 1) for place in range(number)
    )
    return replace(declaration, goods_shipment=replace(shipment, items=items))


def _filling(pack: packs.Pack, declaration: Declaration, form: str) -> DeclarationFilling:
    reading = read_declaration(declaration)
    assessment = assess(goods_facts(reading), Legal(pack.book, Moments(DAY, DAY), training=True))
    return DeclarationFilling(form, "tg", pack, reading, assessment)


def _print(filling: DeclarationFilling, number: int) -> int:
    form = filling.pack.forms[filling.form]
    numbered = replace(filling, facts={"number": f"TJ-KUL/151226/{number:06d}", "registered": "15.12.2026"})
    head = form_head(
        form.id,
        "tg",
        "tj",
        numbered.facts["number"],
        NOON,
        training=True,
        address=f"http://127.0.0.1:8000/verify/{number:022d}",
        control="A1B2 C3D4 E5F6 0718",
    )
    content, sheets = form_press(form, numbered, "tg", head=head, watermark=watermark(form, "tg", training=True))
    if not content.startswith(b"%PDF-1.7"):
        raise AssertionError("that is no PDF")
    return sheets


def _word(key: str, **params: object) -> str:
    return texts.say("tg", f"document.form.{key}", **params)

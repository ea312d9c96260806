# SPDX-License-Identifier: Apache-2.0
"""Forms on paper: every box of the layout, continuation sheets, nothing cut, PDF/A that can be searched and copied."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gumruk import cli, demonstration, packs, texts, wire
from gumruk.law.assessment import assess
from gumruk.law.declarations import goods_facts, read_declaration
from gumruk.law.declarations.model import AdditionalDocument, Declaration, GoodsItem, GoodsShipment
from gumruk.law.lawbook import Legal, Moments, Status
from gumruk.office.declarations.form_filling import _FACTS, _ITEM_FACTS, _ROWS, DeclarationFilling
from gumruk.office.declarations.form_head import form_head, watermark
from gumruk.office.documents.glyphs import width_mm
from gumruk.office.documents.press import form_press
from gumruk.office.documents.sheets import FormSheets
from gumruk.office.documents.strips import paragraphs_of, text_strips, wrapped
from gumruk.packs.form_fields import FACTS, ITEM_FACTS, ROWS

DAY = date(2026, 12, 15)
NOON = datetime(2026, 12, 15, 7, tzinfo=UTC)
PACK = packs.load(packs.pack_folder("tj"))
TRUCK = wire.read(demonstration.sample_path("truck_mixed.xml").read_bytes()).declaration
TAJIK = "Ширкати «Қӯҳистони Ҳиндукуш» ғӣқӯҳҷ "
LETTERS = "ғӣқӯҳҷ ҒӢҚӮҲҶ 0123456789"
#: What only the file gives, or the sheets themselves.
OF_FILE = {"number", "version", "registered", "accepted", "released", "decision", "grounds", "decided", "difference"}
OF_SHEETS = {"sheet", "sheets"}


def declared(items: tuple[GoodsItem, ...] = (), **head: Any) -> Declaration:
    shipment = TRUCK.goods_shipment or GoodsShipment()
    numbered = tuple(replace(item, sequence_numeric=place) for place, item in enumerate(items or shipment.items, 1))
    return replace(TRUCK, goods_shipment=replace(shipment, items=numbered), **head)


def items(count: int) -> tuple[GoodsItem, ...]:
    own = TRUCK.goods_shipment.items if TRUCK.goods_shipment else ()
    return tuple(own[place % len(own)] for place in range(count))


def filling(declaration: Declaration, form: str = "declaration", language: str = "tg") -> DeclarationFilling:
    reading = read_declaration(declaration)
    try:
        assessment = assess(goods_facts(reading), Legal(PACK.book, Moments(DAY, DAY), training=True))
    except ValueError:
        assessment = None
    return DeclarationFilling(form, language, PACK, reading, assessment)


def printed(declaration: Declaration, form: str = "declaration", language: str = "tg") -> tuple[bytes, int]:
    head = form_head(form, language, "tj", "TJ-KUL/151226/000001", NOON, training=True, address="http://g/verify/abc")
    marks = watermark(PACK.forms[form], language, training=True)
    return form_press(PACK.forms[form], filling(declaration, form, language), language, head=head, watermark=marks)


def marks_of(declaration: Declaration, form: str = "declaration") -> list[list[str]]:
    """The texts of every sheet, as they are placed."""

    def word(key: str, **params: object) -> str:
        return texts.say("tg", f"document.form.{key}", **params)

    return [
        [mark.text for mark in sheet.marks]
        for sheet in FormSheets(PACK.forms[form], filling(declaration, form), word).laid()
    ]


@pytest.fixture
def text_of(tmp_path: Path) -> Callable[[bytes], str]:
    """The text of a PDF as a reader's search finds it."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("no pdftotext here; on Debian: apt-get install poppler-utils")

    def text(pdf: bytes) -> str:
        (tmp_path / "form.pdf").write_bytes(pdf)
        command = [tool, "-layout", tmp_path / "form.pdf", "-"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    return text


def test_it_has_every_box_of_the_form_in_its_layout() -> None:
    boxes = {box.box for box in PACK.forms["declaration"].boxes}
    assert {*map(str, range(1, 55)), "A", "B", "C", "D"} <= boxes


def test_it_numbers_a_field_by_the_box_made_for_its_code_and_not_by_one_that_shows_it_too() -> None:
    assert PACK.forms["declaration"].box_of("goods_shipment.export_country_id") == "15a"


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("form", ["declaration", "valuation"])
def test_it_is_an_archivable_pdf_with_its_fonts_and_colours(form: str, language: str) -> None:
    pdf, _ = printed(TRUCK, form, language)
    everything = b"".join((pdf, *_streams(pdf)))
    assert re.search(rb"pdfaid:part(>|=\")2", everything)
    assert re.search(rb"pdfaid:conformance(>|=\")A", everything)
    for mark in (b"/OutputIntent", b"/GTS_PDFA1", b"/DestOutputProfile", b"/StructTreeRoot", b"/Metadata", b"/ID"):
        assert mark in everything
    fonts = everything.count(b"/FontDescriptor ")
    assert fonts
    assert len(re.findall(rb"/FontFile[23] ", everything)) == len(re.findall(rb"/Type ?/FontDescriptor", everything))
    assert b"/Encrypt" not in everything
    assert b"/JavaScript" not in everything


def test_it_can_be_searched_and_copied_in_tajik(text_of: Callable[[bytes], str]) -> None:
    exporter = replace(TRUCK.exporter, name=LETTERS) if TRUCK.exporter else None
    found = text_of(printed(declared(exporter=exporter))[0]).replace("\N{NO-BREAK SPACE}", " ")
    for words in (
        LETTERS,
        "Эъломияи гумрукии бор",
        "Арзиши гумрукӣ",
        "8517 13 000 0",
        "75 470,00 USD",
        "Ҳисоби пардохтҳо",
    ):
        assert words in found


@pytest.mark.parametrize(("count", "sheets"), [(1, 1), (2, 2), (4, 2), (5, 3), (40, 14)])
def test_it_continues_three_items_a_sheet(count: int, sheets: int) -> None:
    laid = marks_of(declared(items(count)))
    assert len(laid) == sheets
    for place, marks in enumerate(laid, start=1):
        assert f"{place}/{sheets}" in marks


def test_it_prints_forty_items_with_their_numbers_and_pages(text_of: Callable[[bytes], str]) -> None:
    pdf, sheets = printed(declared(items(40)))
    found = text_of(pdf)
    assert (sheets, found.count("\f")) == (14, 14)
    assert texts.say("tg", "document.page", page=14, pages=14) in found
    assert "14/14" in found


def test_it_sets_a_long_name_smaller_and_keeps_all_of_it() -> None:
    name = (TAJIK * 20)[:511].strip() + "!"
    laid = marks_of(declared(exporter=replace(TRUCK.exporter, name=name)))  # type: ignore[type-var]
    together = " ".join(" ".join(marks) for marks in laid)
    assert name in re.sub(r" +", " ", together)


def test_it_continues_in_the_supplement_what_a_box_does_not_hold() -> None:
    first, *others = items(3)
    ids = [f"KSR-26-{number:06d}" for number in range(300)]
    documents = tuple(AdditionalDocument(type_code="380", id=each) for each in ids)
    laid = marks_of(declared((first, replace(others[0], additional_documents=documents), others[1])))
    assert len(laid) == 3
    note = texts.say("tg", "document.form.continued", number=1)
    assert note in laid[1]
    box = texts.say("tg", "document.form.rest_of_item", box=44, item=2)
    assert any(box in mark for mark in laid[2])
    together = " ".join(" ".join(marks) for marks in laid)
    assert [each for each in ids if each not in together] == []
    assert "3/3" in laid[2]


def test_it_continues_on_as_many_supplements_as_it_takes() -> None:
    (item,) = items(1)
    words = [f"қисми-{number}" for number in range(6000)]
    assert item.commodity is not None
    long = replace(item, commodity=replace(item.commodity, description=" ".join(words)))
    laid = marks_of(declared((long,)))
    assert len(laid) > 3
    assert set(words) <= set(" ".join(" ".join(marks) for marks in laid).split())


def test_it_parts_a_word_that_no_line_holds() -> None:
    lines = wrapped("а" * 400, 40.0, 7.5)
    assert "".join(line for line, _ in lines) == "а" * 400
    assert all(width_mm(line, 7.5) <= 40 for line, _ in lines)


@pytest.mark.parametrize("form", ["declaration", "valuation"])
def test_it_prints_an_empty_declaration(form: str) -> None:
    pdf, sheets = printed(Declaration(), form)
    assert pdf.startswith(b"%PDF-1.7")
    assert sheets == 1


@pytest.mark.parametrize("name", demonstration.SAMPLES)
def test_it_prints_every_sample_of_the_demonstration(name: str) -> None:
    declaration = wire.read(demonstration.sample_path(name).read_bytes(), name).declaration
    for language in texts.LANGUAGES:
        assert printed(declaration, "declaration", language)[0].startswith(b"%PDF-1.7")


@pytest.mark.parametrize("foreign", ["小麦粉", "\ue000", "\u0378", '#panic("x") $x$ @ref', "\u202eab", "a\r\n\tb"])
def test_it_prints_whatever_a_trader_wrote(foreign: str) -> None:
    exporter = replace(TRUCK.exporter, name=f"ғӣқ {foreign} № 1") if TRUCK.exporter else None
    assert printed(declared(exporter=exporter))[0].startswith(b"%PDF-1.7")


def test_it_gives_the_same_bytes_for_the_same_declaration() -> None:
    assert printed(TRUCK) == printed(TRUCK)


def test_it_says_on_every_sheet_that_its_layout_is_not_verified() -> None:
    form = PACK.forms["declaration"]
    assert watermark(form, "en", training=False) == ["LAYOUT NOT VERIFIED"]
    assert watermark(form, "en", training=True) == ["LAYOUT NOT VERIFIED", "TRAINING"]
    assert watermark(replace(form, status=Status.VERIFIED), "en", training=False) == []


def test_it_fills_every_place_that_a_layout_may_name() -> None:
    assert set(_FACTS) | OF_FILE | OF_SHEETS == set(FACTS)
    assert set(_ITEM_FACTS) == set(ITEM_FACTS)
    assert set(_ROWS) | {"changes", "differences"} == set(ROWS)


def test_it_charges_in_box_47_what_was_assessed() -> None:
    full = filling(TRUCK)
    assert full.assessment is not None
    rows = full.rows("item.payments", ["type", "amount"], 0)
    own = [line for line in full.assessment.lines if line.item in (1, None)]
    assert [row[0] for row in rows[:-1]] == [line.code for line in own]
    total = full.rows("payments", ["charge", "payable"], None)[-1][1]
    assert total == full.money(full.assessment.total())


def test_it_tells_an_unasked_question_from_a_no() -> None:
    rows = filling(TRUCK, "valuation", "en").rows("answers", ["question", "answer"], None)
    assert rows == [[code, ""] for code in ("7a", "7b", "8a", "8b", "9a", "9b")]


@given(st.text(alphabet="абғӣ a-/", max_size=300), st.floats(min_value=8, max_value=150))
@settings(max_examples=150)
def test_it_loses_no_sign_when_it_wraps(text: str, width: float) -> None:
    plain = re.sub(" +", " ", text).strip()
    strips = text_strips([plain], width, 7.0)
    assert " ".join(paragraphs_of(strips)) == plain
    assert all(width_mm(strip.marks[0].text, 7.0) <= width + 0.001 for strip in strips)


def test_it_prints_from_the_command_line_without_a_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample, out = demonstration.sample_path("truck_mixed.xml"), tmp_path / "form.pdf"
    words = ["print", str(sample), "--form", "declaration", "--language", "tg", "--out", str(out), "--on", "2026-12-15"]
    assert cli.main(words) == 0
    assert out.read_bytes().startswith(b"%PDF-1.7")
    assert "3" in capsys.readouterr().out
    assert cli.main([*words, "--form", "correction"]) == 2
    assert "declaration, valuation" in capsys.readouterr().err
    assert cli.main(["print", str(tmp_path / "none.xml")]) == 2
    (tmp_path / "bad.xml").write_text("<Declaration>")
    assert cli.main(["print", str(tmp_path / "bad.xml")]) == 2


def test_it_says_that_a_paper_from_a_message_was_not_issued() -> None:
    head = form_head("declaration", "en", "tj", "ATR-1", NOON, training=False)
    assert (head["qr"], head["verify_words"]) == ("", texts.say("en", "document.form.not_issued"))


def _streams(pdf: bytes) -> list[bytes]:
    found = []
    for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(part))
        except zlib.error:
            found.append(part)
    return found


def test_it_says_where_it_cannot_write_and_what_it_cannot_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = str(demonstration.sample_path("cars.xml"))
    assert cli.main(["print", sample, "--out", str(tmp_path / "none" / "x.pdf")]) == 2
    assert "cannot be written: No such file or directory" in capsys.readouterr().err
    assert cli.main(["print", sample, "--out", str(tmp_path)]) == 0
    assert (tmp_path / "cars-declaration.pdf").read_bytes().startswith(b"%PDF")
    assert cli.main(["print", str(tmp_path / "none.xml")]) == 2
    assert "BATCH-10" in capsys.readouterr().err
    assert cli.main(["print", sample, "--country", "xx"]) == 2
    assert "Mend: " in capsys.readouterr().err

# SPDX-License-Identifier: Apache-2.0
"""Papers: every kind in every language is a PDF/A that can be searched, and nothing typed into it becomes source."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from gumruk import texts
from gumruk.law.kernel import Money
from gumruk.office.documents.papers import (
    AssessedCharge,
    ChargesNotice,
    FoundLine,
    GoodsLine,
    Named,
    PaidLine,
    Paper,
    ReceiptPaper,
    RegistrationRefusal,
    ReleaseNote,
    Signature,
)
from gumruk.office.documents.render import Proof, document_render, pdf_name, qr_code
from gumruk.office.project.environment import installed_pack

NOON = datetime(2026, 11, 25, 7, tzinfo=UTC)
KULMA = Named("TJ-KUL", "Кулма")
ALPHA = Named("020012345", "ҶДММ «Алфа Трейд»")
SITORA = Signature("Ситора Назарова", "Кассир", ("Кодекси гумрукии Ҷумҳурии Тоҷикистон, моддаи 341",))
PROOF = Proof("http://127.0.0.1:8000/verify/kq7Lr2VxT0m4Yc9dPzE1aw", "A1B2 C3D4 E5F6 0718", training=True)
HOSTILE = '#panic("x") *bold* $x$ @ref <label> \\ // /* `raw` #sys.inputs'


def somoni(text: str) -> Money:
    return Money(Decimal(text), "TJS")


RECEIPT = ReceiptPaper(
    "TJ-KUL/2026/000017", KULMA, NOON, SITORA, ALPHA, somoni("180000"), "bank", "PO 4471", date(2026, 11, 24), HOSTILE
)
PAID = (
    PaidLine(Named("import_duty", "Боҷи воридотӣ"), somoni("2405.11"), "paid"),
    PaidLine(Named("vat", "Андоз аз арзиши иловашуда"), somoni("7208.40"), "paid"),
)
RELEASE = ReleaseNote(
    "TJ-KUL/251126/000041",
    KULMA,
    NOON,
    replace(SITORA, name="Дилноза Каримова", role="Нозир"),
    ALPHA,
    ALPHA,
    Named("40", "Раҳокунӣ барои истеъмоли дохилӣ"),
    "01 KG 123 ABC / 02 KG 77 AB",
    tuple(
        GoodsLine(item, "8703231940", f"Мошини сабукрав, ғӣқӯҳҷ {HOSTILE}", "12 CT", Decimal("1250.5"))
        for item in range(1, 6)
    ),
    PAID,
    "Бе ҳуқуқи фурӯш то 1 марти 2027",
)
REFUSAL = RegistrationRefusal(
    "ALPHA-2026-118",
    KULMA,
    NOON,
    SITORA,
    ALPHA,
    tuple(
        FoundLine("DEC-17", f"Моли {item}, вазни соф", "Вазни соф аз вазни умумӣ зиёд аст.", "Ислоҳ кунед.", "м. 5")
        for item in range(1, 4)
    ),
    date(2026, 12, 25),
)
CHARGES = ChargesNotice(
    "TJ-KUL/251126/000041",
    KULMA,
    NOON,
    SITORA,
    ALPHA,
    "TJS",
    tuple(
        AssessedCharge(
            item,
            Named("vat", "Андоз аз арзиши иловашуда"),
            somoni("1200.50") if item else None,
            (("Арзиши гумрукӣ", "8 575,00 TJS"), ("Меъёр", "14 %")),
            "Кодекси андоз, моддаи 264",
        )
        for item in range(4)
    ),
    PAID,
)
PAPERS: tuple[Paper, ...] = (RECEIPT, RELEASE, REFUSAL, CHARGES)
WITH_LANGUAGE = [(paper, language) for paper in PAPERS for language in texts.languages()]


def name_of(value: object) -> str:
    return value if isinstance(value, str) else str(getattr(value, "kind", value))


def text_of(pdf: bytes, folder: Path, order: str = "-layout") -> str:
    """The text of a PDF as a reader's search finds it."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("no pdftotext here; on Debian: apt-get install poppler-utils")
    (folder / "paper.pdf").write_bytes(pdf)
    return subprocess.run([tool, order, folder / "paper.pdf", "-"], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(("paper", "language"), WITH_LANGUAGE, ids=name_of)
def test_it_sets_every_paper_in_every_language_as_tagged_pdf_a(paper: Paper, language: str) -> None:
    pdf = document_render(paper, language, PROOF)
    assert pdf.startswith(b"%PDF-1.7")
    assert b"/MarkInfo" in pdf
    assert b"pdfaid:conformance" in pdf or any(b"pdfaid" in part for part in _streams(pdf))


@pytest.mark.parametrize(("paper", "language"), WITH_LANGUAGE, ids=name_of)
def test_it_can_be_searched_in_every_language(paper: Paper, language: str, tmp_path: Path) -> None:
    found = text_of(document_render(paper, language, PROOF), tmp_path)
    for words in (f"{paper.kind}.title", "state.tj", "training", "verify"):
        assert texts.say(language, f"document.{words}") in re.sub(r"\s+", " ", found)
    for words in (paper.number, PROOF.control, PROOF.address, "Кулма (TJ-KUL)"):
        assert words in found
    assert texts.say(language, "document.page", page=1, pages=1).split("1")[0] in found


def test_it_shows_what_was_typed_and_runs_none_of_it(tmp_path: Path) -> None:
    assert HOSTILE in re.sub(r"\s+", " ", text_of(document_render(RECEIPT, "tg", PROOF), tmp_path))


@pytest.mark.parametrize("foreign", ["小麦粉", "🌾", "\ue000", "\U0001fffe", "\u0378", "แป้ง", "\u202eab", "ab" * 2000])
def test_it_sets_a_paper_whatever_a_trader_wrote(foreign: str) -> None:
    goods = (GoodsLine(1, "1101001500", f"Орд ғӣқ {foreign} № 1", "12 CT", Decimal("1250.5")),)
    pdf = document_render(replace(RELEASE, goods=goods), "tg", PROOF)
    assert any(b"pdfaid" in part for part in (pdf, *_streams(pdf)))


def test_it_replaces_only_what_the_font_has_not(tmp_path: Path) -> None:
    paper = replace(RECEIPT, remark="ғӣқӯҳҷ 小麦 № 1")
    assert "ғӣқӯҳҷ \ufffd\ufffd № 1" in text_of(document_render(paper, "tg", PROOF), tmp_path)


def test_it_keeps_every_tajik_letter(tmp_path: Path) -> None:
    paper = replace(RECEIPT, remark="ғӣқӯҳҷ ҒӢҚӮҲҶ")
    assert "ғӣқӯҳҷ ҒӢҚӮҲҶ" in text_of(document_render(paper, "tg", PROOF), tmp_path)


def test_it_gives_the_same_bytes_for_the_same_paper() -> None:
    assert document_render(RELEASE, "en", PROOF) == document_render(RELEASE, "en", PROOF)


def test_it_marks_training_and_only_training(tmp_path: Path) -> None:
    words = texts.say("en", "document.training")
    assert words in text_of(document_render(RECEIPT, "en", PROOF), tmp_path)
    assert words not in text_of(document_render(RECEIPT, "en", replace(PROOF, training=False)), tmp_path)


def test_it_says_that_a_receipt_is_void_and_why(tmp_path: Path) -> None:
    found = text_of(document_render(replace(RECEIPT, void_reason="wrong payer"), "en", PROOF), tmp_path)
    assert installed_pack().label("forms", "receipt.void", "en") in found
    assert "wrong payer" in found


def test_it_numbers_the_pages_of_a_long_paper(tmp_path: Path) -> None:
    long = replace(RELEASE, goods=RELEASE.goods * 20)
    found = text_of(document_render(long, "en", PROOF), tmp_path)
    pages = found.count("\f")
    assert pages > 2
    assert f"page {pages} of {pages}" in found


def test_it_tells_papers_apart_by_content_and_not_by_language() -> None:
    assert RECEIPT.content() == replace(RECEIPT, office=Named("TJ-KUL", "Kulma")).content()
    assert RECEIPT.content() != replace(RECEIPT, amount=somoni("180000.01")).content()
    assert len({str(paper.content()) for paper in PAPERS}) == len(PAPERS)


def test_it_draws_a_qr_code_as_svg_and_names_files_plainly() -> None:
    assert qr_code(PROOF.address).startswith("<svg")
    assert pdf_name(RECEIPT) == "receipt-TJ-KUL-2026-000017.pdf"


def _streams(pdf: bytes) -> list[bytes]:
    found = []
    for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(part))
        except zlib.error:
            found.append(part)
    return found

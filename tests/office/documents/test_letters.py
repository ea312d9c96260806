# SPDX-License-Identifier: Apache-2.0
"""Letters: the country's pack arranges them, what they say and its digest are the office's."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from tests.office.documents.test_papers import (
    ALPHA,
    CHARGES,
    KULMA,
    NOON,
    PROOF,
    RECEIPT,
    REFUSAL,
    RELEASE,
    SITORA,
    somoni,
    text_of,
)

from gumruk import packs, texts
from gumruk.law.audit import canonical_text
from gumruk.law.lawbook import Status
from gumruk.office.declarations.decision_letter import DecidedLine, DecisionLetter
from gumruk.office.declarations.release_refusal import ReleaseRefusal
from gumruk.office.documents.papers import LetterPaper
from gumruk.office.documents.parts import Named
from gumruk.office.documents.render import document_render
from gumruk.office.project.environment import installed_pack
from gumruk.packs.letter_facts import LETTERS

NUMBER = "TJ-KUL/251126/000041"
LINE = DecidedLine(
    number=1,
    day=date(2026, 11, 24),
    item=1,
    what=Named("code", "commodity code"),
    declared="8703 23 194 0",
    decided="8703 24 109 0",
    grounds="The engine holds 3.5 l",
    act=Named("TJ-CC-2024", "Customs Code, article 52"),
    appeal_body="Customs Service",
    appeal_until=date(2026, 12, 24),
)
LINES = (LINE, replace(LINE, number=2, item=3, act=Named(""), appeal_until=None))
DECISION = DecisionLetter(NUMBER, KULMA, NOON, SITORA, ALPHA, LINES, somoni("9613.51"), somoni("12004.10"))
STOPPED = ReleaseRefusal(NUMBER, KULMA, NOON, SITORA, ALPHA, 3, "No permit", "Article 130", "", None)
LETTERS_SET: tuple[LetterPaper, ...] = (RECEIPT, RELEASE, REFUSAL, CHARGES, DECISION, STOPPED)
#: What these papers' digests were before the pack laid letters out: documents that were issued are still verified.
DIGESTS = {
    "receipt": "f279f2bdf3e16aeaee7885027996bd9e5a44480d76367ffdc414d9236b69a448",
    "release_note": "f54305bb0d9c3ceb2b1be2fd37126aca1e251e1752cbb6db14c3ab42a10a392e",
    "registration_refusal": "004352aff437b9d4e4c43473bb6a435583fec474b60f391d57199b11cae1e6d9",
    "charges": "c00368be7593242d4cb0d433159f5b5ee86976f9912910e2b56af098cc22c417",
    "decision": "f4875a8f5b8cd2f757d672b4ec0a123a8c27a2421b5684c06f706210dc8f5ba3",
    "release_refusal": "f605c6b67e8c1cc14118fe60a67db45997ae9857c54bcb0ccaf646a2107e1557",
}


def digest(paper: LetterPaper) -> str:
    return sha256(canonical_text(paper.content()).encode()).hexdigest()


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[str, str, str], packs.Pack]:
    """A copy of Tajikistan's pack with one piece of one file of its forms replaced."""

    def change(name: str, old: str, new: str) -> packs.Pack:
        folder = tmp_path / "pack"
        shutil.copytree(installed_pack().folder, folder)
        path = folder / "forms" / name
        before = path.read_text(encoding="utf-8")
        assert before.count(old) == 1, f"{old!r} must stand once in {name}"
        path.write_text(before.replace(old, new), encoding="utf-8")
        return packs.load(folder)

    return change


def verified(pack: packs.Pack) -> packs.Pack:
    return replace(pack, letters={name: replace(it, status=Status.VERIFIED) for name, it in pack.letters.items()})


def words_of(paper: LetterPaper, folder: Path, pack: packs.Pack | None = None, language: str = "en") -> str:
    """The words of a paper without those that stand across it."""
    plain = replace(PROOF, training=False)
    pdf = document_render(paper, language, plain, verified(pack or installed_pack()))
    return re.sub(r"\s+", " ", text_of(pdf, folder))


def test_every_letter_gives_the_facts_and_lists_that_layouts_may_name() -> None:
    assert {paper.kind for paper in LETTERS_SET} == set(LETTERS)
    for paper in LETTERS_SET:
        facts, lists = paper.facts("en"), paper.lists("en")
        assert set(facts) == set(LETTERS[paper.kind].facts)
        assert set(lists) == set(LETTERS[paper.kind].lists)
        for name, listed in lists.items():
            assert all(set(LETTERS[paper.kind].lists[name]) <= set(line) for line in listed.lines)


def test_the_digest_of_what_was_issued_is_what_it_was() -> None:
    assert {paper.kind: digest(paper) for paper in LETTERS_SET} == DIGESTS


@pytest.mark.parametrize("language", texts.languages())
@pytest.mark.parametrize("paper", [DECISION, STOPPED], ids=lambda paper: paper.kind)
def test_it_sets_decisions_and_refusals_as_tagged_pdf(paper: LetterPaper, language: str, tmp_path: Path) -> None:
    pdf = document_render(paper, language, PROOF)
    assert pdf.startswith(b"%PDF-1.7")
    assert b"/MarkInfo" in pdf
    assert texts.say(language, f"document.{paper.kind}.title") in words_of(paper, tmp_path, language=language)


def test_it_tells_every_decision_with_its_grounds_and_appeal(tmp_path: Path) -> None:
    found = words_of(DECISION, tmp_path)
    assert found.count("The engine holds 3.5 l") == 2
    for words in (
        "Decision No. 1 of 24\N{NO-BREAK SPACE}Nov\N{NO-BREAK SPACE}2026",
        "Goods item 3: commodity code",
        "You may appeal to Customs Service until",
        "You may appeal against this decision to the higher customs body or to a court.",
        "Under —",
        "2\N{NO-BREAK SPACE}390.59\N{NO-BREAK SPACE}TJS",
    ):
        assert re.sub(r"\s+", " ", words) in found
    assert "What is to be paid" not in words_of(replace(DECISION, was=None), tmp_path)


def test_what_is_not_known_is_a_dash_or_words_of_its_own(tmp_path: Path) -> None:
    assert "the higher customs body (—) or to a court until —." in words_of(STOPPED, tmp_path)
    found = words_of(replace(RECEIPT, payer=None, reference=""), tmp_path)
    assert "Payer not known yet" in found
    assert "Bank reference —" in found
    assert "unidentified receipts" in found
    assert "advance account" not in found


def test_a_row_put_elsewhere_moves_the_part(changed: Callable[[str, str, str], packs.Pack], tmp_path: Path) -> None:
    first, second = "receipt,fact,,reference,{@reference},,,\n", "receipt,fact,,value_date,{@value_date},,,\n"
    pack = changed("letters.csv", first + second, second + first)
    before, after = words_of(RECEIPT, tmp_path), words_of(RECEIPT, tmp_path, pack)
    assert before.index("Bank reference") < before.index("Value date")
    assert after.index("Value date") < after.index("Bank reference")


def test_another_caption_or_condition_changes_the_paper_and_not_its_digest(
    changed: Callable[[str, str, str], packs.Pack], tmp_path: Path
) -> None:
    pack = changed("labels.csv", "forms,receipt.received,en,Received", "forms,receipt.received,en,Taken from {@payer}:")
    assert "Taken from ҶДММ «Алфа Трейд» (020012345): 180 000.00 TJS" in words_of(RECEIPT, tmp_path, pack)
    assert "Received" not in words_of(RECEIPT, tmp_path, pack)
    assert digest(RECEIPT) == DIGESTS["receipt"]


def test_a_table_has_the_columns_that_the_row_names(
    changed: Callable[[str, str, str], packs.Pack], tmp_path: Path
) -> None:
    pack = changed("letters.csv", "item code description:rest packages net_mass", "description:rest item")
    found = words_of(RELEASE, tmp_path, pack)
    assert "Description No." in found
    assert "8703 23 194 0" not in found


def test_facts_are_never_read_as_places(tmp_path: Path) -> None:
    assert "{@number} {use} }{" in words_of(replace(RECEIPT, remark="{@number} {use} }{"), tmp_path)


def test_the_layout_is_marked_until_it_is_verified(tmp_path: Path) -> None:
    def across(pack: packs.Pack, training: bool) -> list[str]:
        pdf = document_render(RECEIPT, "en", replace(PROOF, training=training), pack)
        found = re.sub(r"\s+", "", text_of(pdf, tmp_path, "-raw"))
        return [words for words in ("LAYOUTNOTVERIFIED", "LAYOUTNOTVERIFIEDTRAINING") if words in found]

    pack = installed_pack()
    assert across(pack, training=True) == ["LAYOUTNOTVERIFIED", "LAYOUTNOTVERIFIEDTRAINING"]
    assert across(pack, training=False) == ["LAYOUTNOTVERIFIED"]
    assert across(verified(pack), training=False) == []


def test_a_new_country_prints_its_letters_from_its_first_day(tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(installed_pack().folder, folder, ignore=shutil.ignore_patterns("forms"))
    heading = folder / "pack.toml"
    heading.write_text(
        heading.read_text(encoding="utf-8").replace('country = "TJ"', 'country = "UZ"'), encoding="utf-8"
    )
    pack = packs.load(folder)
    for paper in LETTERS_SET:
        found = words_of(paper, tmp_path, pack)
        assert "Uzbekistan Customs Service" in found
        assert paper.number in found

# SPDX-License-Identifier: Apache-2.0
"""The layouts of letters in a pack: every fault is named with its file, its line and its mend."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gumruk import packs, texts
from gumruk.law.lawbook import Status
from gumruk.packs.form_rows import FOLDER
from gumruk.packs.letter_facts import LETTERS
from gumruk.packs.letters import LETTER_COLUMNS, LETTER_KINDS, default_letters
from gumruk.packs.world import LANGUAGES

CAPTIONS = ("title", "declaration", "goods.item", "goods.code", "paid.charge", "paid.amount", "paid.total")
FILES = {
    "forms.csv": "form,act,status\nrelease_note,LAW-1,unverified\ndecision,,training\n",
    "letters.csv": (
        "form,kind,each,label,fill,columns,when,strong\n"
        "release_note,fact,,declaration,{@number},,,yes\n"
        "release_note,note,,,{words},,!transport,\n"
        "release_note,table,,goods,{@goods},item code:rest,goods,\n"
        "release_note,table,,paid,{@paid},charge:rest amount,paid,\n"
        "release_note,signature,,,,,,\n"
        "decision,section,decision,number,,,,\n"
        "decision,note,decision,,{@decision.grounds},,decision.act,\n"
    ),
    "labels.csv": "table,key,lang,label\n"
    + "".join(
        f'forms,{key},{language},"{caption}"\n'
        for key, caption in (
            *((f"release_note.{key}", f"{key} of it") for key in CAPTIONS),
            ("release_note.words", "by {@office}, to {@declarant}"),
            ("decision.title", "Decision"),
            ("decision.number", "No. {@decision.number}"),
        )
        for language in ("en", "ru")
    ),
}

# file, what stands there, what is put instead, the fault's code, its file and line, a parameter of it
CHANGES: list[tuple[str, str, str, str, str, int, tuple[str, str]]] = [
    ("letters.csv", "{@number}", "{@numbr}", "letter_fact", "letters.csv", 2, ("nearest", "@number")),
    ("letters.csv", "{@number}", "{@payer}", "letter_fact", "letters.csv", 2, ("form", "release_note")),
    ("letters.csv", "{@number}", "{@number", "form_braces", "letters.csv", 2, ("column", "fill")),
    ("letters.csv", "{@number}", "", "empty_cell", "letters.csv", 2, ("column", "fill")),
    ("letters.csv", "!transport", "!transprt", "letter_fact", "letters.csv", 3, ("nearest", "@transport")),
    ("letters.csv", "{words}", "{wrds}", "missing_label", "letters.csv", 3, ("key", "release_note.wrds")),
    ("letters.csv", "{@goods}", "{@good}", "letter_fact", "letters.csv", 4, ("nearest", "@goods")),
    ("letters.csv", "item code:rest", "item cod:rest", "unknown_word", "letters.csv", 4, ("nearest", "code")),
    ("letters.csv", "item code:rest", "item code:12", "letter_width", "letters.csv", 4, ("found", "code:12")),
    ("letters.csv", "item code:rest", "", "empty_cell", "letters.csv", 4, ("column", "columns")),
    ("letters.csv", "item code:rest", "item packages", "missing_label", "letters.csv", 4, ("key", "goods.packages")),
    ("letters.csv", "table,,paid", "findings,,paid", "letter_fact", "letters.csv", 5, ("found", "@findings")),
    ("letters.csv", "note,signature", "note,signatur", "unknown_word", "letters.csv", 6, ("nearest", "signature")),
    ("letters.csv", "note,signature", "note,section", "empty_cell", "letters.csv", 6, ("column", "label")),
    ("letters.csv", "decision,section,decision", "decision,section,decisions", "letter_fact", "letters.csv", 7,
     ("nearest", "@decision")),
    ("letters.csv", "note,decision,,", "note,,,", "letter_no_line", "letters.csv", 8, ("list", "decision")),
    ("letters.csv", "decision,note", "decison,note", "unknown_word", "letters.csv", 8, ("nearest", "decision")),
    ("letters.csv", ",decision.act,", ",decision.act,no", "unknown_word", "letters.csv", 8, ("known", "yes")),
    ("forms.csv", "decision,,training\n", "", "unknown_code", "letters.csv", 7, ("found", "decision")),
    ("forms.csv", "LAW-1", "LAW-3", "unknown_act", "forms.csv", 2, ("found", "LAW-3")),
    ("forms.csv", "unverified", "verified", "verified_without_text", "forms.csv", 2, ("act", "LAW-1")),
    ("forms.csv", "training\n", "training\ncharges,,training\n", "letter_empty", "forms.csv", 4, ("form", "charges")),
    ("labels.csv", 'release_note.title,ru,"title of it"', 'release_note.name,ru,"title of it"', "missing_label",
     "letters.csv", 2, ("languages", "ru")),
    ("labels.csv", 'paid.total,en,"paid', 'paid.totals,en,"paid', "missing_label", "letters.csv", 5, ("key", "total")),
    ("labels.csv", 'words,ru,"by {@office}', 'words,ru,"by {@ofice}', "letter_fact", "labels.csv", 17,
     ("nearest", "@office")),
    ("labels.csv", 'note.title,en,"title of it', 'note.title,en,"title of {it', "form_braces", "labels.csv", 2,
     ("column", "label")),
    ("labels.csv", 'words,ru,"by {@office}', 'words,ru,"by {title}', "letter_fact", "labels.csv", 17,
     ("found", "title")),
    ("labels.csv", 'number,en,"No. {@decision.number}', 'number,en,"No. {@goods.item}', "letter_fact", "labels.csv", 20,
     ("form", "decision")),
]  # fmt: skip


@pytest.fixture
def lettered(small: Path) -> Path:
    """The small pack with two letters."""
    (small / FOLDER).mkdir()
    for name, content in FILES.items():
        (small / FOLDER / name).write_text(content, encoding="utf-8")
    return small


@pytest.fixture
def broken_letter(lettered: Path) -> Callable[[str, str, str], list[packs.Fault]]:
    """Replace one piece of one file of the letters, and check the pack."""

    def change(name: str, old: str, new: str) -> list[packs.Fault]:
        path = lettered / FOLDER / name
        before = path.read_text(encoding="utf-8")
        assert before.count(old) == 1, f"{old!r} must stand once in {name}"
        path.write_text(before.replace(old, new), encoding="utf-8")
        return packs.check(lettered)

    return change


def test_it_reads_a_letter_with_its_parts_in_their_order(lettered: Path) -> None:
    pack = packs.load(lettered)
    letter = pack.letters["release_note"]
    assert (letter.act, letter.status) == ("LAW-1", Status.UNVERIFIED)
    assert [part.kind for part in letter.parts] == ["fact", "note", "table", "table", "signature"]
    assert letter.parts[2].columns == (("item", False), ("code", True))
    assert [part.each for part in pack.letters["decision"].parts] == ["decision", "decision"]
    assert pack.forms == {}


@pytest.mark.parametrize("change", CHANGES, ids=[f"{c[3]}-{n}" for n, c in enumerate(CHANGES)])
def test_it_names_the_fault_where_it_stands(
    broken_letter: Callable[[str, str, str], list[packs.Fault]],
    change: tuple[str, str, str, str, str, int, tuple[str, str]],
) -> None:
    name, old, new, code, place, line, (param, value) = change
    faults = broken_letter(name, old, new)
    found = [fault for fault in faults if fault.code == code and value in fault.params[param]]
    assert [(fault.file, fault.line) for fault in found] == [(f"{FOLDER}/{place}", line)], faults
    for language in texts.LANGUAGES:
        assert found[0].what(language)
        assert found[0].mend(language)


def test_a_pack_without_letters_has_those_of_the_world(small: Path) -> None:
    pack = packs.load(small)
    assert set(pack.letters) == set(LETTERS)
    assert {letter.status for letter in pack.letters.values()} == {Status.TRAINING}
    assert pack.label(FOLDER, "receipt.title", "ru") == "Квитанция"


def test_a_pack_replaces_only_the_letters_that_it_lays_out(lettered: Path) -> None:
    pack, (lent, _) = packs.load(lettered), default_letters()
    assert {name for name in LETTERS if pack.letters[name] != lent[name]} == {"release_note", "decision"}
    assert pack.label(FOLDER, "release_note.title", "en") == "title of it"
    assert pack.label(FOLDER, "release_note.consignee", "en") == "release_note.consignee"


def test_a_pack_may_word_a_caption_of_the_world_anew(small: Path) -> None:
    (small / FOLDER).mkdir()
    (small / FOLDER / "forms.csv").write_text("form,act,status\n", encoding="utf-8")
    labels = small / FOLDER / "labels.csv"
    labels.write_text("table,key,lang,label\nforms,receipt.title,en,Receipt order\n", encoding="utf-8")
    pack = packs.load(small)
    assert [pack.label(FOLDER, "receipt.title", language) for language in ("en", "ru")] == [
        "Receipt order",
        "Квитанция",
    ]
    labels.write_text("table,key,lang,label\nforms,receipt.received,en,{@recieved}\n", encoding="utf-8")
    (fault,) = packs.check(small)
    assert (fault.file, fault.line, fault.code) == (f"{FOLDER}/labels.csv", 2, "letter_fact")


def test_the_letters_of_the_world_and_of_tajikistan_are_whole_in_every_language() -> None:
    letters, labels = default_letters()
    pack = packs.load(packs.pack_folder("tj"))
    for layouts, named in ((letters, labels), (pack.letters, pack.labels)):
        assert set(layouts) == set(LETTERS)
        assert all(set(named[FOLDER, f"{name}.title"]) == set(LANGUAGES) for name in layouts)
        assert all(layout.parts[-1].kind == "signature" for layout in layouts.values())
    assert {part.kind for letter in pack.letters.values() for part in letter.parts} == set(LETTER_KINDS)


def test_the_page_on_forms_names_every_fact_list_kind_and_column() -> None:
    page = (Path(__file__).parents[2] / "docs" / "forms.md").read_text(encoding="utf-8")
    words = [f"@{fact}" for known in LETTERS.values() for fact in (*known.facts, *known.lists)]
    words += [name for known in LETTERS.values() for columns in known.lists.values() for name in columns]
    words += [*LETTERS, *LETTER_KINDS, *(column.name for column in LETTER_COLUMNS)]
    assert [word for word in dict.fromkeys(words) if f"`{word}`" not in page] == []

# SPDX-License-Identifier: Apache-2.0
"""The layouts of forms in a pack: every fault is named with its file, its line and its mend."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gumruk import packs, texts
from gumruk.law.lawbook import Status
from gumruk.packs.cells import CellError
from gumruk.packs.form_fields import FACTS, ITEM_FACTS, ROWS, read_fill
from gumruk.packs.forms import BOX_COLUMNS, FOLDER, FORM_COLUMNS, KINDS, SHEET_COLUMNS, SHEETS

FILES = {
    "forms.csv": "form,act,status\nreceipt,LAW-1,unverified\n",
    "sheets.csv": "form,sheet,block,places\nreceipt,main,,\nreceipt,main,goods,0:40 0:60\nreceipt,supplement,,\n",
    "receipt.csv": (
        "sheet,block,box,kind,x,y,w,h,label,fill,columns,size\n"
        "main,,A,value,10,10,90,20,office,{@office|offices}\\n{@number},,8\n"
        "main,goods,34,value,10,0,50,20,origin,{items.origins.country_code|country},,\n"
        "main,goods,47,table,60,0,100,20,charges,{@item.payments},type:10 amount:30,\n"
        "supplement,,,rest,10,10,190,270,,,,\n"
    ),
    "labels.csv": "table,key,lang,label\n"
    + "".join(
        f"forms,receipt.{key},{language},{key} in {language}\n"
        for key in ("office", "origin", "charges", "charges.type", "charges.amount")
        for language in ("en", "ru")
    ),
}

# file, what stands there, what is put instead, the fault's code, its line, a parameter of it
CHANGES: list[tuple[str, str, str, str, int, tuple[str, str]]] = [
    ("receipt.csv", "{@number}", "{@numbr}", "form_field", 2, ("nearest", "@number")),
    ("receipt.csv", "{items.origins.country_code|", "{items.origins.contry|", "form_field", 3, ("nearest", "origins")),
    ("receipt.csv", "{items.origins.country_code|", "{importers|", "form_field", 3, ("found", "importers")),
    ("receipt.csv", "|country}", "|contry}", "unknown_word", 3, ("nearest", "country")),
    ("receipt.csv", "{@number}", "{@number", "form_braces", 2, ("column", "fill")),
    ("receipt.csv", "{@item.payments}", "{@item.payment}", "form_field", 4, ("nearest", "item.payments")),
    ("receipt.csv", "type:10", "typ:10", "unknown_word", 4, ("nearest", "type")),
    ("receipt.csv", "type:10", "type", "form_share", 4, ("found", "type")),
    ("receipt.csv", "type:10 amount:30", "", "empty_cell", 4, ("column", "columns")),
    ("receipt.csv", "A,value,10,10", "A,value,ten,10", "bad_decimal", 2, ("found", "ten")),
    ("receipt.csv", "10,10,90,20", "10,10,290,20", "form_outside", 2, ("box", "A")),
    ("receipt.csv", "10,10,90,20", "10,10,0,20", "form_outside", 2, ("box", "A")),
    ("receipt.csv", "47,table,60", "47,table,55", "form_upon", 4, ("other", "3")),
    ("receipt.csv", "10,10,90,20", "10,10,40,31", "form_upon", 3, ("other", "2")),
    ("receipt.csv", "A,value", "A,valu", "unknown_word", 2, ("nearest", "value")),
    ("receipt.csv", "main,goods,34", "main,good,34", "form_block", 3, ("found", "main good")),
    ("receipt.csv", "main,goods,34", "main,,34", "form_no_item", 3, ("column", "fill")),
    ("receipt.csv", ",,8\n", ",,80\n", "form_size", 2, ("found", "80")),
    ("receipt.csv", "rest,10", "value,10", "form_no_rest", 0, ("form", "receipt")),
    ("sheets.csv", "receipt,main,goods", "receit,main,goods", "unknown_code", 3, ("nearest", "receipt")),
    ("sheets.csv", "0:40 0:60", "0:40 0;60", "form_place", 3, ("found", "0;60")),
    ("sheets.csv", "0:40 0:60", "", "form_places", 0, ("sheet", "main")),
    ("sheets.csv", "receipt,supplement,,\n", "", "form_no_sheet", 0, ("sheet", "supplement")),
    ("forms.csv", "LAW-1", "LAW-3", "unknown_act", 2, ("found", "LAW-3")),
    ("forms.csv", "LAW-1", "", "missing_act", 2, ("status", "unverified")),
    ("forms.csv", "unverified", "verified", "verified_without_text", 2, ("act", "LAW-1")),
    ("forms.csv", "unverified", "checked", "unknown_word", 2, ("found", "checked")),
    (
        "forms.csv",
        "receipt,LAW-1,unverified\n",
        "receipt,LAW-1,unverified\nreceipt,,training\n",
        "key_twice",
        3,
        ("key", "receipt"),
    ),
    ("labels.csv", "forms,receipt.office,ru,office in ru\n", "", "missing_label", 2, ("languages", "ru")),
    ("labels.csv", "receipt.office,ru", "receipt.office,fr", "unknown_language", 3, ("found", "fr")),
]


@pytest.fixture
def formed(small: Path) -> Path:
    """The small pack with one form."""
    (small / FOLDER).mkdir()
    for name, content in FILES.items():
        (small / FOLDER / name).write_text(content, encoding="utf-8")
    return small


@pytest.fixture
def broken_form(formed: Path) -> Callable[[str, str, str], list[packs.Fault]]:
    """Replace one piece of one file of the forms, and check the pack."""

    def change(name: str, old: str, new: str) -> list[packs.Fault]:
        path = formed / FOLDER / name
        before = path.read_text(encoding="utf-8")
        assert before.count(old) == 1, f"{old!r} must stand once in {name}"
        path.write_text(before.replace(old, new), encoding="utf-8")
        return packs.check(formed)

    return change


def test_it_reads_a_form_with_its_boxes_and_places(formed: Path) -> None:
    form = packs.load(formed).forms["receipt"]
    assert (form.act, form.status) == ("LAW-1", Status.UNVERIFIED)
    assert [box.box for box in form.boxes_on("main")] == ["A", "34", "47"]
    assert form.places["main", "goods"] == ((0.0, 40.0), (0.0, 60.0))
    assert (form.items_on("main"), form.items_on("supplement")) == (2, 0)


def test_it_knows_the_box_of_a_field(formed: Path) -> None:
    form = packs.load(formed).forms["receipt"]
    assert form.box_of("items.origins.country_code") == "34"
    assert form.box_of("@item.payments") == "47"
    assert form.box_of("@number") == "A"
    assert form.box_of("items.ucr_id") == ""


def test_it_needs_no_forms(small: Path) -> None:
    assert packs.load(small).forms == {}


@pytest.mark.parametrize("change", CHANGES, ids=[f"{c[3]}-{n}" for n, c in enumerate(CHANGES)])
def test_it_names_the_fault_where_it_stands(
    broken_form: Callable[[str, str, str], list[packs.Fault]],
    change: tuple[str, str, str, str, int, tuple[str, str]],
) -> None:
    name, old, new, code, line, (param, value) = change
    faults = broken_form(name, old, new)
    found = [fault for fault in faults if fault.code == code and value in fault.params[param]]
    place = {"missing_label": "receipt.csv", "form_no_rest": "receipt.csv"}.get(code, name)
    assert [(fault.file, fault.line) for fault in found] == [(f"{FOLDER}/{place}", line)], faults
    for language in texts.LANGUAGES:
        assert found[0].what(language)
        assert found[0].mend(language)


def test_it_names_a_file_that_belongs_to_no_form(formed: Path) -> None:
    (formed / FOLDER / "reciept.csv").write_text("sheet\n", encoding="utf-8")
    (fault,) = packs.check(formed)
    assert (fault.file, fault.code, fault.params["nearest"]) == (
        f"{FOLDER}/reciept.csv",
        "unknown_file",
        f"{FOLDER}/receipt.csv",
    )


def test_it_names_a_file_that_is_missing(formed: Path) -> None:
    (formed / FOLDER / "receipt.csv").unlink()
    assert (f"{FOLDER}/receipt.csv", "unreadable") in [(fault.file, fault.code) for fault in packs.check(formed)]


def test_it_reads_text_between_places() -> None:
    ((first, between, last),) = read_fill("{@sheet}/{@sheets}")
    assert (first.fact, between.text, last.fact) == ("sheet", "/", "sheets")
    assert [len(line) for line in read_fill("{exporter.name}\\n№ {exporter.id}")] == [1, 2]
    with pytest.raises(CellError):
        read_fill("}{")


def test_the_page_on_forms_names_every_place_and_column() -> None:
    page = (Path(__file__).parents[2] / "docs" / "forms.md").read_text(encoding="utf-8")
    names = [*FACTS, *ITEM_FACTS, *ROWS]
    assert [name for name in names if f"`@{name}`" not in page] == []
    columns = [column.name for column in (*FORM_COLUMNS, *SHEET_COLUMNS, *BOX_COLUMNS)]
    assert [column for column in columns if f"`{column}`" not in page] == []


def test_tajikistan_has_the_declaration_the_value_and_the_correction() -> None:
    pack = packs.load(packs.pack_folder("tj"))
    assert sorted(pack.forms) == ["correction", "declaration", "valuation"]
    assert {form.status for form in pack.forms.values()} == {Status.TRAINING}
    assert pack.forms["declaration"].items_on("more") == 3
    assert {box.kind for form in pack.forms.values() for box in form.boxes} == set(KINDS)
    assert {sheet for form in pack.forms.values() for sheet in form.sheets} == set(SHEETS)

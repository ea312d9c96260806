# SPDX-License-Identifier: Apache-2.0
"""A file's forms and its letter of decision, printed for who may see the file; box numbers beside the fields."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.office.declarations.stage import Stage, message
from tests.office.declarations.test_pages import page, shown

from gumruk import texts
from gumruk.office.documents.models import Issued

CODE = {"item": "1", "kind": "code", "decided": "8418 10 100 0", "grounds": "They cool", "act": "TJ-CC-62-2004"}


def text_of(pdf: bytes, folder: Path, order: str = "-layout") -> str:
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("no pdftotext here; on Debian: apt-get install poppler-utils")
    (folder / "paper.pdf").write_bytes(pdf)
    command = [tool, order, folder / "paper.pdf", "-"]
    return " ".join(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def printed(stage: Stage, login: str, file: Any, kind: str, language: str = "en") -> Any:
    return stage.client(login).get(f"/declarations/{file.id}/papers/{kind}?language={language}")


def decided(stage: Stage) -> Any:
    """A file of which Dilnoza decided another code."""
    stage.pay("900000")
    file = stage.lodge(message())
    stage.deliver()
    answer = stage.client("dilnoza").post(f"/declarations/{file.id}/decide/", CODE)
    assert answer.status_code == 302
    return stage.file(file.id)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_it_prints_the_declaration_in_each_language(stage: Stage, tmp_path: Path, language: str) -> None:
    file = stage.lodge(message())
    answer = printed(stage, "alpha", file, "declaration", language)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    found = text_of(answer.content, tmp_path)
    assert texts.say(language, "document.declaration.title") in found
    across = text_of(answer.content, tmp_path, "-raw").replace(" ", "")  # a slanted text is found sign by sign
    for key in ("document.form.layout_unverified", "document.form.training"):
        assert texts.say(language, key).replace(" ", "") in across
    assert file.number in found
    assert file.reference in found
    assert "verify/" in found


def test_it_shows_a_stranger_no_form(stage: Stage) -> None:
    file = stage.lodge(message())
    for kind in ("declaration", "valuation"):
        assert printed(stage, "zed", file, kind).status_code == 404
        assert printed(stage, "alpha", file, kind).status_code == 200


def test_it_has_no_correction_before_something_was_decided(stage: Stage) -> None:
    file = stage.lodge(message())
    for kind in ("correction", "decision"):
        assert printed(stage, "alpha", file, kind).status_code == 404


def test_it_prints_what_was_and_what_is_after_a_decision(stage: Stage, tmp_path: Path) -> None:
    file = decided(stage)
    found = text_of(printed(stage, "alpha", file, "correction").content, tmp_path)
    for words in ("33 commodity code", "8450 11 000 0", "8418 10 100 0", "1. They cool", "Import duty"):
        assert words in found
    letter = text_of(printed(stage, "alpha", file, "decision").content, tmp_path)
    for words in ("Decision No. 1 of", "8450 11 000 0", "8418 10 100 0", "They cool", "Goods item 1: commodity code"):
        assert words in letter
    (difference,) = re.findall(r"Difference in what is to be paid ([\d \xa0,.]+) TJS", found)
    assert f"Difference {difference} TJS" in letter


def test_it_prints_what_was_declared_and_charges_what_was_decided(stage: Stage, tmp_path: Path) -> None:
    file = decided(stage)
    found = text_of(printed(stage, "alpha", file, "declaration").content, tmp_path)
    assert "8450 11 000 0" in found
    assert found.count("8418 10 100 0") == 1  # the second item, which was declared so
    assert "10%" in found  # the rate of the decided code


def test_it_issues_a_form_once_and_anew_when_it_says_something_else(stage: Stage) -> None:
    file = stage.lodge(message())
    for _ in range(2):
        printed(stage, "alpha", file, "declaration")
    with stage.acting("dilnoza"):
        assert Issued.objects.filter(subject_id=str(file.id), kind="declaration").count() == 1
    stage.deliver()
    stage.client("dilnoza").post(f"/declarations/{file.id}/decide/", CODE)
    printed(stage, "alpha", file, "declaration", "tg")
    with stage.acting("dilnoza"):
        assert Issued.objects.filter(subject_id=str(file.id), kind="declaration").count() == 2


def test_it_leads_to_each_form_in_each_language(stage: Stage) -> None:
    file = stage.lodge(message())
    text = page(stage, "alpha", f"/declarations/{file.id}/").content.decode()
    for language in texts.LANGUAGES:
        assert f"/declarations/{file.id}/papers/declaration?language={language}" in text


def test_it_shows_box_numbers_beside_the_fields_when_asked(stage: Stage) -> None:
    file = stage.lodge(message())
    client, address = stage.client("alpha"), f"/declarations/{file.id}/"
    client.cookies["gumruk_language"] = "en"
    before = shown(client.get(address))
    assert "g-box" not in before.replace("g-boxes", "")
    assert client.post(f"{address}boxes/").headers["Location"] == address
    after = shown(client.get(address))
    for number in ("8", "14", "22", "31", "33", "34", "37", "38", "45", "47"):
        assert f"Box {number} of the declaration's form" in after
    assert "Hide the form's box numbers" in after
    client.post(f"{address}boxes/")
    assert "g-box" not in shown(client.get(address)).replace("g-boxes", "")


def test_it_switches_no_box_numbers_on_a_file_that_one_may_not_see(stage: Stage) -> None:
    file = stage.lodge(message())
    assert stage.client("zed").post(f"/declarations/{file.id}/boxes/").status_code == 404

# SPDX-License-Identifier: Apache-2.0
"""The tree as a file to take along: from the site and the command line, complete, the same for the same law."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from base64 import b64encode
from pathlib import Path

import pytest
from tests.office.declarations.stage import Stage

from gumruk.cli import main
from gumruk.office.desk import tree_views
from gumruk.office.ui.allowance import Allowance


def table(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(name).decode())))


def export(path: Path, *words: str) -> zipfile.ZipFile:
    assert main(["nomenclature", "export", str(path), "--on", "2027-01-04", *words]) == 0
    return zipfile.ZipFile(path)


def test_it_holds_every_code_with_its_words_and_the_rates_of_the_day(tmp_path: Path) -> None:
    archive = export(tmp_path / "tree.zip")
    codes = {row["code"]: row for row in table(archive, "codes.csv")}
    levels = [row["level"] for row in codes.values()]
    assert [levels.count(level) for level in ("section", "chapter", "heading", "subheading")] == [21, 96, 1228, 5612]
    assert codes["2202100000"]["parent"] == "220210" and codes["0207"]["tg"].startswith("Гӯшт")
    rates = {(row["code"], row["charge"]): row for row in table(archive, "rates.csv")}
    assert rates["020714", "import_duty"]["rate"] == "15% min 0.30 EUR/KGM"
    assert rates["020714", "import_duty"]["set_for"] == "0207" and rates["020714", "vat"]["rate"] == "13%"
    moved = {"edition": "HS2012", "code": "030290", "next_code": "030291"}
    assert moved in table(archive, "correlation.csv")
    assert any(row["word"] == "chicken" for row in table(archive, "words.csv") if row["code"] == "0207")


def test_its_manifest_proves_each_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = export(tmp_path / "tree.zip", "--json")
    manifest = json.loads(archive.read("manifest.json"))
    assert json.loads(capsys.readouterr().out) == manifest
    assert (manifest["edition"], manifest["on"], manifest["country"]) == ("HS2022", "2027-01-04", "TJ")
    for name, told in manifest["files"].items():
        assert told["sha256"] == hashlib.sha256(archive.read(name)).hexdigest()
        assert told["rows"] == len(table(archive, name))
    assert sorted(archive.namelist()) == sorted(["manifest.json", *manifest["files"]])


def test_it_leaves_invented_values_out_in_production(tmp_path: Path) -> None:
    rows = table(export(tmp_path / "tree.zip", "--production"), "rates.csv")
    assert "training" not in {row["status"] for row in rows}
    assert {row["rate"] for row in rows if row["charge"] == "import_duty"} == {""}


def test_it_gives_the_site_the_same_bytes_as_the_command(stage: Stage, tmp_path: Path) -> None:
    answer = stage.client(None).get("/tree/pack.zip?on=2027-01-04")
    export(tmp_path / "tree.zip")
    assert answer.content == (tmp_path / "tree.zip").read_bytes()
    assert answer.headers["Repr-Digest"] == f"sha-256=:{b64encode(hashlib.sha256(answer.content).digest()).decode()}:"
    assert "gumruk-tj-hs2022-2027-01-04.zip" in answer.headers["Content-Disposition"]
    assert stage.client(None).get("/tree/pack.zip?on=never").status_code == 400


def test_it_gives_one_address_a_few_in_a_row_and_then_asks_to_wait(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree_views, "PACKS", Allowance(at_once=1, a_second=0.01))
    assert stage.client(None).get("/tree/pack.zip?on=2027-01-04").status_code == 200
    refused = stage.client(None).get("/tree/pack.zip?on=2027-01-05")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "10")


@pytest.mark.parametrize("words", [["/nowhere/at/all.zip"], ["out.zip", "--country", "zz"]])
def test_it_says_what_is_wrong_and_leaves_no_half_file(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["nomenclature", "export", *words]) == 2
    assert capsys.readouterr().err and list(tmp_path.iterdir()) == []

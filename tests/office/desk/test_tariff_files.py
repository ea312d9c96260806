# SPDX-License-Identifier: Apache-2.0
"""`gumruk tariff import`, `diff`, `export` and `show --tariff`: what they print, and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.wire.tariffs.tariff_files import DELETE, INSERT, UPDATE, component, content_of, measure, taric3

from gumruk import texts
from gumruk.cli import main

ONE = taric3(26001, [("measure", INSERT, measure("1")), ("measure.component", INSERT, component("1", "10.000"))])
TWO = taric3(26002, [("measure.component", UPDATE, component("1", "8.000")), ("measure", DELETE, measure("5"))])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.xml").write_bytes(ONE)
    (tmp_path / "two.xml").write_bytes(TWO)
    return tmp_path / "tariff"


def imported(*arguments: str) -> int:
    return main(["tariff", "import", *arguments, "--format", "taric3", "--into", "tariff"])


def test_it_imports_and_tells_what_changed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported("two.xml", "one.xml", "--known-at", "2026-01-05T10:00:00+05:00") == 0
    told = capsys.readouterr().out
    assert "one.xml: 2 records\ntwo.xml: 2 records\n" in told
    assert "4 records changed, known from 2026-01-05T05:00:00Z on" in told
    assert "stored though its target is not held: 1 (measure 1)" in told
    assert "duty.amount 10.000 -> 8.000" in told
    assert imported("one.xml", "two.xml") == 0
    assert "Nothing changed" in capsys.readouterr().out


def test_it_tells_it_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported("one.xml", "--json", "--known-at", "file") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["imported"] is True and told["changes"] == {"added": {"measure": 1, "measure.component": 1}}
    assert (told["files"][0]["edition"], told["findings"]) == (26001, [])
    changes = [json.loads(line) for line in Path(told["change_set"]).read_text(encoding="utf-8").splitlines()]
    assert [change["what"] for change in changes] == ["added", "added"]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_it_refuses_in_every_language_and_leaves_the_tariff(
    folder: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    imported("one.xml")
    before = content_of(folder)
    Path("cut.xml").write_bytes(TWO[:700])
    capsys.readouterr()
    assert imported("cut.xml", "--language", language) == 1
    told = capsys.readouterr()
    assert "WIRE-08" in told.err and "cut.xml" in told.err and told.out == ""
    assert imported("cut.xml", "--json", "--language", language) == 1
    row = json.loads(capsys.readouterr().out)["findings"][0]
    assert row["code"] == "WIRE-08" and row["line"] and row["words"] and row["mend"]
    assert content_of(folder) == before


def test_it_gives_status_2_for_files_that_are_not_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported("none.xml") == 2
    assert "none.xml" in capsys.readouterr().err
    assert imported("one.xml", "--notes", "none.txt") == 2
    assert "--since" in capsys.readouterr().err
    assert imported("one.xml", "--notes", "none.txt", "--since", "2026-01-01") == 2
    assert main(["tariff", "diff", "tariff", "elsewhere"]) == 2
    assert main(["tariff", "show", "0809", "--tariff", "elsewhere"]) == 2
    assert main(["tariff", "export", "out.zip", "--tariff", "elsewhere"]) == 2
    assert main(["tariff", "export", "out.csv", "--tariff", "elsewhere"]) == 2
    assert "TARIFF-07" in capsys.readouterr().err
    assert not folder.exists()


def test_it_shows_an_imported_tariff_as_it_was_known(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported("one.xml", "--known-at", "2026-01-05")
    imported("two.xml", "--known-at", "2026-02-05")
    show = ["tariff", "show", "0809100000", "--tariff", "tariff", "--on", "2026-03-01", "--origin", "UZ"]
    capsys.readouterr()
    main(show)
    assert "8 % of the customs value" in capsys.readouterr().out
    main([*show, "--known-at", "2026-01-20"])
    assert "10 % of the customs value" in capsys.readouterr().out


def test_it_compares_and_packs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported("one.xml")
    assert main(["tariff", "export", "before.zip", "--tariff", "tariff"]) == 0
    imported("two.xml")
    capsys.readouterr()
    assert main(["tariff", "diff", "before.zip", "tariff"]) == 1
    assert "changed: measure.component 1/01: duty.amount 10.000 -> 8.000" in capsys.readouterr().out
    assert main(["tariff", "diff", "before.zip", "tariff", "--json"]) == 1
    (change,) = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert change["before"]["duty.amount"] == "10.000" and "line" not in change
    assert main(["tariff", "diff", "tariff", "tariff"]) == 0


def test_it_exports_a_table_and_names_what_does_not_fit(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    condition = {
        "measure.condition.sid": "11",
        "measure.sid": "1",
        "condition.code": "V",
        "component.sequence.number": "1",
        "action.code": "01",
        "condition.duty.amount": "91.600",
    }
    Path("three.xml").write_bytes(taric3(26003, [("measure.condition", INSERT, condition)]))
    imported("one.xml")
    assert main(["tariff", "export", "out.csv", "--tariff", "tariff"]) == 0
    assert "0809100000,,,,,103,third_country,1011,10.000%" in Path("out.csv").read_text(encoding="utf-8")
    imported("three.xml")
    capsys.readouterr()
    assert main(["tariff", "export", "out.csv", "--tariff", "tariff"]) == 1
    assert capsys.readouterr().err.endswith("1; 1\n")
    assert main(["tariff", "export", "out.txt", "--tariff", "tariff"]) == 2
    assert main(["tariff", "export", "out.zip"]) == 2


def test_it_exports_a_countrys_law_as_a_table_that_reads_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tariff", "export", "tj.csv", "--on", "2026-12-01"]) in (0, 1)
    assert main(["tariff", "import", "tj.csv", "--format", "csv", "--into", "tariff"]) == 0
    capsys.readouterr()
    for where in (["--tariff", "tariff"], []):
        main(["tariff", "show", "010121", "--on", "2026-12-01", "--origin", "cn", *where])
        assert "third-country duty (tariff, 1011, 0101210000): free" in capsys.readouterr().out


def test_it_exports_duties_as_the_table_of_a_pack(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    excluded = {"measure.sid": "1", "excluded.geographical.area": "AD"}
    Path("three.xml").write_bytes(taric3(26003, [("measure.excluded.geographical.area", INSERT, excluded)]))
    imported("one.xml")
    export = ["tariff", "export", "out.csv", "--tariff", "tariff", "--for-pack", "TJ-GOV-1-2026"]
    assert main(export) == 0
    row = "0809100000,10.000%,2026-01-01,,TJ-GOV-1-2026,unverified"
    assert Path("out.csv").read_text(encoding="utf-8") == f"code,duty,valid_from,valid_to,act,status\n{row}\n"
    imported("three.xml")
    capsys.readouterr()
    assert main(export) == 1
    assert capsys.readouterr().err.endswith("1; 1\n")


@pytest.mark.parametrize("wrong", [["--known-at", "yesterday"], ["--since", "2026"], ["--format", "xls"]])
def test_it_refuses_arguments_that_say_nothing(folder: Path, wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        imported("one.xml", *wrong)
    assert refused.value.code == 2


def test_it_takes_a_table_that_lost_most_of_its_rows_for_one_that_was_cut(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def table(*more: str) -> int:
        return main(["tariff", "import", "law.csv", "--format", "csv", "--into", "tariff", *more])

    assert main(["tariff", "export", "law.csv", "--on", "2026-12-01"]) in (0, 1)
    assert table() == 0
    before = content_of(folder)
    Path("law.csv").write_text("".join(Path("law.csv").read_text("utf-8").splitlines(keepends=True)[:3]), "utf-8")
    capsys.readouterr()
    assert table() == 1
    assert "TARIFF-24" in capsys.readouterr().err
    assert content_of(folder) == before
    assert table("--withdraw") == 0

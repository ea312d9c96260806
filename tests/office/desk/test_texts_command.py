# SPDX-License-Identifier: Apache-2.0
"""`gumruk nomenclature import`, `texts` and `withdraw`: what a person sees, and what a file may not hold."""

from __future__ import annotations

import io
import json
import re
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.office.declarations.stage import Stage
from tests.office.desk.texts_of_law import hold

from gumruk import cli, texts
from gumruk.office.nomenclature.edition_queries import editions_all
from gumruk.office.nomenclature.official import OfficialFault, read_official
from gumruk.office.project import installation

Run = Callable[..., int]
Said = pytest.CaptureFixture[str]
PAGE = (Path(__file__).resolve().parents[3] / "docs" / "nomenclature.md").read_text("utf-8")
ASKED = ["--texts-in", "ru", "--act", "Decision 80", "--from", "2027-01-01", "--as", "nekruz"]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `gumruk nomenclature` in the test's database, with the password on its standard input."""

    @contextmanager
    def here(_data: str | None) -> Iterator[None]:
        yield

    def command(*words: str) -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO("apricots\n"))
        return cli.main(["nomenclature", *words])

    monkeypatch.setattr(installation, "opened", here)
    return command


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tariff_ru.csv"
    path.write_text("code,text\n0207,Мясо\n0207 14 000 1,Окорочка\n", "utf-8")
    return path


def test_it_imports_lists_and_withdraws(stage: Stage, run: Run, file: Path, capsys: Said) -> None:
    hold(stage, [("0207", "Птица")], "ru", "2026-01-01", act="Decision 7")
    assert run("import", str(file), *ASKED) == 0
    said = capsys.readouterr().out
    assert (
        "Edition 2, 2027-01-01.., official texts in ru of TJ under Decision 80: 2 held, 1 new, 1 changed, 0 gone."
        in said
    )
    assert "Edition 1 (Decision 7) now holds until 2026-12-31." in said and "by itself" in said
    assert run("import", str(file), *ASKED) == 0
    assert "held already: edition 2" in capsys.readouterr().out
    assert run("texts") == 0
    listed = capsys.readouterr().out.splitlines()
    assert listed[0].split() == ["1", "TJ", "ru", "2026-01-01..2026-12-31", "1", "lines", "Decision", "7"]
    assert listed[1].split() == ["2", "TJ", "ru", "2027-01-01..", "2", "lines", "Decision", "80"]
    assert run("withdraw", "2", "--reason", "wrong act", "--as", "nekruz") == 0
    said = capsys.readouterr().out
    assert "Edition 2 (Decision 80, 2027-01-01..) is withdrawn." in said
    assert "Edition 1 (Decision 7) now holds without an end." in said
    assert run("texts", "--json") == 0
    told = json.loads(capsys.readouterr().out)["editions"]
    assert [each["withdrawn"] and each["withdrawn"]["reason"] for each in told] == [None, "wrong act"]
    assert run("texts", "--on", "2027-06-01", "--json") == 0
    assert [each["number"] for each in json.loads(capsys.readouterr().out)["editions"]] == [1]


def test_it_tells_a_program_what_it_did(stage: Stage, run: Run, file: Path, capsys: Said) -> None:
    assert run("import", str(file), *ASKED, "--to", "2027-12-31", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["done"], told["count"], told["added"], told["moved"]) == ("imported", 2, 2, [])
    assert (told["edition"]["country"], told["edition"]["to"]) == ("TJ", "2027-12-31")
    assert run("withdraw", "9", "--reason", "x", "--as", "nekruz", "--json") == 1
    assert json.loads(capsys.readouterr().out)["faults"][0]["code"] == "none"


def test_it_keeps_texts_of_another_country_and_refuses_one_without_a_pack(
    stage: Stage, run: Run, file: Path, capsys: Said
) -> None:
    assert run("import", str(file), *ASKED, "--country", "kg") == 0
    assert "of KG" in capsys.readouterr().out
    assert run("import", str(file), *ASKED, "--country", "zz") == 2
    assert "zz is no country" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--to", "2026-12-31"], 2, "lies before the first"),
        (["--as", "farrukh"], 1, "may not import"),
        (["--as", "nobody"], 1, "nobody"),
    ],
)
def test_it_refuses_and_says_why(
    stage: Stage, run: Run, file: Path, capsys: Said, words: list[str], status: int, said: str
) -> None:
    assert run("import", str(file), *ASKED, *words) == status
    assert said in capsys.readouterr().err and editions_all().count() == 0


@pytest.mark.parametrize(
    "words",
    [["--from", "2027-02-30"], ["--from", "0007-01-01"], ["--to", "soon"], ["--act", "  "], ["--texts-in", "Russian"]],
)
def test_it_refuses_arguments_that_say_nothing(run: Run, file: Path, words: list[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        run("import", str(file), *ASKED, *words)
    assert refused.value.code == 2


def test_it_refuses_another_edition_of_the_same_day_and_names_the_mend(
    stage: Stage, run: Run, file: Path, capsys: Said
) -> None:
    assert run("import", str(file), *ASKED) == 0
    file.write_text("code,text\n0207,Другое\n", "utf-8")
    assert run("import", str(file), *ASKED) == 1
    assert "gumruk nomenclature withdraw 1" in capsys.readouterr().err
    assert editions_all().count() == 1


@pytest.mark.parametrize(("language", "word"), [("en", "cut"), ("ru", "обрезан"), ("tg", "бурида")])
def test_it_refuses_a_file_that_was_cut_at_the_end_of_a_line(
    stage: Stage, run: Run, file: Path, capsys: Said, language: str, word: str
) -> None:
    whole = [(f"010{number}", f"text {number}") for number in range(1, 6)]
    hold(stage, whole, "ru", "2026-01-01")
    hold(stage, whole[:1], "en", "2026-01-01")
    assert run("import", str(file), *ASKED, "--language", language) == 1
    said = capsys.readouterr().err
    assert word in said and "5" in said and "2" in said and "--withdraw" in said
    assert editions_all().count() == 2, "what was held stands"
    assert run("import", str(file), *ASKED, "--withdraw") == 0
    hold(stage, whole[:3], "tg", "2026-01-01")
    assert hold(stage, whole[:2], "tg", "2027-01-01").changes.gone == 1, "most stays"


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        ("code;name\n0207;Мясо\n", [("t.csv:1", "no_column")]),
        ("code,text\n0207,Мясо\n0207,Мясо\n", [("t.csv:3", "twice")]),
        ("code,text\n0207,Мясо\n02.07,Другое\n", [("t.csv:3", "twice")]),
        ("code,text\n020799,Мясо\n0299000000,x\n", [("t.csv:2", "unknown_code"), ("t.csv:3", "unknown_code")]),
        ("code,text\n0207,  \nabc,x\n", [("t.csv:2", "no_text"), ("t.csv:3", "no_code")]),
        ('code,text\n0207,"Мясо\nптицы"\n0208,\n', [("t.csv:4", "no_text")]),
        ("code,text\n0207," + "я" * 4001 + "\n0208,=1+1\n", [("t.csv:2", "long_text"), ("t.csv:3", "formula")]),
        ("code,text\n0207,Мясо \ufffd\n", [("t.csv:2", "encoding")]),
        ("", [("t.csv:1", "no_column")]),
        ("code,text\n", [("t.csv", "nothing")]),
    ],
)
def test_it_names_every_fault_with_its_line(tmp_path: Path, content: str, faults: list[tuple[str, str]]) -> None:
    path = tmp_path / "t.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(OfficialFault) as refused:
        read_official(path)
    assert [(place, code) for place, code, _ in refused.value.faults] == faults


ROWS = "code,text\n0207,Мясо птицы\n0208,Прочее мясо\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_it_reads_the_encodings_that_it_names(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(ROWS.encode(encoding))
    assert read_official(path) == [("0207", "Мясо птицы"), ("0208", "Прочее мясо")]


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (ROWS.encode("koi8-r"), [2, 3]),
        (ROWS.encode("cp866"), [2, 3]),
        (ROWS.encode("utf-16-le").removesuffix(b"\n\0"), [1, 2, 3]),
        (ROWS.encode() + b"0209,\xcc\xff\xf1\xee\n", [4]),
        (ROWS.encode("cp1251") + b"0209,\x98\n", [4]),
    ],
    ids=["koi8", "dos", "utf16 without its mark", "one line in another", "a letter that is none"],
)
def test_it_guesses_at_no_letters(tmp_path: Path, content: bytes, lines: list[int]) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(OfficialFault) as refused:
        read_official(path)
    assert [(place, code) for place, code, _ in refused.value.faults] == [(f"t.csv:{n}", "encoding") for n in lines]


def test_it_prints_faults_as_json_too(run: Run, tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "t.csv"
    path.write_text("code,text\n0207,\n", "utf-8")
    assert run("import", str(path), *ASKED, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["taken"] is False and told["faults"][0] | {"text": ""} == {
        "place": "t.csv:2", "code": "no_text", "text": ""
    }  # fmt: skip


def test_it_runs_the_commands_of_its_page(
    stage: Stage, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("tariff_ru.csv").write_text(ROWS, "utf-8")
    words = re.findall(r"^\$ \./run gumruk nomenclature ((?:import|texts|withdraw) .*|texts)$", PAGE, re.MULTILINE)
    assert len(words) == 4
    assert [run(*shlex.split(line)) for line in words] == [0, 0, 0, 0]
    assert editions_all().get().state == "withdrawn"


def test_its_page_names_every_fault_of_a_file() -> None:
    part = PAGE[PAGE.index("| fault | what is wrong |") :].partition("\n\n")[0]
    prefix = "cli.nomenclature.import_fault."
    codes = {key.removeprefix(prefix) for key in texts.catalogue("en") if key.startswith(prefix)}
    assert set(re.findall(r"`(\w+)`", part)) == codes

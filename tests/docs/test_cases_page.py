# SPDX-License-Identifier: Apache-2.0
"""The promise of docs/cases.md and docs/value.md: their cases pass, and a miss leads to the wrong value."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from gumruk import packs, texts
from gumruk.cli import main

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "cases.md").read_text(encoding="utf-8")


def examples(page: str) -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


EXAMPLES = examples(PAGE)
PRINTED = re.findall(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(autouse=True)
def _country(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command names the installation's country in the environment; afterwards it is as it was."""
    monkeypatch.setenv("GUMRUK_COUNTRY", "tj")


@pytest.mark.parametrize("example", [*EXAMPLES, *examples((DOCS / "value.md").read_text(encoding="utf-8"))])
def test_it_shows_cases_that_pass(example: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "example.yaml").write_text(example, encoding="utf-8")
    assert main(["case", "run", str(tmp_path)]) == 0, capsys.readouterr()


def test_it_leads_from_a_miss_to_the_wrong_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(packs.pack_folder("tj"), "copy")
    values = Path("copy/values.toml")
    right = values.read_text(encoding="utf-8")
    values.write_text(right.replace('value = "0.13"', 'value = "0.12"'), encoding="utf-8")
    Path("wrong.yaml").write_text(EXAMPLES[0].replace("country: tj", "country: copy"), encoding="utf-8")

    assert main(["case", "run", "wrong.yaml"]) == 1
    assert re.sub("[\u00a0\u202f]", " ", capsys.readouterr().out) == PRINTED[0]
    for language in texts.LANGUAGES:
        assert main(["case", "run", "wrong.yaml", "--language", language]) == 1
        assert "copy/values.toml:61" in capsys.readouterr().out
    assert main(["case", "run", "wrong.yaml", "--json"]) == 1
    miss = json.loads(capsys.readouterr().out)["misses"][0]
    assert (miss["parted_at"], miss["law"][0]["file"], miss["law"][0]["line"]) == (
        "assessment.rate",
        "copy/values.toml",
        61,
    )

    lines = values.read_text(encoding="utf-8").splitlines()
    lines[miss["law"][0]["line"] - 1] = 'value = "0.13"'
    values.write_text("\n".join(lines), encoding="utf-8")
    assert main(["case", "run", "wrong.yaml"]) == 0


def test_it_shows_how_a_mistake_is_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mistake.yaml").write_text(EXAMPLES[0].replace("price:", "prise:"), encoding="utf-8")
    assert main(["case", "run", "mistake.yaml"]) == 2
    assert capsys.readouterr().err == PRINTED[1]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("nowhere.yaml", None, "unreadable"),
        ("folder/notes.txt", b"no cases", "none"),
        ("bytes.yaml", b"\xff\xfe", "encoding"),
        ("cut.yaml", b"- case: [1", "yaml"),
        ("abroad.yaml", EXAMPLES[0].replace("country: tj", "country: zz").encode(), "no_folder"),
        ("no_code.yaml", EXAMPLES[0].replace("8450110000", "9999999999").encode(), "not_known"),
        ("no_country.yaml", EXAMPLES[0].replace("origin: CN", "origin: QQ").encode(), "not_known"),
        ("homeless.yaml", EXAMPLES[0].replace("  country: tj\n", "").encode(), "country"),
    ],
)
def test_it_refuses_what_it_cannot_run(
    name: str, content: bytes | None, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    if content is not None:
        path.write_bytes(content)
    asked = path.parent if path.suffix == ".txt" else path
    assert main(["case", "run", str(asked), "--json"]) == 2
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told[0]["code"] == code
    assert told[0]["mend"]
    assert main(["case", "run", str(asked)]) == 2
    assert "Mend:" in capsys.readouterr().err


def test_it_says_what_was_found_and_how_it_is_mended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = next(part for part in EXAMPLES if "interest:" in part).replace("amount: 5000.00", "amount: -5000.00")
    (tmp_path / "owed.yaml").write_text(case, encoding="utf-8")
    for language in ("en", "ru", "tg"):
        assert main(["case", "run", str(tmp_path / "owed.yaml"), "--language", language]) == 1
        told = capsys.readouterr().out
        assert "INT-1 amount:" in told and "-5000.00" in told
    assert main(["case", "run", str(tmp_path / "owed.yaml"), "--json"]) == 1
    misses = [miss for line in capsys.readouterr().out.splitlines() for miss in json.loads(line)["misses"]]
    ((finding,),) = [miss["findings"] for miss in misses if miss["findings"]]
    assert (finding["code"], finding["place"], bool(finding["mend"])) == ("INT-1", "amount", True)

# SPDX-License-Identifier: Apache-2.0
"""The page on what else makes the bill: its cases pass, its sessions print what it shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from gumruk import texts
from gumruk.cli import main

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "bill.md").read_text(encoding="utf-8")
CASES = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
SESSIONS = re.findall(r"^```\n\$ gumruk (.*?)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(autouse=True)
def _country(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command names the installation's country in the environment; afterwards it is as it was."""
    monkeypatch.setenv("GUMRUK_COUNTRY", "tj")


@pytest.mark.parametrize("cases", CASES)
def test_it_shows_cases_that_pass(cases: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "example.yaml").write_text(cases, encoding="utf-8")
    assert main(["case", "run", str(tmp_path)]) == 0, capsys.readouterr()


@pytest.mark.parametrize(("line", "printed"), SESSIONS)
def test_it_shows_what_the_command_prints(line: str, printed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(shlex.split(line)) == 0
    assert re.sub("[\u00a0\u202f]", " ", capsys.readouterr().out) == printed


def test_it_names_every_finding() -> None:
    named = set(re.findall(r"^\| `([A-Z]+-\d+)` \|", PAGE, re.MULTILINE))
    assert {code for code in texts_of_findings() if code.startswith(("FLT-", "PRC-", "RET-", "PEN-"))} == named


def texts_of_findings() -> set[str]:
    return {key.split(".")[1] for key in texts.catalogue("en") if key.startswith("finding.")}

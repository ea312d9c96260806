# SPDX-License-Identifier: Apache-2.0
"""`gumruk law`: an installation gets its first law by two persons with a password each, and anybody reads it."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.office.declarations.stage import TUESDAY, Stage, message
from tests.office.lawbook.law import LATER, approve, cheaper, propose

from gumruk import cli, packs
from gumruk.office.accounts.models import User
from gumruk.office.accounts.services import user_password_set
from gumruk.office.lawbook.models import Proposal, Publication
from gumruk.office.lawbook.queries import running_law_forget
from gumruk.office.project import installation

Law = Callable[..., int]
Said = pytest.CaptureFixture[str]


@pytest.fixture
def law(monkeypatch: pytest.MonkeyPatch) -> Law:
    """Run `gumruk law` in the test's database, with a line on its standard input."""

    @contextmanager
    def here(_data: str | None) -> Iterator[None]:
        yield

    def run(*words: str, line: str = "apricots") -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(line + "\n"))
        status = cli.main(["law", *words])
        running_law_forget()
        return status

    monkeypatch.setattr(installation, "opened", here)
    return run


def test_it_brings_the_first_law_into_an_installation(lawless: Stage, law: Law, capsys: Said) -> None:
    assert law("show") == 1
    assert "gumruk law propose tj --as LOGIN" in capsys.readouterr().err
    assert law("propose", "tj", "--as", "nekruz") == 0
    said = capsys.readouterr().out
    assert "Proposal 1 waits for a second person: Tajikistan" in said
    assert said.splitlines()[0].split() == ["table", "added", "ended", "removed", "changed"]
    assert law("approve", "1", "--as", "Farrukh") == 0
    assert "Publication 1 is the running law: Tajikistan" in capsys.readouterr().out
    assert lawless.lodge(message()).number


def test_it_shows_the_rows_that_change_to_who_approves(stage: Stage, law: Law, capsys: Said) -> None:
    propose(stage)
    assert law("approve", "1", "--as", "farrukh") == 0
    assert "changed: tariff 8418  duty: 10% -> 8%" in capsys.readouterr().out


def test_it_asks_for_a_password_of_ones_own(stage: Stage, law: Law, capsys: Said) -> None:
    propose(stage)
    with stage.acting("rustam") as by:
        user_password_set(user=stage.users["farrukh"], password="apricots", by=by, at=TUESDAY)
    assert law("approve", "1", "--as", "farrukh") == 1
    assert "sets his own first" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "line", "named"),
    [
        (("propose", "tj", "--as", "nekruz"), "apricot", "do not go together"),
        (("propose", "tj", "--as", "nobody"), "apricots", "do not go together"),
        (("propose", "tj", "--as", "farrukh"), "apricots", "farrukh may not propose law"),
        (("propose", "tj", "--as", "nekruz"), "apricots", "publication 1 says the same"),
        (("propose", "tj"), "apricots", "--as LOGIN"),
        (("propose", "tj", "--as", "nekruz", "--password-file", "/nowhere"), "", "cannot be read"),
        (("approve", "1", "--as", "nekruz"), "apricots", "nekruz may not publish law"),
        (("approve", "1", "--as", "alpha"), "apricots", "alpha may not publish law"),
        (("approve", "7", "--as", "farrukh"), "apricots", "no proposal 7"),
        (("show", "tarif"), "", "no table tarif"),
        (("show", "tariff", "nothing"), "", "no such row"),
    ],
)
def test_it_says_what_is_wrong(
    stage: Stage, law: Law, capsys: Said, words: tuple[str, ...], line: str, named: str
) -> None:
    assert law(*words, line=line) == 1
    assert named in capsys.readouterr().err
    assert (Publication.objects.count(), Proposal.objects.count()) == (1, 0)


def test_it_does_not_let_a_closed_account_act(stage: Stage, law: Law, capsys: Said) -> None:
    propose(stage)
    with stage.acting("nekruz"):
        User.objects.filter(login="farrukh").update(is_active=False)
    assert law("approve", "1", "--as", "farrukh") == 1
    assert "do not go together" in capsys.readouterr().err


def test_it_says_that_a_proposal_is_out_of_date(stage: Stage, law: Law, capsys: Said) -> None:
    propose(stage)
    stage.publish(cheaper("9%"), at=LATER)
    assert law("approve", "1", "--as", "farrukh") == 1
    assert "proposed again" in capsys.readouterr().err


def test_it_proposes_a_folder_with_the_password_of_a_file(stage: Stage, law: Law, capsys: Said, tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(packs.pack_folder("tj"), folder)
    tariff = folder / "tariff.csv"
    tariff.write_text(tariff.read_text(encoding="utf-8").replace("8418,10%", "8418,8%"), encoding="utf-8")
    secret = tmp_path / "password"
    secret.write_text("apricots\n")
    assert law("propose", str(folder), "--as", "nekruz", "--password-file", str(secret), line="") == 0
    assert "changed: tariff 8418  duty: 10% -> 8%" in capsys.readouterr().out


def test_it_names_every_fault_of_a_pack_and_proposes_nothing(law: Law, capsys: Said, tmp_path: Path) -> None:
    assert law("propose", str(tmp_path / "nothing"), "--as", "nekruz") == 2
    assert "nothing" in capsys.readouterr().err


def test_it_lists_publications_and_proposals(stage: Stage, law: Law, capsys: Said) -> None:
    propose(stage)
    approve(stage, 1)
    propose(stage, cheaper("7%"))
    assert law("list") == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines() if line]
    assert [line[0] for line in lines] == ["1", "2", "Proposals", "1", "2"]
    assert lines[-1][-5:] == ["Waits", "for", "a", "second", "person"]


def test_it_shows_the_tables_the_rows_and_one_value_of_a_day(stage: Stage, law: Law, capsys: Said) -> None:
    assert law("show") == 0
    shown = capsys.readouterr().out.splitlines()
    assert {line.split()[0] for line in shown[1:]} >= {"values", "tariff", "charges", "offices"}
    assert law("show", "tariff", "8418") == 0
    assert capsys.readouterr().out == "tariff 8418  duty=10%  ..  -  training value\n"
    for day, rate in (("2026-12-31", "0.14"), ("2027-01-01", "0.13")):
        assert law("show", "values", "vat.rate", "--on", day, "--language", "ru") == 0
        assert f"value={rate}" in capsys.readouterr().out

# SPDX-License-Identifier: Apache-2.0
"""`gumruk tariff propose`: an imported tariff becomes law by two persons, or nothing of it does."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.office.declarations.stage import Stage
from tests.office.lawbook.law import LATER, NEXT_DAY, approve
from tests.office.lawbook.test_pages import browser, words

from gumruk import cli, texts
from gumruk.office.lawbook.models import Proposal, Publication
from gumruk.office.lawbook.queries import law_by_digest, running_law, running_law_forget
from gumruk.office.project import installation

Propose = Callable[..., int]
Said = pytest.CaptureFixture[str]
HEAD = "code,type,kind,area,duty,valid_from,valid_to,order_number,additional_code,documents,preference\n"
ACT = "TJ-GOV-470-2024"
PLAIN = "080910,103,third_country,1011,{},2026-01-01,,,,,\n"


@pytest.fixture
def propose(stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Propose:
    """Import a table and propose it in the test's database."""
    monkeypatch.chdir(tmp_path)
    stage.set_clock(LATER)

    @contextmanager
    def here(_data: str | None) -> Iterator[None]:
        yield

    monkeypatch.setattr(installation, "opened", here)

    def run(rows: str, *more: str, act: str = ACT, login: str = "nekruz") -> int:
        Path("table.csv").write_text(HEAD + rows, encoding="utf-8")
        assert cli.main(["tariff", "import", "table.csv", "--format", "csv", "--into", "tariff"]) == 0
        monkeypatch.setattr("sys.stdin", io.StringIO("apricots\n"))
        running_law_forget()
        status = cli.main(["tariff", "propose", "tariff", "--act", act, "--as", login, *more])
        running_law_forget()
        return status

    return run


def duty_on(day: date, known_by: int) -> object:
    """The rate of apricots on a day, by the law of a publication."""
    found = law_by_digest(Publication.objects.get(number=known_by).digest).at(day).find("tariff", "0809100000")
    return None if found is None else found.fields["duty"]


def test_it_becomes_law_by_a_second_person(stage: Stage, propose: Propose, capsys: Said) -> None:
    assert propose(PLAIN.format("10% MIN 0.12 EUR/KGM")) == 0
    said = capsys.readouterr().out
    assert "added: tariff 0809100000  duty=10% MIN 0.12 EUR/KGM  2026-01-01..  TJ-GOV-470-2024  not verified" in said
    assert "Proposal 1 waits for a second person: tariff (csv, " in said
    page = words(browser(stage, "farrukh").get("/law/proposals/1/"))
    assert "0809 10 000 0" in page and "10% MIN 0.12 EUR/KGM" in page and "Publish the proposal" in page
    assert "TARIFF-52" in page and "invented for training" in page
    approve(stage, 1)
    assert duty_on(date(2026, 12, 11), 2) == "10% MIN 0.12 EUR/KGM"
    before = set(map(repr, law_by_digest(Publication.objects.get(number=1).digest).entries))
    assert before < set(map(repr, running_law().entries))


def test_it_makes_no_second_change_set_of_the_same(stage: Stage, propose: Propose, capsys: Said) -> None:
    assert propose(PLAIN.format("10%")) == propose(PLAIN.format("10%")) == 0
    assert "The same law waits already as proposal 1." in capsys.readouterr().err
    approve(stage, 1)
    assert propose(PLAIN.format("10%")) == 0
    assert "publication 2 says the same" in capsys.readouterr().err
    assert (Proposal.objects.count(), Publication.objects.count()) == (1, 2)


def test_it_changes_a_rate_backwards_as_a_new_fact(stage: Stage, propose: Propose) -> None:
    propose(PLAIN.format("10%"))
    approve(stage, 1)
    propose(PLAIN.format("7%"))
    approve(stage, 2, at=datetime(2026, 12, 12, 4, tzinfo=UTC))
    assert (duty_on(date(2026, 2, 1), 2), duty_on(date(2026, 2, 1), 3)) == ("10%", "7%")
    entry = running_law().at(date(2026, 2, 1)).find("tariff", "0809100000")
    assert entry is not None and entry.known_from == datetime(2026, 12, 12, 4, tzinfo=UTC)
    assert running_law().at(date(2026, 2, 1), NEXT_DAY).find("tariff", "0809100000") is None


def test_it_leaves_the_days_before_a_day(stage: Stage, propose: Propose) -> None:
    propose(PLAIN.format("10%"))
    approve(stage, 1)
    propose(PLAIN.format("7%"), "--on", "2027-01-01")
    approve(stage, 2)
    assert (duty_on(date(2026, 12, 31), 3), duty_on(date(2027, 1, 1), 3)) == ("10%", "7%")


REST = (
    "080920,142,preference,UZ,0%,2026-01-01,,,,ST1,300\n"
    "080930,103,third_country,UZ,3%,2026-01-01,,,,,\n"
    "080940,103,third_country,1011,3%,2026-01-01,,,,N990,\n"
    "081010,103,third_country,1011,3%,2026-01-01,,,C490,,\n"
    "081020,103,third_country,1011,3%,2026-01-01,,090001,,,\n"
    "081030,103,third_country,1011,see 0809,2026-01-01,,,,,\n"
    "081040,103,third_country,1011,2 ITL/KGM,2026-01-01,,,,,\n"
)


def test_it_tells_of_each_measure_that_it_cannot_carry(stage: Stage, propose: Propose, capsys: Said) -> None:
    assert propose(PLAIN.format("10%") + REST, "--json") == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["counts"] == {"tariff": {"added": 1, "ended": 0, "removed": 0, "changed": 0}}
    codes = {row["code"]: row for row in told["findings"]}
    assert list(codes) == [f"TARIFF-{number}" for number in (40, 41, 42, 43, 44, 45, 47, 52)]
    assert all(row["words"] and row["mend"] and row["severity"] == "warning" for row in codes.values())
    assert all(row["place"] for row in codes.values())
    assert codes["TARIFF-47"]["place"].startswith("measures[0810400000/103")
    assert "0809200000/142" in codes["TARIFF-40"]["words"] and "0810400000/103" in codes["TARIFF-47"]["words"]
    assert [row["code"] for row in Proposal.objects.get().remarks] == list(codes)


def test_it_tells_who_publishes_what_was_not_carried(
    stage: Stage, propose: Propose, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    propose(PLAIN.format("10%") + REST)
    capsys.readouterr()
    monkeypatch.setattr("sys.stdin", io.StringIO("apricots\n"))
    assert cli.main(["law", "approve", "1", "--as", "farrukh"]) == 0
    assert "TARIFF-42 1 rates have conditions (103): 0809400000/103" in capsys.readouterr().out


def test_it_proposes_the_rates_of_excise(stage: Stage, propose: Propose, capsys: Said) -> None:
    assert propose("220300,306,excise,1011,2 EUR/LTR,2026-01-01,,,,,\n", "--table", "excise") == 0
    assert "added: excise 2203000000  duty=2 EUR/LTR" in capsys.readouterr().out
    assert {row["code"] for row in Proposal.objects.get().remarks} <= {"TARIFF-52", "TARIFF-53"}


def test_it_keeps_the_running_rate_where_the_tariffs_own_cannot_be_carried(stage: Stage, propose: Propose) -> None:
    propose(PLAIN.format("10%"))
    approve(stage, 1)
    propose("080910,103,third_country,1011,see 0809,2026-01-01,,,,,\n080920,103,third_country,1011,4%,,,,,,\n")
    approve(stage, 2)
    assert duty_on(date(2026, 12, 11), 3) == "10%"


@pytest.mark.parametrize(
    ("rows", "act", "code"),
    [
        (PLAIN.format("10%"), "NO-ACT", "TARIFF-49"),
        (REST, ACT, "TARIFF-50"),
        (PLAIN.format("10%") + PLAIN.format("5%").replace("2026-01-01", "2026-06-01"), ACT, "TARIFF-51"),
    ],
)
@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_it_proposes_all_or_nothing(
    propose: Propose, capsys: Said, rows: str, act: str, code: str, language: str
) -> None:
    assert propose(rows, "--language", language, act=act) == 1
    said = capsys.readouterr().err
    assert code in said and texts.say(language, "lawbook.refused.unfit") in said
    assert Proposal.objects.count() == 0


def test_it_lets_only_those_propose_who_may(propose: Propose, capsys: Said) -> None:
    assert propose(PLAIN.format("10%"), login="farrukh") == 1
    assert "may not propose law" in capsys.readouterr().err
    assert Proposal.objects.count() == 0


def test_it_does_what_the_page_on_tariffs_shows(
    stage: Stage, propose: Propose, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "tariffs.md").read_text(encoding="utf-8")
    session = page.split("<!-- session: run by a test, where the law of Tajikistan runs -->\n```sh\n")[1].split("```")[
        0
    ]
    Path("table.csv").write_text(HEAD + PLAIN.format("7% MIN 0.12 EUR/KGM"), encoding="utf-8")
    cli.main(["tariff", "import", "table.csv", "--format", "csv", "--into", "tariff"])
    Path("nekruz.txt").write_text("apricots\n", encoding="utf-8")
    for line in session.splitlines():
        given = "" if "--password-file" in line else "apricots\n"
        monkeypatch.setattr("sys.stdin", io.StringIO(given))
        running_law_forget()
        assert cli.main(line.removeprefix("./run gumruk ").split("#")[0].split()) == 0, line
    running_law_forget()
    assert "duty=7% MIN 0.12 EUR/KGM" in capsys.readouterr().out.splitlines()[-1]
    assert (Proposal.objects.count(), Publication.objects.count()) == (1, 2)
    assert "asks for that person's password" in page and "--password-file nekruz.txt" in session


def test_it_says_that_a_folder_is_none(stage: Stage, propose: Propose, capsys: Said) -> None:
    assert cli.main(["tariff", "propose", "nowhere", "--act", ACT, "--as", "nekruz"]) == 2
    assert "TARIFF-07" in capsys.readouterr().err

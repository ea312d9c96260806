# SPDX-License-Identifier: Apache-2.0
"""The search follows the official texts by itself, and the former index answers until the new one stands."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.office.declarations.stage import TUESDAY, Stage
from tests.office.desk.test_official_texts import withdraw
from tests.office.desk.texts_of_law import hold

from gumruk import cli
from gumruk.office.nomenclature import readiness, renewing
from gumruk.office.nomenclature.edition_queries import editions_standing
from gumruk.office.nomenclature.finding import finder, finder_forget
from gumruk.office.nomenclature.kept import Kept, keep, kept
from gumruk.office.nomenclature.renewing import index_is_old, index_of_today
from gumruk.office.project.clock import legal_day, now
from gumruk.office.project.environment import search_folder
from gumruk.search.finder import Kind

WORD = "ғӯзҷумвор"
NEW_YEAR = datetime(2026, 12, 31, 20, tzinfo=UTC)


@pytest.fixture
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A search folder of the story's own, in which the index of our words stands."""
    finder()
    for index in search_folder().glob("index-*.npz"):
        shutil.copy(index, tmp_path)
    monkeypatch.setenv("GUMRUK_SEARCH", str(tmp_path))
    yield tmp_path
    monkeypatch.undo()
    finder_forget()


def renewed() -> None:
    """Ask, as a page does, and wait for the thread that takes up what was built."""
    assert readiness.ready_finder() is not None, "the former finder answers meanwhile"
    readiness._loading[0].join(60)


def test_it_finds_by_texts_that_were_imported_without_a_new_start(
    stage: Stage, own_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.set_clock(TUESDAY)
    assert not index_is_old()
    hold(stage, [("020714", f"{WORD} парранда")], "tg")
    assert index_is_old() and finder().find(WORD).kind is Kind.NOTHING
    former = finder()
    index_of_today()
    assert not index_is_old() and finder() is former
    assert len(list(own_folder.glob("index-*.npz"))) == 1
    renewed()
    assert finder() is not former and finder().find(WORD).results[0].code == "020714"
    assert cli.main(["find", WORD]) == 0
    said = capsys.readouterr().out
    assert "0207 14" in said and "matched: official text of 0207 14" in said
    withdraw(stage, 1)
    assert index_is_old()


def test_it_looks_again_when_the_first_day_of_an_edition_comes(stage: Stage, own_folder: Path) -> None:
    stage.set_clock(TUESDAY)
    hold(stage, [("0207", "пешина")], "tg", "2026-01-01")
    hold(stage, [("0207", "нав")], "tg", "2027-01-01")
    keep(Kept(legal_day(now()), editions_standing()))
    assert not index_is_old()
    stage.set_clock(NEW_YEAR)
    assert index_is_old()
    assert [each.text for each in kept().texts(legal_day(now())).of("0207")] == ["нав"]


def test_it_starts_one_program_to_build_and_does_not_hurry_after_a_failure(stage: Stage, own_folder: Path) -> None:
    stage.set_clock(TUESDAY)
    assert not renewing.index_follow(), "there is nothing to do"
    hold(stage, [("0207", "нав")], "tg")
    try:
        assert renewing.index_follow()
        assert not renewing.index_follow(), "it is on its way"
        _, program = renewing._building[0]
        program.terminate()
        assert program.wait(60) != 0
        assert not renewing.index_follow(), "not again at once"
    finally:
        renewing._building.clear()


def test_it_takes_a_damaged_copy_of_the_texts_for_none(own_folder: Path) -> None:
    (own_folder / "official.json").write_text('{"on": "2027-01-01", "editions": [{}]}')
    assert kept() == Kept()

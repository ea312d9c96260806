# SPDX-License-Identifier: Apache-2.0
"""The commands, as an auditor types them; those with an export in a Python that has no Django."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from tests.office.audit.conftest import NOON, owner_run

from gumruk.law.audit import Event
from gumruk.office.audit import commands
from gumruk.office.audit.sealing import events_seal

WITHOUT_DJANGO = """
import sys
sys.modules["django"] = sys.modules["psycopg"] = None
from gumruk.office.audit import commands
import argparse
parser = argparse.ArgumentParser()
commands.add_commands(parser.add_subparsers())
arguments = parser.parse_args(sys.argv[1:])
sys.exit(arguments.run(arguments))
"""


def gumruk(*words: object) -> int:
    """Run a command here, against the test's database; returns its exit status."""
    parser = argparse.ArgumentParser()
    commands.add_commands(parser.add_subparsers())
    arguments = parser.parse_args([str(word) for word in words])
    try:
        return int(arguments.run(arguments))
    except SystemExit as stop:
        return int(str(stop.code))


def offline(*words: object) -> subprocess.CompletedProcess[str]:
    """Run a command in a process that can import neither Django nor a database driver."""
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO, *map(str, words)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PYTHONPATH": str(Path(commands.__file__).parents[3]), "PYTHONIOENCODING": "utf-8"},
    )


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands find the test's database as they find one that the environment names."""
    monkeypatch.setenv("DATABASE_APP_URL", "postgresql:///named-by-the-settings")


@pytest.fixture
def story(append: Callable[..., Event], tmp_path: Path) -> list[Event]:
    """Twelve events on three files in two seals; root of the first seal, root of the second, and an export."""
    events = [append("abc"[number % 3], place=number) for number in range(6)]
    events_seal(at=NOON)
    assert gumruk("audit", "root", "--out", tmp_path / "root1.json") == 0
    events += [append("abc"[number % 3], place=number) for number in range(6, 12)]
    events_seal(at=NOON)
    assert gumruk("audit", "root", "--out", tmp_path / "root2.json") == 0
    assert gumruk("audit", "export", "--out", tmp_path / "export.jsonl") == 0
    return events


def test_it_verifies_the_database_and_an_export(
    story: list[Event], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gumruk("audit", "verify") == 0
    assert gumruk("audit", "verify", "--root", tmp_path / "root1.json") == 0
    assert "12 sealed events, checked against seal 1" in capsys.readouterr().out
    done = offline("audit", "verify", "--export", tmp_path / "export.jsonl", "--root", tmp_path / "root2.json")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("The history is whole: 12 sealed events, checked against seal 2")


def test_it_says_so_in_each_language(story: list[Event], tmp_path: Path) -> None:
    words = {"en": "The history is whole", "ru": "История цела", "tg": "Таърих бутун аст"}
    for language, beginning in words.items():
        done = offline("audit", "verify", "--language", language, "--export", tmp_path / "export.jsonl")
        assert done.stderr == ""
        assert done.stdout.startswith(beginning)


def test_it_finds_the_database_rewritten_since_the_root_was_exported(
    story: list[Event], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    owner_run(f"UPDATE audit_event SET actor = 'nobody' WHERE id = '{story[4].id}'")
    assert gumruk("audit", "verify", "--root", tmp_path / "root1.json") == commands.WRONG
    said = capsys.readouterr().out
    assert f"declaration b, event 2 ({story[4].id}): the content was changed" in said
    assert "NOT whole: 1 findings" in said


def test_it_finds_every_flipped_bit_of_an_export(story: list[Event], tmp_path: Path) -> None:
    """Each byte of the file in turn, in one process: a changed export is never called whole."""
    from gumruk.law.audit import root_read, verify_history
    from gumruk.office.audit import files

    path, root = tmp_path / "export.jsonl", root_read(files.value_read(tmp_path / "root2.json"))
    true_bytes = path.read_bytes()
    unnoticed = []
    for place in range(0, len(true_bytes), 7):
        path.write_bytes(true_bytes[:place] + bytes([true_bytes[place] ^ 1 << place % 8]) + true_bytes[place + 1 :])
        try:
            findings = verify_history(files.export_records(path), files.export_seals(path), root)
        except files.FileRefused:
            continue
        if not findings:
            unnoticed.append(place)
    assert unnoticed == []


def test_it_proves_an_event_offline_and_checks_the_proof(story: list[Event], tmp_path: Path) -> None:
    export, proof = tmp_path / "export.jsonl", tmp_path / "proof.json"
    for root in ("root1.json", "root2.json"):
        for event in (story[2], story[9]):
            made = offline("audit", "prove", event.id, "--export", export, "--root", tmp_path / root, "--out", proof)
            assert made.returncode == 0, made.stderr
            checked = offline("audit", "check", proof, "--root", tmp_path / root)
            assert checked.returncode == 0
            assert f"Proved: event {event.id}" in checked.stderr


def test_it_proves_the_same_from_the_database(
    story: list[Event], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, export = tmp_path / "root1.json", tmp_path / "export.jsonl"
    for event in (story[2], story[9]):
        capsys.readouterr()
        assert gumruk("audit", "prove", event.id, "--root", root) == 0
        online = json.loads(capsys.readouterr().out)
        assert online == json.loads(offline("audit", "prove", event.id, "--export", export, "--root", root).stdout)


def test_it_refuses_a_proof_that_was_changed(story: list[Event], tmp_path: Path) -> None:
    proof, root = tmp_path / "proof.json", tmp_path / "root2.json"
    assert gumruk("audit", "prove", story[2].id, "--root", root, "--out", proof) == 0
    proof.write_text(proof.read_text().replace('"dilnoza"', '"farrukh"'))
    done = offline("audit", "check", proof, "--root", root)
    assert done.returncode == commands.WRONG
    assert "AUD-18" in done.stdout


def test_it_refuses_what_is_not_there_or_not_a_file_of_ours(story: list[Event], tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_bytes(b"\xff\xfe not ours")
    export = tmp_path / "export.jsonl"
    refused = [
        ("audit", "prove", "not-an-id"),
        ("audit", "prove", UUID(int=1)),
        ("audit", "prove", UUID(int=1), "--export", export),
        ("audit", "verify", "--export", other),
        ("audit", "verify", "--export", tmp_path / "missing"),
        ("audit", "verify", "--root", other),
        ("audit", "check", export, "--root", tmp_path / "root1.json"),
        ("audit", "check", tmp_path / "root1.json", "--root", tmp_path / "root1.json"),
        ("audit", "root", "--number", "99"),
        ("audit", "export", "--out", tmp_path / "no folder" / "export.jsonl"),
    ]
    assert {words: gumruk(*words) for words in refused} == dict.fromkeys(refused, commands.REFUSED)


def test_it_says_that_the_database_does_not_answer(
    committed: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", "no_such_database")
    assert gumruk("audit", "verify") == commands.REFUSED
    assert 'database "no_such_database" does not exist' in capsys.readouterr().err


def test_it_tells_how_far_it_is(story: list[Event], capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert gumruk("audit", "status") == 0
    assert capsys.readouterr().out.startswith(
        "12 events in 2 seals, the last at 2026-03-02 12:00:00 UTC; 0 events wait"
    )
    connection.close()


def test_it_proves_nothing_from_an_export_without_seals(story: list[Event], tmp_path: Path) -> None:
    lines = (tmp_path / "export.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    bare = tmp_path / "bare.jsonl"
    for kept in (lines[:1], [line for line in lines if not line.startswith('{"seal"')]):
        bare.write_text("".join(kept), encoding="utf-8")
        done = offline("audit", "verify", "--export", bare)
        assert (done.returncode, done.stdout[:22]) == (commands.WRONG, "Nothing is sealed here")
    bare.write_text("", encoding="utf-8")
    assert offline("audit", "verify", "--export", bare).returncode == commands.REFUSED

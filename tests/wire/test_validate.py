# SPDX-License-Identifier: Apache-2.0
"""`gumruk validate` and `gumruk formats`, as a person and a program at a screen meet them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from gumruk import cli, demonstration, packs, texts, wire
from gumruk.law.declarations import Context, check_declaration, read_declaration
from gumruk.law.lawbook import Legal, Moments

ON = ["--on", "2026-11-25"]


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, object]]]:
    """The exit status and the objects of `--json`."""
    status = cli.main(["validate", "--json", *ON, *words])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_it_finds_what_lodging_finds_at_the_same_places(capsys):
    path = demonstration.sample_path("wrong_values.xml")
    status, (said,) = told(capsys, str(path))
    pack = packs.load(packs.pack_folder("tj"))
    day = date(2026, 11, 25)
    context = Context(Legal(pack.book, Moments(day, day), training=True), pack.code_lists, day)
    reading = read_declaration(wire.read(path.read_bytes()).declaration)
    found = check_declaration(reading, context)
    assert status == 1
    assert said["format"] == "wco" and said["valid"] is False
    assert [(f["code"], f["path"], f["act"]) for f in said["findings"]] == [(f.code, f.path, f.act) for f in found]
    assert all(f["message"] and f["mend"] and f["severity"] for f in said["findings"])


def test_it_says_code_place_mend_and_act_in_every_language(capsys):
    path = str(demonstration.sample_path("wrong_values.xml"))
    for language in texts.LANGUAGES:
        assert cli.main(["validate", *ON, "--language", language, path]) == 1
        said = capsys.readouterr().out
        assert "DEC-17 items[0].commodity.goods_measure.net_mass:" in said
        assert "WCO Data Model 3.6, 126" in said
        assert texts.say(language, "finding.DEC-17.mend") in said
        assert said.endswith(texts.say(language, "validate.summary", count=1, read=1, refused=0, faulty=1) + "\n")


def test_it_takes_files_folders_and_zips_of_any_format_and_sums_up(tmp_path, capsys):
    folder, archive = tmp_path / "in", tmp_path / "in.zip"
    folder.mkdir()
    for name in ("cars.xml", "flour.json", "wrong_values.xml"):
        (folder / name).write_bytes(demonstration.sample_path(name).read_bytes())
    (folder / "bad.xml").write_bytes(b"<Declaration>\n\n<ID>1</IDD></Declaration>")
    with zipfile.ZipFile(archive, "w") as made:
        for path in folder.iterdir():
            made.write(path, path.name)
    status, said = told(capsys, str(folder), str(archive), str(folder / "cars.xml"))
    assert status == 2
    outcomes = {str(line["file"]): (line["format"], line["valid"]) for line in said}
    assert outcomes[f"{folder}/cars.xml"] == outcomes[f"{archive}/cars.xml"] == ("wco", True)
    assert outcomes[f"{folder}/flour.json"] == ("json", True)
    assert outcomes[f"{archive}/wrong_values.xml"] == ("wco", False)
    assert outcomes[f"{folder}/bad.xml"] == (None, False)
    assert len(said) == 9
    (finding,) = next(line for line in said if line["file"] == f"{folder}/bad.xml")["findings"]
    assert (finding["code"], finding["line"]) == ("WIRE-07", 3)
    assert cli.main(["validate", *ON, str(folder)]) == 2
    assert "Files: 4; read: 3; not read: 1; with errors: 1." in capsys.readouterr().out


def test_it_says_what_findings_have_in_common_once(tmp_path, capsys):
    item = "<GovernmentAgencyGoodsItem><SequenceNumeric>a</SequenceNumeric></GovernmentAgencyGoodsItem>"
    message = f"<Declaration><GoodsShipment>{item}{item}</GoodsShipment></Declaration>"
    (tmp_path / "a.xml").write_text(message, encoding="utf-8")
    assert cli.main(["validate", *ON, str(tmp_path / "a.xml")]) == 2
    said = capsys.readouterr().out
    assert (said.count("WIRE-15"), said.count(texts.say("en", "finding.WIRE-15.mend"))) == (2, 1)


def test_an_answer_of_customs_breaks_no_rule(capsys):
    status, (said,) = told(capsys, str(Path(__file__).parent / "samples" / "response.xml"))
    assert (status, said["format"], said["valid"], said["findings"]) == (0, "wco", True, [])


def test_it_reads_only_where_that_is_asked(capsys):
    assert cli.main(["validate", "--read-only", str(demonstration.sample_path("wrong_values.xml"))]) == 0
    assert "wco, nothing found" in capsys.readouterr().out


def test_it_reads_no_training_law_in_production(capsys):
    path = str(demonstration.sample_path("apricots.xml"))
    assert told(capsys, path)[0] == 0
    status, (said,) = told(capsys, path, "--production")
    assert status == 1
    assert "DEC-14" in {finding["code"] for finding in said["findings"]}


@pytest.mark.parametrize("day", ["tomorrow", "2026-02-30", "9999-12-31", "0001-01-01"])
def test_it_takes_no_day_that_law_is_not_asked_for(day, capsys):
    for command in ("validate", "assess"):
        with pytest.raises(SystemExit, match="2"):
            cli.main([command, "--on", day, str(demonstration.sample_path("cars.xml"))])
        assert "a day " in capsys.readouterr().err


def test_it_names_the_faults_of_a_pack(tmp_path, capsys):
    path = str(demonstration.sample_path("cars.xml"))
    assert cli.main(["validate", "--country", str(tmp_path / "none"), path]) == 2
    assert "none" in capsys.readouterr().err


def test_it_says_why_a_file_cannot_be_read_and_goes_on(tmp_path, capsys):
    huge = tmp_path / "huge.xml"
    with huge.open("wb") as file:
        file.truncate(5_000_000_000)
    (tmp_path / "noise.xml").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    names = ["none.xml", "huge.xml", "noise.xml", "empty", "broken.zip"]
    good = str(demonstration.sample_path("cars.xml"))
    status, said = told(capsys, *(str(tmp_path / name) for name in names), good)
    codes = [[finding["code"] for finding in line["findings"]] for line in said]
    assert status == 2
    assert codes[:2] == [["BATCH-10"], ["WIRE-02"]]
    assert codes[3] == ["BATCH-01"]
    assert all(line["format"] is None for line in said[:-1]) and said[-1]["valid"] is True


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_it_says_that_a_folder_may_not_be_entered(tmp_path, capsys):
    (tmp_path / "shut").mkdir(mode=0)
    status, (said,) = told(capsys, str(tmp_path / "shut"))
    assert status == 2
    assert [finding["code"] for finding in said["findings"]] == ["BATCH-10"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_within_that_may_not_be_entered_stops_no_other(tmp_path, capsys):
    (tmp_path / "b").mkdir(mode=0)
    for name in ("a.xml", "c.xml"):
        (tmp_path / name).write_bytes(demonstration.sample_path("cars.xml").read_bytes())
    status, said = told(capsys, str(tmp_path))
    assert status == 2
    assert [line["valid"] for line in said] == [True, False, True]
    assert cli.main(["convert", str(tmp_path / "a.xml"), "--to", "json", "--out", str(tmp_path / "b" / "a.json")]) == 2


def test_a_hostile_message_does_not_steer_the_terminal(tmp_path, capsys):
    message = "<Declaration><GoodsItemQuantity>\u202e\u0085many</GoodsItemQuantity></Declaration>"
    (tmp_path / "x\x1b[2J.xml").write_text(message, encoding="utf-8")
    assert cli.main(["validate", *ON, str(tmp_path)]) == 2
    said = capsys.readouterr().out
    assert "WIRE-15" in said
    assert not {"\x1b", "\u202e", "\u0085"} & set(said)


def test_hostile_goods_do_not_steer_the_terminal_either(tmp_path, capsys):
    content = demonstration.sample_path("cars.xml").read_text(encoding="utf-8")
    start = content.index("<Description>") + len("<Description>")
    (tmp_path / "a.xml").write_text(f"{content[:start]}\u202e\u0085{content[start:]}", encoding="utf-8")
    assert cli.main(["assess", *ON, str(tmp_path / "a.xml")]) in (0, 1)
    assert not {"\u202e", "\u0085"} & set(capsys.readouterr().out)


def run(*words: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run([sys.executable, "-m", "gumruk", *words], capture_output=True, check=False, **options)  # type: ignore[call-overload]


def test_it_ends_quietly_where_nobody_reads_on(tmp_path):
    command = f'"{sys.executable}" -m gumruk validate --json {"x " * 40} | head -c 1; echo " ${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, check=False, text=True)
    assert done.stdout.split()[-1] in {"141", "2"}
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_it_says_that_the_disk_is_full():
    source = str(demonstration.sample_path("cars.xml"))
    for words in (["convert", source, "--to", "json"], ["validate", *ON, source], ["formats"]):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "gumruk", *words], stdout=full, stderr=subprocess.PIPE, check=False, text=True
            )
        assert done.returncode == 2
        assert "No space left" in done.stderr and "Traceback" not in done.stderr


def test_it_prints_words_that_the_terminal_s_encoding_lacks(tmp_path):
    (tmp_path / "эълон.xml").write_bytes(b"")
    settings = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = run("validate", "--read-only", "--language", "tg", str(tmp_path), env=settings)
    assert done.returncode == 2
    assert b"WIRE-01" in done.stdout and b"Traceback" not in done.stderr


def test_formats_tells_every_format_and_how_it_is_recognised(capsys):
    assert cli.main(["formats", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in rows] == list(wire.FORMATS)
    assert all(row["title"] and row["version"] and row["recognised"] and row["reads"] for row in rows)
    assert {row["name"] for row in rows if row["answers"]} == {
        of.name for of in wire.FORMATS.values() if of.read_response
    }
    for language in texts.LANGUAGES:
        assert cli.main(["formats", "--language", language]) == 0
        said = capsys.readouterr().out.splitlines()
        assert len(said) == len(wire.FORMATS) + 1
        assert said[1].startswith("wco")

# SPDX-License-Identifier: Apache-2.0
"""`gumruk convert`, as a person at a screen meets it."""

from __future__ import annotations

import fcntl
import os
import stat
import zipfile

import pytest

from gumruk import cli, demonstration, wire


def test_it_converts_there_and_back(tmp_path, capsys):
    source, there, back = demonstration.sample_path("cars.xml"), tmp_path / "cars.json", tmp_path / "cars.xml"
    assert cli.main(["convert", str(source), "--to", "json", "--out", str(there)]) == 0
    assert cli.main(["convert", str(there), "--to", "wco", "--out", str(back)]) == 0
    assert back.read_bytes() == source.read_bytes()
    assert capsys.readouterr().err == "cars.json was written (json).\ncars.xml was written (wco).\n"


def test_it_writes_to_the_screen(capfdbinary):
    assert cli.main(["convert", str(demonstration.sample_path("flour.json")), "--to", "wco"]) == 0
    assert wire.read(capfdbinary.readouterr().out).declaration.functional_reference_id == "FAG-2026-0058"


def test_it_says_what_is_wrong_where_and_how_to_mend_it(tmp_path, capsys):
    message = tmp_path / "bad.xml"
    message.write_text("<Declaration>\n<GoodsItemQuantity>many</GoodsItemQuantity></Declaration>")
    assert cli.main(["convert", str(message), "--to", "json", "--out", str(tmp_path / "out.json")]) == 2
    said = capsys.readouterr().err
    assert "WIRE-15 goods_item_quantity, line 2: “many” is not a whole number." in said
    assert "Write digits only" in said
    assert [path.name for path in tmp_path.iterdir()] == ["bad.xml"]


@pytest.mark.parametrize(("language", "word"), [("ru", "не прочитан"), ("tg", "хонда нашуд")])
def test_it_speaks_the_persons_language(language, word, tmp_path, capsys):
    (tmp_path / "empty.xml").write_bytes(b"")
    assert cli.main(["convert", str(tmp_path / "empty.xml"), "--to", "json", "--language", language]) == 2
    assert word in capsys.readouterr().err


def test_it_refuses_a_huge_file_unread(tmp_path, capsys):
    huge = tmp_path / "huge.xml"
    with huge.open("wb") as file:
        file.truncate(5_000_000_000)
    assert cli.main(["convert", str(huge), "--to", "json"]) == 2
    assert "WIRE-02" in capsys.readouterr().err


def test_it_says_that_a_file_is_missing_or_a_folder_is_not_there(tmp_path, capsys):
    assert cli.main(["convert", str(tmp_path / "none.xml"), "--to", "json"]) == 2
    source = str(demonstration.sample_path("cars.xml"))
    assert cli.main(["convert", source, "--to", "json", "--out", str(tmp_path / "no" / "x.json")]) == 2
    said = capsys.readouterr().err
    assert "none.xml was not read:\n  BATCH-10 The file cannot be read: No such file or directory." in said
    assert "x.json cannot be written" in said


def test_it_names_what_the_target_cannot_carry(tmp_path, capsys):
    source, target = tmp_path / "a.xml", tmp_path / "b.xml"
    source.write_text("<ASYCUDA><Item><Free_text_1>glass</Free_text_1></Item></ASYCUDA>", encoding="utf-8")
    assert cli.main(["convert", str(source), "--to", "wco", "--out", str(target)]) == 0
    said = capsys.readouterr().err
    assert "WIRE-28 goods_shipment.items[0]:" in said
    assert "of the format asycuda cannot be carried by wco" in said
    assert b"glass" not in target.read_bytes()


def test_it_converts_a_folder_and_a_zip_a_result_a_file(tmp_path, capsys):
    source, archive, out = tmp_path / "in", tmp_path / "in.zip", tmp_path / "out"
    (source / "deep").mkdir(parents=True)
    (source / "a.xml").write_bytes(demonstration.sample_path("cars.xml").read_bytes())
    (source / "a.json").write_bytes(demonstration.sample_path("flour.json").read_bytes())
    (source / "deep" / "b.xml").write_bytes(b"<Declaration>")
    with zipfile.ZipFile(archive, "w") as made:
        for name in ("a.xml", "a.json", "deep/b.xml"):
            made.write(source / name, name)
    for given in (source, archive):
        assert cli.main(["convert", str(given), "--to", "json", "--out", str(out / given.name)]) == 2
        said = capsys.readouterr().out
        assert said.splitlines()[-1] == "Files: 3; written: 2; not written: 1."
        assert "deep/b.xml was not read:\n  WIRE-08" in said
        results = [wire.read((out / given.name / name).read_bytes()).declaration for name in ("a.json", "a-2.json")]
        assert {result.functional_reference_id for result in results} == {"ATR-2026-000421", "FAG-2026-0058"}


def test_it_lays_no_results_among_the_messages(tmp_path, capsys):
    (tmp_path / "a.json").write_bytes(demonstration.sample_path("flour.json").read_bytes())
    for out in ([], ["--out", str(tmp_path)], ["--out", str(tmp_path / "out")]):
        assert cli.main(["convert", str(tmp_path), "--to", "wco", *out]) == 2
        assert "holds many messages" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_it_writes_one_result_into_a_folder_that_is_there(tmp_path):
    assert (
        cli.main(["convert", str(demonstration.sample_path("cars.xml")), "--to", "json", "--out", str(tmp_path)]) == 0
    )
    assert [path.name for path in tmp_path.iterdir()] == ["cars.json"]


def test_it_names_a_value_that_the_target_has_no_place_for(tmp_path, capsys):
    source, target = str(demonstration.sample_path("truck_mixed.xml")), tmp_path / "truck.xml"
    assert cli.main(["convert", source, "--to", "asycuda", "--out", str(target)]) == 0
    said = capsys.readouterr().err
    assert "WIRE-47 type_code: “type_code” cannot be carried by asycuda" in said
    assert said.count("Keep the original file") == 1


def test_it_follows_a_link_and_replaces_no_device(tmp_path, capsys):
    sample = str(demonstration.sample_path("cars.xml"))
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.write_text("old")
    link.symlink_to(target)
    assert cli.main(["convert", sample, "--to", "json", "--out", str(link)]) == 0
    assert link.is_symlink() and wire.read(target.read_bytes()).format == "json"
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    try:
        written = wire.write(wire.read(demonstration.sample_path("cars.xml").read_bytes()).declaration, "json")
        fcntl.fcntl(reader, fcntl.F_SETPIPE_SZ, max(len(written), 65_536))
        assert cli.main(["convert", sample, "--to", "json", "--out", str(pipe)]) == 0
        assert os.read(reader, len(written)) == written
        assert stat.S_ISFIFO(pipe.stat().st_mode)
    finally:
        os.close(reader)

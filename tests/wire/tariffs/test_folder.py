# SPDX-License-Identifier: Apache-2.0
"""The tariff folder: the tariff of before or of after, never a damaged one, and as many records as there may be."""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.wire.tariffs.tariff_files import FIRST, INSERT, LATER, UPDATE, component, content_of, measure, put, taric3

from gumruk.wire import WireError
from gumruk.wire.tariffs import (
    Operation,
    Options,
    Reading,
    Source,
    TariffFolder,
    TariffRecord,
    What,
    compared,
    import_tariff,
    reader_of,
)
from gumruk.wire.tariffs.pile import Pile

ONE = taric3(26001, [("measure", INSERT, measure("1")), ("measure.component", INSERT, component("1", "10.000"))])
TWO = taric3(26002, [("measure.component", UPDATE, component("1", "8.000")), ("measure", INSERT, measure("2"))])


class Stopped(Exception):
    """What stops an import in its middle."""


def test_it_leaves_the_tariff_of_before_when_an_import_is_stopped(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    put(folder, ONE)
    before = content_of(folder)

    def reader(source: Source) -> Reading:
        def records() -> Iterator[TariffRecord]:
            yield TariffRecord("measure", Operation.INSERT, ("9",), {"measure.sid": "9"}, "026009.1.1")
            raise Stopped

        return Reading(records(), [], edition=26009)

    with pytest.raises(Stopped):
        import_tariff([tmp_path / "tariff.file"], reader, "taric3", folder, LATER)
    assert content_of(folder) == before


def test_it_sweeps_away_what_a_killed_import_left(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    put(folder, ONE)
    left = folder / ".import.killed"
    left.mkdir()
    (left / "run.0.0").write_text("half a lin", encoding="utf-8")
    (folder / "measure.2.csv").write_text("put in place, but never named", encoding="utf-8")
    assert [version.key for version in TariffFolder.open(folder).versions("measure")] == [("1",)]
    put(folder, TWO, known=LATER)
    assert not left.exists()
    assert [version.key for version in TariffFolder.open(folder).versions("measure")] == [("1",), ("2",)]


def test_it_lets_one_import_work_on_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    put(folder, ONE)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(WireError) as error:
            put(folder, TWO, known=LATER)
    assert [finding.code for finding in error.value.findings] == ["TARIFF-08"]


@pytest.mark.parametrize("name", ["measure.1.csv", "tariff.json"])
@pytest.mark.parametrize("harm", ["gone", "cut", "altered"])
def test_it_does_not_open_a_damaged_tariff(tmp_path: Path, name: str, harm: str) -> None:
    folder = tmp_path / "tariff"
    put(folder, ONE)
    path = folder / name
    content = path.read_bytes()
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(
            content[: len(content) // 2] if harm == "cut" else content.replace(b"sha256", b"sha255") + b"x"
        )
    with pytest.raises(WireError) as error:
        TariffFolder.open(folder)
    assert [(finding.code, finding.params["file"]) for finding in error.value.findings] == [("TARIFF-07", name)]


def test_it_does_not_follow_a_manifest_that_names_a_file_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    put(folder, ONE)
    told = json.loads((folder / "tariff.json").read_text(encoding="utf-8"))
    told["files"]["measure"]["name"] = "../secret.csv"
    (folder / "tariff.json").write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(WireError):
        TariffFolder.open(folder)


def test_it_packs_the_same_tariff_into_the_same_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    put(folder, ONE)
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    TariffFolder.open(folder).packed(first)
    TariffFolder.open(folder).packed(second)
    assert first.read_bytes() == second.read_bytes()
    assert list(compared(TariffFolder.open(folder), TariffFolder.open(first))) == []
    with zipfile.ZipFile(second, "a") as archive:
        archive.writestr("../out.csv", "x")
    assert TariffFolder.open(second).manifest.format == "taric3"


def test_it_compares_two_tariffs_as_they_stand(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    put(one, ONE)
    put(two, ONE)
    put(two, TWO, known=LATER)
    there = [
        (change.what, change.kind, change.key) for change in compared(TariffFolder.open(one), TariffFolder.open(two))
    ]
    assert there == [(What.ADDED, "measure", ("2",)), (What.CHANGED, "measure.component", ("1", "01"))]
    back = [change.what for change in compared(TariffFolder.open(two), TariffFolder.open(one))]
    assert back == [What.WITHDRAWN, What.CHANGED]


def test_it_gives_the_same_order_from_disk_as_from_memory(tmp_path: Path) -> None:
    small, large = Pile(tmp_path, run_max=7), Pile(tmp_path)
    for place in range(100):
        kind, key = ("measure", "footnote")[place % 2], str(place * 37 % 23)
        record = TariffRecord(kind, Operation.UPDATE, (key,), {"sid": key, "n": str(place)}, f"1.{place:03}", place)
        small.add(record, "2026-01-05T00:00:00Z")
        large.add(record, "2026-01-05T00:00:00Z")
    for kind in ("measure", "footnote"):
        rows = list(small.sorted(kind))
        assert rows == list(large.sorted(kind))
        assert [(row.key, row.order) for row in rows] == sorted((row.key, row.order) for row in rows)
        assert small.columns(kind) == large.columns(kind) == ["sid", "n"]
    assert small.kinds == {"measure", "footnote"} and list(tmp_path.glob("run.*"))


def test_it_does_not_unpack_a_bomb(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tariff.xml", b"<a>" + b" " * 5_000_000)
    with pytest.raises(WireError) as error:
        put(tmp_path / "tariff", bomb.read_bytes())
    assert [finding.code for finding in error.value.findings] == ["BATCH-07"]


def test_it_refuses_a_packing_that_is_cut(tmp_path: Path) -> None:
    packed = gzip.compress(ONE * 3)
    with pytest.raises(WireError) as error:
        put(tmp_path / "tariff", packed[: len(packed) // 2])
    assert error.value.findings[0].code in {"BATCH-08", "WIRE-08"}
    assert not (tmp_path / "tariff").exists()


def test_it_gives_each_version_the_moment_of_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    put(folder, ONE, known=FIRST)
    put(folder, TWO, known=LATER)
    known = [version.known_from for version in TariffFolder.open(folder).versions("measure.component")]
    assert known == ["2026-01-05T00:00:00Z", "2026-02-05T00:00:00Z"]


def test_it_refuses_kinds_and_fields_beyond_all_measure(tmp_path: Path) -> None:
    kinds = [(f"kind.{place}", INSERT, {"sid": "1"}) for place in range(400)]
    fields = [("measure", INSERT, {"measure.sid": str(place), f"field.{place}": "1"}) for place in range(400)]
    for records in (kinds, fields):
        with pytest.raises(WireError) as error:
            put(tmp_path / "tariff", taric3(26001, records))
        assert [finding.code for finding in error.value.findings] == ["TARIFF-22"]


def test_it_does_not_open_rows_that_no_import_wrote(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    put(folder, ONE)
    path, manifest = folder / "measure.1.csv", folder / "tariff.json"
    sound, told = path.read_text(encoding="utf-8"), json.loads(manifest.read_text(encoding="utf-8"))
    for old, new in (("insert", "upsert"), ("2026-01-05T", "2026-31-05T"), ("R2600010", "R26,00010"), ("source", "s")):
        path.write_text(sound.replace(old, new), encoding="utf-8")
        told["files"]["measure"]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
        manifest.write_text(json.dumps(told), encoding="utf-8")
        with pytest.raises(WireError) as error:
            list(TariffFolder.open(folder).versions("measure"))
        assert [finding.code for finding in error.value.findings] == ["TARIFF-07"]


def test_it_refuses_one_number_for_two_files_of_an_import(tmp_path: Path) -> None:
    other = taric3(26001, [("measure", INSERT, measure("3"))])
    for name, content in (("a.xml", ONE), ("b.xml", other), ("c.xml", ONE)):
        (tmp_path / name).write_bytes(content)
    read = reader_of("taric3", Options())
    with pytest.raises(WireError) as error:
        import_tariff([tmp_path / "a.xml", tmp_path / "b.xml"], read, "taric3", tmp_path / "tariff", FIRST)
    assert [finding.code for finding in error.value.findings] == ["TARIFF-10"]
    twice = import_tariff([tmp_path / "a.xml", tmp_path / "c.xml"], read, "taric3", tmp_path / "tariff", FIRST)
    assert twice.count == 2

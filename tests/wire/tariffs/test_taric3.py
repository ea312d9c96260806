# SPDX-License-Identifier: Apache-2.0
"""TARIC3 increments: applied in their order, all or nothing, twice the same, and no file that harms."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.wire.tariffs.tariff_files import (
    DELETE,
    FIRST,
    INSERT,
    LATER,
    UPDATE,
    component,
    content_of,
    measure,
    put,
    taric3,
)

from gumruk.law.tariff.duties import printed_duty
from gumruk.law.tariff.measures import Measure, Tariff
from gumruk.wire import WireError
from gumruk.wire.tariffs import Options, TariffFolder, What, import_tariff, law_records, reader_of

ONE = taric3(26001, [("measure", INSERT, measure("1")), ("measure.component", INSERT, component("1", "10.000"))])
TWO = taric3(26002, [("measure.component", UPDATE, component("1", "8.000")), ("measure", INSERT, measure("2"))])
THREE = taric3(26003, [("measure", DELETE, measure("2"))])


def held(folder: Path) -> Tariff:
    return Tariff.of(law_records(TariffFolder.open(folder)))


def refused(folder: Path, content: bytes | str, **how: object) -> list[str]:
    """The codes of the refusal; the folder must be as it was."""
    before = content_of(folder)
    with pytest.raises(WireError) as error:
        put(folder, content, **how)  # type: ignore[arg-type]
    assert content_of(folder) == before
    assert all("tariff.file" in finding.path for finding in error.value.findings)
    return [finding.code for finding in error.value.findings]


def test_it_inserts_updates_and_deletes_and_tells_before_and_after(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    report = put(folder, ONE)
    assert {(what, kind): n for (what, kind), n in report.counts.items()} == {
        (What.ADDED, "measure"): 1,
        (What.ADDED, "measure.component"): 1,
    }
    changed = put(folder, TWO, known=LATER)
    assert changed.counts == {(What.CHANGED, "measure.component"): 1, (What.ADDED, "measure"): 1}
    assert changed.changes is not None
    told = changed.changes.read_text(encoding="utf-8")
    assert '"before": {"measure.sid": "1", "duty.expression.id": "01", "duty.amount": "10.000"}' in told
    assert put(folder, THREE, known=LATER).counts == {(What.WITHDRAWN, "measure"): 1}
    assert [measure.sid for measure in held(folder).held(Measure)] == ["1"]


def test_it_keeps_a_changed_rate_as_a_new_fact_so_that_an_old_day_replays_as_known_then(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    put(folder, ONE)
    put(folder, TWO, known=LATER)
    tariff = held(folder)
    then, now = tariff.version(Measure, "1", FIRST), tariff.version(Measure, "1", LATER)
    assert then is not None and now is not None and then.duty is not None and now.duty is not None
    assert (printed_duty(then.duty), printed_duty(now.duty)) == ("10.000%", "8.000%")
    assert tariff.version(Measure, "1", datetime(2026, 1, 1, tzinfo=UTC)) is None
    assert now.starts_on == date(2026, 1, 1)


def test_it_changes_nothing_when_the_same_comes_twice(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    for content, known in ((ONE, FIRST), (TWO, LATER), (THREE, LATER)):
        put(folder, content, known=known)
    before = content_of(folder)
    for content in (ONE, TWO, THREE):
        assert put(folder, content, known=datetime(2026, 3, 1, tzinfo=UTC)).count == 0
    assert content_of(folder) == before


def test_it_applies_a_zip_in_the_order_of_its_envelopes(tmp_path: Path) -> None:
    packed = tmp_path / "days.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in (("a.xml", THREE), ("b.xml", ONE), ("c.xml", TWO)):
            archive.writestr(name, content)
    whole, single = tmp_path / "whole", tmp_path / "single"
    report = import_tariff([packed], reader_of("taric3", Options()), "taric3", whole, FIRST)
    assert [file["edition"] for file in report.files] == [26001, 26002, 26003]
    for content in (ONE, TWO, THREE):
        put(single, content)
    for kind in TariffFolder.open(whole).kinds:
        assert list(TariffFolder.open(whole).versions(kind)) == list(TariffFolder.open(single).versions(kind))


def test_it_stores_and_tells_an_update_and_a_delete_of_what_is_not_held(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    report = put(folder, taric3(26001, [("measure", UPDATE, measure("7")), ("measure", DELETE, measure("8"))]))
    assert report.counts == {(What.WITHOUT_TARGET, "measure"): 2}
    assert [measure.sid for measure in held(folder).held(Measure)] == ["7"]
    assert len(list(TariffFolder.open(folder).versions("measure"))) == 2


def test_it_tells_an_end_of_days_as_an_end(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    put(folder, ONE)
    ended = taric3(26002, [("measure", UPDATE, measure("1", validity_end_date="2026-06-30"))])
    assert put(folder, ended).counts == {(What.ENDED, "measure"): 1}


def test_it_keeps_and_counts_a_kind_that_is_not_known(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    report = put(folder, taric3(26001, [("levy.of.tomorrow", INSERT, {"levy.sid": "5", "levy.rate": "3"})]))
    assert [(finding.code, finding.params["count"]) for finding in report.warnings] == [("TARIFF-16", "1")]
    (kept,) = TariffFolder.open(folder).versions("levy.of.tomorrow")
    assert kept.fields == {"levy.sid": "5", "levy.rate": "3"}


def test_it_refuses_an_older_file_that_was_never_applied(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    put(folder, TWO)
    assert refused(folder, ONE) == ["TARIFF-05"]


def test_it_refuses_a_number_that_comes_again_with_another_content(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    put(folder, ONE)
    assert refused(folder, taric3(26001, [("measure", INSERT, measure("9"))])) == ["TARIFF-10"]


def test_it_does_not_change_what_was_known_on_a_past_day(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    put(folder, ONE, known=LATER)
    assert refused(folder, TWO, known=FIRST) == ["TARIFF-06"]


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_it_leaves_the_tariff_as_it_was_when_a_file_is_cut(tmp_path: Path, part: float) -> None:
    folder = tmp_path / "tariff"
    put(folder, ONE)
    many = taric3(26002, [("measure", INSERT, measure(str(sid))) for sid in range(500)])
    assert refused(folder, many[: int(len(many) * part)]) == ["WIRE-08"]


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"", ["TARIFF-01"]),
        (b"not XML at all", ["TARIFF-01"]),
        (b"%PDF-1.7", ["TARIFF-01"]),
        (b"<html><body>moved</body></html>", ["TARIFF-01"]),
        (b'<?xml version="1.0"?><other id="1"><record/></other>', ["TARIFF-01"]),
        (b'<?xml version="1.0" encoding="UTF-7"?><a/>', ["WIRE-04"]),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', ["WIRE-06"]),
        (b"<?xml version='1.0'?>" + b"<!-- -->" * 20_000 + b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", ["WIRE-06"]),
        (ONE.replace(b"103", b"&other;", 1), ["WIRE-06"]),
        (ONE.replace(b"</oub:record>", b"", 1), ["WIRE-07"]),
        (b"<a>" * 100_000, ["TARIFF-22"]),
        (b"<envelope>" + b"<a/>" * 300_000 + b"</envelope>", ["TARIFF-22"]),
        (ONE.replace(b"R2600010", b"\xff\xfe", 1), ["WIRE-05"]),
        (ONE.replace(b'id="26001"', b'id="x"'), ["TARIFF-02"]),
    ],
)
def test_it_refuses_what_is_no_taric3(tmp_path: Path, content: bytes, codes: list[str]) -> None:
    folder = tmp_path / "tariff"
    assert refused(folder, content) == codes
    assert not folder.exists()


@pytest.mark.parametrize(
    ("records", "code", "place"),
    [
        ([("measure", INSERT, measure("1", goods_nomenclature_item_id="08091"))], "TARIFF-03", "record[1]"),
        ([("measure", INSERT, measure("1", validity_start_date="2026-13-01"))], "TARIFF-02", "record[1]"),
        ([("measure.component", INSERT, component("1", "ten"))], "TARIFF-02", "record[1]"),
        ([("measure", INSERT, measure("1")), ("measure", "4", measure("2"))], "TARIFF-02", "record[2]"),
        ([("measure", INSERT, measure(""))], "TARIFF-02", "record[1]"),
        ([("../../measure", INSERT, measure("1"))], "WIRE-07", ""),
        ([("Measure-x", INSERT, measure("1"))], "TARIFF-02", "record[1]"),
    ],
)
def test_it_refuses_a_wrong_value_with_its_place(tmp_path: Path, records: list, code: str, place: str) -> None:
    with pytest.raises(WireError) as error:
        put(tmp_path / "tariff", taric3(26001, records))
    (finding,) = error.value.findings
    assert finding.code == code and place in finding.path
    assert int(finding.params["line"]) >= 3


def test_it_tells_everything_that_is_wrong_at_once(tmp_path: Path) -> None:
    wrong = [("measure", INSERT, measure(str(sid), goods_nomenclature_item_id="x")) for sid in range(5)]
    assert refused(tmp_path / "tariff", taric3(26001, wrong)) == ["TARIFF-03"] * 5

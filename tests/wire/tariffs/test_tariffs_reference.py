# SPDX-License-Identifier: Apache-2.0
"""Real tariffs: five days of TARIC3, commodities of the UK's API, the Eurasian, American and Australian tables."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.wire.tariffs.tariff_files import content_of

from gumruk import packs
from gumruk.law.tariff.measures import GoodsNomenclature, Measure, Tariff, TariffClaim, measures_for
from gumruk.wire.tariffs import (
    Built,
    Options,
    Report,
    TariffFolder,
    What,
    import_tariff,
    law_records,
    notes_of,
    reader_of,
    write_pack_table,
)

KNOWN = datetime(2026, 3, 1, tzinfo=UTC)
TARIC3 = "taric3_xml_TGB18241-18245_2018-12.zip"
UK = "0102291010 0103921100 0702000007 0809400500 1516209821 7202118000 7202999000".split()
FILES = {
    "taric3": [TARIC3],
    "uk-api": [f"uk_api_v2/uk_{code}.json.gz" for code in UK],
    "uk-api xi": ["uk_api_v2/xi_0103921100.json.gz"],
    "eaeu": ["eaeu_ett_2026-03.csv"],
    "us-hts": ["us_hts_2025-04.csv.gz"],
    "au": ["au_schedule3_2026.csv", "au_fta_schedules_2026.csv"],
}
#: Records, lines of the nomenclature, measures, and duty texts or components that are not read (by distinct text).
EXPECTED = {
    "taric3": (34_674, 149, 4_948, set()),
    "uk-api": (4_596, 33, 99, set()),
    "uk-api xi": (927, 6, 7, set()),
    "eaeu": (35_555, 21_117, 13_289, set()),
    "us-hts": (75_085, 35_938, 39_142, {"3.3¢/lin. m", "10¢/pack + 20%", ":"}),
    "au": (
        20_931,
        10_218,
        8_911,
        {
            "$1.220/kg DC$1.220/kg, less 5%",
            "View TCOs for 8462.59",
            "$0.526 /L of gasoline plus",
            "$0.526 /L of diesel plus",
            "$0.526 /L of biodiesel plus",
        },
    ),
}


def imported(reference_data: Path, name: str, folder: Path, options: Options | None = None) -> Report:
    tariffs = reference_data / "tariff"
    paths, form = [tariffs / file for file in FILES[name]], name.split(maxsplit=1)[0]
    return import_tariff(paths, reader_of(form, options or Options()), form, folder, KNOWN)


def built(folder: Path) -> tuple[Tariff, Built]:
    told = Built()
    return Tariff.of(law_records(TariffFolder.open(folder), told)), told


@pytest.mark.reference
@pytest.mark.parametrize("name", list(FILES))
def test_it_reads_real_tariffs_and_twice_changes_nothing(
    reference_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    folder = tmp_path / "tariff"
    report = imported(reference_data, name, folder)
    tariff, told = built(folder)
    counts = tariff.counts()
    records = sum(file["records"] for file in report.files)
    read, unread = told.counts["duties read"], told.counts["duties unread"]
    codes = len({line.code for line in tariff.held(GoodsNomenclature)})
    with capsys.disabled():
        print(
            f"\n  {name}: {len(report.files)} files, {records} records, {codes} codes, {counts['Measure']} measures, "
            f"{read} duties read, {unread} not read ({len(told.unread)} texts); "
            f"warnings {dict(Counter(found.code for found in report.warnings))}"
        )
        if told.unused:
            print(f"    kept, not used by the law: {told.unused}")
    expected = EXPECTED[name]
    assert (records, counts["GoodsNomenclature"], counts["Measure"]) == expected[:3]
    assert {text for text in told.unread if len(text) < 60} == expected[3]
    before = content_of(folder)
    assert imported(reference_data, name, folder).count == 0
    assert content_of(folder) == before


@pytest.mark.reference
def test_it_applies_the_five_days_in_their_order(reference_data: Path, tmp_path: Path) -> None:
    report = imported(reference_data, "taric3", tmp_path / "tariff")
    assert [file["edition"] for file in report.files] == [18241, 18242, 18243, 18244, 18245]
    by_what: Counter[What] = Counter()
    for (what, _), count in report.counts.items():
        by_what[what] += count
    # 33,539 inserts, 1,081 updates and 54 deletes; one update says what is held already.
    assert by_what == {What.ADDED: 33_539, What.CHANGED: 191, What.WITHDRAWN: 2, What.WITHOUT_TARGET: 941}
    assert sum(by_what.values()) == 34_674 - 1


def _rates(table: str) -> list[list[str]]:
    """Code, rate, days, act and status of every row that has a code."""
    return sorted(row[:6] for row in csv.reader(io.StringIO(table)) if row[0])


@pytest.mark.reference
def test_it_reads_every_rate_of_the_eurasian_tariff_with_its_notes(reference_data: Path, tmp_path: Path) -> None:
    notes = notes_of((reference_data / "tariff" / "eaeu_ett_footnotes_2025-09.txt").read_text(encoding="utf-8"))
    folder = tmp_path / "tariff"
    report = imported(reference_data, "eaeu", folder, Options(date(2026, 3, 1), notes))
    tariff, told = built(folder)
    assert told.counts["duties unread"] == 0
    assert len({measure.code for measure in tariff.held(Measure)}) == 13_289
    assert report.warnings == []
    out = io.StringIO()
    assert write_pack_table(tariff, "EEC-COUNCIL-80-2021", out) == (13_318, [])
    pack = (packs.pack_folder("kg") / "tariff.csv").read_text(encoding="utf-8")
    # The pack's table was rebuilt by a script of its own: both read the same codes, rates and days.
    assert _rates(out.getvalue()) == _rates(pack)
    claim = TariffClaim("0809100000", "UZ", date(2026, 6, 1))
    assert len(measures_for(tariff, claim).applied) == 1

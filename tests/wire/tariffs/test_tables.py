# SPDX-License-Identifier: Apache-2.0
"""Tariffs as tables: the Eurasian, the American, the Australian one and our own. Lines, rates, days, what is wrong."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.wire.tariffs.tariff_files import FIRST, LATER, content_of, put

from gumruk.law.tariff.duties import printed_duty
from gumruk.law.tariff.measures import GoodsNomenclature, Measure, Tariff, TariffClaim, measures_for
from gumruk.wire import WireError
from gumruk.wire.tariffs import (
    Options,
    Report,
    TariffFolder,
    What,
    import_tariff,
    law_records,
    notes_of,
    reader_of,
    write_pack_table,
    write_table,
)

EAEU = """chapter,code,description_ru,supplementary_unit,duty_rate_raw,rate_footnote,parse_suspect
08,0809,"Абрикосы, вишня:",,,,
08,0809100000,– абрикосы,–,5,1С),
08,,– вишня:,,,,
08,0809210000,– – кислая,–,"10, но не менее 0,2 евро за 1 кг",,
08,080929000,– – прочая:,,,,
08,0809290001,– – – свежая,шт,7,,
"""
NOTES = """Примечания:
1С) Ставка ввозной таможенной пошлины в размере 0 (ноль) % от таможенной стоимости применяется с 01.02.2026 по
30.04.2026 включительно.
2С) Примечание утратило силу.
"""
US = """HTS Number,Indent,Description,Unit of Quantity,General Rate of Duty,Special Rate of Duty,Column 2 Rate of Duty,\
Quota Quantity,Additional Duties
0809,0,Apricots and cherries,,,,,,
0809.10.00.00,1,Apricots,"[""kg""]",0.2¢/kg,"Free (A+,AU,KR)",0.5¢/kg,,
,1,Cherries:,,0.2¢/kg,,,,
0809.21.00,2,Sour,"[""doz."",""kg""]",Free,,3¢/kg,,
0809.21.00.10,3,Fresh,,Free,,,,
9903.01.25,0,Products of any country,,The duty provided in the applicable subheading + 10%,,,,
"""
AU = """section,chapter,heading,code,stat_code,unit,description,duty_rate_raw
II,8,0809,0809.10.00,40,kg,- Apricots,5% DCS4% DCT5%
II,8,0809,0809.2,,,- Cherries,
II,8,0809,0809.21.00*,41,kg,-- Sour,$1.20/kg
II,8,0809,0809.21.00*,42,kg,-- Other,
"""
AU_AGREEMENTS = """schedule,fta,code,description,duty_rate_raw
Schedule 14,RCEP,0809.10.00,From 1 January 2022,3%
Schedule 8B,CPTPP,0809.10.00,,Free
"""
OWN = """code,unit,indent,type,kind,area,duty,valid_from,valid_to,documents,preference,act,order_number,excluded
0809,,0,,,,,,,,,,,
080910,KGM,1,,,,,,,,,,,
080910,,,103,third_country,1011,10% MIN 0.12 EUR/KGM,2026-01-01,,,,Tariff Act,,TM KG
080910,,,142,preference,UZ,0%,2026-01-01,2026-12-31,ST1 U164,300,Agreement,,
"""
SAMPLES = {"eaeu": EAEU, "us-hts": US, "au": AU, "csv": OWN}


def held(folder: Path) -> Tariff:
    return Tariff.of(law_records(TariffFolder.open(folder)))


def rates(folder: Path) -> dict[str, str]:
    return {m.sid: printed_duty(m.duty) for m in held(folder).held(Measure) if m.duty is not None}


def lines(folder: Path) -> list[tuple[str, str, int, str]]:
    found = held(folder).held(GoodsNomenclature)
    return sorted((line.code, line.suffix, line.indent, line.unit) for line in found)


def test_it_reads_the_eurasian_tariff(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    report = put(folder, EAEU, "eaeu", options=Options(date(2026, 1, 1)))
    assert rates(folder) == {"0809100000": "5%", "0809210000": "10% MIN 0.2 EUR/KGM", "0809290001": "7%"}
    assert lines(folder) == [
        ("0809000000", "80", 0, ""),
        ("0809100000", "80", 1, "KGM"),
        ("0809210000", "10", 1, ""),
        ("0809210000", "80", 2, "KGM"),
        ("0809290000", "80", 2, ""),
        ("0809290001", "80", 3, "NAR"),
    ]
    assert [(found.code, found.params["count"]) for found in report.warnings] == [("TARIFF-18", "1")]
    assert held(folder).branch("0809290001", date(2026, 6, 1))[1] == "0809290000"


def test_it_takes_the_days_of_a_note_from_the_printed_rate(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    report = put(folder, EAEU, "eaeu", options=Options(date(2026, 1, 1), notes_of(NOTES)))
    days = [
        (m.starts_on, m.ends_on, printed_duty(m.duty))
        for m in held(folder).held(Measure)
        if m.code == "0809100000" and m.duty is not None
    ]
    assert sorted(days, key=lambda row: str(row[0])) == [
        (date(2026, 1, 1), date(2026, 1, 31), "5%"),
        (date(2026, 2, 1), date(2026, 4, 30), "0%"),
        (date(2026, 5, 1), None, "5%"),
    ]
    assert report.warnings == []


def test_it_reads_the_american_schedule_by_position(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    report = put(folder, gzip.compress(US.encode()), "us-hts")
    assert rates(folder) == {
        "0809100000/general": "0.002 USD/KGM",
        "0809100000/special": "Free (A+,AU,KR)",
        "0809100000/column2": "0.005 USD/KGM",
        "0809210000/general": "Free",
        "0809210000/column2": "0.03 USD/KGM",
        "9903012500/general": "The duty provided in the applicable subheading + 10%",
    }
    assert ("0809210000", "10", 1, "") in lines(folder) and ("0809210000", "80", 2, "DZN") in lines(folder)
    assert [(found.code, found.params["count"]) for found in report.warnings] == [("TARIFF-19", "2")]
    claim = TariffClaim("0809210010", "CN", date(2026, 6, 1))
    found = measures_for(held(folder), claim)
    assert [held_.measure.sid for held_ in found.applied] == ["0809210000/general"]


def test_it_reads_both_australian_tables_into_one_tariff(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    put(folder, AU, "au")
    put(folder, AU_AGREEMENTS, "au", known=LATER, name="agreements.csv")
    assert rates(folder) == {
        "S3/0809100000/general": "5%; 4% (DCS); 5% (DCT)",
        "S3/0809210000/general": "1.20 AUD/KGM",
        "FTA/0809100000/RCEP": "3%",
        "FTA/0809100000/CPTPP": "Free",
    }
    assert ("0809210042", "80", 3, "KGM") in lines(folder)
    claim = TariffClaim("0809100040", "NZ", date(2026, 6, 1), preferences=("RCEP",))
    assert "FTA/0809100000/RCEP" in [held_.measure.sid for held_ in measures_for(held(folder), claim).applied]


def test_it_reads_our_own_table_and_writes_it_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    put(folder, OWN, "csv")
    tariff = held(folder)
    claim = TariffClaim(
        "0809100000", "UZ", date(2026, 6, 1), preferences=("300",), documents=frozenset({"ST1"}), figures={}
    )
    applied = measures_for(tariff, claim).applied
    assert [(held_.measure.type, printed_duty(held_.duty)) for held_ in applied if held_.duty] == [("142", "0%")]
    out = io.StringIO()
    assert write_table(tariff, out) == (4, [])
    again = tmp_path / "again"
    put(again, out.getvalue(), "csv")
    second = io.StringIO()
    write_table(held(again), second)
    assert second.getvalue() == out.getvalue()
    assert {m.sid: m for m in held(again).held(Measure)} == {m.sid: m for m in tariff.held(Measure)}


def test_it_writes_the_table_of_a_pack_by_codes_that_begin_those_below(tmp_path: Path) -> None:
    folder, out = tmp_path / "tariff", io.StringIO()
    put(folder, US, "us-hts", options=Options(date(2026, 1, 1)))
    count, left = write_pack_table(held(folder), "US-HTS", out)
    assert out.getvalue().splitlines()[1:] == [
        "0809100000,0.002 USD/KGM,2026-01-01,,US-HTS,unverified",
        "080921,Free,2026-01-01,,US-HTS,unverified",
    ]
    assert (count, len(left)) == (2, 4)
    assert "9903012500/general" in left  # it refers to another rate: nothing is computed from it


@pytest.mark.parametrize("name", list(SAMPLES))
def test_it_changes_nothing_for_a_whole_tariff_twice_and_ends_what_does_not_come_again(
    tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "tariff"
    put(folder, SAMPLES[name], name)
    before = content_of(folder)
    assert put(folder, SAMPLES[name], name, known=LATER).count == 0
    assert content_of(folder) == before
    shorter = "".join(SAMPLES[name].splitlines(keepends=True)[:-1])
    gone = put(folder, shorter, name, known=LATER)
    assert {what for what, _ in gone.counts} == {What.WITHDRAWN}
    then = Tariff.of(law_records(TariffFolder.open(folder)))
    kinds = (Measure, GoodsNomenclature)
    told_then, told_now = (sum(len(list(then.held(kind, at))) for kind in kinds) for at in (FIRST, LATER))
    assert told_then > told_now


def test_it_tells_a_change_of_rate_with_both_rates(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    put(folder, OWN, "csv")
    report = put(folder, OWN.replace("10% MIN 0.12", "7% MIN 0.12"), "csv", known=LATER)
    assert report.counts == {(What.CHANGED, "measure"): 1}
    assert report.changes is not None
    told = report.changes.read_text(encoding="utf-8")
    assert "10% MIN 0.12 EUR/KGM" in told and "7% MIN 0.12 EUR/KGM" in told


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "line"),
    [
        ("eaeu", "0809210000", "08092100x0", "TARIFF-03", "5"),
        ("eaeu", ",7,", ",7,,,", "TARIFF-12", "7"),
        ("us-hts", "0809.21.00.10", "0", "TARIFF-03", "6"),
        ("us-hts", "0809.21.00,2", "0809.21.00,-2", "TARIFF-02", "5"),
        ("au", "0809.2,", "08 09/2,", "TARIFF-03", "3"),
        ("csv", "2026-12-31", "2026-02-31", "TARIFF-02", "5"),
        ("csv", "third_country", "duty", "TARIFF-02", "4"),
        ("csv", "080910,KGM,1", "080910,KGM,one", "TARIFF-02", "3"),
        ("csv", "code,unit", "code,units", "TARIFF-15", "1"),
        ("csv", "code,unit", "kode,unit", "TARIFF-01", "1"),
        ("csv", "code,unit", "code,code", "TARIFF-01", "1"),
        ("eaeu", "Абрикосы", 'Абри"косы"x', "TARIFF-14", "2"),
    ],
)
def test_it_refuses_a_wrong_row_with_its_line(
    tmp_path: Path, name: str, old: str, new: str, code: str, line: str
) -> None:
    folder = tmp_path / "tariff"
    put(folder, SAMPLES[name], name)
    before = content_of(folder)
    with pytest.raises(WireError) as error:
        put(folder, SAMPLES[name].replace(old, new, 1), name, known=LATER)
    finding = error.value.findings[0]
    assert (finding.code, finding.params["line"]) == (code, line)
    assert content_of(folder) == before


@pytest.mark.parametrize("name", list(SAMPLES))
def test_it_refuses_a_table_that_is_cut_in_a_row(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "tariff"
    whole = SAMPLES[name]
    starts = len(whole.splitlines(keepends=True)[0].encode())
    content = whole.encode()
    for cut in range(starts + 1, len(content), 7):
        if content[:cut].endswith(b"\n"):
            continue
        with pytest.raises(WireError) as error:
            put(folder, content[:cut], name)
        assert error.value.findings[0].code in {"TARIFF-13", "WIRE-05"}
    assert not folder.exists()


@pytest.mark.parametrize(
    "content", [b"<?xml version='1.0'?><a/>", b'{"a": 1}', b"\xff\xfec\x00o\x00", b"", b"%PDF-1.4", b"a;b\n1;2\n"]
)
@pytest.mark.parametrize("name", list(SAMPLES))
def test_it_refuses_another_kind_of_file(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(WireError) as error:
        put(tmp_path / "tariff", content, name)
    assert error.value.findings[0].code in {"TARIFF-01", "WIRE-04"}


def test_it_refuses_one_row_told_in_two_ways(tmp_path: Path) -> None:
    with pytest.raises(WireError) as error:
        put(tmp_path / "tariff", EAEU + "08,0809290001,– – – свежая,шт,9,,\n", "eaeu")
    (finding,) = error.value.findings
    assert (finding.code, finding.params["first"], finding.params["line"]) == ("TARIFF-09", "7", "8")


def test_it_keeps_and_tells_a_duty_that_cannot_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    report: Report = put(folder, EAEU.replace(",7,", ",семь процентов,"), "eaeu")
    told = [found for found in report.warnings if found.code == "TARIFF-17"]
    assert [(found.params["text"], found.params["line"]) for found in told] == [("семь процентов", "7")]
    assert "0809290001" not in rates(folder)
    assert any("семь процентов" in version.fields.values() for version in TariffFolder.open(folder).versions("measure"))


def test_it_holds_one_format_in_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    put(folder, EAEU, "eaeu")
    with pytest.raises(WireError) as error:
        put(folder, OWN, "csv")
    assert [finding.code for finding in error.value.findings] == ["TARIFF-04"]


def test_it_does_not_take_two_whole_tariffs_for_one(tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_text(OWN, encoding="utf-8")
    paths = [tmp_path / "one.csv", tmp_path / "two.csv"]
    with pytest.raises(WireError) as error:
        import_tariff(paths, reader_of("csv", Options()), "csv", tmp_path / "tariff", datetime(2026, 1, 1, tzinfo=UTC))
    assert [finding.code for finding in error.value.findings] == ["TARIFF-11"]

# SPDX-License-Identifier: Apache-2.0
"""What of a tariff becomes rows of the law: codes of the country's length, and the whole Eurasian tariff."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.law.tariff.tariff_cases import CHAPTER, LINE, goods, kind, measure

from gumruk import packs
from gumruk.law.kernel import DateRange
from gumruk.law.lawbook import Entry, LawBook
from gumruk.law.lawbook.comparison import compare
from gumruk.law.tariff.measures import MeasureKind, Record, Tariff
from gumruk.office.desk.tariff_proposing import revision
from gumruk.wire.tariffs import Options, TariffFolder, import_tariff, law_records, notes_of, reader_of

ACT = "LAW-1"


def book(length: int = 10, *entries: Entry) -> LawBook:
    return LawBook("TJ", [Entry("values", "nomenclature.length", {"value": length}, DateRange()), *entries])


def rates(found: LawBook) -> list[tuple[str, object]]:
    return [(entry.key, entry.fields["duty"]) for entry in found.entries_of("tariff")]


def tariff(*records: Record) -> Tariff:
    return Tariff.of([kind("103", MeasureKind.THIRD_COUNTRY), goods(CHAPTER, 0), goods(LINE, 3), *records])


def test_it_writes_a_code_by_the_countrys_length() -> None:
    plain = goods("0703000000", 0), measure("2", "103", "0703000000", "5%")
    held = tariff(measure("1", "103", LINE, "3%"), *plain)
    assert rates(revision(book(), held, "tariff", ACT, [ACT], None).book) == [(LINE, "3%"), ("0703000000", "5%")]
    shorter = revision(book(8), held, "tariff", ACT, [ACT], None)
    assert rates(shorter.book) == [("07030000", "5%")]
    assert [(finding.code, finding.params["measures"]) for finding in shorter.findings] == [("TARIFF-48", "1")]


def test_it_writes_a_code_that_has_lines_below_it_by_their_beginning() -> None:
    held = tariff(measure("1", "103", CHAPTER, "3%"))
    assert rates(revision(book(), held, "tariff", ACT, [ACT], None).book) == [("07", "3%")]


def test_it_tells_what_stays_by_another_act_and_what_is_stopped() -> None:
    other = Entry("tariff", "08", {"duty": "7%"}, DateRange(), "OLD")
    held = tariff(measure("1", "103", LINE, "3%"), measure("2", "103", LINE, "9%", stopped=True))
    found = revision(book(10, other), held, "tariff", ACT, [ACT, "OLD"], date(2027, 1, 1))
    assert {finding.code: finding.params["count"] for finding in found.findings} == {"TARIFF-46": "1", "TARIFF-53": "1"}
    assert sorted(rates(found.book)) == [(LINE, "3%"), ("08", "7%")]


def test_it_refuses_two_rates_of_one_code_on_a_day() -> None:
    held = tariff(measure("1", "103", LINE, "3%"), measure("2", "103", LINE, "4%", starts_on=date(2026, 1, 1)))
    found = revision(book(), held, "tariff", ACT, [ACT], None)
    assert found.refused and not compare(book(), found.book)
    assert [(finding.code, finding.path) for finding in found.findings] == [("TARIFF-51", LINE)]


@pytest.mark.reference
def test_it_finds_in_the_eurasian_tariff_what_the_pack_that_is_made_of_it_says(
    reference_data: Path, tmp_path: Path
) -> None:
    """13,289 lines: the pack that a script made of them, and what an import of them proposes, are the same law."""
    source = reference_data / "tariff"
    notes = notes_of((source / "eaeu_ett_footnotes_2025-09.txt").read_text(encoding="utf-8-sig"))
    reader = reader_of("eaeu", Options(date(2026, 3, 1), notes))
    known = datetime(2026, 3, 1, tzinfo=UTC)
    import_tariff([source / "eaeu_ett_2026-03.csv"], reader, "eaeu", tmp_path / "eaeu", known, lambda *_: None)
    held = Tariff.of(law_records(TariffFolder.open(tmp_path / "eaeu")))
    pack = packs.load(packs.pack_folder("kg"))
    found = revision(pack.book, held, "tariff", "EEC-COUNCIL-80-2021", list(pack.acts), None)
    assert not found.refused
    assert compare(pack.book, found.book) == ()

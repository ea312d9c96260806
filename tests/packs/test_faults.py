# SPDX-License-Identifier: Apache-2.0
"""Every kind of fault: one small change to a whole pack, and what is said of it, where."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from gumruk import packs, texts

Change = Callable[..., list[packs.Fault]]

# file, what stands there, what is put instead, the fault's code, its line, a parameter of it
CHANGED = tuple[str, str, str, str, int, tuple[str, str]]
CHANGES: list[CHANGED] = [
    ("pack.toml", 'title = "Small"\n', "", "missing_setting", 1, ("column", "title")),
    ("pack.toml", "version", "versio", "unknown_column", 5, ("nearest", "version")),
    ("pack.toml", '"TJ"', '"XX"', "unknown_country", 1, ("found", "XX")),
    ("pack.toml", '"TJS"', '"TJX"', "unknown_currency", 2, ("found", "TJX")),
    ("pack.toml", "Asia/Dushanbe", "Asia/Khorog", "unknown_time_zone", 3, ("found", "Asia/Khorog")),
    ("pack.toml", '"ru"', '"fr"', "unknown_language", 4, ("found", "en fr")),
    ("acts.toml", 'id = "LAW-2"', 'id = "LAW-1"', "key_twice", 9, ("key", "LAW-1")),
    ("acts.toml", "e3b0c442", "E3B0C442", "bad_hash", 14, ("column", "text_sha256")),
    ("acts.toml", "date = 2020-01-01", 'date = "1 January"', "bad_date", 4, ("found", "1 January")),
    ("acts.toml", 'title = "A law"\n', "", "empty_cell", 1, ("column", "title")),
    ("acts.toml", '["Dilnoza", "Farrukh"]', '["Dilnoza", "Dilnoza"]', "verified_without_text", 15, ("act", "LAW-2")),
    ("acts.toml", '[[act]]\nid = "LAW-1"', '[[act]\nid = "LAW-1"', "toml_syntax", 1, ("reason", "")),
    ("values.toml", '"0.14"', "0.14", "float", 10, ("found", "0.14")),
    ("values.toml", '"0.14"', "14", "unquoted", 10, ("found", "14")),
    ("values.toml", '"0.14"', '"14 %"', "bad_decimal", 10, ("found", "14 %")),
    ("values.toml", '"0.14"', '"1e-2"', "bad_decimal", 10, ("found", "1e-2")),
    ("values.toml", '"half_up:2"', '"nearest:2"', "bad_rounding", 34, ("found", "nearest:2")),
    ("values.toml", "valid_to = 2026-12-31", "valid_to = 2027-06-30", "overlap", 21, ("key", "vat.rate")),
    ("values.toml", "valid_to = 2026-12-31", "valid_to = 2026-12-30", "gap", 21, ("first", "2026-12-31")),
    (
        "values.toml",
        "valid_to = 2026-12-31",
        "valid_to = 2023-12-31",
        "ends_before_it_begins",
        13,
        ("last", "2023-12-31"),
    ),
    ("values.toml", "valid_from = 2024-01-01", 'valid_from = "1.1.2024"', "bad_date", 12, ("found", "1.1.2024")),
    ("values.toml", 'value = ""', 'value = "half_up:2"', "unknown_but_given", 30, ("column", "status")),
    ("values.toml", 'act = "LAW-2"', 'act = "LAW-3"', "unknown_act", 14, ("found", "LAW-3")),
    ("values.toml", 'key = "currency"', "ky = 3", "unknown_column", 2, ("column", "ky")),
    (
        "charges.toml",
        'level = "item"\nkind = "vat"',
        'level = "line"\nkind = "vat"',
        "unknown_word",
        18,
        ("nearest", "item"),
    ),
    ("charges.toml", "order = 20", 'order = "2,0"', "bad_integer", 16, ("found", "2,0")),
    ("charges.toml", "law.vat_rate", "law.vat_rte", "bad_expression", 22, ("reason", "expression.unknown_field")),
    ("charges.toml", '"base * law.vat_rate"', "'item.code in [\"22*\"]'", "bad_expression", 22, ("column", "amount")),
    ("charges.toml", "base * law.vat_rate", "base / 2", "bad_expression", 22, ("reason", "expression.division")),
    ("charges.toml", "order = 20", "order = 5", "charge_later", 21, ("name", "charge.duty")),
    ("charges.toml", "base * law.vat_rate", "charge.vat * 2", "charge_later", 22, ("name", "charge.vat")),
    ("tariff.csv", "22,10%", "22,10 apples", "bad_duty", 3, ("source", "10 apples")),
    ("tariff.csv", "0.40 EUR/LTR", "0.40 EUR/BUCKETS", "bad_duty", 4, ("unit", "BUCKETS")),
    ("tariff.csv", "0.40 EUR/LTR", "0.40 USD/LTR", "bad_duty", 4, ("reason", "expression.unknown_field")),
    ("tariff.csv", "22,10%", "22.03,10%", "bad_commodity", 3, ("found", "22.03")),
    ("tariff.csv", "22,10%", "6908,10%", "unknown_commodity", 3, ("found", "6908")),
    ("tariff.csv", "22,10%,,,,training", "22,10%,,,,unverified", "missing_act", 3, ("status", "unverified")),
    ("tariff.csv", "22,10%,,,,training", "22,10%,,,,certain", "unknown_word", 3, ("found", "certain")),
    ("tariff.csv", "22,10%,,,,training", "22,,,,,training", "empty_cell", 3, ("column", "duty")),
    ("tariff.csv", "22,10%,,,,training", "22,10%,,,training", "cell_count", 3, ("found", "5")),
    ("tariff.csv", "22,10%,,,,training", '22,"10%"x,,,,training', "csv_syntax", 3, ("reason", "")),
    ("tariff.csv", "code,duty", "code,rate", "missing_column", 1, ("column", "duty")),
    ("tariff.csv", "code,duty", "code,code", "column_twice", 1, ("column", "code")),
    ("tariff_lines.csv", ",LTR,", ",LITRE,", "unknown_unit", 2, ("found", "LITRE")),
    ("tariff_lines.csv", "2203000100", "6908100000", "unknown_commodity", 2, ("found", "6908100000")),
    ("tariff_lines.csv", ",LTR,", ",,", "empty_cell", 2, ("column", "unit")),
    ("exchange_rates.csv", "10.70", '"10,70"', "bad_decimal", 2, ("found", "10,70")),
    ("exchange_rates.csv", "EUR,10.80", "EUX,10.80", "unknown_currency", 3, ("found", "EUX")),
    ("exchange_rates.csv", "EUR,10.70,1,", "EUR,0,1,", "not_above_zero", 2, ("found", "0")),
    ("exchange_rates.csv", "EUR,10.70,1,", "EUR,10.70,5,", "bad_per", 2, ("found", "5")),
    ("exchange_rates.csv", "EUR,10.70,1,", "EUR,10.70,10000000,", "number_too_long", 2, ("found", "0.000001070")),
    ("values.toml", '"0.14"', '"0.1234567"', "number_too_long", 10, ("scale", "6")),
    ("preferences.csv", "UZ KZ", "UZ KX", "unknown_country", 2, ("found", "KX")),
    ("preferences.csv", ",861,", ",862,", "unknown_code", 2, ("table", "documents")),
    ("preferences.csv", "0%,duty", "0%,duti", "unknown_code", 2, ("nearest", "duty")),
    ("preferences.csv", "2402 2208", "2402 6908", "unknown_commodity", 2, ("found", "6908")),
    ("offices.csv", ",pass,", ",past,", "unknown_code", 2, ("nearest", "pass")),
    ("offices.csv", "POST,", "the post,", "bad_code", 2, ("found", "the post")),
    ("hours.csv", "18:00", "6 pm", "bad_time", 2, ("found", "6 pm")),
    ("hours.csv", "pass,1,", "pass,Mon,", "bad_weekday", 2, ("found", "Mon")),
    ("holidays.csv", "2027-01-01", "2027-02-30", "bad_date", 2, ("found", "2027-02-30")),
    ("fees.csv", "2,1000.00", "2,999.99", "bracket_apart", 3, ("other", "2")),
    ("fees.csv", "2,1000.00", "2,1000.01", "bracket_apart", 3, ("from", "1000.01")),
    ("labels.csv", "regions,TJ-GB,ru,TJ-GB in ru\n", "", "missing_label", 2, ("languages", "ru")),
    ("labels.csv", "regions,TJ-GB,ru", "regions,TJ-GB,en", "key_twice", 19, ("key", "regions TJ-GB en")),
    ("labels.csv", "regions,TJ-GB,ru", "regions,TJ-GB,fr", "unknown_language", 19, ("found", "fr")),
    ("labels.csv", "regions,TJ-GB,ru", "region,TJ-GB,ru", "unknown_word", 19, ("nearest", "regions")),
    ("labels.csv", "TJ-GB in ru", "", "empty_cell", 19, ("column", "label")),
]


@pytest.mark.parametrize("change", CHANGES, ids=[f"{c[3]}-{n}" for n, c in enumerate(CHANGES)])
def test_it_names_the_fault_where_it_stands(broken: Change, change: CHANGED) -> None:
    name, old, new, code, line, (param, value) = change
    faults = broken(name, old, new)
    found = [fault for fault in faults if fault.code == code and value in fault.params[param]]
    place = {"missing_label": "offices.csv", "verified_without_text": "values.toml"}.get(code, name)
    assert [(fault.file, fault.line) for fault in found] == [(place, line)], faults


def test_it_finds_nothing_in_a_whole_pack(small: Path) -> None:
    assert packs.check(small) == []


def test_it_says_everything_at_once(broken: Change, small: Path) -> None:
    broken("tariff.csv", "22,10%", "22,ten")
    faults = broken("hours.csv", "18:00", "6 pm")
    assert [(fault.file, fault.code) for fault in faults] == [("hours.csv", "bad_time"), ("tariff.csv", "bad_duty")]


def test_it_names_the_training_value_that_nobody_needs(broken: Change) -> None:
    twin = '[[values]]\nkey = "vat.rate"\nvalue = "0.2"\ntype = "decimal"\nvalid_to = 2026-12-31\nstatus = "training"\n'
    faults = broken("values.toml", '[[values]]\nkey = "currency"', f'{twin}\n[[values]]\nkey = "currency"')
    assert [(fault.code, fault.line) for fault in faults] == [("training_without_need", 6)]


@pytest.mark.parametrize("pattern", ["{office}/{number}", "{office}", "{serial.__class__}", "{serial", "{}{serial}"])
def test_it_refuses_a_pattern_that_numbers_cannot_be_made_of(broken: Change, pattern: str) -> None:
    row = f'[[values]]\nkey = "number.pattern"\nvalue = "{pattern}"\ntype = "text"\nstatus = "training"\n\n'
    faults = broken("values.toml", '[[values]]\nkey = "currency"', f'{row}[[values]]\nkey = "currency"')
    assert [(fault.code, fault.line) for fault in faults] == [("bad_pattern", 3)]


def test_it_does_not_blame_the_rows_for_a_broken_list_of_acts(broken: Change) -> None:
    faults = broken("acts.toml", '[[act]]\nid = "LAW-1"', '[[act]\nid = "LAW-1"')
    assert [fault.code for fault in faults] == ["toml_syntax"]


def test_it_does_not_blame_an_expression_for_a_broken_value(broken: Change) -> None:
    faults = broken("values.toml", '"0.14"', "0.14")
    assert [fault.code for fault in faults] == ["float"]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"\xef\xbb\xbfcode,duty,valid_from,valid_to,act,status\n", "byte_order_mark", 1),
        ("code,duty,valid_from,valid_to,act,status\n22,10%,,,,обучение\n".encode("cp1251"), "encoding", 2),
        ("code,duty,valid_from,valid_to,act,status\n".encode("utf-16"), "encoding", 1),
        (b"", "empty_file", 1),
        (b"code,duty\n" + b"0" * 16_000_000, "too_large", 0),
        (b"\x00\x01\x02\n", "missing_column", 1),
    ],
    ids=["bom", "cp1251", "utf-16", "empty", "too large", "zeros"],
)
def test_it_answers_a_file_that_is_no_table(small: Path, content: bytes, code: str, line: int) -> None:
    (small / "tariff.csv").write_bytes(content)
    faults = packs.check(small)
    assert (code, line) in [(fault.code, fault.line) for fault in faults if fault.file == "tariff.csv"]


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to(path)])
def test_it_answers_what_is_no_file(small: Path, make: Callable[[Path], None]) -> None:
    (small / "tariff.csv").unlink()
    make(small / "tariff.csv")
    assert [(fault.file, fault.code) for fault in packs.check(small)] == [("tariff.csv", "unreadable")]


@pytest.mark.parametrize("content", ["x = " + "[" * 5000, "[[values]]\n" * 3 + "key = '", "a = 1\na = 2", "\x00"])
def test_it_answers_toml_that_is_broken(small: Path, content: str) -> None:
    (small / "values.toml").write_text(content, encoding="utf-8")
    assert ("values.toml", "toml_syntax") in [(fault.file, fault.code) for fault in packs.check(small)]


def test_it_names_files_that_are_missing_twice_or_unknown(small: Path) -> None:
    (small / "offices.csv").unlink()
    (small / "tariff.toml").write_text("", encoding="utf-8")
    (small / "tarif.csv").write_text("", encoding="utf-8")
    (small / "README.md").write_text("Notes may lie beside the tables.", encoding="utf-8")
    faults = {(fault.file, fault.code, fault.params.get("nearest")) for fault in packs.check(small)}
    assert faults == {
        (".", "missing_table", None),
        ("tariff.toml", "table_twice", None),
        ("tarif.csv", "unknown_file", "tariff"),
    }


def test_it_answers_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert [fault.code for fault in packs.check(tmp_path / "nowhere")] == ["no_folder"]
    assert [fault.code for fault in packs.check(Path("n" * 5000))] == ["unreadable"]


def test_it_refuses_to_load_a_pack_with_faults(small: Path) -> None:
    (small / "hours.csv").write_text("hours\n", encoding="utf-8")
    with pytest.raises(packs.PackError) as refused:
        packs.load(small)
    assert {fault.code for fault in refused.value.faults} == {"missing_column"}
    assert "hours.csv:1:" in str(refused.value)


def test_it_has_words_for_every_fault_in_every_language() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(packs.__file__).parent.glob("*.py"))
    codes = {key.split(".")[2] for key in texts.catalogue("en") if key.startswith("pack.fault.")}
    assert {change[3] for change in CHANGES} <= codes
    assert {code for code in codes if f'"{code}"' not in source} == set()
    for language in texts.LANGUAGES:
        for code in codes:
            for part in ("what", "mend"):
                key = f"pack.fault.{code}.{part}"
                text = texts.find(language, key)
                assert text is not None
                assert texts.placeholders(text) == texts.placeholders(str(texts.find("en", key))), key


@pytest.mark.parametrize("change", CHANGES, ids=[f"{c[3]}-{n}" for n, c in enumerate(CHANGES)])
def test_it_says_each_fault_and_its_mend_in_words(broken: Change, change: CHANGED) -> None:
    for fault in broken(*change[:3]):
        for language in texts.LANGUAGES:
            assert "{" not in fault.what(language)
            assert len(fault.mend(language)) > 10

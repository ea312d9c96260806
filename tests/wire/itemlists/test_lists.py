# SPDX-License-Identifier: Apache-2.0
"""Lists of goods from CSV and XLSX, as traders keep them and as strangers bend them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.wire.itemlists.books import book, sheet

from gumruk import texts, wire
from gumruk.law.declarations.model import Amount, Measure, Moment
from gumruk.law.kernel import Severity
from gumruk.wire.itemlists import FIELDS, ItemList, Mapping, guess_mapping, headers_of, read_items
from gumruk.wire.itemlists.grid import GridLimits
from gumruk.wire.itemlists.values import Ambiguous, day, number
from gumruk.wire.itemlists.workbook import read_workbook

RUSSIAN = "№;Код ТН ВЭД;Наименование товара;Страна происхождения;Брутто, кг;Нетто, кг;Стоимость, USD;Мест\r\n"


def read(content: bytes, mapping: Mapping | None = None) -> ItemList:
    """A list read by what its headers speak for; every finding is also said in every language."""
    found = read_items(content, mapping or guess_mapping(headers_of(content)))
    for finding in found.findings:
        for language in texts.LANGUAGES:
            for part in ("text", "mend"):
                assert texts.say(language, f"finding.{finding.code}.{part}", **finding.params)
    return found


def told(found: ItemList) -> list[tuple[str, str, str]]:
    """Code, row and column of each finding."""
    return [(one.code, one.params.get("row", "-"), one.params.get("column", "-")) for one in found.findings]


def refused(content: bytes) -> list[str]:
    """The codes a list is refused with."""
    with pytest.raises(wire.WireError) as caught:
        headers_of(content)
    for finding in caught.value.findings:
        assert all(
            texts.say(language, f"finding.{finding.code}.text", **finding.params) for language in texts.LANGUAGES
        )
    return [finding.code for finding in caught.value.findings]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_it_reads_a_russian_list_in_every_encoding(encoding):
    content = (RUSSIAN + "1;1101 00 150 0;Мука пшеничная;KZ;68 340,5;68000;19 720,00;1360\r\n").encode(encoding)
    found = read(content)
    (item,) = found.items
    assert found.findings == ()
    assert item.commodity.classifications[0].id == "1101001500"
    assert item.commodity.description == "Мука пшеничная"
    assert item.origins[0].country_code == "KZ"
    assert item.commodity.goods_measure.gross_mass == Measure(Decimal("68340.5"), "KGM")
    assert item.commodity.item_charge_amount == Amount(Decimal("19720.00"), "USD")
    assert item.packagings[0].quantity == Decimal(1360)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_it_finds_the_separator(separator):
    rows = [["HS code", "Description", "Net weight", "Amount", "Currency"], ["0302", '"a; b, c"', "1.5", "10", "EUR"]]
    content = "\n".join(separator.join(row) for row in rows).encode()
    (item,) = read(content).items
    assert item.commodity.description == "a; b, c"
    assert item.commodity.item_charge_amount == Amount(Decimal(10), "EUR")


def test_it_knows_excels_line_that_names_the_separator():
    found = read(b"sep=|\nDescription|Amount\na, b; c, d; e|1,5\n")
    assert found.items[0].commodity.item_charge_amount == Amount(Decimal("1.5"))


def test_it_reads_a_tajik_list_typed_without_tajik_letters():
    for headers in (
        "Рамзи мол;Номи мол;Кишвари истеҳсол;Вазни холис;Арзиш",
        "РАМЗИ МОЛ;номи мол;кишвари истехсол;вазни холис;арзиш",
    ):
        mapping = guess_mapping(headers.split(";"))
        assert [field for _, field in mapping.columns] == [
            "commodity_code",
            "description",
            "origin",
            "net_mass",
            "price",
        ]


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (
            ["Item No.", "HS Code", "Goods Description", "Origin"],
            ["sequence", "commodity_code", "description", "origin"],
        ),
        (["Unit price", "Total price (USD)", "Unit", "Qty"], ["price", "unit", "quantity"]),
        (["Цена за единицу", "Цена", "Сумма"], ["price"]),
        (["Вес нетто (тонн)", "Вес брутто, кг"], ["gross_mass"]),
        (["Net weight, lbs", "G.W. gross (kg)"], ["gross_mass"]),
        (["Description", "Description"], ["description"]),
        (["Код документа", "Номер документа", "Дата документа"], ["document_type", "document_number", "document_day"]),
        (["", "   ", "xyz"], []),
    ],
)
def test_it_guesses_what_headers_mean(headers, fields):
    assert [field for _, field in guess_mapping(headers).columns] == fields


def test_a_mapping_is_remembered_as_json_and_columns_may_move():
    mapping = guess_mapping(["Наименование", "Сумма, CNY"])
    again = Mapping.from_json(mapping.to_json())
    assert again == mapping
    assert again.currency == "CNY"
    (item,) = read("сумма  cny;;НАИМЕНОВАНИЕ\n5;;Чай\n".encode(), again).items
    assert (item.commodity.description, item.commodity.item_charge_amount) == ("Чай", Amount(Decimal(5), "CNY"))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1}', '{"version": 2, "columns": [], "currency": null}'])
def test_it_refuses_what_is_no_mapping(text):
    with pytest.raises(wire.WireError, match="LIST-15"):
        Mapping.from_json(text)
    with pytest.raises(wire.WireError, match="LIST-15"):
        Mapping.from_json('{"version": 1, "columns": [["a", "no_field"]], "currency": null}')


@given(
    st.lists(st.tuples(st.text(max_size=9), st.sampled_from(sorted(FIELDS))), max_size=5), st.none() | st.just("USD")
)
def test_any_mapping_comes_back_from_json(columns, currency):
    mapping = Mapping(tuple(columns), currency)
    assert Mapping.from_json(mapping.to_json()) == mapping


@given(
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.sampled_from([" ", "\u00a0", "'", ""]),
    st.sampled_from(".,"),
)
def test_it_reads_every_grouped_number(value, group, mark):
    whole, rest = f"{value:,.2f}".split(".")
    assert number(whole.replace(",", group) + mark + rest) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,250.50", "1250.50"),
        ("1.250,50", "1250.50"),
        ("1,234,567", "1234567"),
        ("0,250", "0.250"),
        ("1250,500", "1250.500"),
        ("1.250", "1.250"),
        ("-3", "-3"),
    ],
)
def test_it_reads_numbers_of_several_countries(text, value):
    assert number(text) == Decimal(value)


def test_it_refuses_what_can_be_read_in_two_ways():
    for text in ("1,250", "12,500"):
        with pytest.raises(Ambiguous):
            number(text)
    with pytest.raises(Ambiguous):
        day("03/04/2026")
    assert [
        day(text).isoformat() for text in ("25.11.2026 г.", "2026-11-25", "25/11/2026", "11/25/2026", "4/4/2026")
    ] == [
        "2026-11-25",
        "2026-11-25",
        "2026-11-25",
        "2026-11-25",
        "2026-04-04",
    ]


def test_it_tells_each_wrong_cell_at_its_row_and_column():
    found = read(
        b"No,Description,Net weight,Amount,Date,Origin\n"
        b'1,Tea,ten,"1,250",03/04/2026,CN\n'
        b"1.5,=cmd|x,2,=1+1,32.01.2026,=A1\n"
        b"2,-old tea,3,4,01.02.2026,\n"
        b"Total,,,9,,\n"
        b",,,,,\n"
    )
    assert told(found) == [
        ("LIST-05", "2", "C"),
        ("LIST-06", "2", "D"),
        ("LIST-06", "2", "E"),
        ("LIST-13", "3", "A"),
        ("LIST-04", "3", "B"),
        ("LIST-04", "3", "D"),
        ("LIST-19", "3", "E"),
        ("LIST-04", "3", "F"),
        ("LIST-11", "4", "B"),
        ("LIST-12", "5", "-"),
    ]
    assert found.findings[0].path == "items[0].commodity.goods_measure.net_mass"
    assert not found.whole
    assert [item.commodity and item.commodity.description for item in found.items] == ["Tea", None, "-old tea"]
    assert found.items[2].additional_documents[0].issue == Moment("20260201", "102")


def styled(style: int, value: float) -> str:
    """A number with a style: 1 and 2 are days, 3 only says "day" beside a number."""
    return f'<c s="{style}"><v>{value}</v></c>'


def test_it_reads_a_workbook_as_it_is_seen():
    rows = [
        ["Packing list No 7", None, None],
        ["HS code", "Description", "Gross kg", "Document", "Document date", "Amount, USD"],
        ['<c t="s"><v>0</v></c>', "Laptops", 0.1 + 0.2, "INV-1", styled(1, 46351), 1250.5],
        [302620000, "Fish", "<c><v>1.2505E3</v></c>", 17, styled(2, 46351.75), styled(3, 7)],
    ]
    found = read(book(sheet(rows), shared=["<si><r><t>8471</t></r><r><t>300000</t></r><rPh><t>x</t></rPh></si>"]))
    first, second = found.items
    assert told(found) == [("LIST-18", "4", "A")]
    assert first.commodity.classifications[0].id == "8471300000"
    assert first.commodity.goods_measure.gross_mass.value == Decimal("0.3")
    assert first.additional_documents[0].issue == Moment("20261125", "102") == second.additional_documents[0].issue
    assert second.commodity.classifications[0].id == "0302620000"
    assert second.commodity.goods_measure.gross_mass.value == Decimal("1250.5")
    assert second.additional_documents[0].id == "17"
    assert second.commodity.item_charge_amount == Amount(Decimal(7), "USD")


def test_it_computes_no_formula_and_tells_errors_and_what_is_hidden():
    rows = [
        ["Description", "Amount", "Net kg"],
        ["Tea", '<c><f>HYPERLINK("x")</f><v>99</v></c>', '<c t="e"><v>#REF!</v></c>'],
        ["Salt", 5, 1],
    ]
    hidden = '<cols><col min="3" max="3" hidden="1"/></cols>'
    found = read(book(sheet(rows, hidden=[3], columns=hidden)))
    assert told(found) == [("LIST-08", "-", "C"), ("LIST-04", "2", "B"), ("LIST-14", "2", "C"), ("LIST-07", "3", "-")]
    assert [one.severity for one in found.findings if one.code in ("LIST-07", "LIST-08")] == [Severity.WARNING] * 2
    assert found.items[0].commodity.item_charge_amount is None


def test_it_reads_the_first_sheet_that_is_visible_and_days_of_1904():
    second = sheet([["Description", "Date", "Document"], ["Tea", '<c s="1"><v>44889</v></c>', "x"]])
    found = read(
        book(sheet([["Description"], ["no"]]), second=second, state="hidden", properties='<workbookPr date1904="1"/>')
    )
    assert found.items[0].commodity.description == "Tea"
    assert found.items[0].additional_documents[0].issue == Moment("20261125", "102")


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">]><worksheet/>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "LIST-09"),
        (b" \n;;\n", "LIST-09"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "LIST-01"),
        (b"%PDF-1.7", "LIST-01"),
        (b"a;b\x00;c", "LIST-01"),
        (b"a;\x98;c", "WIRE-05"),
        (b'a,b\n"' + b"x" * 200_000, "LIST-17"),
        (b"PK\x03\x04", "BATCH-01"),
        (book(sheet([]), parts={"xl/vbaProject.bin": "x"}), "LIST-02"),
        (
            book(
                sheet([]),
                parts={"[Content_Types].xml": '<Types a="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'},
            ),
            "LIST-02",
        ),
        (book(sheet([]), parts={"xl/worksheets/sheet1.xml": LAUGHS}), "LIST-01"),
        (book(sheet([]), parts={"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row>"}), "LIST-17"),
        (book(sheet([]), parts={"xl/worksheets/sheet1.xml": " " * 20_000_000}), "BATCH-07"),
        (book(sheet([]), parts={"xl/workbook.xml": "<workbook/>"}), "LIST-09"),
        (book(sheet([])), "LIST-09"),
        (b"a;b\n" * 20_002, "LIST-10"),
    ],
)
def test_it_refuses_what_is_no_list(content, code):
    assert refused(content) == [code]


def test_it_counts_the_cells_of_a_workbook_before_it_reads_them():
    with pytest.raises(wire.WireError, match="WIRE-31"):
        read_workbook(book(sheet([["a", "b"]] * 9)), GridLimits(tags_max=50))


def test_it_refuses_more_goods_than_a_declaration_has_and_tells_missing_and_doubled_columns():
    mapping = Mapping((("Goods", "description"), ("Weight", "net_mass")))
    with pytest.raises(wire.WireError, match="WIRE-13"):
        read_items(b"Goods,Weight\n" + b"Tea,1\n" * 1_000, mapping)
    assert told(read(b"Goods,Goods\nTea,Salt\n", mapping)) == [("LIST-16", "-", "B"), ("LIST-03", "-", "-")]


def test_it_reads_as_many_rows_as_a_declaration_may_have():
    rows = [["HS code", "Description", "Gross kg", "Net kg", "Amount, USD", "Origin", "Packages"]]
    rows += [
        [f"84713{place:05}", f"Goods {place}", place + 2, place + 1, place * 3 + 1, "CN", place + 1]
        for place in range(999)
    ]
    found = read(book(sheet(rows)))
    assert (len(found.items), found.findings) == (999, ())


@given(st.binary(max_size=200))
def test_no_bytes_bring_down_the_reader(content):
    for bent in (content, b"a;b\n" + content, b"PK\x03\x04" + content):
        try:
            read(bent)
        except wire.WireError as error:
            assert error.findings

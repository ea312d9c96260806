# SPDX-License-Identifier: Apache-2.0
"""The tables that the rules of a declaration read: what may stand in them, and what is the law's core."""

from __future__ import annotations

from pathlib import Path

import pytest

from gumruk import packs
from gumruk.law.kernel import HsCode

CHECKS = "rule,grade,number,valid_from,valid_to,act,status\n"
CODES = "list,code,valid_from,valid_to,act,status\n"
REQUIRED = "flow,procedure,code,field,grade,valid_from,valid_to,act,status\n"
DOCUMENTS = (
    "demand,flow,procedures,codes,origins,preferences,value_over,documents,grade,valid_from,valid_to,act,status\n"
)
FORMATS = "document,form,dated,valid_days,valid_from,valid_to,act,status\n"

GOOD = [
    ("checks.csv", CHECKS + "DEC-26,error,,2027-01-01,,,training\nDEC-60,warning,365,,,,training\n"),
    ("codes.csv", CODES + "transport_mode,3,,,LAW-1,unverified\n"),
    ("required.csv", REQUIRED + "import,40,22,goods_shipment.trade_terms.condition_code,error,,,,training\n"),
    ("required.csv", REQUIRED + "any,any,,items.commodity.vehicles.id,off,,,,training\n"),
    ("required_documents.csv", DOCUMENTS + "proof,import,40,22,UZ KZ,FTA,1000.00,861,warning,,,,training\n"),
    ("required_documents.csv", DOCUMENTS + "proof,any,,,,,,861,error,,,,training\n"),
    ("document_formats.csv", FORMATS + "861,a2n7 an..20,true,365,,,,training\n"),
]

# file, content, the fault's code, a parameter of it
FAULTY = [
    ("checks.csv", CHECKS + "DEC-9999,error,,,,,training\n", "unknown_rule", ("found", "DEC-9999")),
    ("checks.csv", CHECKS + "DEC-26,fatal,,,,,training\n", "unknown_word", ("found", "fatal")),
    ("checks.csv", CHECKS + "DEC-20,off,,,,,training\n", "locked_rule", ("rule", "DEC-20")),
    ("checks.csv", CHECKS + "DEC-20,warning,,,,,training\n", "locked_rule", ("rule", "DEC-20")),
    ("checks.csv", CHECKS + "DEC-60,warning,a year,,,,training\n", "bad_decimal", ("found", "a year")),
    (
        "required.csv",
        REQUIRED + "any,any,,goods_shipment.nothing,error,,,,training\n",
        "unknown_field",
        ("found", "noth"),
    ),
    ("required.csv", REQUIRED + "any,53,,exit_office_id,error,,,,training\n", "unknown_code", ("table", "procedures")),
    ("required.csv", REQUIRED + "in,any,,exit_office_id,error,,,,training\n", "unknown_word", ("found", "in")),
    (
        "required_documents.csv",
        DOCUMENTS + "p,any,,,,,,862,error,,,,training\n",
        "unknown_code",
        ("table", "documents"),
    ),
    ("required_documents.csv", DOCUMENTS + "p,any,41,,,,,861,error,,,,training\n", "unknown_code", ("found", "41")),
    ("document_formats.csv", FORMATS + "861,(n9)*,true,,,,,training\n", "bad_form", ("found", "(n9)*")),
]


@pytest.mark.parametrize(("name", "content"), GOOD)
def test_it_takes_the_tables_that_rules_read(small: Path, name: str, content: str) -> None:
    (small / name).write_text(content, encoding="utf-8")
    assert packs.check(small) == []
    assert packs.load(small).book.entries_of(name.removesuffix(".csv"))


@pytest.mark.parametrize(("name", "content", "code", "parameter"), FAULTY)
def test_it_names_what_no_rule_could_read(
    small: Path, name: str, content: str, code: str, parameter: tuple[str, str]
) -> None:
    (small / name).write_text(content, encoding="utf-8")
    (fault,) = packs.check(small)
    assert (fault.file, fault.line, fault.code) == (name, 2, code)
    assert parameter[1] in fault.params[parameter[0]]
    assert all(fault.what(language) and fault.mend(language) for language in ("en", "ru", "tg"))


def test_it_refuses_a_form_of_an_identifier_that_is_none(small: Path) -> None:
    values = small / "values.toml"
    row = '[[values]]\nkey = "form.taxpayer"\nvalue = "nine"\ntype = "text"\nstatus = "training"\n\n'
    values.write_text(row + values.read_text(encoding="utf-8"), encoding="utf-8")
    assert [(fault.code, fault.line) for fault in packs.check(small)] == [("bad_form", 3)]


def test_the_pack_of_tajikistan_asks_for_what_is_in_the_nomenclature() -> None:
    pack = packs.load(packs.pack_folder("tj"))
    prefixes = {entry.key.split(".", 3)[2] for entry in pack.book.entries_of("required")} - {""}
    assert prefixes and all(HsCode(prefix) in pack.nomenclature for prefix in prefixes)

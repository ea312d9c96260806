# SPDX-License-Identifier: Apache-2.0
"""`gumruk origin`: a rule read or refused, a bill judged with every step, bad bills refused with their place."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from gumruk import texts
from gumruk.cli import main
from gumruk.office.desk.origin_words import missing_words

BILL = """\
product: "6205 20"
prices: {ex_works: 100}
mass: 5
rule: "change(chapter, excluded=[5208])"
materials:
  - {name: fabric, code: "5208", value: 30, mass: 3, originating: no}
  - {name: thread, code: "5204", value: 10, mass: 1, originating: yes}
"""


def origin(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["origin", *arguments])
    told = capsys.readouterr()
    return status, told.out, told.err


def check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], bill: str, *arguments: str, name: str = "bill.yaml"
) -> tuple[int, dict[str, Any]]:
    path = tmp_path / name
    path.write_text(bill, encoding="utf-8")
    status, out, _ = origin(capsys, "check", str(path), "--json", *arguments)
    return status, json.loads(out)


def test_it_reads_a_rule_and_says_its_class(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = origin(capsys, "read", "A change to a good of heading 2814 from any other heading.")
    assert (status, "CTH: for([2814], change(level=heading))" in out) == (0, True)


def test_it_reads_a_file_a_line_a_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rules.txt"
    path.write_text("Weaving.\n\nStandard QVC.\nManufacture from chaos %\n", encoding="utf-8")
    status, out, _ = origin(capsys, "read", "--file", str(path), "--json", "--language", "tg")
    answers = [json.loads(line) for line in out.splitlines()]
    assert status == 2
    assert answers[0] == {"text": "Weaving.", "class": "PROCESS", "rule": "process(weaving)"}
    assert [answer["error"]["code"] for answer in answers[1:]] == ["ROO-8", "ROO-4"]
    assert answers[2]["error"]["position"] == 12
    assert "«" in answers[2]["error"]["message"]


@pytest.mark.parametrize("arguments", [["read"], ["read", "x", "--file", "y"], ["read", "--file", "/nowhere/at/all"]])
def test_it_needs_a_text_or_a_file_that_opens(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = origin(capsys, *arguments)
    assert (status, err.startswith("gumruk origin")) == (2, True)


def test_it_judges_a_bill_with_every_step(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = check(tmp_path, capsys, BILL)
    assert (status, told["verdict"], told["class"]) == (1, "no", "CC")
    assert [step["code"] for step in told["steps"]] == ["origin.change"]
    assert "fabric (5208)" in told["steps"][0]["plain"]
    assert check(tmp_path, capsys, BILL, "--rule", "value(30)")[0] == 0


def test_it_names_the_facts_that_are_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = check(tmp_path, capsys, BILL, "--rule", "Weaving.", "--language", "ru")
    assert (status, told["verdict"], told["missing"]) == (1, "undetermined", ["processes.weaving"])
    assert told["needs"] == ["выполнено ли это (processes): «weaving»"]


def test_it_takes_facts_in_the_rules_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = BILL + 'processes: {"Weaving": yes}\nis: [shirts for babies]\n'
    rule = 'for([goods(words="Shirts for babies")], process(weaving))'
    assert check(tmp_path, capsys, done, "--rule", rule)[0] == 0


def test_it_takes_json_and_the_terms_of_an_agreement(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bill = {
        "product": "620520", "prices": {"ex_works": 100}, "insufficient": False,
        "rule": "change(chapter, excluded=[5208])",
        "materials": [{"name": "fabric", "code": "5208", "value": 8.5, "originating": False}],
        "terms": {"tolerance": {"most": 10, "act": "article 6"}, "cumulation": "bilateral", "partners": ["KZ"]},
    }  # fmt: skip
    status, told = check(tmp_path, capsys, json.dumps(bill), name="bill.json")
    assert (status, [step["act"] for step in told["steps"] if step["code"] == "origin.tolerance"]) == (0, ["article 6"])


@pytest.mark.parametrize(
    ("line", "code", "path"),
    [
        ("colour: red", "ROO-11", "colour"),
        ("terms: {tolerance: {}}", "ROO-13", "terms.tolerance.most"),
        ("terms: {tolerance: {most: 120}}", "ROO-12", "terms.tolerance.most"),
        ("terms: {cumulation: magic}", "ROO-12", "terms.cumulation"),
        ("insufficient: perhaps", "ROO-12", "insufficient"),
        ("costs: {dreams: 3}", "ROO-11", "costs.dreams"),
        ("processes: [weaving]", "ROO-12", "processes"),
        ("a: &x 1\nb: *x", "ROO-10", None),
        ("{", "ROO-10", None),
    ],
)
def test_it_refuses_a_bad_bill_with_its_place(
    line: str, code: str, path: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, told = check(tmp_path, capsys, BILL + line + "\n")
    assert (status, told["error"]["code"], told["error"].get("path")) == (2, code, path)


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ("value: 30", "value: -1", "ROO-12", "materials[1].value"),
        ("value: 30", "value: many", "ROO-12", "materials[1].value"),
        ('code: "5208"', 'code: "52x8"', "ROO-12", "materials[1].code"),
        ('code: "5208", ', "", "ROO-13", "materials[1].code"),
        ("ex_works: 100", "ex_works: 0", "ROO-12", "prices.ex_works"),
        ("mass: 5", "mass: 0", "ROO-12", "mass"),
    ],
)
def test_it_refuses_a_bad_value_with_its_place(
    old: str, new: str, code: str, path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, told = check(tmp_path, capsys, BILL.replace(old, new))
    assert (status, told["error"]["code"], told["error"]["path"]) == (2, code, path)


def test_it_says_which_file_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = origin(capsys, "check", "/nowhere/bill.yaml")
    assert (status, "ROO-10 (/nowhere/bill.yaml)" in err) == (2, True)


def test_it_finds_the_rule_in_a_schemes_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = [{"rule": "Weaving.", "operator": "or"}, {"rule": "value(30)", "operator": None}]
    one = {"heading": "6205", "subdivision": "shirts", "min": "6205000000", "max": "6205999999", "rules": rules}
    other = one | {"subdivision": "embroidered", "rules": rules[:1]}
    path = tmp_path / "scheme.json.gz"
    path.write_bytes(gzip.compress(json.dumps({"rule_sets": [one, one | {"valid": False}]}).encode()))
    assert check(tmp_path, capsys, BILL, "--rules", str(path))[0] == 0
    path.write_bytes(json.dumps({"rule_sets": [one, other]}).encode())
    status, told = check(tmp_path, capsys, BILL, "--rules", str(path))
    assert (status, told["error"]["code"], "embroidered" in told["error"]["message"]) == (2, "ROO-14", True)
    assert check(tmp_path, capsys, BILL + "subdivision: embroidered\n", "--rules", str(path))[1]["missing"] == [
        "processes.weaving"
    ]
    for content in (b"{}", b"\x1f\x8b broken", b"[1]", b'{"rule_sets": [{"rules": []}]}'):
        path.write_bytes(content)
        assert check(tmp_path, capsys, BILL, "--rules", str(path))[1]["error"]["code"] == "ROO-10"


def test_it_judges_non_preferential_origin_by_a_countrys_law(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, told = check(tmp_path, capsys, BILL, "--country", "tj", "--on", "2027-01-04")
    assert (status, told["verdict"], told["steps"][0]["params"]["level"]) == (0, "yes", "heading")
    status, told = check(tmp_path, capsys, BILL, "--country", "tj", "--production")
    assert (status, told["missing"]) == (1, ["law.origin.non_preferential"])
    assert check(tmp_path, capsys, BILL + "wholly_obtained: yes\n", "--country", "tj", "--production")[0] == 0
    assert check(tmp_path, capsys, BILL, "--country", str(tmp_path))[1]["error"]["code"] == "ROO-10"


FACTS = [
    "materials", "materials[1].value", "materials[2].inputs[1].mass", "materials[1].code", "materials[1].originating",
    "materials[1].wholly_obtained", "materials[1].earlier_stage", "materials[1].other_nature", "materials[1].inputs",
    "materials[1].named.sugar", "product.named.shirts", "note: See note 5", "wholly_obtained", "insufficient", "mass",
    "prices.fob", "costs.labour", "processes.weaving", "terms.content_method", "law.origin.non_preferential",
]  # fmt: skip


#: Rules that between them take every step but those of the terms.
RULES = [
    "change(chapter, excluded=[5208])", "from([52])", "wholly_obtained(goods=[52])", "wholly_obtained(product=yes)",
    "originating(goods=[52])", "not_used([52])", "value(10)", "value(10, bases=[fob])", "weight(10, goods=[52])",
    "value_not_above_originating()", "originating_value(10, [52])", "originating_weight(10, [52])", "content(90)",
    "content(90, method=any)", "content(9, method=direct)", "content(9, method=unnamed)", "process(weaving)",
    "exempt(value(1), [goods(same=heading)])", 'noted(value(1), "See note 5")', "for([61], value(1))",
]  # fmt: skip
TERMS = """\
terms:
  cumulation: full
  partners: [KZ]
  textile: {most: 10, of: textiles}
  tolerance: {most: 1}
"""


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_it_has_words_for_every_step_and_every_fact(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = set()
    partner = (
        '  - {name: lining, code: "5407", value: 5, mass: 1, originating: no, origin: KZ, textiles: [polyester]}\n'
    )
    fabric = BILL.replace("mass: 3, originating: no", "mass: 3, originating: no, textiles: [cotton]")
    bills = [
        (BILL + "wholly_obtained: yes\n", RULES[:1]),
        (BILL.replace("originating: no", "originating: yes"), RULES[:1]),
    ]
    bills += [(BILL, RULES), (BILL.replace('rule: "change(chapter, excluded=[5208])"\n', ""), [""])]
    bills.append((fabric + partner + TERMS, RULES[:1]))
    for bill, rules in bills:
        for rule in rules:
            path = tmp_path / "bill.yaml"
            path.write_text(bill, encoding="utf-8")
            _, out, _ = origin(capsys, "check", str(path), "--rule", rule, "--json", "--language", language)
            for step in json.loads(out)["steps"]:
                codes.add(step["code"])
                assert "{" not in step["plain"]
                assert step["plain"] != step["code"]
    written = {key for key in texts.catalogue("en") if key.startswith("origin.step.")}
    assert {key.replace("origin.step.", "origin.") for key in written} - codes == {"origin.insufficient"}
    for fact in FACTS:
        assert "origin.fact" not in missing_words(language, fact)

# SPDX-License-Identifier: Apache-2.0
"""What `gumruk pack check` warns of: fees that grow with the value of the goods."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from gumruk import packs
from gumruk.cli import main
from gumruk.packs.warnings import pack_warnings

FEE = """
[[charges]]
code = "1010"
order = 30
name = "duty"
level = "declaration"
kind = "fee"
when = "true"
base = "{base}"
amount = '{amount}'
rounding = "half_up:2"
act = "LAW-1"
status = "unverified"
"""


def with_fee(small: Path, base: str, amount: str) -> Path:
    path = small / "charges.toml"
    path.write_text(path.read_text(encoding="utf-8") + FEE.format(base=base, amount=amount), encoding="utf-8")
    return small


@pytest.mark.parametrize(
    ("base", "amount", "warned"),
    [
        ("declaration.customs_value", "base * 0.001", True),
        ("", "declaration.customs_value * 0.001", True),
        ("", 'min(10 + round(declaration.customs_value * 0.001, "up", 0), 500)', True),
        ("", "sum(items, item.customs_value * 0.002)", True),
        ("", "if(declaration.outside_hours, declaration.customs_value * 0.002, 5)", True),
        ("declaration.customs_value", "if(base > 1000, 20, 10)", False),
        ("declaration.item_count", "base * 7.50", False),
        ("", 'round(declaration.service_hours, "up", 0) * 60', False),
        ("", "count(items, item.customs_value > 1000) * 5", False),
    ],
)
def test_it_warns_of_a_fee_that_grows_with_the_value(small: Path, base: str, amount: str, warned: bool) -> None:
    pack = packs.load(with_fee(small, base, amount))
    found = [(fault.file, fault.code) for fault in pack_warnings(pack)]
    assert found == ([("charges.toml", "fee_ad_valorem")] if warned else [])


@pytest.mark.parametrize("country", ["tj", "kg"])
def test_the_packs_that_ship_have_no_such_fee(country: str) -> None:
    assert pack_warnings(packs.load(packs.pack_folder(country))) == []


def test_pack_check_prints_the_warning_and_still_passes(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = with_fee(small, "declaration.customs_value", "base * 0.001")
    assert main(["pack", "check", str(folder)]) == 0
    shown = capsys.readouterr().out
    assert re.search(r"^charges.toml:\d+: The fee duty grows with the value", shown, re.MULTILINE)
    assert "GATT 1994, article VIII:1(a)" in shown
    assert main(["pack", "check", str(folder), "--json", "--language", "tg"]) == 0
    warning = json.loads(capsys.readouterr().out)["warnings"][0]
    lines = (folder / "charges.toml").read_text(encoding="utf-8").splitlines()
    assert (warning["file"], warning["code"]) == ("charges.toml", "fee_ad_valorem")
    assert lines[warning["line"] - 1] == "amount = 'base * 0.001'"
    assert warning["mend"].startswith("Маблағи")

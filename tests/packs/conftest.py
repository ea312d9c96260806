# SPDX-License-Identifier: Apache-2.0
"""A small pack that is whole, and a way to break it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gumruk import packs, texts

FILES = {
    "pack.toml": """\
country = "TJ"
currency = "TJS"
time_zone = "Asia/Dushanbe"
languages = ["en", "ru"]
version = "1"
title = "Small"
""",
    "acts.toml": """\
[[act]]
id = "LAW-1"
title = "A law"
date = 2020-01-01
source = "https://law.example/1"
status = "in_force"

[[act]]
id = "LAW-2"
title = "A law that two persons read"
date = ""
source = "https://law.example/2"
status = "in_force"
text_sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
confirmed_by = ["Dilnoza", "Farrukh"]
""",
    "values.toml": """\
[[values]]
key = "currency"
value = "TJS"
type = "text"
act = "LAW-1"
status = "unverified"

[[values]]
key = "vat.rate"
value = "0.14"
type = "decimal"
valid_from = 2024-01-01
valid_to = 2026-12-31
act = "LAW-2"
status = "verified"

[[values]]
key = "vat.rate"
value = "0.13"
type = "decimal"
valid_from = 2027-01-01
act = "LAW-1"
status = "unverified"

[[values]]
key = "rounding.customs_value"
value = ""
type = "text"
act = "LAW-1"
status = "unknown"

[[values]]
key = "rounding.customs_value"
value = "half_up:2"
type = "text"
status = "training"
""",
    "charges.toml": """\
[[charges]]
code = "2010"
order = 10
name = "duty"
level = "item"
kind = "duty"
when = 'item.procedure == "40"'
base = "item.customs_value"
rate_table = "tariff"
rounding = "half_up:2"
act = "LAW-1"
status = "unverified"

[[charges]]
code = "5010"
order = 20
name = "vat"
level = "item"
kind = "vat"
when = 'item.procedure == "40"'
base = "item.customs_value + charge.duty"
amount = "base * law.vat_rate"
rounding = "half_up:2"
act = "LAW-1"
status = "unverified"
""",
    "tariff.csv": """\
code,duty,valid_from,valid_to,act,status
,,,,LAW-1,unknown
22,10%,,,,training
2203,0.40 EUR/LTR,2025-01-01,2025-12-31,LAW-1,unverified
2203,5% + 0.30 EUR/LTR,2026-01-01,,LAW-1,unverified
""",
    "tariff_lines.csv": """\
code,unit,valid_from,valid_to,act,status
2203000100,LTR,,,LAW-1,unverified
""",
    "exchange_rates.csv": """\
currency,amount,per,valid_from,valid_to,act,status
EUR,10.70,1,,2026-12-31,,training
EUR,10.80,1,2027-01-01,,,training
""",
    "preferences.csv": """\
scheme,countries,proof,duty,charge,excluded,valid_from,valid_to,act,status
FTA,UZ KZ,861,0%,duty,2402 2208,,,LAW-1,unverified
""",
    "documents.csv": """\
code,kind,national_code,valid_from,valid_to,act,status
861,origin,,,,LAW-1,unverified
""",
    "procedures.csv": """\
code,flow,collect,chapter,valid_from,valid_to,act,status
40,import,payable,18,,,LAW-1,unverified
""",
    "offices.csv": """\
code,place,kind,counterpart,region,hours,valid_from,valid_to,act,status
POST,Kulma,road,CN Karasu,TJ-GB,pass,,,,training
""",
    "hours.csv": """\
hours,weekday,opens,closes,valid_from,valid_to,act,status
pass,1,09:00,18:00,,,,training
""",
    "holidays.csv": """\
day,name,valid_from,valid_to,act,status
2027-01-01,new_year,,,LAW-1,unverified
""",
    "currencies.csv": """\
code,digits,valid_from,valid_to,act,status
TJS,2,,,LAW-1,unverified
""",
    "fees.csv": """\
bracket,from,to,amount,valid_from,valid_to,act,status
1,0,1000.00,50,,,,training
2,1000.00,,100,,,,training
""",
    "labels.csv": "table,key,lang,label\n"
    + "".join(
        f"{table},{key},{language},{key} in {language}\n"
        for table, key in (
            ("acts", "LAW-1"),
            ("acts", "LAW-2"),
            ("charges", "duty"),
            ("charges", "vat"),
            ("preferences", "FTA"),
            ("documents", "861"),
            ("procedures", "40"),
            ("offices", "POST"),
            ("regions", "TJ-GB"),
            ("holidays", "new_year"),
        )
        for language in ("en", "ru")
    ),
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The folder of a small pack without faults."""
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


@pytest.fixture
def broken(small: Path) -> Callable[..., list[packs.Fault]]:
    """Replace one piece of one file of the small pack, and check it."""

    def change(name: str, old: str, new: str) -> list[packs.Fault]:
        path = small / name
        before = path.read_text(encoding="utf-8")
        assert before.count(old) == 1, f"{old!r} must stand once in {name}"
        path.write_text(before.replace(old, new), encoding="utf-8")
        return packs.check(small)

    return change


@pytest.fixture(autouse=True)
def _texts_are_strict() -> Iterator[None]:
    """A missing text is a failure, not a key on the screen."""
    texts.strict(True)
    yield
    texts.strict(True)

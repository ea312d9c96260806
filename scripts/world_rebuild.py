#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rebuild the lists in `src/gumruk/world/` from their public sources.

    python scripts/world_rebuild.py NOMENCLATURE_FOLDER

NOMENCLATURE_FOLDER holds two public files; only codes and standard units are taken from them, no descriptions:

- `hs2022_datahub.csv`: github.com/datasets/harmonized-system (ODC-PDDL), codes and sections of HS 2022;
- `hs2022_standard_units_comtrade.csv`: UN Comtrade's H6 list (UN Statistics Division), standard unit of quantity,
  which follows the WCO's recommendation.

Names of countries and currencies: Unicode CLDR 48 as packaged by Babel 2.18 (Unicode License v3). Currencies and
their digits: ISO 4217 list one as packaged by iso4217 1.16. Install both beside this script; nothing of Gumruk needs
them when it runs. `hs_labels.csv` and `units.csv` are written by hand and are not touched.
"""

from __future__ import annotations

import csv
import importlib
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

WORLD = Path(__file__).parent.parent / "src" / "gumruk" / "world"
LANGUAGES = ("en", "ru", "tg")

#: Comtrade's abbreviation of the standard unit -> UN/CEFACT Recommendation 20.
UNITS = {
    "n/a": "",
    "kg": "KGM",
    "u": "NAR",
    "2u": "NPR",
    "m": "MTR",
    "m²": "MTK",
    "m³": "MTQ",
    "l": "LTR",
    "carat": "CTM",
    "U (jeu/pack)": "NAR",
    "1000u": "MIL",
    "1000 kWh": "MWH",
}
#: CLDR's territories that ISO 3166-1 does not list.
NOT_ISO_3166 = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}
#: Names that we give ourselves: CLDR's Tajik ones are misspelt or name another currency.
CORRECTIONS = {
    ("tg", "CNY"): "Юани Хитой",
    ("tg", "KZT"): "Тангаи Қазоқистон",
    ("tg", "UZS"): "Сӯми Ӯзбекистон",
}
#: ISO 4217 codes of funds and units of account: nobody pays in them at a border.
FUNDS = {"BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW", "XAD"}


def rows_of(path: Path) -> list[dict[str, str]]:
    """All rows of a CSV file by column name."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write one list of the world and say how long it is."""
    count = 0
    with (WORLD / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for count, row in enumerate(rows, start=1):  # noqa: B007 - the last count is printed
            writer.writerow(row)
    print(f"{name}: {count} rows")


def commodity_codes(folder: Path) -> list[tuple[str, int, str, str]]:
    """Code, level, section and standard unit of every chapter, heading and subheading of HS 2022."""
    units = {
        row["code"]: UNITS[row["standard_unit_abbr"]] for row in rows_of(folder / "hs2022_standard_units_comtrade.csv")
    }
    # Chapter 99 is Comtrade's own, for goods that were not specified: the HS ends with chapter 97.
    codes = [row for row in rows_of(folder / "hs2022_datahub.csv") if row["hscode"][:2] not in ("TO", "99")]
    return sorted((row["hscode"], int(row["level"]), row["section"], units[row["hscode"]]) for row in codes)


def countries(locales: dict[str, Any]) -> list[list[str]]:
    """Alpha-2 codes of ISO 3166-1 with their names."""
    codes = {code for code in locales["en"].territories if len(code) == 2 and code.isalpha()} - NOT_ISO_3166
    return [[code, *(locales[lang].territories[code] for lang in LANGUAGES)] for code in sorted(codes)]


def currencies(locales: dict[str, Any]) -> list[list[object]]:
    """Currencies with their digits and names; a language without a name shows the code."""
    listed = importlib.import_module("iso4217").Currency
    known = {each.code: each.exponent for each in listed if each.exponent is not None and each.code not in FUNDS}
    return [
        [code, digits, *(_currency_name(locales[lang], lang, code) for lang in LANGUAGES)]
        for code, digits in sorted(known.items())
    ]


def _currency_name(locale: Any, lang: str, code: str) -> str:
    return CORRECTIONS.get((lang, code)) or str(locale.currencies.get(code, code))


def main(folder: Path) -> None:
    """Rebuild all lists that have a public source."""
    locale = importlib.import_module("babel").Locale
    locales = {lang: locale(lang) for lang in LANGUAGES}
    write("hs2022.csv", ("code", "level", "section", "unit"), commodity_codes(folder))
    write("countries.csv", ("code", *LANGUAGES), countries(locales))
    write("currencies.csv", ("code", "digits", *LANGUAGES), currencies(locales))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python scripts/world_rebuild.py NOMENCLATURE_FOLDER")
    main(Path(sys.argv[1]))

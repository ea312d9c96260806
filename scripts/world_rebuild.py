#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rebuild the lists in `src/gumruk/world/` from their public sources.

    python scripts/world_rebuild.py NOMENCLATURE_FOLDER PACKAGES_FILE

NOMENCLATURE_FOLDER holds six public files; only codes and standard units are taken from them, no descriptions:

- `hs2022_datahub.csv`: github.com/datasets/harmonized-system (ODC-PDDL), codes and sections of HS 2022;
- `hs2022_standard_units_comtrade.csv`: UN Comtrade's H6 list (UN Statistics Division), standard unit of quantity,
  which follows the WCO's recommendation;
- `hs2017_comtrade_H5.csv`, `hs2012_comtrade_H4.csv`: UN Comtrade's lists of the earlier editions;
- `correlation_hs2022_hs2017_unsd.csv`, `correlation_hs2017_hs2012_unsd.csv`: UN Statistics Division, which subheadings
  of two editions share goods.

PACKAGES_FILE is UN/CEFACT Recommendation 21 as the OpenPEPPOL code lists publish it, with an X before each code.

Names of countries and currencies: Unicode CLDR 48 as packaged by Babel 2.18 (Unicode License v3). Currencies and
their digits: ISO 4217 list one as packaged by iso4217 1.16. Install both beside this script; nothing of Gumruk needs
them when it runs.

`hs_labels.csv`, `units.csv`, `goods_bounds.csv` and `goods_words.csv` are written by hand and are not touched: the
bounds are numbers that HS 2022 names (headings 8407, 8703, 8711; chapter 22 and its note 3), the words follow the
WCO's lists of descriptions that are not acceptable.
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
#: Recommendation 21: goods in bulk, goods without a package, and goods that are counted without one.
BULK = {"VG", "VL", "VO", "VQ", "VR", "VS", "VY"}
UNPACKED = {"NA", "NE", "NF", "NG", "UC"}
PIECES = set(
    "8C AL B4 BD BE BH BR BT BY BZ CL GI GZ IN IZ LE LG LT LZ MT OK PG PI PN PP PV PY PZ RD RG RL RO RZ SB SM ST SX SZ "
    "T1 TE TS TZ UN VN".split()
)


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


def retired_codes(folder: Path) -> list[tuple[str, str]]:
    """Subheadings that HS 2022 does not have any more, with the last edition that had them."""
    held = {code for code, level, *_ in commodity_codes(folder) if level == 6}
    found: dict[str, str] = {}
    for edition, name in (("HS2012", "hs2012_comtrade_H4.csv"), ("HS2017", "hs2017_comtrade_H5.csv")):
        for row in rows_of(folder / name):
            code = row["code"]
            if len(code) == 6 and code.isdigit() and code[:2] != "99" and code not in held:
                found[code] = edition
    return sorted(found.items())


def correlated(folder: Path) -> list[tuple[str, str, str]]:
    """Pairs of subheadings of neighbouring editions that share goods; codes that nothing happened to are left out."""
    found = []
    for edition, later in (("HS2012", "HS2017"), ("HS2017", "HS2022")):
        columns = later.lower(), edition.lower()
        rows = rows_of(folder / f"correlation_{columns[0]}_{columns[1]}_unsd.csv")
        pairs = [(edition, row[columns[1]], row[columns[0]]) for row in rows]
        found += [
            pair for pair, row in zip(pairs, rows, strict=True) if row["relationship"] != "1:1" or pair[1] != pair[2]
        ]
    return sorted(pair for pair in found if pair[1][:2] != "99")


def package_types(path: Path) -> list[tuple[str, str]]:
    """Codes of Recommendation 21 with how goods travel in them."""
    codes = {row["code"][-2:] for row in rows_of(path)}
    return [(code, _package_kind(code)) for code in sorted(codes)]


def _package_kind(code: str) -> str:
    if code in BULK or code in UNPACKED:
        return "bulk" if code in BULK else "unpacked"
    return "piece" if code in PIECES else "packed"


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


def main(folder: Path, packages: Path) -> None:
    """Rebuild all lists that have a public source."""
    locale = importlib.import_module("babel").Locale
    locales = {lang: locale(lang) for lang in LANGUAGES}
    write("hs2022.csv", ("code", "level", "section", "unit"), commodity_codes(folder))
    write("hs_retired.csv", ("code", "edition"), retired_codes(folder))
    write("nomenclature/correlation.csv", ("edition", "code", "next_code"), correlated(folder))
    write("package_types.csv", ("code", "kind"), package_types(packages))
    write("countries.csv", ("code", *LANGUAGES), countries(locales))
    write("currencies.csv", ("code", "digits", *LANGUAGES), currencies(locales))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python scripts/world_rebuild.py NOMENCLATURE_FOLDER PACKAGES_FILE")
    main(Path(sys.argv[1]), Path(sys.argv[2]))

# SPDX-License-Identifier: Apache-2.0
"""Codes that the EAEU's form writes in another way than the model: directions, currencies, units.

Currencies stand there by number (ISO 4217), units by the number of the EAEU's classifier of units (OKEI), in the model
by letters (ISO 4217, UN/ECE Recommendation 20). A code that is not listed here stays as it came.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

DIRECTIONS: Mapping[str, str] = MappingProxyType({"ИМ": "IM", "ЭК": "EX", "ТТ": "TR"})

CURRENCIES: Mapping[str, str] = MappingProxyType(
    {
        "051": "AMD",
        "156": "CNY",
        "356": "INR",
        "364": "IRR",
        "392": "JPY",
        "398": "KZT",
        "410": "KRW",
        "417": "KGS",
        "643": "RUB",
        "756": "CHF",
        "784": "AED",
        "826": "GBP",
        "840": "USD",
        "860": "UZS",
        "933": "BYN",
        "934": "TMT",
        "944": "AZN",
        "949": "TRY",
        "971": "AFN",
        "972": "TJS",
        "978": "EUR",
        "980": "UAH",
        "981": "GEL",
        "985": "PLN",
    }
)

DOCUMENTS: Mapping[str, str] = MappingProxyType(
    {
        "02011": "705",
        "02013": "720",
        "02015": "730",
        "02017": "740",
        "03011": "315",
        "04021": "380",
        "04131": "271",
    }
)
"""The papers of every trade by the classifier's five figures, in the model by UN/EDIFACT 1001."""

MODES: Mapping[str, str] = MappingProxyType({"10": "1", "20": "2", "30": "3", "40": "4", "50": "5", "80": "8"})
"""Modes of transport: the classifier's two figures, in the model UN/ECE Recommendation 19."""

UNITS: Mapping[str, str] = MappingProxyType(
    {
        "006": "MTR",
        "055": "MTK",
        "111": "CMQ",
        "112": "LTR",
        "113": "MTQ",
        "114": "R9",
        "163": "GRM",
        "166": "KGM",
        "168": "TNE",
        "185": "CCT",
        "214": "KWT",
        "246": "MWH",
        "251": "HJ",
        "715": "PR",
        "796": "NAR",
        "797": "CEN",
        "798": "MIL",
        "831": "LPA",
        "841": "KHY",
        "845": "KSD",
        "852": "KPO",
        "859": "KPH",
        "861": "KNI",
        "863": "KSH",
        "865": "KPP",
        "867": "KUR",
    }
)

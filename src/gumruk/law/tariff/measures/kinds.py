# SPDX-License-Identifier: Apache-2.0
"""TARIC's numbers: what kind of measure a measure type is, which preference codes claim it, what an action does.

Sources: measure types, series and preference codes as the UK tariff and the SAD guidance publish them; actions and
condition codes as the UK tariff interface prints them. A number that stands in none of them is not classed here.
"""

from __future__ import annotations

from gumruk.law.tariff.measures.model import Effect, MeasureKind

_KINDS: dict[MeasureKind, str] = {
    MeasureKind.THIRD_COUNTRY: "103 105",
    MeasureKind.SUSPENSION: "112 115 117 119 130 131 132 133 134",
    MeasureKind.QUOTA: "122 123",
    MeasureKind.PREFERENCE: "106 142 145",
    MeasureKind.PREFERENTIAL_QUOTA: "143 146 147",
    MeasureKind.SUPPLEMENTARY_UNIT: "109 110",
    MeasureKind.VAT: "305 VTS VTZ VTA VTE",
    MeasureKind.EXCISE: "306",
    MeasureKind.ANTI_DUMPING: "551 552",
    MeasureKind.COUNTERVAILING: "553 554",
    MeasureKind.AGRICULTURAL: "672 673 674",
    MeasureKind.ADDITIONAL_DUTY: "695",
    MeasureKind.SAFEGUARD: "696",
    MeasureKind.PROHIBITION: "277 278",
    MeasureKind.UNIT_PRICE: "490",
}
TARIC_KINDS: dict[str, MeasureKind] = {code: kind for kind, codes in _KINDS.items() for code in codes.split()}
_BY_SERIES = {
    "A": MeasureKind.RESTRICTION,
    "B": MeasureKind.RESTRICTION,
    "D": MeasureKind.ANTI_DUMPING,
    "J": MeasureKind.ADDITIONAL_DUTY,
    "P": MeasureKind.VAT,
    "Q": MeasureKind.EXCISE,
}
#: Preference codes of the single administrative document, by measure type; the plain duty (103) needs none.
_CLAIMS: dict[str, str] = {
    "105": "140",
    "112": "110",
    "115": "115",
    "117": "140",
    "119": "119",
    "122": "120 125 128",
    "123": "123",
    "142": "200 218 250 300 318 350",
    "143": "220 225 320 325",
    "145": "240 340",
    "146": "223 323",
    "106": "400",
    "147": "420",
}
TARIC_CLAIMS: dict[str, frozenset[str]] = {code: frozenset(codes.split()) for code, codes in _CLAIMS.items()}
#: What actions do. Printed by the UK tariff: 01, 04, 07, 09, 10, 24, 27, 28, 29; 08 as TARIC's counterpart of 28.
TARIC_ACTIONS: dict[str, Effect] = {
    "01": Effect.APPLY_AMOUNT,
    "04": Effect.NOT_ALLOWED,
    "07": Effect.NOT_APPLICABLE,
    "08": Effect.NOT_ALLOWED,
    "09": Effect.NOT_ALLOWED,
    "10": Effect.CORRECT_DECLARATION,
    "24": Effect.ALLOWED,
    "27": Effect.APPLY_DUTY,
    "28": Effect.ALLOWED,
    "29": Effect.ALLOWED,
}
#: Condition codes whose figure must not exceed the threshold ("equal or less than the specified maximum").
AT_MOST_CODES = frozenset({"E", "I"})


def kind_of(measure_type: str, series: str = "") -> MeasureKind:
    """The kind of a TARIC measure type: by its number, else by its series; else it only informs.

    >>> kind_of("103"), kind_of("722", "B"), kind_of("999")
    (<MeasureKind.THIRD_COUNTRY: 'third_country'>, <MeasureKind.RESTRICTION: 'restriction'>, \
<MeasureKind.INFORMATION: 'information'>)
    """
    return TARIC_KINDS.get(measure_type) or _BY_SERIES.get(series, MeasureKind.INFORMATION)


def claims_of(measure_type: str) -> frozenset[str]:
    """The preference codes under which a TARIC measure type is claimed; empty: it applies without a claim."""
    return TARIC_CLAIMS.get(measure_type, frozenset())

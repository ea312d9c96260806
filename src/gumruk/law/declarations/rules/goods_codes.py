# SPDX-License-Identifier: Apache-2.0
"""The rules of the commodity code: what DEC-20 refuses is explained here, and what it cannot see is found."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gumruk.law.declarations.model import Classification
from gumruk.law.declarations.reading import ItemReading, Reading
from gumruk.law.declarations.rules.head import WCO
from gumruk.law.declarations.rules.machinery import Context, Fault, item_rule
from gumruk.law.kernel import Severity

PLACE = "commodity.classifications"
HS_CONVENTION = "Harmonized System Convention"
SUBHEADING_LENGTH = 6
# Latin and Cyrillic letters that are typed or scanned for a digit.
LOOK_ALIKES = str.maketrans("OoQОоIilІіЗзZzSsBВБбTТ", "000001111133225588667" + "7")
RESERVED_CHAPTERS = frozenset({"77", "98", "99"})
"""Chapter 77 is kept free by the Harmonized System, 98 and 99 are for a country's own use."""
MAIN_TYPES = frozenset({"HS", "TSP", "TRC", "SRZ", None})


@item_rule("DEC-101", act=f"{HS_CONVENTION}, article 3", severity=Severity.INFORMATION)
def code_has_no_letters_like_digits(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A commodity code has digits, and no letters that look like them."""
    if item.code is not None or not item.code_text:
        return
    meant = item.code_text.translate(LOOK_ALIKES)
    if meant != item.code_text and meant.replace(" ", "").isdigit():
        yield PLACE, {"code": item.code_text[:20], "meant": meant[:20]}


@item_rule("DEC-102", act=f"{HS_CONVENTION}, annex", severity=Severity.INFORMATION)
def chapter_is_one_of_goods(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Chapter 77 is reserved and chapters 98 and 99 are for a country's own use: no goods are classified there."""
    code = item.code
    if code is not None and code.chapter in RESERVED_CHAPTERS and code.subheading not in context.lists.commodity_codes:
        yield PLACE, {"chapter": code.chapter}


@item_rule("DEC-103", act=f"{HS_CONVENTION}, article 3.3", severity=Severity.WARNING)
def code_is_of_full_length(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The commodity code has all the digits of the country's nomenclature."""
    length = context.law.value("nomenclature.length")
    code = item.code
    if code is None or not isinstance(length, int | Decimal):
        return
    if SUBHEADING_LENGTH <= len(code.digits) < length:
        yield PLACE, {"code": code.digits, "digits": str(len(code.digits)), "length": str(length)}


@item_rule("DEC-104", act=f"{HS_CONVENTION}, article 3.3")
def code_is_a_line_of_the_tariff(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Where the law keeps the lines of its nomenclature (table `tariff_lines`), the code is one of them on the day."""
    code = item.code
    if code is None or code.subheading not in context.lists.commodity_codes:
        return
    lines = context.law.table("tariff_lines")
    if lines and code.digits not in lines:
        yield PLACE, {"code": code.digits, "day": context.law.day.isoformat()}


@item_rule("DEC-105", act=f"{HS_CONVENTION}, article 16", severity=Severity.INFORMATION)
def code_is_of_the_present_edition(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The code is of the present edition of the Harmonized System, not of an earlier one."""
    code = item.code
    edition = None if code is None else context.lists.goods.retired.get(code.subheading)
    if code is not None and edition is not None:
        yield PLACE, {"code": code.digits, "edition": edition}


@item_rule("DEC-106", act=f"{WCO}, class 21A", severity=Severity.WARNING)
def kinds_of_code_are_known(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Each code says which nomenclature it is from, by the law's list `classification_type`."""
    kinds = context.codes("classification_type")
    for place, classification in enumerate(_classifications(item) if kinds else ()):
        kind = classification.identification_type_code
        if kind is not None and kind not in kinds:
            yield f"{PLACE}[{place}].identification_type_code", {"kind": kind[:17]}


@item_rule("DEC-107", act=f"{WCO}, class 21A")
def additional_codes_are_known(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """An additional code is one of the law's list `additional_code`; `additional_code_type` says which codes are."""
    types = context.codes("additional_code_type")
    if not types:
        return
    for place, classification in enumerate(_classifications(item)):
        if classification.identification_type_code in types and not context.allows(
            "additional_code", classification.id
        ):
            yield f"{PLACE}[{place}].id", {"code": (classification.id or "-")[:17]}


@item_rule("DEC-108", act=f"{WCO}, class 21A", severity=Severity.WARNING)
def main_code_is_given_once(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The main code of the goods is given once: two codes of one kind are two kinds of goods."""
    classifications = _classifications(item)
    if len(classifications) < 2:
        return
    seen: set[str | None] = set()
    for place, classification in enumerate(classifications):
        kind = classification.identification_type_code
        if kind in MAIN_TYPES and kind in seen:
            yield f"{PLACE}[{place}]", {"code": (classification.id or "-")[:17], "kind": kind or "HS"}
        seen.add(kind)


def _classifications(item: ItemReading) -> tuple[Classification, ...]:
    return item.item.commodity.classifications if item.item.commodity else ()

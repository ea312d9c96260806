# SPDX-License-Identifier: Apache-2.0
"""The facts made ready for checking: an element's parts by tag, its format as a pattern, its attributes by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from gumruk.wire.numbers import NUMBER
from gumruk.wire.wco.facts import LEAVES, Fact

GLUED = "_2DateTimeString"
"""The tag of a date and time whose namespace got lost, but whose prefix did not: as some tools strip a message."""
Fits = Callable[[str], Any]
_TOKEN = re.compile(r"[ \t\n\r]+").sub
_DATE_TIME = re.compile(r"20[0-9]{6}(?:[0-9]{6}(?:Z|[-+][0-9]{2}))?").fullmatch
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*").fullmatch
_CURRENCY = re.compile(r"[A-Z]{3}").fullmatch
_AGENCY = re.compile(r"[^\n\r]{1,3}").fullmatch
_UNIT = re.compile(r".{1,5}", re.DOTALL).fullmatch
_DATE_FORMAT = re.compile("102|304").fullmatch


def _anything(_: str) -> bool:
    return True


def _never(_: str) -> bool:
    return False


_CODE_ATTRIBUTES: Mapping[str, Fits] = MappingProxyType(
    {
        **dict.fromkeys(
            ("listID", "listAgencyName", "listName", "listVersionID", "name", "listURI", "listSchemeURI"), _anything
        ),
        "listAgencyID": _AGENCY,
        "languageID": _LANGUAGE,
    }
)
_ID_ATTRIBUTES: Mapping[str, Fits] = MappingProxyType(
    {
        **dict.fromkeys(
            ("schemeID", "schemeName", "schemeAgencyName", "schemeVersionID", "schemeDataURI", "schemeURI"), _anything
        ),
        "schemeAgencyID": _AGENCY,
    }
)
_ATTRIBUTES: Mapping[str, Mapping[str, Fits]] = MappingProxyType(
    {
        "code": _CODE_ATTRIBUTES,
        "id": _ID_ATTRIBUTES,
        "text": {"languageID": _LANGUAGE},
        "amount": {"currencyID": _CURRENCY},
        "quantity": {"unitCode": _UNIT},
        "date": {"formatCode": _DATE_FORMAT},
    }
)
#: In our own edition a text, a code and an identifier are one kind, and no attribute has another country's format.
_FREE_ATTRIBUTES: Mapping[str, Fits] = MappingProxyType(dict.fromkeys((*_CODE_ATTRIBUTES, *_ID_ATTRIBUTES), _anything))


@dataclass(slots=True, eq=False)
class Part:
    """One element ready for checking. `quick` is None for an element that holds elements.

    `quick` may say no to a value that is right (spaces around a code, many zeros): `exact` has the last word. Neither
    is asked where `limited` is false: anything may stand there.
    """

    name: str
    tag: str
    place: int
    least: int
    most: int
    holds: str
    format: str
    values: tuple[str, ...]
    attributes: Mapping[str, Fits]
    attribute_required: str
    quick: Fits | None
    exact: Fits
    limited: bool
    whole: bool
    by_tag: dict[str, Part] = field(default_factory=dict)
    by_name: dict[str, Part] = field(default_factory=dict)
    required: tuple[Part, ...] = ()


def made_ready(fact: Fact, namespace: str, data_types: str, *, free: bool, place: int = 0) -> Part:
    """A fact and all below it, their tags in the two namespaces ("" and "" for a message that lost them).

    `free` says that it is our own edition: numbers are numbers, all else is as the country likes it.
    """
    quick: Fits | None = None
    exact: Fits = _anything
    attributes: Mapping[str, Fits] = MappingProxyType({})
    if fact.holds in LEAVES or fact.holds == "date":
        quick, exact = _checks(fact.holds, fact.format, fact.values, free)
        attributes = _ATTRIBUTES.get(fact.holds, {})
        if free:
            attributes = (
                _FREE_ATTRIBUTES if fact.holds in ("code", "id", "text") else dict.fromkeys(attributes, _anything)
            )
    part = Part(
        name=fact.name,
        tag=f"{{{namespace}}}{fact.name}" if namespace else fact.name,
        place=place,
        least=fact.least,
        most=fact.most,
        holds=fact.holds,
        format=fact.format.replace("0..", ".."),
        values=fact.values,
        attributes=attributes,
        attribute_required="formatCode" if fact.holds == "date" and not free else "",
        quick=quick,
        exact=exact,
        limited=quick is not _anything,
        whole=fact.whole,
    )
    inner, inner_namespace = fact.parts, namespace
    if fact.holds == "moment":
        inner, inner_namespace = (Fact("DateTimeString", 1, 1, "date", "CCYYMMDD[hhmmssZ]"),), data_types
    parts = [made_ready(one, inner_namespace, data_types, free=free, place=number) for number, one in enumerate(inner)]
    part.by_tag = {one.tag: one for one in parts}
    part.by_name = {one.name: one for one in parts}
    if fact.holds == "moment" and not data_types:
        part.by_tag[GLUED] = parts[0]
    part.required = tuple(one for one in parts if one.least)
    return part


@cache
def _checks(holds: str, of: str, values: tuple[str, ...], free: bool) -> tuple[Fits, Fits]:
    """The quick and the exact check of a format."""
    if holds in ("amount", "quantity", "number"):
        return _number_checks(of)
    if free:
        return _anything, _anything
    if holds == "date":
        return _never, _DATE_TIME  # the attribute that it must have is looked for with the exact check
    fits = re.compile("|".join(values) if values else _text_pattern(of)).fullmatch
    return fits, (lambda text: fits(_TOKEN(" ", text).strip(" "))) if holds == "code" else fits


_FORMAT = re.compile(r"(an0|an|a|n0|n)(\.\.)?(\d*)").fullmatch


def _text_pattern(of: str) -> str:
    """A text's format as a pattern. A text that may not be blank is one line: the schema's point is no line's end."""
    found = _FORMAT(of)
    if found is None:
        raise ValueError(of)
    letters, up_to, length = found.groups()
    count = f"{{0,{length}}}" if up_to else f"{{{length}}}"
    return {
        "an": rf"(?=[ \t]*[^ \t\n\r])[^\n\r]{count}",
        "an0": rf"[\s\S]{count}",
        "a": rf"[a-zA-Z]{count}",
        "n": rf"[0-9]{count}",
        "n0": rf"[0-9]{count}",
    }[letters]


def _number_checks(of: str) -> tuple[Fits, Fits]:
    if not of:
        return NUMBER, lambda text: NUMBER(text.strip(" \t\n\r"))
    digits, _, decimals = of.removeprefix("n..").partition(",")
    total, after = int(digits), int(decimals or 0)
    point = rf"(?:\.[0-9]{{1,{after}}})?" if after else ""
    return re.compile(rf"[0-9]{{1,{total - after}}}{point}").fullmatch, lambda text: _number_fits(text, total, after)


def _number_fits(text: str, total: int, after: int) -> bool:
    """Whether a number has no more digits than it may: zeros before and behind it do not count."""
    text = text.strip(" \t\n\r")
    if not NUMBER(text):
        return False
    whole, _, fraction = text.lstrip("+-").partition(".")
    fraction = fraction.rstrip("0")
    return len(fraction) <= after and len(whole.lstrip("0")) + len(fraction) <= total


def is_number(text: str) -> bool:
    """Whether a text is a number at all, white space around it aside."""
    return NUMBER(text.strip(" \t\n\r")) is not None

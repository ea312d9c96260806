# SPDX-License-Identifier: Apache-2.0
"""One row of a table, read and written: the segments of a unit to values of the model, and values to segments."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from gumruk.law.declarations.model import Amount, Classification, GovernmentProcedure, Measure, Moment
from gumruk.wire.edifact.syntax import Components, Segment, segment
from gumruk.wire.edifact.table import Kind, Part, Place, Row
from gumruk.wire.numbers import NUMBER, WHOLE_NUMBER, number_text
from gumruk.wire.safety import LIMITS

Unit = list[Segment]
"""A segment, or the segments of a group."""
Wrong = Callable[[Segment, Part, str, str], None]
"""Told of a value that cannot be: segment, part, code of the finding, the value."""

IMPORT, EXPORT = "929", "830"
_DIRECTIONS = {IMPORT: "IM", EXPORT: "EX"}
_COMMODITY, _PROCEDURE = "122", "117"
_CODE_TYPES = frozenset({"HS", "TSP", "TRC", "TRA", "GN", "CV", "SRZ"})
_CODES_PLACES = range(1, 6)
_CLASSIFICATIONS, _PROCEDURES = "commodity.classifications", "government_procedures"


def read_row(row: Row, unit: Unit, wrong: Wrong) -> dict[str, Any]:
    """The values of a unit by the paths of their fields: of an object's row, one object at the path `to`."""
    if row.repeats:
        texts = [text for one in unit if (text := _lines(one, row.parts[0]))]
        return {row.parts[0].field: " ".join(texts)} if texts else {}
    values = _fields(row, unit[0], wrong)
    if row.of is None:
        return values
    values |= _inner_fields(row, unit[1:], values, wrong)
    if not values:
        return {}
    if row.only:
        values[row.only[0]] = row.only[1]
    return {row.to: made(row.of, values)}


def _inner_fields(row: Row, group: Unit, known: Mapping[str, Any], wrong: Wrong) -> dict[str, Any]:
    """The values of the segments that follow in a group; what is said twice is left to the original."""
    values: dict[str, Any] = {}
    lists: dict[str, list[Any]] = {}
    for one in group:
        inner = fitting(row.inner, one)
        got = _fields(inner, one, wrong) if inner else {}
        if inner is None or not got:
            continue
        if inner.of is not None:
            lists.setdefault(inner.to, []).append(made(inner.of, got))
        elif not any(field in values or field in known for field in got):
            values |= got
    return {**values, **{to: tuple(found) for to, found in lists.items()}}


def made(of: type, values: Mapping[str, Any]) -> Any:
    """An object from its fields' dotted paths; the objects between are made as they are needed."""
    direct: dict[str, Any] = {}
    deeper: dict[str, dict[str, Any]] = {}
    for path, value in values.items():
        name, dot, rest = path.partition(".")
        if dot:
            deeper.setdefault(name, {})[rest] = value
        else:
            direct[name] = value
    for name, inner in deeper.items():
        direct[name] = made(_class_of(of, name), inner)
    return of(**direct)


@cache
def _class_of(of: type, name: str) -> type:
    hint = typing.get_type_hints(of)[name]
    return next(part for part in typing.get_args(hint) if isinstance(part, type) and dataclasses.is_dataclass(part))


def value_at(owner: object, path: str) -> Any:
    """The value at a dotted path; None where the way there is missing."""
    for name in path.split("."):
        if owner is None:
            return None
        owner = getattr(owner, name)
    return owner


def _fields(row: Row, one: Segment, wrong: Wrong) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for part in row.parts:
        if part.kind is Kind.CODES:
            values |= _codes(one, part)
            continue
        if part.listed and one.get(part.at[0], part.at[1] + 1) != part.listed:
            continue
        value = _READERS[part.kind](one, part, wrong)
        if value is not None:
            values[part.field] = value
    return values


def _text(one: Segment, part: Part, _wrong: Wrong) -> str | None:
    return one.get(*part.at) or None


def _lines(one: Segment, part: Part) -> str | None:
    parts = one.components(part.at[0])[part.at[1] :]
    return " ".join(text for text in parts if text) or None


def _joined(one: Segment, part: Part, _wrong: Wrong) -> str | None:
    return _lines(one, part)


def _integer(one: Segment, part: Part, wrong: Wrong) -> int | None:
    text = one.get(*part.at)
    if not text:
        return None
    if WHOLE_NUMBER(text):
        return int(text)
    wrong(one, part, "WIRE-15", text)
    return None


def _decimal(one: Segment, part: Part, wrong: Wrong) -> Decimal | None:
    text = one.get(*part.at)
    if not text:
        return None
    plain = text.replace(",", ".", 1) if "." not in text else text
    if NUMBER(plain) and len(plain) <= LIMITS.number_length_max:
        return Decimal(plain)
    wrong(one, part, "WIRE-14", text)
    return None


def _amount(one: Segment, part: Part, wrong: Wrong) -> Amount | None:
    value = _decimal(one, part, wrong)
    return None if value is None else Amount(value, one.get(*part.unit) or None)


def _measure(one: Segment, part: Part, wrong: Wrong) -> Measure | None:
    value = _decimal(one, part, wrong)
    return None if value is None else Measure(value, one.get(*part.unit) or None)


def _moment(one: Segment, part: Part, _wrong: Wrong) -> Moment | None:
    text = one.get(*part.at)
    return Moment(text, one.get(*part.unit) or None) if text else None


def _document(one: Segment, part: Part, _wrong: Wrong) -> str | None:
    """The type code: the name in 1000 if there is one, else what the document's code says of the direction."""
    return one.get(*part.unit) or _DIRECTIONS.get(one.get(*part.at))


def _codes(one: Segment, part: Part) -> dict[str, Any]:
    classifications: list[Classification] = []
    procedures: list[GovernmentProcedure] = []
    for place in _CODES_PLACES:
        code, code_list = one.get(place), one.get(place, 1)
        if code and code_list == _PROCEDURE:
            first = not procedures and len(code) == 4
            current, previous = (code[:2], code[2:]) if first else (code, None)
            procedures.append(GovernmentProcedure(current_code=current, previous_code=previous))
        elif code and (code_list == _COMMODITY or code_list in _CODE_TYPES) and code_list != part.without:
            kind = None if code_list == _COMMODITY else code_list
            classifications.append(Classification(id=code, identification_type_code=kind))
    found: dict[str, tuple[Any, ...]] = {_CLASSIFICATIONS: tuple(classifications), _PROCEDURES: tuple(procedures)}
    return {path: values for path, values in found.items() if values}


_READERS: dict[Kind, Callable[[Segment, Part, Wrong], Any]] = {
    Kind.TEXT: _text,
    Kind.LINES: _joined,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.AMOUNT: _amount,
    Kind.MEASURE: _measure,
    Kind.MOMENT: _moment,
    Kind.DOCUMENT: _document,
}


def write_row(row: Row, owner: object, mark: str) -> Unit:
    """The unit that says an object (or the fields of it that the row has); empty where there is nothing to say."""
    return written(row, lambda path: value_at(owner, path), mark)


def written(row: Row, value_of: Callable[[str], Any], mark: str) -> Unit:
    """The unit that says the values which `value_of` gives for the fields' paths."""
    if row.repeats:
        return _written_text(row, value_of(row.parts[0].field))
    first = _segment(row, value_of, mark)
    unit: Unit = []
    for inner in row.inner:
        if inner.of is None:
            one = _segment(inner, value_of, mark)
            unit += [one] if one else []
        else:
            for owner in value_of(inner.to) or ():
                unit += write_row(inner, owner, mark)
    if first is None and not unit:
        return []
    return [first or _built(row, {}), *unit]


def _segment(row: Row, value_of: Callable[[str], Any], mark: str) -> Segment | None:
    slots: dict[Place, str] = {}
    for part in row.parts:
        if part.kind is Kind.CODES:
            _put_codes(slots, part, value_of)
            continue
        value = value_of(part.field)
        if value is not None and value != "":
            _put(slots, part, value, mark)
    return _built(row, slots) if slots else None


def _built(row: Row, slots: dict[Place, str]) -> Segment:
    filled = {**{fixed.at: fixed.values[0] for fixed in row.fixed}, **slots}
    elements: list[Components] = []
    for place in range(max((place[0] for place in filled), default=-1) + 1):
        last = max((component for element, component in filled if element == place), default=-1)
        elements.append(tuple(filled.get((place, component), "") for component in range(last + 1)))
    return segment(row.tag, *elements)


def _put(slots: dict[Place, str], part: Part, value: Any, mark: str) -> None:
    if part.listed:
        slots[part.at[0], part.at[1] + 1] = part.listed
    match part.kind:
        case Kind.LINES:
            for place, line in enumerate(lines(value, part.length_max)[: part.lines_max]):
                slots[part.at[0], part.at[1] + place] = line
        case Kind.AMOUNT | Kind.MEASURE:
            slots[part.at] = number_text(value.value).replace(".", mark)
            slots[part.unit] = (value.currency if isinstance(value, Amount) else value.unit) or ""
        case Kind.MOMENT:
            slots[part.at], slots[part.unit] = value.text, value.format_code or ""
        case Kind.DECIMAL:
            slots[part.at] = number_text(value).replace(".", mark)
        case Kind.DOCUMENT:
            slots[part.at] = EXPORT if value.startswith("EX") else IMPORT
            if value not in _DIRECTIONS.values():
                slots[part.unit] = value
        case _:
            slots[part.at] = str(value)


def _put_codes(slots: dict[Place, str], part: Part, value_of: Callable[[str], Any]) -> None:
    codes: list[tuple[str, str]] = []
    for one in value_of(_CLASSIFICATIONS) or ():
        kind = one.identification_type_code
        if one.id and (kind is None or kind in _CODE_TYPES) and kind != part.without:
            codes.append((one.id, kind or _COMMODITY))
    for one in value_of(_PROCEDURES) or ():
        if one.current_code:
            codes.append((one.current_code + (one.previous_code or ""), _PROCEDURE))
    for place, (code, code_list) in zip(_CODES_PLACES, codes, strict=False):
        slots[place, 0], slots[place, 1] = code, code_list


def _written_text(row: Row, value: str | None) -> Unit:
    """A long text: as many segments as it needs."""
    if not value:
        return []
    part = row.parts[0]
    whole = lines(value, part.length_max)
    steps = range(0, len(whole), part.lines_max)
    return [
        _built(row, {(part.at[0], place): line for place, line in enumerate(whole[step : step + part.lines_max])})
        for step in steps
    ]


def lines(text: str, length_max: int) -> list[str]:
    """A text in lines of at most a length, divided at spaces: joined with spaces again they are the text.

    A word longer than a line is cut; only then does the text come back with a space more.
    """
    found: list[str] = []
    while len(text) > length_max:
        cut = text.rfind(" ", 1, length_max + 1)
        if cut > 0 and text[:cut].strip() and cut + 1 < len(text):
            found.append(text[:cut])
            text = text[cut + 1 :]
        else:
            found.append(text[:length_max])
            text = text[length_max:]
    return [*found, text] if text else found


def fitting(rows: Iterable[Row], one: Segment) -> Row | None:
    """The first row that a segment begins."""
    return next((row for row in rows if row.fits(one)), None)

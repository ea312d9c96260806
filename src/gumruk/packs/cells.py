# SPDX-License-Identifier: Apache-2.0
"""From what stands in a cell to a value of law, or to the fault in it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal

from gumruk.law.declarations import RULES
from gumruk.law.declarations.rules.paths import field_names
from gumruk.law.kernel import HsCode, Rounding
from gumruk.law.lawbook import Moment, Scalar
from gumruk.law.reference.forms import read_form
from gumruk.packs.files import Float
from gumruk.packs.schema import VALUE_TYPES, Type
from gumruk.packs.world import World

_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_INTEGER = re.compile(r"-?[0-9]{1,18}")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/-]*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

#: What a number's pattern may hold; without the serial two files would have one number.
SERIAL = "{serial}"
PLACEHOLDERS = ("{office}", "{ddmmyy}", "{year}", SERIAL)


class CellError(Exception):
    """A cell does not hold what its column asks for: the fault's code and its parameters."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def nearest(word: str, known: Collection[str]) -> str:
    """The known word that looks most like this one, or `-`."""
    return next(iter(difflib.get_close_matches(word, known, 1, 0.5)), "-")


def is_empty(cell: object) -> bool:
    """Whether nothing stands in the cell."""
    return cell is None or cell in ("", [])


def read_day(cell: object) -> date:
    """An ISO day (YYYY-MM-DD), or a TOML date."""
    if isinstance(cell, date) and type(cell) is date:
        return cell
    text = _text(cell)
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise CellError("bad_date", found=text) from None


def read_list(cell: object) -> tuple[str, ...]:
    """A TOML array of texts, or words parted by spaces."""
    if isinstance(cell, list):
        return tuple(_text(word) for word in cell)
    return tuple(_text(cell).split())


def read_decimal(cell: object) -> Decimal:
    """A quoted decimal with a point: no float, no exponent, no comma, no sign of percent."""
    if isinstance(cell, Float):
        raise CellError("float", found=cell.text)
    if isinstance(cell, int):
        raise CellError("unquoted", found=str(cell))
    text = _text(cell)
    if not _DECIMAL.fullmatch(text):
        raise CellError("bad_decimal", found=text)
    return Decimal(text)


def read_value(cell: object, kind: str, world: World) -> Scalar:
    """The scalar of table `values`, by its row's type; None for a type that is none (its own cell says so)."""
    return READERS[Type(kind)](cell, world) if kind in VALUE_TYPES else None


def _text(cell: object) -> str:
    if isinstance(cell, Float):
        raise CellError("float", found=cell.text)
    if isinstance(cell, date):
        return cell.isoformat()
    if not isinstance(cell, str):
        raise CellError("not_text", found=str(cell))
    return cell


def _read_text(cell: object, world: World) -> str:
    return _text(cell)


def _read_code(cell: object, world: World) -> str:
    text = _text(cell)
    if not _CODE.fullmatch(text):
        raise CellError("bad_code", found=text)
    return text


def _read_integer(cell: object, world: World) -> int:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return cell
    text = _text(cell)
    if not _INTEGER.fullmatch(text):
        raise CellError("bad_integer", found=text)
    return int(text)


def _read_boolean(cell: object, world: World) -> bool:
    if isinstance(cell, bool):
        return cell
    if cell not in ("true", "false"):
        raise CellError("bad_boolean", found=str(cell))
    return cell == "true"


def _read_time(cell: object, world: World) -> str:
    text = _text(cell)
    if not _TIME.fullmatch(text):
        raise CellError("bad_time", found=text)
    return text


def _read_rounding(cell: object, world: World) -> str:
    text = _text(cell)
    try:
        return str(Rounding.parse(text))
    except ValueError:
        raise CellError("bad_rounding", found=text) from None


def _read_moment(cell: object, world: World) -> str:
    text = _text(cell)
    if text not in list(Moment):
        raise CellError("unknown_word", found=text, known=", ".join(Moment), nearest=nearest(text, list(Moment)))
    return text


def _read_pattern(cell: object, world: World) -> str:
    text = _text(cell)
    rest = text
    for placeholder in PLACEHOLDERS:
        rest = rest.replace(placeholder, "")
    if "{" in rest or "}" in rest or SERIAL not in text:
        raise CellError("bad_pattern", found=text, known=", ".join(PLACEHOLDERS))
    return text


def _read_form(cell: object, world: World) -> str:
    text = _text(cell)
    try:
        read_form(text)
    except ValueError:
        raise CellError("bad_form", found=text) from None
    return text


def _read_field(cell: object, world: World) -> str:
    text = _text(cell)
    try:
        field_names(text)
    except ValueError:
        raise CellError("unknown_field", found=text) from None
    return text


def _read_rule(cell: object, world: World) -> str:
    text = _text(cell)
    if text not in RULES:
        raise CellError("unknown_rule", found=text, nearest=nearest(text, RULES))
    return text


def _read_commodity(cell: object, world: World) -> str:
    text = _text(cell)
    try:
        code = HsCode(text)
    except ValueError:
        raise CellError("bad_commodity", found=text) from None
    if code not in world.nomenclature:
        raise CellError("unknown_commodity", found=text)
    return text


def _read_commodities(cell: object, world: World) -> tuple[str, ...]:
    return tuple(_read_commodity(word, world) for word in read_list(cell))


def _read_countries(cell: object, world: World) -> tuple[str, ...]:
    words = read_list(cell)
    for word in words:
        if word not in world.countries:
            raise CellError("unknown_country", found=word)
    return words


def _read_currency(cell: object, world: World) -> str:
    text = _text(cell)
    if text not in world.currency_digits:
        raise CellError("unknown_currency", found=text, nearest=nearest(text, world.currency_digits))
    return text


def _read_unit(cell: object, world: World) -> str:
    text = _text(cell)
    if text not in world.units:
        raise CellError("unknown_unit", found=text, nearest=nearest(text, world.units))
    return text


def _read_weekday(cell: object, world: World) -> str:
    text = str(cell) if isinstance(cell, int) else _text(cell)
    if text not in {"1", "2", "3", "4", "5", "6", "7"}:
        raise CellError("bad_weekday", found=text)
    return text


def _read_decimal(cell: object, world: World) -> Decimal:
    return read_decimal(cell)


def _read_list(cell: object, world: World) -> tuple[str, ...]:
    return read_list(cell)


def _read_date(cell: object, world: World) -> str:
    return read_day(cell).isoformat()


READERS: dict[Type, Callable[[object, World], Scalar]] = {
    Type.TEXT: _read_text,
    Type.CODE: _read_code,
    Type.DECIMAL: _read_decimal,
    Type.INTEGER: _read_integer,
    Type.BOOLEAN: _read_boolean,
    Type.LIST: _read_list,
    Type.DATE: _read_date,
    Type.TIME: _read_time,
    Type.ROUNDING: _read_rounding,
    Type.MOMENT: _read_moment,
    Type.PATTERN: _read_pattern,
    Type.FORM: _read_form,
    Type.FIELD: _read_field,
    Type.RULE: _read_rule,
    Type.EXPRESSION: _read_text,
    Type.DUTY: _read_text,
    Type.COMMODITY: _read_commodity,
    Type.COMMODITIES: _read_commodities,
    Type.COUNTRIES: _read_countries,
    Type.CURRENCY: _read_currency,
    Type.UNIT: _read_unit,
    Type.WEEKDAY: _read_weekday,
}

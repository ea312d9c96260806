# SPDX-License-Identifier: Apache-2.0
"""A bill of materials written in YAML or JSON. What is unknown, missing or no number is refused with its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from gumruk.law.origin.rules import CUMULATIONS, Bill, Material, Terms, TextileTolerance, Tolerance
from gumruk.law.origin.rules.content import COSTS
from gumruk.law.origin.rules.tree import BASES, METHODS, Goods, Span

SIZE_MAX = 2_000_000
_DEPTH_MAX = 10
_FLAGS = {"yes": True, "true": True, "no": False, "false": False}
_ABOVE = Decimal(10) ** 18


class BillError(Exception):
    """A bill that cannot be read: a code (ROO-10 to ROO-13), the place (`materials[2].value`), and parameters."""

    def __init__(self, code: str, path: str, **params: str) -> None:
        super().__init__(f"{code} {path}: {params}")
        self.code, self.path, self.params = code, path, {"path": path or "-", **params}


@dataclass(frozen=True, slots=True)
class WrittenBill:
    """The bill, the agreement's terms (None: not given), the rule's text and, for a scheme's file, the subdivision."""

    bill: Bill
    terms: Terms | None
    rule: str
    subdivision: str


def read_bill(path: Path) -> WrittenBill:
    """The bill in a file. Raises BillError, and OSError where the file cannot be opened."""
    content = path.read_bytes()
    if len(content) > SIZE_MAX:
        raise BillError("ROO-10", "", reason=f"> {SIZE_MAX} B")
    try:
        text = content.decode("utf-8-sig")
        document = json.loads(text, parse_float=str, parse_int=str) if path.suffix == ".json" else _yaml(text)
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        raise BillError("ROO-10", "", reason=" ".join(str(error).split())[:200] or type(error).__name__) from None
    whole = _Mapping(document, "")
    written = WrittenBill(_bill(whole), whole.made("terms", _terms), whole.text("rule"), whole.text("subdivision"))
    whole.finish()
    return written


def _yaml(text: str) -> Any:
    """Plain YAML: every word stays a string; references between its parts are refused."""
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise ValueError(f"*{event.anchor}")
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes strings, lists and mappings only


class _Mapping:
    """A mapping of the file, which knows its place and which of its keys were asked for."""

    def __init__(self, value: Any, path: str) -> None:
        if not isinstance(value, dict):
            raise BillError("ROO-12", path, found=_shown(value), wanted="key: value")
        self._value, self._path = {str(key): one for key, one in value.items()}, path
        self._known: set[str] = set()

    def place(self, name: str) -> str:
        """The place of one of its keys."""
        return f"{self._path}.{name}".lstrip(".")

    def take(self, name: str) -> Any:
        """What stands under a key; None where nothing does."""
        self._known.add(name)
        value = self._value.get(name)
        return None if value == "" else value

    def finish(self) -> None:
        """Refuse a key that nothing asked for."""
        unknown = sorted(set(self._value) - self._known)
        if unknown:
            raise BillError("ROO-11", self.place(unknown[0]), known=", ".join(sorted(self._known)))

    def made(self, name: str, make: Callable[[_Mapping], Any]) -> Any:
        """What a mapping under a key makes; None where it is not there."""
        value = self.take(name)
        if value is None:
            return None
        inner = _Mapping(value, self.place(name))
        result = make(inner)
        inner.finish()
        return result

    def text(self, name: str, choices: tuple[str, ...] = ()) -> str:
        """The words under a key, one of the choices where there are some."""
        value = self.take(name)
        if value is None:
            return ""
        if not isinstance(value, str) or (choices and value not in choices):
            raise BillError("ROO-12", self.place(name), found=_shown(value), wanted=" / ".join(choices) or "text")
        return value

    def digits(self, name: str, needed: bool = True) -> str:
        """A code of the nomenclature: its digits."""
        value = self.text(name)
        digits = value.replace(" ", "").replace(".", "")
        if not value and needed:
            raise BillError("ROO-13", self.place(name))
        if value and not (digits.isascii() and digits.isdigit() and 2 <= len(digits) <= 14):
            raise BillError("ROO-12", self.place(name), found=_shown(value), wanted="2-14")
        return digits

    def number(self, name: str, positive: bool = False) -> Decimal | None:
        """A number that is not below zero, or with `positive` above it."""
        value = self.take(name)
        if value is None:
            return None
        try:
            number = Decimal(value) if isinstance(value, str) else Decimal("NaN")
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or not 0 <= number < _ABOVE or (positive and not number):
            wanted = "> 0" if positive else "0 ... 10^18"
            raise BillError("ROO-12", self.place(name), found=_shown(value), wanted=wanted)
        return number

    def percent(self, name: str) -> Decimal:
        """A percentage, which must be there."""
        number = self.number(name)
        if number is None:
            raise BillError("ROO-13", self.place(name))
        if number > 100:
            raise BillError("ROO-12", self.place(name), found=f"{number:f}", wanted="0 ... 100")
        return number

    def flag(self, name: str) -> bool | None:
        """Yes or no; None where nothing is said."""
        value = self.take(name)
        if value is None or isinstance(value, bool):
            return value
        flag = _FLAGS.get(value.lower()) if isinstance(value, str) else None
        if flag is None:
            raise BillError("ROO-12", self.place(name), found=_shown(value), wanted="yes / no")
        return flag

    def listed(self, name: str) -> list[str]:
        """A list of words."""
        value = self.take(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise BillError("ROO-12", self.place(name), found=_shown(value), wanted="[…, …]")
        return value

    def flags(self, name: str) -> dict[str, bool]:
        """Words, each with yes or no."""
        return self._all(name, lambda inner, key: inner.flag(key), lambda key: " ".join(key.split()))

    def numbers(self, name: str, known: tuple[str, ...]) -> dict[str, Decimal]:
        """Amounts above zero by name."""
        found = self._all(name, lambda inner, key: inner.number(key, positive=name == "prices"), str)
        for key in found:
            if key not in known:
                raise BillError("ROO-11", f"{self.place(name)}.{key}", known=", ".join(known))
        return found

    def _all(self, name: str, make: Callable[[_Mapping, str], Any], key_of: Callable[[str], str]) -> dict[str, Any]:
        def every(inner: _Mapping) -> dict[str, Any]:
            made = {key_of(key): make(inner, key) for key in list(inner._value)}
            return {key: value for key, value in made.items() if value is not None}

        return self.made(name, every) or {}


def _shown(value: Any) -> str:
    return str(value)[:80] or "-"


def _bill(whole: _Mapping) -> Bill:
    return Bill(
        code=whole.digits("product"),
        materials=_materials(whole, "materials", 0),
        prices=whole.numbers("prices", BASES),
        costs=whole.numbers("costs", COSTS),
        mass=whole.number("mass", positive=True),
        wholly_obtained=whole.flag("wholly_obtained"),
        processes=whole.flags("processes"),
        named=_named(whole),
        insufficient=whole.flag("insufficient"),
    )


def _materials(whole: _Mapping, name: str, depth: int) -> tuple[Material, ...] | None:
    value = whole.take(name)
    if value is None:
        return None
    if not isinstance(value, list) or depth > _DEPTH_MAX:
        raise BillError("ROO-12", whole.place(name), found=_shown(value), wanted="- code: …")
    materials = []
    for number, row in enumerate(value, 1):
        inner = _Mapping(row, f"{whole.place(name)}[{number}]")
        materials.append(_material(inner, number, depth))
        inner.finish()
    return tuple(materials)


def _material(row: _Mapping, number: int, depth: int) -> Material:
    code = row.digits("code")
    return Material(
        name=row.text("name") or f"{number}",
        code=code,
        value=row.number("value"),
        mass=row.number("mass"),
        originating=row.flag("originating"),
        origin=row.text("origin").upper(),
        worked_in=row.text("worked_in").upper(),
        wholly_obtained=row.flag("wholly_obtained"),
        named=_named(row),
        earlier_stage=row.flag("earlier_stage"),
        other_nature=row.flag("other_nature"),
        inputs=_materials(row, "inputs", depth + 1),
        textiles=tuple(row.listed("textiles")),
    )


def _named(row: _Mapping) -> Mapping[str, bool]:
    """What the goods are called and not called, in the rule's words: `is: [sugar]`, `is_not: [fruit juice]`."""
    return {
        " ".join(words.split()).lower(): name
        for key, name in (("is_not", False), ("is", True))
        for words in row.listed(key)
    }


def _terms(row: _Mapping) -> Terms:
    return Terms(
        agreement=row.text("agreement"),
        cumulation=row.text("cumulation", CUMULATIONS) or "none",
        partners=frozenset(country.upper() for country in row.listed("partners")),
        tolerance=row.made("tolerance", _tolerance),
        textile=row.made("textile", _textile),
        content_method=row.text("content_method", METHODS[:-1]),
        act=row.text("act") or None,
    )


def _tolerance(row: _Mapping) -> Tolerance:
    bases = row.listed("bases")
    for base in bases:
        if base not in BASES:
            raise BillError("ROO-12", row.place("bases"), found=base, wanted=" / ".join(BASES))
    return Tolerance(
        most=row.percent("most"),
        by_weight=row.text("by", ("value", "weight")) == "weight",
        bases=tuple(bases) or ("ex_works",),
        excluded=tuple(_span(row, text) for text in row.listed("excluded")),
        act=row.text("act") or None,
    )


def _textile(row: _Mapping) -> TextileTolerance:
    of = row.text("of", ("product", "textiles"))
    if not of:
        raise BillError("ROO-13", row.place("of"))
    return TextileTolerance(row.percent("most"), of == "product", row.text("act") or None)


def _span(row: _Mapping, text: str) -> Goods:
    first, _, last = text.partition("-")
    last = last or first
    if not (first.isdigit() and last.isdigit() and len(first) == len(last) in (2, 4, 6) and first <= last):
        raise BillError("ROO-12", row.place("excluded"), found=text[:80], wanted="50-63")
    return Goods((Span(first, last),))

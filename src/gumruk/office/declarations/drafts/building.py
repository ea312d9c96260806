# SPDX-License-Identifier: Apache-2.0
"""From what was typed to the model: the declaration that the texts make, and what cannot be read in them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gumruk import wire
from gumruk.law.declarations.model import Declaration
from gumruk.law.declarations.parts import Extension, Moment
from gumruk.law.kernel import Finding, Severity
from gumruk.office.declarations.drafts import values
from gumruk.office.declarations.drafts.choices import code_named
from gumruk.office.declarations.drafts.layout import CODE, COMPOSITES, DIGITS, field_of
from gumruk.office.declarations.drafts.typed import ITEM, KEY, Tree, filled_rows, seen
from gumruk.wire.json.shape import ROOT, Key, Shape, Value

_WARNINGS = frozenset({"TYP-5", "TYP-6"})
_SHOWN_LENGTH = 60


@dataclass(slots=True)
class Built:
    """What a tree makes: plain values as our JSON has them, findings by the model's paths, and what was understood.

    `read` holds by typed path what stands in the model where it is written otherwise than it was typed.
    """

    plain: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    read: dict[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        """The values as compact JSON."""
        return json.dumps(self.plain, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class _Place:
    """A place by the model's path and by the typed one."""

    model: str = ""
    typed: str = ""

    def to(self, name: str) -> _Place:
        return _Place(_joined(self.model, name), _joined(self.typed, name))

    def row(self, number: int, key: str) -> _Place:
        return _Place(f"{self.model}[{number}]", f"{self.typed}[{key}]")


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def build_head(tree: Tree) -> Built:
    """The declaration without its goods items."""
    return _built(tree, ROOT)


def build_item(tree: Tree) -> Built:
    """One goods item; its number is given by its place."""
    return _built(tree, ITEM)


def _built(tree: Tree, shape: Shape) -> Built:
    built = Built()
    built.plain = _object(tree, shape, _Place(), built)
    return built


def assembled(head: Mapping[str, Any], items: Sequence[bytes]) -> Declaration:
    """The whole declaration of a built head and built items, numbered in their order."""
    shipment = {**head.get("goods_shipment", {})}
    rest = {name: value for name, value in head.items() if name != "goods_shipment"}
    numbered = (_spliced(b'"sequence_numeric":%d' % place, item) for place, item in enumerate(items, start=1))
    listed = b'"items":[' + b",".join(numbered) + b"]" if items else b""
    whole = _spliced(listed, _compact(shipment))
    content = _spliced(b'"goods_shipment":' + whole if shipment or items else b"", _compact(rest))
    return wire.restore(content)


def _compact(plain: Mapping[str, Any]) -> bytes:
    return json.dumps(plain, separators=(",", ":")).encode()


def _spliced(member: bytes, content: bytes) -> bytes:
    """A JSON object with one more member in front."""
    if not member:
        return content
    return b"{" + member + (b"," if len(content) > 2 else b"") + content[1:]


def _object(tree: Tree, shape: Shape, place: _Place, built: Built) -> dict[str, Any]:
    if shape.of is Extension:
        return {name: int(held) if name == "position" else held for name, held in tree.items() if name != KEY}
    plain: dict[str, Any] = {}
    for key in shape.keys:
        held = tree.get(key.name)
        if held:
            value = _value(held, key, shape, place.to(key.name), built)
            if value not in (None, {}, []):
                plain[key.name] = value
    return plain


def _value(held: Any, key: Key, shape: Shape, place: _Place, built: Built) -> Any:
    if key.value is Value.OBJECTS:
        return [
            _object(row, key.shape, place.row(number, row[KEY]), built) for number, row in enumerate(filled_rows(held))
        ]
    if key.value is Value.TEXTS:
        rows = enumerate(filled_rows(held))
        return [
            _leaf(row.get("text", ""), key, shape, place.row(n, row[KEY]).to("text"), built) or "" for n, row in rows
        ]
    if key.value is Value.OBJECT:
        if key.shape.of is Moment:
            return _moment(held, place, built)
        plain = _object(held, key.shape, place, built)
        return None if key.shape.of in COMPOSITES and "value" not in plain else plain
    return _leaf(held, key, shape, place, built)


def _moment(held: Tree, place: _Place, built: Built) -> dict[str, str] | None:
    typed = str(held.get("text", ""))
    meaning, code = values.day_meaning(typed)
    _told(meaning, typed, place, built)
    if meaning.value is None:
        return None
    code = str(held.get("format_code") or code) if code != values.DAY_FORMAT else code
    return {"text": meaning.value, "format_code": code}


def _leaf(typed: str, key: Key, shape: Shape, place: _Place, built: Built) -> Any:
    if key.value in (Value.INTEGER, Value.DECIMAL):
        meaning = values.number_meaning(typed, whole=key.value is Value.INTEGER)
    else:
        meaning = _text(typed, shape, key.name)
    _told(meaning, typed, place, built)
    return int(meaning.value) if key.value is Value.INTEGER and meaning.value is not None else meaning.value


def _text(typed: str, shape: Shape, name: str) -> values.Meaning:
    row = field_of(shape.of, name)
    if row.holds_code == DIGITS:
        return values.digits_meaning(typed)
    if row.holds_code != CODE:
        return values.text_meaning(typed)
    meaning = values.code_meaning(typed)
    named = code_named(row.choices, meaning.value) if meaning.value else None
    return values.Meaning(named, meaning.finding) if named else meaning


def _told(meaning: values.Meaning, typed: str, place: _Place, built: Built) -> None:
    """Note what was understood where it is written otherwise, and what could not be read."""
    path = place.model.removesuffix(".value").removesuffix(".text")
    if meaning.value is not None and meaning.value != typed.strip():
        built.read[place.typed] = meaning.value
    if meaning.finding:
        severity = Severity.WARNING if meaning.finding in _WARNINGS else Severity.ERROR
        params = {"typed": seen(" ".join(typed.split()))[:_SHOWN_LENGTH], "read": meaning.value or ""}
        params["length"] = str(len(typed))
        built.findings.append(Finding(meaning.finding, path, params, severity=severity))

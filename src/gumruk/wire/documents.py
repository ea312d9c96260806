# SPDX-License-Identifier: Apache-2.0
"""The pages and the schema that are made from the tables: what stands in `docs/` is this, word for word."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from gumruk.wire.asycuda.page import PAGE_PATH as ASYCUDA_PATH
from gumruk.wire.asycuda.page import page_text as asycuda_text
from gumruk.wire.eaeu.page import PAGE_PATH as EAEU_PATH
from gumruk.wire.eaeu.page import page_text as eaeu_text
from gumruk.wire.edifact.page import PAGE_PATH as EDIFACT_PATH
from gumruk.wire.edifact.page import page_text as edifact_text
from gumruk.wire.itemlists.page import PAGE_PATH as LISTS_PATH
from gumruk.wire.itemlists.page import page_text as lists_text
from gumruk.wire.json.shape import RESPONSE, ROOT, Shape, Value
from gumruk.wire.wco import PROFILE_NAME
from gumruk.wire.wco.facts import Fact, published
from gumruk.wire.wco.plan import DECLARATIONS, RESPONSES
from gumruk.wire.wco.response_profile import RESPONSE_PROFILE
from gumruk.wire.wco.roles import MEANS_IDS, PARTY_IDS
from gumruk.wire.wco.table import Kind, Row

SCHEMA_PATH = "docs/schema/declaration.schema.json"
RESPONSE_SCHEMA_PATH = "docs/schema/response.schema.json"
PROFILE_PATH = "docs/wco-profile.md"
_MEANS_PLACES = ("Name", "ID", "IdentificationTypeCode", "TypeCode", "ModeCode")


def documents() -> dict[str, str]:
    """Every generated file of the wire by its path in the project."""
    return {
        SCHEMA_PATH: schema_text(),
        RESPONSE_SCHEMA_PATH: response_schema_text(),
        PROFILE_PATH: profile_text(),
        EDIFACT_PATH: edifact_text(),
        ASYCUDA_PATH: asycuda_text(),
        EAEU_PATH: eaeu_text(),
        LISTS_PATH: lists_text(),
    }


def schema_text() -> str:
    """The JSON Schema (draft 2020-12) of our own JSON."""
    return _schema(ROOT, "declaration", {"$ref": "#/$defs/Declaration"})


def response_schema_text() -> str:
    """The JSON Schema of a response in our own JSON: under one key, by which it is told from a declaration."""
    response = {"response": {"$ref": "#/$defs/Response"}}
    of = {"type": "object", "properties": response, "required": ["response"], "additionalProperties": False}
    return _schema(RESPONSE, "response", of)


def _schema(root: Shape, name: str, of: dict[str, Any]) -> str:
    shapes: dict[str, Shape] = {}
    _collect(root, shapes)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Gumruk {name}",
        "description": f"A {name} after the WCO Data Model. Decimals are texts; absent fields are left out.",
        **of,
        "$defs": {name: _definition(shapes[name]) for name in sorted(shapes)},
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _collect(shape: Shape, shapes: dict[str, Shape]) -> None:
    if shape.of.__name__ in shapes:
        return
    shapes[shape.of.__name__] = shape
    for key in shape.keys:
        if key.value in (Value.OBJECT, Value.OBJECTS):
            _collect(key.shape, shapes)


def _definition(shape: Shape) -> dict[str, Any]:
    rows = _rows_by_attribute(RESPONSE_PROFILE.get(shape.of, ()))
    properties: dict[str, Any] = {}
    for key in shape.keys:
        properties[key.name] = _property(key.value, key.shape)
        if key.name in rows:
            properties[key.name]["description"] = rows[key.name]
    definition: dict[str, Any] = {
        "type": "object",
        "description": (shape.of.__doc__ or "").strip().split("\n")[0],
        "properties": properties,
        "additionalProperties": False,
    }
    required = [key.name for key in shape.keys if key.required]
    return {**definition, "required": required} if required else definition


def _property(value: Value, shape: Shape) -> dict[str, Any]:
    reference = {"$ref": f"#/$defs/{shape.of.__name__}"}
    made: dict[Value, dict[str, Any]] = {
        Value.TEXT: {"type": "string"},
        Value.INTEGER: {"type": "integer"},
        Value.DECIMAL: {"type": "string", "pattern": r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$"},
        Value.OBJECT: reference,
        Value.OBJECTS: {"type": "array", "items": reference},
        Value.TEXTS: {"type": "array", "items": {"type": "string"}},
    }
    return made[value]


def _rows_by_attribute(rows: tuple[Row, ...], prefix: str = "") -> dict[str, str]:
    """Element and WCO ID of each field, in words for the schema."""
    named: dict[str, str] = {}
    for row in rows:
        element = prefix + row.element
        if row.kind is Kind.GROUP:
            named |= _rows_by_attribute(row.rows, element + "/")
        else:
            named[row.attribute] = f"{element} ({row.wco_id})" if row.wco_id else element
    return named


def profile_text() -> str:
    """The page that lists every element of every class with its WCO ID and the model's field."""
    lines = [
        "<!-- SPDX-License-Identifier: Apache-2.0 -->",
        "<!-- Made from src/gumruk/wire/wco/profile.py: change the tables there, not this page. -->",
        "# The WCO profile, element by element",
        "",
        f"Format `wco`: {PROFILE_NAME}. Elements stand in the order of the schema.",
        "A class has a WCO class ID (42A), an element a WCO element ID. What a message carries and this list does not",
        "name is kept in `extensions` of the nearest object and written back in its place. `*` repeats; `+` is ours,",
        "the published profile has no place for it. Structure is that of the schema for every message; lengths and",
        "codes are HMRC's for a message that names HMRC, else ours ([why](decisions/0008-schema-at-the-edge.md)).",
        "",
        "An ID that begins with U is ours: pointers need one for every element, and the Data Model's do not reach all.",
        "",
        "Messages: declarations (function 9), amendments and cancellations (13), and the office's responses.",
        "",
        *_conformance_lines(),
    ]
    for of, rows in RESPONSE_PROFILE.items():
        summary = (of.__doc__ or "").strip().split("\n")[0]
        lines += [f"## {of.__name__}", "", summary, "", "| element | ID | holds | field |", "| --- | --- | --- | --- |"]
        lines += [f"| {element} | {wco_id} | {kind} | {field} |" for element, wco_id, kind, field in _listed(rows)]
        lines.append("")
    lines += ["## IDs by role", "", "| element | IDs |", "| --- | --- |"]
    lines += [f"| {role} | Name {_id(ids[0])}, ID {_id(ids[1])} |" for role, ids in PARTY_IDS.items()]
    lines += [
        f"| {role} | {', '.join(f'{name} {_id(wco_id)}' for name, wco_id in zip(_MEANS_PLACES, ids, strict=True))} |"
        for role, ids in MEANS_IDS.items()
    ]
    return "\n".join(lines) + "\n"


def _conformance_lines() -> list[str]:
    """How much of the schemas the model names, and what it keeps without a name."""
    lines = ["## What the model names of the schemas", ""]
    for dialect in (DECLARATIONS, RESPONSES):
        told = list(_told(published(dialect.table), dialect.profile[dialect.plan.of], dialect.profile, ""))
        kept = [path for path, named in told if not named]
        lines.append(f"- {dialect.name}: {len(told) - len(kept)} of {len(told)} elements that hold a value are named.")
        if kept:
            lines.append(f"  Kept without a name: {', '.join(f'`{path}`' for path in kept)}.")
    return [*lines, ""]


def _told(
    fact: Fact, rows: tuple[Row, ...], profile: Mapping[type, tuple[Row, ...]], path: str
) -> Iterator[tuple[str, bool]]:
    """The path of each element that holds a value, and whether a row names it."""
    by_element = {row.element: row for row in rows}
    for part in fact.parts:
        row = by_element.get(part.name)
        inner = () if row is None else profile[row.of] if row.of is not None else row.rows
        if part.parts:
            yield from _told(part, inner, profile, f"{path}{part.name}/")
        else:
            yield f"{path}{part.name}", row is not None


def _listed(rows: tuple[Row, ...], prefix: str = "") -> Iterator[tuple[str, str, str, str]]:
    for row in rows:
        marks = ("*" if row.many else "") + (" +" if row.added else "")
        element = f"{prefix}{row.element}"
        if row.kind is Kind.GROUP:
            yield from _listed(row.rows, element + "/")
        elif row.kind is Kind.TEXTS:
            yield f"{element}/{row.rows[0].element}{marks}", row.rows[0].wco_id, "text", f"`{row.attribute}`"
        else:
            holds = row.of.__name__ if row.of else row.kind.value
            yield element + marks, _id(row.wco_id), holds, f"`{row.attribute}`"


def _id(wco_id: str) -> str:
    return wco_id or "-"

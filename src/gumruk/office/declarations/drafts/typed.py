# SPDX-License-Identifier: Apache-2.0
"""What a person typed, as a tree of texts in the shape of the model.

Every leaf is the text as it was typed, even where it is nonsense. A row of a list carries a key of its own (`#`), so
that its place is named in the same way by every tab, whatever is added, moved or removed beside it:
`goods_shipment.invoices[a1].issue.text`. A date is one leaf of its `Moment`; a row of plain texts holds `text`.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator
from typing import Any

from gumruk import wire
from gumruk.law.declarations import ANSWER_TYPE_CODE
from gumruk.law.declarations.model import Declaration
from gumruk.wire.json.shape import ROOT, Key, Shape, Value

Tree = dict[str, Any]
KEY = "#"
ITEM: Shape = ROOT.by_name["goods_shipment"].shape.by_name["items"].shape
QUESTION, ANSWER = "q-", "answer-"
"""Rows whose key says what they are about: a question on value, the rule whose warning is answered."""

_SEGMENT = re.compile(r"([a-z_]{1,40})(?:\[([A-Za-z0-9_-]{1,24})\])?")
_UNHELD = re.compile("[\0\ud800-\udfff]")
_DEPTH_MAX = 10


class NoSuchPlace(LookupError):
    """A path that the model has not."""


def seen(text: str) -> str:
    """A text as a page gives it back: one kind of line end, and a mark for what no page can hold."""
    return _UNHELD.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def row_key() -> str:
    """A new key for a row."""
    return secrets.token_hex(4)


def segments(path: str, shape: Shape) -> list[tuple[Key | None, str, str]]:
    """The steps of a path to a leaf: the model's key, its name and the row's key. Raises NoSuchPlace.

    The key is None for the last step into a row of plain texts.
    """
    steps: list[tuple[Key | None, str, str]] = []
    parts = path.split(".")
    if len(parts) > _DEPTH_MAX:
        raise NoSuchPlace(path[:80])
    texts_row = False
    for part in parts:
        match = _SEGMENT.fullmatch(part)
        if match is None:
            raise NoSuchPlace(path[:80])
        name, row = match[1], match[2] or ""
        if texts_row:
            if name != "text" or row:
                raise NoSuchPlace(path[:80])
            steps.append((None, name, ""))
            texts_row = False
            continue
        key = shape.by_name.get(name)
        if key is None or name in ("extensions", "items") or bool(row) != (key.value in (Value.OBJECTS, Value.TEXTS)):
            raise NoSuchPlace(path[:80])
        steps.append((key, name, row))
        shape, texts_row = key.shape, key.value is Value.TEXTS
    last = steps[-1][0]
    if texts_row or (last is not None and last.value in (Value.OBJECT, Value.OBJECTS)):
        raise NoSuchPlace(path[:80])
    return steps


def text_at(tree: Tree, path: str, shape: Shape) -> str:
    """The text at a leaf; empty where nothing was typed. Raises NoSuchPlace."""
    at: Any = tree
    for _, name, row in segments(path, shape):
        at = at.get(name, {})
        if row:
            at = next((one for one in at or () if one[KEY] == row), {})
        if not at:
            return ""
    return str(at)


def text_set(tree: Tree, path: str, text: str, shape: Shape) -> None:
    """Put a text in its place, in this tree; rows and objects on the way are made. Raises NoSuchPlace."""
    steps = segments(path, shape)
    at: Any = tree
    for _, name, row in steps[:-1]:
        at = _row(at.setdefault(name, []), name, row) if row else at.setdefault(name, {})
    name = steps[-1][1]
    if text:
        at[name] = text
    else:
        at.pop(name, None)


def _row(rows: list[Tree], name: str, key: str) -> Tree:
    for row in rows:
        if row[KEY] == key:
            return row
    row = {KEY: key, **preset(name, key)}
    rows.append(row)
    return row


def preset(name: str, key: str) -> Tree:
    """What a row holds from its beginning, by its key: a question of the value declaration, the rule answered."""
    if name == "answers" and key.startswith(QUESTION):
        return {"question_code": key.removeprefix(QUESTION)}
    if name == "additional_informations" and key.startswith(ANSWER):
        return {"statement_type_code": ANSWER_TYPE_CODE, "statement_code": key.removeprefix(ANSWER)}
    return {}


def node_at(tree: Tree, path: str) -> Any:
    """What lies at a path, be it an object, a list or a text; an empty object where nothing does."""
    at: Any = tree
    for part in path.split("."):
        match = _SEGMENT.fullmatch(part)
        if match is None or not isinstance(at, dict):
            return {}
        at = at.get(match[1], {})
        if match[2]:
            at = next((one for one in at or () if one[KEY] == match[2]), {})
    return at


def rows_at(tree: Tree, path: str) -> list[Tree]:
    """The rows of a list by its path, as they lie in the tree; none where the list was never begun."""
    rows = node_at(tree, path)
    return rows if isinstance(rows, list) else []


def row_remove(tree: Tree, path: str, key: str) -> Tree | None:
    """Take a row out of its list and give it; None where it is not there."""
    rows = rows_at(tree, path)
    for place, row in enumerate(rows):
        if row[KEY] == key:
            return rows.pop(place)
    return None


def is_filled(node: Any) -> bool:
    """Whether anything was typed in it. A question that is not answered, or a reason not given, is nothing."""
    if isinstance(node, dict):
        fixed: Tree = {}
        for name in ("answers", "additional_informations"):
            fixed |= preset(name, str(node.get(KEY, "")))
        return any(is_filled(value) for name, value in node.items() if name != KEY and fixed.get(name) != value)
    if isinstance(node, list):
        return any(map(is_filled, node))
    return node is not None and bool(str(node).strip())


def is_missing(node: Any) -> bool:
    """Whether the text that matters was not typed: of an amount or a quantity its number, else anything."""
    if isinstance(node, dict) and ("unit" in node or "currency" in node):
        return not is_filled(node.get("value"))
    return not is_filled(node)


def filled_rows(rows: list[Tree]) -> Iterator[Tree]:
    """The rows that come into the model."""
    return (row for row in rows if is_filled(row))


def place_typed(tree: Tree, path: str) -> str:
    """Where a place of the model stands in the tree: `invoices[0].id` is `invoices[a1].id`.

    Where the tree does not go so far, the path as far as it goes.
    """
    typed: list[str] = []
    at: Any = tree
    for part in path.split("."):
        name, _, number = part.partition("[")
        at = at.get(name, {}) if isinstance(at, dict) else {}
        if number and isinstance(at, list):
            rows = list(filled_rows(at))
            place = int(number.rstrip("]"))
            if place >= len(rows):
                break
            at = rows[place]
            typed.append(f"{name}[{at[KEY]}]")
        else:
            typed.append(name)
    return ".".join(typed)


def typed_of(declaration: Declaration) -> tuple[Tree, list[Tree]]:
    """A declaration as somebody would have typed it: the head, and its items."""
    head = _typed(json.loads(wire.canonical(declaration)), ROOT)
    items = head.get("goods_shipment", {}).pop("items", [])
    for item in items:
        item.pop(KEY, None)
        item.pop("sequence_numeric", None)
    return head, items


def _typed(held: dict[str, Any], shape: Shape) -> Tree:
    tree: Tree = {}
    for name, value in held.items():
        key = shape.by_name[name]
        if key.value is Value.OBJECT:
            tree[name] = _typed(value, key.shape)
        elif key.value is Value.OBJECTS:
            tree[name] = _typed_rows(name, value, key.shape)
        elif key.value is Value.TEXTS:
            tree[name] = [{KEY: row_key(), "text": row} for row in value]
        else:
            tree[name] = str(value)
    return tree


def _typed_rows(name: str, held: list[dict[str, Any]], shape: Shape) -> list[Tree]:
    rows: dict[str, Tree] = {}
    for row in held:
        key = _key_of(name, row)
        rows.setdefault(key if key not in rows else row_key(), {}).update(_typed(row, shape))
    return [{KEY: key, **row} for key, row in rows.items()]


def _key_of(name: str, row: dict[str, Any]) -> str:
    """A row's key: of what it is about where that is known, so that its field on the page is the same."""
    wanted = ""
    if name == "answers":
        wanted = f"{QUESTION}{row.get('question_code', '')}"
    elif name == "additional_informations" and row.get("statement_type_code") == ANSWER_TYPE_CODE:
        wanted = f"{ANSWER}{row.get('statement_code', '')}"
    return wanted if re.fullmatch(r"(?:q|answer)-[A-Za-z0-9-]{1,17}", wanted) else row_key()

# SPDX-License-Identifier: Apache-2.0
"""The fields of the head or of an item as the page shows them: made of the model's shape, the table and the texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from gumruk import texts
from gumruk.law.declarations.model import ValuationAnswer
from gumruk.law.declarations.parts import Moment
from gumruk.office.declarations.drafts.choices import PICKED, Choices, choice_label, choices
from gumruk.office.declarations.drafts.layout import COMPOSITES, WIDE, Field, Section, field_of, fields_of, sections_of
from gumruk.office.declarations.drafts.typed import (
    ANSWER,
    ITEM,
    KEY,
    QUESTION,
    Tree,
    is_filled,
    node_at,
    preset,
    row_key,
    seen,
)
from gumruk.office.declarations.form_papers import DECLARATION
from gumruk.office.lawbook.labels import installed_pack
from gumruk.wire.json.shape import Key, Shape, Value

SECTION, QUESTIONS = "section.", "valuation_question."


@dataclass(slots=True)
class Node:
    """One thing on the page: a field, an amount with its unit, a group of fields, a list of rows, a question.

    `path` is where its text goes, `id` the id of its input, `at` the id of the place that findings name. `lazy` says
    that there is more, which is empty and not made.
    """

    kind: str
    path: str
    id: str
    label: str
    at: str = ""
    help: str = ""
    box: str = ""
    width: str = ""
    text: str = ""
    hint: str = ""
    listed: str = ""
    picks: Choices = ()
    fixed: str = ""
    long: bool = False
    unit: Node | None = None
    key: str = ""
    name: str = ""
    common: list[Node] = field(default_factory=list)
    more: list[Node] = field(default_factory=list)
    lazy: bool = False


@dataclass(frozen=True, slots=True)
class SectionShown:
    """A section of the page with its nodes."""

    name: str
    title: str
    common: Sequence[Node]
    more: Sequence[Node]
    lazy: bool
    path: str
    open: bool


class Form:
    """The head or an item, in one language.

    `extra` is a list that gets one more empty row, `opened` a place whose fields under "more" are asked for. What is
    empty under "more" is made only then: a page has many hundred such fields.
    """

    def __init__(self, tree: Tree, shape: Shape, language: str, extra: str = "", opened: str = "") -> None:
        self.tree, self.shape, self.language, self.extra, self.opened = tree, shape, language, extra, opened
        self.mark = "i" if shape is ITEM else "h"

    def sections(self) -> list[SectionShown]:
        """Every section with all its fields."""
        return [self._section(section) for section in sections_of(self.shape)]

    def _section(self, section: Section) -> SectionShown:
        name, places, more = section.name, section.places, section.more
        title, path = texts.say(self.language, f"form.section.{name}"), f"{SECTION}{name}"
        shown = self._is_open(path, *more) or any(is_filled(node_at(self.tree, place)) for place in more)
        hidden = [self.place(place) for place in more] if shown else []
        opened = not section.folded or shown or any(is_filled(node_at(self.tree, place)) for place in places)
        opened = opened or self._is_open(path, *places)
        return SectionShown(
            name, title, [self.place(place) for place in places], hidden, bool(more) and not shown, path, opened
        )

    def _is_open(self, path: str, *below: str) -> bool:
        """Whether somebody asked for what stands under "more" at a place, or for a row of a list in it."""
        asked = self.opened == path or self.opened.startswith(f"{path}.")
        return asked or any(self.extra == place or self.extra.startswith((f"{place}.", f"{place}[")) for place in below)

    def more_at(self, path: str) -> list[Node]:
        """The fields under "more" of a section or an object. Raises KeyError for a place that the model has not."""
        if path.startswith(SECTION):
            found = {f"{SECTION}{section.name}": section for section in sections_of(self.shape)}[path]
            return [self.place(place) for place in found.more]
        shape = self.shape
        for part in path.split("."):
            shape = shape.by_name[part.partition("[")[0]].shape
        self.opened = path
        node = Node("group", path, "", "")
        held = node_at(self.tree, path)
        self._fields(node, shape, held if isinstance(held, dict) else {}, path)
        return node.more

    def place(self, path: str) -> Node:
        """The node of a place, by its path without rows."""
        shape, held = self.shape, self.tree
        *way, last = path.split(".")
        for name in way:
            shape, held = shape.by_name[name].shape, held.get(name, {})
        return self._node(shape, shape.by_name[last], held.get(last), path)

    def _node(self, shape: Shape, key: Key, held: Any, path: str) -> Node:
        row = field_of(shape.of, key.name)
        node = Node(
            kind="field", path=path, id=f"{self.mark}-{path}", label=_label(self.language, shape.of.__name__, key.name),
            at=f"{self.mark}-at-{path}", help=_help(self.language, shape.of.__name__, key.name),
            box=self._box(path, row), width=row.width,
        )  # fmt: skip
        if key.value is Value.OBJECTS:
            self._list(node, key, held or [])
        elif key.value is Value.TEXTS:
            self._texts(node, key, held or [], row)
        elif key.value is Value.OBJECT and key.shape.of is Moment:
            self._leaf(node, f"{path}.text", str((held or {}).get("text", "")), row)
            node.kind = "day"
        elif key.value is Value.OBJECT and key.shape.of in COMPOSITES:
            self._pair(node, key.shape, held or {})
        elif key.value is Value.OBJECT:
            node.kind = "group"
            self._fields(node, key.shape, held or {}, path)
        else:
            self._leaf(node, path, str(held or ""), row)
            node.kind = "number" if key.value in (Value.INTEGER, Value.DECIMAL) else "field"
        return node

    def _box(self, path: str, row: Field) -> str:
        """The number of the box that the form has for a field; none where it is the box of what the field lies in."""
        plain = ("items." if self.shape is ITEM else "") + ".".join(part.partition("[")[0] for part in path.split("."))
        number = _box_number(row.box or plain)
        return number if row.box or number != _box_number(plain.rpartition(".")[0]) else ""

    def _leaf(self, node: Node, path: str, text: str, row: Field) -> None:
        node.path, node.id, node.text = path, f"{self.mark}-{path}", seen(text)
        node.long = row.width == WIDE or "\n" in text
        if not row.choices:
            return
        code = text.strip().upper()
        if row.choices in PICKED:
            node.picks = choices(row.choices, self.language)
            if text and text not in dict(node.picks):
                node.picks = (*node.picks, (text, text))
        else:
            node.listed = row.choices
            node.hint = choice_label(row.choices, code, self.language)

    def _pair(self, node: Node, shape: Shape, held: Mapping[str, Any]) -> None:
        """An amount with its currency, a quantity with its unit."""
        path, unit_name = node.path, "currency" if "currency" in shape.by_name else "unit"
        unit = field_of(shape.of, unit_name)
        label = _label(self.language, shape.of.__name__, unit_name)
        node.unit = Node("field", "", "", label, width=unit.width)
        self._leaf(node.unit, f"{path}.{unit_name}", str(held.get(unit_name, "")), unit)
        self._leaf(node, f"{path}.value", str(held.get("value", "")), field_of(shape.of, "value"))
        node.kind = "pair"

    def _fields(self, node: Node, shape: Shape, held: Mapping[str, Any], path: str) -> None:
        """The fields of an object: the common ones, and the rest under "more"."""
        rows = fields_of(shape)
        hidden = [row.name for row in rows if row.more]
        shown = any(is_filled(held.get(name)) for name in hidden)
        shown = shown or self._is_open(path, *(f"{path}.{name}" for name in hidden))
        node.lazy = bool(hidden) and not shown
        for row in rows:
            if shown or not row.more:
                inner = self._node(shape, shape.by_name[row.name], held.get(row.name), f"{path}.{row.name}")
                (node.more if row.more else node.common).append(inner)

    def _list(self, node: Node, key: Key, rows: Sequence[Tree]) -> None:
        node.kind, node.name = "list", key.name
        if key.shape.of is ValuationAnswer:
            node.kind = "answers"
            known = {row[KEY] for row in rows}
            asked = [f"{QUESTION}{code}" for code in _questions()]
            rows = [*({KEY: name, **preset("answers", name)} for name in asked if name not in known), *rows]
            rows = sorted(rows, key=lambda row: (row[KEY] not in asked, str(row[KEY]) if row[KEY] in asked else ""))
        if key.name == "additional_informations":  # answers to warnings stand beside their warnings
            rows = [row for row in rows if not row[KEY].startswith(ANSWER)]
        if self.extra == node.path:
            rows = [*rows, {KEY: row_key()}]
        node.common = [self._row(node, key, row) for row in rows]

    def _row(self, node: Node, key: Key, row: Tree) -> Node:
        path = f"{node.path}[{row[KEY]}]"
        made = Node(
            "row", path, f"{self.mark}-{path}", node.label, f"{self.mark}-at-{path}", key=row[KEY], name=node.path
        )
        self._fields(made, key.shape, row, path)
        if key.shape.of is ValuationAnswer and row[KEY].startswith(QUESTION):
            code = row[KEY].removeprefix(QUESTION)
            if texts.find(self.language, f"form.question.{code}") is not None:
                made.fixed = texts.say(self.language, f"form.question.{code}")
        return made

    def _texts(self, node: Node, key: Key, rows: Sequence[Tree], row: Field) -> None:
        node.kind, node.name = "list", key.name
        if self.extra == node.path:
            rows = [*rows, {KEY: row_key()}]
        for one in rows:
            path = f"{node.path}[{one[KEY]}]"
            made = Node("row", path, f"{self.mark}-{path}", node.label, key=one[KEY], name=node.path)
            leaf = Node("field", "", "", node.label, f"{self.mark}-at-{path}", width=row.width)
            self._leaf(leaf, f"{path}.text", str(one.get("text", "")), row)
            made.common.append(leaf)
            node.common.append(made)

    def new_row(self, path: str) -> Node:
        """A new, empty row of a list, by the list's path (with the keys of the rows that it lies in)."""
        shape, key = self.shape, None
        for part in path.split("."):
            key = shape.by_name[part.partition("[")[0]]
            shape = key.shape
        if key is None or key.value not in (Value.OBJECTS, Value.TEXTS) or key.name in ("items", "extensions"):
            raise KeyError(path)
        parents = [part.partition("[")[0] for part in path.split(".")]
        above = self.shape
        for name in parents[:-1]:
            above = above.by_name[name].shape
        self.extra = path
        return self._node(above, key, None, path).common[-1]


@lru_cache(maxsize=1)
def _questions() -> tuple[str, ...]:
    """The questions of the customs value declaration, by its boxes: the country's list of them."""
    keys = dict.fromkeys(entry.key for entry in installed_pack().book.entries_of("codes"))
    return tuple(key.removeprefix(QUESTIONS) for key in keys if key.startswith(QUESTIONS))


@lru_cache(maxsize=2000)
def _box_number(path: str) -> str:
    form = installed_pack().forms.get(DECLARATION)
    return form.box_of(path) if form and path else ""


@lru_cache(maxsize=2000)
def _label(language: str, of: str, name: str) -> str:
    return texts.say(language, f"form.{of}.{name}")


@lru_cache(maxsize=2000)
def _help(language: str, of: str, name: str) -> str:
    key = f"form.help.{of}.{name}"
    return texts.say(language, key) if texts.find(language, key) is not None else ""

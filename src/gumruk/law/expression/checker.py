# SPDX-License-Identifier: Apache-2.0
"""The type-checker: one pass over the tree, one typed tree for all walkers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from gumruk.law.expression.error import ExpressionError
from gumruk.law.expression.functions import FUNCTIONS, Function, names_rounding, rounding_of
from gumruk.law.expression.parser import parse
from gumruk.law.expression.render import render
from gumruk.law.expression.tree import (
    ARITHMETIC,
    DIGITS_MAX,
    LOGIC,
    SCALE_MAX,
    Binary,
    Boolean,
    Call,
    Field,
    In,
    Negate,
    Node,
    Not,
    Number,
    Text,
    bounded,
)
from gumruk.law.expression.vocabulary import ITEMS_MAX, FieldType, Kind, Vocabulary

BOOLEAN = FieldType(Kind.BOOLEAN)
ITEM = "item."
NONE_NEAR = "\N{EM DASH}"
COUNT_DIGITS = len(str(ITEMS_MAX))
DAYS_DIGITS = 7  # from the first of January of year 1 to the end of year 9999 there are 3,652,058 days


@dataclass(frozen=True, slots=True)
class Typed:
    """A node with its type and typed parts. `parts` are what is computed: of `round(x, "up", 2)` only x."""

    node: Node
    type: FieldType
    parts: tuple[Typed, ...] = ()
    of_item: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """An expression that fits its vocabulary: its tree, its type, its source, and the fields that it reads.

    `prepared` is where a walker keeps what it need make only once.
    """

    node: Node
    type: FieldType
    source: str
    root: Typed
    fields: Vocabulary
    prepared: dict[str, Any] = field(default_factory=dict, repr=False)


def check(expression: Node | str, vocabulary: Vocabulary, expect: Kind | None = None) -> Checked:
    """Check an expression against the fields that it may speak of, and its result against what is expected.

    Raises ExpressionError: an unknown field comes with the nearest name.
    """
    node = parse(expression) if isinstance(expression, str) else bounded(expression)
    checker = _Checker(vocabulary)
    root = checker.typed(node)
    if expect is not None and root.type.kind is not expect:
        if not (expect is Kind.CODE and root.type.kind is Kind.TEXT):
            raise _refuse(node, "kind_expected", expected=expect.value, found=root.type.kind.value)
    if root.type.kind is Kind.LIST:
        raise _refuse(node, "list_misplaced", name=render(node))
    source = expression if isinstance(expression, str) else render(node)
    return Checked(node, root.type, source, root, checker.fields())


def _refuse(node: Node, code: str, **params: str) -> ExpressionError:
    return ExpressionError(f"expression.{code}", node.position if node.position >= 0 else None, params)


def _nearest(name: str, names: Iterable[str]) -> str:
    return next(iter(get_close_matches(name, list(names), n=1)), NONE_NEAR)


class _Checker:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._list: str | None = None
        self._items: Vocabulary | None = None
        self._read: dict[str, FieldType] = {}
        self._read_of_items: dict[str, dict[str, FieldType]] = {}

    def fields(self) -> Vocabulary:
        """The fields read, lists with those fields of their items that are read."""
        return {
            path: replace(field, items=self._read_of_items.get(path, {})) if field.items is not None else field
            for path, field in self._read.items()
        }

    def typed(self, node: Node) -> Typed:
        if isinstance(node, Field):
            return self._field(node)
        if isinstance(node, Binary):
            return self._binary(node)
        if isinstance(node, Call):
            return self._call(node)
        if isinstance(node, In):
            return self._in(node)
        if isinstance(node, Negate):
            part = self._of_kind(node.operand, Kind.NUMBER)
            return Typed(node, part.type, (part,))
        if isinstance(node, Not):
            part = self._of_kind(node.operand, Kind.BOOLEAN)
            return Typed(node, part.type, (part,))
        return Typed(node, _literal(node))

    def _of_kind(self, node: Node, *kinds: Kind) -> Typed:
        typed = self.typed(node)
        if typed.type.kind not in kinds:
            if typed.type.kind is Kind.LIST:
                raise _refuse(node, "list_misplaced", name=render(node))
            expected = "/".join(kind.value for kind in kinds)
            raise _refuse(node, "kind_expected", expected=expected, found=typed.type.kind.value)
        return typed

    def _field(self, node: Field) -> Typed:
        if self._items is not None and node.path.startswith(ITEM):
            path = node.path.removeprefix(ITEM)
            field = self._items.get(path)
            if field is None:
                near = _nearest(node.path, [ITEM + name for name in self._items] + list(self._vocabulary))
                raise _refuse(node, "unknown_field", name=node.path, nearest=near)
            self._read_of_items[str(self._list)][path] = field
            return Typed(node, field, of_item=True)
        field = self._vocabulary.get(node.path)
        if field is None:
            items = [ITEM + name for name in self._items or ()]
            raise _refuse(
                node, "unknown_field", name=node.path, nearest=_nearest(node.path, [*self._vocabulary, *items])
            )
        self._read[node.path] = field
        return Typed(node, field)

    def _binary(self, node: Binary) -> Typed:
        if node.operator in LOGIC:
            parts = (self._of_kind(node.left, Kind.BOOLEAN), self._of_kind(node.right, Kind.BOOLEAN))
            return Typed(node, replace(BOOLEAN, optional=_optional(parts)), parts)
        if node.operator in ARITHMETIC:
            parts = (self._of_kind(node.left, Kind.NUMBER), self._of_kind(node.right, Kind.NUMBER))
            return Typed(node, _arithmetic(node, parts[0].type, parts[1].type), parts)
        parts = (self.typed(node.left), self.typed(node.right))
        kind = _joined(node, parts)
        if node.operator not in ("==", "!=") and kind not in (Kind.NUMBER, Kind.DATE):
            raise _refuse(node, "not_ordered", operator=node.operator, kind=kind.value)
        return Typed(node, replace(BOOLEAN, optional=_optional(parts)), parts)

    def _in(self, node: In) -> Typed:
        kinds = (Kind.NUMBER, Kind.TEXT, Kind.CODE, Kind.DATE)
        operand = self._of_kind(node.operand, *kinds)
        for choice in node.choices:
            kind = _literal(choice.operand if isinstance(choice, Negate) else choice).kind
            if kind is not operand.type.kind and (operand.type.kind, kind) != (Kind.CODE, Kind.TEXT):
                raise _refuse(choice, "kind_expected", expected=operand.type.kind.value, found=kind.value)
            if isinstance(choice, Text):
                _check_choice(choice, operand.type.kind)
        return Typed(node, replace(BOOLEAN, optional=operand.type.optional), (operand,))

    def _call(self, node: Call) -> Typed:
        function = FUNCTIONS.get(node.name)
        if function is None:
            near = _nearest(node.name, [*FUNCTIONS, "date"])
            raise _refuse(node, "unknown_function", name=node.name, nearest=near)
        if not function.least <= len(node.arguments) <= function.most:
            usage = function.usage
            raise _refuse(node, "argument_count", usage=usage, found=str(len(node.arguments)))
        return self._aggregate(node) if function.over_items else self._plain(node, function)

    def _plain(self, node: Call, function: Function) -> Typed:
        computed = node.arguments[: function.computed]
        parts: tuple[Typed, ...]
        if node.name in ("min", "max"):
            parts = tuple(self._of_kind(part, Kind.NUMBER, Kind.DATE) for part in computed)
            return Typed(node, _united(node, parts), parts)
        if node.name == "if":
            parts = (self._of_kind(computed[0], Kind.BOOLEAN), self.typed(computed[1]), self.typed(computed[2]))
            return Typed(node, _united(node, parts[1:]), parts)
        if node.name in ("has", "default"):
            parts = tuple(self.typed(part) for part in computed)
            united = _united(node, parts) if node.name == "default" else _truth(node, parts)
            return Typed(node, replace(united, optional=parts[-1].type.optional and node.name == "default"), parts)
        kind = Kind.DATE if node.name == "days_between" else Kind.NUMBER
        parts = tuple(self._of_kind(part, kind) for part in computed)
        return Typed(node, _computed_type(node, parts), parts)

    def _aggregate(self, node: Call) -> Typed:
        listed, *bodies = node.arguments
        if self._items is not None:
            raise _refuse(node, "nested_list")
        if not isinstance(listed, Field):
            raise _refuse(listed, "list_argument")
        of_list = self.typed(listed)
        if of_list.type.items is None:
            raise _refuse(listed, "list_argument")
        self._list, self._items = listed.path, of_list.type.items
        self._read_of_items.setdefault(listed.path, {})
        kind = Kind.NUMBER if node.name == "sum" else Kind.BOOLEAN
        parts = (of_list, *(self._of_kind(body, kind) for body in bodies))
        self._list = self._items = None
        missing = _optional(parts[:1] if node.name == "count" else parts)
        if node.name in ("any", "all"):
            return Typed(node, replace(BOOLEAN, optional=missing), parts)
        if node.name == "count":
            return Typed(node, FieldType(Kind.NUMBER, COUNT_DIGITS, optional=missing), parts)
        # At most ten thousand items: four more digits before the point.
        summed = parts[1].type
        return Typed(node, _number(node, summed.whole + COUNT_DIGITS - 1, summed.scale, missing), parts)


def _optional(parts: Iterable[Typed]) -> bool:
    return any(part.type.optional for part in parts)


def _literal(node: Node) -> FieldType:
    if isinstance(node, Number):
        return FieldType(Kind.NUMBER, node.digits, node.scale)
    if isinstance(node, Text):
        return FieldType(Kind.TEXT)
    return BOOLEAN if isinstance(node, Boolean) else FieldType(Kind.DATE)


def _number(node: Node, whole: int, scale: int, optional: bool) -> FieldType:
    """The type of a computed number, refused where it could not be held exactly by every walker."""
    if scale > SCALE_MAX:
        raise _refuse(node, "result_too_fine", scale=str(scale), limit=str(SCALE_MAX))
    if whole + scale > DIGITS_MAX:
        raise _refuse(node, "result_too_long", digits=str(whole + scale), limit=str(DIGITS_MAX))
    return FieldType(Kind.NUMBER, max(whole + scale, 1), scale, optional=optional)


def _arithmetic(node: Binary, left: FieldType, right: FieldType) -> FieldType:
    optional = left.optional or right.optional
    if node.operator == "*":
        return _number(node, left.whole + right.whole, left.scale + right.scale, optional)
    return _number(node, max(left.whole, right.whole) + 1, max(left.scale, right.scale), optional)


def _computed_type(node: Call, parts: tuple[Typed, ...]) -> FieldType:
    """The type of `round`, `ratio` and `days_between`."""
    optional = _optional(parts)
    if not names_rounding(node):
        return FieldType(Kind.NUMBER, DAYS_DIGITS, optional=optional)
    rounding = rounding_of(node)
    first = parts[0].type
    scale = max(rounding.scale, 0)
    if node.name == "ratio":
        divisor = parts[1]
        # The smallest divisor that is not zero has one in its last place; rounding may carry into one digit more.
        never_zero = isinstance(divisor.node, Number) and bool(divisor.node.value)
        return _number(node, first.whole + divisor.type.scale + 1, scale, optional or not never_zero)
    if rounding.scale >= first.scale:
        return _number(node, first.whole, scale, optional)
    return _number(node, max(first.whole, -rounding.scale) + 1, scale, optional)


def _joined(node: Node, parts: tuple[Typed, ...]) -> Kind:
    """The one kind of all parts. A text literal takes part as a code where the other side is a code."""
    kinds = {part.type.kind for part in parts if not isinstance(part.node, Text)}
    kinds = kinds or {Kind.TEXT}
    if Kind.LIST in kinds:
        raise _refuse(node, "list_misplaced", name=render(node))
    if len(kinds) > 1 or (any(isinstance(part.node, Text) for part in parts) and kinds - {Kind.TEXT, Kind.CODE}):
        found = [part.type.kind.value for part in parts]
        raise _refuse(node, "kinds_differ", left=found[0], right=next(k for k in found if k != found[0]))
    return kinds.pop()


def _truth(node: Node, parts: tuple[Typed, ...]) -> FieldType:
    """The type of what only asks whether its parts are there; any kind will do but a list."""
    _joined(node, parts)
    return BOOLEAN


def _united(node: Node, parts: tuple[Typed, ...]) -> FieldType:
    """The type that holds the value of whichever part is taken."""
    kind = _joined(node, parts)
    optional = _optional(parts)
    if kind is not Kind.NUMBER:
        return FieldType(kind, optional=optional)
    return _number(node, max(part.type.whole for part in parts), max(part.type.scale for part in parts), optional)


def _check_choice(choice: Text, kind: Kind) -> None:
    """A listed code stands for itself and all beneath it, with or without a star; a listed text only for itself."""
    if kind is Kind.TEXT:
        if choice.value.endswith("*"):
            raise _refuse(choice, "text_pattern", text=choice.value)
    elif not (choice.value.removesuffix("*").isascii() and choice.value.removesuffix("*").isalnum()):
        raise _refuse(choice, "code_pattern", text=choice.value)

# SPDX-License-Identifier: Apache-2.0
"""The walker that compiles: Python source made from the typed tree, never from the user's text.

Literals are bound by name, fields are local names, brackets never nest deeper than three for each level of the tree.
"""

from __future__ import annotations

import decimal
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import cast

from gumruk.law.expression.checker import ITEM, Checked, Typed
from gumruk.law.expression.functions import rounding_of
from gumruk.law.expression.tree import LOGIC, Binary, Call, Field, In, Negate, Not, Text, literal_value
from gumruk.law.expression.vocabulary import Kind
from gumruk.law.kernel.rounding import LEGAL_CONTEXT, MODES

# What `round` and the last step of `ratio` compute in: they alone may lose digits.
ROUNDING_CONTEXT = decimal.Context(prec=LEGAL_CONTEXT.prec, traps=[decimal.InvalidOperation])
# A quotient cut to 80 digits this way still rounds as the whole quotient would: its last digit is never 0 or 5 unless
# it is exact (General Decimal Arithmetic, round-05up).
_DIVIDING = decimal.Context(
    prec=LEGAL_CONTEXT.prec, rounding=decimal.ROUND_05UP, traps=[decimal.InvalidOperation, decimal.DivisionByZero]
)


class Binding:
    """What generated source is bound to: local names for fields, names for constants, and fresh names.

    `field` says the local name of each field's path. `constants` is the namespace that the generated source needs as
    its globals; one Binding serves all expressions of one generated function.
    """

    def __init__(self, field: Callable[[str], str], constants: dict[str, object] | None = None) -> None:
        self.field = field
        self.constants: dict[str, object] = {} if constants is None else constants
        self._names: dict[tuple[type, str], str] = {}
        self._temporaries = 0

    def constant(self, value: object) -> str:
        """The name that holds this value."""
        key = (type(value), repr(value))
        if key not in self._names:
            self._names[key] = f"_c{len(self._names)}"
            self.constants[self._names[key]] = value
        return self._names[key]

    def temporary(self) -> str:
        """A local name that is used nowhere else."""
        self._temporaries += 1
        return f"_t{self._temporaries}"


def to_python(checked: Checked, bind: Binding) -> str:
    """The Python source of one expression over local names, to be inlined into a generated function.

    It must run with `bind.constants` among its globals and `LEGAL_CONTEXT` as the current decimal context; its facts
    must keep to the vocabulary. A zero may come out with a minus sign; `compile_set` takes that away.
    """
    return _Writer(bind).source(checked.root)


class _Writer:
    def __init__(self, bind: Binding) -> None:
        self._bind = bind
        self._item = ""

    def source(self, typed: Typed) -> str:
        node = typed.node
        if isinstance(node, Field):
            return self._field(typed, node)
        if isinstance(node, Binary):
            return self._binary(typed, node)
        if isinstance(node, Call):
            return _CALLS[node.name](self, typed)
        if isinstance(node, In):
            return self._in(typed, node)
        if isinstance(node, Negate):
            return self.guarded(typed, lambda value: f"-{value}")
        if isinstance(node, Not):
            return self.guarded(typed, lambda value: f"not {value}")
        value = literal_value(node)
        return str(value) if isinstance(value, bool) else self._bind.constant(value)

    def _field(self, typed: Typed, node: Field) -> str:
        if not typed.of_item:
            return self._bind.field(node.path)
        path = node.path.removeprefix(ITEM)
        return f"{self._item}.get({path!r})" if typed.type.optional else f"{self._item}[{path!r}]"

    def held(self, source: str) -> tuple[str, str]:
        """Source that computes a value once, and a name under which to use it again."""
        if source.isidentifier():
            return source, source
        name = self._bind.temporary()
        return f"({name} := {source})", name

    def guarded(self, typed: Typed, template: Callable[..., str]) -> str:
        """The template over all parts; missing where one of them is."""
        tests, names = [], []
        for part in typed.parts:
            source = self.source(part)
            if part.type.optional:
                first, source = self.held(source)
                tests.append(f"{first} is None")
            names.append(source)
        body = template(*names)
        return f"(None if {' or '.join(tests)} else {body})" if tests else f"({body})"

    def _binary(self, typed: Typed, node: Binary) -> str:
        if node.operator in LOGIC:
            return self._logic(typed, node.operator)
        return self.guarded(typed, lambda left, right: f"{left} {node.operator} {right}")

    def _logic(self, typed: Typed, operator: str) -> str:
        left, right = typed.parts
        if not left.type.optional:
            return f"({self.source(left)} {operator} {self.source(right)})"
        if not right.type.optional:
            # Python's own `and` and `or` are right as long as the first side is not missing.
            return f"({self.source(right)} {operator} {self.source(left)})"
        first, one = self.held(self.source(left))
        second, other = self.held(self.source(right))
        settles = str(operator == "or")
        return (
            f"({settles} if {first} is {settles} or {second} is {settles}"
            f" else None if {one} is None or {other} is None else {operator == 'and'})"
        )

    def _in(self, typed: Typed, node: In) -> str:
        if typed.parts[0].type.kind is Kind.CODE:
            codes = tuple(choice.value.removesuffix("*") for choice in node.choices if isinstance(choice, Text))
            prefixes = self._bind.constant(codes)
            return self.guarded(typed, lambda value: f"{value}.startswith({prefixes})")
        # In the order of the source, not a set's, so that the same rules always give the same generated source.
        choices = dict.fromkeys(literal_value(choice) for choice in node.choices)
        among = self._bind.constant(tuple(choices)) if len(choices) < 4 else self._bind.constant(choices)
        return self.guarded(typed, lambda value: f"{value} in {among}")

    def choose(self, typed: Typed) -> str:
        condition, then, otherwise = (self.source(part) for part in typed.parts)
        return f"({then} if {condition} else {otherwise})"

    def default(self, typed: Typed) -> str:
        value, otherwise = typed.parts
        if not value.type.optional:
            return self.source(value)
        first, again = self.held(self.source(value))
        return f"({again} if {first} is not None else {self.source(otherwise)})"

    def has(self, typed: Typed) -> str:
        return f"({self.source(typed.parts[0])} is not None)" if typed.parts[0].type.optional else "True"

    def extreme(self, typed: Typed, better: str) -> str:
        def compared(*values: str) -> str:
            best = values[0]
            for value in values[1:]:
                first, one = self.held(value)
                second, other = self.held(best)
                best = f"({one} if {first} {better} {second} else {other})"
            return best

        return self.guarded(typed, compared)

    def days_between(self, typed: Typed) -> str:
        decimal_of = self._bind.constant(Decimal)
        return self.guarded(typed, lambda first, last: f"{decimal_of}(({last} - {first}).days)")

    def _quantized(self, typed: Typed, source: str) -> str:
        rounding = rounding_of(cast("Call", typed.node))
        bind = self._bind
        unit = bind.constant(Decimal((0, (1,), -rounding.scale)))
        context = bind.constant(ROUNDING_CONTEXT)
        text = f"{source}.quantize({unit}, {bind.constant(MODES[rounding.method])}, {context})"
        if rounding.scale >= 0:
            return text
        return f"{text}.quantize({bind.constant(Decimal(1))}, None, {context})"

    def round(self, typed: Typed) -> str:
        return self.guarded(typed, lambda value: self._quantized(typed, value))

    def ratio(self, typed: Typed) -> str:
        value, divisor = typed.parts
        divide = self._bind.constant(_DIVIDING.divide)
        tests = []
        top, bottom = self.source(value), self.source(divisor)
        if value.type.optional:
            first, top = self.held(top)
            tests.append(f"{first} is None")
        if typed.type.optional:
            first, bottom = self.held(bottom)
            tests.append(f"not {first}")  # missing or zero
        quotient = self._quantized(typed, f"{divide}({top}, {bottom})")
        return f"(None if {' or '.join(tests)} else {quotient})" if tests else quotient

    def _over_items(self, typed: Typed, element: str, gather: Callable[[str], str]) -> str:
        """Source over a list; `element` is what stands before `for` and may hold `{}` for the body."""
        items = self.source(typed.parts[0])
        self._item = self._bind.temporary()
        body = self.source(typed.parts[1]) if len(typed.parts) > 1 else ""
        loop = f"[{element.format(body)} for {self._item} in {items}{f' if {body}' if element == '1' else ''}]"
        self._item = ""
        gathered = gather(loop)
        return f"(None if {items} is None else {gathered})" if typed.parts[0].type.optional else gathered

    def sum(self, typed: Typed) -> str:
        add, zero = self._bind.constant(sum), self._bind.constant(Decimal(0))
        if not typed.parts[1].type.optional:
            return self._over_items(typed, "{}", lambda loop: f"{add}({loop}, {zero})")
        name = self._bind.temporary()
        return self._over_items(
            typed, "{}", lambda loop: f"(None if None in ({name} := {loop}) else {add}({name}, {zero}))"
        )

    def count(self, typed: Typed) -> str:
        decimal_of, length = self._bind.constant(Decimal), self._bind.constant(len)
        if len(typed.parts) == 1:
            items = self.source(typed.parts[0])
            counted = f"{decimal_of}({length}({items}))"
            return f"(None if {items} is None else {counted})" if typed.type.optional else counted
        return self._over_items(typed, "1", lambda loop: f"{decimal_of}({length}({loop}))")

    def quantified(self, typed: Typed, settles: bool) -> str:
        """`any` (one true settles it) and `all` (one false does)."""
        if not typed.parts[1].type.optional:
            return self._over_items(typed, "{}", lambda loop: f"({settles} {'in' if settles else 'not in'} {loop})")
        name = self._bind.temporary()
        return self._over_items(
            typed,
            "{}",
            lambda loop: (
                f"({settles} if {settles} in ({name} := {loop}) else None if None in {name} else {not settles})"
            ),
        )


_CALLS: Mapping[str, Callable[[_Writer, Typed], str]] = {
    "all": lambda writer, typed: writer.quantified(typed, False),
    "any": lambda writer, typed: writer.quantified(typed, True),
    "count": _Writer.count,
    "days_between": _Writer.days_between,
    "default": _Writer.default,
    "has": _Writer.has,
    "if": _Writer.choose,
    "max": lambda writer, typed: writer.extreme(typed, ">"),
    "min": lambda writer, typed: writer.extreme(typed, "<"),
    "ratio": _Writer.ratio,
    "round": _Writer.round,
    "sum": _Writer.sum,
}

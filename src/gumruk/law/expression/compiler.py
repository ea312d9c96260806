# SPDX-License-Identifier: Apache-2.0
"""One generated Python function for a whole set of expressions: the hot path."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import getcontext, setcontext
from typing import NoReturn, cast

from gumruk.law.expression.checker import Checked
from gumruk.law.expression.evaluate import Value
from gumruk.law.expression.python import Binding, to_python
from gumruk.law.expression.vocabulary import ITEMS_MAX, FieldType, Kind, Vocabulary, conform
from gumruk.law.kernel.rounding import LEGAL_CONTEXT

Facts = Mapping[str, object]


def compile_set(named: Mapping[str, Checked], vocabulary: Vocabulary) -> Callable[[Facts], dict[str, Value]]:
    """One function from facts to the value of each named expression; None is a missing value.

    It sets its own decimal context once a call. It expects facts that keep to the vocabulary (see `conform`) and itself
    refuses, with ExpressionError, those that are missing, lists that are too long, and whatever Python cannot compute
    with. Raises ValueError for an expression that was checked against another vocabulary.
    """
    return cast("Callable[[Facts], dict[str, Value]]", _generated(named, vocabulary, "{{{results}}}"))


def compile_one(checked: Checked) -> Callable[[Facts], Value]:
    """One function from facts to the value of one expression, otherwise as `compile_set`."""
    return cast("Callable[[Facts], Value]", _generated({"": checked}, None, "{value}"))


def _generated(named: Mapping[str, Checked], vocabulary: Vocabulary | None, result: str) -> object:
    fields = _fields(named, vocabulary)
    local = {path: f"f{number}" for number, path in enumerate(fields)}
    bind = Binding(local.__getitem__)

    def refuse(facts: Facts, trouble: Exception) -> NoReturn:
        conform(fields, facts)
        raise trouble

    lines, pairs, value = _loading(fields, local), [], ""
    for number, (name, checked) in enumerate(named.items()):
        value = f"r{number}"
        lines.append(f"{value} = {to_python(checked, bind)}")
        if checked.type.kind is Kind.NUMBER:
            zero = f"not {value} and {value} is not None" if checked.type.optional else f"not {value}"
            lines.append(f"if {zero}: {value} = {value}.copy_abs()")
        pairs.append(f"{bind.constant(name)}: {value}")
    lines.append("return " + result.format(results=", ".join(pairs), value=value))
    source = _FUNCTION.format(body="\n        ".join(lines))
    namespace: dict[str, object] = {
        **bind.constants,
        "__builtins__": {},
        "getcontext": getcontext,
        "setcontext": setcontext,
        "LEGAL_CONTEXT": LEGAL_CONTEXT,
        "TROUBLE": (KeyError, TypeError, AttributeError, ArithmeticError),
        "KeyError": KeyError,
        "len": len,
        "refuse": refuse,
    }
    # The source is written by this module from the typed tree; nothing of the user's text is in it but field paths,
    # which the tree holds to letters, digits, dots and underscores.
    exec(compile(source, "<expressions>", "exec"), namespace)  # noqa: S102
    return namespace["evaluate"]


_FUNCTION = """\
def evaluate(facts):
    previous = getcontext()
    setcontext(LEGAL_CONTEXT)
    try:
        {body}
    except TROUBLE as trouble:
        refuse(facts, trouble)
    finally:
        setcontext(previous)
"""


def _fields(named: Mapping[str, Checked], vocabulary: Vocabulary | None) -> dict[str, FieldType]:
    """All fields that the set reads. Fields of items are merged, a list for each list."""
    fields: dict[str, FieldType] = {}
    for checked in named.values():
        for path, field in checked.fields.items():
            if field.items is None or path not in fields:
                fields[path] = field
                continue
            merged = {**(fields[path].items or {}), **field.items}
            fields[path] = FieldType(Kind.LIST, items=merged, optional=field.optional)
    for path, field in fields.items() if vocabulary is not None else ():
        declared = (vocabulary or {}).get(path)
        if declared is None or not _agree(declared, field):
            raise ValueError(f"{path} was checked against another vocabulary")
    return fields


def _agree(declared: FieldType, read: FieldType) -> bool:
    if declared.items is None or read.items is None:
        return declared == read
    return declared.optional == read.optional and all(
        declared.items.get(path) == field for path, field in read.items.items()
    )


def _loading(fields: Vocabulary, local: Mapping[str, str]) -> list[str]:
    """Statements that read each field once and refuse those that are missing though they must not be."""
    lines, required = [], []
    for path, field in fields.items():
        name = local[path]
        lines.append(f"{name} = facts.get({path!r})" if field.optional else f"{name} = facts[{path!r}]")
        if not field.optional:
            required.append(f"{name} is None")
    if required:
        lines.append(f"if {' or '.join(required)}: raise KeyError")
    for path, field in fields.items():
        if field.items is None:
            continue
        name = local[path]
        lines.append(f"if {name} is not None and len({name}) > {ITEMS_MAX}: raise KeyError")
        absent = [f"item[{of_item!r}] is None" for of_item, kind in field.items.items() if not kind.optional]
        if absent:
            lines.append(f"for item in {name}{' or ()' if field.optional else ''}:")
            lines.append(f"    if {' or '.join(absent)}: raise KeyError")
    return lines

# SPDX-License-Identifier: Apache-2.0
"""The expression language: parsed once, checked once, then explained, compiled or rendered."""

from __future__ import annotations

from gumruk.law.expression.checker import Checked, Typed, check
from gumruk.law.expression.compiler import compile_one, compile_set
from gumruk.law.expression.error import ExpressionError
from gumruk.law.expression.evaluate import Value
from gumruk.law.expression.explain import Explained, explain
from gumruk.law.expression.functions import FUNCTIONS
from gumruk.law.expression.parser import parse
from gumruk.law.expression.python import Binding, to_python
from gumruk.law.expression.render import render
from gumruk.law.expression.tree import (
    Binary,
    Boolean,
    Call,
    Day,
    Field,
    In,
    Negate,
    Node,
    Not,
    Number,
    Text,
)
from gumruk.law.expression.vocabulary import FieldType, Kind, Vocabulary, conform

__all__ = [
    "FUNCTIONS",
    "Binary",
    "Binding",
    "Boolean",
    "Call",
    "Checked",
    "Day",
    "Explained",
    "ExpressionError",
    "Field",
    "FieldType",
    "In",
    "Kind",
    "Negate",
    "Node",
    "Not",
    "Number",
    "Text",
    "Typed",
    "Value",
    "Vocabulary",
    "check",
    "compile_one",
    "compile_set",
    "conform",
    "explain",
    "parse",
    "render",
    "to_python",
]

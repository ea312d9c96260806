# SPDX-License-Identifier: Apache-2.0
"""The walker that explains: the value, and the steps that led to it.

The tree is turned into nested functions once; these compute and note what they met. Notes become steps with words in
them only when somebody reads the steps, which is rare beside computing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, getcontext, setcontext

from gumruk.law.expression.checker import Checked
from gumruk.law.expression.evaluate import Evaluation, Note, Told, Value, evaluation
from gumruk.law.expression.vocabulary import conform
from gumruk.law.kernel import LEGAL_CONTEXT, Audience, Step

MISSING = "\N{EM DASH}"


@dataclass(frozen=True, slots=True)
class Explained:
    """A value, None where it is missing, with the notes of how it came about."""

    value: Value
    notes: tuple[Note, ...]
    audience: Audience = Audience.TRADER
    act: str | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that led to the value, in their order. Their texts stand under their codes."""
        return tuple(self._step(told, values) for told, values in self.notes)

    def _step(self, told: Told, values: tuple[object, ...]) -> Step:
        words = dict(told.params)
        for name, value in zip(told.names, values, strict=True):
            words[name] = shown(value)
        return Step(told.code, words, "", self.act, self.audience)


def explain(
    checked: Checked,
    facts: Mapping[str, object],
    *,
    audience: Audience = Audience.TRADER,
    act: str | None = None,
    conformed: bool = False,
) -> Explained:
    """Evaluate an expression on facts and tell how. Branches not taken are not told.

    Raises ExpressionError where facts that the expression reads do not keep to its vocabulary; `conformed` says that
    `conform` has already looked at them.
    """
    if not conformed:
        conform(checked.fields, facts)
    run = checked.prepared.get("explain") or _prepared(checked)
    notes: list[Note] = []
    previous = getcontext()
    if previous is LEGAL_CONTEXT:
        value = run(facts, facts, notes)
    else:
        setcontext(LEGAL_CONTEXT)
        try:
            value = run(facts, facts, notes)
        finally:
            setcontext(previous)
    if isinstance(value, Decimal) and not value:
        value = value.copy_abs()
    return Explained(value, tuple(notes), audience, act)


def _prepared(checked: Checked) -> Evaluation:
    run: Evaluation = checked.prepared.setdefault("explain", evaluation(checked.root))
    return run


def shown(value: object) -> str:
    """A value as a step's parameter: plain digits, ISO days, source words, a dash where it is missing."""
    if isinstance(value, Decimal):
        number = value if value else value.copy_abs()
        text = str(number)
        return f"{number:f}" if "E" in text else text
    if value is None:
        return MISSING
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "; ".join([shown(part) for part in value])
    return value.isoformat() if isinstance(value, date) else str(value)

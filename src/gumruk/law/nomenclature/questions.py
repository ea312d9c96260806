# SPDX-License-Identifier: Apache-2.0
"""The questions of a heading: a small decision table that narrows its subheadings, and hides but never drops one.

General Rule 6 of the Harmonized System: goods are classified in the subheadings of a heading by the terms of those
subheadings and their notes. Each question names the note or rule that makes its answer decide.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

#: At most so many questions are asked of one person about one kind of goods.
ASKED_MAX = 3
#: The answer of somebody who does not know: it keeps every code.
DO_NOT_KNOW = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that can be given: its words by language, and the subheadings that stay likely with it."""

    id: str
    texts: Mapping[str, str]
    keeps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a heading: its words by language, the legal note behind it, and its answers."""

    id: str
    texts: Mapping[str, str]
    note: str
    answers: tuple[Answer, ...]

    def answer(self, given: str) -> Answer | None:
        """The answer with this id; None for "do not know" and for an answer that the question does not have."""
        return next((answer for answer in self.answers if answer.id == given), None)


@dataclass(frozen=True, slots=True)
class Questions:
    """All questions of a heading, in the order of asking."""

    heading: str
    asked: tuple[Question, ...]

    def keeps(self, codes: Collection[str], given: Mapping[str, str]) -> tuple[str, ...]:
        """The codes that stay likely after the answers given (question id -> answer id).

        Answers that contradict each other keep what the first of them kept: nothing is ever dropped altogether.
        """
        kept = tuple(codes)
        for question in self.asked:
            answer = question.answer(given.get(question.id, DO_NOT_KNOW))
            if answer is not None:
                kept = tuple(code for code in kept if code[:6] in answer.keeps) or kept
        return kept

    def next(self, chances: Mapping[str, float], given: Mapping[str, str]) -> Question | None:
        """The question that splits best what is still likely; None where none splits, or enough were asked.

        `chances` says how likely each subheading is. The best question leaves, on average, the least behind.
        """
        if len(given) >= ASKED_MAX:
            return None
        kept = self.keeps(chances, given)
        whole = sum(chances[code] for code in kept)
        if len(kept) < 2 or whole <= 0:
            return None
        best, left_least = None, 0.999
        for question in self.asked:
            if question.id not in given:
                left = _left(question, {code: chances[code] / whole for code in kept})
                if left < left_least:
                    best, left_least = question, left
        return best


def _left(question: Question, chances: Mapping[str, float]) -> float:
    """The share that stays likely on average once the question is answered by somebody who knows."""
    shares = [
        sum(chance for code, chance in chances.items() if code[:6] in answer.keeps) for answer in question.answers
    ]
    named = sum(shares)
    return sum(share * share for share in shares) / named if named else 1.0

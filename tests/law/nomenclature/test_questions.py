# SPDX-License-Identifier: Apache-2.0
"""The questions of a heading narrow and never drop."""

from __future__ import annotations

from gumruk.law.nomenclature import DO_NOT_KNOW, Answer, Question, Questions

CHANCES = {"610910": 0.5, "610990": 0.3, "610991": 0.2}


def asked(name: str, **answers: tuple[str, ...]) -> Question:
    return Question(
        name, {"en": name}, "note 1", tuple(Answer(key, {"en": key}, kept) for key, kept in answers.items())
    )


MATERIAL = asked("material", cotton=("610910",), rest=("610990", "610991"))
USE = asked("use", work=("610910", "610990"), sport=("610991",))
QUESTIONS = Questions("6109", (USE, MATERIAL))


def test_it_keeps_what_the_answers_keep():
    assert QUESTIONS.keeps(CHANCES, {"material": "rest"}) == ("610990", "610991")
    assert QUESTIONS.keeps(CHANCES, {"material": "rest", "use": "sport"}) == ("610991",)


def test_it_keeps_everything_for_who_does_not_know():
    assert QUESTIONS.keeps(CHANCES, {"material": DO_NOT_KNOW}) == tuple(CHANCES)
    assert QUESTIONS.keeps(CHANCES, {"material": "an answer that is none"}) == tuple(CHANCES)


def test_it_never_drops_all_codes_for_answers_that_contradict_each_other():
    assert QUESTIONS.keeps(CHANCES, {"use": "sport", "material": "cotton"}) == ("610991",)


def test_it_asks_first_what_leaves_least():
    assert QUESTIONS.next(CHANCES, {}) == MATERIAL
    assert QUESTIONS.next(CHANCES, {"material": "rest"}) == USE


def test_it_stops_asking_when_one_code_is_left_or_nothing_splits():
    assert QUESTIONS.next(CHANCES, {"material": "cotton"}) is None
    assert Questions("6109", (MATERIAL,)).next({"610910": 1.0}, {}) is None


def test_it_asks_at_most_three_times():
    many = Questions("6109", tuple(asked(f"q{n}", a=("610910",), b=("610990", "610991")) for n in range(5)))
    assert many.next(CHANCES, dict.fromkeys(("q0", "q1", "q2"), DO_NOT_KNOW)) is None

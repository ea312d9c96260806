# SPDX-License-Identifier: Apache-2.0
"""The materials as a rule sees them: which originate with cumulation, and which of them are the goods it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gumruk.law.kernel import Step
from gumruk.law.origin.rules.bill import Bill, Material, Terms
from gumruk.law.origin.rules.tree import LEVELS, Goods

_DEPTH_MAX = 10


@dataclass(frozen=True, slots=True)
class Used:
    """A material, its place in the bill, and whether it originates (None: not stated)."""

    path: str
    material: Material
    originating: bool | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether something is so; where that is not known, the facts that would tell."""

    holds: bool | None
    missing: tuple[str, ...] = ()


def materials_used(bill: Bill, terms: Terms | None, steps: list[Step]) -> tuple[list[Used], list[str]]:
    """The materials after cumulation, and the facts it lacks."""
    missing: list[str] = []
    used = [
        one
        for number, material in enumerate(bill.materials or (), 1)
        for one in _cumulated(material, f"materials[{number}]", terms or Terms(), steps, missing, 0)
    ]
    return used, missing


def _cumulated(
    material: Material, path: str, terms: Terms, steps: list[Step], missing: list[str], depth: int
) -> Iterator[Used]:
    if material.originating:
        yield Used(path, material, True)
    elif terms.cumulation != "none" and material.origin in terms.partners:
        steps.append(_step(material, path, terms, material.origin))
        yield Used(path, material, True)
    elif terms.cumulation == "full" and material.worked_in in terms.partners and depth < _DEPTH_MAX:
        if material.inputs is None:
            missing.append(f"{path}.inputs")
            yield Used(path, material, None)
            return
        steps.append(_step(material, path, terms, material.worked_in))
        for number, inner in enumerate(material.inputs, 1):
            yield from _cumulated(inner, f"{path}.inputs[{number}]", terms, steps, missing, depth + 1)
    else:
        yield Used(path, material, material.originating)


def _step(material: Material, path: str, terms: Terms, country: str) -> Step:
    params = {"material": material.name, "country": country, "kind": terms.cumulation}
    return Step("origin.cumulation", params, path, terms.act)


def is_of(goods: tuple[Goods, ...], used: Used, product: str) -> Answer:
    """Whether a material is one of the goods; no goods named is every material."""
    if not goods:
        return Answer(True)
    answers = [_is(one, used, product) for one in goods]
    if any(answer.holds for answer in answers):
        return Answer(True)
    missing = tuple(fact for answer in answers for fact in answer.missing)
    return Answer(None, missing) if any(answer.holds is None for answer in answers) else Answer(False)


def _is(goods: Goods, used: Used, product: str) -> Answer:
    answers = [_in_spans(goods, used), _with_product(goods, used, product)]
    if goods.words:
        answers.append(_stated(goods.words, used))
    if goods.other and used.material.code[:6] == product[:6]:
        answers.append(_stated("other", used))
    if goods.but:
        left_out = is_of(goods.but, used, product)
        answers.append(Answer(None if left_out.holds is None else not left_out.holds, left_out.missing))
    if any(answer.holds is False for answer in answers):
        return Answer(False)
    missing = tuple(fact for answer in answers for fact in answer.missing)
    return Answer(None, missing) if missing else Answer(True)


def _in_spans(goods: Goods, used: Used) -> Answer:
    code = used.material.code
    if not goods.spans or any(span.holds(code) for span in goods.spans):
        return Answer(True)
    if any(_may_hold(span.first, span.last, code) for span in goods.spans):
        return Answer(None, (f"{used.path}.code",))
    return Answer(False)


def _with_product(goods: Goods, used: Used, product: str) -> Answer:
    digits, code = LEVELS.get(goods.same, 0), used.material.code
    if code[:digits] != product[:digits]:
        return Answer(False)
    return Answer(True) if len(code) >= digits <= len(product) else Answer(None, (f"{used.path}.code",))


def _stated(words: str, used: Used) -> Answer:
    holds = stated(used.material.named, words)
    return Answer(holds, () if holds is not None else (f"{used.path}.named.{words}",))


def stated(facts: Mapping[str, bool], words: str) -> bool | None:
    """What is stated of a rule's words, whatever their capitals; None where nothing is."""
    return next((holds for name, holds in facts.items() if name.lower() == words.lower()), None)


def _may_hold(first: str, last: str, code: str) -> bool:
    """Whether a code that is shorter than the span's could be in it."""
    return len(code) < len(first) and first[: len(code)] <= code <= last[: len(code)]


def product_is_of(goods: tuple[Goods, ...], bill: Bill) -> Answer:
    """Whether the product is one of the goods that a rule is for. Words are stated in `Bill.named`; "any other good"
    asks for the fact `other`: that no rule before it names the product."""
    named = dict(bill.named)
    seen = Used("product", Material("", bill.code, named=named), True)
    answers = []
    for one in goods:
        parts = [_is(Goods(one.spans, one.words, "", False, one.but), seen, "")]
        if one.other:
            parts.append(_stated("other", seen))
        missing = tuple(fact for part in parts for fact in part.missing)
        if any(part.holds is False for part in parts):
            answers.append(Answer(False))
        else:
            answers.append(Answer(None, missing) if missing else Answer(True))
    if any(answer.holds for answer in answers):
        return Answer(True)
    missing = tuple(fact for answer in answers for fact in answer.missing)
    return Answer(None, missing) if any(answer.holds is None for answer in answers) else Answer(False)

# SPDX-License-Identifier: Apache-2.0
"""Whether a product originates: its bill of materials under a rule and the terms of an agreement.

In this order: wholly obtained; made only of materials that originate; the rule; the rule with the agreement's
tolerance;
and that more than insufficient operations were carried out. WTO Agreement on Rules of Origin, annex II; protocols on
origin of the EU's form, articles on sufficient and insufficient working.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from gumruk.law.kernel import LEGAL_CONTEXT, Step
from gumruk.law.origin.rules.bill import Bill, Terms, TextileTolerance, Tolerance
from gumruk.law.origin.rules.content import Share
from gumruk.law.origin.rules.judge import Judge
from gumruk.law.origin.rules.outcome import Found, Outcome, Verdict, found
from gumruk.law.origin.rules.tree import Choice, Rule
from gumruk.law.origin.rules.used import Used, materials_used, product_is_of

_ZERO = Decimal(0)


def originating(bill: Bill, rule: Rule | None, terms: Terms | None = None) -> Outcome:
    """The verdict with every step. `rule` None: the product has no rule of its own and must be wholly obtained.

    A fact that is missing and would decide makes the verdict undetermined, and is named.
    """
    steps: list[Step] = []
    if bill.wholly_obtained:
        return Outcome(Verdict.YES, (Step("origin.product_obtained", {"verdict": "yes"}, "product", _act(terms)),))
    used, lacking = materials_used(bill, terms, steps)
    if bill.materials is None:
        result = found(True, ("materials",))
    elif used and all(one.originating for one in used):
        steps.append(Step("origin.all_originating", {"verdict": "yes"}, "materials", _act(terms)))
        result = found(True)
    elif rule is None:
        stated = bill.wholly_obtained
        steps.append(Step("origin.no_rule", {"verdict": "no" if stated is False else "undetermined"}, "product"))
        result = found(stated is not False, () if stated is False else ("wholly_obtained",))
    else:
        result = _by_rule(bill, rule, terms, used, lacking, steps)
    return _sufficient(bill, terms, result, steps)


def _act(terms: Terms | None) -> str | None:
    return None if terms is None else terms.act


def _by_rule(
    bill: Bill, rule: Rule, terms: Terms | None, used: list[Used], lacking: list[str], steps: list[Step]
) -> Found:
    """The rule with every unstated origin against the product, and where that fails, with all of them for it."""
    worst, told = _tolerated(bill, rule, terms, used, False)
    unstated = [f"{one.path}.originating" for one in used if one.originating is None]
    if worst.verdict is Verdict.YES or not (unstated or lacking):
        steps += told
        return worst
    best, told_best = _tolerated(bill, rule, terms, used, True)
    if best.verdict is Verdict.NO:
        steps += told_best
        return best
    steps += told
    return found(True, (*(lacking or unstated), *best.missing))


def _tolerated(
    bill: Bill, rule: Rule, terms: Terms | None, used: list[Used], unstated: bool
) -> tuple[Found, list[Step]]:
    """The rule, each of its alternatives by itself, with the agreement's tolerance for what fails it."""
    if isinstance(rule, Choice):
        judged = [_tolerated(bill, part, terms, used, unstated) for part in rule.rules]
        steps = [
            replace(step, path=step.path.replace("rule", f"rule.{number}", 1))
            for number, (_, told) in enumerate(judged, 1)
            for step in told
        ]
        yes = next((one for one, _ in judged if one.verdict is Verdict.YES), None)
        if yes is not None:
            return yes, steps
        missing = [fact for one, _ in judged for fact in one.missing]
        undetermined = any(one.verdict is Verdict.UNDETERMINED for one, _ in judged)
        return found(undetermined, missing), steps
    noted = terms is not None and terms.textile is not None
    judge = Judge(bill, used, unstated, noted=noted, content_method="" if terms is None else terms.content_method)
    plain = judge.judge(rule)
    if plain.verdict is Verdict.YES or not plain.failing or terms is None:
        return plain, judge.steps
    for allowed, step in _tolerances(bill, terms, used, plain.failing):
        freed = replace(judge, exempt=plain.failing, steps=[])
        second = freed.judge(rule)
        if allowed.verdict is Verdict.YES and second.verdict is not Verdict.NO:
            return second, [*judge.steps, step, *freed.steps]
        judge.steps.append(step)
        if allowed.verdict is Verdict.UNDETERMINED and second.verdict is not Verdict.NO:
            return found(True, (*allowed.missing, *second.missing)), judge.steps
    return plain, judge.steps


def _tolerances(bill: Bill, terms: Terms, used: list[Used], failing: frozenset[int]) -> list[tuple[Found, Step]]:
    tried = []
    if terms.textile is not None and _mixed(used):
        tried.append(_textile(bill, terms.textile, used, failing))
    if terms.tolerance is not None:
        excluded = bool(terms.tolerance.excluded) and product_is_of(terms.tolerance.excluded, bill).holds is not False
        if not excluded:
            tried.append(_general(bill, terms.tolerance, used, failing))
    return tried


def _mixed(used: list[Used]) -> bool:
    return is_mixed(textiles for one in used for textiles in one.material.textiles)


def is_mixed(textiles: object) -> bool:
    """Whether a product is mixed: made of two or more basic textile materials (EU-style introductory note on them)."""
    return len(set(textiles)) > 1  # type: ignore[call-overload]


def textile_whole(bill: Bill, tolerance: TextileTolerance, used: list[Used]) -> tuple[Decimal | None, tuple[str, ...]]:
    """The weight that the textile tolerance is measured against, and the facts that are missing to know it."""
    if tolerance.of_product:
        return bill.mass, () if bill.mass is not None else ("mass",)
    whole, missing = _ZERO, []
    for one in used:
        if one.material.textiles:
            if one.material.mass is None:
                missing.append(f"{one.path}.mass")
            else:
                whole = LEGAL_CONTEXT.add(whole, one.material.mass)
    return (None if missing else whole), tuple(missing)


def _textile(bill: Bill, tolerance: TextileTolerance, used: list[Used], failing: frozenset[int]) -> tuple[Found, Step]:
    whole, missing = textile_whole(bill, tolerance, used)
    failed = [used[number] for number in sorted(failing)]
    part, lacking = _sum(failed, "mass")
    holds = all(one.material.textiles for one in failed)
    lacking = (*missing, *lacking)
    if holds and whole:
        holds = Share(part, whole).at_most(tolerance.most)
    result = found(holds, lacking)
    of = "product" if tolerance.of_product else "textiles"
    params = {"verdict": str(result.verdict), "most": f"{tolerance.most:f}", "part": f"{part:f}", "of": of}
    return result, Step(
        "origin.textile_tolerance", {**params, "whole": "-" if whole is None else f"{whole:f}"}, "rule", tolerance.act
    )


def _general(bill: Bill, tolerance: Tolerance, used: list[Used], failing: frozenset[int]) -> tuple[Found, Step]:
    name = "mass" if tolerance.by_weight else "value"
    part, missing = _sum([used[number] for number in sorted(failing)], name)
    wholes = {base: bill.prices.get(base) for base in tolerance.bases}
    if tolerance.by_weight:
        wholes = {"mass": bill.mass}
    known = [(base, whole) for base, whole in wholes.items() if whole]
    if known:
        base, whole = max(known, key=lambda one: one[1])
        result = found(Share(part, whole).at_most(tolerance.most), missing)
        shown = f"{whole:f}"
    else:
        base, shown = next(iter(wholes)), "-"
        result = found(True, (*missing, base if tolerance.by_weight else f"prices.{base}"))
    params = {"verdict": str(result.verdict), "most": f"{tolerance.most:f}", "part": f"{part:f}"}
    return result, Step("origin.tolerance", {**params, "base": base, "whole": shown}, "rule", tolerance.act)


def _sum(used: list[Used], name: str) -> tuple[Decimal, tuple[str, ...]]:
    known, missing = _ZERO, []
    for one in used:
        amount = one.material.mass if name == "mass" else one.material.value
        if amount is None:
            missing.append(f"{one.path}.{name}")
        else:
            known = LEGAL_CONTEXT.add(known, amount)
    return known, tuple(missing)


def _sufficient(bill: Bill, terms: Terms | None, result: Found, steps: list[Step]) -> Outcome:
    """Operations that the agreement calls insufficient never give origin. Asked only where terms are given."""
    if terms is not None and result.verdict is not Verdict.NO:
        stated = bill.insufficient
        verdict = {True: Verdict.NO, False: Verdict.YES, None: Verdict.UNDETERMINED}[stated]
        steps.append(Step("origin.insufficient", {"verdict": str(verdict)}, "product", terms.act))
        if stated:
            result = found(False)
        elif stated is None:
            result = found(True, (*result.missing, "insufficient"))
    return Outcome(result.verdict, tuple(steps), result.missing)

# SPDX-License-Identifier: Apache-2.0
"""Applies one rule to the materials of a product, a step for each condition.

Every condition answers yes, no or undetermined. A limit that the known figures already break is `no`, whatever else is
missing; a fact is asked for only where it would decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from gumruk.law.kernel import LEGAL_CONTEXT, Step
from gumruk.law.origin.rules.bill import Bill
from gumruk.law.origin.rules.content import COSTS, FORMULAS, Share, build_down, build_up, direct
from gumruk.law.origin.rules.outcome import Found, Verdict, all_of, any_of, found
from gumruk.law.origin.rules.tree import (
    LEVELS,
    All,
    Change,
    Choice,
    Content,
    Exempt,
    ForGoods,
    From,
    Goods,
    Noted,
    NotUsed,
    Originating,
    OriginatingValue,
    OriginatingWeight,
    Process,
    Rule,
    ValueMost,
    ValueNotAbove,
    WeightMost,
    WhollyObtained,
)
from gumruk.law.origin.rules.used import Answer, Used, is_of, product_is_of, stated

_ZERO, _HUNDRED = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of what is known, and the facts that are missing to know it all."""

    known: Decimal
    missing: tuple[str, ...]
    count: int


@dataclass(slots=True)
class Judge:
    """One reading of a rule: `unstated` is what a material is taken for whose origin is not stated."""

    bill: Bill
    used: list[Used]
    unstated: bool
    exempt: frozenset[int] = frozenset()
    noted: bool = False
    content_method: str = ""
    steps: list[Step] = field(default_factory=list)

    def judge(self, rule: Rule, path: str = "rule") -> Found:
        """What the rule comes to."""
        if isinstance(rule, All | Choice):
            parts = [self.judge(part, f"{path}.{number}") for number, part in enumerate(rule.rules, 1)]
            return all_of(parts) if isinstance(rule, All) else any_of(parts)
        if isinstance(rule, ForGoods):
            return self._for_goods(rule, path)
        if isinstance(rule, Exempt):
            return self._exempt(rule, path)
        if isinstance(rule, Noted):
            return self._noted(rule, path)
        result, params = _CONDITIONS[type(rule)](self, rule)
        self._say(_CODES[type(rule)], result.verdict, path, params)
        return result

    def _say(self, code: str, verdict: Verdict, path: str, params: Mapping[str, str]) -> None:
        self.steps.append(Step(f"origin.{code}", {"verdict": str(verdict), **params}, path))

    def _for_goods(self, rule: ForGoods, path: str) -> Found:
        answer = product_is_of(rule.goods, self.bill)
        result = found(answer.holds is not False, answer.missing)
        self._say("for_goods", result.verdict, path, {"goods": words_of(rule.goods), "code": self.bill.code})
        if result.verdict is Verdict.NO:
            return result
        return all_of((result, self.judge(rule.rule, path)))

    def _exempt(self, rule: Exempt, path: str) -> Found:
        """Without the exemption first; then with it, where its limit is met."""
        plain = replace(self, steps=[])
        result = plain.judge(rule.rule, path)
        if result.verdict is Verdict.YES:
            self.steps += plain.steps
            return result
        freed, missing = set(self.exempt), list[str]()
        for number, used in enumerate(self.used):
            answer = is_of(rule.goods, used, self.bill.code)
            if answer.holds:
                freed.add(number)
            elif answer.holds is None and number in result.failing:
                missing += answer.missing
        inner = replace(self, exempt=frozenset(freed), steps=[])
        second = inner.judge(rule.rule, path)
        self.steps += inner.steps
        limit = found(True) if rule.limit is None else self.judge(rule.limit, f"{path}.limit")
        with_it = all_of((second, limit))
        self._say("exempt", with_it.verdict, path, {"goods": words_of(rule.goods)})
        if with_it.verdict is Verdict.NO and missing and limit.verdict is not Verdict.NO:
            return found(True, missing)
        joined = any_of((result, with_it))
        freed_too = limit.verdict is Verdict.YES
        return Found(joined.verdict, joined.missing, second.failing if freed_too else result.failing)

    def _noted(self, rule: Noted, path: str) -> Found:
        result = self.judge(rule.rule, path)
        if result.verdict is Verdict.YES or self.noted:
            return result
        self._say("noted", Verdict.UNDETERMINED, path, {"note": rule.note})
        return Found(Verdict.UNDETERMINED, (*result.missing, f"note: {rule.note}"), result.failing)

    # What the conditions ask of the materials.

    def originates(self, used: Used) -> bool:
        """Whether a material counts as originating in this reading."""
        return self.unstated if used.originating is None else used.originating

    def _selected(self, goods: tuple[Goods, ...], originating: bool | None) -> Iterable[tuple[int, Used, Answer]]:
        for number, used in enumerate(self.used):
            if originating is not None and self.originates(used) is not originating:
                continue
            answer = is_of(goods, used, self.bill.code)
            if answer.holds is not False:
                yield number, used, answer

    def _total(self, goods: tuple[Goods, ...], originating: bool | None, mass: bool = False) -> Total:
        known, missing, count = _ZERO, list[str](), 0
        for _, used, answer in self._selected(goods, originating):
            amount = used.material.mass if mass else used.material.value
            if answer.holds is None and amount != 0:
                missing += answer.missing
            elif amount is None:
                missing.append(f"{used.path}.{'mass' if mass else 'value'}")
            else:
                known, count = LEGAL_CONTEXT.add(known, amount), count + 1
        return Total(known, tuple(missing), count)

    def _each(
        self, goods: tuple[Goods, ...], fails: Callable[[Used], Answer], originating: bool | None = False
    ) -> tuple[Found, dict[str, str]]:
        """Every such material passes: those that fail may still be exempt, by name or by tolerance."""
        missing: list[str] = []
        failing: list[int] = []
        for number, used, answer in self._selected(goods, originating):
            wrong = fails(used)
            if number in self.exempt or wrong.holds is False:
                continue
            if wrong.holds is None or answer.holds is None:
                missing += (*wrong.missing, *answer.missing)
            if wrong.holds and answer.holds:
                failing.append(number)
        names = ", ".join(
            f"{self.used[number].material.name} ({self.used[number].material.code})" for number in failing
        )
        return found(not failing, missing, failing), {"materials": names or "-"}

    def price(self, bases: tuple[str, ...], judge: Callable[[Decimal], Found]) -> tuple[Found, str, str]:
        """What a condition comes to with the base that serves the exporter best, that base, and its amount."""
        results = []
        for base in bases:
            amount = self.bill.prices.get(base)
            result = judge(amount) if amount else found(True, (f"prices.{base}",))
            results.append((result, base, f"{amount:f}" if amount else "-"))
        order = (Verdict.YES, Verdict.UNDETERMINED, Verdict.NO)
        return min(results, key=lambda one: order.index(one[0].verdict))


def _change(judge: Judge, rule: Change) -> tuple[Found, dict[str, str]]:
    digits = LEVELS.get(rule.level, 0)

    def fails(used: Used) -> Answer:
        code, product = used.material.code, judge.bill.code
        if digits and code[:digits] == product[:digits]:
            return Answer(True) if len(code) >= digits <= len(product) else Answer(None, (f"{used.path}.code",))
        if digits and product.startswith(code):
            return Answer(None, (f"{used.path}.code",))
        return is_of(rule.excluded, used, product) if rule.excluded else Answer(False)

    result, params = judge._each((), fails)
    return result, {
        **params,
        "level": rule.level or "any",
        "excluded": words_of(rule.excluded) if rule.excluded else "-",
    }


def _from(judge: Judge, rule: From) -> tuple[Found, dict[str, str]]:
    def fails(used: Used) -> Answer:
        answer = is_of(rule.goods, used, judge.bill.code)
        if answer.holds:
            return Answer(False)
        material = used.material
        if not rule.stages:
            return Answer(None, answer.missing) if answer.holds is None else Answer(True)
        if material.earlier_stage or material.other_nature:
            return Answer(False)
        missing = list(answer.missing)
        missing += [
            f"{used.path}.{name}" for name in ("earlier_stage", "other_nature") if getattr(material, name) is None
        ]
        return Answer(None, tuple(missing)) if missing else Answer(True)

    result, params = judge._each((), fails)
    return result, {**params, "goods": words_of(rule.goods)}


def _wholly_obtained(judge: Judge, rule: WhollyObtained) -> tuple[Found, dict[str, str]]:
    if rule.product:
        obtained = judge.bill.wholly_obtained
        return found(obtained is not False, () if obtained is not None else ("wholly_obtained",)), {
            "goods": "-",
            "materials": "-",
        }

    def fails(used: Used) -> Answer:
        obtained = used.material.wholly_obtained
        if obtained:
            return Answer(False)
        if obtained is False or used.originating is False:
            return Answer(True)
        return Answer(None, (f"{used.path}.wholly_obtained",))

    result, params = judge._each(rule.goods, fails, originating=None)
    return result, {**params, "goods": words_of(rule.goods)}


def _originating(judge: Judge, rule: Originating | NotUsed) -> tuple[Found, dict[str, str]]:
    result, params = judge._each(rule.goods, lambda _: Answer(True))
    return result, {**params, "goods": words_of(rule.goods)}


def _value(judge: Judge, rule: ValueMost) -> tuple[Found, dict[str, str]]:
    total = judge._total(rule.goods, False)
    params = {"goods": words_of(rule.goods), "value": f"{total.known:f}", "most": f"{rule.most:f}"}
    if total.known == 0 and not total.missing:
        return found(True), {**params, "base": rule.bases[0], "amount": "-", "share": "0"}
    result, base, amount = judge.price(
        rule.bases, lambda price: found(Share(total.known, price).at_most(rule.most), total.missing)
    )
    return result, {**params, "base": base, "amount": amount, "share": _share(total.known, amount)}


def _weight(judge: Judge, rule: WeightMost) -> tuple[Found, dict[str, str]]:
    kinds: list[tuple[Goods, ...]] = [rule.goods]
    if rule.each and rule.goods:
        kinds = [
            (Goods((span,), one.words, one.same, one.other, one.but),) if span else (one,)
            for one in rule.goods
            for span in (one.spans or (None,))
        ]
    totals = [judge._total(kind, False, mass=True) for kind in kinds]
    heaviest = max(totals, key=lambda total: total.known)
    whole = Total(judge.bill.mass or _ZERO, () if judge.bill.mass is not None else ("mass",), 1)
    if rule.of:
        whole = judge._total(rule.of, None, mass=True)
    params = {"goods": words_of(rule.goods), "mass": f"{heaviest.known:f}", "most": f"{rule.most:f}"}
    params |= {"whole": f"{whole.known:f}", "share": _share(heaviest.known, f"{whole.known:f}" if whole.known else "-")}
    if whole.missing:
        return found(True, (*whole.missing, *(fact for total in totals for fact in total.missing))), params
    parts = [found(Share(total.known, whole.known).at_most(rule.most), total.missing) for total in totals]
    return all_of(parts), params


def _not_above(judge: Judge, rule: ValueNotAbove) -> tuple[Found, dict[str, str]]:
    theirs, ours = judge._total(rule.goods, False), judge._total(rule.goods, True)
    params = {"goods": words_of(rule.goods), "value": f"{theirs.known:f}", "originating": f"{ours.known:f}"}
    if theirs.known <= ours.known:
        return found(True, theirs.missing), params
    return found(bool(ours.missing), ours.missing), params


def _originating_value(judge: Judge, rule: OriginatingValue) -> tuple[Found, dict[str, str]]:
    total = judge._total(rule.goods, True)

    def reaches(price: Decimal) -> Found:
        share = Share(total.known, price)
        enough = not share.at_most(rule.least) if rule.above else share.at_least(rule.least)
        return found(True) if enough else found(bool(total.missing), total.missing)

    result, base, amount = judge.price(rule.bases, reaches)
    params = {"goods": words_of(rule.goods), "value": f"{total.known:f}", "least": f"{rule.least:f}", "base": base}
    return result, {**params, "amount": amount, "share": _share(total.known, amount)}


def _originating_weight(judge: Judge, rule: OriginatingWeight) -> tuple[Found, dict[str, str]]:
    ours, whole = judge._total(rule.goods, True, mass=True), judge._total(rule.goods, None, mass=True)
    params = {"goods": words_of(rule.goods), "mass": f"{ours.known:f}", "least": f"{rule.least:f}"}
    params |= {"whole": f"{whole.known:f}", "share": _share(ours.known, f"{whole.known:f}" if whole.known else "-")}
    if whole.missing:
        return found(True, whole.missing), params
    if not whole.known:
        return found(True, ("materials",)), params
    return found(Share(ours.known, whole.known).at_least(rule.least)), params


def _content(judge: Judge, rule: Content) -> tuple[Found, dict[str, str]]:
    method = judge.content_method if rule.method == "unnamed" else rule.method
    if not method:
        params = dict.fromkeys(("formula", "source", "share", "base", "amount", "value"), "-")
        return found(True, ("terms.content_method",)), {**params, "method": "unnamed", "least": f"{rule.least:f}"}
    methods = ("build_up", "build_down") if method == "any" else (method,)
    results = [_by_method(judge, rule, method) for method in methods]
    order = (Verdict.YES, Verdict.UNDETERMINED, Verdict.NO)
    result, params = min(results, key=lambda one: order.index(one[0].verdict))
    return result, params


def _by_method(judge: Judge, rule: Content, method: str) -> tuple[Found, dict[str, str]]:
    bases = {"net_cost": ("net_cost",), "direct": ("fob",)}.get(method, rule.bases)
    params = {"method": method, "formula": FORMULAS[method].written, "source": FORMULAS[method].source}
    if method == "direct":
        lacking = tuple(f"costs.{cost}" for cost in COSTS if cost not in judge.bill.costs)
        total = Total(_ZERO, lacking, 0)
    else:
        total = judge._total(rule.goods if method == "focused" else (), method == "build_up")
    shown = "-"

    def reaches(price: Decimal) -> Found:
        nonlocal shown
        if method == "direct":
            if total.missing:
                return found(True, total.missing)
            costs = judge.bill.costs
            share = direct(costs, price)
        else:
            share = build_up(total.known, price) if method == "build_up" else build_down(price, total.known)
        shown = f"{share.percent.normalize():f}"
        if method == "build_up" and not share.at_least(rule.least):
            return found(bool(total.missing), total.missing)
        return found(share.at_least(rule.least), () if method == "build_up" else total.missing)

    result, base, amount = judge.price(bases, reaches)
    return result, {
        **params,
        "share": shown,
        "least": f"{rule.least:f}",
        "base": base,
        "amount": amount,
        "value": f"{total.known:f}",
    }


def _process(judge: Judge, rule: Process) -> tuple[Found, dict[str, str]]:
    holds = stated(judge.bill.processes, rule.words)
    missing = () if holds is not None else (f"processes.{rule.words}",)
    return found(holds is not False, missing), {"process": rule.words}


_CONDITIONS: Mapping[type, Callable[..., tuple[Found, dict[str, str]]]] = {
    Change: _change,
    From: _from,
    WhollyObtained: _wholly_obtained,
    Originating: _originating,
    NotUsed: _originating,
    ValueMost: _value,
    WeightMost: _weight,
    ValueNotAbove: _not_above,
    OriginatingValue: _originating_value,
    OriginatingWeight: _originating_weight,
    Content: _content,
    Process: _process,
}
_CODES: Mapping[type, str] = {
    Change: "change",
    From: "from",
    WhollyObtained: "wholly_obtained",
    Originating: "originating",
    NotUsed: "not_used",
    ValueMost: "value",
    WeightMost: "weight",
    ValueNotAbove: "value_not_above",
    OriginatingValue: "originating_value",
    OriginatingWeight: "originating_weight",
    Content: "content",
    Process: "process",
}


def _share(part: Decimal, whole: str) -> str:
    return "-" if whole == "-" else f"{Share(part, Decimal(whole)).percent.normalize():f}"


def words_of(goods: tuple[Goods, ...]) -> str:
    """The goods in short: codes, words, the level at which they are classified with the product; "*" is every one."""
    return ", ".join(_words(one) for one in goods) or "*"


def _words(goods: Goods) -> str:
    codes = ", ".join(span.first if span.first == span.last else f"{span.first}-{span.last}" for span in goods.spans)
    same = f"={goods.same}" if goods.same else ""
    plain = " ".join(part for part in (goods.words, codes, same) if part) or "*"
    return f"{plain} (≠ {words_of(goods.but)})" if goods.but else plain

# SPDX-License-Identifier: Apache-2.0
"""Bills of materials under rules of origin: every condition met, not met, and not known for want of a fact."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.origin.rules import (
    Bill,
    Material,
    Outcome,
    Terms,
    TextileTolerance,
    Tolerance,
    Verdict,
    originating,
    printed_rule,
    read_rule,
)
from gumruk.law.origin.rules import tree as t
from gumruk.law.origin.rules.content import FORMULAS, build_down, build_up, direct

YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED
FABRIC = Material("fabric", "5208", D(30), D(3), originating=False)
BUTTONS = Material("buttons", "9606", D(5), D(1), originating=False)
THREAD = Material("thread", "5204", D(10), D(1), originating=True)
SHIRT = Bill("620520", (FABRIC, BUTTONS, THREAD), {"ex_works": D(100), "good_value": D(100)}, mass=D(5))


def judged(bill: Bill, rule: str, terms: Terms | None = None) -> Outcome:
    return originating(bill, read_rule(rule), terms)


@pytest.mark.parametrize(
    ("rule", "verdict", "missing"),
    [
        ("change(chapter)", YES, ()),
        ("change(chapter, excluded=[5208-5212])", NO, ()),
        ('change(heading, excluded=[goods(words="woven fabric")])', OPEN,
         ("materials[1].named.woven fabric", "materials[2].named.woven fabric")),
        ("change()", YES, ()),
        ("value(35)", YES, ()),
        ("value(34.9)", NO, ()),
        ("value(20, goods=[52])", NO, ()),
        ("value(35, bases=[fob])", OPEN, ("prices.fob",)),
        ("value(35, bases=[fob, ex_works])", YES, ()),
        ("weight(60, goods=[52])", YES, ()),
        ("weight(59, goods=[52])", NO, ()),
        ("weight(60, goods=[52, 96])", NO, ()),
        ("weight(60, goods=[52, 96], each=yes)", YES, ()),
        ("weight(75, goods=[5208], of=[52])", YES, ()),
        ("weight(74, goods=[5208], of=[52])", NO, ()),
        ("value_not_above_originating()", NO, ()),
        ("value_not_above_originating(goods=[96])", NO, ()),
        ("originating_value(10, [52])", YES, ()),
        ("originating_value(10, [52], above=yes)", NO, ()),
        ("originating_weight(25, [52])", YES, ()),
        ("originating_weight(26, [52])", NO, ()),
        ("content(65)", YES, ()),
        ("content(66)", NO, ()),
        ("content(10, method=build_up)", YES, ()),
        ("content(11, method=build_up)", NO, ()),
        ("content(11, method=any)", YES, ()),
        ("content(70, method=focused, goods=[52])", YES, ()),
        ("content(71, method=focused, goods=[52])", NO, ()),
        ("content(40, method=net_cost)", OPEN, ("prices.net_cost",)),
        ("content(40, method=unnamed)", OPEN, ("terms.content_method",)),
        ("content(40, method=direct)", OPEN, ("prices.fob",)),
        ("from([52, 9606])", YES, ()),
        ("from([52], stages=no)", NO, ()),
        ("from([52])", OPEN, ("materials[2].earlier_stage", "materials[2].other_nature")),
        ("not_used([9606])", NO, ()),
        ("not_used([5204])", YES, ()),
        ("originating(goods=[5204])", YES, ()),
        ("originating(goods=[52])", NO, ()),
        ("wholly_obtained(goods=[5208])", NO, ()),
        ("wholly_obtained(goods=[5204])", OPEN, ("materials[3].wholly_obtained",)),
        ("wholly_obtained(product=yes)", OPEN, ("wholly_obtained",)),
        ("process(weaving)", OPEN, ("processes.weaving",)),
        ("any([process(weaving), change(chapter)])", YES, ()),
        ("all([process(weaving), value(1)])", NO, ()),
        ("for([6205], change(chapter))", YES, ()),
        ("for([6206], change(chapter))", NO, ()),
        ('for([goods(words="shirts for babies")], change(chapter))', OPEN, ("product.named.shirts for babies",)),
        ("for([goods(spans=[6205], other=yes)], change(chapter))", OPEN, ("product.named.other",)),
        ("exempt(change(excluded=[5208]), [5208])", YES, ()),
        ("exempt(change(excluded=[5208]), [5208], limit=value(30, goods=[5208]))", YES, ()),
        ("exempt(change(excluded=[5208]), [5208], limit=value(29, goods=[5208]))", NO, ()),
        ("exempt(all([change(excluded=[5208]), value(20)]), [5208])", NO, ()),
        ('noted(value(10), "See note 5")', OPEN, ("note: See note 5",)),
        ('noted(value(40), "See note 5")', YES, ()),
    ],
)  # fmt: skip
def test_it_judges_each_condition(rule: str, verdict: Verdict, missing: tuple[str, ...]) -> None:
    outcome = judged(SHIRT, rule)
    assert (outcome.verdict, outcome.missing) == (verdict, missing)
    assert outcome.steps


def test_it_asks_only_for_facts_that_would_decide() -> None:
    unvalued = replace(SHIRT, materials=(replace(FABRIC, value=None), BUTTONS, THREAD))
    assert judged(unvalued, "value(35)").missing == ("materials[1].value",)
    assert judged(unvalued, "value(4)").verdict is NO
    assert judged(replace(SHIRT, materials=None), "value(4)").missing == ("materials",)


def test_it_asks_whether_a_material_originates_only_where_it_matters() -> None:
    unknown = replace(SHIRT, materials=(replace(FABRIC, originating=None), BUTTONS, THREAD))
    assert judged(unknown, "value(35)").verdict is YES
    assert judged(unknown, "value(20)").missing == ("materials[1].originating",)
    assert judged(unknown, "value(4)").verdict is NO


def test_a_price_of_nothing_is_no_price() -> None:
    assert judged(replace(SHIRT, prices={"ex_works": D(0)}), "value(40)").missing == ("prices.ex_works",)


def test_it_asks_for_a_longer_code() -> None:
    short = replace(SHIRT, materials=(replace(FABRIC, code="62"), THREAD))
    assert judged(short, "change(heading)").missing == ("materials[1].code",)
    assert judged(short, "change(heading, excluded=[6217])").missing == ("materials[1].code",)


def test_a_product_wholly_obtained_or_of_originating_materials_needs_no_rule() -> None:
    assert originating(replace(SHIRT, wholly_obtained=True), None).verdict is YES
    assert judged(replace(SHIRT, materials=(THREAD,)), "process(weaving)").verdict is YES
    assert originating(SHIRT, None).missing == ("wholly_obtained",)
    assert originating(replace(SHIRT, wholly_obtained=False), None).verdict is NO


def test_insufficient_operations_never_give_origin() -> None:
    terms = Terms("agreement", act="article 7")
    assert judged(replace(SHIRT, insufficient=True), "change(chapter)", terms).verdict is NO
    assert judged(SHIRT, "change(chapter)", terms).missing == ("insufficient",)
    done = judged(replace(SHIRT, insufficient=False), "change(chapter)", terms)
    assert (done.verdict, done.steps[-1].act) == (YES, "article 7")


@pytest.mark.parametrize(
    ("tolerance", "verdict"),
    [
        (Tolerance(D(30)), YES),
        (Tolerance(D("29.9")), NO),
        (Tolerance(D(60), by_weight=True), YES),
        (Tolerance(D(59), by_weight=True), NO),
        (Tolerance(D(30), excluded=(t.Goods((t.Span("50", "63"),)),)), NO),
        (Tolerance(D(30), bases=("fob",)), OPEN),
    ],
)
def test_a_tolerance_lets_pass_what_fails_a_change(tolerance: Tolerance, verdict: Verdict) -> None:
    bill = replace(SHIRT, insufficient=False)
    assert judged(bill, "change(heading, excluded=[5208])", Terms(tolerance=tolerance)).verdict is verdict


def test_a_tolerance_lifts_no_limit_of_value() -> None:
    terms = Terms(tolerance=Tolerance(D(50)))
    rule = "all([change(heading, excluded=[5208]), value(20)])"
    assert judged(replace(SHIRT, insufficient=False), rule, terms).verdict is NO


@pytest.mark.parametrize("of_product", [True, False])
def test_mixed_textiles_have_a_tolerance_by_weight(of_product: bool) -> None:
    wool = Material("wool yarn", "5107", D(50), D(81), originating=True, textiles=("wool",))
    synthetic = Material("synthetic yarn", "5509", D(5), D(9), originating=False, textiles=("polyester",))
    zip_ = Material("zips", "9607", D(1), D(10), originating=True)
    bill = Bill("5112", (wool, synthetic, zip_), mass=D(100), insufficient=False)
    terms = Terms(textile=TextileTolerance(D(9), of_product))
    assert judged(bill, "from([51], stages=no)", terms).verdict is (YES if of_product else NO)
    plain = replace(bill, materials=(replace(wool, textiles=("polyester",)), synthetic, zip_))
    assert judged(plain, "from([51], stages=no)", terms).verdict is NO


def test_cumulation_makes_a_partners_materials_originate() -> None:
    partners = frozenset({"KZ", "KG"})
    bill = replace(SHIRT, insufficient=False, materials=(replace(FABRIC, origin="KZ"), BUTTONS))
    assert judged(bill, "change(heading, excluded=[5208])", Terms()).verdict is NO
    for kind in ("bilateral", "diagonal", "full"):
        outcome = judged(bill, "change(heading, excluded=[5208])", Terms(cumulation=kind, partners=partners))
        assert (outcome.verdict, outcome.steps[0].params["kind"]) == (YES, kind)
    assert judged(bill, "value(5)", Terms(cumulation="bilateral", partners=frozenset({"UZ"}))).verdict is NO


def test_full_cumulation_counts_what_went_into_a_partners_material() -> None:
    terms = Terms(cumulation="full", partners=frozenset({"KZ"}))
    worked = replace(FABRIC, worked_in="KZ")
    bill = replace(SHIRT, insufficient=False, materials=(worked,))
    assert judged(bill, "value(10)", terms).missing == ("materials[1].inputs",)
    yarn = Material("yarn", "5205", D(8), originating=False)
    opened = replace(bill, materials=(replace(worked, inputs=(yarn,)),))
    assert judged(opened, "value(10)", terms).verdict is YES
    assert judged(opened, "value(7)", terms).verdict is NO
    assert judged(opened, "value(10)", replace(terms, cumulation="diagonal")).verdict is NO


def test_value_contents_follow_their_formulas() -> None:
    assert build_up(D(30), D(120)).percent == 25
    assert build_down(D(120), D(30)).percent == 75
    costs = {"material": D(20), "labour": D(10), "overhead": D(5), "other": D(3), "profit": D(2)}
    assert direct(costs, D(100)).percent == 40
    bill = replace(SHIRT, prices={"fob": D(100)}, costs=costs)
    assert [judged(bill, f"content({least}, method=direct)").verdict for least in (40, 41)] == [YES, NO]
    assert judged(replace(bill, costs={}), "content(1, method=direct)").missing[0] == "costs.material"
    assert all(formula.source for formula in FORMULAS.values())


_PERCENTS = st.decimals(min_value=0, max_value=100, places=2)
_WORDS = st.text(alphabet='abcxyz "\\(),=[]', min_size=1, max_size=12)
_SPANS = st.builds(
    lambda low, more: t.Span(f"{low:04d}", f"{low + more:04d}"), st.integers(100, 9000), st.integers(0, 99)
)
_GOODS = st.recursive(
    st.builds(
        t.Goods,
        st.lists(_SPANS, max_size=2).map(tuple),
        st.one_of(st.just(""), _WORDS),
        st.sampled_from(["", "chapter", "heading", "subheading"]),
        st.booleans(),
    ),
    lambda inner: st.builds(
        t.Goods, st.lists(_SPANS, max_size=1).map(tuple), but=st.lists(inner, max_size=1).map(tuple)
    ),
    max_leaves=3,
)
_LISTS = st.lists(_GOODS, max_size=2).map(tuple)
_BASES = st.lists(st.sampled_from(t.BASES), min_size=1, max_size=2, unique=True).map(tuple)
_CONDITIONS = st.one_of(
    st.builds(t.WhollyObtained, _LISTS, st.booleans()),
    st.builds(t.Originating, _LISTS),
    st.builds(t.Change, st.sampled_from(["", *t.LEVELS]), _LISTS, _LISTS),
    st.builds(t.From, _LISTS, st.booleans()),
    st.builds(t.ValueMost, _PERCENTS, _BASES, _LISTS),
    st.builds(t.WeightMost, _PERCENTS, _LISTS, st.booleans(), _LISTS),
    st.builds(t.ValueNotAbove, _LISTS),
    st.builds(t.OriginatingValue, _PERCENTS, _LISTS, _BASES, st.booleans()),
    st.builds(t.OriginatingWeight, _PERCENTS, _LISTS),
    st.builds(t.Content, _PERCENTS, st.sampled_from(t.METHODS), _BASES, _LISTS),
    st.builds(t.NotUsed, _LISTS),
    st.builds(t.Process, _WORDS),
)
_RULES = st.recursive(
    _CONDITIONS,
    lambda inner: st.one_of(
        st.builds(t.All, st.lists(inner, max_size=3).map(tuple)),
        st.builds(t.Choice, st.lists(inner, max_size=3).map(tuple)),
        st.builds(t.ForGoods, _LISTS, inner),
        st.builds(t.Noted, inner, _WORDS),
        st.builds(t.Exempt, inner, _LISTS, st.one_of(st.none(), inner)),
    ),
    max_leaves=4,
)


@given(_RULES)
def test_it_reads_what_it_prints(rule: t.Rule) -> None:
    assert read_rule(printed_rule(rule)) == rule


_CODES = st.sampled_from(["0102", "5208", "5204", "6205", "620520", "9606", "62"])
_AMOUNTS = st.one_of(st.none(), st.decimals(min_value=0, max_value=60, places=2))
_STATED = st.sampled_from([True, False, None])
_MATERIALS = st.builds(
    Material, st.just("m"), _CODES, _AMOUNTS, _AMOUNTS, _STATED, wholly_obtained=_STATED, earlier_stage=_STATED,
    other_nature=_STATED,
)  # fmt: skip


@given(_RULES, st.lists(_MATERIALS, min_size=1, max_size=3), st.integers(0, 2), st.decimals(0, 50, places=2), _PERCENTS)
def test_a_dearer_foreign_material_never_gives_origin(
    rule: t.Rule, materials: list[Material], which: int, more: D, tolerated: D
) -> None:
    number = which % len(materials)
    old = materials[number]
    if old.originating or old.value is None:
        old = replace(old, originating=False, value=D(1))
    assert old.value is not None
    before = Bill(
        "620520", tuple(old if at == number else one for at, one in enumerate(materials)),
        {"ex_works": D(100), "good_value": D(100), "fob": D(90)}, mass=D(50), insufficient=False,
    )  # fmt: skip
    dearer = replace(old, value=old.value + more)
    after = replace(before, materials=tuple(dearer if one is old else one for one in before.materials or ()))
    for terms in (None, Terms(tolerance=Tolerance(tolerated))):
        if originating(before, rule, terms).verdict is NO:
            assert originating(after, rule, terms).verdict is NO

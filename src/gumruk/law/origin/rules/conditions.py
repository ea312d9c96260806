# SPDX-License-Identifier: Apache-2.0
"""One condition of a rule, in the words that agreements use for it; each is matched from its first word to its last."""

from __future__ import annotations

import re
from collections.abc import Callable

from gumruk.law.origin.rules.goods import goods_of
from gumruk.law.origin.rules.measures import BASE, NUMBER, OF_PRODUCT, PERCENT, bases_of, method_of, number_of
from gumruk.law.origin.rules.processes import process_of
from gumruk.law.origin.rules.tree import (
    Change,
    Choice,
    Content,
    From,
    Goods,
    NotUsed,
    Originating,
    OriginatingValue,
    OriginatingWeight,
    Rule,
    ValueMost,
    ValueNotAbove,
    WeightMost,
    WhollyObtained,
)

Made = Rule | None
#: The goods that "their value" speaks of, where the sentence before named some.
Referent = tuple[Goods, ...] | None
_NOT = r"(?:does|do|must|may|shall|should|can)(?: not|not) (?:exceed|be more than|be higher than)"
_LEVEL = r"(?P<level>chapter|(?:tariff )?heading|(?:tariff )?sub-?heading)"
_USED = (
    r"(?: (?:that are |which are )?used(?: in (?:the |its )?(?:production|manufacture)(?: of the "
    r"(?:good|product))?)?)?"
)
_BE = r"(?:is|are|must already be|must be|shall be|have to be|has to be)"
_IN_PLACE = (
    r"(?: in (?:the |a )?(?:country or territory|territory of (?:a|the) part(?:y|ies)|part(?:y|ies)|"
    r"united kingdom[\w ]*))?"
)
_LIMIT = r"(?:where,? )?(?:and,? )?(?:,? ?within the above limit,? )?(?:where,? )?"


def _level(found: re.Match[str]) -> str:
    return found["level"].lower().replace("tariff ", "").replace("-", "")


def _value(found: re.Match[str], referent: Referent) -> Made:
    most, bases = number_of(found["most"]), bases_of(found["base"])
    named = found.groupdict().get("goods")
    goods = referent if named is None else goods_of(named)
    if most is None or not bases or goods is None:
        return None
    return ValueMost(most, bases, goods)


def _value_of_two(found: re.Match[str], referent: Referent) -> Made:
    """At most so much of one base, or so much of another."""
    most, second, goods = number_of(found["most"]), number_of(found["second"]), goods_of(found["goods"])
    bases, others = bases_of(found["base"]), bases_of(found["base2"])
    if most is None or second is None or goods is None or not bases or not others:
        return None
    return Choice((ValueMost(most, bases, goods), ValueMost(second, others, goods)))


def _weight(found: re.Match[str], referent: Referent) -> Made:
    most = number_of(found["most"])
    named = found.groupdict().get("goods")
    goods = referent if named is None else goods_of(named)
    if most is None or goods is None:
        return None
    whole: tuple[Goods, ...] | None = ()
    if found.groupdict().get("of"):
        whole = goods_of(found["of"]) or None
    if whole is None:
        return None
    return WeightMost(most, goods, (found["each"] or "").strip().lower() == "individual", whole)


def _obtained(found: re.Match[str], referent: Referent) -> Made:
    goods = goods_of(found["goods"] + (found["but"] or ""))
    if goods is None:
        return None
    return WhollyObtained(goods) if found["how"].lower().startswith("wholly") else Originating(goods)


def _the_product_obtained(found: re.Match[str], referent: Referent) -> Made:
    return WhollyObtained(product=True)


def _any_heading(found: re.Match[str], referent: Referent) -> Made:
    """Materials of any heading: except that of the product, except some, including some."""
    level = _level(found) if found["product"] else ""
    excluded: tuple[Goods, ...] = ()
    including: tuple[Goods, ...] = ()
    if found["excluded"]:
        named = goods_of(found["excluded"])
        if not named:
            return None
        excluded = named
    if found["including"]:
        named = goods_of(found["including"])
        if not named:
            return None
        including = named
    return Change(level, excluded, including)


def _classified(found: re.Match[str], referent: Referent) -> Made:
    """All the materials used are classified within a heading other than that of the product, or than these."""
    level = _level(found) if found["product"] else ""
    named = found["excluded"]
    if named is None:
        return Change(level)
    excluded = goods_of(named)
    return Change(level, excluded) if excluded else None


def _change(found: re.Match[str], referent: Referent) -> Made:
    """A change from any other heading, except from these."""
    named = found["excluded"]
    if named is None:
        return Change(_level(found))
    excluded = goods_of(named)
    return Change(_level(found), excluded) if excluded else None


def _change_of_digits(found: re.Match[str], referent: Referent) -> Made:
    level = {"2": "chapter", "4": "heading", "6": "subheading"}[found["digits"]]
    named = found["excluded"]
    if named is None:
        return Change(level)
    excluded = goods_of(named)
    return Change(level, excluded) if excluded else None


def _abbreviated(found: re.Match[str], referent: Referent) -> Made:
    """A change by its abbreviation alone, as the lists of many agreements print it."""
    level = {"CC": "chapter", "CTH": "heading", "CTSH": "subheading"}[found["level"].upper()]
    if found["excluded"] is None:
        return Change(level)
    excluded = goods_of(found["excluded"])
    return Change(level, excluded) if excluded else None


def _from(found: re.Match[str], referent: Referent) -> Made:
    goods = goods_of(found["goods"])
    return From(goods) if goods else None


def _content(found: re.Match[str], referent: Referent) -> Made:
    least = number_of(found["most"])
    method = method_of(found["method"] or "") if "method" in found.re.groupindex and found["method"] else "unnamed"
    if least is None or not method:
        return None
    bases = bases_of(found["base"]) if found.groupdict().get("base") else ("good_value",)
    named = found.groupdict().get("goods")
    goods = goods_of(named) if named else ()
    if goods is None or (method == "focused") != bool(goods) or not bases:
        return None
    return Content(least, method, bases, goods)


def _maximum(found: re.Match[str], referent: Referent) -> Made:
    most, bases = number_of(found["most"]), bases_of(found["base"])
    return ValueMost(most, bases) if most is not None and bases else None


def _not_above(found: re.Match[str], referent: Referent) -> Made:
    named = found["where"]
    if named is None:
        return ValueNotAbove()
    return ValueNotAbove((Goods(words=named.strip()),))


def _originating_value(found: re.Match[str], referent: Referent) -> Made:
    least, bases, goods = number_of(found["most"]), bases_of(found["base"]), goods_of(found["goods"])
    if least is None or not bases or not goods:
        return None
    return OriginatingValue(least, goods, bases, above=found["sign"].lower() in ("exceeds", "must exceed"))


def _originating_weight(found: re.Match[str], referent: Referent) -> Made:
    least, goods = number_of(found["most"]), goods_of(found["goods"])
    return OriginatingWeight(least, goods) if least is not None and goods else None


def _not_used(found: re.Match[str], referent: Referent) -> Made:
    goods = goods_of(found["goods"])
    return NotUsed(goods) if goods else None


def _process(found: re.Match[str], referent: Referent) -> Made:
    return process_of(found["words"])


_RVC = (
    r"(?:(?:there is )?(?:a |an )?(?:RVC|QVC|regional value content|qualifying value content)(?: \((?:RVC|QVC)\))? "
    r"(?:of |is )?|your goods contain a regional value content \(RVC\) of |the good has a regional value content "
    r"\(RVC\) )"
    r"(?:as calculated under article [\w.]+ of the [\w ]+? )?(?:of )?(?:not less than|at least)\s+"
)
_UNDER = (
    r"(?:,? (?:whether )?(?:under|using) (?:the )?"
    r"(?P<method>[\w -]+?(?: method)?(?: or (?:the )?[\w-]+)?(?: method)?))?"
)
_FOCUS = r"(?: taking into account only (?:the )?non-originating materials of (?P<goods>.+?))?"

#: The wordings, each with what makes the condition of it. The order matters only where one wording holds another.
WORDINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Referent], Made]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), make)
    for pattern, make in (
        (
            rf"{_LIMIT}(?:the )?value of (?:all )?(?:the )?non-originating materials used(?P<where>(?: in| for) "
            rf"[a-z ()]+?)? "
            rf"{_NOT} the value of (?:all )?(?:the )?originating materials used",
            _not_above,
        ),
        (
            rf"{_LIMIT}(?:the )?(?:total )?(?:combined )?value of (?P<goods>.+?)(?: used)?(?:,? taken "
            rf"together,?)? {_NOT} {PERCENT} "
            rf"of (?P<base>{BASE})",
            _value,
        ),
        (
            rf"{_LIMIT}(?:the )?(?:total )?value of (?P<goods>.+?)(?: used)? {_NOT} {PERCENT} of "
            rf"(?P<base>{BASE}(?: \(exw\))?) or "
            rf"(?P<second>{NUMBER}) ?% of (?P<base2>{BASE})",
            _value_of_two,
        ),
        (
            rf"(?:the )?maximum value of (?P<goods>non-originating materials)(?: \(MaxNOM\))? (?:cannot|may "
            rf"not|must not|does not) exceed {PERCENT} "
            rf"of (?P<base>{BASE})",
            _value,
        ),
        (
            rf"{_LIMIT}(?:the )?(?:value of (?:the )?)?"
            rf"(?P<goods>materials? .+?|.+? of (?:chapters?|headings?) .+?)(?:,? taken "
            rf"together,?)? (?:are|is) "
            rf"only used up to a value of {PERCENT} of (?P<base>{BASE})",
            _value,
        ),
        (rf"(?:their|its|the) (?:total )?value(?:,? taken together,?)? {_NOT} {PERCENT} of (?P<base>{BASE})", _value),
        (
            rf"(?:the )?(?P<each>individual |total combined |combined |total )?(?:net )?weight of "
            rf"(?P<goods>.+?){_USED} {_NOT} "
            rf"{PERCENT} of (?:the )?(?:total )?(?:net )?weight(?: of (?:all )?(?:the )?(?P<of>materials? of "
            rf".+?){_USED}|{OF_PRODUCT})",
            _weight,
        ),
        (
            rf"(?:their|its) (?P<each>individual |total )?(?:net )?weight {_NOT} {PERCENT} of (?:the )?(?:net "
            rf")?weight{OF_PRODUCT}",
            _weight,
        ),
        (
            rf"(?:the )?value of (?:all )?(?:the )?originating (?P<goods>.+?)(?: used)? (?P<sign>exceeds|must "
            rf"exceed|is at least|is not less than) "
            rf"{PERCENT} of (?P<base>{BASE})",
            _originating_value,
        ),
        (
            rf"(?:at least|not less than) {PERCENT} by weight of (?P<goods>.+?){_USED} (?:is|are|must(?: "
            rf"already)? be|shall be) "
            rf"(?:already )?originating",
            _originating_weight,
        ),
        (
            rf"(?:the )?(?:product|goods?) {_BE} (?:wholly obtained)(?: or produced)?(?: entirely)?{_IN_PLACE}",
            _the_product_obtained,
        ),
        (
            rf"(?:all |any |the )*(?P<goods>.+?){_USED}(?P<but> \([^()]*\))?,? {_BE} (?:already )?"
            rf"(?P<how>wholly obtained|originating){_IN_PLACE}",
            _obtained,
        ),
        (
            r"(?:from |of )?(?:(?:non-originating )?materials? )?(?:of|from|classified in|in) any (?:other "
            r")?(?P<level>heading|sub-?heading|chapter)"
            r"(?P<product>,? except (?:for )?(?:that|those|the heading) of the (?:product|good)| other than that "
            r"of the (?:product|good))?"
            r"(?: \((?:CC|CTH|CTSH)\))?"
            r"(?:(?(product),? (?:and(?: that)?(?: except(?: from)?)?|or|except(?: from)?)(?: for)?|,? (?:and )?"
            r"(?:except|other than|excluding)(?: for| from)?)"
            r"(?: those)? (?:of )?(?P<excluded>.+?))?(?:,? including (?P<including>.+?))?",
            _any_heading,
        ),
        (
            rf"(?:from )?(?:all )?(?:the )?(?:non-originating )?materials? (?:used )?(?:(?:are|is|must be) "
            rf")?(?:which are )?(?:not )?classified "
            rf"(?:with)?in a {_LEVEL} other than (?P<product>(?:that|the \w+) of the (?:product|good))?"
            rf"(?:(?(product),? (?:and|or|except)(?: for| from)?(?: those)?|)(?: of)? ?(?P<excluded>.+?))?",
            _classified,
        ),
        (
            r"(?:from )?(?:materials|products) (?:not classified|classified (?:anywhere )?(?:other "
            r"than|outside)) (?:with)?in "
            r"(?P<excluded>.+?)(?P<product>)(?P<level>)",
            lambda found, _: _outside(found),
        ),
        (
            r"(?:a )?change from within (?:this|any one of these) (?:sub)?headings? or any other (?:sub)?heading",
            lambda *_: Change(),
        ),
        (rf"(?:a )?change from any other {_LEVEL}(?:,? except(?: from| for)? (?P<excluded>.+?))?", _change),
        (
            r"(?:CC|CTH|CTSH):? ?(?:all )?non-originating materials used in the production of the good have "
            r"undergone a change in "
            r"tariff classification at the (?P<digits>[246])-digit level(?: \([\w ]+\))?"
            r"(?:,? (?:except|excluding)(?: from| for)? (?P<excluded>.+?))?",
            _change_of_digits,
        ),
        (r"(?P<level>CC|CTH|CTSH)(?:,? (?:except|excluding)(?: from| for)? (?P<excluded>.+?))?", _abbreviated),
        (rf"(?:RVC|QVC) ?\(?(?P<most>{NUMBER})\)? ?(?:%|per cent)?(?: ?\((?P<base>FOB|EXW)\))?", _content),
        (rf"MaxNOM {PERCENT} \((?P<base>EXW|FOB)\)", _maximum),
        (r"WO", _the_product_obtained),
        (rf"{_RVC}{PERCENT}(?: of (?:the )?(?P<base>{BASE}))?{_UNDER}{_FOCUS}(?: \(RVC ?[\d.]+\))?", _content),
        (
            rf"(?:[a-d]\)|\([a-d]\))?\s*{PERCENT}(?: of (?:the )?(?P<base>{BASE}))? under (?:the "
            rf")?(?P<method>[\w -]+? method){_FOCUS}",
            _content,
        ),
        (
            rf"a maximum of {PERCENT} of (?P<base>{BASE}) (?:\(EXW\) )?is made up of non-originating parts(?: "
            rf"\(MAXNOM\))?",
            _maximum,
        ),
        (r"(?P<goods>.+?) (?:may|shall|must) not be used", _not_used),
        (r"from:? (?P<goods>.+)", _from),
        (r"(?:by |with )?(?P<words>.+)", _process),
    )
)


def _outside(found: re.Match[str]) -> Made:
    excluded = goods_of(found["excluded"])
    return Change("", excluded) if excluded else None


def condition_of(words: str, referent: Referent = None) -> Made:
    """The condition that words say; `referent` are the goods that "their value" speaks of. None where none is said."""
    words = re.sub(r" \(MaxNOM [\d.]+ ?% \(EXW\)\)", "", words)
    words = re.sub(r"\b(non|ex|semi|shrink|sub)- (?=\w)", r"\1-", " ".join(words.split())).strip(" ,;.")
    for pattern, make in WORDINGS:
        found = pattern.fullmatch(words)
        if found is not None and (rule := make(found, referent)) is not None:
            return rule
    return None

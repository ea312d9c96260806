# SPDX-License-Identifier: Apache-2.0
"""Goods as rules of origin name them: codes ("materials of headings 0409 and 0410"), words, and both.

Words that the nomenclature does not decide ("sugar", "waste and scrap") stay the text's own: whether a material is
that is a fact that its maker states.
"""

from __future__ import annotations

import re

from gumruk.law.origin.rules.tree import Goods, Span

_UNIT = r"(?:(?:tariff |HS |ex )?(?:chapters?|headings?|sub-?headings?)(?: nos?\b\.?)?)"
_NUMBER = r"(?:\d{4}\.\d{2}|\d{2}\.\d{2}(?:\.\d{2})?|\d{6}|\d{4}|\d{1,2})(?![\d%]|\.\d| ?%)"
_CODE = re.compile(rf"(?P<unit>{_UNIT}\s+)?(?:ex\s*)?(?P<number>{_NUMBER})", re.IGNORECASE)
_CODES = re.compile(
    rf"\b{_UNIT}\s+{_NUMBER}(?:(?:,? (?:and|or) |, | to | through |-)(?:{_UNIT}\s+)?{_NUMBER})*", re.IGNORECASE
)
_TO = re.compile(r"\s*(?:to|through|-)\s*", re.IGNORECASE)
_NEXT = re.compile(
    r"\s*(?:,\s*(?:and |or )?|\band\s*/\s*or\b|\band\b|\bor\b)\s*(?:also )?(?:of |from |in |to "
    r")?",
    re.I,
)
_MATERIALS = re.compile(
    r"(?:all |any |of )*(?:the )?(?:non-originating )?(?:(?P<other>other) )?(?:materials?|products?|goods?)"
    r"(?: are)?(?: which are)?(?: classified| falling)?(?: (?:of|from|in|within|under|for))?\s+(?=(?:ex )?"
    + _UNIT
    + r"\s)",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"(?:any |all )?(?:the )?(?:non-originating )?(?:other )?materials? (?:which are )?(?:classified )?"
    r"(?:(?:of|in|within) )?(?:the |that )?same "
    r"(?P<level>chapter|heading|sub-?heading)(?: as (?:that of )?(?:the )?(?:final )?(?:product|good|set))?"
    r"|(?:materials? )?(?:classified )?(?:of|in|within)? ?(?:the )?(?P<of>heading|chapter|sub-?heading) "
    r"(?:of|as) the (?:product|good)"
    r"|(?:(?:non-originating )?materials )?(?:classified )?(?:of|in|within) (?:this|any one of these) "
    r"(?P<within>heading|chapter|sub-?heading)s?",
    re.IGNORECASE,
)
_NAMED_SAME = re.compile(
    r"(?P<words>.+?),? (?:of|classified within|classified in|in) (?:this|the same) (?P<level>heading|chapter)(?: "
    r"as the (?:product|good))?",
    re.IGNORECASE,
)
#: What goes on with the name before it: "natural fibres, not carded or combed".
_NO_PART = re.compile(
    r"(?:not|otherwise|whether|with|without|merely|their|its|other "
    r"primary|including|such|for|similar|\w+ed|spun|cut|put)\b",
    re.I,
)
_EVERY = re.compile(
    r"(?:all |any |of )*(?:the )?(?:non-originating )?(?:materials?|parts)(?: used)?|non-originating parts?",
    re.IGNORECASE,
)
_WITH_CODES = re.compile(rf"(?P<words>[^,]*?)\s*\b(?:of|from|in|under|within) (?=(?:ex )?{_UNIT}\s)", re.IGNORECASE)
_BUT = re.compile(
    r"(?P<goods>.+?),?\s*\(?(?:except|excluding|other than|with the exception of) (?:for |from |of )?(?P<but>.+?)\)?",
    re.I,
)
_ARTICLE = re.compile(r"^(?:(?:all|any|of|from|those) )*(?:the )?(?:non-originating )?", re.IGNORECASE)
_NOT_GOODS = re.compile(
    r"%|\d|\bnot\b(?! (?:\w+ ){0,2}(?:\w+ed|cut|spun|put up)\b)|\bwhether (?!or not\b)|"
    r"\b(?:exceeds?|provided|however|may|must|shall|value|weight|percent|used(?! as a backing)|which|unless|than|"
    r"manufacture|production|originating|obtained|when|where|if|heading|chapter|subheading|is|are|following)\b|[:;.]",
    re.IGNORECASE,
)
#: Where a second sentence, a second exception or half a code hides in a name of goods.
_RUN_ON = re.compile(
    r"\b(?:All|Any|Each|The|In|Made|Carded|Manufacture|Electrolytic|[A-Z][a-z]+ing|"
    r"[A-Z][a-z]+tion)\b|^except|\btogether\b|"
    r"\bfollowed\b|\bheadings? (?!\d{4}|\d\d\.\d\d)\d"
)
_JOINED = re.compile(r"\b(?:and|or)\b|,", re.IGNORECASE)
_ONE_NAME = {"waste and scrap", "waste or scrap", "meat and edible meat offal", "nuts and oil seeds"}
_WORDS_MAX = 400


def codes_at(text: str, at: int) -> tuple[tuple[Span, ...], int] | None:
    """The list of codes at a place, and where it ends; None where none stands there or one of it is not a code."""
    spans: list[Span] = []
    unit, place = "", at
    while True:
        found = _CODE.match(text, place)
        if found is None:
            break
        unit = (found["unit"] or unit).lower()
        first = _digits(found["number"], unit)
        if first is None:
            break
        end, last = found.end(), first
        to = _TO.match(text, end)
        upper = _CODE.match(text, to.end()) if to is not None and to.end() > end else None
        if upper is not None:
            other = _digits(upper["number"], (upper["unit"] or unit).lower())
            if other is None or len(other) != len(first) or other < first:
                return None
            end, last = upper.end(), other
        spans.append(Span(first, last))
        at = end
        between = _NEXT.match(text, end)
        if between is None:
            break
        place = between.end()
    return (tuple(spans), at) if spans else None


def _digits(number: str, unit: str) -> str | None:
    digits = number.replace(".", "")
    if len(digits) <= 2:
        return digits.zfill(2) if "chapter" in unit else None
    return digits if len(digits) in (4, 6) and unit else None


def goods_of(phrase: str) -> tuple[Goods, ...] | None:
    """The goods that a phrase names: () is every material; None where it is not a name of goods."""
    phrase = " ".join(phrase.split()).strip(" ,")
    if not phrase or len(phrase) > _WORDS_MAX:
        return None
    if _EVERY.fullmatch(phrase):
        return ()
    whole = _one(phrase)
    if whole is not None:
        return (whole,)
    return _with_exception(phrase) or _several(phrase) or _words_alone(phrase)


def _with_exception(phrase: str) -> tuple[Goods, ...] | None:
    found = _BUT.fullmatch(phrase)
    if found is None or found["goods"].count("(") != found["goods"].count(")"):
        return None
    goods, but = goods_of(found["goods"]), goods_of(found["but"])
    if goods is None or not but or _open(phrase):
        return None
    if goods and any(one.words for one in (*goods, *but)):
        return None  # the words and what they leave out are one name: "fruit juice (except that of pineapple)"
    return tuple(Goods(one.spans, one.words, one.same, one.other, but) for one in goods or (Goods(),))


def _open(phrase: str) -> bool:
    return phrase.count("(") != phrase.count(")")


def _one(phrase: str) -> Goods | None:
    """Materials of codes, of the product's heading, or words of codes."""
    if (found := _SAME.fullmatch(phrase)) is not None:
        return Goods(same=(found["level"] or found["of"] or found["within"]).lower().replace("-", ""))
    if (found := _NAMED_SAME.fullmatch(phrase)) is not None and not _NOT_GOODS.search(found["words"]):
        return Goods(words=_ARTICLE.sub("", found["words"]).lower(), same=found["level"].lower())
    plain = _ARTICLE.sub("", phrase).removeprefix("within ")
    materials = _MATERIALS.match(plain)
    start = materials.end() if materials is not None else 0
    codes = codes_at(plain, start)
    if codes is not None and codes[1] == len(plain):
        return Goods(codes[0], other=bool(materials is not None and materials["other"]))
    named = _WITH_CODES.match(plain)
    if named is None:
        return None
    codes = codes_at(plain, named.end())
    words = named["words"].strip()
    if _RUN_ON.search(words):
        return None
    if codes is None or codes[1] != len(plain) or not words or _NOT_GOODS.search(words):
        return None
    if _JOINED.search(words) and words.lower() not in _ONE_NAME:
        return None  # "sugar and cocoa of chapter 18": the codes may be those of the last word only
    return Goods(codes[0], words.lower())


def _several(phrase: str) -> tuple[Goods, ...] | None:
    """A list: "sugar and of the materials of chapter 4". Only where each part names its goods by itself; words alone
    ("refined copper, unwrought, or waste and scrap of copper") stay one name."""
    parts = _split(phrase)
    if len(parts) < 2 or any(_NO_PART.match(part) for part in parts[1:]):
        return None
    goods = [_one(part) for part in parts]
    if all(one is not None for one in goods):
        return tuple(one for one in goods if one is not None)
    *first, last = parts
    materials = goods[-1]
    if materials is None or materials.words or not materials.spans or len(first) != 1:
        return None
    words = _words_alone(first[0])
    return (*words, materials) if words and _MATERIALS.match(_ARTICLE.sub("", last)) else None


def _split(phrase: str) -> list[str]:
    """The parts of a list, split outside brackets and not between the numbers of one list of codes."""
    parts, depth, start, at = [], 0, 0, 0
    while at < len(phrase):
        depth += {"(": 1, ")": -1}.get(phrase[at], 0)
        between = None if depth else re.compile(r",\s*(?:and |or )?|\s+(?:and|or)\s+(?:/\s*or\s+)?").match(phrase, at)
        if between is not None and between.end() > at and not _number_after(phrase, between.end()):
            parts.append(phrase[start:at])
            start = at = between.end()
            continue
        at += 1
    return [part.strip() for part in (*parts, phrase[start:]) if part.strip()]


def _number_after(phrase: str, at: int) -> bool:
    return re.compile(rf"(?:of |from )?(?:{_UNIT}\s+)?\d", re.IGNORECASE).match(phrase, at) is not None


def _words_alone(phrase: str) -> tuple[Goods, ...] | None:
    """Words of which the nomenclature says nothing. What looks like a condition is no name of goods."""
    words = _ARTICLE.sub("", phrase).strip()
    if not words or _open(words):
        return None
    if _RUN_ON.search(words):
        return None
    bare = re.sub(r"\([^()]*\)", " ", words)
    if _NOT_GOODS.search(_CODES.sub("", bare)):
        return None
    inside = "".join(re.findall(r"\([^()]*\)", words))
    if "%" in inside or re.search(r"exceed|provided|however", inside, re.IGNORECASE):
        return None
    return (Goods(words=words[0].lower() + words[1:]),)


def product_words(phrase: str) -> tuple[Goods, ...] | None:
    """The words that say which products a rule is for: whether the product is one of them is a stated fact."""
    words = " ".join(phrase.split()).strip(" ,")
    if (
        not words
        or _open(words)
        or re.search(r"%|\b(?:exceeds?|provided|however|from|value)\b|[:;]", words, re.IGNORECASE)
    ):
        return None
    return (Goods(words=_ARTICLE.sub("", words).lower()),)

# SPDX-License-Identifier: Apache-2.0
"""Reads a product-specific rule of origin as agreements print it, or in our own notation.

The text is taken apart (notes, "However" sentences, alternatives, indents, provisos), and each part must be one of the
wordings of conditions.py from its first word to its last. A text of which any part is not is refused with the place and
the reason; nothing is read by halves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gumruk.law.origin.rules.conditions import Referent, condition_of
from gumruk.law.origin.rules.error import RuleError
from gumruk.law.origin.rules.goods import goods_of, product_words
from gumruk.law.origin.rules.marks import (
    ALTERNATIVE,
    ANY_OTHER,
    BULLET,
    DEPTH_MAX,
    ELSEWHERE,
    EXCEPT_LAST,
    FOR_GOODS,
    GOOD_OF,
    HOWEVER,
    HOWEVER_WORD,
    IN_WHICH,
    IN_WHICH_LAST,
    INLINE,
    INLINE_OR,
    LETTER,
    MANUFACTURE,
    MAY_BE_USED,
    NO_CHANGE,
    NO_NOTE,
    NOT_LESS,
    NOTE,
    OR_LINE,
    PROVIDED,
    SENTENCE,
    SET,
    WHETHER,
)
from gumruk.law.origin.rules.notation import is_notation, read_notation
from gumruk.law.origin.rules.scanner import OR_SIGN, RuleScanner
from gumruk.law.origin.rules.tree import (
    All,
    Change,
    Choice,
    Exempt,
    ForGoods,
    From,
    Goods,
    Noted,
    NotUsed,
    Rule,
    parts_of,
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of the plain text and where it begins."""

    text: str
    at: int

    def cut(self, start: int, end: int | None = None) -> _Piece:
        """The piece between two places in this one, without the spaces around it."""
        text = self.text[start:end]
        left = len(text) - len(text.lstrip(" \n\t,;:"))
        return _Piece(text.strip(" \n\t,;"), self.at + start + left)


def read_rule(text: str) -> Rule:
    """The tree of a rule's text. Raises RuleError.

    >>> read_rule("A change to a good of heading 2814 from any other heading.").rule.level
    'heading'
    """
    scanner = RuleScanner(text)
    if scanner.at_end():
        raise RuleError("ROO-2", 0, {})
    if is_notation(text):
        return read_notation(text)
    for code, pattern in (("ROO-8", ELSEWHERE), ("ROO-9", SET)):
        if (found := pattern.search(scanner.text)) is not None:
            scanner.at = found.start()
            raise scanner.wrong(code)
    return _Reader(scanner).whole(_Piece(scanner.text[: scanner.end], 0).cut(scanner.at))


class _Reader:
    """Takes a rule's text apart; the scanner only knows its places."""

    def __init__(self, scanner: RuleScanner) -> None:
        self._scanner = scanner

    def _refuse(self, piece: _Piece, code: str = "ROO-4") -> RuleError:
        self._scanner.at = piece.at
        return self._scanner.wrong(code)

    def whole(self, piece: _Piece) -> Rule:
        """A text: its rule, its "However" sentences, and the note that it ends with."""
        if OR_SIGN.strip() in piece.text:
            parts = self._split(piece, OR_LINE)
            if len(parts) < 2:
                raise self._refuse(piece)
            return Choice(tuple(self.whole(part) for part in parts))
        noted = NOTE.search(piece.text)
        if noted is not None and noted.start() > 0:
            note = " ".join(noted["note"].split())
            if NO_NOTE.search(note):
                raise self._refuse(piece.cut(noted.start("note")), "ROO-5")
            return Noted(self.whole(piece.cut(0, noted.start())), note)
        together = re.search(r"\bin (?:each|both) cases?\b", piece.text, re.IGNORECASE) is not None
        alternatives = [piece] if together else self._split(piece, ALTERNATIVE)
        if len(alternatives) > 1:
            return Choice(tuple(self.whole(part) for part in alternatives))
        return self._indents(piece)

    def _split(self, piece: _Piece, pattern: re.Pattern[str]) -> list[_Piece]:
        parts, start = [], 0
        for found in pattern.finditer(piece.text):
            parts.append(piece.cut(start, found.start()))
            start = found.end()
        return [part for part in (*parts, piece.cut(start)) if part.text]

    def _indents(self, piece: _Piece) -> Rule:
        """A lead and its indents, or one line."""
        found = list(BULLET.finditer(piece.text)) or (
            list(LETTER.finditer(piece.text)) if LETTER.search(piece.text) and ":" in piece.text else []
        )
        if not found:
            return self._sentences(piece)
        lead = piece.cut(0, found[0].start())
        ends = [*(one.start() for one in found[1:]), len(piece.text)]
        items = [piece.cut(one.end(), end) for one, end in zip(found, ends, strict=True)]
        joins = {re.sub(r"\s", "", one["join"].lower()) for one in found[1:] if one["join"]}
        if len(joins) > 1 or joins == {"and/or"}:
            raise self._refuse(items[0], "ROO-6")
        return self._lead(lead, items, joins == {"or"})

    def _lead(self, lead: _Piece, items: list[_Piece], either: bool) -> Rule:
        words = lead.text.rstrip(" :")
        head = MANUFACTURE.match(words)
        rest = words[head.end() :] if head else words
        tails: list[_Piece] = []
        items, tails = self._tails(items)
        if rest.lower().strip() in ("", "in which", "in which the", "where"):
            rule = self._group(items, either)
        elif rest.lower().strip() in ("from", "from materials", "from any of the following"):
            rule = self._from_list(items)
        elif NOT_LESS.search(words):
            rule = self._contents(lead, items)
        else:
            rule = self._lead_and_group(lead, items, either)
        for tail in tails:
            rule = self._however(rule, tail)
        return rule

    def _tails(self, items: list[_Piece]) -> tuple[list[_Piece], list[_Piece]]:
        """ "However" sentences behind the last indent speak of the whole rule; inside an earlier one, of that one."""
        parts = self._split(items[-1], HOWEVER) or [items[-1]]
        return [*items[:-1], parts[0]], parts[1:]

    def _lead_and_group(self, lead: _Piece, items: list[_Piece], either: bool) -> Rule:
        if len(items) == 1 and lead.text.endswith(":"):
            joined = lead.text[:-1] + " " * (items[0].at - lead.at - len(lead.text) + 1) + items[0].text
            return self._sentences(_Piece(joined, lead.at))
        if (found := EXCEPT_LAST.fullmatch(lead.text)) is not None:
            named = self._from_list(items)
            first = condition_of(found["head"])
            if isinstance(first, Change) and not first.excluded:
                return Change(first.level, named.goods, first.including)
        ending = IN_WHICH_LAST.search(lead.text) or re.search(
            r",?\s*(?:and\s+)?(?:provided(?: that)?)\s*:?\s*$", lead.text, re.IGNORECASE
        )
        if ending is None:
            raise self._refuse(lead)
        first = self._sentences(lead.cut(0, ending.start()))
        group = self._group(items, either, _referent(first))
        return self._beside(first, group)

    def _beside(self, first: Rule, group: Rule) -> Rule:
        if isinstance(first, ForGoods):
            return ForGoods(first.goods, self._beside(first.rule, group))
        return All(
            (
                *(first.rules if isinstance(first, All) else (first,)),
                *(group.rules if isinstance(group, All) else (group,)),
            )
        )

    def _group(self, items: list[_Piece], either: bool, referent: Referent = None) -> Rule:
        rules = tuple(self._sentences(item, referent) for item in items)
        return rules[0] if len(rules) == 1 else Choice(rules) if either else All(rules)

    def _from_list(self, items: list[_Piece]) -> From:
        goods: list[Goods] = []
        for item in items:
            named = goods_of(item.text)
            if not named:
                raise self._refuse(item, "ROO-3")
            goods.extend(named)
        return From(tuple(goods))

    def _contents(self, lead: _Piece, items: list[_Piece]) -> Rule:
        """A value content whose percentages stand in indents, one a method: the exporter takes one."""
        rules = tuple(self._condition(item) for item in items)
        content = rules[0] if len(rules) == 1 else Choice(rules)
        bare = re.sub(
            r",?\s*(?:and |but )?(?:provided(?: that)?:?\s*)?(?:there is )?(?:an? )?(?:QVC|RVC|regional value "
            r"content|qualifying value content)"
            r"(?: \(\w+\))? (?:of )?(?:not less than|at least)\s*:?\s*$",
            "",
            lead.text,
            flags=re.IGNORECASE,
        )
        if bare == lead.text:
            raise self._refuse(lead)
        if not bare.strip():
            return content
        found = NO_CHANGE.fullmatch(bare)
        if found is not None and not found["rest"]:
            return self._for_goods(lead, found["goods"], content) if found["goods"] else content
        return self._beside(self._sentences(lead.cut(0, len(bare))), content)

    def _sentences(self, piece: _Piece, referent: Referent = None) -> Rule:
        parts = self._split(piece, HOWEVER)
        if not parts:
            raise self._refuse(piece)
        rule = self._line(parts[0], referent)
        for part in parts[1:]:
            rule = self._however(rule, part)
        return rule

    def _however(self, rule: Rule, piece: _Piece) -> Rule:
        """What a "However" sentence allows, forbids or limits."""
        words = HOWEVER_WORD.sub("", piece.text, count=1).strip(" .")
        stop = SENTENCE.search(words)
        if stop is not None:
            raise self._refuse(piece.cut(len(piece.text) - len(words) + stop.end()))
        made = condition_of(words)
        if made is not None and type(made).__name__ in ("ValueMost", "WeightMost", "NotUsed"):
            return self._beside(rule, made)
        found = MAY_BE_USED.fullmatch(words)
        if found is None:
            raise self._refuse(piece)
        backing = " used as a backing" if found["as"] else ""
        goods = _these(found["goods"], rule) or goods_of(found["goods"] + backing)
        if not goods:
            raise self._refuse(piece, "ROO-3")
        limit = condition_of(found["limit"], goods) if found["limit"] else None
        if found["limit"] and (limit is None or type(limit).__name__ not in ("ValueMost", "WeightMost")):
            raise self._refuse(piece)
        return Exempt(rule, goods, limit)

    def _line(self, piece: _Piece, referent: Referent = None, depth: int = 0) -> Rule:
        """One sentence: for some goods, with a proviso, of several conditions, or one condition."""
        if depth > DEPTH_MAX:
            raise self._refuse(piece)
        stop = SENTENCE.search(piece.text)
        if stop is not None:
            raise self._refuse(piece.cut(stop.end()))
        if (found := NO_CHANGE.fullmatch(piece.text)) is not None and found["rest"]:
            rule = self._line(piece.cut(found.start("rest")), referent, depth + 1)
            return self._for_goods(piece, found["goods"], rule) if found["goods"] else rule
        proviso = PROVIDED.search(piece.text)
        if proviso is not None and proviso.start() > 0:
            first = self._line(piece.cut(0, proviso.start()), referent, depth + 1)
            second = self._line(piece.cut(proviso.end()), _referent(first), depth + 1)
            return self._beside(first, second)
        if (found := FOR_GOODS.fullmatch(piece.text)) is not None:
            rest = piece.cut(found.start("from"))
            rule = self._change(_Piece("A change from " + rest.text, rest.at - len("A change from ")))
            return self._for_goods(piece, found["goods"], rule)
        if re.match(r"a change from", piece.text, re.IGNORECASE):
            return self._change_in_which(piece, depth)
        head = MANUFACTURE.match(piece.text)
        body = piece.cut(head.end()) if head is not None else piece
        parts = self._split(body, INLINE)
        either = False
        if len(parts) == 1:
            parts = self._split(body, INLINE_OR)
            either = len(parts) > 1
        rules = tuple(self._condition(part, referent) for part in parts)
        if not rules:
            raise self._refuse(piece)
        return rules[0] if len(rules) == 1 else Choice(rules) if either else All(rules)

    def _change_in_which(self, piece: _Piece, depth: int) -> Rule:
        """A change, and conditions behind ", in which"."""
        where = re.search(r",\s+in which\b:?\s*", piece.text)
        if where is None:
            return self._change(piece)
        first = self._change(piece.cut(0, where.start()))
        return self._beside(first, self._line(piece.cut(where.end()), None, depth + 1))

    def _change(self, piece: _Piece) -> Rule:
        """A change of classification, or a change from goods that are named."""
        if (found := WHETHER.fullmatch(piece.text)) is not None:
            goods = goods_of(found["goods"])
            if not goods:
                raise self._refuse(piece.cut(found.start("goods")), "ROO-3")
            return Exempt(Change(found["level"].lower()), goods)
        rule = condition_of(piece.text)
        if isinstance(rule, Change):
            return rule
        named = piece.text[len("a change from ") :]
        goods = None if ANY_OTHER.match(named) else goods_of(named)
        if not goods:
            raise self._refuse(piece.cut(len("a change from ")), "ROO-3")
        return From(goods, stages=False)

    def _for_goods(self, piece: _Piece, named: str, rule: Rule) -> ForGoods:
        other = re.search(r"(?:change to|required for) any other ", piece.text[:80], re.IGNORECASE) is not None
        goods = goods_of(GOOD_OF.sub("materials of ", named.strip())) or product_words(named)
        if not goods:
            raise self._refuse(piece, "ROO-3")
        if other:
            goods = tuple(Goods(one.spans, one.words, one.same, True, one.but) for one in goods)
        return ForGoods(goods, rule)

    def _condition(self, piece: _Piece, referent: Referent = None) -> Rule:
        start = IN_WHICH.match(piece.text)
        body = piece.cut(start.end()) if start is not None else piece
        rule = condition_of(body.text, referent)
        if rule is None:
            raise self._refuse(body)
        return rule


def _referent(rule: Rule) -> Referent:
    """What "their value" speaks of: the goods named last."""
    if isinstance(rule, From | NotUsed):
        return rule.goods
    if isinstance(rule, Exempt):
        return rule.goods
    parts = parts_of(rule)
    return _referent(parts[-1]) if parts else None


def _these(words: str, rule: Rule) -> tuple[Goods, ...]:
    """The goods that "these materials" are: what the rule just excluded."""
    if not re.fullmatch(r"(?:these|those|such) (?:materials|products)", words.strip(), re.IGNORECASE):
        return ()
    if isinstance(rule, Change):
        return rule.excluded
    parts = parts_of(rule)
    return _these(words, parts[-1]) if parts else ()

# SPDX-License-Identifier: Apache-2.0
"""What a letter may name: the facts that the office gives for it, and the lists with what each line of them has.

A fill, and a caption too, is text with places in braces: `{@payer}` is a fact, `{@decision.grounds}` a fact of the line
that the row stands for, `{payer_unknown}` a caption of the letter. What is not known is printed as a dash.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from gumruk.packs.cells import CellError, nearest
from gumruk.packs.form_fields import places_of


@dataclass(frozen=True, slots=True)
class Known:
    """What the office knows for a letter: facts by name with what they are, lists by name with what a line has."""

    facts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]


_ALL = {"number": "the document's number", "office": "the customs office"}
_FILE = {**_ALL, "declarant": "the declarant"}
_PAID = {"currency": "the currency of the charges", "total": "what all charges come to, with the currency"}
_APPEAL = {"appeal_until": "the last day of an appeal"}
PAID, GOODS, FINDINGS, CHARGES, DECISION = "paid", "goods", "findings", "charges", "decision"
_PAID_LINE = ("charge", "settled", "amount")

#: The letters, by the kind of the document.
LETTERS: Mapping[str, Known] = {
    "receipt": Known(
        {
            **_ALL,
            "payer": "who paid; unknown where the payer has not been found",
            "amount": "the sum that was taken",
            "holder": "how it was paid",
            "reference": "the bank's reference",
            "value_date": "the value date",
            "remark": "the cashier's remark",
            "void_reason": "why the receipt is no longer good",
        },
        {},
    ),
    "release_note": Known(
        {
            **_FILE,
            **_PAID,
            "consignee": "who the goods are for",
            "procedure": "the customs procedure",
            "transport": "the means of transport at the border",
            "conditions": "the conditions of the release",
        },
        {GOODS: ("item", "code", "description", "packages", "net_mass"), PAID: _PAID_LINE},
    ),
    "release_refusal": Known(
        {
            **_FILE,
            **_APPEAL,
            "decision": "the number of the decision",
            "act": "the act that it rests on",
            "grounds": "the grounds of the decision",
            "appeal_body": "who decides on an appeal",
        },
        {},
    ),
    "registration_refusal": Known(
        {**_FILE, **_APPEAL, "found": "how many findings there are, in words"},
        {FINDINGS: ("code", "place", "words", "mend", "act")},
    ),
    "charges": Known(
        {**_FILE, **_PAID, "pay_until": "the last day to pay"},
        {PAID: _PAID_LINE, CHARGES: ("name", "amount", "act")},
    ),
    "decision": Known(
        {
            **_FILE,
            "was": "what was to be paid as declared; unknown where it or what is to be paid now was not computed",
            "now": "what is to be paid as decided, likewise",
            "difference": "by how much it changed, likewise",
        },
        {
            DECISION: (
                "number",
                "day",
                "item",
                "what",
                "declared",
                "decided",
                "grounds",
                "act",
                "appeal_body",
                "appeal_until",
            )
        },
    ),
}
#: The columns that hold numbers, which stand to the right.
NUMBERS: Mapping[str, tuple[str, ...]] = {GOODS: ("item", "packages", "net_mass"), PAID: ("amount",)}
#: The lists whose table ends with a total.
TOTALLED = (PAID,)


def read_words(text: str, letter: str, each: str = "") -> tuple[str, ...]:
    """The captions that a fill or a caption names. Raises CellError for a place that the letter does not know.

    `each` is the list of whose lines the row stands once for each.
    """
    captions = []
    for place in places_of(text)[1::2]:
        if place.startswith("@"):
            check_fact(place[1:], letter, each)
        else:
            captions.append(place)
    return tuple(captions)


def check_fact(name: str, letter: str, each: str = "", others: Collection[str] = ()) -> None:
    """Raise CellError for a fact, or one of `others`, that the letter does not know, there or at all."""
    known = LETTERS[letter]
    here = [*known.facts, *(f"{each}.{fact}" for fact in known.lists.get(each, ())), *others]
    if name in here:
        return
    of, _, fact = name.partition(".")
    if fact in known.lists.get(of, ()):
        raise CellError("letter_no_line", found=f"@{name}", list=of)
    raise CellError("letter_fact", found=f"@{name}", form=letter, nearest=_at(nearest(name, here)))


def read_list(name: str, letter: str) -> str:
    """The list that a table prints, or of which a row stands once for each line. Raises CellError."""
    lists = LETTERS[letter].lists
    if name not in lists:
        raise CellError("letter_fact", found=f"@{name}", form=letter, nearest=_at(nearest(name, lists)))
    return name


def read_letter_columns(text: str, name: str, letter: str) -> tuple[tuple[str, bool], ...]:
    """The columns of a table, each with whether it takes the rest of the width: `charge:rest amount`. CellError."""
    known = LETTERS[letter].lists[name]
    found = []
    for word in text.split():
        column, _, width = word.partition(":")
        if column not in known:
            raise CellError("unknown_word", found=column, known=", ".join(known), nearest=nearest(column, known))
        if word not in (column, f"{column}:rest"):
            raise CellError("letter_width", found=word)
        found.append((column, bool(width)))
    return tuple(found)


def _at(name: str) -> str:
    return name if name == "-" else f"@{name}"

# SPDX-License-Identifier: Apache-2.0
"""Rules of origin of many agreements: each class of wording, its tree in our notation, and what is refused where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.origin.rules import RuleError, class_of, printed_rule, read_rule


@pytest.mark.parametrize(
    ("text", "kind", "printed"),
    [
        # wholly obtained and originating
        ("All the animals of [chapter 1](/chapters/01) shall be wholly obtained.", "WO",
         "wholly_obtained(goods=[goods(spans=[01], words=animals)])"),
        ("Manufacture in which all the materials of chapters 1 and 2 used are wholly obtained.", "WO",
         "wholly_obtained(goods=[goods(spans=[01, 02])])"),
        ("The good is wholly obtained.", "WO", "wholly_obtained(product=yes)"),
        ("Manufacture in which all the fruit juice used (except that of lime) is originating.", "ORIGINATING",
         'originating(goods=[goods(words="fruit juice (except that of lime)")])'),
        # changes of classification
        ("Manufacture from materials of any heading, except that of the product.", "CTH", "change(level=heading)"),
        ("Manufacture from materials of any heading, except that of the product and heading 7604.", "CTH",
         "change(level=heading, excluded=[7604])"),
        ("Manufacture from materials of any heading.", "AH", "change()"),
        ("Manufacture from materials of any heading, including other materials of [heading 2905](/headings/2905).",
         "AH", "change(including=[goods(spans=[2905], other=yes)])"),
        ("Manufacture in which all the materials used are classified within a heading other than that of the product",
         "CTH", "change(level=heading)"),
        ("CC: All non-originating materials used in the production of the good have undergone a change in tariff "
         "classification at the 2-digit level (chapter), excluding non-originating materials from heading 0409.", "CC",
         "change(level=chapter, excluded=[0409])"),
        ("A change from any other subheading.", "CTSH", "change(level=subheading)"),
        ("A change to a good of [subheading 310510](/subheading/3105100000-80) through 310590 from any other "
         "subheading.", "CTSH", "for([310510-310590], change(level=subheading))"),
        ("A change to any other good of heading 0410 from any other chapter, except from 0409.", "CC", None),
        ("A change to any other good of heading 0410 from any other chapter, except from heading 0409.", "CC",
         "for([goods(spans=[0410], other=yes)], change(level=chapter, excluded=[0409]))"),
        # values
        ("Manufacture in which the value of all the materials used does not exceed **47.5%** of the ex-works price of "
         "the product.", "MAXNOM", "value(47.5)"),
        ("A maximum of 50% of the ex-works price (EXW) is made up of non-originating parts (MAXNOM).", "MAXNOM",
         "value(50)"),
        ("The value of all non-originating materials used does not exceed 20% of the transaction value or ex-works "
         "price of the product", "MAXNOM", "value(20, bases=[ex_works, transaction])"),
        ("Your goods contain a Regional Value Content (RVC) of at least 40% of the Free on Board (FOB) cost of the "
         "goods.", "RVC", "content(40, method=unnamed, bases=[fob])"),
        ("No change in tariff classification required for a good of heading 9016, provided there is a regional value "
         "content of not less than: - a) **30%** under the build-up method.", "RVC",
         "for([9016], content(30, method=build_up))"),
        ("- c) 50% under the focused value method taking into account only the non-originating materials of heading "
         "8529.", "RVC", "content(50, method=focused, goods=[8529])"),
        ("Manufacture in which the value of the originating nuts and oil seeds of heading 0801 and heading 1202 to "
         "heading 1207 used exceeds 60% of the ex-works price of the product.", "MINOM",
         'originating_value(60, [goods(spans=[0801, 1202-1207], words="nuts and oil seeds")], above=yes)'),
        ("Manufacture in which: - the value of all the materials used does not exceed 40% of the ex-works price of the "
         "product, and - the value of all the non-originating materials used does not exceed the value of all the "
         "originating materials used.", "MAXNOM+MAXNOM-OM", "all([value(40), value_not_above_originating()])"),
        # abbreviations, as the lists of many agreements print them
        ("CTH", "CTH", "change(level=heading)"),
        ("CC except from heading 0409", "CC", "change(level=chapter, excluded=[0409])"),
        ("CTH or RVC 40", "CTH+RVC", "any([change(level=heading), content(40, method=unnamed)])"),
        ("CTSH and RVC 35% (FOB)", "CTSH+RVC",
         "all([change(level=subheading), content(35, method=unnamed, bases=[fob])])"),
        ("CTH; or MaxNOM 50 % (EXW)", "CTH+MAXNOM", "any([change(level=heading), value(50)])"),
        ("WO", "WO", "wholly_obtained(product=yes)"),
        # weights
        ("the total combined weight of sugar and the materials of chapter 4 used does not exceed 50% of the weight of "
         "the final product", "MAXWEIGHT", "weight(50, goods=[goods(words=sugar), 04])"),
        ("the individual weight of sugar and of the materials of chapter 4 used does not exceed 20% of the weight of "
         "the final product", "MAXWEIGHT", "weight(20, goods=[goods(words=sugar), 04], each=yes)"),
        ("Manufacture in which at least 70% by weight of the tobacco of heading 2401 used is originating.", "MINWEIGHT",
         "originating_weight(70, [goods(spans=[2401], words=tobacco)])"),
        ("Manufacture from materials of any heading in which the weight of materials of chapter 24 used does not "
         "exceed 30% of the total weight of materials of chapter 24 used.", "AH+MAXWEIGHT",
         "all([change(), weight(30, goods=[24], of=[24])])"),
        # goods that it is made from, and processes
        ("Manufacture from: - natural fibres, or - chemical materials", "FROM",
         'from([goods(words="natural fibres"), goods(words="chemical materials")])'),
        ("A change from heading 1101 to heading 1108.", "FROM", "from([1101-1108], stages=no)"),
        ("Planing, sanding or end-jointing.", "PROCESS", 'process("planing, sanding or end-jointing")'),
        # exceptions, provisos, alternatives, notes
        ("Manufacture from materials of any heading, except that of the product. However, materials of the same "
         "heading as the product may be used, provided that their total value does not exceed 20% of the ex-works "
         "price of the product.", "CTH+MAXNOM",
         "exempt(change(level=heading), [goods(same=heading)], limit=value(20, goods=[goods(same=heading)]))"),
        ("Manufacture from materials of any heading, except that of the product. However, waste and scrap of heading "
         "7802 may not be used.", "CTH+NOT-USED",
         'all([change(level=heading), not_used([goods(spans=[7802], words="waste and scrap")])])'),
        ("A change to cut glassware from any other heading, provided that the value of the uncut glassware does not "
         "exceed 50% of the ex-works price of the product.", "CTH+MAXNOM",
         'for([goods(words="cut glassware")], all([change(level=heading), '
         'value(50, goods=[goods(words="uncut glassware")])]))'),
        ("A change from heading 8714, whether or not there is also a change from any other heading, provided that the "
         "value of non-originating materials of heading 8714 does not exceed 50% of the ex-works price of the product.",
         "CTH+MAXNOM", "all([exempt(change(level=heading), [8714]), value(50, goods=[8714])])"),
        ("Weaving accompanied by making-up or Manufacture from unembroidered fabric", "PROCESS+FROM",
         'any([process("weaving accompanied by making-up"), from([goods(words="unembroidered fabric")])])'),
        ("Weaving. See Introductory Note 5.", "PROCESS", 'noted(process(weaving), "See Introductory Note 5")'),
    ],
)  # fmt: skip
def test_it_reads_each_class_of_wording(text: str, kind: str, printed: str | None) -> None:
    if printed is None:
        with pytest.raises(RuleError):
            read_rule(text)
        return
    rule = read_rule(text)
    assert printed_rule(rule) == printed
    assert class_of(rule) == kind
    assert read_rule(printed) == rule


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "ROO-2", 0),
        (" . ", "ROO-2", 0),
        ("x" * 6001, "ROO-1", 6000),
        ("CTH and Standard QVC.", "ROO-8", 4),
        ("Each item in the set must satisfy the rule which would apply to it.", "ROO-9", 0),
        ("Manufacture in which the value of all the materials used does not exceed 140% of the ex-works price.",
         "ROO-4", 21),
        ("Manufacture from [heading 7224](/headings/7224) and the value is small", "ROO-4", 12),
        ("Manufacture in which: - the value of all the materials used does not exceed 40% of the ex-works price, or "
         "- all the sugar used is originating, and - all the milk used is originating.", "ROO-6", 24),
        ("A change from any other heading, provided that the good is nice. It must also be old.", "ROO-4", 65),
        ("change(level=planet)", "ROO-7", 19),
        ("change(level=heading", "ROO-7", 20),
        ("all([goods(words=sugar)])", "ROO-7", 23),
        ("value(101)", "ROO-7", 9),
    ],
)  # fmt: skip
def test_it_refuses_what_it_cannot_read_whole_with_the_place(text: str, code: str, place: int) -> None:
    with pytest.raises(RuleError) as refused:
        read_rule(text)
    assert (refused.value.code, refused.value.position) == (code, place)


@pytest.mark.parametrize(
    "text",
    [
        "their value does not exceed 20% of the ex-works price",  # of what is not said
        "Manufacture from heading 7224 or something of a value of not more than 3 EUR",
        "Manufacture in which the value of all the materials used does not exceed 40% of the moon",
        "A change from any other heading, except from things of a value above 3 EUR",
        "The materials exceed everything",
    ],
)
def test_it_never_reads_half_a_rule(text: str) -> None:
    with pytest.raises(RuleError):
        read_rule(text)


_PIECES = st.sampled_from(
    [
        "Manufacture", "from", "materials of any heading", "except that of the product", "However,", "may be used",
        "A change", "to", "any other heading", "provided that", "the value of", "all the materials", "used",
        "does not exceed", "40%", "of the ex-works price", "- ", "a)", "or", "and", "in which:", ". ", ", ", ":",
        "heading 0409", "through 0410", "[chapter 4](/chapters/04)", "**30%**", "wholly obtained", "is", "their value",
        "See note 5", "sugar", "weaving", "(", ")", "regional value content of not less than",
        "under the build-up method",
        "No change in tariff classification required for", "a good of", "change(", "[", "]", "all(", "\u00a0", "*and*",
    ]
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=25).map(" ".join)))
def test_it_says_of_any_text_a_rule_or_an_error_with_its_place(text: str) -> None:
    try:
        rule = read_rule(text)
    except RuleError as error:
        assert 0 <= error.position <= len(text)
    else:
        assert read_rule(printed_rule(rule)) == rule

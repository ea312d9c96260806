# SPDX-License-Identifier: Apache-2.0
"""The marks by which a rule's text is taken apart: notes, exceptions, indents, alternatives and provisos."""

from __future__ import annotations

import re

NOTE = re.compile(
    r"[.,;]?\s*(?P<note>(?:\((?:See|For special conditions)\b[^()]*\)\s*)+"
    r"|(?<!\()(?:See (?:also |the )*(?:introductory note|appendix|annex|note)|"
    r"For (?:the )?(?:special )?(?:conditions|purposes?|definition)|Note:|Refer to)\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
#: What a note does not hold: more of the rule.
NO_NOTE = re.compile(r"%|\b(?:However|Or|provided|exceeds?|Manufacture|Production)\b")
HOWEVER = re.compile(
    r"(?:[.,;]\s*|\s+)(?=[Hh]owever\b)|[.,;]?\s+(?=(?:Non-originating jute|Jute) fabric may be used)|\.\s+(?=(?:The "
    r")?[Mm]aterials of this description may also)"
)
SENTENCE = re.compile(r"(?<!spp)(?<!\bNo)(?<!e\.g)(?<!i\.e)\.\s+(?=[A-Z][a-z])")
BULLET = re.compile(
    r"(?:[,;.]?\s*\b(?P<join>and\s*/\s*or|and|or)\b)?[,;.:]?(?:^|(?<=\s)|\s)-\s+(?:-\s+)?(?:\(?[a-h]\)\s+)?"
)
LETTER = re.compile(r"(?:[,;.]?\s*\b(?P<join>and|or)\b)?[,;.:]?\s+\(?[a-h]\)\s+")
OR_LINE = re.compile(r"\s*\|\|\s*")
ALTERNATIVE = re.compile(
    r"[,;.]?\s+(?:or|/)\s+(?=(?:Manufacture|Production|Other operations|[A-Z][a-z]+ing\b|Yarn dyeing|Fabric formation|"
    r"Fusion|A change|"
    r"No change|CTH\b|CC\b|CTSH\b|RVC|QVC|MaxNOM|WO\b|your goods))"
)
MANUFACTURE = re.compile(
    r"(?:Manufactur(?:e|ing)|Production|Other operations(?: than those referred to (?:in column(?: "
    r"3)?|above))?)\b:?\s*",
    re.IGNORECASE,
)
IN_WHICH = re.compile(r"(?:,\s*)?(?:in which|where)\b:?,?\s*(?:where\s+)?", re.IGNORECASE)
IN_WHICH_LAST = re.compile(r",?\s*(?:and\s+)?(?:in which|where)\s*:?\s*$", re.IGNORECASE)
EXCEPT_LAST = re.compile(
    r"(?:manufacture |production )?:?\s*(?P<head>(?:from )?materials of any (?:heading|subheading)(?:,? except "
    r"that of the product)?),? (?:and )?"
    r"(?:except|except for|except that of):",
    re.IGNORECASE,
)
PROVIDED = re.compile(
    r",?\s*(?:and\s+)?(?:provided(?: that)?|on condition that|where(?= the (?:total )?value))\b:?\s*", re.IGNORECASE
)
INLINE = re.compile(
    r"(?<=product)\s+(?=the value of all)"
    r"|\s+(?=in which (?:the (?:total |net |individual |combined )*(?:value|weight)|all the))|"
    r",?\s+and:?\s+(?=(?:in "
    r"which|where|within the above limit|from materials|a maximum of|your goods|(?:that )?the (?:total |net |"
    r"individual |combined )?(?:value|weight) of|all the|a QVC|a RVC|"
    r"(?:RVC|QVC|MaxNOM) ?\(?\d|(?:CC|CTH|CTSH)\b|an RVC|a regional))"
    r"|(?<!above limit)(?<!where),\s+(?=(?:in which|where,? within|within the above limit|the (?:total |net "
    r"|individual |combined )*(?:value|weight) of|all the "
    r"(?!.*\b(?:except|heading)\b)))",
    re.IGNORECASE,
)
INLINE_OR = re.compile(
    r",?\s+or:?\s+(?=(?:in which|from materials of any|a maximum of|your goods|the value of))", re.IGNORECASE
)
FOR_GOODS = re.compile(
    r"(?P<lead>a change) to (?P<other>any other |a |an |any |the )?(?P<goods>.+?),? from (?P<from>.+)",
    re.IGNORECASE | re.DOTALL,
)
NO_CHANGE = re.compile(
    r"no (?:required )?change in tariff classification (?:is )?required"
    r"(?: for (?:any other |a |an |the )?(?P<goods>.+?))?(?:,? provided(?: that)?:? (?P<rest>.+))?",
    re.IGNORECASE | re.DOTALL,
)
GOOD_OF = re.compile(r"^(?:other )?(?:goods?|products?) (?:of|classified in)\s+", re.IGNORECASE)
WHETHER = re.compile(
    r"(?:a change )?from (?P<goods>.+?),? whether or not there is also a change from any other "
    r"(?P<level>chapter|heading|subheading)",
    re.IGNORECASE | re.DOTALL,
)
ANY_OTHER = re.compile(r"any other (?:chapter|heading|subheading)\b", re.IGNORECASE)
MAY_BE_USED = re.compile(
    r"(?:However,?\s+)?(?P<goods>.+?) (?:may|can)(?: also)? be (?:used|incorporated)(?P<as> as (?:a )?backing)?(?: "
    r"in(?:to)? the set)?(?:(?:,? provided(?: that)?|,? if) (?P<limit>.+))?",
    re.I | re.S,
)
HOWEVER_WORD = re.compile(r"However,?:?\s*", re.IGNORECASE)
NOT_LESS = re.compile(r"(?:of )?(?:not less than|at least):?$", re.IGNORECASE)
#: What sends the reader elsewhere: to another rule of the list, to a standard, to an appendix.
ELSEWHERE = re.compile(
    r"(?:^|\band )(?:standard (?:QVC|RVC)|process rule)\b|\bin accordance with (?:appendix|annex|article)|"
    r"\borigin of the product in its original classification\b|\breferred to in (?:appendix|annex)\b",
    re.IGNORECASE,
)
SET = re.compile(r"\b(?:each|every) item in the set\b|\bsets?\b.{0,40}\brule which would apply\b", re.IGNORECASE)
DEPTH_MAX = 12

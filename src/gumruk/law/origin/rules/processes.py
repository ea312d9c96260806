# SPDX-License-Identifier: Apache-2.0
"""Processes that a rule names: whether one was carried out is a fact that the maker states, in the rule's words."""

from __future__ import annotations

import re

from gumruk.law.origin.rules.tree import Process

#: What processes are called that do not end in -ing or -ation.
_NOUNS = (
    r"fabric formation|hand[- ]decoration|"
    r"extrusion|fusion|chemical reaction|blends?|change in particle size|distillation|recovery|"
    r"separation|production of standards? materials|assembly|removal|treatment|diffusion|specific process(?:\(es\)|es)?"
)
#: Words on -ing that name no work.
_NO_WORK = r"(?:(?:sub-?)?headings?|nothing|something|anything|everything|thing|containing|string|ring|king)\b"
_PROCESS = re.compile(
    r"(?:the (?:good|product) (?:is|undergoes|has undergone|must|shall|results?)\b.+"
    r"|(?:by |a |an |the |one or more )?(?:[a-z][a-z-]*(?:,| or| and)? ){0,4}"
    rf"(?:(?!{_NO_WORK})[a-z-]+ing|[a-z]+ations?|operations? of [a-z]+ing|{_NOUNS})\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_NOT_A_PROCESS = re.compile(
    r"^(?:(?:from|all|each|any|no|to|of|in|at|materials?|where|when|if|other|process|standard)\b|"
    r"(?:manufacturing|being|according|including|excluding|during|having|provided|nothing|following)\b)",
    re.IGNORECASE,
)
#: What would be a condition of its own inside the words: such words are not a process alone.
_A_CONDITION = re.compile(
    r"%|per cent|\bexceeds?\b|\bprovided\b|\bhowever\b|\bvalue of\b|\bwholly obtained\b|(?<!of )\bnon-originating\b|"
    r"(?<!non-)\boriginating\b|\bweight of\b|\bin which\b|\bin tariff classification\b|\bregional value\b|"
    r"\bother than that of the\b|[:;]|\s-\s|\bany (?:other )?heading\b|\b(?:article|annex|appendix|note)\b",
    re.IGNORECASE,
)
#: Where a second sentence or half a code hides in the words.
_RUN_ON = re.compile(
    r"[.]\s+\S|(?<=\s)(?!Part(?:y|ies)\b|United\b|Kingdom\b|Agreement\b)[A-Z][a-z]{2,}|"
    r"\bheadings? (?!\d{4}|\d\d\.\d\d)\d"
)


def process_of(words: str) -> Process | None:
    """The process that words name; None where they are no process, or hold another condition."""
    plain = " ".join(words.split()).strip(" .,;")
    if _RUN_ON.search(plain) or plain.count("(") != plain.count(")"):
        return None
    if not _PROCESS.fullmatch(plain) or _NOT_A_PROCESS.search(plain) or _A_CONDITION.search(plain):
        return None
    return Process(plain[0].lower() + plain[1:])

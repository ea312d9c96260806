# SPDX-License-Identifier: Apache-2.0
"""Processes that a rule names: whether one was carried out is a fact that the maker states, in the rule's words."""

from __future__ import annotations

import re

from gumruk.law.origin.rules.tree import Process

#: What processes are called that do not end in -ing.
_NOUNS = (
    r"fabric formation|extrusion|hand[- ]decoration|operations of refining|chemical "
    r"reaction|purification|mixtures? and blends?|"
    r"change in particle size|standards? materials|isomer separation|biotechnological "
    r"processing|fermentation|refining|"
    r"distillation|recovery|separation|production of standards "
    r"materials|destruction|assembly|removal|treatment|specific process(?:\(es\)|es)?|crushing|diffusion"
)
_PROCESS = re.compile(
    rf"(?:the (?:good|product) (?:is|undergoes|has undergone|must|shall|results?)\b.+|(?:by |a |an |the |one or "
    rf"more )?"
    rf"(?:[a-z][a-z-]*(?:,| or| and)? ){{0,4}}(?:[a-z-]+ing|[a-z]+ation|[a-z]+yation|{_NOUNS})\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_NOT_A_PROCESS = re.compile(
    r"^(?:(?:from|all|each|any|no|to|of|in|at|materials?|where|when|if|other|process|standard)\b|manufacturing|being|according|including|excluding|during|having|provided|nothing|following)\b",
    re.IGNORECASE,
)
#: What would be a condition of its own inside the words: such words are not a process alone.
_A_CONDITION = re.compile(
    r"%|per cent|\bexceeds?\b|\bprovided\b|\bhowever\b|\bvalue of\b|\bwholly obtained\b|(?<!of "
    r")\bnon-originating\b|(?<!non-)\boriginating\b|"
    r"\bweight of\b|\bin which\b|\bin tariff classification\b|\bregional value\b|\bother than that of "
    r"the\b|[:;]|\s-\s|"
    r"\bany (?:other )?heading\b|\b(?:article|annex|appendix|note)\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.]\s+\S")


def process_of(words: str) -> Process | None:
    """The process that words name; None where they are no process, or hold another condition."""
    plain = " ".join(words.split()).strip(" .,;")
    if (
        not _PROCESS.fullmatch(plain)
        or _NOT_A_PROCESS.search(plain)
        or _A_CONDITION.search(plain)
        or _STOP.search(plain)
    ):
        return None
    return Process(plain[0].lower() + plain[1:])

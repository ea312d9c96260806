# SPDX-License-Identifier: Apache-2.0
"""Rules of origin as the United Kingdom's trade tariff publishes them: one JSON file a scheme, plain or gzipped.

`rule_sets[]{heading, subdivision, min, max (ten digits), valid, rules[]{rule, operator}}`; the rules of a set are
alternatives (`operator` "or", or none).
"""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass
from typing import Any

SIZE_MAX = 64_000_000


class RuleSetError(Exception):
    """A file that holds no sets of rules: `reason` in the words of the trouble."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The alternatives for the goods of a span of codes; `subdivision` describes which of them."""

    heading: str
    subdivision: str
    first: str
    last: str
    texts: tuple[str, ...]


def read_rule_sets(content: bytes) -> tuple[RuleSet, ...]:
    """All valid sets of a file. Raises RuleSetError."""
    try:
        if content[:2] == b"\x1f\x8b":
            opened = zlib.decompressobj(wbits=31)
            content = opened.decompress(content, SIZE_MAX)
            if opened.unconsumed_tail:
                raise RuleSetError(f"more than {SIZE_MAX} bytes")
        document = json.loads(content.decode("utf-8"))
    except (gzip.BadGzipFile, zlib.error, ValueError, RecursionError) as error:
        raise RuleSetError(str(error)[:200]) from None
    listed = document.get("rule_sets") if isinstance(document, dict) else document
    if not isinstance(listed, list):
        raise RuleSetError("rule_sets")
    sets = tuple(one for row in listed if (one := _set(row)) is not None)
    if not sets:
        raise RuleSetError("rule_sets")
    return sets


def _set(row: Any) -> RuleSet | None:
    if not isinstance(row, dict) or row.get("valid") is False or not isinstance(row.get("rules"), list):
        return None
    texts = tuple(str(rule["rule"]) for rule in row["rules"] if isinstance(rule, dict) and rule.get("rule"))
    first, last = str(row.get("min") or ""), str(row.get("max") or "")
    if not (first.isdigit() and last.isdigit() and texts):
        return None
    return RuleSet(str(row.get("heading") or ""), str(row.get("subdivision") or ""), first, last, texts)


def sets_for(sets: tuple[RuleSet, ...], code: str) -> tuple[RuleSet, ...]:
    """The sets whose span holds the code; a code shorter than ten digits is filled with zeros."""
    filled = code.ljust(10, "0")[:10]
    return tuple(one for one in sets if one.first.ljust(10, "0") <= filled <= one.last.ljust(10, "9"))

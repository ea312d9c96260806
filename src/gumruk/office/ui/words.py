# SPDX-License-Identifier: Apache-2.0
"""Findings and paths in words: where the law's codes become sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from gumruk import texts
from gumruk.law.declarations.rules.paths import parts_of

#: Parts of a path that only hold others: people do not name them.
_UNSAID = ("goods_shipment", "commodity", "goods_measure", "consignment")
_ITEM = re.compile(r"^(?:goods_shipment\.)?items\[(\d+)\]\.?")


def finding_words(language: str, found: Any) -> str:
    """The sentence of a finding, by its code: `finding.<code>.text`, or `finding.<code>` where it has no mend."""
    key = f"finding.{found.code}"
    if texts.find(language, f"{key}.text") is not None:
        key = f"{key}.text"
    return texts.say(language, key, **found.params)


def finding_mend(language: str, found: Any) -> str:
    """How to mend what was found (`finding.<code>.mend`); empty where its text has none."""
    key = f"finding.{found.code}.mend"
    return texts.say(language, key, **found.params) if texts.find(language, key) is not None else ""


def path_words(language: str, path: str) -> str:
    """A place in a declaration in words: `items[2].origin` is "Goods item 3, origin".

    A path counts items from 0, people count from 1. A field has a label of its own (`field.<path>`), or is named by the
    labels of its parts on the page that declarations are filled in on, or by its code, with spaces.
    """
    match = _ITEM.match(path)
    parts = [texts.say(language, "ui.goods_item", n=int(match.group(1)) + 1)] if match else []
    rest = path[match.end() :] if match else path
    if rest:
        label = texts.find(language, f"field.{rest}")
        parts.extend(_part_words(language, f"items.{rest}" if match else rest) if label is None else [label])
    return ", ".join(parts)


def _part_words(language: str, path: str) -> Iterator[str]:
    for of, name, number in parts_of(path):
        if name in _UNSAID:
            continue
        label = texts.find(language, f"form.{of}.{name}")
        words = name.replace(".", ", ").replace("_", " ") if label is None else _inside(label)
        yield words if number is None else f"{words} {number + 1}"


def _inside(label: str) -> str:
    """A label within a line: its first letter is small, unless it begins with an abbreviation."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]

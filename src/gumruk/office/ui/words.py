# SPDX-License-Identifier: Apache-2.0
"""Findings and paths in words: where the law's codes become sentences."""

from __future__ import annotations

import re
from typing import Any

from gumruk import texts

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

    A path counts items from 0, people count from 1. A field without a label of its own (`field.<name>`) is named by
    its code, with spaces.
    """
    match = _ITEM.match(path)
    parts = [texts.say(language, "ui.goods_item", n=int(match.group(1)) + 1)] if match else []
    rest = path[match.end() :] if match else path
    if rest:
        label = texts.find(language, f"field.{rest}")
        parts.append(label if label is not None else rest.replace(".", ", ").replace("_", " "))
    return ", ".join(parts)

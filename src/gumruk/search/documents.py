# SPDX-License-Identifier: Apache-2.0
"""What an index is made of: short texts, each said of one code."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

#: What kinds of text there are, and how much a word of each counts.
WEIGHTS = {"label": 1.0, "word": 1.0, "law": 0.6, "example": 1.0, "brand": 0.8}


class Document(NamedTuple):
    """A text that says what a code (2, 4 or 6 digits) holds. `kind` is a key of `WEIGHTS`, `language` a tag (`tg`)."""

    code: str
    language: str
    kind: str
    text: str


def digest_of(documents: Iterable[Document], salt: str) -> str:
    """The digest of all documents in their order: an index of another digest is stale."""
    made = hashlib.sha256(salt.encode())
    for document in documents:
        made.update("\x1f".join(document).encode())
        made.update(b"\x1e")
    return made.hexdigest()

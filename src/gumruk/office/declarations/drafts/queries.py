# SPDX-License-Identifier: Apache-2.0
"""Reading drafts: the database shows each trader his own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gumruk.law.kernel import Finding, Severity
from gumruk.office.declarations.drafts.models import Draft, DraftItem, Kept
from gumruk.office.declarations.drafts.typed import Tree, seen


def drafts_open() -> QuerySet[Draft]:
    """Drafts that were not registered yet, the last changed first."""
    return Draft.objects.filter(lodged_at=None).defer("built", "faults").order_by("-changed_at")


def drafts_lodged() -> QuerySet[Draft]:
    """Drafts that became a file, the last changed first."""
    return Draft.objects.exclude(lodged_at=None).defer("built", "faults").order_by("-changed_at")


def draft_by_id(identifier: UUID) -> Draft | None:
    """A draft by its id, where the actor may see it."""
    return Draft.objects.filter(id=identifier).first()


def draft_of_file(file: UUID) -> Draft | None:
    """The open draft that mends this file: the one it was lodged from, or one that was made of it; else None."""
    return drafts_open().filter(file=file).first() or drafts_open().filter(origin=file, made="mend").first()


def items_of(draft: Draft) -> QuerySet[DraftItem]:
    """The goods items of a draft in their order."""
    return DraftItem.objects.filter(draft=draft.id, removed_at=None).order_by("place", "id")


def item_by_id(draft: Draft, identifier: UUID) -> DraftItem | None:
    """One goods item of a draft, removed or not."""
    return DraftItem.objects.filter(draft=draft.id, id=identifier).first()


def items_built(draft: Draft) -> list[tuple[UUID, bytes, bytes]]:
    """What each item makes of the model and what cannot be read in it, in their order."""
    rows = items_of(draft).values_list("id", "built", "faults")
    return [(identifier, bytes(built), bytes(faults)) for identifier, built, faults in rows]


def tree_of(content: bytes | memoryview) -> Tree:
    """A stored tree of typed texts."""
    tree: Tree = json.loads(bytes(content))
    return tree


def content_of(tree: Any) -> bytes:
    """A tree, a text or a row as it is stored. Every character that JSON can name is kept, even half a surrogate."""
    return json.dumps(tree, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class KeptText:
    """What was kept beside a draft: a text, or a row with its texts."""

    kept: Kept
    content: Any

    @property
    def texts(self) -> Sequence[str]:
        """The texts in it."""
        return list(_texts(self.content))


def _texts(content: Any) -> list[str]:
    if isinstance(content, dict):
        return [text for name, value in content.items() if name != "#" for text in _texts(value)]
    if isinstance(content, list):
        return [text for value in content for text in _texts(value)]
    return [seen(str(content))]


def kept_of(draft: Draft) -> list[KeptText]:
    """What was kept beside a draft, the newest first."""
    return [
        KeptText(kept, json.loads(bytes(kept.content))) for kept in Kept.objects.filter(draft=draft.id).order_by("-id")
    ]


def kept_by_id(draft: Draft, identifier: UUID) -> Kept | None:
    """One thing that was kept beside a draft."""
    return Kept.objects.filter(draft=draft.id, id=identifier).first()


def faults_of(content: bytes | memoryview, prefix: str = "") -> list[Finding]:
    """Stored faults as findings, their paths below a prefix."""
    return [
        Finding(code, f"{prefix}.{path}" if prefix and path else path or prefix, params, severity=Severity(severity))
        for code, path, params, severity in json.loads(bytes(content))
    ]


def faults_content(findings: Sequence[Finding]) -> bytes:
    """Faults as they are stored."""
    return content_of([[one.code, one.path, dict(one.params), one.severity.value] for one in findings])

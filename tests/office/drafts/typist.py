# SPDX-License-Identifier: Apache-2.0
"""A draft as a test opens it, types into it and looks at what was kept."""

from __future__ import annotations

import json
from typing import Any

from tests.office.declarations.stage import TUESDAY, Stage, message

from gumruk import wire
from gumruk.office.declarations.drafts import services
from gumruk.office.declarations.drafts.models import Draft, DraftItem
from gumruk.office.declarations.drafts.queries import draft_by_id, items_of, kept_of, tree_of
from gumruk.office.declarations.drafts.typed import ITEM, text_at
from gumruk.wire.json.shape import ROOT


def opened(stage: Stage, content: bytes | None = None, by: str = "alpha") -> Draft:
    """A draft of the household goods, or of another message."""
    stage.set_clock(TUESDAY)
    with stage.acting(by) as actor:
        declaration = wire.read(content or message()).declaration
        return services.draft_from(declaration=declaration, made="file", origin=None, by=actor, at=TUESDAY)


def goods(stage: Stage, draft: Draft) -> list[DraftItem]:
    with stage.acting("alpha"):
        return list(items_of(draft))


def change(path: str, text: str, *bases: str, part: Any = "") -> dict[str, Any]:
    return {"part": str(part), "path": path, "text": text, "bases": list(bases) or [""]}


def save(stage: Stage, draft: Draft, *changes: dict[str, Any], by: str = "alpha", item: Any = None) -> Any:
    content = json.dumps({"changes": changes, "open": str(item) if item else None})
    return stage.client(by).post(f"/drafts/{draft.id}/save/", content, content_type="application/json")


def head_text(stage: Stage, draft: Draft, path: str) -> str:
    with stage.acting("alpha"):
        found = draft_by_id(draft.id)
        assert found is not None
        return text_at(tree_of(found.head), path, ROOT)


def item_text(stage: Stage, row: DraftItem, path: str) -> str:
    with stage.acting("alpha"):
        return text_at(tree_of(DraftItem.objects.get(id=row.id).typed), path, ITEM)


def kept(stage: Stage, draft: Draft) -> list[list[str]]:
    with stage.acting("alpha"):
        return [list(one.texts) for one in kept_of(draft)]

# SPDX-License-Identifier: Apache-2.0
"""All that the pages and answers of a draft need, in one language."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from gumruk import texts
from gumruk.office.accounts.permissions import Actor
from gumruk.office.declarations.drafts import notes
from gumruk.office.declarations.drafts.building import build_head, build_item
from gumruk.office.declarations.drafts.checking import Checked, draft_check
from gumruk.office.declarations.drafts.form import Form, Node
from gumruk.office.declarations.drafts.models import Draft, DraftItem
from gumruk.office.declarations.drafts.queries import (
    KeptText,
    draft_by_id,
    item_by_id,
    items_of,
    kept_of,
    tree_of,
)
from gumruk.office.declarations.drafts.typed import ITEM, Tree
from gumruk.office.declarations.drafts.value_answers import EarlierAnswers, earlier_answers
from gumruk.office.lawbook.labels import country_name, label
from gumruk.office.ui.words import path_words
from gumruk.texts import formats
from gumruk.wire.json.shape import ROOT

PAGE_LENGTH = 50


def draft_or_404(identifier: UUID) -> Draft:
    """The draft, where it is the person's own; to everybody else it does not exist."""
    found = draft_by_id(identifier)
    if found is None:
        raise Http404
    return found


def item_or_404(draft: Draft, identifier: UUID) -> DraftItem:
    """A goods item of the draft."""
    found = item_by_id(draft, identifier)
    if found is None:
        raise Http404
    return found


def clock_words(at: datetime) -> str:
    """The time of day where the country is: 10:42."""
    return f"{at.astimezone(ZoneInfo(settings.GUMRUK_TIME_ZONE)):%H:%M}"


NEW = "new"
"""How a draft is made that begins empty."""


class Panel:
    """What stands beside the fields: findings, charges so far, what was kept.

    Of a draft in which nothing was typed yet it says how much is required, not what is wrong.
    """

    def __init__(self, draft: Draft, language: str, by: Actor, at: datetime, *, asked: bool = True) -> None:
        """`asked`: what is wrong is told whatever was typed; else not before something was."""
        self.draft, self.language, self.at = draft, language, at
        checked = draft_check(draft, by, at)
        self.errors, self.warnings = checked.errors, checked.warnings
        self.quiet = not asked and draft.made == NEW and draft.changed_at == draft.created_at
        self.checked: Checked = replace(checked, found=[]) if self.quiet else checked
        self.address = reverse("drafts:page", args=[draft.id])
        self.head = tree_of(draft.head)
        self.groups = notes.groups_of(language, self.checked, self.address)
        self.answers = notes.answers_of(self.head, self.groups)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """One line a rule and grade, with the field for a reason where a warning can be answered."""
        rows = []
        for group in self.groups:
            path, reason = self.answers.get(group.code, ("", ""))
            open_ = not all(place.found.answer for place in group.places)
            rows.append(
                {"group": group, "path": path if group.severity == "warning" else "", "reason": reason, "asks": open_}
            )
        return rows

    @property
    def earlier(self) -> EarlierAnswers | None:
        """What was answered on value for an earlier declaration between the same parties, until it is answered here."""
        return None if self.draft.lodged_at else earlier_answers(self.draft)

    @property
    def charges(self) -> list[tuple[str, Any]]:
        """Each charge by its name."""
        return [(label("charges", row.name, self.language), row.payable) for row in self.checked.charges]

    @property
    def kept(self) -> list[dict[str, Any]]:
        """What was kept beside, with its place in words."""
        numbers = {identifier: place for place, identifier in enumerate(self.checked.items, start=1)}
        return [{"row": row, "place": self._place(row, numbers)} for row in kept_of(self.draft)]

    def _place(self, row: KeptText, numbers: dict[UUID, int]) -> str:
        plain = ".".join(part.partition("[")[0] for part in row.kept.path.removesuffix(".text").split("."))
        if row.kept.part is None:
            return path_words(self.language, plain)
        number = numbers.get(row.kept.part)
        if number is not None:
            return path_words(self.language, f"items[{number - 1}].{plain}")
        return texts.say(self.language, "drafts.items.gone")

    def counts_store(self) -> None:
        """Note how many errors and warnings there are, for the list of drafts."""
        held = (self.draft.errors, self.draft.warnings)
        if held != (self.errors, self.warnings):
            self.draft.errors, self.draft.warnings = self.errors, self.warnings
            Draft.objects.filter(id=self.draft.id).update(errors=self.draft.errors, warnings=self.draft.warnings)

    def html(self, request: HttpRequest) -> dict[str, str]:
        """The parts that change with each save, as HTML."""
        context = {"panel": self, "draft": self.draft, "language": self.language}
        return {
            name: render_to_string(f"drafts/parts/{name}.html", context, request)
            for name in ("findings", "charges", "kept", "summary")
        }


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One line of the list of goods."""

    item: DraftItem
    number: int
    code: str
    description: str
    origin: str
    price: str
    errors: int
    warnings: int


def item_lines(draft: Draft, checked: Checked, language: str, page: int) -> Sequence[ItemLine]:
    """One page of the goods of a draft, as they are read."""
    counts = notes.counts_by_item(checked)
    first = (page - 1) * PAGE_LENGTH
    lines = []
    for number, item in enumerate(items_of(draft)[first : first + PAGE_LENGTH], start=first + 1):
        typed: Tree = tree_of(item.built)
        commodity = typed.get("commodity", {})
        price = commodity.get("item_charge_amount", {})
        origin = (typed.get("origins") or [{}])[0].get("country_code", "")
        lines.append(
            ItemLine(
                item, number, "".join(one.get("id", "") for one in commodity.get("classifications", ())[:1]),
                commodity.get("description", ""), country_name(origin, language) if origin else "",
                _price(language, price), *counts.get(item.id, (0, 0)),
            )
        )  # fmt: skip
    return lines


def _price(language: str, price: dict[str, str]) -> str:
    """A price as the language writes it; empty where none was understood."""
    return formats.money(language, Decimal(price["value"]), price.get("currency", "")) if price else ""


def list_context(draft: Draft, checked: Checked, language: str, page: int, opened: UUID | None) -> dict[str, Any]:
    """What the list of goods needs."""
    pages = max(1, -(-len(checked.items) // PAGE_LENGTH))
    page = min(max(page, 1), pages)
    return {
        "lines": item_lines(draft, checked, language, page), "page_number": page, "pages": range(1, pages + 1),
        "item_count": len(checked.items), "opened": opened, "draft": draft,
    }  # fmt: skip


def head_context(draft: Draft, panel: Panel, language: str, extra: str = "", opened: str = "") -> dict[str, Any]:
    """The fields of the head with what is said at them."""
    built = build_head(panel.head)
    return {
        "sections": Form(panel.head, ROOT, language, extra, opened).sections(),
        "notes": notes.head_notes(language, panel.head, built, panel.checked),
    }


def item_context(item: DraftItem, panel: Panel, language: str, extra: str = "", opened: str = "") -> dict[str, Any]:
    """The fields of an item with what is said at them."""
    tree = tree_of(item.typed)
    items = panel.checked.items
    return {
        "item": item,
        "number": items.index(item.id) + 1 if item.id in items else 0,
        "item_sections": Form(tree, ITEM, language, extra, opened).sections(),
        "item_notes": notes.item_notes(language, tree, build_item(tree), panel.checked, item.id),
        "item_count": len(items),
    }


def bases_of(context: dict[str, Any]) -> str:
    """The texts that the page shows, by the names of their fields: what each typed text replaces, for a whole form."""
    nodes = [
        node for name in ("sections", "item_sections") for section in context.get(name, ()) for node in _all(section)
    ]
    return json.dumps({f"{node.id[:1]}:{node.path}": node.text for node in nodes if node.text})


def _all(held: Any) -> Iterator[Node]:
    for node in (*held.common, *held.more):
        yield node
        if node.unit is not None:
            yield node.unit
        yield from _all(node)

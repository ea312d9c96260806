# SPDX-License-Identifier: Apache-2.0
"""What is said beside the fields and on top of them: what was read, what is wrong, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from gumruk import texts
from gumruk.law.declarations import RULES
from gumruk.law.declarations.parts import Moment
from gumruk.law.declarations.rules.answers import WITHOUT_RULE
from gumruk.law.kernel import Severity
from gumruk.office.declarations.drafts.building import Built
from gumruk.office.declarations.drafts.checking import Checked, Found, found_in
from gumruk.office.declarations.drafts.choices import choice_label
from gumruk.office.declarations.drafts.layout import field_of
from gumruk.office.declarations.drafts.typed import ANSWER, ITEM, Tree, is_missing, node_at, place_typed, text_at
from gumruk.office.declarations.words import finding_shown
from gumruk.office.ui.findings import FindingGroup, FoundPlace
from gumruk.office.ui.words import finding_mend, finding_words, path_words
from gumruk.texts import formats
from gumruk.wire.json.shape import ROOT, Shape, Value

NOTHING = "-"
"""What findings put in place of a value that was not given."""
_HEAD_OF_ITEMS = frozenset({"items", "goods_item_quantity"})


def mark_of(shape: Shape) -> str:
    """The letter that the ids of a part's fields begin with."""
    return "i" if shape is ITEM else "h"


def notes_of(language: str, tree: Tree, built: Built, shape: Shape, found: Mapping[str, list[Found]]) -> dict[str, str]:
    """What is said at each place of the head or of an item, by the id of the place, as HTML."""
    said: dict[str, dict[str, Any]] = {}
    for path, value in built.read.items():
        place = path.removesuffix(".value").removesuffix(".text")
        said.setdefault(place, {"read": "", "findings": []})["read"] = read_words(language, path, value, shape)
    for path, members in found.items():
        place = place_typed(tree, path)
        row = said.setdefault(place, {"read": "", "findings": []})
        row["findings"] += [_in_words(language, one) for one in members]
    mark = mark_of(shape)
    return {
        f"{mark}-at-{place}": render_to_string(
            "drafts/parts/note.html",
            {"language": language, "missing": is_missing(node_at(tree, place)), **row},
        )
        for place, row in said.items()
    }


def _in_words(language: str, one: Found) -> dict[str, str]:
    shown = finding_shown(language, one.finding)
    return {
        "severity": one.finding.severity.value,
        "words": finding_words(language, shown),
        "mend": finding_mend(language, shown),
        "answer": one.finding.answer or "",
        "code": one.finding.code,
    }


def read_words(language: str, path: str, value: str, shape: Shape) -> str:
    """What was understood, as the language writes it: a number in groups, a day with its month, a code by its name."""
    name, of = "", shape
    key = None
    for part in path.split("."):
        name, _, _ = part.partition("[")
        if key is not None:
            of = key.shape
        key = of.by_name.get(name)
        if key is None:
            return value
    if key is not None and key.value is Value.DECIMAL:
        return formats.number(language, Decimal(value))
    if of.of is Moment and len(value) == 8 and value.isdigit():
        return formats.day(language, date(int(value[:4]), int(value[4:6]), int(value[6:])))
    row = field_of(of.of, name)
    label = choice_label(row.choices, value, language) if row.choices else ""
    return f"{value}, {label}" if label else value


def groups_of(language: str, checked: Checked, address: str) -> list[FindingGroup]:
    """All findings of a draft, those of one rule and grade as one, each place with the way to it."""
    groups: dict[tuple[str, str], list[Found]] = {}
    for one in checked.found:
        groups.setdefault((one.finding.code, one.finding.severity.value), []).append(one)
    return [
        FindingGroup(
            code,
            severity,
            members[0].finding.act or "",
            tuple(_place(language, one, checked, address) for one in members),
        )
        for (code, severity), members in groups.items()
    ]


def _place(language: str, one: Found, checked: Checked, address: str) -> FoundPlace:
    shown = finding_shown(language, one.finding)
    if one.item is None:
        to = f"{address}#{'items' if one.path in _HEAD_OF_ITEMS else f'h-at-{one.path}'}"
    else:
        to = f"{address}?item={checked.items[one.item]}#i-at-{one.path}"
    place = path_words(language, one.finding.path)
    words, mend = finding_words(language, shown), finding_mend(language, shown)
    if mend and NOTHING in shown.params.values():  # of what is missing, how to give it says all
        words, mend = mend, ""
    return FoundPlace(one.finding, place, words, mend, to)


def answers_of(head: Tree, groups: Sequence[FindingGroup]) -> dict[str, tuple[str, str]]:
    """For each warning that can be answered: the path of its reason in the head, and the reason as typed."""
    found = {}
    for group in groups:
        if group.severity == Severity.WARNING.value and (group.code in RULES or group.code in WITHOUT_RULE):
            path = f"additional_informations[{ANSWER}{group.code}].statement_description"
            found[group.code] = (path, text_at(head, path, ROOT))
    return found


def counts_by_item(checked: Checked) -> dict[UUID, tuple[int, int]]:
    """How many errors and open warnings stand on each item."""
    counts: dict[UUID, tuple[int, int]] = {}
    for one in checked.found:
        if one.item is not None and one.item < len(checked.items):
            errors, warnings = counts.get(checked.items[one.item], (0, 0))
            counts[checked.items[one.item]] = (errors + one.is_error, warnings + one.finding.asks)
    return counts


def head_notes(language: str, tree: Tree, built: Built, checked: Checked) -> dict[str, str]:
    """What is said at the places of the head, and what the items add up to where the head may state a total."""
    said = notes_of(language, tree, built, ROOT, found_in(checked.found, None))
    for place, total in totals_of(checked).items():
        words = texts.say(language, "form.total_of_items", total=formats.number(language, total))
        before = mark_safe(said.get(f"h-at-{place}", ""))  # noqa: S308 - made by a template, which escapes
        said[f"h-at-{place}"] = format_html('{}<span class="g-read">{}</span>', before, words)
    return said


def totals_of(checked: Checked) -> dict[str, Decimal]:
    """The sums of the items by the places of the head that may state them; none of what an item leaves out."""
    items = checked.reading.items
    packages = [packaging.quantity for item in items for packaging in item.item.packagings]
    wanted = {
        "total_gross_mass": [item.gross_mass_kg for item in items],
        "total_package_quantity": packages,
        "invoice_amount": [item.price.value if item.price else None for item in items],
    }
    one_currency = len({item.price.currency for item in items if item.price}) == 1
    found = {place: [value for value in values if value is not None] for place, values in wanted.items()}
    return {
        place: sum(values, Decimal(0))
        for place, values in found.items()
        if values and len(values) == len(wanted[place]) and (place != "invoice_amount" or one_currency)
    }


def item_notes(language: str, tree: Tree, built: Built, checked: Checked, item: UUID) -> dict[str, str]:
    """What is said at the places of an item."""
    place = checked.items.index(item) if item in checked.items else -1
    return notes_of(language, tree, built, ITEM, found_in(checked.found, place))

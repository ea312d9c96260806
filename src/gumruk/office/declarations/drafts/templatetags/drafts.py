# SPDX-License-Identifier: Apache-2.0
"""Tags of the page of a draft: the entry of a field, and what is said beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from gumruk import texts
from gumruk.law.declarations.model import ValuationAnswer
from gumruk.office.declarations.drafts.form import Node
from gumruk.office.declarations.drafts.models import Draft
from gumruk.office.declarations.drafts.queries import tree_of
from gumruk.office.declarations.drafts.typed import seen
from gumruk.office.ui.templatetags.gumruk import language_of

register = template.Library()

_NUMERIC = frozenset({"number", "pair", "day"})


@register.simple_tag
def said(notes: Mapping[str, str] | None, at: str) -> SafeString:
    """What is said at a place: HTML that was made of escaped parts."""
    return mark_safe((notes or {}).get(at, ""))  # noqa: S308 - rendered by a template, which escapes


@register.simple_tag(takes_context=True)
def answer_words(context: Context, answer: ValuationAnswer) -> str:
    """A question on value and its answer, as a line: "Are buyer and seller related? No"."""
    language = language_of(context)
    asked = texts.find(language, f"form.question.{answer.question_code}") or answer.question_code or ""
    said = texts.find(language, f"form.choice.answers.{answer.answer_code}") or answer.answer_code or ""
    return f"{asked} {said}"


@register.simple_tag(takes_context=True)
def entry(context: Context, node: Node, of: str = "") -> SafeString:
    """The input, choice or text area of a field; `of` names what it is the unit of."""
    name = f"{node.id[:1]}:{node.path}"
    named = format_html(' aria-label="{}: {}"', of, node.label) if of else SafeString("")
    told = SafeString("") if of else format_html(' aria-describedby="{}-notes"', node.id)
    if node.picks:
        return _choice(context, node, name, named + told)
    if node.long:
        rows = 3 if len(node.text) < 400 else 8
        return format_html(
            '<textarea class="form-control" id="{}" name="{}" rows="{}"{}>\n{}</textarea>',
            node.id, name, rows, named + told, node.text,
        )  # fmt: skip
    listed = format_html(' list="list-{}"', node.listed) if node.listed else SafeString("")
    mode = SafeString(' inputmode="decimal"') if node.kind in _NUMERIC else SafeString("")
    return format_html(
        '<input class="form-control" id="{}" name="{}" value="{}" autocomplete="off" spellcheck="false"{}{}{}>',
        node.id, name, node.text, listed, mode, named + told,
    )  # fmt: skip


def _choice(context: Context, node: Node, name: str, attributes: SafeString) -> SafeString:
    nothing = texts.say(language_of(context), "form.no_choice")
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (code, SafeString(" selected") if code == node.text else "", label)
            for code, label in (("", nothing), *node.picks)
        ),
    )
    return format_html(
        '<select class="form-select" id="{}" name="{}"{}>{}</select>', node.id, name, attributes, options
    )


@register.filter
def is_code(node: Node) -> bool:
    """Whether a field holds the commodity code of an item: the search for it stands beside."""
    return node.path.startswith("commodity.classifications[") and node.path.endswith("].id")


@register.simple_tag
def take_values(text: str, code: str, given: Sequence[str]) -> str:
    """What is sent when a code is taken: the text that was asked, the answers, the code."""
    return json.dumps({"text": text, "code": code, "answers": " ".join(given)}, ensure_ascii=False)


@register.filter
def field_named(row: Node, name: str) -> Node:
    """The field of a row by its name."""
    return next(node for node in (*row.common, *row.more) if node.path.endswith(f".{name}"))


@register.simple_tag
def draft_name(draft: Draft) -> str:
    """What a draft is called: the declarant's own reference, as it was typed."""
    return seen(str(tree_of(draft.head).get("functional_reference_id", ""))).strip()[:60] or str(draft)

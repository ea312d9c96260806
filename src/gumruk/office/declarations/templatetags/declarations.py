# SPDX-License-Identifier: Apache-2.0
"""Tags of the pages of declarations: the words and the form of an action."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html

from gumruk import texts
from gumruk.office.declarations.actions import Action
from gumruk.office.declarations.form_papers import DECLARATION
from gumruk.office.declarations.models import File
from gumruk.office.lawbook.labels import installed_pack
from gumruk.office.ui.templatetags.gumruk import language_of
from gumruk.office.ui.words import finding_mend, finding_words
from gumruk.texts import formats

register = template.Library()

BOX_NUMBERS = "box_numbers"
"""The session's key: whether the person sees the numbers of the form's boxes beside the fields."""


@register.simple_tag(takes_context=True)
def action_word(context: Context, name: str, part: str) -> str:
    """A word of an action: `do` on its button, `read` what the other side reads, `seconded` who must second it."""
    return texts.say(language_of(context), f"declarations.action.{name}.{part}")


@register.inclusion_tag("declarations/parts/action_form.html", takes_context=True)
def action_form(
    context: Context, action: Action, form: Any, file: File, after: str = "", dialogue: str = ""
) -> dict[str, Any]:
    """The form of an action, on its own page or in a dialogue on the file's page."""
    key = f"declarations.action.{action.name}"
    request = context["request"]
    own_page = f"{request.path}{action.name}/" if dialogue else request.path
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "language": language_of(context),
        "action": action,
        "form": form,
        "file": file,
        "after": after or action.after(file),
        "address": own_page,
        "dialogue": dialogue,
        "do_key": f"{key}.do",
        "read_key": f"{key}.read",
        "seconded_key": f"{key}.seconded",
    }


@register.simple_tag(takes_context=True)
def done_words(context: Context, done: str) -> str:
    """What was just done, for the note on top of the file."""
    return texts.say(language_of(context), f"declarations.done.{done}")


@register.simple_tag(takes_context=True)
def decision_kind(context: Context, kind: str) -> str:
    """What a decision decides."""
    return texts.say(language_of(context), f"declarations.decision.{kind}")


@register.simple_tag(takes_context=True)
def decided_kind(context: Context, kind: str) -> str:
    """What of an item a decision concerns."""
    return texts.say(language_of(context), f"declarations.kind.{kind}")


@register.simple_tag(takes_context=True)
def decided_value(context: Context, kind: str, value: str) -> str:
    """A value before or after a decision, as the trade writes it."""
    if kind == "code":
        return formats.hs_code(value)
    return formats.number(language_of(context), Decimal(value), 2) if kind == "customs_value" else value


@register.inclusion_tag("declarations/parts/finding_line.html", takes_context=True)
def finding_line(context: Context, found: Any) -> dict[str, str]:
    """A finding as a line of a list: its words and its mend."""
    language = language_of(context)
    return {"words": finding_words(language, found), "mend": finding_mend(language, found)}


@register.simple_tag(takes_context=True)
def box(context: Context, path: str) -> str:
    """The number of the form's box that shows a field, where the person wants to see the numbers."""
    number = _box_number(path) if context["request"].session.get(BOX_NUMBERS) else ""
    if not number:
        return ""
    title = texts.say(language_of(context), "declarations.boxes.box", number=number)
    return format_html('<span class="g-box" title="{}">{}</span> ', title, number)


@cache
def _box_number(path: str) -> str:
    form = installed_pack().forms.get(DECLARATION)
    return form.box_of(path) if form else ""


@register.simple_tag
def item_range(page: int, per_page: int, count: int) -> str:
    """The goods items on one page of a long declaration: "51–100"."""
    return f"{(page - 1) * per_page + 1}–{min(page * per_page, count)}"


@register.simple_tag(takes_context=True)
def state_word(context: Context, code: str) -> str:
    """A state's word without its shape, for filters."""
    return texts.say(language_of(context), f"ui.state.{code}")


@register.simple_tag(takes_context=True)
def paper_kind(context: Context, kind: str) -> str:
    """What a paper is called."""
    return texts.say(language_of(context), f"document.{kind}.title")

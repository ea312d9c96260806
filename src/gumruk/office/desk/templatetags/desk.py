# SPDX-License-Identifier: Apache-2.0
"""Tags of the desk's pages: words for codes that only they show."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from gumruk import texts
from gumruk.office.ui.templatetags.gumruk import language_of
from gumruk.office.ui.words import finding_words

register = template.Library()


@register.simple_tag(takes_context=True)
def step_word(context: Context, step: str) -> str:
    """What a file waits for."""
    return texts.say(language_of(context), f"desk.step.{step}")


@register.simple_tag(takes_context=True)
def account_word(context: Context, kind: str) -> str:
    """What a kind of account is called."""
    return texts.say(language_of(context), f"desk.account.{kind}")


@register.simple_tag(takes_context=True)
def finding_words_of(context: Context, found: Any) -> str:
    """The sentence of a finding alone."""
    return finding_words(language_of(context), found)


@register.inclusion_tag("ui/parts/empty.html", takes_context=True)
def no_list(context: Context, key: str) -> dict[str, str]:
    """An empty list, in templates whose loops have an `empty` of their own."""
    language = language_of(context)
    return {"title": texts.say(language, f"{key}.title"), "how": texts.say(language, f"{key}.how")}

# SPDX-License-Identifier: Apache-2.0
"""Tags of the desk's pages: words for codes that only they show."""

from __future__ import annotations

from django import template
from django.template import Context

from gumruk import texts
from gumruk.office.ui.templatetags.gumruk import language_of

register = template.Library()


@register.simple_tag(takes_context=True)
def step_word(context: Context, step: str) -> str:
    """What a file waits for."""
    return texts.say(language_of(context), f"desk.step.{step}")


@register.simple_tag(takes_context=True)
def account_word(context: Context, kind: str) -> str:
    """What a kind of account is called."""
    return texts.say(language_of(context), f"desk.account.{kind}")

# SPDX-License-Identifier: Apache-2.0
"""The template tags that all pages are made of: texts, numbers, days, codes, marks, findings, fields.

They are built in (settings), so a template needs no `load`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from gumruk import texts
from gumruk.office.ui import shapes
from gumruk.office.ui.findings import Addressed, finding_groups
from gumruk.office.ui.words import finding_mend, finding_words, path_words
from gumruk.texts import formats

register = template.Library()


def language_of(context: Context) -> str:
    """The language of the page: from the context, else the default."""
    return str(context.get("language") or texts.DEFAULT_LANGUAGE)


@register.simple_tag(takes_context=True)
def t(context: Context, key: str, **params: object) -> str:
    """The text under a key: `{% t "file.title" number=n %}`."""
    return texts.say(language_of(context), key, **params)


@register.simple_tag(takes_context=True)
def tn(context: Context, key: str, number: int, **params: object) -> str:
    """The text for so many things, in the right plural form: `{% tn "list.files" n %}`; `{n}` is the number."""
    return texts.count(language_of(context), key, number, **params)


@register.simple_tag(takes_context=True)
def amount(context: Context, value: Any, digits: int = 2) -> SafeString:
    """An amount without its currency, for columns that name it in their head. None is *not computed*."""
    if value is None or value == "":
        return _not_computed(context)
    decimal = getattr(value, "amount", value)
    return format_html(
        '<span class="g-number">{}</span>', formats.money(language_of(context), Decimal(decimal), "", digits)
    )


@register.simple_tag(takes_context=True)
def money(context: Context, value: Any, currency: str = "", digits: int = 2) -> SafeString:
    """An amount with its currency: of a `Money`, or of a Decimal and a currency code."""
    if value is None or value == "":
        return _not_computed(context)
    code = currency or getattr(value, "currency", "")
    decimal = Decimal(getattr(value, "amount", value))
    return format_html('<span class="g-number">{}</span>', formats.money(language_of(context), decimal, code, digits))


@register.simple_tag(takes_context=True)
def number(context: Context, value: Any, digits: int | None = None) -> SafeString:
    """A plain number in groups of three."""
    if value is None or value == "":
        return _not_computed(context)
    return format_html('<span class="g-number">{}</span>', formats.number(language_of(context), Decimal(value), digits))


@register.simple_tag(takes_context=True)
def percent(context: Context, value: Any) -> SafeString:
    """A fraction as a share of hundred: 0.14 is 14%."""
    if value is None or value == "":
        return _not_computed(context)
    return format_html('<span class="g-number">{}</span>', formats.percent(language_of(context), Decimal(value)))


@register.simple_tag(takes_context=True)
def quantity(context: Context, value: Any, unit: str = "") -> SafeString:
    """A quantity with its unit: of a `Quantity`, or of a Decimal and a Recommendation 20 code."""
    if value is None or value == "":
        return _not_computed(context)
    code = unit or getattr(value, "unit", "")
    decimal = Decimal(getattr(value, "value", value))
    return format_html('<span class="g-number">{}</span>', formats.quantity(language_of(context), decimal, code))


@register.simple_tag(takes_context=True)
def mass(context: Context, value: Any) -> SafeString:
    """A mass in kilograms with its unit."""
    return quantity(context, value, "KGM")


@register.simple_tag(takes_context=True)
def day(context: Context, value: date | datetime | None) -> SafeString:
    """A day with its year, readable by machines too. A datetime is taken in the country's time zone."""
    if value is None:
        return _none(context)
    plain = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return format_html(
        '<time class="g-number" datetime="{}">{}</time>',
        plain.isoformat(),
        formats.day(language_of(context), plain),
    )


@register.simple_tag(takes_context=True)
def moment(context: Context, value: datetime | None) -> SafeString:
    """A moment by the clock on the country's wall."""
    if value is None:
        return _none(context)
    text = formats.moment(language_of(context), value, timezone.get_current_timezone())
    return format_html('<time class="g-number" datetime="{}">{}</time>', value.isoformat(), text)


@register.simple_tag(takes_context=True)
def deadline(context: Context, value: date | datetime | None, today: date) -> SafeString:
    """A deadline as day and distance: `14 Jan 2027, in 3 days`; overdue ones are marked."""
    if value is None:
        return _none(context)
    plain = timezone.localtime(value).date() if isinstance(value, datetime) else value
    days, language = (plain - today).days, language_of(context)
    if days == 0:
        distance = texts.say(language, "ui.deadline.today")
    elif days > 0:
        distance = texts.count(language, "ui.deadline.in", days)
    else:
        distance = texts.count(language, "ui.deadline.ago", -days)
    return format_html(
        '<span class="g-deadline{}">{}, <span>{}</span></span>',
        " g-overdue" if days < 0 else "",
        day(context, value),
        distance,
    )


@register.simple_tag(takes_context=True)
def hs(context: Context, code: Any) -> SafeString:
    """A commodity code grouped as the trade prints it; copied without the spaces."""
    return copyable(context, formats.hs_code(str(code)), str(code))


@register.simple_tag(takes_context=True)
def copyable(context: Context, shown: Any, copied: Any = None) -> SafeString:
    """A code that a click copies (with a script); `copied` is what lands on the clipboard, without spaces."""
    plain = str(shown if copied is None else copied).replace(" ", "").replace(formats.NO_BREAK_SPACE, "")
    return format_html(
        '<span class="g-code" data-copy="{}" data-copied="{}">{}</span>',
        plain,
        texts.say(language_of(context), "ui.copied"),
        shown,
    )


@register.simple_tag(takes_context=True)
def state(context: Context, code: str) -> SafeString:
    """A declaration's state: word and shape."""
    return _mark(context, shapes.STATE_LOOK, "state", code)


@register.simple_tag(takes_context=True)
def lane(context: Context, code: str) -> SafeString:
    """A lane of control: green circle, yellow triangle, red square, blue ring, with its word."""
    return _mark(context, shapes.LANE_LOOK, "lane", code)


@register.simple_tag(takes_context=True)
def severity(context: Context, code: str) -> SafeString:
    """How much a finding weighs: stop sign, triangle or i, with its word."""
    return _mark(context, shapes.SEVERITY_LOOK, "severity", code)


@register.simple_tag(takes_context=True)
def law_status(context: Context, code: str) -> SafeString:
    """The standing of a value of law: verified, unverified, training or unknown."""
    return _mark(context, shapes.LAW_STATUS_LOOK, "law_status", code)


@register.simple_tag(takes_context=True)
def settlement(context: Context, code: str) -> SafeString:
    """How the charges of a file stand: settled, reserved, short, open, nil."""
    return _mark(context, shapes.SETTLEMENT_LOOK, "settlement", code)


@register.simple_tag(takes_context=True)
def standing(context: Context, code: str) -> SafeString:
    """How a thing of a list stands: against release (stands, done, unchecked), or with the books (holds, fails)."""
    return _mark(context, shapes.BLOCKER_LOOK, "blocker", code)


@register.simple_tag
def shape(name: str) -> SafeString:
    """A bare drawn shape; a word must stand beside it."""
    return shapes.shape(name)


@register.inclusion_tag("ui/parts/finding.html", takes_context=True)
def finding(context: Context, found: Any, address: str = "") -> dict[str, Any]:
    """One finding with its place, words, mend and act; `address` is where the mending is done."""
    language = language_of(context)
    return {
        "language": language,
        "found": found,
        "severity_code": str(getattr(found, "severity", "error")),
        "words": finding_words(language, found),
        "mend": finding_mend(language, found),
        "place": path_words(language, found.path),
        "address": address,
    }


@register.inclusion_tag("ui/parts/findings.html", takes_context=True)
def findings(context: Context, found: Iterable[Any], page: Addressed | None = None) -> dict[str, Any]:
    """Many findings, each thing said once: those of one rule stand in one card. `page` knows where the places are."""
    language = language_of(context)
    return {"language": language, "groups": finding_groups(language, found, page)}


@register.simple_tag
def finding_anchor(found: Any) -> str:
    """Where on the page a finding stands."""
    return f"finding-{found.code}-{slugify(found.path)}"


@register.inclusion_tag("ui/parts/empty.html", takes_context=True)
def empty(context: Context, key: str, **params: object) -> dict[str, Any]:
    """An empty list: `key.title` says what would be here, `key.how` how it comes."""
    language = language_of(context)
    return {
        "title": texts.say(language, f"{key}.title", **params),
        "how": texts.say(language, f"{key}.how", **params),
    }


@register.inclusion_tag("ui/parts/field.html", takes_context=True)
def field(context: Context, bound: BoundField, **attributes: str) -> dict[str, Any]:
    """A form field: label, error in words, input, help. Further attributes go to the input (`rows="6"`)."""
    described = [f"{bound.id_for_label}_error"] if bound.errors else []
    if bound.help_text:
        described.append(f"{bound.id_for_label}_help")
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "text")
    choice = {"checkbox": "form-check-input", "select": "form-select"}
    attrs = {"class": choice.get(kind, "form-control"), **attributes}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "language": language_of(context),
        "bound": bound,
        "input": bound.as_widget(attrs=attrs),
        "is_checkbox": kind == "checkbox",
    }


@register.inclusion_tag("ui/parts/summary.html", takes_context=True)
def form_summary(context: Context, form: Any) -> dict[str, Any]:
    """All errors of a form on top of it, each a jump to its field."""
    return {"language": language_of(context), "form": form}


@register.simple_block_tag(takes_context=True)
def why(context: Context, content: str, summary: Any, raw: str = "") -> SafeString:
    """An amount that opens in place: `{% why summary %} sentence, steps, act {% endwhy %}`; `raw` is the bare trace."""
    trace = SafeString("")
    if raw:
        trace = format_html(
            '<details class="g-trace"><summary>{}</summary><pre>{}</pre></details>',
            texts.say(language_of(context), "ui.why.trace"),
            raw,
        )
    return format_html(
        '<details class="g-why"><summary>{}<span class="g-why-word">{}</span></summary>'
        '<div class="g-why-body">{}{}</div></details>',
        conditional_escape(summary),
        texts.say(language_of(context), "ui.why.open"),
        mark_safe(content),  # noqa: S308 - the block's own, already escaped output
        trace,
    )


@register.inclusion_tag("ui/parts/steps.html", takes_context=True)
def steps(context: Context, rows: Any, act: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The steps of a computation as a small table, with the act under it.

    `rows` are (words, figure) pairs; `act` has `title` and may have `date`, `address` and `status`.
    """
    return {"language": language_of(context), "rows": rows, "act": act}


def _mark(context: Context, looks: Mapping[str, tuple[str, str]], kind: str, code: Any) -> SafeString:
    name = str(code)
    word = texts.say(language_of(context), f"ui.{kind}.{name}")
    return shapes.word_with_shape(looks[name], word, kind)


def _not_computed(context: Context) -> SafeString:
    return format_html('<span class="g-not-computed">{}</span>', texts.say(language_of(context), "ui.not_computed"))


def _none(context: Context) -> SafeString:
    return format_html('<span class="g-none">{}</span>', texts.say(language_of(context), "ui.none"))

# SPDX-License-Identifier: Apache-2.0
"""Small drawn shapes for states, lanes and severities, so that none of them speaks by colour alone.

Each shape is drawn on a field of 16 by 16 with the colour of the text around it; it survives print and fax.
"""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_RING = '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>'
_CUT = 'fill="none" stroke="var(--g-glyph-cut)" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
_LINE = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'

_DRAWINGS = {
    "circle": '<circle cx="8" cy="8" r="7" fill="currentColor"/>',
    "triangle": '<path d="M8 1.5 15.5 14.5H.5Z" fill="currentColor"/>',
    "square": '<path d="M1.5 1.5h13v13h-13Z" fill="currentColor"/>',
    "ring": '<circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="3"/>',
    "stop": f'<path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5Z" fill="currentColor"/><path d="M4.5 8h7" {_CUT}/>',
    "warning": f'<path d="M8 1 15.8 14.8H.2Z" fill="currentColor"/><path d="M8 6v3.6M8 12.2v.1" {_CUT}/>',
    "information": f'<circle cx="8" cy="8" r="7.4" fill="currentColor"/><path d="M8 7.4v4M8 4.4v.1" {_CUT}/>',
    "empty": '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-dasharray="2.6 2.1"/>',
    "quarter": f'{_RING}<path d="M8 8V3.5A4.5 4.5 0 0 1 12.5 8Z" fill="currentColor"/>',
    "half": f'{_RING}<path d="M8 3.5a4.5 4.5 0 0 1 0 9Z" fill="currentColor"/>',
    "three_quarters": f'{_RING}<path d="M8 8V3.5A4.5 4.5 0 1 1 3.5 8Z" fill="currentColor"/>',
    "check": f'<circle cx="8" cy="8" r="7.4" fill="currentColor"/><path d="m4.6 8.3 2.4 2.4 4.4-5" {_CUT}/>',
    "check_open": f'{_RING}<path d="m5 8.2 2.1 2.1 3.9-4.4" {_LINE}/>',
    "cross": f'<path d="M1 1h14v14H1Z" fill="currentColor"/><path d="m5 5 6 6m0-6-6 6" {_CUT}/>',
    "dash": f'{_RING}<path d="M5.2 8h5.6" {_LINE}/>',
    "slash": f'{_RING}<path d="m4 12 8-8" {_LINE}/>',
}

STATE_LOOK = {
    "draft": ("empty", "quiet"),
    "lodged": ("quarter", "moving"),
    "registration_refused": ("cross", "bad"),
    "preregistered": ("half", "moving"),
    "accepted": ("three_quarters", "moving"),
    "released": ("check", "good"),
    "conditionally_released": ("check_open", "good"),
    "release_refused": ("cross", "bad"),
    "withdrawn": ("dash", "quiet"),
    "invalidated": ("slash", "quiet"),
}
LANE_LOOK = {
    "green": ("circle", "good"),
    "yellow": ("triangle", "care"),
    "red": ("square", "bad"),
    "blue": ("ring", "moving"),
}
SEVERITY_LOOK = {
    "error": ("stop", "bad"),
    "warning": ("warning", "care"),
    "information": ("information", "moving"),
}
LAW_STATUS_LOOK = {
    "verified": ("check", "good"),
    "unverified": ("dash", "care"),
    "training": ("triangle", "care"),
    "unknown": ("slash", "bad"),
}
SETTLEMENT_LOOK = {
    "settled": ("check", "good"),
    "reserved": ("half", "moving"),
    "short": ("stop", "bad"),
    "open": ("empty", "quiet"),
    "nil": ("dash", "quiet"),
}
BLOCKER_LOOK = {
    "stands": ("stop", "bad"),
    "done": ("check", "good"),
    "unchecked": ("dash", "quiet"),
    "holds": ("check", "good"),
    "fails": ("stop", "bad"),
}


def shape(name: str) -> SafeString:
    """The drawing of this name, hidden from screen readers: the word stands beside it. KeyError if unknown."""
    drawing = mark_safe(_DRAWINGS[name])  # noqa: S308 - constants of this file
    return format_html(
        '<svg class="g-shape" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">{}</svg>',
        drawing,
    )


def word_with_shape(look: tuple[str, str], word: str, kind: str) -> SafeString:
    """A shape and its word as one mark; `kind` is the part of the style (`state`, `lane`, `severity`)."""
    drawn, tone = look
    return format_html('<span class="g-mark g-{} g-tone-{}">{}<span>{}</span></span>', kind, tone, shape(drawn), word)

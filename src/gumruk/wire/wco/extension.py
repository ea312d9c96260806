# SPDX-License-Identifier: Apache-2.0
"""Whether an extension that came by another way than XML may be written as XML."""

from __future__ import annotations

import re
from collections.abc import Callable

from gumruk.law.declarations.model import Extension
from gumruk.wire.numbers import NUMBER
from gumruk.wire.wco.fragment import FragmentError, attribute_check, fragment_check

_ELEMENTS = re.compile(r"(?:[A-Za-z_][\w.-]{0,60}(?:/|$)){0,3}", re.ASCII)


def extension_fits(extension: Extension) -> bool:
    """Whether the name is one the reader gives, and the content an attribute's value, a number or harmless XML."""
    elements, at, attribute = extension.name.partition("@")
    if extension.position < 0:
        return False
    if at:
        return bool(_ELEMENTS.fullmatch(elements)) and _passes(attribute_check, attribute, extension.content)
    if extension.name.endswith("/text()"):
        return bool(NUMBER(extension.content)) and bool(_ELEMENTS.fullmatch(extension.name[: -len("text()")]))
    if not _ELEMENTS.fullmatch(extension.name) or extension.name.endswith("/") or not extension.name:
        return False
    if extension.name.startswith("MetaData/") and not extension.content.startswith("<"):
        return True
    return _passes(fragment_check, extension.content)


def _passes(check: Callable[..., None], *values: str) -> bool:
    try:
        check(*values)
    except FragmentError:
        return False
    return True

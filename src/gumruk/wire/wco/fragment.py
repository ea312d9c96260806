# SPDX-License-Identifier: Apache-2.0
"""Pieces of XML that the model has no name for: kept as text, and put back as they were."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from gumruk.wire.safety import LIMITS, Limits
from gumruk.wire.wco.profile import DATA_TYPES, DECLARATION, METADATA

PARSER = etree.XMLParser(
    resolve_entities=False,
    load_dtd=False,
    dtd_validation=False,
    no_network=True,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
    remove_blank_text=True,
)
_SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_PREFIXES = {"": "", DECLARATION: "", DATA_TYPES: "ds:", METADATA: "md:"}
_ROOT = f'<md:x xmlns:md="{METADATA}" xmlns:ds="{DATA_TYPES}" xmlns="{DECLARATION}">%s</md:x>'
ATTRIBUTE_NAME = re.compile(r"(?:\{[^{}\"<>&]{1,200}\})?[A-Za-z_][\w.-]{0,60}")


class FragmentError(ValueError):
    """A piece of XML that is too deep, has too many or too long attributes, or is not well-formed: the reason."""


def escaped(value: str) -> str:
    """Text as it stands between two tags."""
    if "&" in value or "<" in value or ">" in value or "\r" in value:
        value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return value


def attribute_text(name: str, value: str, number: int = 0) -> str:
    """An attribute as it stands in a tag, with its namespace; `name` may be `{namespace}name`."""
    value = escaped(value).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    if not name.startswith("{"):
        return f' {name}="{value}"'
    namespace, local = name[1:].split("}", 1)
    prefix = "xsi" if namespace == _SCHEMA_INSTANCE else "xml" if namespace.endswith("/namespace") else f"a{number}"
    declared = "" if prefix == "xml" else f' xmlns:{prefix}="{namespace}"'
    return f'{declared} {prefix}:{local}="{value}"'


def attributes_of(element: Any, limits: Limits = LIMITS) -> list[tuple[str, str]]:
    """The attributes of an element; raises `FragmentError` for too many or too long ones.

    They are counted before their values are read: reading n values takes n * n steps.
    """
    if len(element.keys()) > limits.attributes_max:
        raise FragmentError("attributes")
    attributes: list[tuple[str, str]] = element.items()
    if any(len(name) + len(value) > limits.attribute_length_max for name, value in attributes):
        raise FragmentError("attributes")
    return attributes


def fragment(element: Any, limits: Limits = LIMITS, depth: int = 0) -> str:
    """An element with all it holds, in the prefixes that the writer declares; raises `FragmentError`."""
    if depth > limits.depth_max:
        raise FragmentError("depth")
    name = etree.QName(element)
    prefix = _PREFIXES.get(name.namespace or "")
    declared = ""
    if prefix is None:
        prefix, declared = "x:", attribute_text("xmlns:x", name.namespace or "")
    found = attributes_of(element, limits)
    attributes = "".join(attribute_text(key, value, place) for place, (key, value) in enumerate(found))
    text = element.text or ""
    inner = escaped(text) if not len(element) or not text.isspace() else ""
    for child in element:
        tail = child.tail or ""
        inner += fragment(child, limits, depth + 1) + ("" if tail.isspace() else escaped(tail))
    tag = prefix + name.localname
    return f"<{tag}{declared}{attributes}>{inner}</{tag}>"


def fragment_check(content: str) -> None:
    """Raise `FragmentError` unless the text is exactly one well-formed, harmless element."""
    if "<!" in content or "<?" in content or len(content) > LIMITS.bytes_max:
        raise FragmentError("syntax")
    try:
        root = etree.fromstring((_ROOT % content).encode(), PARSER)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FragmentError("syntax") from error
    if len(root) != 1 or (root.text or "").strip() or (root[0].tail or "").strip():
        raise FragmentError("syntax")
    fragment(root[0])

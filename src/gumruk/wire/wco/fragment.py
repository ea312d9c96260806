# SPDX-License-Identifier: Apache-2.0
"""Pieces of XML that the model has no name for: kept as text, and put back as they were."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from gumruk.wire.safety import LIMITS, Limits
from gumruk.wire.wco.plan import DECLARATIONS, RESPONSES
from gumruk.wire.wco.profile import DATA_TYPES, DECLARATION, METADATA
from gumruk.wire.xml import PARSER

_SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_XML = "http://www.w3.org/XML/1998/namespace"
_PREFIXES = {dialect.namespace: dialect.prefixes for dialect in (DECLARATIONS, RESPONSES)}
_ENVELOPE_PREFIXES = {"": "md:", METADATA: "md:", DECLARATION: "md:"}
_ROOT = f'<md:x xmlns:md="{METADATA}" xmlns:ds="{DATA_TYPES}" xmlns="{DECLARATION}">%s</md:x>'


class FragmentError(ValueError):
    """A piece of XML that is too deep, has too many or too long attributes, or is not well-formed: the reason."""


def escaped(value: str) -> str:
    """Text as it stands between two tags."""
    if "&" in value or "<" in value or ">" in value or "\r" in value:
        value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return value


def attribute_text(name: str, value: str) -> str:
    """An attribute without a namespace as it stands in a tag."""
    value = escaped(value).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return f' {name}="{value}"'


def attributes_text(attributes: Mapping[str, str]) -> str:
    """All attributes of an element as they stand in its tag; a name may be `{namespace}name`."""
    prefixes = {_XML: "xml"}
    text = ""
    for name, value in attributes.items():
        if not name.startswith("{"):
            text += attribute_text(name, value)
            continue
        namespace, _, local = name[1:].partition("}")
        prefix = prefixes.get(namespace)
        if prefix is None:
            prefix = prefixes[namespace] = "xsi" if namespace == _SCHEMA_INSTANCE else f"a{len(prefixes)}"
            text += attribute_text(f"xmlns:{prefix}", namespace)
        text += attribute_text(f"{prefix}:{local}", value)
    return text


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


def fragment(element: Any, limits: Limits = LIMITS) -> str:
    """An element with all it holds, in the prefixes that the writer declares around it; raises `FragmentError`."""
    around = etree.QName(element.getparent())
    prefixes = _ENVELOPE_PREFIXES if around.localname == "MetaData" else _PREFIXES.get(around.namespace or "")
    return _fragment(element, limits, prefixes or DECLARATIONS.prefixes, 0)


def _fragment(element: Any, limits: Limits, prefixes: Mapping[str, str], depth: int) -> str:
    if depth > limits.depth_max:
        raise FragmentError("depth")
    name = etree.QName(element)
    prefix = prefixes.get(name.namespace or "")
    if not name.namespace and name.localname == "DateTimeString":
        prefix = "ds:"  # its namespace got lost: the one it had is another than its parent's
    declared = ""
    if prefix is None:
        prefix, declared = "x:", attribute_text("xmlns:x", name.namespace or "")
    attributes = attributes_text(dict(attributes_of(element, limits)))
    text = element.text or ""
    inner = escaped(text) if not len(element) or not text.isspace() else ""
    for child in element:
        tail = child.tail or ""
        inner += _fragment(child, limits, prefixes, depth + 1) + ("" if tail.isspace() else escaped(tail))
    tag = prefix + name.localname
    return f"<{tag}{declared}{attributes}>{inner}</{tag}>"


def fragment_check(content: str) -> None:
    """Raise `FragmentError` unless the text is exactly one well-formed, harmless element."""
    fragment(_only_element(content))


def attribute_check(name: str, value: str) -> None:
    """Raise `FragmentError` unless this is one attribute: written and read again it must be the same."""
    element = _only_element(f"<x{attributes_text({name: value})}/>")
    if attributes_of(element) != [(name, value)] or len(element) or element.text:
        raise FragmentError("syntax")


def _only_element(content: str) -> Any:
    if "<!" in content or "<?" in content:
        raise FragmentError("syntax")
    try:
        root = etree.fromstring((_ROOT % content).encode(), PARSER)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FragmentError("syntax") from error
    if len(root) != 1 or (root.text or "").strip() or (root[0].tail or "").strip():
        raise FragmentError("syntax")
    return root[0]

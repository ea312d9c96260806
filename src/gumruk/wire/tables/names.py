# SPDX-License-Identifier: Apache-2.0
"""Names and namespaces: how an element's name is written in what is kept of a message.

Formats bring a new version of their namespaces every half-year. What is kept names a namespace by a prefix of its
family; which version a message used is kept once, with the declaration, under the name `xmlns`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from lxml import etree

from gumruk.wire.tables.table import Dialect
from gumruk.wire.wco.fragment import attribute_text
from gumruk.wire.xml import PARSER

NAMESPACES = "xmlns"
"""The name of the extension that holds a message's namespaces: one empty element that declares them."""
PLACE = "_"
"""The element that marks in what is kept where a value, or an object of the model, was taken out."""

NONE = "none"
"""The prefix that stands in what is kept for no namespace at all, and the namespace that it is until it is written."""
NO_NAMESPACE = "urn:gumruk:none"

_NONE = (NONE, NO_NAMESPACE)
_VERSION = re.compile(r":v?\d+(?:\.\d+)*$")


class Name(NamedTuple):
    """An element's name: as it is looked up, as it is printed, and a declaration it may need."""

    key: str
    printed: str
    declared: str
    namespace: str


class Names:
    """The names of one message, each made once."""

    __slots__ = ("_families", "_known", "prefixes")

    def __init__(self, dialect: Dialect, root_namespace: str) -> None:
        self._known: dict[str, Name] = {}
        self._families = dialect.families
        self.prefixes: dict[str, str] = {root_namespace: ""}

    def of(self, tag: str) -> Name:
        """The name of a tag (`{namespace}local`)."""
        known = self._known.get(tag)
        if known is None:
            known = self._known[tag] = self._made(tag)
        return known

    def _made(self, tag: str) -> Name:
        namespace, _, local = tag[1:].rpartition("}") if tag[0] == "{" else ("", "", tag)
        prefix = self.prefixes.get(namespace)
        if prefix is None and namespace:
            family = self._families.get(_VERSION.sub("", namespace))
            if family and family not in self.prefixes.values():
                prefix = self.prefixes[namespace] = family
        key = local.lower()
        if not key.strip("_"):
            local += "_"  # a stranger's element of the name that marks our places
        if prefix is not None:
            return Name(key, f"{prefix}:{local}" if prefix else local, "", namespace)
        if not namespace:
            return Name(key, f"{NONE}:{local}", "", namespace)
        return Name(key, f"x:{local}", attribute_text("xmlns:x", namespace), namespace)

    def kept(self) -> str:
        """The namespaces of the message, to be kept."""
        declared = "".join(_declaration(prefix, namespace) for namespace, prefix in self.prefixes.items() if namespace)
        return f"<{PLACE}{declared}/>"


def wrapped(content: str, namespaces: Mapping[str, str]) -> Any:
    """The one element in a piece of XML whose prefixes are declared here. Raises `ValueError` where it is not one."""
    declared = "".join(_declaration(prefix, namespace) for prefix, namespace in (*namespaces.items(), _NONE))
    if "<!" in content or "<?" in content:
        raise ValueError("no element")
    try:
        root = etree.fromstring(f"<x{declared}>{content}</x>".encode(), PARSER)
    except etree.XMLSyntaxError as error:
        raise ValueError("not well-formed") from error
    if len(root) != 1 or (root.text or "").strip() or (root[0].tail or "").strip():
        raise ValueError("not one element")
    return root[0]


def any_namespaces(dialect: Dialect) -> dict[str, str]:
    """A namespace for every prefix that a kept piece may have: to look at the piece without its message."""
    return {**{prefix: f"{NO_NAMESPACE}:{prefix}" for prefix in dialect.families.values()}, **dialect.namespaces}


def namespaces_of(kept: str, dialect: Dialect) -> dict[str, str]:
    """Namespaces by prefix as they were kept; those that we write where a prefix is missing. Raises `ValueError`."""
    element = wrapped(kept, {})
    found = {prefix or "": namespace for prefix, namespace in element.nsmap.items()}
    if element.tag.rpartition("}")[2] != PLACE or len(element) or element.keys():
        raise ValueError("no namespaces")
    del found[NONE]
    return {**{prefix: value for prefix, value in dialect.namespaces.items() if prefix}, **found}


def _declaration(prefix: str, namespace: str) -> str:
    return attribute_text(f"xmlns:{prefix}" if prefix else "xmlns", namespace)


def local_key(tag: str) -> str:
    """An element's name as it is looked up: without its namespace, in small letters."""
    return tag.rpartition("}")[2].lower()

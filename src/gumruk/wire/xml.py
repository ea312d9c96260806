# SPDX-License-Identifier: Apache-2.0
"""XML of every format, opened in one way: one harmless parser, and its complaints as findings with line and column."""

from __future__ import annotations

from typing import Any

from lxml import etree

from gumruk.wire.errors import WireError, refusal
from gumruk.wire.safety import Limits, unreadable_text

PARSER = etree.XMLParser(
    encoding="utf-8",  # whatever the message says of itself: what was examined is what is parsed
    resolve_entities=False,
    load_dtd=False,
    dtd_validation=False,
    no_network=True,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
    remove_blank_text=True,
)

_TRUNCATED = frozenset({"ERR_DOCUMENT_EMPTY", "ERR_TAG_NOT_FINISHED", "ERR_GT_REQUIRED", "ERR_ATTRIBUTE_NOT_FINISHED"})
_ENTITIES = frozenset({"ERR_UNDECLARED_ENTITY", "WAR_UNDECLARED_ENTITY", "ERR_ENTITY_LOOP"})
_ERROR_NAMES = {
    number: name
    for name, number in vars(etree.ErrorTypes).items()
    if isinstance(number, int) and name.startswith(("ERR_", "WAR_", "NS_"))
}


def root_of(content: bytes, limits: Limits) -> Any:
    """The root element of a message that was examined; raises `WireError` where it is not well-formed."""
    parser: Any = PARSER.copy()  # its complaints are those of this message alone
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _syntax_refusal(content, error, limits) from error
    for complaint in parser.error_log:
        # A wrong namespace lets the parser go on, and a warning that comes after it hides that it was wrong.
        if complaint.level >= etree.ErrorLevels.ERROR:
            reason = _ERROR_NAMES.get(complaint.type, "ERR_SYNTAX").removeprefix("ERR_").lower()
            raise refusal("WIRE-07", line=complaint.line, column=complaint.column, reason=reason)
    return root


def _syntax_refusal(content: bytes, error: etree.XMLSyntaxError, limits: Limits) -> WireError:
    """The parser's complaint as a finding with line and column."""
    line, column = error.lineno or 0, error.offset or 0
    name = _ERROR_NAMES.get(getattr(error, "code", 0), "ERR_SYNTAX")
    message = str(error)
    unreadable = unreadable_text(content)
    if unreadable is not None:
        return unreadable
    if "depth" in message:
        return refusal("WIRE-09", line=line, element="-", limit=limits.depth_max)
    if ("AttValue" in message and "expected" not in message) or "ttributes exceeded" in message:
        return refusal("WIRE-10", line=line, element="-", limit=limits.attributes_max)
    if name in _ENTITIES:
        return refusal("WIRE-06", line=line)
    ends_early = not content.rstrip().endswith(b">") or content.count(b"\n") + 1 <= line
    if name in _TRUNCATED and ends_early:
        return refusal("WIRE-08", line=line, column=column)
    return refusal("WIRE-07", line=line, column=column, reason=name.removeprefix("ERR_").lower())

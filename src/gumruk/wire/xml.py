# SPDX-License-Identifier: Apache-2.0
"""XML of every format, opened in one way: one harmless parser, and its complaints as findings with line and column."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import IO, Any

from lxml import etree

from gumruk.wire.errors import WireError, refusal
from gumruk.wire.safety import MEGABYTE, Limits, beginning_check, megabytes, unreadable_text

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


#: A file that is read as a stream: how many bytes it may have, and how many tags between two elements asked for.
STREAM_BYTES_MAX = 4_000 * MEGABYTE
STREAM_TAGS_MAX = 200_000
_CHUNK = 65_536


def streamed(file: IO[bytes], wanted: Collection[str], *, within: Collection[str] = ()) -> Iterator[Any]:
    """The root as soon as it has begun (for its name and attributes), then each element of a wanted local name.

    An element is emptied once the next one is asked for, and with it all that stands before it; `within` are the
    elements around it, emptied when they end: the memory does not grow with the file. Raises `WireError` for what is
    no XML in UTF-8, has a document type, is cut off, or is nested or filled beyond its limits.
    """
    parser = _pull_parser((*wanted, *within))
    tags, begun = 0, False
    for chunk in _chunks(file):
        tags += chunk.count(b"<")
        _fed(parser, chunk)
        for event, element in parser.read_events():
            if not begun:
                begun = True
                yield _root(element)
            if event == "end":
                if etree.QName(element).localname in wanted:
                    tags = 0
                    yield element
                _emptied(element)
        if tags > STREAM_TAGS_MAX:
            raise refusal("WIRE-31", count=tags, limit=STREAM_TAGS_MAX)
    try:
        root = parser.close()
    except etree.XMLSyntaxError as error:
        raise _stream_refusal(parser, error, cut=True) from error
    if not begun:
        yield _root(root)


def _pull_parser(names: Collection[str]) -> Any:
    return etree.XMLPullParser(
        events=("start", "end"),
        tag=[f"{{*}}{name}" for name in names],
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    """The file in pieces, its beginning looked at, and no more of it than may be."""
    size = 0
    while chunk := file.read(_CHUNK):
        if not size:
            chunk = beginning_check(chunk + file.read(_CHUNK))
            if not chunk.lstrip().startswith(b"<"):
                raise refusal("WIRE-30")
        size += len(chunk)
        if size > STREAM_BYTES_MAX:
            raise refusal("WIRE-02", size=megabytes(size), limit=megabytes(STREAM_BYTES_MAX))
        yield chunk
    if not size:
        raise refusal("WIRE-01")


def _fed(parser: Any, chunk: bytes) -> None:
    try:
        parser.feed(chunk)
    except etree.XMLSyntaxError as error:
        raise _stream_refusal(parser, error) from error


def _root(element: Any) -> Any:
    tree = element.getroottree()
    if tree.docinfo.doctype:
        raise refusal("WIRE-06", line=1)
    return tree.getroot()


def _emptied(element: Any) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while parent[0] is not element:
            del parent[0]


def _stream_refusal(parser: Any, error: etree.XMLSyntaxError, *, cut: bool = False) -> WireError:
    """The complaint of a parser that was fed: at the file's end it says that the file was cut."""
    line, column = error.lineno or 0, error.offset or 0
    name = _ERROR_NAMES.get(getattr(error, "code", 0), "ERR_SYNTAX")
    for told in parser.feed_error_log:
        # After an entity the parser itself says nothing, and when it is closed that there is no more.
        if _ERROR_NAMES.get(told.type) in _ENTITIES:
            return refusal("WIRE-06", line=told.line)
    if name == "ERR_INVALID_CHAR" or "encoding" in name.lower():
        return refusal("WIRE-05", byte="-", line=line)
    if "depth" in str(error):
        return refusal("WIRE-09", line=line, element="-", limit=256)
    if "AttValue" in str(error) and "expected" not in str(error):
        return refusal("WIRE-10", line=line, element="-", limit=Limits().attributes_max)
    if cut:
        return refusal("WIRE-08", line=line, column=column)
    return refusal("WIRE-07", line=line, column=column, reason=name.removeprefix("ERR_").lower())


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

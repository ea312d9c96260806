# SPDX-License-Identifier: Apache-2.0
"""Bytes from a stranger: what they are, and whether they may be parsed at all.

Nothing here builds a tree. Size comes first, then the kind of file, then the encoding, then the document type
declaration: entities are refused before any parser sees them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType

from gumruk.wire.errors import WireError, refusal

MEGABYTE = 1_000_000
#: Neither XML nor PostgreSQL can hold these, so no message may bring them.
FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of anything a message may bring."""

    bytes_max: int = 10 * MEGABYTE
    items_max: int = 999
    elements_max: int = 250_000
    segments_max: int = 70_000
    extensions_max: int = 20_000
    text_length_max: int = 4_000
    depth_max: int = 32
    attributes_max: int = 32
    attribute_length_max: int = 2_000
    number_length_max: int = 40


LIMITS = Limits()

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"RIFF", "RIFF"),
    (b"\x1f\x8b", "GZIP"),
    (b"BZh", "BZIP2"),
    (b"\xfd7zXZ", "XZ"),
    (b"7z\xbc\xaf", "7Z"),
    (b"Rar!", "RAR"),
    (b"\xd0\xcf\x11\xe0", "Microsoft Office"),
    (b"{\\rtf", "RTF"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "EXE"),
    (b"SQLite format 3", "SQLite"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_ENCODING = re.compile(r"""<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
_XML_DECLARATION = re.compile(r"<\?xml\s[^>]*\?>")
_PLAIN = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
#: An interchange: a service string (UNA and six signs), or the header at once. Group 1 divides, 2 ends segments.
_EDIFACT = re.compile(rb"\s*(?:UNA[^A-Za-z0-9](.)...(.)\s*)?UNB[^A-Za-z0-9\s](UN[A-Z]{2})?", re.DOTALL)
_SERVICE_STRING_ALONE = re.compile(rb"\s*UNA[^A-Za-z0-9\s]{2}")
#: Character sets that UNB names (ISO 9735-1, annex C); one that is not named here is read as UTF-8.
EDIFACT_CHARACTER_SETS = MappingProxyType(
    {
        "UNOA": "ascii",
        "UNOB": "ascii",
        "UNOC": "iso8859_1",
        "UNOD": "iso8859_2",
        "UNOE": "iso8859_5",
        "UNOF": "iso8859_7",
        "UNOG": "iso8859_3",
        "UNOH": "iso8859_4",
        "UNOI": "iso8859_6",
        "UNOJ": "iso8859_8",
        "UNOK": "iso8859_9",
        "UNOW": "utf-8",
        "UNOY": "utf-8",
    }
)
#: Encodings that a Cyrillic office program still writes; whatever is not named here is refused.
_TRANSLATED = {"windows-1251": "cp1251", "cp1251": "cp1251", "koi8-r": "koi8_r", "iso-8859-5": "iso8859_5"}


@dataclass(frozen=True, slots=True)
class Material:
    """Content that may be parsed: its format, and its bytes in UTF-8 without a byte order mark."""

    format: str
    content: bytes


def size_check(size: int, limits: Limits = LIMITS) -> None:
    """Raise `WireError` for a message of more bytes than the limit: before it is read, where that is known."""
    if size > limits.bytes_max:
        raise refusal("WIRE-02", size=megabytes(size), limit=megabytes(limits.bytes_max))


def examine(content: bytes, limits: Limits = LIMITS) -> Material:
    """What the bytes are, ready for a parser; raises `WireError` for all but XML, JSON and EDIFACT."""
    size_check(len(content), limits)
    start = content[:512].lstrip()
    if not start and not content.strip():
        raise refusal("WIRE-01")
    kind = examine_kind(content)
    if kind is not None:
        raise refusal("WIRE-03", kind=kind)
    interchange = _edifact(content, limits) or _edifact(content := _utf8(content), limits, translated=True)
    if interchange is not None:
        return interchange
    start = content[:2_000].lstrip()
    if _HTML.match(start):
        raise refusal("WIRE-03", kind="HTML")
    if start.startswith(b"<"):
        _refuse_document_type(content)
        # An element has two signs `<` at most, and an attribute one `="` (in a text it may stand, but not so often).
        _refuse_many(content.count(b"<") // 2, limits)
        _refuse_many(content.count(b'="') + content.count(b"='"), limits)
        return Material("xml", content)
    if start[:1] in (b"{", b"["):
        _refuse_many(content.count(b"{") + content.count(b"["), limits)
        return Material("json", content)
    raise refusal("WIRE-30")


def beginning_check(beginning: bytes) -> bytes:
    """The beginning of a file that is read as a stream, without a byte order mark: XML or text in UTF-8.

    Raises `WireError` for another kind of file, another encoding, and a document type declaration.
    """
    if not beginning.strip():
        raise refusal("WIRE-01")
    kind = examine_kind(beginning)
    if kind is not None:
        raise refusal("WIRE-03", kind=kind)
    if beginning[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<", b"{\x00", b"\x00{"):
        raise refusal("WIRE-04", encoding="UTF-16")
    beginning = beginning.removeprefix(b"\xef\xbb\xbf")
    if beginning.lstrip().startswith(b"<"):
        declared = _ENCODING.match(beginning[:300].decode("latin-1"))
        if declared is not None and declared[1].lower() not in _PLAIN:
            raise refusal("WIRE-04", encoding=declared[1])
        _refuse_document_type(beginning)
    return beginning


def examine_kind(content: bytes) -> str | None:
    """The kind of a file that is no text, by its first bytes: PDF, PNG, ZIP ...; None for all others."""
    return next((kind for magic, kind in _MAGIC if content.startswith(magic)), None)


def _edifact(content: bytes, limits: Limits, translated: bool = False) -> Material | None:
    """The content as an interchange in UTF-8, if it is one: from the character set that UNB names, or as it is."""
    found = _EDIFACT.match(content)
    if found is None:
        return Material("edifact", content) if _SERVICE_STRING_ALONE.match(content) else None
    segments = max(content.count(found[2] or b"'"), content.count(found[1] or b"+") // 8)
    if segments > limits.segments_max:
        raise refusal("WIRE-31", count=segments, limit=limits.segments_max)
    codec = EDIFACT_CHARACTER_SETS.get((found[3] or b"").decode(), "utf-8")
    if not translated and codec != "utf-8":
        return Material("edifact", _translated(content, codec))
    return Material("edifact", content)


def unreadable_text(content: bytes) -> WireError | None:
    """The error for bytes that are no UTF-8, with the place of the first wrong one; None if they are."""
    try:
        content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return refusal("WIRE-05", byte=error.start, line=line)
    return None


def _refuse_many(count: int, limits: Limits) -> None:
    """Refuse a message of very many elements before any of them takes memory; the count is the least there can be."""
    if count > limits.elements_max:
        raise refusal("WIRE-31", count=count, limit=limits.elements_max)


def megabytes(size: int) -> str:
    """A size in bytes as a person reads it: megabytes with at most one decimal place, rounded up."""
    whole, tenth = divmod((size * 10 + MEGABYTE - 1) // MEGABYTE, 10)
    return f"{whole}.{tenth}" if tenth else str(whole)


def _utf8(content: bytes) -> bytes:
    """The content in UTF-8: as it is, or translated from UTF-16 with its mark or from a declared encoding."""
    if content.startswith(b"\xef\xbb\xbf"):
        return content[3:]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _translated(content, "utf-16")
    if content[:2] in (b"<\x00", b"\x00<", b"{\x00", b"\x00{", b"U\x00", b"\x00U"):
        raise refusal("WIRE-04", encoding="UTF-16")
    declared = _ENCODING.match(content[:300].decode("latin-1"))
    if declared is None or declared[1].lower() in _PLAIN:
        return content
    codec = _TRANSLATED.get(declared[1].lower())
    if codec is None:
        raise refusal("WIRE-04", encoding=declared[1])
    if not content.isascii() and _is_utf8(content):
        raise refusal("WIRE-48", encoding=declared[1])
    return _translated(content, codec)


def _is_utf8(content: bytes) -> bool:
    """Whether content is well-formed UTF-8: text of an encoding with one byte a letter never is by chance."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _translated(content: bytes, codec: str) -> bytes:
    """Content of another encoding in UTF-8; its XML declaration, now untrue, is blanked so that columns stay."""
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refusal("WIRE-05", byte=error.start, line=line) from error
    return _XML_DECLARATION.sub(lambda found: " " * len(found[0]), text, count=1).encode()


def _refuse_document_type(content: bytes) -> None:
    """Refuse a document type declaration: it stands before the root element, so only the prolog is looked at."""
    place = 0
    while True:
        while content[place : place + 1].isspace():
            place += 1
        if content.startswith(b"<?", place):
            end = content.find(b"?>", place)
        elif content.startswith(b"<!--", place):
            end = content.find(b"-->", place)
        else:
            break
        if end < 0:
            return
        place = end + 2 if content[end : end + 2] == b"?>" else end + 3
    if content[place : place + 9].upper() == b"<!DOCTYPE" or content.startswith(b"<!", place):
        raise refusal("WIRE-06", line=content.count(b"\n", 0, place) + 1)

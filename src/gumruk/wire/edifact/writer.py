# SPDX-License-Identifier: Apache-2.0
"""Writes a declaration as CUSDEC: by the tables of the directory it came in, or by those of D.24A."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from gumruk.law.declarations.model import Declaration, Extension
from gumruk.wire.edifact.interchange import service_characters
from gumruk.wire.edifact.profile import profile_of
from gumruk.wire.edifact.reader import FORMAT, SAME, said
from gumruk.wire.edifact.rows import IMPORT, Unit, read_row, value_at, write_row
from gumruk.wire.edifact.syntax import DEFAULT, Segment, ServiceCharacters, read_unit, segment
from gumruk.wire.edifact.syntax import written as written_segment
from gumruk.wire.edifact.table import Row, Section
from gumruk.wire.errors import WireError, refusal
from gumruk.wire.safety import EDIFACT_CHARACTER_SETS

_SERVICE_TAGS = frozenset({"UNA", "UNB", "UNG", "UNH", "UNT", "UNE", "UNZ", "UNS"})
_CUSDEC = segment("UNH", "1", ("CUSDEC", "D", "24A", "UN"))
_UNICODE, _VERSION = "UNOW", "4"
_DATE, _TIME = "000101", "0000"
"""We have no clock here: who sends an interchange dates it. A kept header keeps its own date."""


def write(declaration: Declaration) -> bytes:
    """A declaration as an interchange of one CUSDEC; raises `WireError` for an extension that cannot be written."""
    return interchange_of(declaration.extensions, _CUSDEC, lambda message, mark: _body(declaration, message, mark))


def interchange_of(
    extensions: Sequence[Extension], new: Segment, body_of: Callable[[Segment, str], list[Segment]]
) -> bytes:
    """An interchange of one message, its headers as they were kept or new; `body_of` gets UNH and the decimal mark."""
    headers = {one.name: one.content for one in extensions if one.format == FORMAT and one.name in _SERVICE_TAGS}
    interchange = _header(headers, "UNB") or segment(
        "UNB", (_UNICODE, _VERSION), "SENDER", "RECEIVER", (_DATE, _TIME), "1"
    )
    message = _header(headers, "UNH") or new
    group = _header(headers, "UNG")
    characters, string = _characters(headers.get("UNA"), interchange)
    body = body_of(message, characters.decimal)
    segments = [message, *body, segment("UNT", str(len(body) + 2), message.get(0))]
    if group is not None:
        segments = [group, *segments, segment("UNE", "1", group.get(4))]
    return _encoded([interchange, *segments, segment("UNZ", "1", interchange.get(4))], characters, string)


def _body(declaration: Declaration, message: Segment, mark: str) -> list[Segment]:
    profile = profile_of(message.get(1, 1), message.get(1, 2))
    shipment = declaration.goods_shipment
    found = section_of(profile.header, declaration, declaration.extensions, mark)
    found = found if found and found[0].tag == "BGM" else [segment("BGM", IMPORT), *found]
    found += [segment("UNS", "D"), *section_of(profile.invoices, declaration, declaration.extensions, mark)]
    for item in shipment.items if shipment else ():
        written = section_of(profile.item, item, item.extensions, mark)
        found += written if written and written[0].tag == "CST" else [segment("CST"), *written]
    return [*found, segment("UNS", "S"), *section_of(profile.summary, declaration, declaration.extensions, mark)]


def section_of(section: Section, owner: object, extensions: Sequence[Extension], mark: str) -> list[Segment]:
    """A section's segments: its rows in the directory's order, and what was kept at its place between them."""
    ours = [one for one in extensions if one.format == FORMAT and _in_section(one.name, section.name)]
    originals = [_unit(one) for one in ours if one.name.startswith(section.name + SAME)]
    written: list[Unit] = []
    for row in section.rows:
        for value in _objects(row, owner):
            unit = write_row(row, value, mark)
            if unit:
                written.append(_as_it_came(row, unit, _originals(row, value, originals)))
    kept = [one for one in ours if not one.name.startswith(section.name + SAME)]
    for one in sorted(kept, key=lambda one: one.position):
        written.insert(min(one.position, len(written)), _unit(one))
    return [one for unit in written for one in unit]


def _in_section(name: str, section: str) -> bool:
    if section:
        return name.startswith(section)
    return "/" not in name and name not in _SERVICE_TAGS


def _objects(row: Row, owner: object) -> Iterable[Any]:
    """What a row is written of: the section's own object, or each object at the row's path."""
    if row.of is None:
        return (owner,)
    found = value_at(owner, row.to)
    if not row.many:
        return () if found is None else (found,)
    return [one for one in found or () if row.only is None or getattr(one, row.only[0]) == row.only[1]]


def _originals(row: Row, value: Any, of_section: list[Unit]) -> list[Unit]:
    if row.of is None:
        return of_section
    return [_unit(one) for one in value.extensions if one.format == FORMAT and one.name == SAME + row.tag]


def _as_it_came(row: Row, unit: Unit, originals: list[Unit]) -> Unit:
    """The original of a unit, if there is one that says the same values; else the unit."""
    values = read_row(row, unit, _unheard)
    for original in originals:
        if row.fits(original[0]) and not said(unit, original) and read_row(row, original, _unheard) == values:
            return original
    return unit


def _unheard(*_args: object) -> None:
    """A wrong value in a kept original: it then says other values than the model and is not written."""


def _unit(one: Extension) -> Unit:
    """The segments of an extension; raises `WireError` for what is none or would break the envelope."""
    try:
        unit = read_unit(one.content)
    except WireError as error:
        raise refusal("EDI-10", "extensions", name=one.name[:60]) from error
    tag = one.name.rpartition("/")[2].removeprefix(SAME)
    if not unit or unit[0].tag != tag or any(part.tag in _SERVICE_TAGS for part in unit):
        raise refusal("EDI-10", "extensions", name=one.name[:60])
    return unit


def _header(headers: dict[str, str], tag: str) -> Segment | None:
    if tag not in headers:
        return None
    try:
        unit = read_unit(headers[tag])
    except WireError as error:
        raise refusal("EDI-10", "extensions", name=tag) from error
    if len(unit) != 1 or unit[0].tag != tag:
        raise refusal("EDI-10", "extensions", name=tag)
    return unit[0]


def _characters(string: str | None, interchange: Segment) -> tuple[ServiceCharacters, str]:
    """The service characters that a kept UNA, or else the version in UNB, asks for; and the UNA to write."""
    if string is not None:
        try:
            return service_characters(f"UNA{string}")[0], f"UNA{string}\n"
        except WireError as error:
            raise refusal("EDI-10", "extensions", name="UNA") from error
    if interchange.get(0, 1) == _VERSION:
        return ServiceCharacters(repetition="*"), ""
    return DEFAULT, ""


def _encoded(segments: list[Segment], characters: ServiceCharacters, string: str) -> bytes:
    text = _text(segments, characters)
    if text is None:
        characters, string = DEFAULT, ""
        text = _text(segments, characters) or ""
    codec = EDIFACT_CHARACTER_SETS.get(segments[0].get(0), "utf-8")
    try:
        return (string + text).encode(codec)
    except UnicodeEncodeError:
        first = segment("UNB", (_UNICODE, _VERSION), *(element[0] for element in segments[0].elements[1:]))
        text = _text([first, *segments[1:]], characters) or text
        return (string + text).encode()


def _text(segments: list[Segment], characters: ServiceCharacters) -> str | None:
    """The segments one a line; None where a text holds a dividing character and nothing could release it."""
    if not characters.release and any(_divides(one, characters) for one in segments):
        return None
    return "".join(f"{written_segment(one, characters)}{characters.terminator}\n" for one in segments)


def _divides(one: Segment, characters: ServiceCharacters) -> bool:
    parts = (part for element in one.elements for repetition in element for part in repetition)
    return any(sign in part for part in parts for sign in characters.special)

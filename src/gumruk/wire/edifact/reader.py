# SPDX-License-Identifier: Apache-2.0
"""Reads a declaration from CUSDEC by the directory's tables: nothing is lost, and everything wrong is named at once.

What no row names is kept as an extension of the declaration or the item, at its place. A segment that a row does name
and that we would write in another way (a further code list, another spelling of a number) is kept beside its values
under a name that begins with `=`: it is written again as long as the values are what it says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from gumruk.law.declarations.model import Declaration, Extension, GoodsItem
from gumruk.law.kernel import Finding
from gumruk.wire.edifact.interchange import Interchange, Message, read_interchange
from gumruk.wire.edifact.profile import profile_of
from gumruk.wire.edifact.rows import Unit, fitting, made, read_row, write_row, written
from gumruk.wire.edifact.syntax import Segment, place_of, place_params, written_unit
from gumruk.wire.edifact.syntax import written as written_segment
from gumruk.wire.edifact.table import Part, Row, Section
from gumruk.wire.errors import Findings, refusal
from gumruk.wire.safety import LIMITS, Limits

FORMAT = "edifact"
DECLARATION, RESPONSE = "CUSDEC", "CUSRES"
SAME = "="
"""What the name of a kept original begins with."""
_ITEMS = "goods_shipment.items"


def read(content: bytes, limits: Limits = LIMITS) -> Declaration:
    """The declaration in an interchange (UTF-8, already examined); raises `WireError` with all that is wrong."""
    interchange = read_interchange(content, limits)
    message = one_message(interchange, DECLARATION)
    reading = Reading(interchange.text, interchange.characters.decimal, limits)
    declaration = reading.declaration(message, envelope_of(interchange, message))
    reading.findings.refuse()
    return declaration


def one_message(interchange: Interchange, wanted: str) -> Message:
    """The one message of an interchange, if it is of the type that is wanted; raises `WireError` if not."""
    other = next((message for message in interchange.messages if message.type != wanted), None)
    if other is not None:
        where = place_params(other.header, interchange.text)
        if (wanted, other.type) == (DECLARATION, RESPONSE):
            raise refusal("WIRE-12", place_of(other.header), **where)
        name = f"UN/EDIFACT {other.type[:10]} ({other.directory[:10]})"
        raise refusal("WIRE-24", place_of(other.header), format=name, **where)
    if len(interchange.messages) != 1:
        raise refusal("WIRE-25", count=len(interchange.messages))
    return interchange.messages[0]


def envelope_of(interchange: Interchange, message: Message) -> list[Extension]:
    """The headers as they came: the service string, the interchange, the group, the message."""
    kept = []
    if interchange.service_string:
        signs = interchange.characters
        text = "".join(
            sign or " "
            for sign in (
                signs.component,
                signs.element,
                signs.decimal,
                signs.release,
                signs.repetition,
                signs.terminator,
            )
        )
        kept.append(Extension(FORMAT, "UNA", text))
    headers = (interchange.header, message.group, message.header)
    return kept + [Extension(FORMAT, one.tag, written_segment(one)) for one in headers if one is not None]


@dataclass(slots=True)
class Reading:
    """One message being read: its text for the places in it, and what was found wrong."""

    text: str
    mark: str
    limits: Limits
    findings: Findings = field(default_factory=Findings)
    kept: int = 0

    def declaration(self, message: Message, kept: list[Extension]) -> Declaration:
        """The whole message."""
        profile = profile_of(message.header.get(1, 1), message.header.get(1, 2))
        header, invoices, items, summary = _sections(message.body)
        self.look_at_whole(message, header, len(items))
        values: dict[str, Any] = {}
        for section, segments in ((profile.header, header), (profile.invoices, invoices), (profile.summary, summary)):
            self.section(section, segments, values, kept, "")
        read_items = tuple(self.item(profile.item, item, place) for place, item in enumerate(items))
        if read_items:
            values[_ITEMS] = read_items
        if kept:
            values["extensions"] = tuple(kept)
        whole: Declaration = made(Declaration, values)
        return whole

    def look_at_whole(self, message: Message, header: list[Segment], items: int) -> None:
        """Note a message that does not begin with BGM; refuse one of too many items."""
        if not header or header[0].tag != "BGM":
            found = header[0] if header else message.header
            params = {**place_params(found, self.text), "missing": "BGM"}
            self.findings.add(Finding("EDI-09", place_of(found), params))
        if items > self.limits.items_max:
            params = {"count": str(items), "limit": str(self.limits.items_max)}
            self.findings.add(Finding("WIRE-13", "items", params))
            self.findings.refuse()

    def item(self, section: Section, segments: list[Segment], place: int) -> GoodsItem:
        """One goods item."""
        values: dict[str, Any] = {}
        kept: list[Extension] = []
        self.section(section, segments, values, kept, f"items[{place}].")
        if kept:
            values["extensions"] = tuple(kept)
        item: GoodsItem = made(GoodsItem, values)
        return item

    def section(
        self, section: Section, segments: list[Segment], values: dict[str, Any], kept: list[Extension], path: str
    ) -> None:
        """Read a section's units into the values of its object, and keep the rest."""
        originals: list[Extension] = []
        lists: dict[str, list[Any]] = {}
        for position, unit in enumerate(units(section, segments)):
            row = fitting(section.rows, unit[0])
            got = read_row(row, unit, self.noting(row, path)) if row else {}
            if row is None or not got or (not row.many and any(name in values for name in got)):
                self.keep(kept, section.name + unit[0].tag, unit, position)
            elif row.of is None:
                values |= got
                if not said(written(row, got.get, self.mark), unit):
                    self.keep(originals, section.name + SAME + unit[0].tag, unit, 0)
            else:
                one = self.with_original(row, got[row.to], unit)
                if row.many:
                    lists.setdefault(row.to, []).append(one)
                else:
                    values[row.to] = one
        for to, found in lists.items():
            values[to] = (*values.get(to, ()), *found)
        # Originals have no place of their own: in this order they come back, whatever order the sender used.
        kept += sorted(originals, key=lambda one: (one.name, one.content))

    def with_original(self, row: Row, one: Any, unit: Unit) -> Any:
        """An object with its original segments, where we would write it in another way."""
        if said(write_row(row, one, self.mark), unit):
            return one
        kept: list[Extension] = []
        self.keep(kept, SAME + unit[0].tag, unit, 0)
        return replace(one, extensions=tuple(kept))

    def keep(self, kept: list[Extension], name: str, unit: Unit, position: int) -> None:
        """Keep a unit as it is."""
        self.kept += 1
        if self.kept > self.limits.extensions_max:
            params = {"count": str(self.kept), "limit": str(self.limits.extensions_max)}
            self.findings.add(Finding("WIRE-31", place_of(unit[0]), params))
            self.findings.refuse()
        kept.append(Extension(FORMAT, name, written_unit(unit), position))

    def noting(self, row: Row | None, path: str) -> Any:
        """What is told of a wrong value: the finding has the model's path, the segment and the line."""

        def wrong(one: Segment, part: Part, code: str, value: str) -> None:
            if self.findings.full:
                self.findings.more += 1
                return
            to = f"{row.to}." if row and row.to else ""
            params = {**place_params(one, self.text), "element": place_of(one, *part.at), "value": value[:60]}
            self.findings.add(Finding(code, f"{path}{to}{part.field}", params))

        return wrong


def said(ours: Unit, theirs: Unit) -> bool:
    """Whether two units say the same, segment by segment."""
    return len(ours) == len(theirs) and all(one.same_as(other) for one, other in zip(ours, theirs, strict=True))


def _sections(body: Iterable[Segment]) -> tuple[list[Segment], list[Segment], list[list[Segment]], list[Segment]]:
    """Header, commercial documents, goods items and summary of a message. UNS divides; old senders leave it out."""
    header: list[Segment] = []
    invoices: list[Segment] = []
    items: list[list[Segment]] = []
    summary: list[Segment] = []
    current = header
    for one in body:
        if one.tag == "UNS":
            current = summary if one.get(0) == "S" else invoices
        elif one.tag == "CST" and current is not summary and (current is not header or one.get(0)):
            current = [one]
            items.append(current)
        elif one.tag == "CNT":
            current = summary
            current.append(one)
        else:
            current.append(one)
    return header, invoices, items, summary


def units(section: Section, segments: list[Segment]) -> list[Unit]:
    """A section's segments as units: a segment with those of its group, a long text with what continues it."""
    found: list[Unit] = []
    for one in segments:
        if found and one.tag in section.groups.get(found[-1][0].tag, frozenset()):
            found[-1].append(one)
        elif found and _continues(section, found[-1][0], one):
            found[-1].append(one)
        else:
            found.append([one])
    return _seals_alone(found)


def _continues(section: Section, before: Segment, one: Segment) -> bool:
    row = fitting(section.rows, before)
    return row is not None and row.repeats and row.fits(one)


def _seals_alone(found: list[Unit]) -> list[Unit]:
    """Seals listed after all of several containers are nobody's; those that follow each are its own."""
    equipment = [unit for unit in found if unit[0].tag == "EQD"]
    if len(equipment) < 2 or any(len(unit) > 1 for unit in equipment[:-1]):
        return found
    return [part for unit in found for part in ([unit] if unit[0].tag != "EQD" else [[one] for one in unit])]

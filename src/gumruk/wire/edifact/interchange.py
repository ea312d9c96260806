# SPDX-License-Identifier: Apache-2.0
"""The envelope of an interchange: UNA, UNB, UNG, UNH and their trailers, every count and reference compared."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gumruk.law.kernel import Finding
from gumruk.wire.edifact.syntax import DEFAULT, Segment, ServiceCharacters, place_of, place_params, split
from gumruk.wire.errors import Findings, refusal
from gumruk.wire.safety import FORBIDDEN, Limits, unreadable_text

_SERVICE_STRING = re.compile(r"\s*UNA(.)(.)(.)(.)(.)(.)", re.DOTALL)
_REPETITIONS_SINCE = "4"


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its header UNH, the group's header UNG if it lies in one, and the segments between UNH and UNT."""

    header: Segment
    group: Segment | None
    body: tuple[Segment, ...]

    @property
    def type(self) -> str:
        """The type of the message: CUSDEC, CUSRES ..."""
        return self.header.get(1, 0)

    @property
    def directory(self) -> str:
        """Version and release as one word: `D:96B`."""
        return f"{self.header.get(1, 1)}:{self.header.get(1, 2)}"


@dataclass(frozen=True, slots=True)
class Interchange:
    """A whole interchange; `text` is what was parsed, so that a finding can name line and character."""

    text: str
    characters: ServiceCharacters
    service_string: bool
    header: Segment
    messages: tuple[Message, ...]


def read_interchange(content: bytes, limits: Limits) -> Interchange:
    """An interchange (UTF-8, already examined); raises `WireError` with all that is wrong with its envelope."""
    unreadable = unreadable_text(content)
    if unreadable is not None:
        raise unreadable
    text = content.decode()
    forbidden = FORBIDDEN.search(text)
    if forbidden is not None:
        line = text.count("\n", 0, forbidden.start()) + 1
        raise refusal("WIRE-22", character=f"U+{ord(forbidden[0]):04X}", line=line)
    characters, start = service_characters(text)
    segments = split(text, start, characters, limits)
    if not segments or segments[0].tag != "UNB":
        tag = segments[0].tag if segments else "-"
        raise refusal("EDI-02", f"{tag}[1]", tag=tag, segment=1, line=1, position=start + 1)
    walk = _Walk(text)
    walk.through(segments)
    walk.findings.refuse()
    given = _SERVICE_STRING.match(text) is not None
    return Interchange(text, characters, given, segments[0], tuple(walk.messages))


def service_characters(text: str) -> tuple[ServiceCharacters, int]:
    """The service characters of a text, and where its segments begin. Raises `WireError` for a UNA that cannot be."""
    given = _SERVICE_STRING.match(text)
    if given is not None:
        component, element, decimal, release, repetition, terminator = (sign.strip(" ") for sign in given.groups())
        characters = ServiceCharacters(component, element, decimal or ".", release, repetition, terminator)
        # The sign before the last was reserved until version 4: only then does it repeat.
        if not repetition.strip() or repetition.isalnum():
            characters = ServiceCharacters(component, element, decimal or ".", release, "", terminator)
        _characters_check(characters)
        return characters, given.end()
    start = re.match(r"\s*UNB(.)([A-Z]{4})(?::([0-9]))?", text, re.DOTALL)
    version = start[3] if start else None
    if version == _REPETITIONS_SINCE:
        return ServiceCharacters(repetition="*"), 0
    return DEFAULT, 0


def _characters_check(characters: ServiceCharacters) -> None:
    needed = (characters.component, characters.element, characters.terminator)
    used = characters.special
    if not all(needed) or len(set(used)) != len(used) or any(sign.isalnum() for sign in used):
        raise refusal("EDI-06", "UNA", characters=used, line=1, position=4)


@dataclass(slots=True)
class _Walk:
    """Steps through an interchange's segments, opening and closing envelopes; notes what does not agree."""

    text: str
    findings: Findings = field(default_factory=Findings)
    messages: list[Message] = field(default_factory=list)
    group: Segment | None = None
    groups: int = 0
    in_group: int = 0
    header: Segment | None = None
    body: list[Segment] = field(default_factory=list)
    ended: bool = False

    def through(self, segments: list[Segment]) -> None:
        """Look at every segment after UNB."""
        interchange = segments[0]
        for one in segments[1:]:
            if self.ended:
                self.note("EDI-05", one)
                return
            match one.tag:
                case "UNG":
                    self.close_unended(one)
                    self.group, self.in_group = one, 0
                    self.groups += 1
                case "UNH":
                    self.close_unended(one)
                    self.header, self.body = one, []
                case "UNT":
                    self.message_ends(one)
                case "UNE":
                    self.group_ends(one)
                case "UNZ":
                    self.interchange_ends(one, interchange)
                case _ if self.header is None:
                    self.note("EDI-05", one)
                case _:
                    self.body.append(one)
        if not self.ended:
            self.close_unended(segments[-1])
            self.note("EDI-08", segments[-1], trailer="UNZ")

    def close_unended(self, before: Segment) -> None:
        """A message that has no UNT before the next envelope begins."""
        if self.header is not None:
            self.note("EDI-08", before, trailer="UNT")
            self.header = None

    def message_ends(self, trailer: Segment) -> None:
        """UNT: the count of segments with UNH and UNT, and the reference of UNH."""
        if self.header is None:
            self.note("EDI-05", trailer)
            return
        self.count_check(trailer, len(self.body) + 2)
        self.reference_check(trailer, self.header, self.header.get(0))
        self.messages.append(Message(self.header, self.group, tuple(self.body)))
        self.in_group += 1
        self.header = None

    def group_ends(self, trailer: Segment) -> None:
        """UNE: the count of messages, and the reference of UNG."""
        self.close_unended(trailer)
        if self.group is None:
            self.note("EDI-05", trailer)
            return
        self.count_check(trailer, self.in_group)
        self.reference_check(trailer, self.group, self.group.get(4))
        self.group = None

    def interchange_ends(self, trailer: Segment, interchange: Segment) -> None:
        """UNZ: the count of groups, or of messages where there are none, and the reference of UNB."""
        self.close_unended(trailer)
        if self.group is not None:
            self.note("EDI-08", trailer, trailer="UNE")
        self.count_check(trailer, self.groups or len(self.messages))
        self.reference_check(trailer, interchange, interchange.get(4))
        self.ended = True

    def count_check(self, trailer: Segment, counted: int) -> None:
        """Note a count that is not what there is."""
        stated = trailer.get(0)
        if not (stated.isascii() and stated.isdigit() and int(stated[:9]) == counted):
            self.note("EDI-03", trailer, 0, stated=stated[:20], counted=str(counted))

    def reference_check(self, trailer: Segment, header: Segment, expected: str) -> None:
        """Note a reference that is not the header's."""
        stated = trailer.get(1)
        if stated != expected:
            self.note("EDI-04", trailer, 1, stated=stated[:40], expected=expected[:40], header=header.tag)

    def note(self, code: str, one: Segment, element: int | None = None, **params: str) -> None:
        """Note a finding at a segment; its place is looked for only while findings are kept."""
        if self.findings.full:
            self.findings.more += 1
            return
        self.findings.add(Finding(code, place_of(one, element), {**place_params(one, self.text), **params}))

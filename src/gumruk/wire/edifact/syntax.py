# SPDX-License-Identifier: Apache-2.0
"""The syntax of UN/EDIFACT (ISO 9735, versions 1 to 4): characters to segments and back.

A segment is a tag and its elements, an element its repetitions, a repetition its components. Empty ends are left off:
`NAD+CN+++X++'` and `NAD+CN+++X'` say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gumruk.law.kernel import Finding
from gumruk.wire.errors import Findings, WireError, refusal
from gumruk.wire.safety import Limits

Components = tuple[str, ...]
Element = tuple[Components, ...]

ELEMENTS_MAX = 200
"""More elements, repetitions or components than this in one place are no segment of any directory."""
SEGMENT_LENGTH_MAX = 50_000
"""A longer segment is not even divided."""
_TOO_WIDE: tuple[Element, ...] = (((),),) * (ELEMENTS_MAX + 1)
_TAG = re.compile(r"[A-Z][A-Z0-9]{2}")


@dataclass(frozen=True, slots=True)
class ServiceCharacters:
    """The characters that divide; `release` and `repetition` may be missing ("")."""

    component: str = ":"
    element: str = "+"
    decimal: str = "."
    release: str = "?"
    repetition: str = ""
    terminator: str = "'"

    @property
    def special(self) -> str:
        """All that a text must release."""
        return self.component + self.element + self.release + self.repetition + self.terminator


DEFAULT = ServiceCharacters()
#: What stands in an extension: always these, whatever the message used.
CANONICAL = ServiceCharacters(repetition="*")


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment; `number` counts from 1 in the interchange, `offset` is the character where it begins."""

    tag: str
    elements: tuple[Element, ...] = ()
    number: int = 0
    offset: int = 0

    def get(self, element: int, component: int = 0) -> str:
        """A component of an element's first repetition; "" where there is none."""
        if element >= len(self.elements) or component >= len(self.elements[element][0]):
            return ""
        return self.elements[element][0][component]

    def components(self, element: int) -> Components:
        """All components of an element's first repetition."""
        return self.elements[element][0] if element < len(self.elements) else ()

    def same_as(self, other: Segment) -> bool:
        """Whether both say the same, wherever they stand."""
        return self.tag == other.tag and self.elements == other.elements


def segment(tag: str, *elements: str | Components) -> Segment:
    """A segment from plain components, each element without repetition."""
    return Segment(tag, _trimmed(((one,),) if isinstance(one, str) else (tuple(one),) for one in elements))


def place_of(one: Segment, element: int | None = None, component: int | None = None) -> str:
    """Where something stands, for a finding: `UNT[28].1`, the 28th segment's first element, counted from 1."""
    steps = [] if element is None else [element + 1] + ([] if component is None else [component + 1])
    return f"{one.tag[:3]}[{one.number}]" + "".join(f".{step}" for step in steps)


def place_params(one: Segment, text: str) -> dict[str, str]:
    """The parameters by which a finding names a segment: its number, the line and the character it begins at."""
    line = text.count("\n", 0, one.offset) + 1
    return {"segment": str(one.number), "tag": one.tag[:3], "line": str(line), "position": str(one.offset + 1)}


def split(text: str, start: int, characters: ServiceCharacters, limits: Limits) -> list[Segment]:
    """All segments from a place on. Raises `WireError` with every segment that is none, and for a cut-off end."""
    found: list[Segment] = []
    wrong = Findings()
    for number, (offset, raw) in enumerate(_raw_segments(text, start, characters), start=1):
        tag, elements = _parsed(raw, characters) if len(raw) <= SEGMENT_LENGTH_MAX else (raw[:3], _TOO_WIDE)
        one = Segment(tag, elements, number, offset)
        if wrong.full:
            wrong.more += not _TAG.fullmatch(tag)
        elif not _TAG.fullmatch(tag):
            params = {**place_params(one, text), "tag": tag[:20]}
            wrong.add(Finding("EDI-01", place_of(Segment("?", (), number)), params))
        elif _widest(elements) > ELEMENTS_MAX:
            wrong.add(Finding("EDI-07", place_of(one), {**place_params(one, text), "limit": str(ELEMENTS_MAX)}))
        else:
            _lengths_check(one, text, limits, wrong)
            found.append(one)
    wrong.refuse()
    return found


def _widest(elements: tuple[Element, ...]) -> int:
    return max([len(elements), *map(len, elements), *(len(parts) for element in elements for parts in element)])


def _lengths_check(one: Segment, text: str, limits: Limits, wrong: Findings) -> None:
    for place, element in enumerate(one.elements):
        for parts in element:
            for part, value in enumerate(parts):
                if len(value) > limits.text_length_max:
                    params = {**place_params(one, text), "element": one.tag, "length": str(len(value))}
                    limit = {"limit": str(limits.text_length_max)}
                    wrong.add(Finding("WIRE-32", place_of(one, place, part), {**params, **limit}))


def _raw_segments(text: str, start: int, characters: ServiceCharacters) -> Iterator[tuple[int, str]]:
    place = start
    while True:
        while place < len(text) and text[place] in " \t\r\n":
            place += 1
        if place >= len(text):
            return
        end = _end_of_segment(text, place, characters)
        if end < 0:
            raise cut_off(text)
        if end > place:
            yield place, text[place:end]
        place = end + 1


def _end_of_segment(text: str, begin: int, characters: ServiceCharacters) -> int:
    """Where the terminator stands before which no odd number of release characters stands; -1 if nowhere."""
    end = text.find(characters.terminator, begin)
    while end >= 0 and characters.release:
        releases = end
        while releases > begin and text[releases - 1] == characters.release:
            releases -= 1
        if (end - releases) % 2 == 0:
            break
        end = text.find(characters.terminator, end + 1)
    return end


def cut_off(text: str) -> WireError:
    """The error of a message that ends inside a segment or before its trailers."""
    line = text.count("\n") + 1
    return refusal("WIRE-08", line=line, column=len(text) - text.rfind("\n"))


def _parsed(raw: str, characters: ServiceCharacters) -> tuple[str, tuple[Element, ...]]:
    tag, *elements = _divided(raw, characters.element, characters)
    parsed = (
        tuple(
            tuple(_released(part, characters) for part in _divided(repetition, characters.component, characters))
            for repetition in _divided(element, characters.repetition, characters)
        )
        for element in elements
    )
    return tag, _trimmed(parsed)


def _divided(text: str, separator: str, characters: ServiceCharacters) -> list[str]:
    """A text divided at a separator, but not where the release character stands before it."""
    if not separator:
        return [text]
    if not characters.release or characters.release not in text:
        return text.split(separator)
    parts, begin, place = [], 0, 0
    while place < len(text):
        if text[place] == characters.release:
            place += 2
            continue
        if text[place] == separator:
            parts.append(text[begin:place])
            begin = place + 1
        place += 1
    return [*parts, text[begin:]]


def _released(text: str, characters: ServiceCharacters) -> str:
    if not characters.release or characters.release not in text:
        return text
    return re.sub(re.escape(characters.release) + "(.)", r"\1", text, flags=re.DOTALL)


def _trimmed(elements: Iterable[Element]) -> tuple[Element, ...]:
    """Elements without empty ends: components first, then repetitions, then whole elements."""
    whole = []
    for element in elements:
        repetitions = [_without_end(parts, "") for parts in element]
        while len(repetitions) > 1 and not repetitions[-1]:
            repetitions.pop()
        whole.append(tuple(repetitions))
    while whole and whole[-1] == ((),):
        whole.pop()
    return tuple(whole)


def _without_end(parts: Components, empty: str) -> Components:
    end = len(parts)
    while end and parts[end - 1] == empty:
        end -= 1
    return parts[:end]


def written(one: Segment, characters: ServiceCharacters = CANONICAL) -> str:
    """A segment as characters, without its terminator."""
    return characters.element.join([one.tag, *(_element(element, characters) for element in one.elements)])


def _element(element: Element, characters: ServiceCharacters) -> str:
    # Without a repetition separator only the first repetition can be said; nothing we write has more.
    repetitions = element if characters.repetition else element[:1]
    return characters.repetition.join(
        characters.component.join(_held(part, characters) for part in parts) for parts in repetitions
    )


def _held(text: str, characters: ServiceCharacters) -> str:
    if not any(character in text for character in characters.special):
        return text
    return "".join(characters.release + sign if sign in characters.special else sign for sign in text)


def written_unit(segments: Iterable[Segment]) -> str:
    """Several segments as an extension holds them: canonical characters, a terminator between them."""
    return CANONICAL.terminator.join(written(one) for one in segments)


def read_unit(content: str) -> list[Segment]:
    """The segments of an extension's content; raises `WireError` where there are none."""
    return split(content + CANONICAL.terminator, 0, CANONICAL, Limits())

# SPDX-License-Identifier: Apache-2.0
"""Arranges a letter: the parts that the country's layout names, filled with what the paper says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from gumruk.office.documents.papers import LetterPaper
from gumruk.office.documents.parts import Listed, Part, note, signed, table
from gumruk.packs.form_fields import places_of
from gumruk.packs.letter_facts import NUMBERS
from gumruk.packs.letters import TABLE, Letter, LetterPart
from gumruk.texts import formats


@dataclass(frozen=True, slots=True)
class Arranging:
    """A letter in one language: `caption` gives the layout's captions by their keys."""

    paper: LetterPaper
    language: str
    zone: ZoneInfo
    caption: Callable[[str], str]

    def title(self) -> str:
        """What the letter is called."""
        return self._words(self.caption("title"), self.paper.facts(self.language))

    def parts(self, layout: Letter) -> list[Part]:
        """The parts as the press takes them; facts that follow each other are one part."""
        found: list[Part] = []
        for part in self._all(layout):
            if found and part["kind"] == found[-1]["kind"] == "facts":
                found[-1]["rows"] += part["rows"]
            else:
                found.append(part)
        return found

    def _all(self, layout: Letter) -> Iterator[Part]:
        facts, lists = self.paper.facts(self.language), self.paper.lists(self.language)
        for each, group in groupby(layout.parts, attrgetter("each")):
            parts = tuple(group)
            for line in lists[each].lines if each else ({},):
                told = {**facts, **{f"{each}.{name}": words for name, words in line.items()}}
                known = {**told, **{name: listed.lines for name, listed in lists.items()}}
                for part in parts:
                    if not part.when or bool(known[part.when.removeprefix("!")]) is not part.when.startswith("!"):
                        yield self._part(part, told, lists)

    def _part(self, part: LetterPart, facts: Mapping[str, Any], lists: Mapping[str, Listed]) -> Part:
        label = self._words(self.caption(part.label), facts) if part.label and part.kind != TABLE else ""
        words = self._words(part.fill, facts)
        listed = lists.get(part.rows, Listed(()))
        match part.kind:
            case "fact":
                return {"kind": "facts", "rows": [[label, words, part.strong]]}
            case "sum":
                return {"kind": "sum", "label": label, "amount": words}
            case "note":
                return note(label, words, part.strong)
            case "section":
                return {"kind": "section", "title": label or words}
            case "table":
                return self._table(part, facts, listed)
            case "findings":
                return {"kind": "findings", "mend_label": label, "rows": list(listed.lines)}
            case "charges":
                return {"kind": "charges", "rows": list(listed.lines)}
            case _:
                return signed(self.language, self.zone, self.paper.signature, self.paper.issued_at)

    def _table(self, part: LetterPart, facts: Mapping[str, Any], listed: Listed) -> Part:
        names = [name for name, _ in part.columns]

        def caption(name: str) -> str:
            return self._words(self.caption(f"{part.label}.{name}"), facts)

        total = [listed.total.get(name, "") for name in names]
        if any(total):
            total[0] = total[0] or caption("total")
        return table(
            [(caption(name), wide, name in NUMBERS.get(part.rows, ())) for name, wide in part.columns],
            [[line[name] for name in names] for line in listed.lines],
            total if any(total) else (),
        )

    def _words(self, text: str, facts: Mapping[str, Any]) -> str:
        """A fill or a caption with its places filled."""
        return "".join(self._place(piece, facts) if place % 2 else piece for place, piece in enumerate(places_of(text)))

    def _place(self, place: str, facts: Mapping[str, Any]) -> str:
        if place.startswith("@"):
            return facts[place[1:]] or formats.NOT_COMPUTED
        return self._words(self.caption(place), facts)

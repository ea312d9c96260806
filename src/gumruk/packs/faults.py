# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a pack, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gumruk import texts


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the file (relative to the pack), the line (1 for the first; 0: the file as a whole), what, with what.

    Words stand in `texts` under `pack.fault.<code>` (`words` names another place): what is wrong, and how it is mended.
    """

    file: str
    line: int
    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    words: str = "pack.fault"

    def what(self, language: str) -> str:
        """What is wrong, in words."""
        return texts.say(language, f"{self.words}.{self.code}.what", **self._filled(language))

    def mend(self, language: str) -> str:
        """How it is mended, in words."""
        return texts.say(language, f"{self.words}.{self.code}.mend", **self._filled(language))

    def _filled(self, language: str) -> dict[str, str]:
        """The parameters; a reason that is the code of another area's text is put into words."""
        words = dict(self.params)
        reason = words.get("reason", "")
        for key in (reason, f"{reason}.text", f"finding.{reason}.text"):
            if texts.find(language, key) is not None:
                words["reason"] = texts.say(language, key, **self.params)
        return words


def fault_lines(faults: Iterable[Fault], language: str, name: str = "") -> Iterator[str]:
    """Faults as a terminal shows them: place and what is wrong, below it the mend. `name`: the pack as given."""
    for fault in faults:
        place = f"{fault.file}:{fault.line}" if fault.line else ""
        told = ": ".join(part for part in (name, place) if part) or fault.file
        yield f"{told}: {fault.what(language)}"
        yield f"    {texts.say(language, 'pack.check.mend', mend=fault.mend(language))}"


class PackError(Exception):
    """A pack has faults and cannot be loaded; `faults` names all of them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults)
        self.faults: tuple[Fault, ...] = tuple(faults)

    def __str__(self) -> str:
        lines = (f"{fault.file}:{fault.line}: {fault.what('en')} {fault.mend('en')}" for fault in self.faults[:20])
        return "\n".join([f"{len(self.faults)} faults in the country pack", *lines])

# SPDX-License-Identifier: Apache-2.0
"""A guided run: what reaches a step in our code that nothing reached before is gone on from."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from types import CodeType, FrameType
from typing import Any

from tests.wire.fuzzing.mutations import mutated
from tests.wire.fuzzing.reading import Fault, fault_of, zipped

WATCHED = ("/gumruk/wire/", "/gumruk/law/declarations/", "/gumruk/law/assessment/", "/gumruk/law/kernel/")
CONTENT_MAX = 40_000
Step = tuple[CodeType, int, int]


@dataclass
class Reached:
    """Every step from one line to the next within a function of ours that was taken so far, and the new ones."""

    steps: set[Step] = field(default_factory=set)
    new: list[Step] = field(default_factory=list)
    _watched: dict[CodeType, bool] = field(default_factory=dict)

    def follow(self, frame: FrameType, event: str, _: Any) -> Callable[..., Any] | None:
        """What `sys.settrace` calls for each function that is entered."""
        code = frame.f_code
        watched = self._watched.get(code)
        if watched is None:
            watched = self._watched[code] = any(part in code.co_filename for part in WATCHED)
        if not watched:
            return None
        last, steps, new = code.co_firstlineno, self.steps, self.new

        def line(inner: FrameType, happened: str, _: Any) -> Callable[..., Any]:
            nonlocal last
            if happened == "line":
                step = (code, last, inner.f_lineno)
                last = inner.f_lineno
                if step not in steps:
                    steps.add(step)
                    new.append(step)
            return line

        return line


class Guided:
    """A run from a seed: its corpus grows by what reaches new steps. `kept` is what an earlier run had."""

    def __init__(self, seed: int, samples: tuple[bytes, ...], kept: tuple[bytes, ...] = ()) -> None:
        self.random = Random(f"guided:{seed}")  # noqa: S311
        self.samples = samples
        self.reached = Reached()
        self.corpus: list[bytes] = []
        self.count = 0
        self._first: Iterator[bytes] = iter((*samples, *kept))

    def next(self) -> bytes:
        """A message made of one that reached something new; first the samples themselves."""
        first = next(self._first, None)
        if first is not None:
            return first
        place = self.random.randrange(len(self.corpus))
        if self.random.random() < 0.5:  # what was found last leads on most
            place = max(place, self.random.randrange(len(self.corpus)))
        content = mutated(self.corpus[place], self.random, self.samples)
        return zipped(content, self.random) if self.random.random() < 0.02 else content

    def step(self, content: bytes) -> tuple[Fault | None, bool]:
        """Follow one message: its fault, and whether it reached something new and is gone on from."""
        self.count += 1
        self.reached.new.clear()
        before = sys.gettrace()
        sys.settrace(self.reached.follow)
        try:
            fault = fault_of(content)
        finally:
            sys.settrace(before)
        is_new = bool(self.reached.new) and fault is None and len(content) <= CONTENT_MAX
        if is_new:
            self.corpus.append(content)
        return fault, is_new

    def told(self) -> str:
        """How far it is, in words."""
        return f"{self.count} messages, {len(self.reached.steps)} steps reached, {len(self.corpus)} kept"

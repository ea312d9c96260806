# SPDX-License-Identifier: Apache-2.0
"""A figure, and how to time what is quick."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """One measured figure. `goal` says what was promised, in words; empty where nothing was."""

    bench: str
    figure: str
    value: float
    unit: str
    goal: str = ""

    def printed(self) -> str:
        """The figure as one JSON line."""
        return json.dumps(asdict(self), ensure_ascii=False)


def seconds_each(work: Callable[[], object], *, rounds: int = 7, round_seconds: float = 0.25) -> float:
    """Seconds for one call: the best of some rounds, so that a neighbour's work on the machine counts least."""
    work()
    started = time.perf_counter()
    work()
    once = max(time.perf_counter() - started, 1e-7)
    calls = max(1, int(round_seconds / once))
    best = float("inf")
    for _ in range(rounds):
        started = time.perf_counter()
        for _ in range(calls):
            work()
        best = min(best, (time.perf_counter() - started) / calls)
    return best

# SPDX-License-Identifier: Apache-2.0
"""Run the measurements whose names are given, or all."""

from __future__ import annotations

import importlib
import json
import sys
from dataclasses import asdict

BENCHES = ("start",)
"""Modules of this package with a function `figures() -> Iterator[Figure]`."""


def main(words: list[str]) -> int:
    """Print one JSON line a figure, as soon as it is measured."""
    unknown = [word for word in words if word not in BENCHES]
    if unknown:
        print(f"there is no measurement {', '.join(unknown)}; there are: {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    for name in words or BENCHES:
        for figure in importlib.import_module(f"bench.{name}").figures():
            print(json.dumps({"bench": name, **asdict(figure)}, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

# SPDX-License-Identifier: Apache-2.0
"""`./run bench [NAME ...]`: all benchmarks, or those that are named."""

from __future__ import annotations

import importlib
import sys

NAMES = ("assess", "tariff", "wire", "papers", "lodge", "start")


def main(wanted: list[str]) -> int:
    """Run the benchmarks and print their figures as they come."""
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        print(f"no benchmark is called {', '.join(unknown)}; there are: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    for name in wanted or NAMES:
        for figure in importlib.import_module(f"benchmarks.{name}").figures():
            print(figure.printed(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

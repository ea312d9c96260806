# SPDX-License-Identifier: Apache-2.0
"""`./run bench [NAME ...]`: all benchmarks, or those that are named."""

from __future__ import annotations

import importlib
import sys

LAW = ("assess", "tariff", "tariff_import", "openfisca", "agreement", "cases")
NAMES = (*LAW, "classification", "classification_sources", "wire", "papers", "lodge", "start")
#: Several under one name: what computes the law.
TOGETHER = {"law": LAW}


def main(wanted: list[str]) -> int:
    """Run the benchmarks and print their figures as they come."""
    unknown = [name for name in wanted if name not in NAMES and name not in TOGETHER]
    if unknown:
        print(
            f"no benchmark is called {', '.join(unknown)}; there are: {', '.join((*NAMES, *TOGETHER))}", file=sys.stderr
        )
        return 2
    for name in [part for asked in wanted or NAMES for part in TOGETHER.get(asked, (asked,))]:
        for figure in importlib.import_module(f"benchmarks.{name}").figures():
            print(figure.printed(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

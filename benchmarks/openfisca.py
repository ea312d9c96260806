# SPDX-License-Identifier: Apache-2.0
"""Our compiled law beside OpenFisca-core's: the same four charges on the same lines, one line at a time, in one run.

OpenFisca-core (AGPL) is installed into a folder of its own, only to measure, and removed again. It computes in
32-bit floats; each of its charges that differs from the exact one by a cent or more makes its line wrong.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from benchmarks.assess import LEGAL
from benchmarks.figures import Figure
from gumruk.law.assessment import GoodsFacts, ItemFacts, compute
from gumruk.law.kernel import HsCode, Money

RELEASE = "46.0.1"
LINES = 2_000
#: Both are measured as often, and the quickest round of each counts: neither pays for the machine's other work.
ROUNDS = 5
_SCRIPT = Path(__file__).with_name("openfisca_law.py")


def figures() -> Iterator[Figure]:
    """Lines a second for each, their ratio, and how many lines each has wrong against the other's exact arithmetic."""
    lines = random_lines()
    answer = _beside(lines)
    if answer is None:
        yield Figure("openfisca", "installed", 0, "no", "OpenFisca-core could not be installed: no ratio")
        return
    facts = [_facts(*line) for line in lines]
    compute(facts[0], LEGAL)
    took = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        computed = [compute(each, LEGAL).amounts for each in facts]
        took.append((time.perf_counter() - started) / len(facts))
    seconds = min(took)
    wrong = sum(
        any(differs(amount, line.computed) for amount, line in zip(amounts, line_of, strict=True))
        for amounts, line_of in zip(answer["amounts"], computed, strict=True)
    )
    theirs = float(answer["seconds_each"])
    yield Figure("openfisca", "lines a second, Gumruk compiled", round(1 / seconds), "1/s")
    yield Figure("openfisca", f"lines a second, OpenFisca-core {RELEASE}", round(1 / theirs), "1/s")
    yield Figure("openfisca", "times its single-situation rate", round(theirs / seconds, 1), "ratio", "at least 20")
    yield Figure("openfisca", f"its wrong lines of {len(lines)}", wrong, "lines")


def differs(amount: float, exact: Decimal | None) -> bool:
    """Whether an amount, rounded to cents, is another than the exact one."""
    return exact is None or abs(Decimal(repr(amount)) - exact) >= Decimal("0.005")


def random_lines(count: int = LINES) -> list[tuple[str, str]]:
    """Customs values and litres as text, the same in every run."""
    dice = random.Random(20)  # noqa: S311 - the same lines every time
    return [
        (f"{Decimal(dice.randrange(1, 10**9)) / 100:.2f}", f"{Decimal(dice.randrange(1, 10**8)) / 1000:.3f}")
        for _ in range(count)
    ]


def _facts(value: str, litres: str) -> GoodsFacts:
    goods = ItemFacts(
        sequence=1,
        code=HsCode("2204218201"),
        price=Money(Decimal(value), "TJS"),
        origin="GE",
        procedure="40",
        quantities={"LTR": Decimal(litres)},
    )
    return GoodsFacts((goods,))


def _beside(lines: list[tuple[str, str]]) -> dict[str, list[list[float]]] | None:
    with tempfile.TemporaryDirectory(prefix="gumruk-bench-") as folder:
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
        python = Path(folder, "bin", "python")
        wheel = next(Path(__file__).resolve().parents[1].glob("vendor/pip/pip-*.whl"), None)
        pip = [str(python), str(wheel / "pip")] if wheel else [str(python), "-m", "pip"]
        install = [*pip, "install", "--quiet", "--disable-pip-version-check", f"openfisca-core=={RELEASE}"]
        if subprocess.run(install, check=False, capture_output=True).returncode:
            return None
        asked = json.dumps({"rounds": ROUNDS, "lines": lines})
        done = subprocess.run([python, _SCRIPT], input=asked, capture_output=True, text=True, check=True)
        answer: dict[str, list[list[float]]] = json.loads(done.stdout)
        return answer

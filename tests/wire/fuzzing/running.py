# SPDX-License-Identifier: Apache-2.0
"""Fuzzing in a process of its own: limited in memory, watched for time. `drills/fuzz` starts it."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from select import select

from tests.wire.fuzzing import largest
from tests.wire.fuzzing.guided import Guided
from tests.wire.fuzzing.lists import list_gone_through, list_made
from tests.wire.fuzzing.lists import samples as lists
from tests.wire.fuzzing.reading import (
    MEGABYTES_MAX,
    SECONDS_MAX,
    Fault,
    made,
    memory_limited,
    outcome_of,
    own_samples,
    reference_samples,
)

ROOT = Path(__file__).resolve().parents[3]
SILENT_SECONDS_MAX = 240.0
TOLD_EVERY = 250


def main(words: Sequence[str]) -> int:
    """`drills/fuzz`: the wanted number of messages made wrong, or a guided run of so many minutes."""
    parser = argparse.ArgumentParser(prog="drills/fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="messages made wrong (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same messages")
    parser.add_argument("--minutes", type=float, default=0, help="instead: guided by the lines that are reached")
    parser.add_argument("--keep", type=Path, default=ROOT / "var" / "fuzz", help="where what was found is kept")
    parser.add_argument("--reference", type=Path, help="also others' messages from this folder (not guided)")
    parser.add_argument("--lists", action="store_true", help="lists of goods (CSV, XLSX) instead of messages")
    parser.add_argument("--largest", action="store_true", help="instead: messages as large as may be")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args(words)
    if arguments.largest:
        return largest.main()
    arguments.keep.mkdir(parents=True, exist_ok=True)
    if arguments.worker:
        return work(arguments)
    return watch([*words, "--worker"])


def watch(words: Sequence[str]) -> int:
    """Start the worker and listen: one that is silent for too long hangs in a message, and is stopped."""
    command = [sys.executable, "-m", "tests.wire.fuzzing.running", *words]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        while True:
            ready, _, _ = select([worker.stdout], [], [], SILENT_SECONDS_MAX)
            if not ready:
                worker.kill()
                print(f"the worker hung for {SILENT_SECONDS_MAX:.0f} s: see the last number above")
                return 1
            line = worker.stdout.readline()
            if not line:
                break
            sys.stdout.write(line)
            sys.stdout.flush()
        return worker.wait()


def work(arguments: argparse.Namespace) -> int:
    """Make the messages and take each through everything; 1 where something happened that must not."""
    faults = 0
    with memory_limited():
        found = guided(arguments) if arguments.minutes else counted(arguments)
        for fault in found:
            faults += 1
            name = f"fault-{hashlib.sha256(fault.content).hexdigest()[:12]}"
            (arguments.keep / name).write_bytes(fault.content)
            print(f"  {name}: {fault.what}", flush=True)
    print(f"faults: {faults} (promised: no exception but our own, {SECONDS_MAX:.0f} s, {MEGABYTES_MAX} MB)")
    return 1 if faults else 0


def counted(arguments: argparse.Namespace) -> Iterator[Fault]:
    """The faults of so many messages made wrong."""
    samples = (
        lists()
        if arguments.lists
        else own_samples() + (reference_samples(arguments.reference) if arguments.reference else ())
    )
    outcomes: Counter[str] = Counter()
    started, slowest = time.perf_counter(), 0.0
    for number in range(arguments.count):
        content = list_made(arguments.seed, number) if arguments.lists else made(arguments.seed, number, samples)
        before = time.perf_counter()
        outcome = outcome_of(content, list_gone_through if arguments.lists else None)
        slowest = max(slowest, time.perf_counter() - before)
        if isinstance(outcome, Fault):
            yield outcome
        else:
            outcomes.update(outcome[:1] or ["read"])
        if number % TOLD_EVERY == 0:
            print(f"  {number} of {arguments.count}", flush=True)
    seconds = time.perf_counter() - started
    print(f"{arguments.count} messages of {len(samples)} samples, seed {arguments.seed}, in {seconds:.0f} s;", end=" ")
    print(f"the slowest took {slowest * 1000:.0f} ms")
    print("  " + json.dumps(dict(outcomes.most_common())))


def guided(arguments: argparse.Namespace) -> Iterator[Fault]:
    """The faults of a run that goes on from what reached new lines; that is kept, and a later run begins with it.

    The message that is being read lies in `current`: where a run is stopped because it hung, that one did it.
    """
    keep: Path = arguments.keep
    run = Guided(arguments.seed, own_samples(), tuple(path.read_bytes() for path in sorted(keep.glob("reached-*"))))
    until, told = time.monotonic() + arguments.minutes * 60, 0.0
    while time.monotonic() < until:
        content = run.next()
        (keep / "current").write_bytes(content)
        fault, is_new = run.step(content)
        if fault is not None:
            yield fault
        elif is_new:
            (keep / f"reached-{hashlib.sha256(content).hexdigest()[:12]}").write_bytes(content)
        if time.monotonic() - told > 10:
            told = time.monotonic()
            print(f"  {run.told()}", flush=True)
    (keep / "current").unlink()
    print(run.told())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

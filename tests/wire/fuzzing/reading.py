# SPDX-License-Identifier: Apache-2.0
"""What a message goes through here: read, written in every format, checked by all rules, assessed. None is stored."""

from __future__ import annotations

import io
import resource
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

from tests.wire.fuzzing.mutations import mutated

from gumruk import demonstration, packs, wire
from gumruk.law.assessment import assess
from gumruk.law.declarations import Context, check_declaration, goods_facts, read_declaration
from gumruk.law.declarations.model import Declaration
from gumruk.law.declarations.responses import Response
from gumruk.law.kernel import Severity
from gumruk.law.lawbook import Legal, Moments
from gumruk.wire.batch import messages

SECONDS_MAX = 5.0
"""Of the processor, for one message: a neighbour's work is not counted."""
MEGABYTES_MAX = 300
OWN_SAMPLES = Path(__file__).parents[1] / "samples"
FOUND = Path(__file__).parents[1] / "found"
DAY = date(2026, 11, 25)
ZIPPED_EVERY = 40


@dataclass(frozen=True)
class Fault:
    """What must not happen: an exception that is not ours, too much time, too much memory, a change by writing."""

    what: str
    content: bytes


@cache
def _law() -> tuple[packs.Pack, Legal]:
    pack = packs.load(packs.pack_folder("tj"))
    return pack, Legal(pack.book, Moments(DAY, DAY), training=True)


@cache
def own_samples() -> tuple[bytes, ...]:
    """Our own messages: the wire's samples, the demonstration's, and one of these in every format that is written."""
    paths = [
        *sorted(path for path in OWN_SAMPLES.rglob("*") if path.suffix in (".xml", ".json", ".edi")),
        *map(demonstration.sample_path, demonstration.SAMPLES),
    ]
    held = [path.read_bytes() for path in paths]
    for name in ("flour.json", "truck_mixed.xml"):
        declaration = wire.read(demonstration.sample_path(name).read_bytes()).declaration
        held += [wire.write(declaration, of) for of in wire.FORMATS]
    return tuple(held)


def reference_samples(folder: Path) -> tuple[bytes, ...]:
    """Others' messages, where they lie beside the checkout; those of up to 100 kB."""
    found = sorted(path for path in (folder / "messages").rglob("*") if path.suffix in (".xml", ".edi", ".json"))
    return tuple(path.read_bytes() for path in found if path.stat().st_size <= 100_000)


def made(seed: int, number: int, samples: tuple[bytes, ...]) -> bytes:
    """The message of this number: one of the samples made wrong; at times packed into a zip, or a zip into a zip."""
    random = Random(f"{seed}:{number}")  # noqa: S311
    content = mutated(random.choice(samples), random, samples)
    if number % ZIPPED_EVERY == 0:
        content = zipped(content, random)
        if random.random() < 0.5:
            content = mutated(content, random, samples)
    return content


def zipped(content: bytes, random: Random) -> bytes:
    """A zip that holds the message, and at times a zip that holds it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        name = random.choice(("a.xml", "b/c.json", "../x.xml", "[Content_Types].xml", "x.zip"))
        archive.writestr(
            zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED
        )  # without the time of day, so that it is always the same
        if random.random() < 0.5:
            inner = io.BytesIO()
            with zipfile.ZipFile(inner, "w") as within:
                within.writestr(zipfile.ZipInfo("a.xml"), content)
            archive.writestr(zipfile.ZipInfo("inner.zip"), inner.getvalue())
    return held.getvalue()


def gone_through(content: bytes) -> list[str]:
    """Take a message through everything; the codes of the findings it was refused with, none where it was read.

    Raises what must not be raised: whatever is not `WireError`, and AssertionError where writing changed it.
    """
    if content.startswith(b"PK"):
        try:
            inside = [held for _, held in messages(content) if isinstance(held, bytes)]
        except wire.WireError as error:
            return [finding.code for finding in error.findings]
        return [code for held in inside for code in gone_through(held)]
    try:
        message = wire.read_any(content, "fuzz")
    except wire.WireError as error:
        return [finding.code for finding in error.findings]
    if isinstance(message, wire.ResponseMessage):
        _written(message.response)
        return []
    declaration = message.declaration
    canonical = wire.canonical(declaration)
    assert wire.restore(canonical) == declaration, "our JSON is another declaration"
    _written(declaration)
    _asked(declaration)
    return []


def checked(content: bytes) -> list[str]:
    """Take a message through reading and all rules alone; the codes of the findings that it was refused with."""
    try:
        message = wire.read_any(content)
    except wire.WireError as error:
        return [finding.code for finding in error.findings]
    if isinstance(message, wire.Message):
        _asked(message.declaration)
    return []


def _asked(declaration: Declaration) -> None:
    reading = read_declaration(declaration)
    pack, legal = _law()
    findings = check_declaration(reading, Context(legal, pack.code_lists, DAY))
    if not any(finding.severity is Severity.ERROR for finding in findings):
        assess(goods_facts(reading), legal)


def _written(body: Declaration | Response) -> None:
    for name in wire.FORMATS:
        try:
            length = len(wire.write(body, name))
        except wire.WireError as error:
            assert error.findings
            continue
        if length % 8 == 0:  # one in eight, for the time it takes
            wire.left_behind(body, name)


def outcome_of(content: bytes, through: Callable[[bytes], list[str]] | None = None) -> Fault | list[str]:
    """What went wrong with a message that must not; else the codes that it was refused with, none where it was read."""
    through = through or gone_through
    before, started = _peak_megabytes(), time.process_time()
    try:
        codes = through(content)
    except MemoryError:
        return Fault(f"more than {MEGABYTES_MAX} MB", content)
    except Exception as error:
        place = error.__traceback__
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "-"
        return Fault(f"{type(error).__name__}: {error} ({where})"[:400], content)
    seconds, megabytes = time.process_time() - started, _peak_megabytes()
    if seconds > SECONDS_MAX:
        return Fault(f"{seconds:.1f} s", content)
    if megabytes > MEGABYTES_MAX > before:
        return Fault(f"{megabytes:.0f} MB", content)
    return codes


def fault_of(content: bytes) -> Fault | None:
    """What went wrong with a message that must not; None where all is as promised."""
    outcome = outcome_of(content)
    return outcome if isinstance(outcome, Fault) else None


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1_000 if sys.platform == "linux" else 1_000_000)


@contextmanager
def memory_limited() -> Iterator[None]:
    """Let this process take no more memory of its own than a message may: a request above it fails."""
    _law()
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (MEGABYTES_MAX * 1_000_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))

# SPDX-License-Identifier: Apache-2.0
"""A tariff file goes into a tariff folder: all of it or nothing, and a change set says what it changed.

New versions are written beside the old files, the manifest last and at once: whoever reads the folder, and whatever
stops the import, finds the tariff of before or the tariff of after.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

from gumruk.law.kernel import Finding, Severity
from gumruk.wire.errors import WireError, refusal
from gumruk.wire.tariffs.changes import Change, What, applied, withdrawn
from gumruk.wire.tariffs.folder import MANIFEST, Cells, Key, KindWriter, Manifest, TariffFolder, Version
from gumruk.wire.tariffs.opening import Stream, sources
from gumruk.wire.tariffs.pile import Pile, Piled
from gumruk.wire.tariffs.records import Reader, Reading, Source

#: Called with the file's name, the bytes and records read so far, and all its bytes.
Progress = Callable[[str, int, int, int], None]
_EVERY = 5_000
LOCK = ".lock"
_BESIDE = ".import."


@dataclass(slots=True)
class Report:
    """What an import did. `counts` are its changes by what happened and kind; nothing changed: nothing was written.

    `told_twice` counts records that files of one import told differently: the last one counts.
    """

    files: list[dict[str, Any]] = field(default_factory=list)
    counts: Counter[tuple[What, str]] = field(default_factory=Counter)
    warnings: list[Finding] = field(default_factory=list)
    known_from: str = ""
    changes: Path | None = None
    told_twice: int = 0

    @property
    def count(self) -> int:
        """How many records changed."""
        return self.counts.total()


def moment_text(moment: datetime) -> str:
    """A moment as the folder writes it, to the second, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def import_tariff(
    paths: Sequence[Path],
    reader: Reader,
    format_name: str,
    into: Path,
    known_from: datetime | None,
    progress: Progress | None = None,
    *,
    withdraw: bool = False,
) -> Report:
    """Read the files (also packed ones) in the order of their editions and put them into the folder, or change nothing.

    `known_from` is the moment since when their content is known; None: each file's own date. A file that is the whole
    and would withdraw more than it tells is refused (it may be cut), unless `withdraw` is set. Raises `WireError` with
    everything that is wrong, and OSError where a file cannot be read or written.
    """
    with _locked(into), tempfile.TemporaryDirectory(prefix=_BESIDE, dir=into) as beside:
        held = TariffFolder.open(into) if (into / MANIFEST).exists() else TariffFolder(into, Manifest(format_name))
        if held.manifest.format != format_name:
            raise refusal("TARIFF-04", str(into), held=held.manifest.format, asked=format_name)
        pile, report = Pile(Path(beside)), Report()
        wholes = _read(paths, reader, known_from, held.manifest, pile, report, progress)
        _Import(held, pile, wholes, Path(beside), report).run(withdraw=withdraw)
        return report


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Only one import works on a folder; the lock goes with the process, whatever becomes of it.

    A folder that was made for an import which is refused is taken away again; so is what a killed import left.
    """
    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise refusal("TARIFF-08", str(folder)) from error
        for left in folder.glob(f"{_BESIDE}*"):
            shutil.rmtree(left, ignore_errors=True)
        try:
            yield
        finally:
            if made and not (folder / MANIFEST).exists():
                (folder / LOCK).unlink()
                folder.rmdir()


def _read(
    paths: Sequence[Path],
    reader: Reader,
    known_from: datetime | None,
    manifest: Manifest,
    pile: Pile,
    report: Report,
    progress: Progress | None,
) -> set[str]:
    """Pile up the records of all files; the beginnings of keys of which they are the whole."""
    wholes: set[str] = set()
    with sources(paths) as found:
        readings = []
        for source, changed in found:
            with _named(source):
                readings.append((reader(source), source, known_from or changed))
        readings.sort(key=lambda reading: reading[0].edition)
        latest = manifest.known_from
        for reading, source, moment in readings:
            known = moment_text(moment)
            if known < latest:
                raise refusal("TARIFF-06", source.name, known=known, latest=latest)
            latest = known
            _order_check(reading, source, manifest)
            with _named(source):
                count = _pile_up(reading, source, known, pile, progress)
            digest = source.file.digest() if isinstance(source.file, Stream) else ""
            _order_check(reading, source, manifest, digest)
            for file in report.files:
                if reading.edition and file["edition"] == reading.edition and file["sha256"] != digest:
                    raise refusal("TARIFF-10", source.name, edition=reading.edition)
            report.files.append(
                {"name": source.name, "sha256": digest, "edition": reading.edition, "records": count, "known": known}
            )
            report.warnings.extend(reading.warnings)
            if reading.whole is not None:
                if reading.whole in wholes:
                    raise refusal("TARIFF-11", source.name)
                wholes.add(reading.whole)
        report.known_from = latest
    return wholes


#: Findings of the wire that speak of declarations, as findings on a tariff's file.
_SAID = {
    **dict.fromkeys(("WIRE-01", "WIRE-03", "WIRE-30"), "TARIFF-01"),
    **dict.fromkeys(("WIRE-09", "WIRE-10", "WIRE-31"), "TARIFF-22"),
    "WIRE-02": "TARIFF-23",
}


@contextmanager
def _named(source: Source) -> Iterator[None]:
    """Let what is wrong with a file name it, and speak of tariffs."""
    try:
        yield
    except WireError as error:
        raise WireError([_said(finding, source.name) for finding in error.findings]) from error


def _said(finding: Finding, name: str) -> Finding:
    path = f"{name}: {finding.path}" if finding.path else name
    params = {"line": "1", "found": finding.params.get("kind", "-"), "wanted": "-", **finding.params}
    code = _SAID.get(finding.code)
    return replace(finding, path=path) if code is None else replace(finding, code=code, path=path, params=params)


def _order_check(reading: Reading, source: Source, manifest: Manifest, digest: str = "") -> None:
    """Increments come in their order: refuse an older one that was never applied, or one that is another file now."""
    applied_before = manifest.editions
    if not reading.edition or not applied_before:
        return
    if reading.edition not in applied_before:
        if reading.edition < max(applied_before):
            newest = str(max(applied_before))
            raise refusal("TARIFF-05", source.name, edition=reading.edition, newest=newest)
    elif digest and applied_before[reading.edition] != digest:
        raise refusal("TARIFF-10", source.name, edition=reading.edition)


def _pile_up(reading: Reading, source: Source, known: str, pile: Pile, progress: Progress | None) -> int:
    count = 0
    for record in reading.records:
        pile.add(record, known)
        count += 1
        if progress is not None and count % _EVERY == 0:
            progress(source.name, getattr(source.file, "count", 0), source.size, count)
    if progress is not None:
        progress(source.name, source.size, source.size, count)
    return count


class _Import:
    """Writes what a pile makes of a tariff, kind by kind, beside it; then puts it in its place."""

    def __init__(self, held: TariffFolder, pile: Pile, wholes: set[str], beside: Path, report: Report) -> None:
        self._held, self._pile, self._wholes = held, pile, wholes
        self._beside, self._report = beside, report
        self._number = len(held.manifest.imports) + 1

    def run(self, *, withdraw: bool) -> None:
        """Write the new files and the change set; where nothing changed the folder stays as it is."""
        files = dict(self._held.manifest.files)
        changes = self._beside / f"changes.{self._number}.jsonl"
        fresh = []
        with changes.open("w", encoding="utf-8") as log:
            for kind in sorted(self._pile.kinds | set(self._held.kinds)):
                if kind not in self._pile.kinds and not self._wholes:
                    continue
                before = self._report.count
                name = f"{kind}.{self._number}.csv"
                entry = self._write(kind, self._beside / name, log)
                if self._report.count > before:
                    files[kind] = {"name": name, **entry}
                    fresh.append(name)
        gone = sum(count for (what, _), count in self._report.counts.items() if what is What.WITHDRAWN)
        told = sum(file["records"] for file in self._report.files)
        if self._wholes and gone > told and not withdraw:
            raise refusal("TARIFF-24", gone=str(gone), told=str(told))
        if self._report.told_twice:
            params = {"count": str(self._report.told_twice)}
            self._report.warnings.append(Finding("TARIFF-21", "", params, severity=Severity.WARNING))
        if self._report.count:
            self._put_in_place(files, [*fresh, changes.name])
            self._report.changes = self._held.path / changes.name

    def _write(self, kind: str, path: Path, log: IO[str]) -> dict[str, Any]:
        columns = dict.fromkeys([*self._held.columns(kind), *self._pile.columns(kind)])
        with KindWriter(path, columns) as writer:
            for key, rows, brought in _beside_each_other(self._held.rows(kind), self._pile.sorted(kind)):
                fresh, changed = self._became(kind, key, rows, brought)
                for change in changed:
                    self._report.counts[change.what, kind] += 1
                    log.write(json.dumps(change.told(), ensure_ascii=False))
                    log.write("\n")
                writer.write(rows, fresh)
        return writer.entry()

    def _became(
        self, kind: str, key: Key, rows: list[Cells], brought: list[Piled]
    ) -> tuple[list[Version], list[Change]]:
        """What the import makes of one record: new versions and their changes."""
        ends = not brought and any(key[0].startswith(whole) for whole in self._wholes)
        if not brought and not ends:
            return [], []
        versions = [self._held.version(kind, key, row) for row in rows]
        if ends:
            return withdrawn(kind, versions, self._report.known_from)
        return applied(kind, versions, self._agreed(brought))

    def _agreed(self, brought: list[Piled]) -> list[Piled]:
        """Records in their order are all applied; of files without one a record is told once, or the last time counts.

        A file that is the whole may not say two things of one record: it is refused, with both lines.
        """
        if brought[0].source:
            return brought
        for earlier, later in pairwise(brought):
            if earlier.fields != later.fields:
                if self._wholes:
                    raise refusal("TARIFF-09", key="/".join(later.key)[:120], line=later.line, first=earlier.line)
                self._report.told_twice += 1
        return brought[-1:]

    def _put_in_place(self, files: dict[str, dict[str, Any]], names: Sequence[str]) -> None:
        folder, old = self._held.path, self._held.manifest
        counts = {what.value: n for what, n in sorted(self._by_what().items())}
        told = {"known_from": self._report.known_from, "files": self._report.files, "changes": counts}
        manifest = Manifest(old.format, files, [*old.imports, told])
        (self._beside / MANIFEST).write_text(manifest.text(), encoding="utf-8")
        for name in (*names, MANIFEST):
            _to_disk(self._beside / name)
            os.replace(self._beside / name, folder / name)
        _to_disk(folder)
        current = {entry["name"] for entry in files.values()}
        for entry in old.files.values():
            if entry["name"] not in current:
                (folder / entry["name"]).unlink(missing_ok=True)

    def _by_what(self) -> Counter[What]:
        counts: Counter[What] = Counter()
        for (what, _), count in self._report.counts.items():
            counts[what] += count
        return counts


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _beside_each_other(
    held: Iterator[tuple[Key, Cells]], pile: Iterator[Piled]
) -> Iterator[tuple[Key, list[Cells], list[Piled]]]:
    """Each key that is held or brought, in order, with its rows held and the records brought."""
    left, right = groupby(held, key=itemgetter(0)), groupby(pile, key=itemgetter(0))
    rows, brought = next(left, None), next(right, None)
    while rows is not None or brought is not None:
        key = min(group[0] for group in (rows, brought) if group is not None)
        both: tuple[list[Cells], list[Piled]] = ([], [])
        if rows is not None and rows[0] == key:
            both = ([row for _, row in rows[1]], [])
            rows = next(left, None)
        if brought is not None and brought[0] == key:
            both = (both[0], list(brought[1]))
            brought = next(right, None)
        yield key, *both

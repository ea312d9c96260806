# SPDX-License-Identifier: Apache-2.0
"""`tariff import`, `tariff diff` and `tariff export`: tariffs of others, from their files and to files."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from gumruk import texts
from gumruk.law.kernel import Finding
from gumruk.law.tariff.measures import Tariff
from gumruk.office.declarations.commands import legal_day
from gumruk.office.desk.tariff_showing import HeldTariff, TariffOf
from gumruk.wire import WireError
from gumruk.wire.tariffs import (
    TARIFF_FORMATS,
    Change,
    Options,
    Report,
    TariffFolder,
    What,
    compared,
    import_tariff,
    law_records,
    notes_of,
    reader_of,
    write_pack_table,
    write_table,
)
from gumruk.wire.telling import finding_lines, line_of, printable, text_of

UNREADABLE, FOUND = 2, 1
#: For `--known-at`: each file's own date.
FILES_DATE = "file"
_CELL = 60


def add_import(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `import FILE ... --format F --into FOLDER`."""
    command = subparsers.add_parser("import", help=_say("en", "import_help"))
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help=_say("en", "import_file"))
    command.add_argument("--format", required=True, choices=TARIFF_FORMATS, help=_say("en", "import_format"))
    command.add_argument("--into", required=True, type=Path, metavar="FOLDER", help=_say("en", "import_into"))
    command.add_argument("--known-at", type=_known_at, metavar="MOMENT", help=_say("en", "import_known"))
    command.add_argument("--since", type=legal_day, metavar="DATE", help=_say("en", "import_since"))
    command.add_argument("--notes", type=Path, metavar="FILE", help=_say("en", "import_notes"))
    command.add_argument("--withdraw", action="store_true", help=_say("en", "import_withdraw"))
    _add_common(command)
    command.set_defaults(run=import_run)


def add_diff(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `diff A B`."""
    command = subparsers.add_parser("diff", help=_say("en", "diff_help"))
    command.add_argument("before", type=Path, metavar="A", help=_say("en", "diff_before"))
    command.add_argument("after", type=Path, metavar="B", help=_say("en", "diff_after"))
    _add_common(command)
    command.set_defaults(run=diff_run)


def add_export(subparsers: argparse._SubParsersAction[argparse.ArgumentParser], tariff_of: TariffOf) -> None:
    """Add `export OUT`."""
    command = subparsers.add_parser("export", help=_say("en", "export_help"))
    command.add_argument("out", type=Path, metavar="OUT", help=_say("en", "export_out"))
    command.add_argument("--for-pack", metavar="ACT", help=_say("en", "for_pack"))
    command.add_argument("--language", choices=texts.LANGUAGES, default=texts.DEFAULT_LANGUAGE)
    command.set_defaults(run=lambda arguments: export_run(arguments, tariff_of))


def _add_common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print one JSON object a line")
    command.add_argument("--limit", type=int, default=20, help=_say("en", "limit"))
    command.add_argument("--language", choices=texts.LANGUAGES, default=texts.DEFAULT_LANGUAGE)


def moment_of(text: str) -> datetime:
    """A moment: `2018-12-20`, `2018-12-20T12:36:50Z`, in UTC where nothing else is said."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"a moment is written 2027-01-04 or 2027-01-04T09:30:00Z, not {text!r}"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _known_at(text: str) -> datetime | str:
    return FILES_DATE if text == FILES_DATE else moment_of(text)


def held_tariff(path: Path, language: str, on: date | None) -> HeldTariff | None:
    """The tariff of a folder or a zip and the day; None, told on stderr, where it cannot be read."""
    try:
        tariff = Tariff.of(law_records(TariffFolder.open(path)))
    except WireError as error:
        print(*finding_lines(error.findings, language), sep="\n", file=sys.stderr)
        return None
    return HeldTariff(tariff, on or datetime.now(UTC).date())


def import_run(arguments: argparse.Namespace) -> int:
    """Import files: 0 imported or held already, 1 refused and nothing changed, 2 a file cannot be read or written."""
    language, moment = arguments.language, arguments.known_at
    known_from = None if moment == FILES_DATE else moment or datetime.now(UTC)
    progress = _Progress(language)
    if arguments.notes is not None and arguments.since is None:
        print(_say(language, "notes_need_since"), file=sys.stderr)
        return UNREADABLE
    try:
        notes = {} if arguments.notes is None else notes_of(arguments.notes.read_text(encoding="utf-8-sig"))
        reader = reader_of(arguments.format, Options(arguments.since, notes))
        report = import_tariff(
            arguments.files,
            reader,
            arguments.format,
            arguments.into,
            known_from,
            progress,
            withdraw=arguments.withdraw,
        )
    except WireError as error:
        progress.end()
        return _refused(error, arguments)
    except (OSError, UnicodeDecodeError) as error:
        progress.end()
        return _unreadable(getattr(error, "filename", None) or arguments.notes or arguments.into, error, language)
    progress.end()
    if arguments.json:
        print(json.dumps(_report_told(report, language), ensure_ascii=False))
    else:
        print(*_report_lines(report, arguments), sep="\n")
    return 0


def _refused(error: WireError, arguments: argparse.Namespace) -> int:
    language = arguments.language
    if arguments.json:
        rows = [_finding_told(finding, language) for finding in error.findings]
        print(json.dumps({"imported": False, "findings": rows}, ensure_ascii=False))
    else:
        names = printable(", ".join(path.name for path in arguments.files))
        print(_say(language, "refused", file=names), file=sys.stderr)
        print(*finding_lines(error.findings, language), sep="\n", file=sys.stderr)
    return FOUND


def _finding_told(finding: Any, language: str) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "place": finding.path,
        "line": line_of(finding),
        "words": text_of(finding, "text", language),
        "mend": text_of(finding, "mend", language),
    }


def _report_told(report: Report, language: str) -> dict[str, Any]:
    by_what: dict[str, dict[str, int]] = {}
    for (what, kind), count in sorted(report.counts.items()):
        by_what.setdefault(what.value, {})[kind] = count
    return {
        "imported": report.count > 0,
        "known_from": report.known_from,
        "files": report.files,
        "changed": report.count,
        "changes": by_what,
        "change_set": None if report.changes is None else str(report.changes),
        "findings": [_finding_told(finding, language) for finding in report.warnings],
    }


def _report_lines(report: Report, arguments: argparse.Namespace) -> Iterator[str]:
    language = arguments.language
    for file in report.files:
        yield printable(_say(language, "file", file=file["name"], count=str(file["records"])))
    if report.changes is None:
        yield _say(language, "none")
    else:
        folder, known = str(arguments.into), report.known_from
        yield printable(_say(language, "imported", folder=folder, count=str(report.count), known=known))
        yield from _counted(report.counts, language)
        with report.changes.open(encoding="utf-8") as file:
            told = (json.loads(line) for line in file)
            yield from _change_lines(told, report.count, arguments)
        yield printable(_say(language, "change_set", file=str(report.changes)))
    yield from finding_lines(report.warnings, language, graded=True)


def _counted(counts: Counter[tuple[What, str]], language: str) -> Iterator[str]:
    for what in What:
        kinds = {kind: count for (found, kind), count in counts.items() if found is what}
        if kinds:
            named = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
            said = texts.say(language, f"tariffs.what.{what.value}")
            yield printable("  " + _say(language, "by_what", what=said, count=str(sum(kinds.values())), kinds=named))


def _change_lines(changes: Iterable[dict[str, Any]], count: int, arguments: argparse.Namespace) -> Iterator[str]:
    language = arguments.language
    for place, change in enumerate(changes):
        if place >= arguments.limit:
            break
        yield printable(_change_line(change, language))
    if count > arguments.limit:
        yield "  " + _say(language, "more", count=str(count - max(arguments.limit, 0)))


def _change_line(change: dict[str, Any], language: str) -> str:
    """One change: what, which record, and the fields that differ, before and after."""
    before, after = change["before"] or {}, change["after"] or {}
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if before and after:
        told = [f"{name} {_cell(before.get(name))} -> {_cell(after.get(name))}" for name in names]
    else:
        told = [f"{name} {_cell((after or before)[name])}" for name in names]
    said = texts.say(language, f"tariffs.what.{change['what']}")
    return f"  {said}: {change['kind']} {'/'.join(change['key'])[:_CELL]}: {'; '.join(told)[:400]}"


def _cell(text: str | None) -> str:
    return "-" if text is None else text if len(text) <= _CELL else text[: _CELL - 1] + "…"


def diff_run(arguments: argparse.Namespace) -> int:
    """Compare two tariffs as they stand: 0 they are the same, 1 they differ, 2 one cannot be read."""
    language, counts = arguments.language, Counter[tuple[What, str]]()
    try:
        before, after = (TariffFolder.open(path) for path in (arguments.before, arguments.after))
        for change in compared(before, after):
            counts[change.what, change.kind] += 1
            if arguments.json:
                print(json.dumps(_shown(change), ensure_ascii=False))
            elif counts.total() <= arguments.limit:
                print(printable(_change_line(change.told(), language)))
    except WireError as error:
        print(*finding_lines(error.findings, language), sep="\n", file=sys.stderr)
        return UNREADABLE
    out = sys.stderr if arguments.json else sys.stdout
    more = counts.total() - max(arguments.limit, 0)
    if more > 0 and not arguments.json:
        print("  " + _say(language, "more", count=str(more)))
    print(_say(language, "differs", count=str(counts.total())) if counts else _say(language, "same"), file=out)
    print(*_counted(counts, language), sep="\n", end="\n" if counts else "", file=out)
    return FOUND if counts else 0


def _shown(change: Change) -> dict[str, Any]:
    """A change between two tariffs: without the place in a file."""
    told = change.told()
    return {name: told[name] for name in ("what", "kind", "key", "before", "after")}


def export_run(arguments: argparse.Namespace, tariff_of: TariffOf) -> int:
    """Write a tariff: 0 written, 1 written but not all of it fits, 2 it cannot be read or written."""
    language, out = arguments.language, arguments.out
    if out.suffix not in (".zip", ".csv") or (out.suffix == ".zip" and arguments.tariff is None):
        print(_say(language, "out_wrong", file=printable(str(out))), file=sys.stderr)
        return UNREADABLE
    try:
        if out.suffix == ".csv":
            held = tariff_of(arguments)
            return UNREADABLE if held is None else _table_written(held[0], arguments)
        folder = TariffFolder.open(arguments.tariff)
        with _aside(out) as path:
            folder.packed(path)
    except WireError as error:
        print(*finding_lines(error.findings, language), sep="\n", file=sys.stderr)
        return UNREADABLE
    except OSError as error:
        return _unreadable(out, error, language)
    print(printable(_say(language, "exported_zip", file=str(out))))
    return 0


def _table_written(tariff: Tariff, arguments: argparse.Namespace) -> int:
    out, language, act = arguments.out, arguments.language, arguments.for_pack
    with _aside(out) as path, path.open("w", encoding="utf-8", newline="") as file:
        count, left = write_table(tariff, file) if act is None else write_pack_table(tariff, act, file)
    print(printable(_say(language, "exported", file=str(out), count=str(count))))
    if left:
        named = ", ".join(left[:10]) + (", ..." if len(left) > 10 else "")
        said = "left" if act is None else "left_pack"
        print(printable(_say(language, said, count=str(len(left)), measures=named)), file=sys.stderr)
    return FOUND if left else 0


@contextmanager
def _aside(out: Path) -> Iterator[Path]:
    """A file beside the one to be written, which takes its place when all of it is written."""
    handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
    os.close(handle)
    try:
        yield Path(name)
        os.chmod(name, 0o644)
        os.replace(name, out)
    finally:
        Path(name).unlink(missing_ok=True)


class _Progress:
    """How far a file is, on one line of a terminal; nothing where the output is no terminal."""

    def __init__(self, language: str) -> None:
        self._language, self._width = language, 0

    def __call__(self, name: str, done: int, size: int, count: int) -> None:
        if not sys.stderr.isatty():
            return
        percent = str(min(100, done * 100 // max(size, 1)))
        text = printable(_say(self._language, "progress", file=name, percent=percent, count=str(count)))
        self._width = max(self._width, len(text))
        print(f"\r{text.ljust(self._width)}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Take the line away."""
        if self._width:
            print(f"\r{' ' * self._width}\r", end="", file=sys.stderr, flush=True)


def _say(language: str, name: str, **params: str) -> str:
    return texts.say(language, f"tariffs.{name}", **params)


def _unreadable(file: object, error: OSError | UnicodeDecodeError, language: str) -> int:
    """Say of a file that the system does not let be read or written why, and what to look at."""
    reason = getattr(error, "strerror", None) or str(error)
    found = Finding("BATCH-10", str(file), {"reason": reason})
    print(*finding_lines([found], language), sep="\n", file=sys.stderr)
    return UNREADABLE

# SPDX-License-Identifier: Apache-2.0
"""`gumruk convert`: declarations from one format into another, and in words what is wrong. `gumruk formats`: which."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from gumruk import texts
from gumruk.wire.errors import WireError
from gumruk.wire.message import FORMATS, Format, ResponseMessage, left_behind, read_any, write
from gumruk.wire.results import write_whole
from gumruk.wire.sources import is_many, many_of, one_of
from gumruk.wire.telling import finding_lines, printable

_SUFFIXES = {"xml": ".xml", "json": ".json", "edifact": ".edi"}
_COLUMNS = ("name", "title", "version", "reads", "writes", "answers", "recognised")


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `convert` and `formats` to the command line."""
    english = texts.DEFAULT_LANGUAGE

    def help_of(name: str) -> str:
        return texts.say(english, f"wire.{name}")

    convert = subparsers.add_parser("convert", help=help_of("convert_help"))
    convert.add_argument("file", type=Path, help=help_of("convert_file"))
    convert.add_argument("--to", choices=written_formats(), required=True, help=help_of("convert_to"))
    convert.add_argument("--out", type=Path, help=help_of("convert_out"))
    convert.add_argument("--language", choices=texts.LANGUAGES, default=english, help=help_of("language_help"))
    convert.set_defaults(run=convert_run)
    formats = subparsers.add_parser("formats", help=help_of("formats_help"))
    formats.add_argument("--language", choices=texts.LANGUAGES, default=english, help=help_of("language_help"))
    formats.add_argument("--json", action="store_true", help=help_of("formats_json"))
    formats.set_defaults(run=formats_run)


def written_formats() -> tuple[str, ...]:
    """The names of the formats that declarations are written in."""
    return tuple(of.name for of in FORMATS.values())


@dataclass(frozen=True, slots=True)
class _Job:
    """What is wanted: the format, the language of what is said, and where it is said."""

    target: str
    language: str
    tell: Callable[[Iterable[str]], None]

    def say(self, name: str, **params: object) -> str:
        return texts.say(self.language, f"wire.{name}", **params)

    def refused(self, name: str, error: WireError) -> bool:
        """Tell that a message was not read, and why."""
        self.tell([self.say("convert_refused", file=name), *finding_lines(error.findings, self.language)])
        return False


def convert_run(arguments: argparse.Namespace) -> int:
    """Convert one file, or every one of a folder or a zip: 0 when all are written, 2 with all that is wrong."""
    source, out = arguments.file, arguments.out
    if is_many(source):
        return _convert_many(source, out, _Job(arguments.to, arguments.language, _to_screen))
    job = _Job(arguments.to, arguments.language, _to_errors)
    try:
        content = one_of(source)
    except WireError as error:
        return 0 if job.refused(source.name, error) else 2
    if out is not None and os.path.isdir(out):  # where nothing may be seen, Path.is_dir raises
        out = out / _result_name(source.name, job.target, set())
    return 0 if _convert(content, source.name, out, job) else 2


def _convert_many(source: Path, out: Path | None, job: _Job) -> int:
    """Every message of a batch, its result under its own name in the folder `out`; the report goes to the screen."""
    count = written = 0
    taken: set[str] = set()
    for name, content in many_of(source):
        if out is None or _lies_in(out, source):
            if name or isinstance(content, bytes):
                _to_errors([job.say("convert_many_out", file=source.name)])
            elif isinstance(content, WireError):
                replace(job, tell=_to_errors).refused(source.name, content)
            return 2
        count += 1
        if isinstance(content, WireError):
            job.refused(name or source.name, content)
        else:
            place = out / _result_name(name, job.target, taken)
            written += _folder_made(place.parent, job) and _convert(content, name, place, job)
    job.tell([job.say("convert_summary", count=count, written=written, refused=count - written)])
    return 0 if written == count else 2


def _lies_in(out: Path, source: Path) -> bool:
    """Whether results would come to lie among the messages that are still to be read."""
    return source.is_dir() and Path(os.path.realpath(out)).is_relative_to(os.path.realpath(source))


def _folder_made(folder: Path, job: _Job) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        job.tell([job.say("convert_unwritable", file=folder, reason=error.strerror or "-")])
        return False
    return True


def _convert(content: bytes, name: str, out: Path | None, job: _Job) -> bool:
    """Convert one message to a file or the screen; False where it is not written, having told why."""
    try:
        message = read_any(content, name)
        body = message.response if isinstance(message, ResponseMessage) else message.declaration
        converted = write(body, job.target)
    except WireError as error:
        return job.refused(name, error)
    shown = name if out is None else out.name
    try:
        if out is None:
            sys.stdout.buffer.write(converted)
            sys.stdout.flush()
        else:
            write_whole(out, converted)
    except BrokenPipeError:
        raise
    except OSError as error:
        job.tell([job.say("convert_unwritable", file=shown, reason=error.strerror or "-")])
        return False
    lost = left_behind(body, job.target)
    if lost:
        said = job.say("convert_left", file=shown, format=job.target)
        job.tell([said, *finding_lines(lost, job.language)])
    elif out is not None:
        job.tell([job.say("convert_written", file=shown, format=job.target)])
    return True


def _result_name(name: str, target: str, taken: set[str]) -> str:
    """The name of a result: the message's with the target's suffix, and a number where two would be called the same."""
    path = PurePosixPath(name)
    suffix = _SUFFIXES.get(FORMATS[target].material, ".txt")
    made, number = str(path.with_suffix(suffix)), 1
    while made.casefold() in taken:
        number += 1
        made = str(path.with_name(f"{path.stem}-{number}{suffix}"))
    taken.add(made.casefold())
    return made


def formats_run(arguments: argparse.Namespace) -> int:
    """Print the formats, what becomes of them here, and how each is recognised."""
    language = arguments.language
    rows = [_described(of, language) for of in FORMATS.values()]
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    cells = [[texts.say(language, f"wire.formats_{column}") for column in _COLUMNS]]
    cells += [[_cell(row[column], language) for column in _COLUMNS] for row in rows]
    widths = [max(len(line[place]) for line in cells) for place in range(len(_COLUMNS))]
    for line in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    return 0


def _described(of: Format, language: str) -> dict[str, str | bool]:
    kind = f"{of.material}_roots" if of.roots else of.material
    recognised = texts.say(language, f"wire.recognised_{kind}", roots=", ".join(sorted(of.roots)))
    return {
        "name": of.name,
        "title": of.title,
        "version": of.version,
        "reads": True,
        "writes": of.name in written_formats(),
        "answers": of.read_response is not None and of.write_response is not None,
        "recognised": recognised,
    }


def _cell(value: str | bool, language: str) -> str:
    return value if isinstance(value, str) else texts.say(language, f"wire.formats_{'yes' if value else 'no'}")


def _to_errors(lines: Iterable[str]) -> None:
    sys.stderr.write("".join(f"{printable(line)}\n" for line in lines))


def _to_screen(lines: Iterable[str]) -> None:
    sys.stdout.write("".join(f"{printable(line)}\n" for line in lines))

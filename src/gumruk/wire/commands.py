# SPDX-License-Identifier: Apache-2.0
"""`gumruk convert`: a declaration from one format into another, and in words what is wrong with it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from gumruk import texts
from gumruk.law.kernel import Finding
from gumruk.wire.errors import WireError
from gumruk.wire.message import FORMATS, Message, left_behind, read, write
from gumruk.wire.safety import size_check


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `convert` to the command line."""
    english = texts.DEFAULT_LANGUAGE
    convert = subparsers.add_parser("convert", help=texts.say(english, "wire.convert_help"))
    convert.add_argument("file", type=Path, help=texts.say(english, "wire.convert_file"))
    convert.add_argument("--to", choices=tuple(FORMATS), required=True, help=texts.say(english, "wire.convert_to"))
    convert.add_argument("--out", type=Path, help=texts.say(english, "wire.convert_out"))
    convert.add_argument("--language", choices=texts.LANGUAGES, default=english)
    convert.set_defaults(run=convert_run)


def convert_run(arguments: argparse.Namespace) -> int:
    """Convert one file: 0 when it is written, 2 with all that is wrong."""
    language, name = arguments.language, arguments.file.name
    try:
        message = read_file(arguments.file)
        content = write(message.declaration, arguments.to)
    except WireError as error:
        _say([texts.say(language, "wire.convert_refused", file=name), *finding_lines(error.findings, language)])
        return 2
    except OSError as error:
        _say([texts.say(language, "wire.convert_unreadable", file=name, reason=error.strerror or "-")])
        return 2
    if arguments.out is None:
        sys.stdout.buffer.write(content)
    else:
        name = arguments.out.name
        try:
            _write_whole(arguments.out, content)
        except OSError as error:
            _say([texts.say(language, "wire.convert_unwritable", file=name, reason=error.strerror or "-")])
            return 2
    lost = left_behind(message.declaration, arguments.to)
    if lost:
        said = texts.say(language, "wire.convert_left", file=name, format=arguments.to)
        _say([said, *finding_lines(lost, language)])
    elif arguments.out is not None:
        _say([texts.say(language, "wire.convert_written", file=name, format=arguments.to)])
    return 0


def read_file(path: Path) -> Message:
    """The message in a file; one above the size limit is refused before it is read. Raises WireError, OSError."""
    size_check(path.stat().st_size)
    return read(path.read_bytes(), path.name)


def finding_lines(findings: Iterable[Finding], language: str) -> list[str]:
    """Findings for a person at a screen: code, place, what is wrong, and below it how it is mended."""
    lines: list[str] = []
    for finding in findings:
        line = finding.params.get("line", "-")
        places = [finding.path] if finding.path else []
        if line not in ("-", "0") and finding.path:
            places.append(texts.say(language, "wire.convert_line", line=line))
        key = f"finding.{finding.code}"
        place = f" {', '.join(places)}:" if places else ""
        lines.append(f"  {finding.code}{place} {texts.say(language, key + '.text', **finding.params)}")
        lines.append(f"      {texts.say(language, key + '.mend', **finding.params)}")
    return lines


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: beside its place first, then moved there."""
    beside = path.with_name(f"{path.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _say(lines: Iterable[str]) -> None:
    sys.stderr.write("".join(f"{line}\n" for line in lines))

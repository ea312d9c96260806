# SPDX-License-Identifier: Apache-2.0
"""`gumruk validate`: all that reading and the rules of lodging find in messages. From files: no database is needed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from gumruk import packs, texts, wire
from gumruk.law.assessment import assess
from gumruk.law.declarations import Context, check_declaration, goods_facts, read_declaration
from gumruk.law.declarations.model import Declaration
from gumruk.law.kernel import Finding, Severity
from gumruk.law.lawbook import Legal, Moments
from gumruk.office.declarations.command_inputs import pack_given
from gumruk.office.declarations.commands import legal_day
from gumruk.office.declarations.words import finding_shown
from gumruk.wire.sources import sources
from gumruk.wire.telling import finding_lines, line_of, printable, text_of

FAULTY, UNREAD = 1, 2
#: Law that is not known, and what follows from it: lodging refuses no declaration for that, it stops the release.
_OF_LAW = frozenset({"ASM-1", "VAL-1", "VAL-2", "VAL-3"})


@dataclass(frozen=True, slots=True)
class Validated:
    """What was found in one message. `format` is None for one that could not be read."""

    name: str
    format: str | None
    findings: tuple[Finding, ...]

    @property
    def valid(self) -> bool:
        """Whether it was read and no error stands in it."""
        return self.format is not None and not self.errors

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)


def add_commands(subparsers: Any) -> None:
    """Add `validate`."""
    command = subparsers.add_parser("validate", help=_say("en", "help"))
    command.add_argument("files", nargs="+", metavar="FILE", type=Path, help=_say("en", "file_help"))
    command.add_argument("--country", default="tj", help=_say("en", "country_help"))
    command.add_argument("--on", type=legal_day, metavar="DATE", help=_say("en", "on_help"))
    command.add_argument("--production", action="store_true", help=_say("en", "production_help"))
    command.add_argument("--read-only", action="store_true", help=_say("en", "read_only_help"))
    command.add_argument("--language", choices=texts.LANGUAGES, default=texts.DEFAULT_LANGUAGE)
    command.add_argument("--json", action="store_true", help=_say("en", "json_help"))
    command.set_defaults(run=validate_run)


def validate_run(arguments: argparse.Namespace) -> int:
    """Validate every message that is named: 0 no error, 1 one has errors, 2 one could not be read (or the pack)."""
    language = arguments.language
    pack = None if arguments.read_only else pack_given(arguments.country, language)
    if pack is None and not arguments.read_only:
        return UNREAD
    checks = None if pack is None else _Checks.of(pack, arguments)
    count = read = faulty = 0
    for path in arguments.files:
        for name, content in sources(path):
            validated = _validated(name, content, checks)
            count += 1
            read += validated.format is not None
            faulty += validated.format is not None and not validated.valid
            if arguments.json:
                print(json.dumps(_plain(validated, language), ensure_ascii=False), flush=True)
            else:
                print(*map(printable, _lines(validated, language)), sep="\n")
    summary = _say(language, "summary", count=count, read=read, refused=count - read, faulty=faulty)
    print(summary, file=sys.stderr if arguments.json else sys.stdout)
    return UNREAD if read < count or not count else FAULTY if faulty else 0


@dataclass(frozen=True, slots=True)
class _Checks:
    """The rules of a pack as they are on a day."""

    pack: packs.Pack
    legal: Legal
    day: date

    @staticmethod
    def of(pack: packs.Pack, arguments: argparse.Namespace) -> _Checks:
        day = arguments.on or datetime.now(UTC).astimezone(ZoneInfo(pack.time_zone)).date()
        return _Checks(pack, Legal(pack.book, Moments(day, day), training=not arguments.production), day)

    def findings(self, declaration: Declaration) -> tuple[Finding, ...]:
        """What lodging would find: every rule's findings; where none refuses it, those of the assessment."""
        reading = read_declaration(declaration)
        found = check_declaration(reading, Context(self.legal, self.pack.code_lists, self.day))
        if any(finding.severity is Severity.ERROR for finding in found):
            return found
        assessed = assess(goods_facts(reading), self.legal).findings
        return (*found, *(finding for finding in assessed if finding.code not in _OF_LAW))


def _validated(name: str, content: bytes | wire.WireError, checks: _Checks | None) -> Validated:
    if isinstance(content, wire.WireError):
        return Validated(name, None, content.findings)
    try:
        message = wire.read_any(content, name)
    except wire.WireError as error:
        return Validated(name, None, error.findings)
    if isinstance(message, wire.ResponseMessage):  # an office's answer breaks no rule of lodging
        return Validated(name, message.format, ())
    found = () if checks is None else checks.findings(message.declaration)
    return Validated(name, message.format, (*wire.unread(message.declaration), *found))


def _lines(validated: Validated, language: str) -> Iterator[str]:
    """A message's block: its name, format and outcome, then each finding."""
    if validated.format is None:
        outcome = _say(language, "unread")
    else:
        counted = {f"{grade.value}s": _count(validated.findings, grade) for grade in Severity}
        kind = "clean" if not validated.findings else "found"
        outcome = _say(language, kind, format=validated.format, **counted)
    yield f"{validated.name}: {outcome}"
    shown = [finding_shown(language, finding) for finding in validated.findings]
    yield from finding_lines(shown, language, graded=validated.format is not None)


def _count(findings: Iterable[Finding], grade: Severity) -> int:
    return sum(finding.severity is grade for finding in findings)


def _plain(validated: Validated, language: str) -> dict[str, Any]:
    return {
        "file": validated.name.encode("utf-8", "replace").decode(),
        "format": validated.format,
        "valid": validated.valid,
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity.value,
                "path": finding.path,
                "line": line_of(finding),
                "message": text_of(finding, "text", language),
                "mend": text_of(finding, "mend", language),
                "act": finding.act,
                "answer": finding.answer,
                "params": dict(finding.params),
            }
            for finding in validated.findings
        ],
    }


def _say(language: str, name: str, **params: object) -> str:
    return texts.say(language, f"validate.{name}", **params)

# SPDX-License-Identifier: Apache-2.0
"""`gumruk origin`: read a rule of origin, and check a bill of materials under one, with every step."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from gumruk import packs, texts
from gumruk.law.lawbook import Law
from gumruk.law.origin import non_preferential
from gumruk.law.origin.rules import (
    Outcome,
    Rule,
    RuleError,
    Verdict,
    class_of,
    originating,
    printed_rule,
    read_rule,
)
from gumruk.law.origin.rules.tree import Choice
from gumruk.office.declarations.commands import legal_day
from gumruk.office.desk.origin_bill import BillError, WrittenBill, read_bill
from gumruk.office.desk.origin_words import missing_words, step_words
from gumruk.wire.rule_sets import RuleSetError, read_rule_sets, sets_for

NOT_ORIGINATING, UNREADABLE = 1, 2
_ENGLISH = texts.DEFAULT_LANGUAGE
_SIGNS = {"yes": "+", "no": "-", "undetermined": "?"}


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `origin` to the command line."""
    group = subparsers.add_parser("origin", help=_say(_ENGLISH, "help"))
    commands = group.add_subparsers(metavar="COMMAND", required=True)
    check = commands.add_parser("check", help=_say(_ENGLISH, "check_help"))
    check.add_argument("file", metavar="FILE", type=Path, help=_say(_ENGLISH, "file_help"))
    by = check.add_mutually_exclusive_group()
    by.add_argument("--rule", default="", help=_say(_ENGLISH, "rule_help"))
    by.add_argument("--rules", type=Path, metavar="FILE", help=_say(_ENGLISH, "rules_help"))
    by.add_argument("--country", default="", help=_say(_ENGLISH, "country_help"))
    check.add_argument("--on", type=legal_day, metavar="DATE", help=_say(_ENGLISH, "on_help"))
    check.add_argument("--production", action="store_true", help=_say(_ENGLISH, "production_help"))
    read = commands.add_parser("read", help=_say(_ENGLISH, "read_help"))
    read.add_argument("text", nargs="?", help=_say(_ENGLISH, "text_help"))
    read.add_argument("--file", type=Path, help=_say(_ENGLISH, "texts_help"))
    for command, run in ((check, origin_check), (read, origin_read)):
        command.add_argument("--json", action="store_true", help=_say(_ENGLISH, "json_help"))
        command.add_argument("--language", choices=texts.LANGUAGES, default=_ENGLISH)
        command.set_defaults(run=run)


def origin_check(arguments: argparse.Namespace) -> int:
    """Judge one bill: 0 it originates, 1 it does not or a fact is missing, 2 the bill or the rule cannot be read."""
    language = arguments.language
    try:
        written = read_bill(arguments.file)
        rule = None if arguments.country else _rule(written, arguments)
        if arguments.country:
            outcome = non_preferential(written.bill, _law(arguments))
        else:
            outcome = originating(written.bill, rule, written.terms)
    except BillError as error:
        return _refused(_error(language, error.code, error.params, error.path), as_json=arguments.json)
    except RuleError as error:
        return _refused(_error(language, error.code, error.params, "", error.position), as_json=arguments.json)
    except OSError as error:
        params = {"path": str(arguments.file), "reason": error.strerror or type(error).__name__}
        return _refused(_error(language, "ROO-10", params, str(error.filename or "")), as_json=arguments.json)
    if arguments.json:
        print(json.dumps(_outcome(language, outcome, rule), ensure_ascii=False))
    else:
        print(*_outcome_lines(language, outcome), sep="\n")
    return 0 if outcome.verdict is Verdict.YES else NOT_ORIGINATING


def _law(arguments: argparse.Namespace) -> Law:
    """The law of a country on the day. Raises BillError where its pack cannot be loaded."""
    try:
        pack = packs.load(packs.pack_folder(arguments.country))
    except packs.PackError as error:
        raise BillError("ROO-10", arguments.country, reason=str(error).splitlines()[0]) from None
    day = arguments.on or datetime.now(UTC).astimezone(ZoneInfo(pack.time_zone)).date()
    return pack.book.at(day, training=not arguments.production)


def _refused(error: Mapping[str, object], *, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"error": error}, ensure_ascii=False))
    else:
        print(*_error_lines(error), sep="\n", file=sys.stderr)
    return UNREADABLE


def _rule(written: WrittenBill, arguments: argparse.Namespace) -> Rule | None:
    """The rule from the command line, the bill, or a scheme's file of rules; None: it has to be wholly obtained."""
    text = arguments.rule or written.rule
    if arguments.rules is None:
        return read_rule(text) if text else None
    try:
        sets = sets_for(read_rule_sets(arguments.rules.read_bytes()), written.bill.code)
    except RuleSetError as error:
        raise BillError("ROO-10", str(arguments.rules), reason=error.reason) from None
    if written.subdivision:
        sets = tuple(one for one in sets if one.subdivision == written.subdivision)
    if len(sets) != 1:
        known = "; ".join(f"{one.heading}: {one.subdivision}" for one in sets)
        raise BillError("ROO-14", "subdivision", digits=written.bill.code, known=known or "-")
    rules = tuple(read_rule(one) for one in sets[0].texts)
    return rules[0] if len(rules) == 1 else Choice(rules)


def _outcome(language: str, outcome: Outcome, rule: Rule | None) -> dict[str, object]:
    return {
        "verdict": str(outcome.verdict),
        "plain": _say(language, f"verdict.{outcome.verdict}"),
        "class": "WO" if rule is None else class_of(rule),
        "rule": "" if rule is None else printed_rule(rule),
        "missing": list(outcome.missing),
        "needs": [missing_words(language, fact) for fact in outcome.missing],
        "steps": [
            {
                "code": step.code,
                "verdict": step.params.get("verdict", ""),
                "path": step.path,
                "act": step.act or "",
                "plain": step_words(language, step),
                "params": dict(step.params),
            }
            for step in outcome.steps
        ],
    }


def _outcome_lines(language: str, outcome: Outcome) -> Iterator[str]:
    yield _say(language, f"verdict.{outcome.verdict}")
    for step in outcome.steps:
        act = f" [{step.act}]" if step.act else ""
        yield f"  {_SIGNS.get(step.params.get('verdict', ''), '·')} {step.path}: {step_words(language, step)}{act}"
    for fact in outcome.missing:
        yield f"  {_say(language, 'needs', fact=missing_words(language, fact))}"


def origin_read(arguments: argparse.Namespace) -> int:
    """Read one rule, or one a line: 0 where each was read whole, 2 where one was not."""
    if (arguments.text is None) == (arguments.file is None):
        print(_say(arguments.language, "one_of"), file=sys.stderr)
        return UNREADABLE
    if arguments.file is None:
        lines = [arguments.text]
    else:
        try:
            lines = [line for line in arguments.file.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            print(_say(arguments.language, "unreadable", file=str(arguments.file), reason=reason), file=sys.stderr)
            return UNREADABLE
    counts: Counter[str] = Counter()
    for line in lines:
        told = _read(arguments.language, line)
        counts["error" if "error" in told else "read"] += 1
        print(json.dumps(told, ensure_ascii=False) if arguments.json else "\n".join(_read_lines(told)))
    return UNREADABLE if counts["error"] else 0


def _read(language: str, text: str) -> dict[str, object]:
    try:
        rule = read_rule(text)
    except RuleError as error:
        return {"text": text, "error": _error(language, error.code, error.params, "", error.position)}
    return {"text": text, "class": class_of(rule), "rule": printed_rule(rule)}


def _read_lines(told: Mapping[str, object]) -> Iterator[str]:
    yield str(told["text"])
    if isinstance(error := told.get("error"), dict):
        yield from _error_lines(error)
    else:
        yield f"  {told['class']}: {told['rule']}"


def _error(
    language: str, code: str, params: Mapping[str, str], path: str, position: int | None = None
) -> dict[str, object]:
    error: dict[str, object] = {"code": code}
    if path:
        error["path"] = path
    if position is not None:
        error["position"] = position
    error["message"] = texts.say(language, f"finding.{code}.text", **params)
    error["mend"] = texts.say(language, f"finding.{code}.mend", **params)
    return error


def _error_lines(error: Mapping[str, object]) -> Iterator[str]:
    place = error.get("path") or error.get("position")
    yield f"  {error['code']}{f' ({place})' if place is not None else ''}: {error['message']}"
    yield f"      {error['mend']}"


def _say(language: str, name: str, **params: str) -> str:
    return texts.say(language, f"cli.origin.{name}", **params)

# SPDX-License-Identifier: Apache-2.0
"""`gumruk case run`: worked cases against a country pack; where they part, the step and the law's file and line."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from gumruk import packs, texts
from gumruk.law.kernel import Step
from gumruk.law.lawbook import Status
from gumruk.office.declarations.words import finding_shown, number_words, step_rows
from gumruk.packs.cases import (
    LawPlace,
    Miss,
    Outcome,
    Worked,
    first_misses,
    folder_of,
    no_pack,
    read_cases,
    run_case,
    unknown_names,
)
from gumruk.packs.cases.model import WHOLE
from gumruk.packs.cases.yaml_nodes import WORDS
from gumruk.wire.telling import finding_lines, text_of

UNREADABLE, MISSED = 2, 1
CHARGE_PARTS = ("rate", "base", "computed", "relieved", "secured", "payable", "relief", "amount", "codes")


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `case` to the command line."""
    english = texts.DEFAULT_LANGUAGE
    group = subparsers.add_parser("case", help=_say(english, "help"))
    commands = group.add_subparsers(metavar="COMMAND", required=True)
    run = commands.add_parser("run", help=_say(english, "run_help"))
    run.add_argument("files", nargs="+", metavar="FILE", type=Path, help=_say(english, "file_help"))
    run.add_argument("--country", default="", help=_say(english, "country_help"))
    run.add_argument("--json", action="store_true", help=_say(english, "json_help"))
    run.add_argument(
        "--language", choices=texts.LANGUAGES, default=english, help=texts.say(english, "pack.check.language_help")
    )
    run.set_defaults(run=case_run)


def case_run(arguments: argparse.Namespace) -> int:
    """Run every case of the files: 0 all as worked out, 1 one parts from the law, 2 one could not be read."""
    language, held = arguments.language, dict[Path, packs.Pack]()
    status, passed, count = 0, 0, 0
    for path in _paths(arguments.files):
        read = read_cases(path)
        faults = list(read.faults)
        for case in read.cases:
            count += 1
            pack = _pack(case, path, arguments.country, held, faults)
            if pack is None:
                continue
            if unknown := list(unknown_names(case, pack)):
                faults += unknown
                continue
            outcome = run_case(case, pack)
            passed += not outcome.misses
            status = max(status, MISSED if outcome.misses else 0)
            if arguments.json:
                print(json.dumps(_json(outcome, language), ensure_ascii=False))
            elif outcome.misses:
                print(*_lines(outcome, pack, language), sep="\n")
        if faults:
            status = UNREADABLE
            _print_faults(faults, language, as_json=arguments.json)
    if not count and not status:  # folders without a file of cases: nothing was proved
        status = UNREADABLE
        nothing = [packs.Fault(str(path), 0, "none", words=WORDS) for path in arguments.files]
        _print_faults(nothing, language, as_json=arguments.json)
    if not arguments.json:
        print(_say(language, "passed" if not status else "failed", passed=str(passed), count=str(count)))
    return status


def _paths(files: list[Path]) -> Iterator[Path]:
    """Each file, and of a folder every file of cases in it."""
    for path in files:
        if path.is_dir():
            yield from sorted(path.rglob("*.yaml"))
        else:
            yield path


def _pack(
    case: Worked, path: Path, country: str, held: dict[Path, packs.Pack], faults: list[packs.Fault]
) -> packs.Pack | None:
    """The case's pack, read once; a fault where there is none, or where it cannot be loaded."""
    folder = folder_of(case, path, country)
    if folder is None:
        faults.append(no_pack(case, case.country))
        return None
    if folder not in held:
        os.environ["GUMRUK_COUNTRY"] = str(folder.resolve())  # labels are those of this pack
        try:
            held[folder] = packs.load(folder)
        except packs.PackError as error:
            faults += [
                packs.Fault(f"{folder}/{each.file}", each.line, each.code, each.params) for each in error.faults[:20]
            ]
            faults.append(no_pack(case, case.country or folder.name))
            return None
    return held[folder]


def _print_faults(faults: list[packs.Fault], language: str, *, as_json: bool) -> None:
    for fault in faults:
        what, mend = fault.what(language), fault.mend(language)
        if as_json:
            told = {"file": fault.file, "line": fault.line, "code": fault.code, "what": what, "mend": mend}
            print(json.dumps(told, ensure_ascii=False))
        else:
            print(f"{fault.file}:{fault.line}: {what}", file=sys.stderr)
            print(f"    {texts.say(language, 'pack.check.mend', mend=mend)}", file=sys.stderr)


def _lines(outcome: Outcome, pack: packs.Pack, language: str) -> Iterator[str]:
    case = outcome.case
    yield f"{case.file}:{case.line}: {case.name}"
    firsts = first_misses(outcome)
    shown = {(miss.place, miss.name) for miss in firsts.values()}
    for miss in outcome.misses:
        yield f"  {_say(language, 'miss', line=str(miss.line), **_words(miss, pack, language))}"
        yield from finding_lines((finding_shown(language, each) for each in miss.findings), language)
        if firsts.get(miss.place) is not miss and ((miss.place, miss.name) in shown or miss.part != "rate"):
            continue  # it rests on what was shown, but for a rate, which rests on nothing
        names = {name: pack.label("charges", name, language) for name in _charge_names(pack)}
        for step, (words, figure) in zip(miss.steps, step_rows(language, miss.steps, names), strict=True):
            mark = f"  <-- {_say(language, 'here')}" if _is_here(step, miss) else ""
            yield f"      {words:<60} {figure:>14}{mark}".rstrip()
        if miss.parted == "assessment.none":
            yield f"      {_say(language, 'not_borne' if not miss.steps else 'not_expected')}"
        if miss.law:
            yield f"    {_say(language, 'law')}"
            yield from (f"      {_place(each, language)}" for each in miss.law)
    yield ""


def _is_here(step: Step, miss: Miss) -> bool:
    """Whether the two part at this step; of a step that stands several times, the last holds the result."""
    same = [each for each in miss.steps if each.code == miss.parted]
    return bool(same) and step is same[-1]


def _words(miss: Miss, pack: packs.Pack, language: str) -> dict[str, str]:
    head, _, rest = miss.name.partition(".")
    known = texts.find(language, f"cli.case.name.{head}")
    name = pack.label("charges", head, language) if known is None else f"{known} {rest}".strip()
    place = _say(language, "whole") if miss.place == WHOLE else _say(language, "item", item=miss.place)
    part = _say(language, f"part.{miss.part}") if miss.part in CHARGE_PARTS else miss.part
    got, expected = (number_words(language, each) for each in (miss.got, miss.expected))
    return {"place": place, "charge": name, "part": part, "got": got, "expected": expected}


def _charge_names(pack: packs.Pack) -> set[str]:
    return {str(entry.fields.get("name") or entry.key) for entry in pack.book.entries_of("charges")}


def _shown(path: Path) -> str:
    """A path from where the command was given, where that is shorter."""
    here = Path.cwd()
    return str(path.resolve().relative_to(here)) if path.resolve().is_relative_to(here) else str(path)


def _place(law: LawPlace, language: str) -> str:
    key = f" {law.key}" if law.key else ""
    status = _say(language, f"status.{Status(law.status).value}")
    act = f", {law.act}" if law.act else ""
    return f"{_shown(law.file)}:{law.line}: {law.table}{key}, {law.column} = {law.value} ({status}{act})"


def _json(outcome: Outcome, language: str) -> Mapping[str, object]:
    case = outcome.case
    return {
        "file": case.file,
        "line": case.line,
        "case": case.name,
        "passed": not outcome.misses,
        "misses": [_miss_json(miss, language) for miss in outcome.misses],
    }


def _miss_json(miss: Miss, language: str) -> Mapping[str, object]:
    rows = step_rows(language, miss.steps, {})
    return {
        **{"place": miss.place, "name": miss.name, "part": miss.part, "got": miss.got, "expected": miss.expected},
        **{"line": miss.line, "parted_at": miss.parted},
        "steps": [
            {"code": step.code, "words": words, "figure": figure, "params": dict(step.params), "act": step.act}
            for step, (words, figure) in zip(miss.steps, rows, strict=True)
        ],
        "findings": [
            {
                "code": each.code,
                "place": each.path,
                "what": text_of(finding_shown(language, each), "text", language),
                "mend": text_of(finding_shown(language, each), "mend", language),
            }
            for each in miss.findings
        ],
        "law": [
            {
                **{"file": _shown(law.file), "line": law.line, "table": law.table, "key": law.key},
                **{"column": law.column, "value": law.value, "status": law.status, "act": law.act},
            }
            for law in miss.law
        ],
    }


def _say(language: str, name: str, **params: str) -> str:
    return texts.say(language, f"cli.case.{name}", **params)

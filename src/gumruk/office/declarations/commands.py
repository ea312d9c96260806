# SPDX-License-Identifier: Apache-2.0
"""`gumruk assess`: what goods cost by a country pack, on any day. From the files alone: no database is needed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from gumruk import packs, texts, wire
from gumruk.law.assessment import Assessment, ChargeLine, assess
from gumruk.law.declarations import Context, Reading, check_declaration, goods_facts, read_declaration
from gumruk.law.kernel import Finding, Money, Severity, Step
from gumruk.law.lawbook import Legal, Moments
from gumruk.office.declarations.command_inputs import pack_given
from gumruk.office.declarations.words import finding_shown, number_words, relief_words, step_rows
from gumruk.wire.sources import sources
from gumruk.wire.telling import finding_lines, printable

UNREADABLE, REFUSED = 2, 1
YEARS = (1000, 2999)


def add_commands(subparsers: Any) -> None:
    """Add `assess`."""
    command = subparsers.add_parser("assess", help="assess declarations by a country pack and explain every line")
    command.add_argument("files", nargs="+", metavar="FILE", type=Path, help="a declaration in any format that is read")
    command.add_argument(
        "--country", default="tj", help="the pack: a country's code or a folder (default: %(default)s)"
    )
    command.add_argument("--on", type=legal_day, metavar="DATE", help="legal day, as 2027-01-04 (default: today)")
    command.add_argument("--production", action="store_true", help="read no law that was invented for training")
    command.add_argument("--language", choices=texts.LANGUAGES, default=texts.DEFAULT_LANGUAGE)
    command.add_argument("--outside-hours", action="store_true", help="cleared outside the office's working hours")
    command.add_argument("--outside-place", action="store_true", help="cleared outside the place appointed for it")
    command.add_argument(
        "--service-hours",
        type=_hours,
        default=Decimal(0),
        metavar="HOURS",
        help="how long officers were at work for it, as 2.5",
    )
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON object a file")
    form.add_argument("--explain", action="store_true", help="print the steps of every charge down to its act")
    command.set_defaults(run=assess_run)


def legal_day(text: str) -> date:
    """A day given on the command line. Raises ArgumentTypeError: no day, or none that law is asked for."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a day is written 2027-01-04, not {text}") from None
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise argparse.ArgumentTypeError(f"a day lies between the years {YEARS[0]} and {YEARS[1]}")
    return day


def _hours(text: str) -> Decimal:
    try:
        hours = Decimal(text)
    except InvalidOperation:
        hours = Decimal("NaN")
    if not hours.is_finite():
        raise argparse.ArgumentTypeError(f"hours are written 2.5, not {text}")
    return hours


def assess_run(arguments: argparse.Namespace) -> int:
    """Assess each file; 0 all assessed, 1 one was refused by the checks, 2 one could not be read."""
    pack = pack_given(arguments.country, arguments.language)
    if pack is None:
        return UNREADABLE
    day = arguments.on or datetime.now(UTC).astimezone(ZoneInfo(pack.time_zone)).date()
    found = [_assess_message(*source, pack, day, arguments) for path in arguments.files for source in sources(path)]
    return max(found, default=UNREADABLE)


def _assess_message(
    name: str, content: bytes | wire.WireError, pack: packs.Pack, day: date, arguments: argparse.Namespace
) -> int:
    language = arguments.language
    try:
        if isinstance(content, wire.WireError):
            raise content
        declaration = wire.read(content, name).declaration
    except wire.WireError as error:
        if arguments.json:
            _print_refused(name, error.findings, as_json=True, language=language)
        else:
            print(printable(name), *finding_lines(error.findings, language), sep="\n", file=sys.stderr)
        return UNREADABLE
    reading = read_declaration(declaration)
    legal = Legal(pack.book, Moments(day, day), training=not arguments.production)
    findings = check_declaration(reading, Context(legal, pack.code_lists, day))
    if any(finding.severity is Severity.ERROR for finding in findings):
        _print_refused(name, findings, as_json=arguments.json, language=language)
        return REFUSED
    facts = replace(
        goods_facts(reading, outside_hours=arguments.outside_hours),
        outside_place=arguments.outside_place,
        service_hours=arguments.service_hours,
    )
    assessment = assess(facts, legal)
    findings = (*findings, *assessment.findings)
    if reading.items and not assessment.items:
        _print_refused(name, findings, as_json=arguments.json, language=language)
        return REFUSED
    if arguments.json:
        print(json.dumps(_json(name, assessment, findings, language), ensure_ascii=False))
    else:
        print("\n".join(_table(name, reading, assessment, pack, language, arguments.explain)))
        print(*_told(findings, language), sep="\n")
    return 0


def _money(money: Money | None) -> str | None:
    return None if money is None else f"{money.amount:f} {money.currency}"


def _print_refused(name: str, findings: Sequence[Finding], *, as_json: bool, language: str) -> None:
    if as_json:
        told = {"file": name, "findings": [_plain(finding, language) for finding in findings]}
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(f"{printable(name)}: {_say(language, 'refused')}", *_told(findings, language), sep="\n")


def _told(findings: Sequence[Finding], language: str) -> Iterator[str]:
    return finding_lines([finding_shown(language, finding) for finding in findings], language, graded=True)


def _table(
    name: str, reading: Reading, assessment: Assessment, pack: packs.Pack, language: str, explain: bool
) -> Iterator[str]:
    days = ", ".join(f"{kind} {day:%d.%m.%Y}" for kind, day in assessment.days.items())
    declaration = reading.declaration
    yield printable(f"{name}  {declaration.functional_reference_id or ''}  {declaration.type_code or ''}")
    yield f"law {assessment.law_digest[:12]}; {days}"
    if assessment.training:
        yield _say(language, "training")
    yield ""
    item_word, code_word, charge, base, rate, payable, law = (
        _say(language, name, currency=assessment.currency)
        for name in ("item", "code", "charge", "base", "rate", "payable", "law")
    )
    yield f"{item_word:>4}  {code_word:<14} {charge:<24} {base:>16} {rate:<24} {payable:>16}  {law}"
    values = {item.sequence: item for item in assessment.items}
    shown = 0
    for line in assessment.lines:
        if line.item is not None and line.item != shown:
            shown = line.item
            item = reading.items[shown - 1]
            code = item.code.printed() if item.code else ""
            yield f"{shown:>4}  {code:<14} {printable(item.description[:60])}  ({item.origin or '-'})"
            value = _amount(values[shown].customs_value.amount, language)
            yield f"{'':>4}  {'':<14} {_say(language, 'customs_value'):<24} {value:>16}"
            if (second := values[shown].statistical_value) is not None:
                word, value = _say(language, "statistical_value"), _amount(second.amount, language)
                yield f"{'':>4}  {'':<14} {word:<24} {value:>16} {second.currency}"
            if explain:
                yield from _steps(values[shown].steps, pack, language)
        yield _line(line, pack, language)
        if explain:
            yield from _steps(line.steps, pack, language)
    total = _amount(assessment.total(), language)
    yield f"{'':>4}  {'':<14} {_say(language, 'total'):<24} {'':>16} {'':<24} {total:>16}"


def _line(line: ChargeLine, pack: packs.Pack, language: str) -> str:
    name = pack.label("charges", line.name, language)
    remark = ""
    if line.relieved:
        relief = relief_words(language, line.relief or "")
        remark = " " + _say(language, "relieved", amount=_amount(line.relieved, language), relief=relief)
    elif line.secured:
        remark = " " + _say(language, "secured", amount=_amount(line.secured, language))
    base, payable = _amount(line.base, language), _amount(line.payable, language)
    return (
        f"{'':>4}  {'':<14} {name[:24]:<24} {base:>16} {line.rate[:24]:<24} {payable:>16}"
        f"  {line.status}{', ' + line.act if line.act else ''}{remark}"
    )


def _steps(steps: Sequence[Step], pack: packs.Pack, language: str) -> Iterator[str]:
    names = {name: pack.label("charges", name, language) for name in _charge_names(pack)}
    for words, figure in step_rows(language, steps, names):
        yield f"{'':>8}. {words:<76} {figure:>16}".rstrip()


def _charge_names(pack: packs.Pack) -> set[str]:
    return {str(entry.fields.get("name") or entry.key) for entry in pack.book.entries_of("charges")}


def _filled(words: str, params: dict[str, str]) -> str:
    for name, value in params.items():
        words = words.replace(f"{{{name}}}", value)
    return words


def _say(language: str, name: str, **params: str) -> str:
    return texts.say(language, f"cli.assess.{name}", **params)


def _amount(amount: Decimal | None, language: str) -> str:
    return texts.say(language, "ui.not_computed") if amount is None else number_words(language, f"{amount:.2f}")


def _plain(finding: Finding, language: str) -> dict[str, Any]:
    params = {name: str(value) for name, value in finding.params.items()}
    words = {
        part: _filled(texts.find(language, f"finding.{finding.code}.{part}") or "", params) for part in ("text", "mend")
    }
    plain = {"code": finding.code, "path": finding.path, "severity": str(finding.severity), "act": finding.act, **words}
    return {**plain, "answer": finding.answer} if finding.answer else plain


def _json(name: str, assessment: Assessment, findings: Sequence[Finding], language: str) -> dict[str, Any]:
    def plain(amount: Decimal | None) -> str | None:
        return None if amount is None else f"{amount:f}"

    return {
        "file": name,
        "law": assessment.law_digest,
        "days": {kind: day.isoformat() for kind, day in assessment.days.items()},
        "training": assessment.training,
        "currency": assessment.currency,
        "items": [
            {
                "item": item.sequence,
                "customs_value": plain(item.customs_value.amount),
                "statistical_value": _money(item.statistical_value),
            }
            for item in assessment.items
        ],
        "charges": [
            {
                "item": line.item,
                "code": line.code,
                "name": line.name,
                "base": plain(line.base),
                "rate": line.rate,
                "rate_on": line.rate_on.isoformat(),
                "computed": plain(line.computed),
                "relieved": plain(line.relieved),
                "secured": plain(line.secured),
                "payable": plain(line.payable),
                "act": line.act,
                "status": str(line.status),
                "steps": [{"code": step.code, "params": dict(step.params), "act": step.act} for step in line.steps],
            }
            for line in assessment.lines
        ],
        "total": plain(assessment.total()),
        "findings": [_plain(finding, language) for finding in findings],
    }

# SPDX-License-Identifier: Apache-2.0
"""`gumruk duty`: a duty as a tariff prints it, in plain words and computed for goods."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from gumruk import texts
from gumruk.law.expression import ExpressionError, FieldType, Kind, Node, check, explain, render
from gumruk.law.expression.tree import Field, walk
from gumruk.law.kernel import Finding
from gumruk.law.tariff.duties import (
    Circumstances,
    Duty,
    DutyError,
    duty_for,
    duty_node,
    printed_duty,
    read_duty,
    with_components,
)
from gumruk.law.tariff.vocabulary import BASE_OF, EXCHANGE, QUANTITY, UNITS, VALUE
from gumruk.office.declarations.commands import legal_day
from gumruk.office.declarations.words import number_words, step_rows
from gumruk.office.tariff.words import duty_words

UNREADABLE, NOT_COMPUTED = 2, 1


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `duty` to the command line."""
    command = subparsers.add_parser("duty", help=_say("en", "help"))
    command.add_argument("text", nargs="?", help=_say("en", "text").replace("%", "%%"))
    command.add_argument("--file", type=Path, help="read a text from each line of this file")
    command.add_argument("--json", action="store_true", help="print one JSON object a text, each on one line")
    command.add_argument("--language", choices=texts.LANGUAGES, default=texts.DEFAULT_LANGUAGE)
    command.add_argument("--dollar", default="USD", help='the currency that "$" means (default: USD)')
    command.add_argument("--value", type=_number, help="the customs value, in the currency that the duty is paid in")
    command.add_argument("--net-mass", type=_number, metavar="KG", help="net mass in kilograms")
    command.add_argument("--gross-mass", type=_number, metavar="KG", help="gross mass in kilograms")
    command.add_argument(
        "--quantity",
        action="append",
        default=[],
        type=_quantity,
        metavar="NUMBER[:UNIT]",
        help="a quantity and its unit: 120:LTR",
    )
    command.add_argument(
        "--rate",
        action="append",
        default=[],
        type=_pair,
        metavar="CUR=RATE",
        help="what one unit of a currency is worth: EUR=10.71",
    )
    command.add_argument(
        "--fact",
        action="append",
        default=[],
        type=_pair,
        metavar="NAME=NUMBER",
        help="any other fact: component.EA=12.50",
    )
    command.add_argument("--programme", default="", help="the preference programme or country group")
    command.add_argument("--on", type=legal_day, metavar="DATE", help="the day, as 2027-01-04")
    command.add_argument("--document", action="append", default=[], help="a document that is presented: N990")
    command.add_argument(
        "--figure",
        action="append",
        default=[],
        type=_pair,
        metavar="CODE=NUMBER",
        help="what a condition compares: V=91.60",
    )
    command.add_argument(
        "--component",
        action="append",
        default=[],
        type=_component,
        metavar="CODE=DUTY",
        help='what a Meursing table gives: EA="18.87 EUR/DTN"',
    )
    command.set_defaults(run=duty_run)


def duty_run(arguments: argparse.Namespace) -> int:
    """Read one duty, or one a line: 0 where each was read (and, with facts given, computed), 1 and 2 where not."""
    if (arguments.text is None) == (arguments.file is None):
        print("gumruk duty: give a text or --file FILE", file=sys.stderr)
        return UNREADABLE
    if arguments.file is None:
        return _one(arguments.text, arguments)
    try:
        lines = arguments.file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        print(_say(arguments.language, "unreadable", file=str(arguments.file), reason=reason), file=sys.stderr)
        return UNREADABLE
    return max((_one(line, arguments) for line in lines if line.strip()), default=0)


def _one(text: str, arguments: argparse.Namespace) -> int:
    language = arguments.language
    told: dict[str, object] = {"text": text}
    status = 0
    try:
        duty = read_duty(text, dollar=arguments.dollar)
    except DutyError as error:
        told["error"] = _error(language, error)
        status = UNREADABLE
    else:
        told |= {"plain": duty_words(language, duty), "duty": printed_duty(duty)}
        status = _compute(duty, arguments, told)
    if arguments.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(*_lines(text, told, language), sep="\n")
    return status


def _compute(duty: Duty, arguments: argparse.Namespace, told: dict[str, object]) -> int:
    """Choose the rate that holds, show what it computes, and compute it where facts were given."""
    language = arguments.language
    asked = arguments.value is not None or arguments.quantity or arguments.net_mass is not None or arguments.fact
    try:
        circumstances = Circumstances(
            arguments.programme, arguments.on, frozenset(arguments.document), dict(arguments.figure)
        )
        node = duty_node(with_components(duty_for(duty, circumstances), dict(arguments.component)))
    except DutyError as error:
        if asked:
            told["error"] = _error(language, error)
        return NOT_COMPUTED if asked else 0
    told["expression"] = render(node)
    if not asked:
        return 0
    facts = _facts(node, arguments)
    missing = [path for path in _fields(node) if path not in facts]
    if missing:
        told["needs"] = missing
        return NOT_COMPUTED
    try:
        explained = explain(check(node, {path: _type(path) for path in _fields(node)}, Kind.NUMBER), facts)
    except ExpressionError as error:
        told["error"] = {"code": error.code, "message": str(error)}
        return NOT_COMPUTED
    told["amount"] = f"{explained.value:f}" if isinstance(explained.value, Decimal) else None
    told["steps"] = [list(row) for row in step_rows(language, explained.steps, {})]
    return 0


def _facts(node: Node, arguments: argparse.Namespace) -> dict[str, object]:
    """The facts given, under the names that the expression asks for. One currency alone is the duty's own: worth 1."""
    facts: dict[str, object] = dict(arguments.fact)
    if arguments.value is not None:
        facts["value"] = arguments.value
    if arguments.net_mass is not None:
        facts["quantity.KGM"] = arguments.net_mass
    if arguments.gross_mass is not None:
        facts["quantity.KGM.gross"] = arguments.gross_mass
    asked = [path for path in _fields(node) if path.startswith(("quantity.", "part.")) and not path.endswith(".value")]
    for number, unit in arguments.quantity:
        if not unit:
            facts.update(dict.fromkeys((path for path in asked if path not in facts), number))
        elif unit in UNITS:
            facts[f"quantity.{BASE_OF[unit]}"] = number * UNITS[unit].factor
        else:
            facts[f"quantity.{unit}"] = number
    facts.update({f"fx.{currency}": rate for currency, rate in arguments.rate})
    currencies = {path for path in _fields(node) if path.startswith("fx.")}
    if len(currencies) == 1 and not arguments.rate:
        facts.setdefault(currencies.pop(), Decimal(1))
    return facts


def _fields(node: Node) -> list[str]:
    return list(dict.fromkeys(found.path for found, _ in walk(node) if isinstance(found, Field)))


def _type(path: str) -> FieldType:
    if path.startswith("fx."):
        return EXCHANGE
    return VALUE if path == "value" or path.endswith(".value") else QUANTITY


def _pair(text: str) -> tuple[str, Decimal]:
    name, sign, value = text.partition("=")
    if not (name and sign):
        raise argparse.ArgumentTypeError(f"it is written NAME=NUMBER, not {text!r}")
    return name, _number(value)


def _component(text: str) -> tuple[str, Duty]:
    code, _, duty = text.partition("=")
    try:
        return code, read_duty(duty)
    except DutyError as error:
        raise argparse.ArgumentTypeError(
            f"a component is written EA=18.87 EUR/DTN, not {text!r} ({error.code})"
        ) from None


def _quantity(text: str) -> tuple[Decimal, str]:
    number, _, unit = text.partition(":")
    return _number(number), unit


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"{text!r} is no number") from None
    if not number.is_finite():
        raise argparse.ArgumentTypeError(f"{text!r} is no number")
    if not 0 <= number < Decimal(10) ** 18:
        raise argparse.ArgumentTypeError(f"a number lies between 0 and 10^18; {text!r} does not")
    return number


def _error(language: str, error: DutyError) -> dict[str, object]:
    finding = Finding(error.code, params=dict(error.params))
    key = f"finding.{finding.code}"
    return {
        "code": error.code,
        "position": error.position,
        "message": texts.say(language, f"{key}.text", **finding.params),
        "mend": texts.say(language, f"{key}.mend", **finding.params),
    }


def _lines(text: str, told: Mapping[str, object], language: str) -> Iterator[str]:
    yield text
    if "plain" in told:
        yield f"  {told['plain']}"
        yield f"  {_say(language, 'read')}: {told['duty']}"
    if "expression" in told:
        yield f"  {_say(language, 'expression')}: {told['expression']}"
    for row in told.get("steps", ()):  # type: ignore[attr-defined]
        yield f"    {row[0]}: {row[1]}" if row[1] else f"    {row[0]}"
    if "amount" in told:
        yield f"  {_say(language, 'amount')}: {number_words(language, str(told['amount']))}"
    if "needs" in told:
        yield f"  {_say(language, 'needs', facts=', '.join(told['needs']))}"  # type: ignore[arg-type]
    if isinstance(error := told.get("error"), dict):
        place = f" ({_say(language, 'refused', place=str(error['position']))})" if error.get("position") else ""
        yield f"  {error['code']}{place}: {error['message']}"
        if error.get("mend"):
            yield f"      {error['mend']}"


def _say(language: str, name: str, **params: str) -> str:
    return texts.say(language, f"cli.duty.{name}", **params)

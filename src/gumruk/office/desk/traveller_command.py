# SPDX-License-Identifier: Apache-2.0
"""`gumruk traveller`: what a traveller pays on the goods that he carries, or a parcel bears, at flat rates."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from gumruk import packs, texts
from gumruk.law.assessment import CarriedGoods, FlatAssessment, FlatCharge, flat_assessment
from gumruk.law.kernel import HsCode, Money
from gumruk.law.lawbook import Legal, Moments, Status
from gumruk.law.reference import unknown_code
from gumruk.office.declarations.command_inputs import pack_given
from gumruk.office.declarations.commands import legal_day
from gumruk.office.declarations.words import finding_shown, number_words, step_rows
from gumruk.wire.telling import finding_lines

UNREADABLE, NOT_COMPUTED = 2, 1
_INDIVISIBLE = "indivisible"


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `traveller` to the command line."""
    command = subparsers.add_parser("traveller", help=_say("en", "help"))
    command.add_argument("goods", nargs="+", metavar="GOODS", type=_goods, help=_say("en", "goods"))
    command.add_argument("--traffic", default="traveller", help=_say("en", "traffic"))
    command.add_argument(
        "--country", default="tj", help="the pack: a country's code or a folder (default: %(default)s)"
    )
    command.add_argument("--on", type=legal_day, metavar="DATE", help="legal day, as 2027-01-04 (default: today)")
    command.add_argument("--production", action="store_true", help="read no law that was invented for training")
    command.add_argument("--language", choices=texts.LANGUAGES, default=texts.DEFAULT_LANGUAGE)
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON object")
    form.add_argument("--explain", action="store_true", help="print the steps of every charge down to its act")
    command.set_defaults(run=traveller_run)


def traveller_run(arguments: argparse.Namespace) -> int:
    """Compute the flat charges: 0 where all have an amount, 1 where one has none, 2 where the pack cannot be read."""
    pack, language = pack_given(arguments.country, arguments.language), arguments.language
    if pack is None:
        return UNREADABLE
    day = arguments.on or datetime.now(UTC).astimezone(ZoneInfo(pack.time_zone)).date()
    legal = Legal(pack.book, Moments(day, day), training=not arguments.production)
    law, goods = legal.of("duty"), enumerate(arguments.goods)
    unknown = [each for at, one in goods for each in unknown_code(one.code, f"goods[{at}]", law, pack.code_lists)]
    if unknown:
        found = FlatAssessment((), tuple(unknown), pack.currency, ())
    else:
        found = flat_assessment(arguments.goods, arguments.traffic, legal)
    if arguments.json:
        print(json.dumps(_json(found, day, language), ensure_ascii=False))
    else:
        print(*_lines(found, pack, language, explain=arguments.explain), sep="\n")
    return NOT_COMPUTED if found.total is None else 0


def _goods(text: str) -> CarriedGoods:
    """`8517130000, 900 EUR, 3 kg, indivisible`; quantities by their unit: `5 LTR`."""
    parts = [part.strip() for part in text.split(",")]
    try:
        code, price = HsCode(parts[0]), _amount(parts[1])
        stated = [_amount(part) for part in parts[2:] if part.lower() != _INDIVISIBLE]
        money = Money(*price)
    except (ValueError, IndexError):
        raise argparse.ArgumentTypeError(f"goods are written 8517130000, 900 EUR, 3 kg, 5 LTR; not {text}") from None
    mass = [number for number, unit in stated if unit.lower() in ("kg", "kgm")]
    quantities = {unit.upper(): number for number, unit in stated if unit.lower() not in ("kg", "kgm")}
    return CarriedGoods(code, money, mass[0] if mass else None, quantities, _INDIVISIBLE in text.lower())


def _amount(text: str) -> tuple[Decimal, str]:
    number, _, unit = text.partition(" ")
    try:
        value = Decimal(number)
    except InvalidOperation:
        raise ValueError(number) from None
    if not value.is_finite() or not unit.strip():
        raise ValueError(text)
    return value, unit.strip()


def _lines(found: FlatAssessment, pack: packs.Pack, language: str, *, explain: bool) -> Iterator[str]:
    for charge in found.charges:
        name = pack.label("flat_rates", charge.rate, language)
        places = ", ".join(str(place) for place in charge.goods)
        yield f"{name} ({places}): {_shown(charge.amount, found.currency, language)}  {_law(charge, language)}"
        for words, figure in step_rows(language, charge.steps, {}) if explain else ():
            yield f"    . {words:<72} {figure:>20}".rstrip()
    yield f"{_say(language, 'total')}: {_shown(found.total, found.currency, language)}"
    if any(entry.status is Status.TRAINING for entry in found.entries):
        yield _say(language, "training")
    yield from finding_lines([finding_shown(language, finding) for finding in found.findings], language)


def _law(charge: FlatCharge, language: str) -> str:
    status = texts.say(language, f"cli.case.status.{charge.entry.status.value}")
    return ", ".join(part for part in (status, charge.entry.act) if part)


def _shown(amount: Decimal | None, currency: str, language: str) -> str:
    if amount is None:
        return texts.say(language, "ui.not_computed")
    return f"{number_words(language, f'{amount:f}')} {currency}"


def _json(found: FlatAssessment, day: date, language: str) -> Mapping[str, object]:
    findings = [finding_shown(language, finding) for finding in found.findings]
    return {
        "day": day.isoformat(),
        "currency": found.currency,
        "total": None if found.total is None else f"{found.total:f}",
        "charges": [_charge_json(charge, language) for charge in found.charges],
        "findings": [
            {
                "code": finding.code,
                "path": finding.path,
                "params": dict(plain.params),
                "text": texts.say(language, f"finding.{finding.code}.text", **finding.params),
                "mend": texts.say(language, f"finding.{finding.code}.mend", **finding.params),
                "act": finding.act,
            }
            for plain, finding in zip(found.findings, findings, strict=True)
        ],
    }


def _charge_json(charge: FlatCharge, language: str) -> Mapping[str, object]:
    rows = step_rows(language, charge.steps, {})
    over = {name: None if number is None else f"{number:f}" for name, number in charge.over._asdict().items()}
    return {
        **{"rate": charge.rate, "goods": list(charge.goods), "over": over, "duty": charge.entry.fields["duty"]},
        "amount": None if charge.amount is None else f"{charge.amount:f}",
        **{"act": charge.entry.act, "status": charge.entry.status.value},
        "steps": [
            {"code": step.code, "words": words, "figure": figure, "params": dict(step.params), "act": step.act}
            for step, (words, figure) in zip(charge.steps, rows, strict=True)
        ],
    }


def _say(language: str, name: str) -> str:
    return texts.say(language, f"cli.traveller.{name}")

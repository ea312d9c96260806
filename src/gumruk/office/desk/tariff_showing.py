# SPDX-License-Identifier: Apache-2.0
"""`tariff show` and `tariff check` over any tariff: who registers them says where the tariff comes from."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from gumruk import texts
from gumruk.law.kernel import Finding, HsCode, Severity
from gumruk.law.lawbook import Law
from gumruk.law.reference import unknown_code, unknown_country
from gumruk.law.tariff.measures import (
    AreaKind,
    GeographicalArea,
    GoodsNomenclature,
    Measure,
    Movement,
    QuotaBalance,
    QuotaDefinition,
    QuotaOrderNumber,
    QuotaState,
    Tariff,
    TariffClaim,
    measures_for,
)
from gumruk.law.tariff.measures.of_law import padded
from gumruk.law.tariff.quotas import quota_standing
from gumruk.law.tariff.rules import check_tariff
from gumruk.office.tariff.measure_words import finding_row_lines, findings_shown, measures_lines, measures_shown
from gumruk.packs import world

UNREADABLE, FOUND = 2, 1


class HeldTariff(NamedTuple):
    """A tariff and the day that is asked of it; `law`: the country's law that it was made of, where it was."""

    tariff: Tariff
    day: date
    law: Law | None = None


#: The tariff that the arguments ask for; None where it cannot be read, which was told on stderr.
TariffOf = Callable[[argparse.Namespace], HeldTariff | None]


def add_show(subparsers: argparse._SubParsersAction[argparse.ArgumentParser], tariff_of: TariffOf) -> None:
    """Add `show CODE`: the measures that apply to a code, and why each other does not."""
    command = subparsers.add_parser("show", help=_say("en", "show_help"))
    command.add_argument("code", type=_code, help="the goods code; a shorter one is padded with zeros")
    command.add_argument("--origin", default="", metavar="XX", help="country of origin; on export, of destination")
    command.add_argument("--export", action="store_true", help="the goods leave the country")
    command.add_argument("--preference", action="append", default=[], help="a preference code that is claimed")
    command.add_argument("--order-number", default="", help="the quota that is drawn on")
    command.add_argument("--additional-code", action="append", default=[], help="an additional code: C490")
    command.add_argument("--document", action="append", default=[], help="a document that is presented: N990")
    command.add_argument(
        "--figure", action="append", type=_figure, default=[], metavar="CODE=NUMBER", help="what a condition compares"
    )
    command.add_argument("--unit", action="append", help="a unit in which the quantity is declared: KGM")
    _add_common(command)
    command.set_defaults(run=lambda arguments: show_run(arguments, tariff_of), known_at=None)


def add_check(subparsers: argparse._SubParsersAction[argparse.ArgumentParser], tariff_of: TariffOf) -> None:
    """Add `check`: what the rules of a tariff find in the whole."""
    command = subparsers.add_parser("check", help=_say("en", "check_help"))
    command.add_argument("--rule", action="append", default=[], help="only what this rule finds: ME-32")
    command.add_argument("--limit", type=int, default=1000, help="how many findings are printed (default: 1000)")
    _add_common(command)
    command.set_defaults(run=lambda arguments: check_run(arguments, tariff_of))


def _add_common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print one JSON object; of a check one a finding")
    command.add_argument("--language", choices=texts.LANGUAGES, default=texts.DEFAULT_LANGUAGE)


def show_run(arguments: argparse.Namespace, tariff_of: TariffOf) -> int:
    """Tell what applies: 0 nothing stands against it, 1 a finding is an error, 2 no tariff could be read."""
    held = tariff_of(arguments)
    if held is None:
        return UNREADABLE
    tariff, day = held.tariff, held.day
    claim = TariffClaim(
        padded(arguments.code.digits),
        arguments.origin.upper(),
        day,
        movement=Movement.EXPORT if arguments.export else Movement.IMPORT,
        preferences=tuple(arguments.preference),
        order_number=arguments.order_number,
        additional_codes=frozenset(arguments.additional_code),
        documents=frozenset(arguments.document),
        figures=dict(arguments.figure),
        units=None if arguments.unit is None else frozenset(arguments.unit),
        quotas=_quota_told(tariff, arguments.order_number, day, arguments.known_at),
    )
    found = measures_for(tariff, claim, arguments.known_at)
    found = replace(found, findings=(*_unknown(held, arguments.code, claim.origin), *found.findings))
    if arguments.json:
        told = {"code": claim.code, "day": day.isoformat(), "origin": claim.origin}
        print(json.dumps({**told, **measures_shown(arguments.language, found)}, ensure_ascii=False))
    else:
        print(_say(arguments.language, "shown", code=claim.code, day=day.isoformat(), origin=claim.origin or "-"))
        print(*measures_lines(arguments.language, found), sep="\n")
    return FOUND if any(finding.severity is Severity.ERROR for finding in found.findings) else 0


def _unknown(held: HeldTariff, code: HsCode, origin: str) -> Iterator[Finding]:
    """What tells that a code or an origin exists nowhere.

    Of a tariff with lines of its own `MEAS-1` tells of the code; its areas are origins beside the countries of
    ISO 3166, and a code that it sets a measure on is known to it.
    """
    tariff, lists = held.tariff, world().code_lists
    if not tariff.keeps(GoodsNomenclature) and (
        held.law is not None or not tariff.by(Measure, "code", padded(code.digits))
    ):
        yield from unknown_code(code, "code", held.law, lists)
    areas = tariff.by(GeographicalArea, "code", origin)
    set_for = not tariff.keeps(GeographicalArea) and tariff.by(Measure, "area", origin)
    if origin and not set_for and all(area.kind is AreaKind.GROUP for area in areas):
        yield from unknown_country(origin, "origin", lists)


def _quota_told(tariff: Tariff, order_number: str, day: date, known_at: datetime | None) -> Mapping[str, QuotaState]:
    """How the quota stands that is drawn on, as far as the tariff tells: of its balance only what its keeper told.

    A volume alone says nothing of what was drawn: a quota that is open by it is not told.
    """
    if not order_number or not (tariff.keeps(QuotaDefinition) or tariff.keeps(QuotaOrderNumber)):
        return {}
    standing = quota_standing(tariff, order_number, day, known_at=known_at)
    told = standing.definition is not None and tariff.by(QuotaBalance, "definition", standing.definition.sid, known_at)
    if standing.state in (QuotaState.OPEN, QuotaState.CRITICAL) and not told:
        return {}
    return {order_number: standing.state}


def check_run(arguments: argparse.Namespace, tariff_of: TariffOf) -> int:
    """Check the whole tariff: 0 nothing was found, 1 something was, 2 no tariff could be read."""
    held = tariff_of(arguments)
    if held is None:
        return UNREADABLE
    language, counted = arguments.language, Counter[str]()
    for finding in check_tariff(held[0]):
        if arguments.rule and finding.code not in arguments.rule:
            continue
        counted[finding.code] += 1
        if sum(counted.values()) > arguments.limit:
            continue
        row = findings_shown(language, [finding])[0]
        if arguments.json:
            print(json.dumps(row, ensure_ascii=False))
        else:
            print(*finding_row_lines(language, row), sep="\n")
    records = ", ".join(f"{name} {count}" for name, count in sorted(held[0].counts().items()))
    rules = ", ".join(f"{code} {count}" for code, count in counted.most_common()) or "-"
    summary = _say(language, "checked", records=records, count=str(sum(counted.values())), rules=rules)
    print(summary, file=sys.stderr if arguments.json else sys.stdout)
    return FOUND if counted else 0


def _code(text: str) -> HsCode:
    try:
        return HsCode.read(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a goods code has 2 to 10 digits, not {text!r}") from None


def _figure(text: str) -> tuple[str, Decimal]:
    code, _, number = text.partition("=")
    try:
        figure = Decimal(number)
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"a figure is written V=91.60, not {text!r}") from None
    if not figure.is_finite():
        raise argparse.ArgumentTypeError(f"{number!r} is no number")
    return code, figure


def _say(language: str, name: str, **params: str) -> str:
    return texts.say(language, f"cli.tariff.{name}", **params)

# SPDX-License-Identifier: Apache-2.0
"""`gumruk nomenclature import` and `withdraw`: a person takes official texts, or takes wrong ones back."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gumruk import packs, texts
from gumruk.office.lawbook.commands import act_as, add_person
from gumruk.office.nomenclature.commands import FAULTS_SHOWN, FOUND, days_shown, legal_day_read
from gumruk.office.nomenclature.official import ACT_MAX, LANGUAGE_TAG, OfficialFault, read_official
from gumruk.office.project.environment import installed_pack

if TYPE_CHECKING:
    from gumruk.office.accounts.actors import Actor
    from gumruk.office.nomenclature.editions import Edition
    from gumruk.office.nomenclature.keeping import Outcome

UNREADABLE, REFUSED = 2, 1
REASON_MAX = 1000


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `import` and `withdraw` to the command `nomenclature`, which stands already."""
    group = subparsers.choices["nomenclature"]
    parts = next(action for action in group._actions if isinstance(action, argparse._SubParsersAction))
    imported = parts.add_parser("import", help=_say("en", "import_help"))
    imported.add_argument("file", type=Path, metavar="FILE", help=_say("en", "import_file"))
    imported.add_argument(
        "--texts-in", required=True, type=_tag, metavar="LANGUAGE", help=_say("en", "import_texts_in")
    )
    imported.add_argument("--act", required=True, type=_act, help=_say("en", "import_act"))
    imported.add_argument(
        "--from", dest="valid_from", required=True, type=legal_day_read, metavar="DATE", help=_say("en", "import_from")
    )
    imported.add_argument("--to", dest="valid_to", type=legal_day_read, metavar="DATE", help=_say("en", "import_to"))
    imported.add_argument("--country", metavar="COUNTRY", help=_say("en", "import_country"))
    imported.add_argument("--withdraw", action="store_true", help=_say("en", "import_withdraw"))
    imported.set_defaults(run=import_run)
    withdraw = parts.add_parser("withdraw", help=_say("en", "withdraw_help"))
    withdraw.add_argument("number", type=int, metavar="NUMBER", help=_say("en", "withdraw_number"))
    withdraw.add_argument("--reason", required=True, type=_reason, help=_say("en", "withdraw_reason"))
    withdraw.set_defaults(run=withdraw_run)
    for part in (imported, withdraw):
        add_person(part)
        part.add_argument("--data", metavar="DIR", help=_say("en", "data"))
        part.add_argument("--json", action="store_true", help=_say("en", "json"))
        part.add_argument("--language", choices=texts.LANGUAGES, default=texts.DEFAULT_LANGUAGE)


def import_run(arguments: argparse.Namespace) -> int:
    """Take a country's official texts as an edition, all or nothing.

    0: taken, or held already; 1: the file has faults, or the edition cannot stand beside the others; 2: it cannot be
    read, or what was asked cannot be.
    """
    language = arguments.language
    country = _country(arguments.country)
    if country is None:
        return refused(arguments, UNREADABLE, "no_country", country=arguments.country)
    if arguments.valid_to is not None and arguments.valid_to < arguments.valid_from:
        days = {"first": arguments.valid_from.isoformat(), "last": arguments.valid_to.isoformat()}
        return refused(arguments, UNREADABLE, "days_turned", **days)
    try:
        rows = read_official(arguments.file)
    except OfficialFault as fault:
        return _faulty(arguments, fault)
    except OSError as error:
        print(_say(language, "unreadable", file=str(arguments.file), reason=error.strerror or ""), file=sys.stderr)
        return UNREADABLE

    def take(by: Actor) -> None:
        from gumruk.office.nomenclature.keeping import texts_import
        from gumruk.office.project.clock import now

        outcome = texts_import(
            rows=rows,
            country=country,
            language=arguments.texts_in,
            act=arguments.act,
            valid_from=arguments.valid_from,
            valid_to=arguments.valid_to,
            withdraw=arguments.withdraw,
            file=arguments.file.name,
            by=by,
            at=now(),
        )
        outcome_shown(arguments, "imported" if outcome.new else "held_already", outcome)

    return acted(arguments, take)


def _faulty(arguments: argparse.Namespace, fault: OfficialFault) -> int:
    """Say every fault of a file with its line: on the error output in words, or as JSON."""
    told = [
        (place, code, _say(arguments.language, f"import_fault.{code}", **params))
        for place, code, params in fault.faults
    ]
    if arguments.json:
        faults = [{"place": place, "code": code, "text": text} for place, code, text in told]
        print(json.dumps({"taken": False, "faults": faults}, ensure_ascii=False))
        return FOUND
    print(_say(arguments.language, "refused", file=str(arguments.file)), file=sys.stderr)
    for place, _code, text in told[:FAULTS_SHOWN]:
        print(f"{place}: {text}", file=sys.stderr)
    if len(told) > FAULTS_SHOWN:
        print(_say(arguments.language, "more", count=str(len(told) - FAULTS_SHOWN)), file=sys.stderr)
    return FOUND


def _country(given: str | None) -> str | None:
    """The country's code in capitals: this installation's without one; None where Gumruk has no pack of it."""
    if given is None:
        return installed_pack().country
    folder = packs.pack_folder(given)
    try:
        return packs.load(folder).country
    except packs.PackError:
        return None


def _act(text: str) -> str:
    act = " ".join(text.split())
    if not act or len(act) > ACT_MAX:
        raise argparse.ArgumentTypeError(_say("en", "act_wrong", most=str(ACT_MAX)))
    return act


def _tag(text: str) -> str:
    if not LANGUAGE_TAG.fullmatch(text):
        raise argparse.ArgumentTypeError(_say("en", "tag_wrong", given=text))
    return text


def withdraw_run(arguments: argparse.Namespace) -> int:
    """Withdraw an edition; 0: done, 1: there is none or it was withdrawn before."""

    def withdraw(by: Actor) -> None:
        from gumruk.office.nomenclature.keeping import texts_withdraw
        from gumruk.office.project.clock import now

        outcome = texts_withdraw(number=arguments.number, reason=arguments.reason, by=by, at=now())
        outcome_shown(arguments, "withdrawn", outcome)

    return acted(arguments, withdraw)


def acted(arguments: argparse.Namespace, doing: Callable[[Actor], None]) -> int:
    """Let the person of `--as` do something to the official texts; 1 with the reason where it is refused."""

    def done(by: Actor) -> None:
        from gumruk.office.nomenclature.keeping import TextsRefused

        try:
            doing(by)
        except TextsRefused as refusal:
            raise _Refused(refusal.reason, refusal.params) from refusal

    try:
        return act_as(arguments, "nomenclature.texts", done)
    except _Refused as refusal:
        return refused(arguments, REFUSED, refusal.reason, **refusal.params)


class _Refused(Exception):
    """A refusal on its way out of the transaction, which it ends."""

    def __init__(self, reason: str, params: dict[str, object]) -> None:
        super().__init__(reason)
        self.reason, self.params = reason, params


def outcome_shown(arguments: argparse.Namespace, what: str, outcome: Outcome) -> None:
    """Say what an import or a withdrawal did, and which other editions hold on other days now."""
    edition = outcome.edition
    days = days_shown(edition.first.isoformat(), edition.valid.last.isoformat() if edition.valid.last else None)
    if arguments.json:
        told = {
            "done": what,
            "edition": _plain(edition),
            "moved": [_plain(each) for each in outcome.moved],
            "count": edition.lines,
            **outcome.changes._asdict(),
        }
        print(json.dumps(told, ensure_ascii=False))
        return
    params = {name: str(number) for name, number in outcome.changes._asdict().items()}
    said = {"number": str(edition.number), "count": str(edition.lines), "language": edition.language, "days": days}
    print(_say(arguments.language, what, act=edition.act, country=edition.country, **said, **params))
    for each in outcome.moved:
        last = each.valid.last
        key = "moved_open" if last is None else "moved"
        told_day = {} if last is None else {"day": last.isoformat()}
        print(_say(arguments.language, key, number=str(each.number), act=each.act, **told_day))
    if what != "held_already":
        print(_say(arguments.language, "search_follows"))


def refused(arguments: argparse.Namespace, status: int, reason: str, /, **params: object) -> int:
    """Say why nothing was done, in words or as JSON; gives the status."""
    text = _say(arguments.language, f"texts_refused.{reason}", **{name: str(value) for name, value in params.items()})
    if arguments.json:
        print(json.dumps({"taken": False, "faults": [{"place": "", "code": reason, "text": text}]}, ensure_ascii=False))
    else:
        print(text, file=sys.stderr)
    return status


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if not reason or len(reason) > REASON_MAX:
        raise argparse.ArgumentTypeError(_say("en", "reason_wrong", most=str(REASON_MAX)))
    return reason


def _plain(edition: Edition) -> dict[str, Any]:
    return {
        "number": edition.number,
        "country": edition.country,
        "language": edition.language,
        "act": edition.act,
        "from": edition.first.isoformat(),
        "to": edition.valid.last.isoformat() if edition.valid.last else None,
        "lines": edition.lines,
    }


def _say(language: str, name: str, /, **params: str) -> str:
    return texts.say(language, f"cli.nomenclature.{name}", **params)

# SPDX-License-Identifier: Apache-2.0
"""`gumruk tariff propose`: an imported tariff's rates as a change set against the law that runs."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gumruk import texts
from gumruk.law.assessment import currencies_of
from gumruk.law.kernel import DateRange, Finding, Severity
from gumruk.law.lawbook import Entry, LawBook, Status
from gumruk.law.lawbook.comparison import Difference, counted
from gumruk.law.tariff.measures import Tariff
from gumruk.law.tariff.revising import rates_revised
from gumruk.office.declarations.commands import legal_day
from gumruk.office.lawbook.commands import act_as, add_person, comparison_print
from gumruk.office.tariff.measure_words import findings_shown
from gumruk.wire import WireError
from gumruk.wire.tariffs import KIND_OF, Left, PackRate, PackRates, TariffFolder, law_records, pack_rates
from gumruk.wire.telling import finding_lines

if TYPE_CHECKING:
    from gumruk.office.accounts.actors import Actor

UNREADABLE, NAMED_MAX = 2, 10
#: The finding that tells why a measure is not carried.
CODES = {
    Left.KIND: "TARIFF-40",
    Left.AREA: "TARIFF-41",
    Left.CONDITIONS: "TARIFF-42",
    Left.ADDITIONAL_CODE: "TARIFF-43",
    Left.QUOTA: "TARIFF-44",
    Left.DUTY: "TARIFF-45",
    Left.NOT_APPLIED: "TARIFF-46",
    Left.CURRENCY: "TARIFF-47",
    Left.LENGTH: "TARIFF-48",
}
#: Beside a rate for all origins these leave the rate as it is; the others leave the code as the law has it.
_BESIDE = {Left.AREA, Left.CONDITIONS, Left.ADDITIONAL_CODE, Left.QUOTA, Left.NOT_APPLIED}


@dataclass(frozen=True, slots=True)
class Revision:
    """The law that would be proposed, and what is to be said of it; with an error it is not proposed."""

    book: LawBook
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        """Whether a finding forbids to propose it."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def add_propose(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `propose FOLDER --act ACT --as LOGIN`."""
    command = subparsers.add_parser("propose", help=_say("en", "help"))
    command.add_argument("folder", type=Path, metavar="FOLDER", help=texts.say("en", "tariffs.diff_before"))
    command.add_argument("--act", required=True, metavar="ACT", help=_say("en", "act"))
    command.add_argument("--table", choices=tuple(KIND_OF), default="tariff", help=_say("en", "table"))
    command.add_argument("--on", type=legal_day, metavar="DATE", help=_say("en", "on"))
    command.add_argument("--title", metavar="TEXT", help=_say("en", "title"))
    add_person(command)
    command.add_argument("--data", metavar="DIR", help="where the state lies")
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.add_argument("--language", choices=texts.LANGUAGES, default=texts.DEFAULT_LANGUAGE)
    command.set_defaults(run=propose_run)


def propose_run(arguments: argparse.Namespace) -> int:
    """Propose a folder's rates: 0 they wait, or run already; 1 refused, the law is as it was; 2 it cannot be read."""
    language = arguments.language
    try:
        folder = TariffFolder.open(arguments.folder)
        tariff = Tariff.of(law_records(folder))
    except WireError as error:
        print(*finding_lines(error.findings, language), sep="\n", file=sys.stderr)
        return UNREADABLE
    manifest = folder.manifest
    title = arguments.title or f"{arguments.folder.name} ({manifest.format}, {manifest.known_from})"

    def propose(by: Actor) -> None:
        from gumruk.office.lawbook import labels, queries, services
        from gumruk.office.project.clock import now

        base = queries.running_publication()
        if base is None:
            raise services.ProposalRefused("no_law")
        running, acts = queries.law_by_digest(base.digest), labels.installed_pack().acts
        found = revision(running, tariff, arguments.table, arguments.act, acts, arguments.on)
        if found.refused:
            _tell(arguments, None, (), found.findings)
            raise services.ProposalRefused("unfit")
        try:
            made = services.proposal_make(book=found.book, title=title, by=by, at=now(), remarks=found.findings)
        except services.ProposalRefused as refusal:
            if refusal.reason not in services.SAME:
                raise
            _tell(arguments, None, (), found.findings)
            print(texts.say(language, refusal.key, **refusal.params), file=sys.stderr)
            return
        if made.base != base.number:  # published while the rates were compared: nothing of it may be lost
            raise services.ProposalRefused("stale", number=made.number, running=made.base)
        told = {"number": made.number, "title": title, "digest": made.digest}
        _tell(arguments, told, queries.proposal_differences(made), found.findings)

    return act_as(arguments, "lawbook.draft", propose)


def revision(
    running: LawBook, tariff: Tariff, table: str, act: str, acts: Sequence[str] | dict[str, object], since: date | None
) -> Revision:
    """The running law with a tariff's rates in `table`, by `act`, from `since` on; all findings, errors first."""
    length = _length(running)
    found = pack_rates(tariff, table, length, currencies_of(running))
    errors = []
    if act not in acts:
        errors.append(Finding("TARIFF-49", "act", {"act": act, "acts": ", ".join(sorted(acts))}))
    if not found.rates:
        errors.append(Finding("TARIFF-50", table, {"table": table}))
    for one, other in found.overlaps():
        errors.append(Finding("TARIFF-51", one.code, {"first": one.sid, "second": other.sid, "code": one.code}))
    findings = [*errors, *_left(found, length)]
    if errors:
        return Revision(running, tuple(findings))
    rates = [_entry(table, rate, act) for rate in found.rates]
    book = rates_revised(running, table, rates, act, since=since, kept=_kept(found))
    return Revision(book, (*findings, *_standing(book, table, {rate.code for rate in found.rates}, act)))


def _length(book: LawBook) -> int:
    """The digits of a goods code in the running law; ten where it does not say."""
    values = [entry.fields.get("value") for entry in book.entries_of("values") if entry.key == "nomenclature.length"]
    numbers = [value for value in values if isinstance(value, int)]
    return max(numbers, default=10)


def _entry(table: str, rate: PackRate, act: str) -> Entry:
    days = DateRange(rate.starts_on, rate.ends_on)
    return Entry(table, rate.code, {"duty": rate.duty}, days, act, Status.UNVERIFIED)


def _kept(found: PackRates) -> set[str]:
    """The codes that stay as the law has them: the tariff says a rate of them that the table cannot hold."""
    plain = {rate.code for rate in found.rates}
    return {
        code
        for _, reason, code in found.left
        if code and reason is not Left.KIND and (reason not in _BESIDE or code not in plain)
    }


def _left(found: PackRates, length: int) -> Iterator[Finding]:
    """One finding a reason: how many measures are not carried, which types, the first of them."""
    for reason, code in CODES.items():
        measures = [measure for measure, why, _ in found.left if why is reason]
        if measures:
            params = {
                "count": str(len(measures)),
                "types": _named(sorted({measure.type for measure in measures})),
                "measures": _named([measure.sid for measure in measures]),
                "length": str(length),
            }
            yield Finding(code, f"measures[{measures[0].sid}]", params, severity=Severity.WARNING)


def _standing(book: LawBook, table: str, codes: set[str], act: str) -> Iterator[Finding]:
    """What the table holds beside the tariff: training twins that are read first, rows of other acts."""
    rows = book.entries_of(table)
    twins = sorted({entry.key for entry in rows if entry.status is Status.TRAINING})
    others = sorted(
        {
            entry.key
            for entry in rows
            if entry.status is not Status.TRAINING and entry.act != act and entry.key not in codes and entry.key
        }
    )
    for code, keys in (("TARIFF-52", twins), ("TARIFF-53", others)):
        if keys:
            params = {"count": str(len(keys)), "codes": _named(keys), "table": table}
            yield Finding(code, f"{table}[{keys[0]}]", params, severity=Severity.WARNING)


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED_MAX]) + (", ..." if len(names) > NAMED_MAX else "")


def _tell(
    arguments: argparse.Namespace,
    made: dict[str, object] | None,
    differences: Sequence[Difference],
    findings: Sequence[Finding],
) -> None:
    """What is proposed, and what is to be said of it; `made` is None where nothing was proposed."""
    language = arguments.language
    if arguments.json:
        counts = {
            table: {change.value: count for change, count in found.items()}
            for table, found in counted(differences).items()
        }
        told = {"proposal": made, "counts": counts, "findings": findings_shown(language, findings)}
        print(json.dumps(told, ensure_ascii=False))
        return
    if made is not None:
        comparison_print(arguments, differences, rows=True)
        print(texts.say(language, "lawbook.command.proposed", **made))
    out = sys.stderr if made is None else sys.stdout
    print(*finding_lines(findings, language, graded=True), sep="\n", end="\n" if findings else "", file=out)


def _say(language: str, name: str) -> str:
    return texts.say(language, f"tariffs.propose.{name}")

# SPDX-License-Identifier: Apache-2.0
"""The page of a file in words: goods with their charges beside, what stands against release, history."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from gumruk import texts
from gumruk.law.assessment import Assessment
from gumruk.law.declarations import State, unchecked
from gumruk.law.declarations.reading import ItemReading, document_code
from gumruk.law.kernel import Finding, Money, Severity
from gumruk.law.lawbook import Legal
from gumruk.office.accounts.permissions import GUMRUK, Actor
from gumruk.office.accounts.queries import names_of
from gumruk.office.assessment.queries import charges_of
from gumruk.office.audit.services import body_read
from gumruk.office.declarations.charge_rows import ChargeRow, charge_row, earlier_rates
from gumruk.office.declarations.doubts import doubts_of
from gumruk.office.declarations.models import Decision, File, Hold
from gumruk.office.declarations.queries import FilePage, file_page, moments_of, trails_of_version
from gumruk.office.declarations.trail_words import TrailShown, trails_shown
from gumruk.office.declarations.value_shown import DoubtShown, doubt_shown, record_rows
from gumruk.office.declarations.words import Row, finding_shown, step_rows, steps_raw
from gumruk.office.lawbook.labels import ActShown, act_shown, country_name, label, unit_name
from gumruk.office.lawbook.queries import law_by_digest, running_law
from gumruk.office.nomenclature.queries import OfficialText, official_on
from gumruk.office.payments.queries import balance_of
from gumruk.office.project.clock import legal_day
from gumruk.office.traders.queries import trader_names

_ITEM = re.compile(r"^(?:goods_shipment\.)?items\[(\d+)\]")
ITEMS_OPEN_MAX = 6
ITEMS_PER_PAGE = 50
# What the checks answer in the sender's transaction: the history does not say that the sender did it.
_BY_CHECKS = frozenset({"declaration.accept", "declaration.preregister", "declaration.refuse_registration"})


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """One thing of an item as declared and as decided, with the number of the decision."""

    kind: str
    declared: str
    decided: str
    number: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One goods item: what was declared, what was decided in its place, what was found, and its charges."""

    number: int
    item: ItemReading
    origin: str
    procedure: str
    preference: str
    documents: Sequence[tuple[str, str, str]]
    quantities: Sequence[tuple[str, Decimal]]
    customs_value: Decimal | None
    statistical_value: Money | None
    value_steps: Sequence[Row]
    value_raw: str
    charges: Sequence[ChargeRow]
    findings: Sequence[Finding]
    decided: Sequence[DecidedRow]
    trail: TrailShown | None = None
    official: OfficialText | None = None

    @property
    def payable(self) -> Decimal | None:
        """What is payable on the item; None where a charge has no amount."""
        total = Decimal(0)
        for charge in self.charges:
            if charge.line.payable is None:
                return None
            total += charge.line.payable
        return total


@dataclass(frozen=True, slots=True)
class BlockerRow:
    """One thing that stands against release; `action` leads to what removes it, `waits` says that it waits for you."""

    found: Finding
    waits: bool
    action: str = ""
    hold: UUID | None = None


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of the history."""

    id: UUID
    at: datetime
    who: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A numbered decision with its act and who took it."""

    decision: Decision
    who: str
    place: int | None
    act: ActShown
    appeal_body: str
    rests_on: Sequence[Row]


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A hold with who placed and who lifted it."""

    hold: Hold
    placed_by: str
    lifted_by: str


class FileShown:
    """All that the template of a file needs, in one language, for one person."""

    def __init__(self, file: File, language: str, actor: Actor, items_page: int = 1) -> None:
        self.file, self.language, self.actor = file, language, actor
        self.page: FilePage = file_page(file)
        self._doubts = doubts_of(file)
        self.names = {charge.code: charge.name for charge in self.page.charges}
        self.people = _people(self.page)
        self.office = label("offices", file.office, language) if file.office else ""
        self.currency = self.page.assessment.currency if self.page.assessment else ""
        parties = trader_names({file.payer, file.sender})
        self.sender, self.payer = parties.get(file.sender, file.sender), parties.get(file.payer, file.payer)
        self.due = deadline_of(file)
        days = moments_of(file)
        self._official = official_on(days.acceptance or days.registration)
        legal = Legal(law_by_digest(file.law_digest), days, training=file.training)
        moments = {name: legal.moment(name).value for name in ("duty", "excise", "vat", "fee")}
        items = self.page.reading.items
        self.items_per_page = ITEMS_PER_PAGE
        self.items_pages = range(1, max(1, -(-len(items) // ITEMS_PER_PAGE)) + 1)
        self.items_page = min(max(items_page, 1), len(self.items_pages))
        first = (self.items_page - 1) * ITEMS_PER_PAGE
        on_page = list(enumerate(items))[first : first + ITEMS_PER_PAGE]
        numbers = {None, *(item.item.sequence_numeric or place + 1 for place, item in on_page)}
        self._charges = self._charge_rows(self.page.assessment, moments, numbers)
        self.of_declaration = self._charges.get(None, ())
        self.findings = self._findings()
        self._found: dict[int | None, list[Finding]] = {}
        for found in self.findings:
            self._found.setdefault(_place(found.path), []).append(found)
        self._trails = trails_shown(trails_of_version(file.id, self.page.version.number), language)
        self.items = [self._item(place, item) for place, item in on_page]
        self.covered = self._covered()
        self.items_open = len(items) <= ITEMS_OPEN_MAX

    def address_of(self, path: str) -> str:
        """Where the goods item that a path lies in is shown; "" for a place in the head."""
        place = _place(path)
        if place is None:
            return ""
        page = place // ITEMS_PER_PAGE + 1
        return f"#item-{place + 1}" if page == self.items_page else f"?items={page}#item-{place + 1}"

    def _charge_rows(
        self, assessment: Assessment | None, moments: Mapping[str, str], numbers: Set[int | None]
    ) -> dict[int | None, Sequence[ChargeRow]]:
        rows: dict[int | None, list[ChargeRow]] = {}
        if assessment is None:
            return {}
        before = earlier_rates([charges_of(self.file.id, number) for number in range(1, self.file.assessment)])
        for line in (line for line in assessment.lines if line.item in numbers):
            moment = moments.get(line.kind, "acceptance")
            earlier = before.get((line.item, line.code), [])
            rows.setdefault(line.item, []).append(charge_row(self.language, line, moment, earlier))
        return dict(rows)

    def _item(self, place: int, item: ItemReading) -> ItemRow:
        language, number = self.language, item.item.sequence_numeric or place + 1
        assessed = self.page.assessment.items[place] if self.page.assessment and self.page.assessment.items else None
        documents = [
            (document_code(document), label("documents", document_code(document), language), document.id or "")
            for document in item.documents
        ]
        return ItemRow(
            number=number,
            item=item,
            origin=country_name(item.origin, language) if item.origin else "",
            procedure=label("procedures", item.procedure, language) if item.procedure else "",
            preference=label("preferences", item.preference, language) if item.preference else "",
            documents=documents,
            quantities=[(unit_name(unit, language), value) for unit, value in item.quantities.items() if unit != "KGM"],
            customs_value=assessed.customs_value.amount if assessed else None,
            statistical_value=assessed.statistical_value if assessed else None,
            value_steps=step_rows(language, assessed.steps, self.names) if assessed else (),
            value_raw=steps_raw(assessed.steps) if assessed else "",
            charges=self._charges.get(number, ()),
            findings=self._found.get(place, []),
            decided=self._decided(place, item),
            trail=self._trails.get(place + 1),
            official=self._official.nearest(item.code.digits, language) if item.code else None,
        )

    def _decided(self, place: int, item: ItemReading) -> list[DecidedRow]:
        rows: dict[str, DecidedRow] = {}
        for decision in self.page.decisions:
            if decision.path.startswith(f"items[{place}]."):
                first = rows[decision.kind].declared if decision.kind in rows else decision.declared
                rows[decision.kind] = DecidedRow(decision.kind, first, decision.decided, decision.number)
        return list(rows.values())

    def _findings(self) -> list[Finding]:
        """All findings, errors first: put into words once, for the file and for its items."""
        weight = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFORMATION: 2}
        found = [finding_shown(self.language, finding, self.names) for finding in self.page.findings]
        return sorted(found, key=lambda finding: weight[finding.severity])

    @property
    def errors(self) -> int:
        """How many findings refuse registration."""
        return sum(finding.severity is Severity.ERROR for finding in self.page.findings)

    @property
    def blockers(self) -> list[BlockerRow]:
        """What stands against release, with what this person can do about it."""
        holds = [hold for hold in self.page.holds if hold.lifted_at is None]
        rows = []
        for found in self._told():
            hold = holds[int(found.path[6:-1])] if found.code == "REL-3" else None
            action = self._action(found, hold)
            shown = finding_shown(self.language, found, self.names)
            rows.append(BlockerRow(shown, bool(action), action, hold.id if hold else None))
        return rows

    def _told(self) -> list[Finding]:
        """The blockers that say something to this person, charges in the pack's order."""
        order = list(self.names)
        told = blockers_told(self.page.blockers, self.file, self.actor)
        if self.covered:
            told = [found for found in told if found.code != "REL-4"]
        return sorted(
            told, key=lambda found: order.index(code) if (code := found.params.get("charge")) in order else -1
        )

    def _covered(self) -> bool:
        """Whether the payer's advance account holds all that is missing: it is reserved by itself then."""
        missing = [found.params for found in self.page.blockers if found.code == "REL-4"]
        lacks_consent = any(found.code == "PAY-24" for found in self.page.blockers)
        if not missing or lacks_consent or self.money_hidden or not self.stands:
            return False
        total = sum((Decimal(params["missing"]) for params in missing), Decimal(0))
        return balance_of(self.file.payer, missing[0]["currency"]).amount >= total

    @property
    def money_hidden(self) -> bool:
        """Whether the money is another's: a broker sees the charges of his client, not his account."""
        return bool(self.actor.trader) and self.actor.trader != self.file.payer

    def _action(self, found: Finding, hold: Hold | None) -> str:
        may = self.actor.may
        if found.code == "REL-2" and may("declarations.present") and self.file.standing is State.PREREGISTERED:
            return "present"
        if hold is not None and may("declarations.lift_hold") and hold.placed_by != self.actor.id:
            return "lift"
        if found.code in ("REL-4", "REL-7") and self.actor.trader and self.actor.trader == self.file.payer:
            return "pay"
        return ""

    @property
    def stands(self) -> bool:
        """Whether release is still to be decided, so that the list of what stands against it is of use."""
        return self.file.standing in (State.ACCEPTED, State.PREREGISTERED)

    @property
    def unchecked(self) -> list[Finding]:
        """The areas that nothing here looks at."""
        return [finding_shown(self.language, finding) for finding in unchecked()]

    @property
    def documents(self) -> list[tuple[str, str, str]]:
        """Documents of the whole declaration: code, kind, number."""
        return [
            (document_code(document), label("documents", document_code(document), self.language), document.id or "")
            for document in self.page.reading.documents
        ]

    @property
    def settlement_rows(self) -> list[tuple[str, Any]]:
        """Each charge of the settlement with its name."""
        if self.page.settlement is None:
            return []
        return [
            (label("charges", self.names.get(line.charge.code, line.charge.code), self.language), line)
            for line in self.page.settlement.charges
        ]

    @property
    def doubts(self) -> list[DoubtShown]:
        """The doubts about declared values that are open, while the file is not over."""
        open_ = [] if self.is_over else [doubt for doubt in self._doubts if doubt.closed is None]
        return [doubt_shown(self.language, doubt) for doubt in open_]

    @property
    def decisions(self) -> list[DecisionRow]:
        """Decisions, the newest first."""
        return [
            DecisionRow(
                decision,
                self._who(decision.actor),
                decision.record.get("item") if (place := _place(decision.path)) is None else place + 1,
                act_shown(decision.act, self.language),
                decision.appeal_body,
                record_rows(self.language, decision, self._doubts, money_hidden=self.money_hidden),
            )
            for decision in reversed(self.page.decisions)
        ]

    @property
    def refusal(self) -> DecisionRow | None:
        """The refusal of release, where the file stands refused."""
        if self.file.standing is not State.RELEASE_REFUSED:
            return None
        return next((row for row in self.decisions if row.decision.kind == "release_refusal"), None)

    @property
    def is_over(self) -> bool:
        """Whether the file has come to an end without release: nothing is due any more."""
        return self.file.standing in (State.RELEASE_REFUSED, State.WITHDRAWN, State.INVALIDATED)

    @property
    def holds(self) -> list[HoldRow]:
        """Holds, the newest first."""
        return [
            HoldRow(hold, self._who(hold.placed_by), self._who(hold.lifted_by) if hold.lifted_by else "")
            for hold in reversed(self.page.holds)
        ]

    @property
    def events(self) -> list[EventRow]:
        """The history, the newest first."""
        rows = []
        senders = {event.actor for event in self.page.events if event.kind == "declaration.lodged"}
        for event in reversed(self.page.events):
            body = body_read(event.body)
            by_checks = event.kind in _BY_CHECKS and event.actor in senders
            who = GUMRUK.name if by_checks else self._who(event.actor)
            key = f"declarations.event.{event.kind}"
            words = texts.say(self.language, key) if texts.find(self.language, key) else event.kind
            why = str(body.get("why") or body.get("grounds") or body.get("reason") or "")
            rows.append(EventRow(event.id, event.at, who, words, _why(self.language, why)))
        return rows

    def _who(self, actor: Any) -> str:
        return self.people.get(UUID(str(actor)), str(actor)[:8])


def blockers_told(blockers: Sequence[Finding], file: File, actor: Actor) -> list[Finding]:
    """What of the blockers this person is told.

    Presentation includes acceptance, so a preregistered file is not said to be unaccepted as well; who is not the
    payer does not see how the payer's money stands.
    """
    hidden = {"REL-4", "REL-7"} if actor.trader and actor.trader != file.payer else set()
    if file.standing is State.PREREGISTERED:
        hidden.add("REL-1")
    return [found for found in blockers if found.code not in hidden]


def _why(language: str, why: str) -> str:
    known = texts.find(language, f"declarations.why_word.{why}") if why else None
    return known or why


def _people(page: FilePage) -> dict[UUID, str]:
    ids = {UUID(str(event.actor)) for event in page.events}
    ids |= {decision.actor for decision in page.decisions}
    ids |= {person for hold in page.holds for person in (hold.placed_by, hold.lifted_by) if person}
    return names_of(ids)


def _place(path: str) -> int | None:
    match = _ITEM.match(path)
    return int(match.group(1)) if match else None


def deadline_of(file: File) -> datetime | None:
    """Until when something must happen: release after acceptance, presentation after preregistration; else None."""
    law = running_law().at(legal_day(file.lodged_at), training=file.training)
    if file.standing is State.ACCEPTED and file.accepted_at:
        hours = law.value("release.deadline_hours")
        return file.accepted_at + timedelta(hours=int(str(hours))) if hours else None
    if file.standing is State.PREREGISTERED and file.registered_at:
        days = law.value("preregistration.valid_days")
        return file.registered_at + timedelta(days=int(str(days))) if days else None
    return None

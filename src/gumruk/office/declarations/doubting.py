# SPDX-License-Identifier: Apache-2.0
"""Reasonable doubt about a declared value (Decision 6.1 of the Committee on Customs Valuation, WTO).

The officer asks with grounds and a day; the declarant explains; meanwhile the goods may go against a security for the
difference only (article 13). The doubt ends when the value is accepted as declared or decided by a method.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from gumruk.law.assessment import compute, months_later
from gumruk.law.declarations import State, goods_facts, read_declaration
from gumruk.law.kernel import Finding, Money
from gumruk.law.lawbook import Legal
from gumruk.law.payments import Charge
from gumruk.law.valuation import secured_for_doubt
from gumruk.office.accounts.permissions import Actor
from gumruk.office.assessment.queries import charges_of
from gumruk.office.declarations.acts import SUBJECT, Refused, decision_append, event_of_file, file_lock
from gumruk.office.declarations.doubts import ACCEPTANCE, DOUBT, VALUE, Doubt, open_doubt, open_doubts
from gumruk.office.declarations.models import Decision, File
from gumruk.office.declarations.queries import decided_values, declared, explained, moments_of
from gumruk.office.lawbook.queries import law_by_digest, running_law
from gumruk.office.payments import services as payments
from gumruk.office.project.clock import legal_day

AGREEMENT = "WTO Valuation Agreement, Decision 6.1"
#: The law's value (`values`): for how many days a declarant is asked to explain at most. Without it so many months: a
#: doubt holds a security, and a mistyped year would hold it for ever.
ANSWER_DAYS, ANSWER_MONTHS_MAX = "valuation.answer_days", 12


@transaction.atomic
def value_doubt(
    *, file: File, item: int, likely: Decimal, answer_until: date, grounds: str, act: str, by: Actor, at: datetime
) -> Decision:
    """Doubt the declared value of an item (from 1), compared with a likely one, and ask the declarant until a day.

    The difference between the charges at both values is secured at once where the payer's advance allows; release waits
    for it (REL-7). Raises Refused: REL-1 where the file is not accepted, VAL-13 where the value is doubted or decided
    already, VAL-15 where the likely value is not above the declared one, VAL-16 for a day that is not to come, VAL-18
    for one too far ahead, REL-5 where a charge has no amount.
    """
    file_lock(file)
    if file.standing is not State.ACCEPTED:
        raise Refused([Finding("REL-1", params={"state": file.state})])
    path = f"items[{item - 1}].{VALUE}"
    if open_doubt(file, item) or path in decided_values(file):
        raise Refused([Finding("VAL-13", "item", {"item": str(item)}, AGREEMENT)])
    _day_check(answer_until, legal_day(at), training=file.training)
    valued = explained(file).items
    stands = valued[item - 1].customs_value.amount if len(valued) >= item else None
    if stands is None or likely <= stands:
        params = {"value": f"{likely:f}", "stated": "" if stands is None else f"{stands:f}"}
        raise Refused([Finding("VAL-15", "likely", params, AGREEMENT)])
    difference, currency = _difference(file, path, likely)
    record = {
        "item": item,
        "likely": f"{likely:f}",
        "answer_until": answer_until.isoformat(),
        "currency": currency,
        "secured": [
            {"code": one.code, "budget_code": one.budget_code, "due": f"{one.due.amount:f}"} for one in difference
        ],
    }
    decision = decision_append(
        file, DOUBT, grounds=grounds, act=act, by=by, at=at, declared=f"{stands:f}", record=record
    )
    doubts_secure(file, by, at)
    _told(file, "value_doubted", decision, by, at)
    return decision


def _day_check(answer_until: date, today: date, *, training: bool) -> None:
    """Refuse a day that is not to come (VAL-16), and one after the last that may be named (VAL-18)."""
    if answer_until <= today:
        raise Refused([Finding("VAL-16", "answer_until", {"day": answer_until.isoformat()}, AGREEMENT)])
    days = running_law().at(today, training=training).value(ANSWER_DAYS)
    if isinstance(days, int | Decimal):
        last = today + timedelta(days=int(days))
    else:
        last = months_later(today, ANSWER_MONTHS_MAX)
    if answer_until > last:
        told = {"day": answer_until.isoformat(), "last": last.isoformat()}
        raise Refused([Finding("VAL-18", "answer_until", told, AGREEMENT)])


def _difference(file: File, path: str, likely: Decimal) -> tuple[list[Charge], str]:
    """What each charge would be more at the likely value, by the law that the file was assessed by; nil left out."""
    legal = Legal(law_by_digest(file.law_digest), moments_of(file), training=file.training)
    decided = {**decided_values(file), path: f"{likely:f}"}
    facts = goods_facts(read_declaration(declared(file)), outside_hours=file.outside_hours, decided=decided)
    computed = compute(facts, legal)
    currency, budgets = computed.plan.currency, {line.charge.code: line.charge.budget_code for line in computed.amounts}
    before = _sums((charge.code, charge.payable) for charge in charges_of(file.id, file.assessment))
    after = _sums((line.charge.code, line.payable) for line in computed.amounts)
    found = []
    for code, amount in after.items():
        more = secured_for_doubt(before.get(code, Decimal(0)), amount)
        if more is None:
            raise Refused([Finding("REL-5", f"charges[{code}]", {"charge": code})])
        if more:
            found.append(Charge(code, budgets[code], Money(more, currency)))
    return found, currency


def _sums(amounts: Iterable[tuple[str, Decimal | None]]) -> dict[str, Decimal | None]:
    sums: dict[str, Decimal | None] = {}
    for code, amount in amounts:
        held = sums.get(code, Decimal(0))
        sums[code] = None if held is None or amount is None else held + amount
    return sums


@transaction.atomic
def value_explain(*, file: File, item: int, why: str, by: Actor, at: datetime) -> None:
    """The declarant explains a doubted value, once. Raises Refused (VAL-17) where nobody asks for it (any more)."""
    file_lock(file)
    doubt = open_doubt(file, item)
    if doubt is None or doubt.explanation:
        raise Refused([Finding("VAL-17", "item", {"item": str(item)}, AGREEMENT)])
    event_of_file(file, "explained", {"doubt": doubt.decision.number, "item": item, "why": why}, by, at)


@transaction.atomic
def value_accept(*, file: File, item: int, grounds: str, act: str, by: Actor, at: datetime) -> Decision:
    """Accept the doubted value as declared: the doubt ends and its security is given back. Raises Refused (VAL-17)."""
    file_lock(file)
    doubt = open_doubt(file, item)
    if doubt is None:
        raise Refused([Finding("VAL-17", "item", {"item": str(item)}, AGREEMENT)])
    record = {"item": item, "doubt": doubt.decision.number}
    decision = decision_append(
        file, ACCEPTANCE, grounds=grounds, act=act, by=by, at=at, declared=doubt.decision.declared, record=record
    )
    doubt_close(file, doubt, (), by, at)
    _told(file, "value_accepted", decision, by, at)
    return decision


def doubt_answered(doubt: Doubt, at: datetime) -> tuple[Finding, ...]:
    """VAL-14 while the declarant may still explain the value: nothing is decided before that (Decision 6.1)."""
    if doubt.explanation or legal_day(at) > doubt.answer_until:
        return ()
    return (Finding("VAL-14", "item", {"item": str(doubt.item), "day": doubt.answer_until.isoformat()}, AGREEMENT),)


def doubts_secure(file: File, by: Actor, at: datetime) -> None:
    """Secure the difference of each open doubt from the payer's advance, each wholly or not at all."""
    for doubt in open_doubts(file):
        if doubt.missing:
            payments.security_take(obligation=_obligation(file, doubt), charges=doubt.secured, by=by, at=at)


@transaction.atomic
def securities_settle(*, payer_id: str, by: Actor, at: datetime) -> None:
    """Money came in: secure what is doubted in the payer's accepted files and is not secured, the oldest first.

    Whoever ends a doubt holds the payer's lock until he is done: under it a doubt that is open stays open. The files
    are not locked, since that lock comes before the payer's.
    """
    accepted = File.objects.filter(payer=payer_id, state=State.ACCEPTED.value)
    doubts = Decision.objects.filter(kind=DOUBT, file__in=accepted.values("id"))
    for currency in sorted({decision.record["currency"] for decision in doubts}):
        payments.payer_lock(payer_id=payer_id, currency=currency)
    for file in accepted.filter(id__in=doubts.values("file")).order_by("id"):
        doubts_secure(file, by, at)


def doubt_close(file: File, doubt: Doubt, owed: Sequence[Charge], by: Actor, at: datetime) -> None:
    """End a doubt's security: what is owed is paid from it, the rest given back."""
    if doubt.secured:
        payments.security_end(obligation=_obligation(file, doubt), owed=owed, by=by, at=at)


def doubts_end(file: File, by: Actor, at: datetime) -> None:
    """The file came to its end without release: what secured its doubts is the payer's again."""
    for doubt in open_doubts(file):
        doubt_close(file, doubt, (), by, at)


def _obligation(file: File, doubt: Doubt) -> payments.Obligation:
    return payments.Obligation(
        subject_kind=DOUBT,
        subject_id=str(doubt.decision.id),
        file_kind=SUBJECT,
        file_id=str(file.id),
        payer_id=file.payer,
        office_id=file.office,
        currency=doubt.secured[0].due.currency,
        reference=file.number,
        agent_id="" if file.sender == file.payer else file.sender,
    )


def _told(file: File, kind: str, decision: Decision, by: Actor, at: datetime) -> None:
    body = {
        "number": decision.number,
        "path": decision.path,
        "declared": decision.declared,
        "decided": decision.decided,
        "grounds": decision.grounds,
        "act": decision.act,
        "record": decision.record,
    }
    event_of_file(file, kind, body, by, at)

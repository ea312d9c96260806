# SPDX-License-Identifier: Apache-2.0
"""The papers of a file: its forms, the release note, the notice of charges, decisions, refusals.

What a paper says is made twice: without the words of any language (its digest is kept), and named for the reader.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from gumruk import texts
from gumruk.law.assessment import ChargeLine
from gumruk.law.declarations import State
from gumruk.law.kernel import Money
from gumruk.office.accounts.permissions import GUMRUK, Actor, actor_apply
from gumruk.office.accounts.queries import names_of
from gumruk.office.assessment.queries import charges_of
from gumruk.office.declarations.decision_letter import DecidedLine, DecisionLetter
from gumruk.office.declarations.form_papers import (
    CORRECTION,
    FORMS,
    FormPaper,
    as_declared,
    decided_words,
    form_render,
    forms_of,
    item_of,
)
from gumruk.office.declarations.models import Decision, File
from gumruk.office.declarations.queries import FilePage, file_page, is_valued
from gumruk.office.declarations.release_refusal import ReleaseRefusal
from gumruk.office.declarations.words import finding_shown, step_rows
from gumruk.office.documents.models import Issued
from gumruk.office.documents.papers import (
    AssessedCharge,
    ChargesNotice,
    FileLetter,
    FoundLine,
    GoodsLine,
    Named,
    PaidLine,
    Paper,
    RegistrationRefusal,
    ReleaseNote,
    Signature,
)
from gumruk.office.documents.render import Proof, document_render, pdf_name
from gumruk.office.documents.services import document_issue
from gumruk.office.lawbook.labels import act_shown, label
from gumruk.office.project.clock import legal_day
from gumruk.office.traders.queries import trader_names
from gumruk.office.ui.words import finding_mend, finding_words, path_words

SUBJECT = "declaration"


def kinds_of(file: File) -> tuple[str, ...]:
    """Which papers a file has now."""
    if file.standing is State.REGISTRATION_REFUSED:
        return (RegistrationRefusal.kind,)
    assessed = file.assessment and file.accepted_at and is_valued(file, charges_of(file.id, file.assessment))
    kinds = (ChargesNotice.kind,) if assessed else ()
    forms = forms_of(file)
    if CORRECTION in forms:
        kinds = (*kinds, DecisionLetter.kind)
    if file.standing is State.RELEASE_REFUSED:
        return (ReleaseRefusal.kind, *kinds, *forms)
    return (ReleaseNote.kind, *kinds, *forms) if file.released_at else (*kinds, *forms)


def paper_print(file: File, kind: str, language: str, by: Actor, at: datetime) -> tuple[str, bytes]:
    """The PDF of a paper with its file name; it is issued when it is first printed. Raises KeyError for another kind.

    Whoever may see the file may print its papers; the system issues them, also for who may not write in the registry.
    """
    if kind not in kinds_of(file):
        raise KeyError(kind)
    page = file_page(file)
    if kind in FORMS:
        form = FormPaper(kind, page)
        return pdf_name(form), form_render(form, language, Proof.of(_issue(form, file, by, at)))
    issued = _issue(_PAPERS[kind](page, ""), file, by, at)
    paper = _PAPERS[kind](page, language)
    return pdf_name(paper), document_render(paper, language, Proof.of(issued))


def _issue(plain: Paper, file: File, by: Actor, at: datetime) -> Issued:
    actor_apply(GUMRUK)
    try:
        return document_issue(
            kind=plain.kind,
            subject_kind=SUBJECT,
            subject_id=str(file.id),
            number=plain.number,
            office_id=file.office,
            owner_id=file.sender,
            content=plain.content(),
            by=GUMRUK,
            at=at,
            dated=plain.issued_at,
        )
    finally:
        actor_apply(by)


def _named(table: str, code: str, language: str) -> Named:
    return Named(code, label(table, code, language) if language else "")


def _party(code: str, name: str, language: str) -> Named:
    return Named(code or name, name if language else "")


def _declarant(page: FilePage, language: str) -> Named:
    sender = page.file.sender
    return _party(sender, trader_names({sender}).get(sender, ""), language)


def _signature(actor: UUID | None, acts: tuple[str, ...], language: str) -> Signature:
    if not language:
        return Signature(str(actor or GUMRUK.id))
    titles = tuple(act_shown(act, language).title for act in acts)
    if actor is None or actor == GUMRUK.id:
        return Signature(GUMRUK.name, texts.say(language, "ui.role.system"), titles)
    return Signature(names_of([actor]).get(actor, texts.say(language, "ui.role.officer")), "", titles)


def _release_note(page: FilePage, language: str) -> FileLetter:
    file, reading = page.file, page.reading
    decision = next(decision for decision in reversed(page.decisions) if decision.kind == "release")
    consignee = reading.importer or (
        reading.declaration.goods_shipment and reading.declaration.goods_shipment.consignee
    )
    transport = reading.declaration.border_transport_means
    return ReleaseNote(
        number=file.number,
        office=_named("offices", file.office, language),
        issued_at=_moment(file.released_at, file),
        signature=_signature(decision.actor, (decision.act,), language),
        declarant=_declarant(page, language),
        consignee=_party((consignee and consignee.id) or "", (consignee and consignee.name) or "", language),
        procedure=_named("procedures", page.items[0].procedure, language),
        transport=(transport and transport.id) or "",
        goods=tuple(_goods_line(item, page, place) for place, item in enumerate(reading.items)),
        paid=tuple(_paid_lines(page, language)),
    )


def _goods_line(item: Any, page: FilePage, place: int) -> GoodsLine:
    decided = {decision.path: decision.decided for decision in page.decisions if decision.path}
    packages = "; ".join(
        f"{packaging.quantity.normalize():f} {packaging.type_code or ''}".strip()
        for packaging in item.item.packagings
        if packaging.quantity is not None
    )
    code = decided.get(f"items[{place}].code") or (item.code.digits if item.code else item.code_text)
    return GoodsLine(place + 1, code, item.description, packages, item.net_mass_kg)


def _paid_lines(page: FilePage, language: str) -> list[PaidLine]:
    if page.assessment is None:
        return []
    sums: dict[tuple[str, str], Money] = {}
    for line in page.assessment.lines:
        for settled, amount in (("paid", line.payable), ("secured", line.secured), ("relieved", line.relieved)):
            if amount:
                key = (line.name, settled)
                sums[key] = sums.get(key, Money.zero(line.currency)) + Money(amount, line.currency)
    paid = page.settlement is not None and page.settlement.is_paid
    return [
        PaidLine(_named("charges", name, language), money, settled if settled != "paid" or paid else "open")
        for (name, settled), money in sums.items()
    ]


def _charges_notice(page: FilePage, language: str) -> FileLetter:
    file, assessment = page.file, page.assessment
    lines = assessment.lines if assessment else ()
    return ChargesNotice(
        number=file.number,
        office=_named("offices", file.office, language),
        issued_at=_moment(file.accepted_at, file),
        signature=_signature(None, (), language),
        declarant=_declarant(page, language),
        currency=assessment.currency if assessment else "",
        charges=tuple(_assessed(line, language) for line in lines),
        totals=tuple(_paid_lines(page, language)),
    )


def _assessed(line: ChargeLine, language: str) -> AssessedCharge:
    act = next((entry.act for entry in line.entries if entry.act and entry.table in ("values", "tariff", "excise")), "")
    return AssessedCharge(
        item=line.item or 0,
        charge=_named("charges", line.name, language),
        amount=None if line.computed is None else Money(line.computed, line.currency),
        steps=tuple(step_rows(language, line.steps, {line.code: line.name})) if language else (),
        act=act_shown(act, language).title if act and language else "",
    )


def _registration_refusal(page: FilePage, language: str) -> FileLetter:
    file = page.file
    return RegistrationRefusal(
        number=str(file),
        office=_named("offices", file.office, language),
        issued_at=file.lodged_at,
        signature=_signature(None, (), language),
        declarant=_declarant(page, language),
        findings=tuple(_found(finding, language) for finding in page.findings),
    )


def _release_refusal(page: FilePage, language: str) -> FileLetter:
    file = page.file
    decision = next(decision for decision in reversed(page.decisions) if decision.kind == "release_refusal")
    return ReleaseRefusal(
        number=file.number,
        office=_named("offices", file.office, language),
        issued_at=decision.at,
        signature=_signature(decision.actor, (), language),
        declarant=_declarant(page, language),
        decision=decision.number,
        grounds=decision.grounds,
        act=act_shown(decision.act, language).title if language else decision.act,
        appeal_body=decision.appeal_body,
        appeal_until=decision.appeal_until,
    )


def _decision_letter(page: FilePage, language: str) -> FileLetter:
    file = page.file
    changes = [decision for decision in page.decisions if decision.path]
    before = as_declared(page) if page.assessment else None
    return DecisionLetter(
        number=file.number,
        office=_named("offices", file.office, language),
        issued_at=changes[-1].at,
        signature=_signature(changes[-1].actor, (), language),
        declarant=_declarant(page, language),
        decisions=tuple(_decided(decision, language) for decision in changes),
        was=Money(before.total(), before.currency) if before else None,
        now=page.total,
    )


def _decided(decision: Decision, language: str) -> DecidedLine:
    kind = decision.kind
    return DecidedLine(
        number=decision.number,
        day=legal_day(decision.at),
        item=item_of(decision),
        what=Named(kind, texts.say(language, f"declarations.kind.{kind}") if language else ""),
        declared=decided_words(kind, decision.declared, language) if language else decision.declared,
        decided=decided_words(kind, decision.decided, language) if language else decision.decided,
        grounds=decision.grounds,
        act=Named(decision.act, act_shown(decision.act, language).title if language else ""),
        appeal_body=decision.appeal_body,
        appeal_until=decision.appeal_until,
    )


def _found(finding: Any, language: str) -> FoundLine:
    if not language:
        return FoundLine(finding.code, finding.path, "")
    shown = finding_shown(language, finding)
    return FoundLine(
        finding.code,
        path_words(language, finding.path),
        finding_words(language, shown),
        finding_mend(language, shown),
        finding.act or "",
    )


def _moment(at: datetime | None, file: File) -> datetime:
    return at or file.lodged_at


_PAPERS: dict[str, Callable[[FilePage, str], FileLetter]] = {
    ReleaseNote.kind: _release_note,
    ChargesNotice.kind: _charges_notice,
    RegistrationRefusal.kind: _registration_refusal,
    ReleaseRefusal.kind: _release_refusal,
    DecisionLetter.kind: _decision_letter,
}

# SPDX-License-Identifier: Apache-2.0
"""A payer's account, the end of a post's day, the treasury's share."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gumruk import texts
from gumruk.law.kernel import Money
from gumruk.law.lawbook import Law
from gumruk.law.payments import AccountKind
from gumruk.office.accounts.permissions import Actor, needs
from gumruk.office.lawbook.labels import label
from gumruk.office.payments import queries, reports, services
from gumruk.office.payments.forms import ConvertForm, MandateForm, TransferForm
from gumruk.office.payments.views import (
    actor_of,
    language_of,
    law_today,
    office_chosen,
    office_links,
    offices_of,
    receipt_rows,
)
from gumruk.office.payments.words import account_name, budget_name, charge_name, proof_words, step_words
from gumruk.office.project.clock import legal_day, now
from gumruk.office.traders.queries import trader_names
from gumruk.office.ui.words import finding_words

LINES = 200
YEARS = (1990, 2200)
"""The first and the last year that a page of money can be asked for."""


@require_GET
@needs("payments.see")
def account(request: HttpRequest, payer_id: str) -> HttpResponse:
    """How a payer stands: what he has, what waits for money, each movement with the balance after it, receipts."""
    return account_page(request, payer_id, converted=request.session.pop(f"converted:{payer_id}", ""))


@require_http_methods(["GET", "POST"])
@needs("payments.allocate")
def convert(request: HttpRequest, payer_id: str) -> HttpResponse:
    """Convert a payer's foreign money at the official rate of its receipt's value date."""
    form = _convert_form(request, payer_id, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        waiting = queries.foreign_receipts(payer_id, given["currency"])
        day_of_rate = waiting[0].value_date if waiting else legal_day(now())
        law = queries.law_at(day_of_rate, settings.GUMRUK_TRAINING)
        actor = actor_of(request)
        try:
            converted = services.payment_convert(
                payer_id=payer_id,
                amount=Money(given["amount"], given["currency"]),
                office_id=actor.offices[0] if actor.offices else "",
                law=law,
                by=actor,
                at=now(),
            )
        except services.PaymentRefused as refused:
            form.refuse(refused.findings, law)
        else:
            # Told once, on the page it leads to: who loads that page anew converts nothing a second time.
            request.session[f"converted:{payer_id}"] = step_words(language_of(request), converted.step)
            return redirect("payments:account", payer_id=payer_id)
    return account_page(request, payer_id, form=form)


@require_GET
@needs("payments.see")
def day(request: HttpRequest) -> HttpResponse:
    """The end of a day at a post: its accounts, its receipts, and the proof that the books agree with themselves."""
    language, law = language_of(request), law_today()
    offices = offices_of(actor_of(request), law)
    office, today = office_chosen(request, offices), legal_day(now())
    chosen = _day(request.GET.get("day", ""), today)
    proof = reports.day_proof(office, chosen)
    context = {
        "proof": proof,
        "lines": [(line, proof_words(language, line)) for line in proof.lines],
        "accounts": [
            (line, budget_name(language, line.budget_code, law) or account_name(language, line.kind))
            for line in proof.accounts
        ],
        "office": office,
        "office_name": label("offices", office, language),
        "offices": office_links(offices, language) if len(offices) > 1 else [],
        "chosen": chosen,
        "before": chosen - timedelta(days=1),
        "after": chosen + timedelta(days=1) if chosen < today else None,
    }
    return render(request, "payments/day.html", context)


@require_GET
@needs("payments.see")
def treasury(request: HttpRequest) -> HttpResponse:
    """The treasury's share by post and budget code over a period."""
    if actor_of(request).trader:
        raise Http404
    return _treasury_page(request)


@require_POST
@needs("payments.transfer")
def transfer(request: HttpRequest) -> HttpResponse:
    """Hand over to the treasury all that a post owes under the marked budget codes."""
    actor, law = actor_of(request), law_today()
    form = TransferForm(request.POST, language=language_of(request))
    marked = set(request.POST.getlist("code"))
    if form.is_valid():
        given = form.cleaned_data
        if given["office"] not in actor.offices:
            raise Http404
        owed = reports.treasury_report(legal_day(now()), legal_day(now()), [given["office"]])
        shares = [(line.budget_code, line.owed) for line in owed if line.budget_code in marked and line.owed]
        if not shares:
            form.add_error(None, texts.say(language_of(request), "payments.treasury.nothing_marked"))
        else:
            try:
                services.treasury_transfer(
                    office_id=given["office"],
                    shares=shares,
                    reference=given["reference"],
                    value_date=given["value_date"],
                    by=actor,
                    at=now(),
                )
            except services.PaymentRefused as refused:
                form.refuse(refused.findings, law)
            else:
                return redirect(f"{reverse('payments:treasury')}?office={given['office']}")
    return _treasury_page(request, form=form)


def account_page(request: HttpRequest, payer_id: str, **given: Any) -> HttpResponse:
    """A payer's page, with forms that were filled in wrong (`given`) in the place of fresh ones."""
    actor, language, law = actor_of(request), language_of(request), law_today()
    names = trader_names([payer_id])
    if payer_id not in names or (actor.trader and actor.trader != payer_id):
        raise Http404
    home = str(law.value("currency"))
    balances = queries.payer_balances(payer_id)
    kind = request.GET.get("account", AccountKind.ADVANCE.value)
    if kind not in AccountKind.__members__.values():
        raise Http404
    currency = request.GET.get("currency", home)
    waiting, free = queries.waiting_of(payer_id), queries.balance_of(payer_id, home)
    lacking = sum((file.missing for file in waiting), Money.zero(home)) - free
    foreign = [line.money.currency for line in balances if line.kind is AccountKind.SUSPENSE]
    context: dict[str, Any] = {
        "payer_id": payer_id,
        "payer": names[payer_id],
        "free": free,
        "to_pay": lacking if lacking.amount > 0 else None,
        "reserved": queries.balance_of(payer_id, home, AccountKind.RESERVED),
        "others": [
            {"name": account_name(language, line.kind), "money": line.money, "kind": line.kind.value}
            for line in balances
            if line.kind not in (AccountKind.ADVANCE, AccountKind.RESERVED)
        ],
        "waiting": [_waiting(language, row, law, payer_id) for row in waiting],
        "lines": [
            _line(language, line, law) for line in queries.account_statement(payer_id, currency, AccountKind(kind))
        ],
        "account_kind": kind,
        "account_name": account_name(language, kind),
        "currency": currency,
        "receipts": receipt_rows(list(queries.receipts(payer_id=payer_id)[:20])),
        "may_receive": actor.may("payments.receive"),
        "form": _convert_form(request, payer_id, None) if foreign and actor.may("payments.allocate") else None,
        "foreign": [row for currency in foreign for row in queries.foreign_receipts(payer_id, currency)],
        "converted": "",
        **_mandates(payer_id, waiting, actor, language),
        **given,
    }
    wrong = any(context[form] is not None and context[form].errors for form in ("form", "mandate_form"))
    return render(request, "payments/account.html", context, status=422 if wrong else 200)


def _mandates(payer_id: str, waiting: list[queries.WaitingFile], actor: Actor, language: str) -> dict[str, Any]:
    """Who may use the payer's account and whose he may use; the payer's form names who waits for his consent first."""
    given, held = queries.mandates(payer_id=payer_id), queries.mandates(agent_id=payer_id)
    names = trader_names({row.agent_id for row in given} | {row.payer_id for row in held})
    today = legal_day(now())
    asking = [row.agent_id for row in waiting if queries.consent_lacking(payer_id, row.agent_id, today)]
    start = {"agent": asking[0] if asking else "", "since": today}
    return {
        "mandates": [(row, names.get(row.agent_id, "")) for row in given],
        "mandates_held": [(row, names.get(row.payer_id, "")) for row in held],
        "mandate_form": MandateForm(initial=start, language=language) if actor.trader == payer_id else None,
    }


def _convert_form(request: HttpRequest, payer_id: str, data: Any) -> ConvertForm:
    balances = queries.payer_balances(payer_id)
    suspense = [line.money for line in balances if line.kind is AccountKind.SUSPENSE]
    start: dict[str, Any] = {}
    if suspense:
        first = queries.foreign_receipts(payer_id, suspense[0].currency)[0]
        start.update(amount=f"{first.left.amount:f}", currency=first.left.currency)
    currencies = [money.currency for money in suspense]
    return ConvertForm(data, initial=start, currencies=currencies, language=language_of(request))


def _line(language: str, line: queries.StatementLine, law: Law) -> dict[str, Any]:
    return {
        "line": line,
        "words": texts.say(language, f"payments.entry.{line.kind}"),
        "charges": ", ".join(charge_name(language, code, law) for code in dict.fromkeys(line.charges)),
        "address": subject_address(line.subject_kind, line.subject_id),
        "about": texts.say(language, f"payments.about.{line.subject_kind or 'none'}"),
    }


def _waiting(language: str, row: queries.WaitingFile, law: Law, payer_id: str) -> dict[str, Any]:
    return {
        "reference": row.reference or row.subject_id,
        "address": subject_address(row.subject_kind, row.subject_id),
        "since": row.since,
        "missing": row.missing,
        "asks": [
            finding_words(language, found)
            for found in queries.consent_lacking(payer_id, row.agent_id, legal_day(now()))
        ],
        "charges": [(charge_name(language, code, law), money) for code, money in row.charges.items()],
    }


def subject_address(subject_kind: str, subject_id: str) -> str:
    """The page of what an entry is about: the settings say which page shows which kind of subject."""
    if subject_kind == "receipt":
        return reverse("payments:receipt", args=[subject_id])
    page = getattr(settings, "GUMRUK_SUBJECT_PAGES", {}).get(subject_kind)
    if page is None:
        return ""
    try:
        return reverse(page, args=[subject_id])
    except NoReverseMatch:
        return ""


def _treasury_page(request: HttpRequest, form: TransferForm | None = None) -> HttpResponse:
    actor, language, law = actor_of(request), language_of(request), law_today()
    offices, today = offices_of(actor, law), legal_day(now())
    office = request.GET.get("office", "") or (form["office"].value() if form is not None else "")
    if office and office not in offices:
        raise Http404
    last = _day(request.GET.get("last", ""), today)
    first = min(_day(request.GET.get("first", ""), last - timedelta(days=30)), last)
    lines = reports.treasury_report(first, last, [office] if office else offices)
    may_transfer = actor.may("payments.transfer") and (office or (offices[0] if len(offices) == 1 else ""))
    if form is None and may_transfer:
        form = TransferForm(initial={"office": may_transfer, "value_date": today}, language=language)
    context = {
        "groups": [_group(language, code, lines, law) for code in dict.fromkeys(line.office_id for line in lines)],
        "totals": _totals(lines),
        "office": office,
        "offices": office_links(offices, language) if len(offices) > 1 else [],
        "first": first,
        "last": last,
        "form": form if may_transfer and any(line.owed for line in lines) else None,
        "currency": law.value("currency"),
    }
    return render(request, "payments/treasury.html", context, status=422 if form is not None and form.errors else 200)


def _group(language: str, office: str, lines: list[reports.TreasuryLine], law: Law) -> dict[str, Any]:
    own = [line for line in lines if line.office_id == office]
    named = [(line, budget_name(language, line.budget_code, law)) for line in own]
    return {"office": office, "name": label("offices", office, language), "lines": named, "totals": _totals(own)}


def _totals(lines: list[reports.TreasuryLine]) -> list[reports.TreasuryLine]:
    """Sums by currency, as lines without office and code."""
    totals = []
    for currency in dict.fromkeys(line.owed.currency for line in lines):
        own, nothing = [line for line in lines if line.owed.currency == currency], Money.zero(currency)
        sums = (
            sum(values, nothing) for values in zip(*((x.collected, x.transferred, x.owed) for x in own), strict=True)
        )
        totals.append(reports.TreasuryLine("", "", *sums))
    return totals


def _day(text: str, otherwise: date) -> date:
    """The day of an address; `otherwise` for what is none, or is so far away that its neighbours are none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return day if YEARS[0] <= day.year <= YEARS[1] else otherwise

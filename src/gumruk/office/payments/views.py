# SPDX-License-Identifier: Apache-2.0
"""The cashier's window: take a payment, find a receipt, print it, void it, say whose it is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gumruk.law.kernel import Money
from gumruk.law.lawbook import Law
from gumruk.law.payments import AccountKind
from gumruk.office.accounts.permissions import Actor, needs
from gumruk.office.documents.queries import document_of
from gumruk.office.documents.render import Proof, document_render, pdf_name
from gumruk.office.lawbook.labels import label
from gumruk.office.payments import queries, services
from gumruk.office.payments.forms import PayerForm, PaymentForm, ReasonForm
from gumruk.office.payments.ledger import exact
from gumruk.office.payments.models import Receipt
from gumruk.office.payments.paper import cashier_name, receipt_acts, receipt_paper_named
from gumruk.office.project.clock import legal_day, now
from gumruk.office.traders.queries import trader_names

PAGE = 50


def law_today() -> Law:
    """The running law of this day."""
    return queries.law_at(legal_day(now()), settings.GUMRUK_TRAINING)


def actor_of(request: HttpRequest) -> Actor:
    """Who sends this request; `@needs` has put him there."""
    return request.actor  # type: ignore[attr-defined, no-any-return]


def language_of(request: HttpRequest) -> str:
    """The language of the page."""
    return request.LANGUAGE_CODE  # type: ignore[attr-defined, no-any-return]


def offices_of(actor: Actor, law: Law) -> list[str]:
    """The posts whose books this person may see: his own, or all of the country for who sees all."""
    return sorted(law.table("offices")) if actor.scope == "all" else list(actor.offices)


def office_chosen(request: HttpRequest, offices: list[str]) -> str:
    """The post that a page is about: as asked for, else the person's first. Raises Http404 for another's."""
    wanted = request.GET.get("office", "") or (offices[0] if offices else "")
    if wanted not in offices:
        raise Http404
    return wanted


def office_links(offices: list[str], language: str) -> list[tuple[str, str]]:
    """Posts with their names, for a choice on a page."""
    return [(code, label("offices", code, language)) for code in offices]


@require_GET
@needs("payments.see")
def home(request: HttpRequest) -> HttpResponse:
    """A trader's own account; for staff, the receipts of a post, the newest first."""
    actor, language = actor_of(request), language_of(request)
    if actor.trader:
        return redirect("payments:account", actor.trader)
    offices = offices_of(actor, law_today())
    text = request.GET.get("q", "").strip()
    office = request.GET.get("office", "")
    if office and office not in offices:
        raise Http404
    if text and trader_names([text]):
        return redirect("payments:account", text)
    found = list(queries.receipts(office, text=text)[: PAGE + 1])
    rows = receipt_rows(found[:PAGE])
    if text and len(rows) == 1:
        return redirect("payments:receipt", rows[0]["receipt"].id)
    context = {
        "rows": rows,
        "more": len(found) > PAGE,
        "search": text,
        "office": office,
        "offices": office_links(offices, language) if len(offices) > 1 else [],
        "unidentified": receipt_rows(queries.unidentified(offices)),
    }
    return render(request, "payments/home.html", context)


@require_http_methods(["GET", "POST"])
@needs("payments.receive")
def receive(request: HttpRequest) -> HttpResponse:
    """Book a payment and give its receipt."""
    actor, language, law = actor_of(request), language_of(request), law_today()
    today = legal_day(now())
    start = {"value_date": today, "payer": request.GET.get("payer", ""), "currency": law.value("currency")}
    data = request.POST if request.method == "POST" else None
    form = PaymentForm(data, initial=start, offices=actor.offices, law=law, language=language)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        cash = given["holder"] == AccountKind.CASH
        try:
            received = services.payment_receive(
                payer_id=given["payer"].strip() or None,
                amount=Money(given["amount"], given["currency"]),
                bank_reference=given["reference"],
                value_date=given["value_date"],
                office_id=given["office"],
                law=law,
                by=actor,
                at=now(),
                holder=AccountKind(given["holder"]),
                source=f"cash:{given['office']}" if cash else "bank",
                remark=given["remark"],
            )
        except services.PaymentRefused as refused:
            form.refuse(refused.findings, law)
        else:
            said = "booked" if received.booked else "double"
            return redirect(f"{reverse('payments:receipt', args=[received.receipt.id])}?said={said}")
    context = {"form": form, "payers": payers_lately(actor), "one_office": len(actor.offices) == 1}
    return render(request, "payments/receive.html", context, status=422 if form.errors else 200)


@require_GET
@needs("payments.see")
def receipt(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """One receipt: what was taken from whom, by whom, and what became of it."""
    return _receipt_page(request, _receipt(receipt_id))


@require_GET
@needs("payments.see")
def receipt_pdf(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """The receipt on paper, in the language of the page."""
    made, language = _receipt(receipt_id), language_of(request)
    issued = document_of("receipt", "receipt", str(receipt_id))
    if issued is None:
        raise Http404
    void_ = queries.voids([receipt_id]).get(receipt_id)
    paper = receipt_paper_named(made, void_, language)
    answer = HttpResponse(document_render(paper, language, Proof.of(issued)), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{pdf_name(paper)}"'
    return answer


@require_http_methods(["GET", "POST"])
@needs("payments.void")
def void(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """Void a receipt with a reason."""
    made, law = _receipt(receipt_id), law_today()
    if made.office_id not in actor_of(request).offices:
        raise PermissionDenied  # a payer's receipts are seen at every post, and voided at the one that gave them
    form = ReasonForm(request.POST if request.method == "POST" else None, language=language_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.receipt_void(
                receipt_id=receipt_id, reason=form.cleaned_data["reason"], by=actor_of(request), at=now()
            )
        except services.PaymentRefused as refused:
            form.refuse(refused.findings, law)
        else:
            return redirect("payments:receipt", receipt_id)
    return _receipt_page(request, made, void_form=form, doing="void")


@require_http_methods(["GET", "POST"])
@needs("payments.allocate")
def assign(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """Say whose an unidentified receipt is."""
    made, law = _receipt(receipt_id), law_today()
    if made.payer_id:
        raise Http404
    form = PayerForm(request.POST if request.method == "POST" else None, language=language_of(request))
    if request.method == "POST" and form.is_valid():
        payer_id = form.cleaned_data["payer"].strip()
        try:
            services.receipt_assign(receipt_id=receipt_id, payer_id=payer_id, law=law, by=actor_of(request), at=now())
        except services.PaymentRefused as refused:
            form.refuse(refused.findings, law)
        else:
            return redirect("payments:account", payer_id)
    return _receipt_page(request, made, payer_form=form, doing="assign")


def receipt_rows(found: list[Receipt]) -> list[dict[str, Any]]:
    """Receipts with their payers' names and whether they are void, for a list."""
    names = trader_names([made.payer_id for made in found if made.payer_id])
    voided = queries.voids([made.id for made in found])
    return [
        {
            "receipt": made,
            "money": Money(exact(made.amount), made.currency),
            "payer": names.get(made.payer_id, made.payer_id),
            "void": voided.get(made.id),
        }
        for made in found
    ]


def payers_lately(actor: Actor) -> list[tuple[str, str]]:
    """Who paid here lately: offered again when a payer is typed."""
    found = Receipt.objects.exclude(payer_id="").filter(office_id__in=actor.offices).order_by("-id")
    numbers = list(dict.fromkeys(found.values_list("payer_id", flat=True)[:500]))
    return sorted(trader_names(numbers).items(), key=lambda pair: pair[1])


def _receipt(receipt_id: UUID) -> Receipt:
    made = Receipt.objects.filter(id=receipt_id).first()
    if made is None:
        raise Http404
    return made


def _receipt_page(request: HttpRequest, made: Receipt, **given: Any) -> HttpResponse:
    actor, language = actor_of(request), language_of(request)
    (row,) = receipt_rows([made])
    assigned = queries.receipt_payer(made)
    issued = document_of("receipt", "receipt", str(made.id))
    context = {
        **row,
        "office_name": label("offices", made.office_id, language),
        "cashier": cashier_name(made.actor, language),
        "acts": receipt_acts(language),
        "assigned": assigned,
        "assigned_name": trader_names([assigned]).get(assigned, assigned) if assigned else "",
        "is_foreign": made.currency != law_today().value("currency"),
        "address": reverse("payments:receipt_pdf", args=[made.id]) if issued else "",
        "may_void": actor.may("payments.void")
        and made.office_id in actor.offices
        and row["void"] is None
        and not (assigned and not made.payer_id),
        "may_assign": actor.may("payments.allocate") and not made.payer_id and not assigned and row["void"] is None,
        "said": request.GET.get("said", ""),
        "doing": "",
        "void_form": ReasonForm(language=language),
        "payer_form": PayerForm(language=language),
        "payers": payers_lately(actor) if not made.payer_id else [],
        **given,
    }
    wrong = any(form.errors for form in (context["void_form"], context["payer_form"]))
    return render(request, "payments/receipt.html", context, status=422 if wrong else 200)

# SPDX-License-Identifier: Apache-2.0
"""Reassessment on a page: two assessments of a file line by line, what is owed or to be refunded, and interest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gumruk import texts
from gumruk.law.assessment import Difference, Reassessment, reassessed
from gumruk.law.kernel import Severity
from gumruk.law.payments import Interest, interest_on
from gumruk.office.accounts.permissions import needs
from gumruk.office.assessment.queries import stored_assessment
from gumruk.office.declarations.models import File
from gumruk.office.declarations.views import file_or_404, language_of
from gumruk.office.declarations.words import finding_shown, number_words
from gumruk.office.lawbook.labels import act_shown, label
from gumruk.office.lawbook.queries import running_law
from gumruk.office.payments.queries import settlement_of
from gumruk.office.project.clock import legal_day, now
from gumruk.office.ui.forms import DayField, TextForm
from gumruk.office.ui.words import finding_mend, finding_words
from gumruk.texts import formats


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One charge that differs, by its name; `item` None is the whole declaration."""

    name: str
    difference: Difference

    @property
    def item(self) -> int | None:
        """The goods item."""
        return self.difference.item

    @property
    def before(self) -> Decimal | None:
        """What was payable before; nothing where the charge was not there."""
        return _payable(self.difference.before)

    @property
    def after(self) -> Decimal | None:
        """What is payable after."""
        return _payable(self.difference.after)


def _payable(line: Any) -> Decimal | None:
    if line is None:
        return Decimal(0)
    found: Decimal | None = line.payable
    return found


class ReassessmentForm(TextForm):
    """Which two assessments are compared, since when what is owed was due, and when it is paid."""

    texts_under = "declarations.reassessment_form"

    before = forms.TypedChoiceField(coerce=int)
    after = forms.TypedChoiceField(coerce=int)
    due_on = DayField(required=False)
    paid_on = DayField(required=False)

    def __init__(self, *args: Any, assessments: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("before", "after"):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                said = texts.say
                field.choices = [
                    (number, said(self.language, "declarations.reassessment.assessment", number=number))
                    for number in range(1, assessments + 1)
                ]


@require_GET
@needs("declarations.reassess")
def reassessment(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """The difference between two assessments of a file, the first and the last where no others are asked for.

    Interest on what is owed runs from the day after `due_on`, the release where nothing else is asked for, since the
    charges were due then; goods that are not released owe none.
    """
    file, language = file_or_404(identifier), language_of(request)
    if not file.assessment:
        raise Http404
    released = legal_day(file.released_at) if file.released_at else None
    given: dict[str, Any] = {"before": 1, "after": file.assessment, "due_on": released, "paid_on": legal_day(now())}
    given |= {name: request.GET[name] for name in given if name in request.GET}
    form = ReassessmentForm(given, language=language, assessments=file.assessment)
    context: dict[str, Any] = {"file": file, "form": form, "changed": file.assessment > 1}
    if not form.is_valid():
        return render(request, "declarations/reassessment.html", context, status=422)
    asked = form.cleaned_data
    found = difference_of(file, asked["before"], asked["after"])
    names = {line.code: label("charges", line.name, language) for line in found.lines}
    context |= {
        "found": found,
        "rows": [DifferenceRow(names[line.code], line) for line in found.lines],
        "currency": next((line.currency for one in found.lines if (line := one.after or one.before)), ""),
        "least_act": act_shown(found.entry.act, language) if found.entry and found.entry.act else None,
        **_ledger(file),
    }
    interest = interest_of(file, found, asked["due_on"] or released, asked["paid_on"])
    if interest is not None:
        told = [finding_shown(language, finding) for finding in interest.findings]
        for finding in told:
            if finding.severity is Severity.ERROR:
                form.add_error(finding.path, finding_words(language, finding))
        if form.errors:
            return render(request, "declarations/reassessment.html", context, status=422)
        context["doubts"] = [f"{finding_words(language, each)} {finding_mend(language, each)}" for each in told]
        context |= {"interest": interest, "interest_steps": _interest_rows(language, interest)}
    return render(request, "declarations/reassessment.html", context)


def difference_of(file: File, before: int, after: int) -> Reassessment:
    """The difference between two assessments of a file as they are stored, by the running law's least amount."""
    law = running_law().at(legal_day(now()), training=file.training)
    first, second = (stored_assessment(file.id, number, training=file.training) for number in (before, after))
    return reassessed(first, second, law)


def interest_of(file: File, found: Reassessment, due_on: date | None, paid_on: date | None) -> Interest | None:
    """Interest on what is owed, each day at its rate; None where nothing is owed, or nothing was due yet."""
    if not found.owed or due_on is None:
        return None
    return interest_on(found.owed, due_on, paid_on or legal_day(now()), running_law(), training=file.training)


def _interest_rows(language: str, interest: Interest) -> list[tuple[str, str, str]]:
    """Each stretch of days with its rate: in words, what it came to exactly, and the act of the rate."""
    rows = []
    for step, span in zip(interest.steps, interest.spans, strict=False):
        told = dict(step.params) | {name: formats.day(language, getattr(span, name)) for name in ("first", "last")}
        if span.rate is not None:
            told["rate"] = number_words(language, f"{span.rate:f}")
        figure = number_words(language, told["amount"]) if "amount" in told else formats.NOT_COMPUTED
        act = act_shown(span.entry.act, language).title if span.entry and span.entry.act else ""
        rows.append((texts.say(language, f"step.{step.code}", **told), figure, act))
    return rows


def _ledger(file: File) -> dict[str, Decimal | None]:
    """How the ledger stands with the file now: what nothing covers yet, and what was paid above the due."""
    stands = settlement_of("declaration", str(file.id))
    if stands is None:
        return {"uncovered": None, "overpaid": None}
    return {
        "uncovered": sum((money.amount for money in stands.missing.values()), Decimal(0)),
        "overpaid": sum((line.overpaid.amount for line in stands.charges), Decimal(0)),
    }

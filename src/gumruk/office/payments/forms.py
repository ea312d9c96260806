# SPDX-License-Identifier: Apache-2.0
"""Forms of payments. What is wrong with a payment stands at its field, in the words of the law's findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from gumruk import texts
from gumruk.law.kernel import Finding
from gumruk.law.lawbook import Law
from gumruk.law.payments import AccountKind, Terms
from gumruk.office.lawbook.labels import label
from gumruk.office.payments.words import finding_shown
from gumruk.office.ui.forms import AmountField, DayField, TextForm
from gumruk.office.ui.words import finding_mend, finding_words

Choices = Sequence[tuple[str, str]]


class MoneyForm(TextForm):
    """A form whose findings are put at its fields."""

    def refuse(self, findings: Iterable[Finding], law: Law) -> None:
        """Put what the law found at the field it names; what names none stands on top."""
        for found in findings:
            shown = finding_shown(self.language, found, law)
            words = f"{finding_words(self.language, shown)} {finding_mend(self.language, shown)}".strip()
            self.add_error(found.path if found.path in self.fields else None, words)


class PaymentForm(MoneyForm):
    """A payment to be booked."""

    texts_under = "payments.form"

    office = forms.ChoiceField()
    payer = forms.CharField(required=False, max_length=35, widget=forms.TextInput(attrs={"list": "payers"}))
    amount = AmountField(digits=2)
    currency = forms.ChoiceField()
    holder = forms.ChoiceField()
    reference = forms.CharField(max_length=80)
    value_date = DayField()
    remark = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, offices: Sequence[str], law: Law, language: str, **given: Any) -> None:
        super().__init__(*args, language=language, **given)
        currencies = sorted(law.table("currencies"), key=lambda code: (code != law.value("currency"), code))
        amount = self.fields["amount"]
        if isinstance(amount, AmountField):
            amount.digits = Terms.of(law).digits_of(str(self.data.get("currency", "")))
        _choices(self, "office", [(code, f"{label('offices', code, language)} ({code})") for code in offices])
        _choices(self, "currency", [(code, code) for code in currencies])
        kinds = (AccountKind.BANK, AccountKind.CASH)
        _choices(self, "holder", [(kind.value, texts.say(language, f"payments.holder.{kind}")) for kind in kinds])


class ReasonForm(MoneyForm):
    """Why something is voided."""

    texts_under = "payments.form"

    reason = forms.CharField(max_length=200, min_length=3, widget=forms.Textarea(attrs={"rows": 2}))


class PayerForm(MoneyForm):
    """Whose a receipt is."""

    texts_under = "payments.form"

    payer = forms.CharField(max_length=35, widget=forms.TextInput(attrs={"list": "payers"}))


class ConvertForm(MoneyForm):
    """How much of which currency is converted; the day of the rate is that of the receipt."""

    texts_under = "payments.form"

    amount = AmountField(digits=2)
    currency = forms.ChoiceField()

    def __init__(self, *args: Any, currencies: Sequence[str], language: str, **given: Any) -> None:
        super().__init__(*args, language=language, **given)
        _choices(self, "currency", [(code, code) for code in currencies])


class MandateForm(MoneyForm):
    """Which other trader may have charges reserved from one's account, from when and until when."""

    texts_under = "payments.form"

    agent = forms.CharField(max_length=35)
    since = DayField()
    until = DayField(required=False)


class TransferForm(MoneyForm):
    """The payment order by which an office hands over all that it owes under one budget code."""

    texts_under = "payments.form"

    office = forms.CharField(max_length=20, widget=forms.HiddenInput())
    reference = forms.CharField(max_length=80)
    value_date = DayField()


def _choices(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
    field.choices = list(choices)

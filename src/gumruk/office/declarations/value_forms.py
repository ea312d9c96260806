# SPDX-License-Identifier: Apache-2.0
"""Forms of value: the decision with its record of methods, the doubt, the declarant's explanation, the acceptance."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from gumruk import texts
from gumruk.law.valuation import REASONS, ValueRecord, record_findings
from gumruk.office.declarations.forms import GroundsForm, ItemForm, ReasonForm
from gumruk.office.ui.forms import AmountField, DayField
from gumruk.office.ui.words import finding_words

METHODS = range(1, 7)
VALUE_DIGITS, VALUE_MAX = 2, Decimal(10) ** 15


class ValueForm(ItemForm, GroundsForm):
    """Another customs value for an item than stands: by which method, and why not by those before it."""

    texts_under = "declarations.value_form"

    value = AmountField(digits=VALUE_DIGITS)
    method = forms.TypedChoiceField(coerce=int)
    computed_first = forms.BooleanField(required=False)
    refused_1 = forms.ChoiceField(required=False)
    refused_2 = forms.ChoiceField(required=False)
    refused_3 = forms.ChoiceField(required=False)
    refused_4 = forms.ChoiceField(required=False)
    refused_5 = forms.ChoiceField(required=False)
    figure_2 = AmountField(digits=VALUE_DIGITS, required=False)
    figure_3 = AmountField(digits=VALUE_DIGITS, required=False)
    figure_4 = AmountField(digits=VALUE_DIGITS, required=False)
    figure_5 = AmountField(digits=VALUE_DIGITS, required=False)
    figure_6 = AmountField(digits=VALUE_DIGITS, required=False)
    field_order = (
        *("item", "value", "method", "computed_first"),
        *(f"refused_{method}" for method in METHODS[:-1]),
        *(f"figure_{method}" for method in METHODS[1:]),
        *("grounds", "act"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say = texts.say
        self._choose("method", [(str(one), say(self.language, f"form.choice.methods.{one}")) for one in METHODS])
        for method, reasons in REASONS.items():
            named = [(reason, say(self.language, f"valuation.reason.{reason}").rstrip(": ")) for reason in reasons]
            self._choose(f"refused_{method}", named)

    def _choose(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", texts.say(self.language, "ui.form.choose")), *choices]

    def clean(self) -> dict[str, Any]:
        """A value above zero, and a record without a gap: its `record` among the values."""
        values = super().clean() or {}
        value = values.get("value")
        if value is not None and not _is_value(value):
            self.add_error("value", texts.say(self.language, "declarations.form.no_value", value=f"{value:f}"))
        figures = {method: values.get(f"figure_{method}") for method in METHODS[1:]}
        record = ValueRecord(
            method=values.get("method") or 0,
            refused={one: reason for one in METHODS[:-1] if (reason := values.get(f"refused_{one}"))},
            figures={method: figure for method, figure in figures.items() if figure is not None},
            computed_first=bool(values.get("computed_first")),
        )
        for found in record_findings(record) if record.method else ():
            self.add_error(found.path, finding_words(self.language, found))
        return values | {"record": record}


def decision_of(given: Any) -> dict[str, Any]:
    """What `declaration_decide` takes, from the form's values."""
    kept = {name: given[name] for name in ("item", "record", "grounds", "act")}
    return {**kept, "kind": "customs_value", "decided": f"{given['value']:f}"}


def _is_value(value: Decimal) -> bool:
    return 0 < value < VALUE_MAX and value == round(value, VALUE_DIGITS)


class DoubtForm(ItemForm, GroundsForm):
    """A doubt about a declared value: what it is compared with, and until when the declarant is asked to explain."""

    texts_under = "declarations.value_form"

    likely = AmountField(digits=VALUE_DIGITS)
    answer_until = DayField()
    field_order = ("item", "likely", "answer_until", "grounds", "act")

    def clean_likely(self) -> Decimal:
        """A value above zero."""
        value: Decimal = self.cleaned_data["likely"]
        if not _is_value(value):
            said = texts.say(self.language, "declarations.form.no_value", value=f"{value:f}")
            raise forms.ValidationError(said)
        return value


class ExplainForm(ItemForm, ReasonForm):
    """The declarant's explanation of a doubted value."""

    texts_under = "declarations.value_form"
    field_order = ("item", "why")


class AcceptForm(ItemForm, GroundsForm):
    """The doubted value is accepted as declared."""

    texts_under = "declarations.value_form"
    field_order = ("item", "grounds", "act")

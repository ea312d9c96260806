# SPDX-License-Identifier: Apache-2.0
"""The public calculator: what one line of goods costs on any day, with every reason, and an address that keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from gumruk import texts
from gumruk.law.assessment import Assessment, GoodsFacts, ItemFacts, assess
from gumruk.law.kernel import Finding, HsCode, Money
from gumruk.law.lawbook import Law, LawBook, Legal, Moments
from gumruk.office.declarations.charge_rows import ChargeRow, charge_row
from gumruk.office.declarations.commands import YEARS
from gumruk.office.declarations.words import Row, finding_shown, step_rows
from gumruk.office.lawbook.labels import installed_pack, label
from gumruk.office.ui.forms import AmountField, DayField, TextForm
from gumruk.texts import formats

CODE_DIGITS = (6, 10)
LINES_NAMED_MAX = 12
#: Tables whose rows lie under commodity codes: where one lies below the code that was given, the code does not decide.
_BY_CODE = ("tariff", "excise")


class CalculatorForm(TextForm):
    """One line of goods: what it is, where from, what it costs, when."""

    texts_under = "desk.calculate"

    code = forms.CharField(max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    origin = forms.ChoiceField()
    price = AmountField()
    currency = forms.ChoiceField()
    freight = AmountField(required=False)
    insurance = AmountField(required=False)
    net_mass_kg = AmountField(required=False)
    quantity = AmountField(required=False)
    unit = forms.ChoiceField(required=False)
    procedure = forms.ChoiceField()
    preference = forms.ChoiceField(required=False)
    proof = forms.BooleanField(required=False)
    on = DayField()

    def __init__(self, *args: Any, law: Law, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.law = law
        for name, choices in _choices(law, self.language).items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_code(self) -> HsCode:
        """A code that the Harmonized System knows and below which the tariff makes no difference any more."""
        try:
            code = HsCode.read(str(self.cleaned_data["code"]))
        except ValueError:
            raise self._wrong("code_digits") from None
        if not CODE_DIGITS[0] <= len(code.digits) <= CODE_DIGITS[1]:
            raise self._wrong("code_digits")
        if code not in installed_pack().world.nomenclature:
            raise self._wrong("code_unknown", code=code.printed())
        below = _lines_below(self.law, code)
        if below:
            shown = ", ".join(HsCode(line).printed() for line in below[:LINES_NAMED_MAX])
            raise self._wrong("code_divided", code=code.printed(), lines=shown)
        return code

    def clean(self) -> dict[str, Any]:
        """A quantity has a unit, nothing is below zero, and the day is one that law is asked for."""
        held: dict[str, Any] = super().clean() or {}
        for name in ("price", "freight", "insurance", "net_mass_kg", "quantity"):
            if isinstance(amount := held.get(name), Decimal) and amount < 0:
                self.add_error(name, self._wrong("below_zero"))
        if isinstance(held.get("quantity"), Decimal) and not held.get("unit"):
            self.add_error("unit", texts.say(self.language, "ui.form.required"))
        day = held.get("on")
        if isinstance(day, date) and not YEARS[0] <= day.year <= YEARS[1]:
            self.add_error("on", self._wrong("year", first=YEARS[0], last=YEARS[1]))
        return held

    def _wrong(self, key: str, **params: object) -> ValidationError:
        return ValidationError(texts.say(self.language, f"desk.calculate.wrong.{key}", **params), code=key)

    def facts(self) -> GoodsFacts:
        """What the assessment is asked; with a claimed preference, its proof where the asker says that he has it."""
        held = self.cleaned_data
        scheme = self.law.find("preferences", held["preference"]) if held["preference"] else None
        proofs = scheme.fields.get("proof") if scheme is not None and held["proof"] else None
        item = ItemFacts(
            sequence=1,
            code=held["code"],
            price=Money(held["price"], held["currency"]),
            origin=held["origin"],
            procedure=held["procedure"],
            preference=held["preference"] or None,
            documents=tuple(proofs) if isinstance(proofs, tuple) else (str(proofs),) if proofs else (),
            net_mass_kg=held["net_mass_kg"],
            quantities={held["unit"]: held["quantity"]} if held["quantity"] is not None else {},
        )
        return GoodsFacts((item,), freight=self._money("freight"), insurance=self._money("insurance"))

    def _money(self, name: str) -> Money | None:
        amount = self.cleaned_data[name]
        return None if amount is None else Money(amount, self.cleaned_data["currency"])


@dataclass(frozen=True, slots=True)
class Calculation:
    """What the goods cost: value, charges with their reasons, what could not be determined, and a lasting address."""

    assessment: Assessment
    value: Money | None
    value_steps: Sequence[Row]
    charges: Sequence[ChargeRow]
    findings: Sequence[Finding]
    address: str

    @property
    def total(self) -> Decimal | None:
        """What is payable; None where a charge has no amount, for then nobody knows."""
        return None if self.assessment.undetermined or not self.assessment.items else self.assessment.total()


def calculation(form: CalculatorForm, book: LawBook) -> Calculation:
    """Assess what was asked by this law. The form is valid."""
    day = form.cleaned_data["on"]
    legal = Legal(book, Moments(day, day), training=settings.GUMRUK_TRAINING)
    assessment = assess(form.facts(), legal)
    names = {line.code: line.name for line in assessment.lines}
    item = assessment.items[0] if assessment.items else None
    return Calculation(
        assessment=assessment,
        value=item.customs_value if item else None,
        value_steps=step_rows(form.language, item.steps, names) if item else (),
        charges=[
            charge_row(form.language, line, legal.moment(line.kind).value, earlier=()) for line in assessment.lines
        ],
        findings=[finding_shown(form.language, found, names) for found in assessment.findings],
        address=f"?{urlencode(_asked(form) | {'law': book.digest})}",
    )


def _asked(form: CalculatorForm) -> dict[str, str]:
    """The fields that were filled in, as they go into the address."""
    texts_ = {name: str(form.data.get(name, "")).strip() for name in form.fields}
    return {name: text for name, text in texts_.items() if text}


def _lines_below(law: Law, code: HsCode) -> list[str]:
    """The lines of the law that lie below a code."""
    keys = {key for table in _BY_CODE for key in law.table(table) if len(key) > len(code.digits)}
    return sorted(key for key in keys if key.startswith(code.digits))


def _choices(law: Law, language: str) -> dict[str, list[tuple[str, str]]]:
    world = installed_pack().world
    none = ("", formats.NOT_COMPUTED)

    def named(table: str) -> list[tuple[str, str]]:
        return [(key, label(table, key, language)) for key in dict.fromkeys(law.table(table))]

    def of_world(names: Any) -> list[tuple[str, str]]:
        return sorted(((key, f"{held[language]} ({key})") for key, held in names.items()), key=lambda pair: pair[1])

    return {
        "origin": [("", texts.say(language, "ui.form.choose")), *of_world(world.countries)],
        "currency": [(key, key) for key in dict.fromkeys(law.table("currencies"))],
        "unit": [none, *of_world(world.units)],
        "procedure": [(key, f"{key} {words}") for key, words in named("procedures")],
        "preference": [none, *named("preferences")],
    }

# SPDX-License-Identifier: Apache-2.0
"""Forms of declarations: a message to lodge, and the reasons of decisions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gumruk import texts
from gumruk.law.kernel import HsCode, exact_decimal
from gumruk.office.lawbook.labels import act_shown, country_name, installed_pack
from gumruk.office.ui.forms import TextForm, amount_readings, amount_written, readings_words
from gumruk.texts import formats
from gumruk.wire import LIMITS

_REASON = forms.Textarea(attrs={"rows": 3, "maxlength": 1000})


class LodgeForm(TextForm):
    """A message as a file, in any format that is read."""

    texts_under = "declarations.lodge_form"

    message = forms.FileField(
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xml,.json,.edi,.txt,application/xml,application/json,text/plain"}),
    )

    def clean_message(self) -> Any:
        """A file that is not larger than what the wire reads."""
        message = self.cleaned_data["message"]
        if message.size > LIMITS.bytes_max:
            limit = LIMITS.bytes_max // 1_000_000
            raise ValidationError(texts.say(self.language, "declarations.lodge.too_large", limit=limit))
        return message


class ConfirmForm(TextForm):
    """A decision that needs no words."""

    texts_under = "declarations.form"


class ReasonForm(TextForm):
    """A decision with its reason, which the other side reads."""

    texts_under = "declarations.form"

    why = forms.CharField(max_length=1000, min_length=3, widget=_REASON)


class GroundsForm(TextForm):
    """A decision with its grounds and the act it rests on."""

    texts_under = "declarations.form"

    grounds = forms.CharField(max_length=1000, min_length=3, widget=_REASON)
    act = forms.ChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        act = self.fields["act"]
        if isinstance(act, forms.ChoiceField):
            titles = [(name, act_shown(name, self.language).title) for name in installed_pack().acts]
            act.choices = [("", texts.say(self.language, "ui.form.choose")), *sorted(titles, key=lambda pair: pair[1])]


class DecideForm(GroundsForm):
    """Another commodity code, origin or customs value for an item than the declared one."""

    item = forms.TypedChoiceField(coerce=int)
    kind = forms.ChoiceField()
    decided = forms.CharField(max_length=20)
    field_order = ("item", "kind", "decided", "grounds", "act")

    def __init__(self, *args: Any, items: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item, kind = self.fields["item"], self.fields["kind"]
        if isinstance(item, forms.ChoiceField) and isinstance(kind, forms.ChoiceField):
            item.choices = items
            kind.choices = [
                (name, texts.say(self.language, f"declarations.kind.{name}"))
                for name in ("code", "origin", "customs_value")
            ]

    def clean(self) -> dict[str, Any]:
        """What is decided can be: a code of the nomenclature, a country of ISO 3166, a value above zero."""
        values = super().clean() or {}
        decided, kind = str(values.get("decided", "")), values.get("kind")
        if kind == "code" and decided:
            self._code(values, decided)
        elif kind == "customs_value" and decided:
            self._value(values, decided)
        elif kind == "origin" and decided:
            values["decided"] = decided.strip().upper()
            if country_name(values["decided"], "en") == values["decided"]:
                self.add_error("decided", texts.say(self.language, "declarations.form.no_country", country=decided))
        return values

    def _value(self, values: dict[str, Any], decided: str) -> None:
        readings = amount_readings(decided, 2)
        if readings is not None:
            self.add_error("decided", readings_words(self.language, decided, readings))
            return
        try:
            value = exact_decimal(amount_written(decided).replace(",", "."))
        except ValueError:
            value = Decimal(0)
        if value <= 0 or value.adjusted() > 14 or value != round(value, 2):
            self.add_error("decided", texts.say(self.language, "declarations.form.no_value", value=decided))
        else:
            values["decided"] = f"{value:f}"

    def _code(self, values: dict[str, Any], decided: str) -> None:
        try:
            code = HsCode.read(decided)
        except ValueError:
            code = None
        if code is None or len(code.digits) < 6 or code not in installed_pack().nomenclature:
            shown = formats.hs_code(decided)
            self.add_error("decided", texts.say(self.language, "declarations.form.no_code", code=shown))
        else:
            values["decided"] = code.digits

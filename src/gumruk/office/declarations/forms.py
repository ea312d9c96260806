# SPDX-License-Identifier: Apache-2.0
"""Forms of declarations: a message to lodge, and the reasons of decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gumruk import texts
from gumruk.law.kernel import HsCode
from gumruk.office.lawbook.labels import act_shown, country_name, installed_pack
from gumruk.office.ui.forms import TextForm
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


class ItemForm(TextForm):
    """Something about one goods item, chosen among `items` (number and words)."""

    texts_under = "declarations.form"

    item = forms.TypedChoiceField(coerce=int)

    def __init__(self, *args: Any, items: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item = self.fields["item"]
        if isinstance(item, forms.ChoiceField):
            item.choices = items


class DecideForm(ItemForm, GroundsForm):
    """Another commodity code or origin for an item than the declared one; a value has its own form (`ValueForm`)."""

    kind = forms.ChoiceField()
    decided = forms.CharField(max_length=20)
    field_order = ("item", "kind", "decided", "grounds", "act")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = [
                (name, texts.say(self.language, f"declarations.kind.{name}")) for name in ("code", "origin")
            ]

    def clean(self) -> dict[str, Any]:
        """What is decided can be: a code of the nomenclature, a country of ISO 3166."""
        values = super().clean() or {}
        decided, kind = str(values.get("decided", "")), values.get("kind")
        if kind == "code" and decided:
            self._code(values, decided)
        elif kind == "origin" and decided:
            values["decided"] = decided.strip().upper()
            if country_name(values["decided"], "en") == values["decided"]:
                self.add_error("decided", texts.say(self.language, "declarations.form.no_country", country=decided))
        return values

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

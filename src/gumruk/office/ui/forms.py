# SPDX-License-Identifier: Apache-2.0
"""Forms whose labels, helps and errors come from the texts, in the language of the page."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from gumruk import texts


def amount_written(written: str) -> str:
    """An amount without the spaces and apostrophes that part its thousands, with a plain minus."""
    return re.sub(r"[\s'’\u00a0\u202f]", "", written).replace("\N{MINUS SIGN}", "-")


def amount_readings(written: str, digits: int | None) -> tuple[str, str] | None:
    """The two amounts that one mark before exactly three digits can mean: `1,000` is 1000 or 1.00.

    None where only one can be meant. A comma there is always doubtful, a point where the currency has fewer `digits`
    than three; `digits` is None for what is no money, whose point is always the decimal mark.
    """
    found = re.fullmatch(r"(-?0*[1-9][0-9]*)([.,])([0-9]{3})", amount_written(written))
    if found is None or (found[2] == "." and (digits is None or digits > 2)):
        return None
    shown = 3 if digits is None else digits
    return found[1] + found[3], f"{Decimal(f'{found[1]}.{found[3]}'):.{shown}f}"


class AmountField(forms.CharField):
    """An amount as people write it: `1 250,50`, `1250.50`, `1'250.50`.

    `digits` are those after the point of its currency, None for what is no money. `language` is that of the page.
    """

    language = texts.DEFAULT_LANGUAGE

    def __init__(self, *, digits: int | None = None, **given: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=30, widget=widget, **given)
        self.digits = digits

    def clean(self, value: Any) -> Any:
        """The exact number, None for an empty optional field.

        One comma or point is the decimal mark, spaces and apostrophes part the thousands. What can be read two ways is
        refused with both readings.
        """
        written = super().clean(value)
        text = amount_written(written)
        if not text and not self.required:
            return None
        if not re.fullmatch(r"-?[0-9]{1,15}([.,][0-9]+)?", text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        readings = amount_readings(text, self.digits)
        if readings is not None:
            raise ValidationError(readings_words(self.language, written, readings), code="ambiguous")
        try:
            return Decimal(text.replace(",", "."))
        except InvalidOperation:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


def readings_words(language: str, written: str, readings: tuple[str, str]) -> str:
    """Why an amount that can be read two ways is refused, and what to write instead."""
    return texts.say(language, "ui.form.ambiguous", written=written, whole=readings[0], fraction=readings[1])


class DayField(forms.DateField):
    """A day, chosen in the browser's calendar."""

    def __init__(self, **given: Any) -> None:
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **given)


class TextForm(forms.Form):
    """A form in the person's language.

    `texts_under` is the key under which `<field>.label` and, where there is one, `<field>.help` stand. Errors of
    Django's fields get our words: `ui.form.<code>`.
    """

    texts_under: ClassVar[str] = ""
    use_required_attribute = False  # the server says what is missing, in words, all at once

    def __init__(self, *args: Any, language: str = texts.DEFAULT_LANGUAGE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language
        for name, field in self.fields.items():
            if isinstance(field, AmountField):
                field.language = language
            field.label = texts.say(language, f"{self.texts_under}.{name}.label")
            help_key = f"{self.texts_under}.{name}.help"
            if texts.find(language, help_key) is not None:
                field.help_text = texts.say(language, help_key)
            for code in ("required", "invalid", "invalid_choice"):
                field.error_messages[code] = texts.say(language, f"ui.form.{code}")
            field.widget.attrs.pop("minlength", None)  # a browser would refuse in a language of its own
            for validator in field.validators:
                code = getattr(validator, "code", "")
                if code in ("max_length", "min_length"):
                    limit = getattr(validator, "limit_value", "")
                    validator.message = texts.say(language, f"ui.form.{code}", limit=limit)

# SPDX-License-Identifier: Apache-2.0
"""Forms whose labels, helps and errors come from the texts, in the language of the page."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from gumruk import texts


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

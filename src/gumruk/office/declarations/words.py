# SPDX-License-Identifier: Apache-2.0
"""Findings, steps and events of a declaration in the reader's words: codes become labels, numbers are grouped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from gumruk import texts
from gumruk.law.kernel import Finding, Rounding, Step
from gumruk.office.lawbook.labels import country_name, label, unit_name
from gumruk.office.ui.words import path_words
from gumruk.texts import formats

Row = tuple[str, str]

_FIELD = re.compile(r"\b(?:item|charge|quantity|fx|law|declaration|bracket)\.\w+(?:\.\w+)*|\b(?:base|value)\b")
_PER_UNIT = re.compile(r"/\s*(\d*)([A-Z][A-Z0-9]{1,2})\b")
_OPERATORS = {" * ": " × ", " - ": " − "}
_LOGIC = re.compile(r"\b(?:and|or|not|in)\b")
_NUMBERS = (
    *("net", "gross", "missing", "amount", "rounded", "result", "left", "right", "price", "rate", "value"),
    *("stated", "counted", "low", "high", "free", "whole", "sent"),
)
_WITH_CURRENCY = re.compile(r"(-?\d+(?:\.\d+)?) ([A-Z]{3})")
_COUNTRIES = ("country", "origin")
_WORDED = {"state": "ui.state", "area": "declarations.unchecked"}
#: What is a code with a label: by the area of law that a finding is of, and the parameter's name.
_CODED = {
    **{("ORI", name): f"{name}s" for name in ("office", "preference", "procedure")},
    ("RET", "previous"): "procedures",
    ("FLT", "rate"): "flat_rates",
    ("PEN", "penalty"): "penalties",
}


def number_words(language: str, text: str) -> str:
    """A number, or an amount with its currency, as the language writes it; any other text stays."""
    if amount := _WITH_CURRENCY.fullmatch(text):
        return f"{number_words(language, amount[1])}{formats.NO_BREAK_SPACE}{amount[2]}"
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if not value.is_finite():
        return text
    trimmed = value.normalize()
    exponent = trimmed.as_tuple().exponent
    places = max(2, -exponent) if isinstance(exponent, int) and ("." in text) else None
    return formats.number(language, value, places)


def charge_label(language: str, code: str, names: Mapping[str, str]) -> str:
    """What a charge is called, from its code; `names` maps the codes of the file's charges to their names."""
    name = names.get(code)
    return code if name is None else label("charges", name, language)


def finding_shown(language: str, finding: Finding, names: Mapping[str, str] | None = None) -> Finding:
    """The same finding with its codes named and its numbers grouped, ready for its text."""
    params = {
        key: _finding_param(language, finding.code, key, str(value), names or {})
        for key, value in finding.params.items()
    }
    # What stands against release is said by its words; its path is a place in a list, and says nothing to people.
    return replace(finding, params=params, path="" if finding.code.startswith("REL-") else finding.path)


def _finding_param(language: str, code: str, key: str, text: str, names: Mapping[str, str]) -> str:
    """One parameter of a finding in words: by its name, and by the area of law that the finding is of."""
    if key == "charge":
        return charge_label(language, text, names)
    if key == "relief":
        return relief_words(language, text)
    if key in _WORDED:
        return texts.say(language, f"{_WORDED[key]}.{text}")
    if key in ("day", "exported", "due_on", "paid_on", "last"):
        return _day_words(language, text)
    if key == "field":
        return path_words(language, text)
    if key == "unit" and code.startswith(("ASM", "FLT")):
        return ", ".join(unit_name(unit, language) for unit in text.split(", "))
    if key == "name" and code in ("ASM-1", "ASM-3"):
        return label("charges", text, language)
    if key in _COUNTRIES and len(text) == 2 and country_name(text, language) != text:
        return f"{country_name(text, language)} ({text})"
    if table := _CODED.get((code.partition("-")[0], key)):
        return label(table, text, language)
    return number_words(language, text) if key in _NUMBERS else text


def rate_words(language: str, rate: str) -> str:
    """A rate as the tariff prints it, with the language's decimal mark; a dash where there is none."""
    if not rate:
        return formats.NOT_COMPUTED
    if rate.lower() == "free":
        return texts.say(language, "declarations.rate.free")
    words = _PER_UNIT.sub(lambda found: _per_unit(language, found), _decimals(language, rate))
    for word in ("min", "max"):
        words = re.sub(rf"\s*\b{word}\b", ", " + texts.say(language, f"declarations.rate.{word}"), words)
    return re.sub(r"(?<=\d)%", "%" if language == "en" else f"{formats.NO_BREAK_SPACE}%", words)


def _per_unit(language: str, found: re.Match[str]) -> str:
    count = f"{found.group(1)}{formats.NO_BREAK_SPACE}" if found.group(1) else ""
    return f"/{count}{unit_name(found.group(2), language)}"


def _decimals(language: str, text: str) -> str:
    return text if language == "en" else re.sub(r"(\d)\.(\d)", r"\1,\2", text)


def rounding_words(language: str, rounding: str) -> str:
    """A rounding by its name and digits: `half_up:2` is "half up, to 2 digits"."""
    parsed = Rounding.parse(rounding)
    method = texts.say(language, f"step.rounding.{parsed.method}")
    return texts.say(language, "step.rounding.words", method=method, digits=parsed.scale)


def expression_words(language: str, source: str) -> str:
    """An expression with its fields named: `base * law.vat_rate` is "base × VAT rate"."""
    words = _LOGIC.sub(lambda found: texts.say(language, f"step.logic.{found.group(0)}"), source)
    words = _FIELD.sub(lambda found: _field_words(language, found.group(0)), words)
    words = _decimals(language, words)
    for written, shown in _OPERATORS.items():
        words = words.replace(written, shown)
    return words[:1].upper() + words[1:]


def _field_words(language: str, path: str) -> str:
    key = f"step.term.{path}"
    found = texts.find(language, key)
    if found is not None:
        return found
    area, _, name = path.partition(".")
    if area == "charge":
        return lower_first(label("charges", name, language))
    if area in ("quantity", "fx"):
        shown = unit_name(name, language) if area == "quantity" else name
        return texts.say(language, f"step.term.{area}", name=shown)
    return name.replace("_", " ")


def lower_first(name: str) -> str:
    """A name within a sentence: "import duty", but "VAT"."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def step_rows(language: str, steps: Iterable[Step], names: Mapping[str, str]) -> list[Row]:
    """Steps as rows of a small table: words, and the figure they led to."""
    return [_step_row(language, step, names) for step in steps]


def _step_row(language: str, step: Step, names: Mapping[str, str]) -> Row:
    params = {key: str(value) for key, value in step.params.items()}
    figure = params.get("result") or params.get("rounded") or params.get("amount") or ""
    if step.code in ("assessment.rate", "flat.rate"):
        figure = rate_words(language, params["rate"] if params["rate"] != "-" else "")
        params["day"] = _day_words(language, params.get("day", ""))
    elif step.code == "assessment.unknown":
        figure = texts.say(language, "ui.not_computed")
    elif figure in ("true", "false"):
        figure = _yes_no(language, figure)
    elif figure == "-":
        figure = formats.NOT_COMPUTED
    else:
        figure = number_words(language, figure)
    words = {key: _param_words(language, key, value, names) for key, value in params.items()}
    key = f"step.{step.code}" if texts.find(language, f"step.{step.code}") is not None else step.code
    return texts.say(language, key, **words), figure


def _param_words(language: str, key: str, value: str, names: Mapping[str, str]) -> str:
    if key in ("expression", "condition"):
        return expression_words(language, value)
    if key == "values":
        return "; ".join(number_words(language, part) for part in value.split("; "))
    if key == "rounding":
        return rounding_words(language, value)
    if key == "charge":
        return lower_first(label("charges", value, language))
    if key == "relief":
        return relief_words(language, value)
    if key == "day":
        return _day_words(language, value)
    if key == "unit":
        return unit_name(value, language)
    if key in ("element", "reason"):
        return texts.say(language, f"valuation.{key}.{value}")
    if value in ("true", "false"):
        return _yes_no(language, value)
    return number_words(language, value) if key in _NUMBERS else value


def relief_words(language: str, relief: str) -> str:
    """What relieved an amount: an additional procedure's name, or the procedure itself."""
    kind, _, code = relief.partition(" ")
    if kind == "procedure":
        return label("procedures", code, language)
    return label("reliefs", relief, language)


def steps_raw(steps: Iterable[Step]) -> str:
    """The bare trace: one line a step, codes and parameters as the law made them."""
    return "\n".join(
        f"{step.code}  " + "  ".join(f"{name}={value}" for name, value in step.params.items()) for step in steps
    )


def _yes_no(language: str, value: str) -> str:
    return texts.say(language, "ui.yes" if value == "true" else "ui.no")


def _day_words(language: str, text: str) -> str:
    try:
        return formats.day(language, date.fromisoformat(text))
    except ValueError:
        return text

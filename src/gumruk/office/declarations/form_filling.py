# SPDX-License-Identifier: Apache-2.0
"""A declaration with its assessment as the filling of a form: every place that a layout may name, in one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gumruk import packs, texts
from gumruk.law.assessment import AssessedItem, Assessment, ChargeLine
from gumruk.law.declarations import Reading
from gumruk.law.declarations.reading import ItemReading
from gumruk.law.kernel import Step
from gumruk.office.declarations.form_values import fields_of, number, shown
from gumruk.office.declarations.words import number_words, rate_words
from gumruk.office.lawbook.labels import country_name, label, unit_name
from gumruk.packs.form_fields import Piece
from gumruk.texts import formats

Rows = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class DeclarationFilling:
    """What fills the forms of a declaration. `facts` is what the file adds (its number, days), by the names that a
    layout has for them; `tables` are the rows of what officers changed."""

    form: str
    language: str
    pack: packs.Pack
    reading: Reading
    assessment: Assessment | None
    facts: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Rows] = field(default_factory=dict)

    @property
    def item_count(self) -> int:
        """How many goods items there are."""
        return len(self.reading.items)

    def caption(self, key: str) -> str:
        """What is printed beside a box."""
        return self.pack.label("forms", f"{self.form}.{key}", self.language)

    def text(self, piece: Piece, item: int | None) -> str:
        """The words of a place: of the file, of the item, of the declaration. Empty where nothing is known."""
        if piece.fact:
            words = self._fact(piece.fact, item)
            return self._named(words, piece.name) if words else ""
        held: object = self.reading.declaration
        if piece.of_item:
            if item is None:
                return ""
            held = self.reading.items[item].item
        found = [shown(self.language, value) for value in fields_of(held, piece.names)]
        return "; ".join(self._named(words, piece.name) for words in found if words)

    def _named(self, code: str, name: str) -> str:
        if name == "country":
            return country_name(code, self.language)
        if name == "unit":
            return unit_name(code, self.language)
        return label(name, code, self.language) if name else code

    def _fact(self, name: str, item: int | None) -> str:
        if name in self.facts:
            return self.facts[name]
        if name in _ITEM_FACTS:
            return "" if item is None else _ITEM_FACTS[name](self, item)
        return _FACTS[name](self) if name in _FACTS else ""

    def rows(self, name: str, columns: Sequence[str], item: int | None) -> list[list[str]]:
        """The rows of a table."""
        found = self.tables.get(name)
        if found is None:
            found = _ROWS[name](self, item or 0) if name in _ROWS else []
        return [[row.get(column, "") for column in columns] for row in found]

    def money(self, amount: Decimal | None) -> str:
        """An amount in the currency that charges are computed in; a dash where it could not be computed."""
        return formats.money(self.language, amount)

    def assessed(self, item: int) -> AssessedItem | None:
        """The item's assessed value; None before the assessment."""
        assessed = self.assessment.items if self.assessment else ()
        return assessed[item] if item < len(assessed) else None

    def charges(self, item: int) -> list[ChargeLine]:
        """The charges of an item, of the first item those on the whole declaration too."""
        if self.assessment is None:
            return []
        own = self.reading.items[item].item.sequence_numeric or item + 1
        return [line for line in self.assessment.lines if line.item == own or (line.item is None and item == 0)]


def _customs_value(filling: DeclarationFilling, item: int) -> str:
    assessed = filling.assessed(item)
    return filling.money(assessed.customs_value.amount) if assessed else ""


def _statistical_value(filling: DeclarationFilling, item: int) -> str:
    assessed = filling.assessed(item)
    value = assessed.statistical_value if assessed else None
    return formats.money(filling.language, value.amount, value.currency) if value else ""


def _mass(filling: DeclarationFilling, mass: Decimal | None) -> str:
    return "" if mass is None else number(filling.language, mass)


def _quantity(filling: DeclarationFilling, item: int) -> str:
    return "; ".join(
        f"{number(filling.language, value)} {unit_name(unit, filling.language)}"
        for unit, value in filling.reading.items[item].quantities.items()
        if unit != "KGM"
    )


def _documents(filling: DeclarationFilling, item: int) -> str:
    whole = filling.reading.documents if item == 0 else ()
    return "; ".join(shown(filling.language, each) for each in (*whole, *filling.reading.items[item].documents))


def _procedure(item: ItemReading) -> str:
    return " ".join(filter(None, (item.procedure, item.previous_procedure, *item.additional_procedures)))


_ITEM_FACTS: dict[str, Callable[[DeclarationFilling, int], str]] = {
    "item.number": lambda filling, item: str(filling.reading.items[item].item.sequence_numeric or item + 1),
    "item.code": lambda filling, item: formats.hs_code(filling.reading.items[item].code_text),
    "item.gross_mass": lambda filling, item: _mass(filling, filling.reading.items[item].gross_mass_kg),
    "item.net_mass": lambda filling, item: _mass(filling, filling.reading.items[item].net_mass_kg),
    "item.quantity": _quantity,
    "item.customs_value": _customs_value,
    "item.statistical_value": _statistical_value,
    "item.documents": _documents,
    "item.preference": lambda filling, item: filling.reading.items[item].preference or "",
    "item.procedure": lambda filling, item: _procedure(filling.reading.items[item]),
}


def _value_of_all(filling: DeclarationFilling) -> str:
    if not (filling.assessment and filling.assessment.items):
        return ""
    return filling.money(sum((item.customs_value.amount for item in filling.assessment.items), Decimal(0)))


def _exchange_rate(filling: DeclarationFilling) -> str:
    invoiced = filling.reading.declaration.invoice_amount
    for item in filling.assessment.items if filling.assessment else ():
        for step in item.steps:
            if step.code == "valuation.price" and (invoiced is None or step.params["currency"] == invoiced.currency):
                return number_words(filling.language, str(step.params["rate"]))
    return ""


def _exporter(filling: DeclarationFilling) -> str:
    party = filling.reading.declaration.exporter or filling.reading.shipment.consignor
    return shown(filling.language, party) if party else ""


def _gross_mass(filling: DeclarationFilling) -> str:
    mass = filling.reading.declaration.total_gross_mass
    return shown(filling.language, mass) if mass else ""


_FACTS: dict[str, Callable[[DeclarationFilling], str]] = {
    "exporter": _exporter,
    "importer": lambda filling: shown(filling.language, filling.reading.importer) if filling.reading.importer else "",
    "reference": lambda filling: filling.reading.declaration.functional_reference_id or "",
    "office": lambda filling: filling.reading.office or "",
    "item_count": lambda filling: str(filling.item_count),
    "package_count": lambda filling: shown(filling.language, filling.reading.declaration.total_package_quantity or ""),
    "gross_mass": _gross_mass,
    "currency": lambda filling: filling.assessment.currency if filling.assessment else "",
    "exchange_rate": _exchange_rate,
    "customs_value": _value_of_all,
    "payable": lambda filling: filling.money(filling.assessment.total()) if filling.assessment else "",
}


def _item_payments(filling: DeclarationFilling, item: int) -> Rows:
    rows = []
    for line in filling.charges(item):
        kinds = [kind for kind in ("payable", "secured", "relieved") if getattr(line, kind)]
        words = [texts.say(filling.language, f"document.form.method.{kind}") for kind in kinds]
        rows.append(
            {
                "type": line.code,
                "base": "" if line.base is None else number_words(filling.language, f"{line.base:f}"),
                "rate": _rate(filling.language, line.rate),
                "amount": filling.money(line.computed),
                "method": ", ".join(words),
            }
        )
    if rows:
        payable = sum((line.payable or Decimal(0) for line in filling.charges(item)), Decimal(0))
        total = texts.say(filling.language, "document.form.method.payable")
        whole = texts.say(filling.language, "document.form.all")
        rows.append({"type": whole, "amount": filling.money(payable), "method": total})
    return rows


def _rate(language: str, rate: str) -> str:
    """A rate with the short signs of its units: a narrow column holds `кг`, not `килограмм`."""
    words = rate_words(language, rate) if rate else ""
    for unit in ("KGM", "LTR", "TNE", "MTQ", "CMQ"):
        sign = formats.quantity(language, Decimal(1), unit).rpartition(formats.NO_BREAK_SPACE)[2]
        words = words.replace(f"/{unit_name(unit, language)}", f"/{sign}")
    return words


def _payments(filling: DeclarationFilling, item: int) -> Rows:
    """What is payable, secured and relieved of each charge, and in all."""
    kinds = ("payable", "secured", "relieved")
    sums: dict[str, list[Decimal]] = {}
    for line in filling.assessment.lines if filling.assessment else ():
        held = sums.setdefault(line.name, [Decimal(0)] * 3)
        for place, kind in enumerate(kinds):
            held[place] += getattr(line, kind) or 0
    rows = [
        {"charge": label("charges", name, filling.language), **_amounts(filling, kinds, amounts)}
        for name, amounts in sums.items()
    ]
    if sums and filling.assessment:
        whole = [sum(column, Decimal(0)) for column in zip(*sums.values(), strict=True)]
        total = texts.say(filling.language, "document.form.total", currency=filling.assessment.currency)
        rows.append({"charge": total, **_amounts(filling, kinds, whole)})
    return rows


def _amounts(filling: DeclarationFilling, kinds: Sequence[str], amounts: Sequence[Decimal]) -> dict[str, str]:
    return {kind: filling.money(amount) if amount else "" for kind, amount in zip(kinds, amounts, strict=True)}


def _answers(filling: DeclarationFilling, item: int) -> Rows:
    """The questions on value with what was answered; a question that was not asked has no answer."""
    given: dict[str, str] = {}
    reading = filling.reading
    for held in (reading.shipment.customs_valuation, *(each.item.customs_valuation for each in reading.items)):
        for answer in held.answers if held else ():
            given.setdefault(answer.question_code or "", answer.answer_code or "")
    first = f"{filling.form}.question."
    known = [key.removeprefix(first) for table, key in filling.pack.labels if table == "forms" and first in key]
    words = {"Y": texts.say(filling.language, "ui.yes"), "N": texts.say(filling.language, "ui.no")}
    return [
        {
            "question": code,
            "words": filling.caption(f"question.{code}") if code in known else "",
            "answer": words.get(given.get(code, ""), given.get(code, "")),
        }
        for code in (*known, *(code for code in given if code not in known))
    ]


def _valuation(filling: DeclarationFilling, item: int) -> Rows:
    """How an item's customs value came about: price, carriage and insurance, additions and deductions."""
    assessed, rows = filling.assessed(item), []
    for number_of, step in enumerate(assessed.steps if assessed else (), start=1):
        amount = ""
        if step.code == "valuation.price":
            amount = f"{number_words(filling.language, str(step.params['price']))} {step.params['currency']}"
        rows.append({"line": str(number_of), **_step(filling, step), "amount": amount})
    return rows


def _step(filling: DeclarationFilling, step: Step) -> dict[str, str]:
    code = str(step.params.get("code", ""))
    words = texts.say(filling.language, f"document.form.value.{step.code.partition('.')[2]}", code=code)
    return {"words": words, "national": number_words(filling.language, str(step.params["amount"]))}


_ROWS: dict[str, Callable[[DeclarationFilling, int], Rows]] = {
    "payments": _payments,
    "answers": _answers,
    "item.payments": _item_payments,
    "item.valuation": _valuation,
}

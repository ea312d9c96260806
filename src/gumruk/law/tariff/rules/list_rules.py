# SPDX-License-Identifier: Apache-2.0
"""Codes of a tariff's own lists: each stands once on any day, and holds on all days of what names it.

A list is asked only where the tariff keeps it. Of currencies it is known besides which of them ceased to exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gumruk.law.tariff.duties.ceased import CEASED
from gumruk.law.tariff.measures import (
    AdditionalCode,
    Certificate,
    CodeList,
    Footnote,
    ListedCode,
    Measure,
    MeasureComponent,
    QuotaDefinition,
    Record,
    currencies_of,
)
from gumruk.law.tariff.measures.components import NIHIL, SUPPLEMENTARY, TABLES
from gumruk.law.tariff.rules.machinery import Params, Scope, tariff_rule

_WITHOUT_MONEY = frozenset(TABLES) | {NIHIL, SUPPLEMENTARY}


def _missing(scope: Scope, names: CodeList, code: str) -> bool:
    return bool(scope.by(ListedCode, "list", names)) and not scope.by(ListedCode, "name", f"{names}/{code}")


def _unspanned(scope: Scope, names: CodeList, code: str, record: Record) -> Iterator[Params]:
    """The finding's parameters where the list has the code, but not on all days of the record."""
    held = scope.by(ListedCode, "name", f"{names}/{code}") if code else []
    if held and not any(other.spans(record) for other in held):
        yield {"what": code, "days": ", ".join(other.days for other in held), "own": record.days}


def _components(measure: Measure) -> Iterator[MeasureComponent]:
    yield from measure.components
    for row in measure.conditions:
        yield from row.components


def _currencies(measure: Measure) -> Iterable[str]:
    """Every currency that a measure names, once."""
    named = [component.currency for component in _components(measure)]
    named += [row.currency for row in measure.conditions]
    for duty in (measure.duty, *(row.duty for row in measure.conditions)):
        named += currencies_of(duty)
    return dict.fromkeys(currency for currency in named if currency)


@tariff_rule(ListedCode, "CT1", "CET1", "FOT1", "MC1", "MA1")
def listed_once(listed: ListedCode, scope: Scope) -> Iterable[Params]:
    """A code stands once in its list on any day."""
    for other in scope.others(listed, "name"):
        if other.overlaps(listed):
            yield {"what": listed.name, "days": other.days, "own": listed.days}


@tariff_rule(AdditionalCode, "ACN2")
def additional_code_type_exists(code: AdditionalCode, scope: Scope) -> Iterable[Params]:
    """The type of an additional code exists."""
    if _missing(scope, CodeList.ADDITIONAL_CODE_TYPE, code.type):
        yield {"what": code.type}


@tariff_rule(AdditionalCode, "ACN17")
def additional_code_type_spans(code: AdditionalCode, scope: Scope) -> Iterable[Params]:
    """The type of an additional code is valid on all days of the code."""
    yield from _unspanned(scope, CodeList.ADDITIONAL_CODE_TYPE, code.type, code)


@tariff_rule(Certificate, "CE7")
def certificate_type_spans(certificate: Certificate, scope: Scope) -> Iterable[Params]:
    """The type of a certificate is valid on all days of the certificate."""
    yield from _unspanned(scope, CodeList.CERTIFICATE_TYPE, certificate.code[:1], certificate)


@tariff_rule(Footnote, "FO17")
def footnote_type_spans(footnote: Footnote, scope: Scope) -> Iterable[Params]:
    """The type of a footnote is valid on all days of the footnote."""
    yield from _unspanned(scope, CodeList.FOOTNOTE_TYPE, footnote.code[:2], footnote)


@tariff_rule(Measure, "ME42", "ME106")
def expression_spans(measure: Measure, scope: Scope) -> Iterable[Params]:
    """Every duty expression is valid on all days of the measure."""
    for expression in dict.fromkeys(component.expression for component in _components(measure)):
        yield from _unspanned(scope, CodeList.EXPRESSION, expression, measure)


@tariff_rule(Measure, "ME46", "ME110")
def money_as_the_expression_says(measure: Measure, scope: Scope) -> Iterable[Params]:
    """A currency stands only where the duty expression has an amount."""
    for component in _components(measure):
        if component.expression in _WITHOUT_MONEY and component.currency:
            yield {"what": component.expression, "currency": component.currency}


@tariff_rule(Measure, "ME48", "ME60")
def currency_exists(measure: Measure, scope: Scope) -> Iterable[Params]:
    """Every currency of a duty or of a condition exists."""
    for currency in _currencies(measure):
        if _missing(scope, CodeList.MONETARY_UNIT, currency):
            yield {"what": currency}


@tariff_rule(Measure, "ME49", "ME61")
def currency_spans(measure: Measure, scope: Scope) -> Iterable[Params]:
    """Every currency of a duty or of a condition exists on all days of the measure."""
    for currency in _currencies(measure):
        last = CEASED.get(currency)
        if scope.by(ListedCode, "name", f"{CodeList.MONETARY_UNIT}/{currency}"):
            yield from _unspanned(scope, CodeList.MONETARY_UNIT, currency, measure)
        elif last is not None and (measure.ends_on is None or measure.ends_on > last):
            yield {"what": currency, "days": f".../{last}", "own": measure.days}


@tariff_rule(Measure, "ME51", "ME63")
def unit_spans(measure: Measure, scope: Scope) -> Iterable[Params]:
    """Every unit is valid on all days of the measure."""
    named = [component.unit for component in _components(measure)] + [row.unit for row in measure.conditions]
    for unit in dict.fromkeys(named):
        yield from _unspanned(scope, CodeList.UNIT, unit, measure)


@tariff_rule(Measure, "ME52", "ME64")
def qualifier_spans(measure: Measure, scope: Scope) -> Iterable[Params]:
    """Every qualifier of a unit is valid on all days of the measure."""
    named = [component.qualifier for component in _components(measure)] + [row.qualifier for row in measure.conditions]
    for qualifier in dict.fromkeys(named):
        yield from _unspanned(scope, CodeList.QUALIFIER, qualifier, measure)


@tariff_rule(Measure, "MC3")
def condition_code_spans(measure: Measure, scope: Scope) -> Iterable[Params]:
    """Every condition code is valid on all days of the measure."""
    for code in dict.fromkeys(row.code for row in measure.conditions):
        yield from _unspanned(scope, CodeList.CONDITION, code, measure)


@tariff_rule(Measure, "MA4")
def action_spans(measure: Measure, scope: Scope) -> Iterable[Params]:
    """Every action of a condition is valid on all days of the measure."""
    for action in dict.fromkeys(row.action for row in measure.conditions):
        yield from _unspanned(scope, CodeList.ACTION, action, measure)


@tariff_rule(QuotaDefinition, "QD8")
def definition_currency_spans(definition: QuotaDefinition, scope: Scope) -> Iterable[Params]:
    """The currency of a definition is valid on all its days."""
    yield from _unspanned(scope, CodeList.MONETARY_UNIT, definition.currency, definition)


@tariff_rule(QuotaDefinition, "QD11")
def definition_qualifier_spans(definition: QuotaDefinition, scope: Scope) -> Iterable[Params]:
    """The qualifier of a definition's unit is valid on all its days."""
    yield from _unspanned(scope, CodeList.QUALIFIER, definition.qualifier, definition)

# SPDX-License-Identifier: Apache-2.0
"""Outward processing: goods that come back as products bear charges on what was done to them abroad alone.

Kyoto Convention, specific annex F, chapter 2. By the value of the processing, as the Customs Code of the Customs Union
of 2009, article 262, had it: a charge is taken in the proportion of the processing to the products' customs value,
which is the rate on that value where it is in per cent, and a share of it where it is by the unit. By the difference:
what the products bear, less what the goods sent out would bear on the same day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum

from gumruk.law.assessment.inward import ROUNDING, charges_of, errors_of, rounded_ratio, rounding_of
from gumruk.law.assessment.model import Assessment
from gumruk.law.kernel import LEGAL_CONTEXT, Finding, Step
from gumruk.law.lawbook import Entry, Law

CHARGES, METHODS = "outward.charges", "outward.methods"
_ACT = "Kyoto Convention, specific annex F, chapter 2"
_NOTHING = Decimal(0)


class Method(StrEnum):
    """How the relief is found: by the value of the processing, by the difference of charges, or all of it (a repair
    that the seller owes, free of charge)."""

    VALUE = "value"
    DIFFERENCE = "difference"
    REPAIR = "repair"


@dataclass(frozen=True, slots=True)
class OutwardProcessing:
    """What is due and what is relieved, by charge: together what the products bear. Empty where `findings` has any."""

    due: Mapping[str, Decimal]
    relieved: Mapping[str, Decimal]
    processing_value: Decimal | None
    findings: tuple[Finding, ...]
    steps: tuple[Step, ...]
    entries: tuple[Entry, ...]


def outward_processing(
    products: Assessment, sent: Assessment, method: Method, law: Law, processing_value: Decimal | None = None
) -> OutwardProcessing:
    """Relieve the charges on products of what the goods sent out account for; `sent` assesses these on the same day.

    `processing_value` in the country's currency; where it is not stated, the difference of the customs values.
    `values`: outward.methods (which methods the law has), outward.charges (which charges are relieved; the others are
    due as a whole), rounding.processing. Findings: what could not be determined of the goods; PRC-1 the law is not
    known, PRC-5 it has no such method, PRC-6 a processing worth less than nothing, or more than the products.
    """
    entries = tuple(entry for key in (METHODS, CHARGES, ROUNDING) if (entry := law.find("values", key)) is not None)
    with localcontext(LEGAL_CONTEXT):
        whole = sum((item.customs_value.amount for item in products.items), _NOTHING)
        before = sum((item.customs_value.amount for item in sent.items), _NOTHING)
        worth = whole - before if processing_value is None else processing_value
        borne, less = charges_of(products), charges_of(sent)
        stated = tuple(errors_of(products, sent))
        found = stated or tuple(_findings(law, method, worth, whole, borne))
        if found:
            return OutwardProcessing({}, {}, None, found, (), entries)
        named, rounding = law.value(CHARGES), rounding_of(law, ROUNDING)
        relieving = named if isinstance(named, tuple) else ()
        act = next((entry.act for entry in entries if entry.key == CHARGES), None)
        steps = [
            Step("outward.value", {"whole": f"{whole:f}", "sent": f"{before:f}", "amount": f"{worth:f}"}, "", _ACT)
        ]
        due: dict[str, Decimal] = {}
        relieved: dict[str, Decimal] = {}
        for name, amount in borne.items():
            if amount is None or rounding is None:
                continue
            told = {"charge": name, "stated": f"{amount:f}", "rounding": str(rounding)}
            how, due[name] = "whole", amount
            if name in relieving:
                other = less.get(name) or _NOTHING
                how, due[name] = method.value, _NOTHING
                if method is Method.VALUE:
                    due[name] = rounded_ratio(amount * worth, whole, rounding)
                elif method is Method.DIFFERENCE:
                    due[name] = max(amount - other, _NOTHING)
                    told["free"] = f"{other:f}"
            relieved[name] = amount - due[name]
            steps.append(Step(f"outward.{how}_due", {**told, "amount": f"{due[name]:f}"}, "", act))
        return OutwardProcessing(due, relieved, worth, (), tuple(steps), entries)


def _findings(
    law: Law, method: Method, worth: Decimal, whole: Decimal, borne: Mapping[str, Decimal | None]
) -> Iterator[Finding]:
    methods, named = law.value(METHODS), law.value(CHARGES)
    for key, known in ((METHODS, methods), (CHARGES, named), (ROUNDING, rounding_of(law, ROUNDING))):
        if not known:
            yield Finding("PRC-1", "values", {"what": key})
    if isinstance(methods, tuple) and methods and method.value not in methods:
        entry = law.find("values", METHODS)
        yield Finding(
            "PRC-5", "method", {"method": method.value, "known": ", ".join(methods)}, entry.act if entry else None
        )
    if not 0 <= worth <= whole:
        yield Finding("PRC-6", "processing_value", {"value": f"{worth:f}", "whole": f"{whole:f}"}, _ACT)
    if not borne:
        yield Finding("PRC-1", "products", {"what": "products"})

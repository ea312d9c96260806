# SPDX-License-Identifier: Apache-2.0
"""Authorisations that the declaration relies on, and the guarantees that secure its charges."""

from __future__ import annotations

from collections.abc import Iterator

from gumruk.law.declarations.reading import Reading
from gumruk.law.declarations.rules.head import (
    IDENTIFIER_LENGTH_MAX,
    PRICE_DIGITS,
    PRICE_SCALE,
    WCO,
    fits,
    has_rate,
    printed,
)
from gumruk.law.declarations.rules.machinery import Context, Fault, rule
from gumruk.law.kernel import Severity
from gumruk.law.lawbook import Law

KYOTO_SECURITY = "Kyoto Convention, General Annex, standard 5.1"


@rule("DEC-49", act=f"{WCO}, R144 and R145")
def authorisations_are_whole(reading: Reading, context: Context) -> Iterator[Fault]:
    """An authorisation names its holder's number and what it is for."""
    for place, holder in enumerate(reading.declaration.authorisation_holders):
        if not holder.id:
            yield f"authorisation_holders[{place}].id", {"category": (holder.category_code or "-")[:35]}
        elif not holder.category_code or not context.allows("authorisation", holder.category_code):
            yield f"authorisation_holders[{place}].category_code", {"category": (holder.category_code or "-")[:35]}


@rule("DEC-50", act="WTO Trade Facilitation Agreement, article 7.7; WCO SAFE Framework", severity=Severity.WARNING)
def trusted_parties_are_identified(reading: Reading, context: Context) -> Iterator[Fault]:
    """A party that is named as an authorised operator has its number and its role."""
    held = [("goods_shipment.", reading.shipment.aeo_parties)]
    held += [(f"{item.path}.", item.item.aeo_parties) for item in reading.items if item.item.aeo_parties]
    for prefix, parties in held:
        for place, party in enumerate(parties):
            if not party.id or not party.role_code:
                params = {"number": (party.id or "-")[:IDENTIFIER_LENGTH_MAX], "role": (party.role_code or "-")[:35]}
                yield f"{prefix}aeo_parties[{place}]", params


@rule("DEC-51", act=KYOTO_SECURITY, severity=Severity.WARNING)
def secured_procedures_have_a_guarantee(reading: Reading, context: Context) -> Iterator[Fault]:
    """A procedure whose charges are secured rather than paid names a guarantee."""
    if reading.declaration.obligation_guarantees:
        return
    secured = context.law.made(_secured)
    for procedure in dict.fromkeys(item.procedure for item in reading.items):
        if procedure in secured:
            yield "obligation_guarantees", {"procedure": procedure or "-"}


def _secured(law: Law) -> frozenset[str]:
    return frozenset(
        code for code, entry in law.table("procedures").items() if entry.fields.get("collect") == "secured"
    )


@rule("DEC-52", act=f"{WCO}, 100 and D014")
def guarantees_are_referenced(reading: Reading, context: Context) -> Iterator[Fault]:
    """A guarantee has a number to be found by: its own or a reference."""
    for place, guarantee in enumerate(reading.declaration.obligation_guarantees):
        if not guarantee.id and not guarantee.reference_id:
            yield f"obligation_guarantees[{place}].reference_id", {}


@rule("DEC-53", act=f"{WCO}, 492; Kyoto Convention, General Annex, chapter 5")
def guarantees_have_an_amount(reading: Reading, context: Context) -> Iterator[Fault]:
    """A guarantee's amount, where it is stated, is above zero, in a currency that has a rate on the day."""
    for place, guarantee in enumerate(reading.declaration.obligation_guarantees):
        amount = guarantee.amount
        if amount is None:
            continue
        held = amount.value > 0 and fits(amount.value, PRICE_DIGITS, PRICE_SCALE)
        if not held or not has_rate(context, amount.currency):
            yield f"obligation_guarantees[{place}].amount", {"amount": printed(amount)[:60]}


@rule("DEC-54", act=f"{WCO}, 101")
def guarantees_are_of_a_known_kind(reading: Reading, context: Context) -> Iterator[Fault]:
    """The kind of a guarantee is one of the country's list; none is named twice."""
    seen: set[str] = set()
    for place, guarantee in enumerate(reading.declaration.obligation_guarantees):
        kind, number = guarantee.security_details_code, guarantee.reference_id or guarantee.id
        if kind is not None and not context.allows("guarantee", kind):
            yield f"obligation_guarantees[{place}].security_details_code", {"kind": kind[:35], "number": "-"}
        if number:
            if number in seen:
                yield (
                    f"obligation_guarantees[{place}].reference_id",
                    {"kind": (kind or "-")[:35], "number": number[:35]},
                )
            seen.add(number)

# SPDX-License-Identifier: Apache-2.0
"""By what a shipment is known again under another reference: its papers and its mass."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256

from gumruk.law.declarations.reading import Reading, document_codes
from gumruk.law.declarations.rules.answers import LODGED_AGAIN, answer_at, answers_of
from gumruk.law.declarations.rules.invoices import INVOICE_CODES
from gumruk.law.kernel import Finding, Severity

TRANSPORT_CODES = ("703", "704", "705", "714", "720", "730", "740", "741", "750", "760", "952", "955")
"""Documents of carriage: UN/EDIFACT 1001, Kyoto Convention, General Annex, standard 3.16."""

_KYOTO = "Kyoto Convention, General Annex, standards 3.11 and 3.16"


def shipment_keys(reading: Reading) -> tuple[str, str]:
    """What a shipment is known by: its invoices, and its documents of carriage, each with items and gross mass.

    All numbers of a kind together, without spaces and case, in any order. A key is empty where the kind has no paper,
    or an item has no mass: such a shipment is not known again.
    """
    masses = [item.gross_mass_kg for item in reading.items]
    known = [mass for mass in masses if mass is not None]
    if not known or len(known) < len(masses):
        return "", ""
    size = f"{len(masses)} {sum(known, Decimal(0)):.6f}"
    invoices = {_plain(invoice.id) for invoice in reading.shipment.invoices if invoice.id}
    carriage = set()
    for _, document in reading.placed_documents:
        codes = document_codes((document,))
        if document.id and not codes.isdisjoint(INVOICE_CODES):
            invoices.add(_plain(document.id))
        elif document.id and not codes.isdisjoint(TRANSPORT_CODES):
            carriage.add(_plain(document.id))
    return _key("invoices", size, invoices), _key("carriage", size, carriage)


def _key(kind: str, size: str, numbers: set[str]) -> str:
    told = "\n".join((kind, size, *sorted(numbers)))
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest() if numbers else ""


def lodged_again(reading: Reading, number: str) -> Finding:
    """The warning that the same shipment stands under another number; answered with a reason like those of rules."""
    answer = answer_at(answers_of(reading), "", LODGED_AGAIN)
    params = {"number": number, "items": str(len(reading.items))}
    return Finding(LODGED_AGAIN, "functional_reference_id", params, _KYOTO, Severity.WARNING, answer=answer)


def _plain(number: str) -> str:
    return "".join(sign for sign in number if sign.isprintable() and not sign.isspace()).upper()

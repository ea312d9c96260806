# SPDX-License-Identifier: Apache-2.0
"""By what a shipment is known again, whoever lodges it under which reference: its papers and its mass."""

from __future__ import annotations

from decimal import Decimal

from gumruk.law.declarations.reading import Reading, document_codes
from gumruk.law.declarations.rules.answers import LODGED_AGAIN, answer_at, answers_of
from gumruk.law.declarations.rules.invoices import INVOICE_CODES
from gumruk.law.kernel import Finding, Severity

TRANSPORT_CODES = ("703", "704", "705", "714", "720", "730", "740", "741", "750", "760", "952", "955")
"""Documents of carriage: UN/EDIFACT 1001, Kyoto Convention, General Annex, standard 3.16."""

PAPERS_MAX, SIZE_LENGTH_MAX = 100, 60
_KYOTO = "Kyoto Convention, General Annex, standards 3.11 and 3.16"


def shipment_papers(reading: Reading) -> tuple[str, ...]:
    """The numbers of the shipment's invoices and transport documents, each with its kind, without spaces and case."""
    papers = [f"invoice {_plain(invoice.id)}" for invoice in reading.shipment.invoices if invoice.id]
    for _, document in reading.placed_documents:
        codes = document_codes((document,))
        if document.id and not codes.isdisjoint(INVOICE_CODES):
            papers.append(f"invoice {_plain(document.id)}")
        elif document.id and not codes.isdisjoint(TRANSPORT_CODES):
            papers.append(f"transport {_plain(document.id)}")
    return tuple(dict.fromkeys(papers))[:PAPERS_MAX]


def shipment_size(reading: Reading) -> str:
    """How many items there are and their gross mass in kilograms, as one text; empty where an item has no mass."""
    masses = [item.gross_mass_kg for item in reading.items]
    known = [mass for mass in masses if mass is not None]
    if not known or len(known) < len(masses):
        return ""
    return f"{len(masses)} {sum(known, Decimal(0)):.6f}"[:SIZE_LENGTH_MAX]


def lodged_again(reading: Reading, number: str) -> Finding:
    """The warning that the same shipment stands under another number; answered with a reason like those of rules."""
    answer = answer_at(answers_of(reading), "", LODGED_AGAIN)
    params = {"number": number, "items": str(len(reading.items))}
    return Finding(LODGED_AGAIN, "functional_reference_id", params, _KYOTO, Severity.WARNING, answer=answer)


def _plain(number: str) -> str:
    return "".join(sign for sign in number if sign.isprintable() and not sign.isspace()).upper()

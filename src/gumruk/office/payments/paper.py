# SPDX-License-Identifier: Apache-2.0
"""The receipt as a paper: its content once and for all, its words in the language of whoever prints it."""

from __future__ import annotations

from uuid import UUID

from gumruk import texts
from gumruk.law.kernel import Money
from gumruk.office.accounts.queries import names_of
from gumruk.office.documents.papers import Named, ReceiptPaper, Signature
from gumruk.office.lawbook.labels import act_shown, label
from gumruk.office.lawbook.queries import running_law
from gumruk.office.payments.ledger import exact
from gumruk.office.payments.models import Receipt, ReceiptVoid
from gumruk.office.traders.queries import trader_names


def receipt_paper(receipt: Receipt) -> ReceiptPaper:
    """The content of a receipt, without names: what its digest covers."""
    return ReceiptPaper(
        number=receipt.number,
        office=Named(receipt.office_id),
        issued_at=receipt.at,
        signature=Signature(receipt.actor),
        payer=Named(receipt.payer_id) if receipt.payer_id else None,
        amount=Money(exact(receipt.amount), receipt.currency),
        holder=receipt.holder,
        reference=receipt.reference,
        value_date=receipt.value_date,
        remark=receipt.remark,
    )


def receipt_paper_named(receipt: Receipt, void: ReceiptVoid | None, language: str) -> ReceiptPaper:
    """The same receipt with the names of its office, payer, cashier and act in a language, ready for the press."""
    plain = receipt_paper(receipt)
    names = trader_names([receipt.payer_id]) if receipt.payer_id else {}
    return ReceiptPaper(
        number=plain.number,
        office=Named(receipt.office_id, label("offices", receipt.office_id, language)),
        issued_at=plain.issued_at,
        signature=Signature(
            cashier_name(receipt.actor, language), texts.say(language, "ui.role.cashier"), receipt_acts(language)
        ),
        payer=Named(receipt.payer_id, names.get(receipt.payer_id, "")) if receipt.payer_id else None,
        amount=plain.amount,
        holder=plain.holder,
        reference=plain.reference,
        value_date=plain.value_date,
        remark=plain.remark,
        void_reason=void.reason if void else "",
    )


def cashier_name(actor: str, language: str) -> str:
    """The name behind an actor's id; the role where the person is not known any more."""
    return names_of([UUID(actor)]).get(UUID(actor), texts.say(language, "ui.role.cashier"))


def receipt_acts(language: str) -> tuple[str, ...]:
    """The act under which receipts are given, by its title."""
    rows = running_law().entries_of("values")
    acts = [row.act for row in rows if row.key == "receipt.pattern" and row.act]
    return tuple(act_shown(act, language).title for act in dict.fromkeys(acts))

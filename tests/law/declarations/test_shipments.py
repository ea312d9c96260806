# SPDX-License-Identifier: Apache-2.0
"""By what a shipment is known again: its papers of one kind together with its items and mass."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.law.declarations.cases import GOOD, measure, with_shipment

from gumruk.law.declarations import read_declaration
from gumruk.law.declarations.model import AdditionalDocument, Declaration, Invoice
from gumruk.law.declarations.shipments import shipment_keys


def keys(declaration: Declaration) -> tuple[str, str]:
    return shipment_keys(read_declaration(declaration))


def papers(*papers: tuple[str, str]) -> Declaration:
    documents = tuple(AdditionalDocument(type_code=code, id=number) for code, number in papers)
    return replace(GOOD, additional_documents=documents)


def test_it_knows_papers_in_any_order_and_writing() -> None:
    one = keys(papers(("380", "INV 1"), ("380", "inv-2"), ("730", "CMR 7")))
    assert keys(papers(("730", "cmr7"), ("380", "INV-2"), ("380", "inv1"))) == one
    assert all(one) and one[0] != one[1]


def test_it_tells_kinds_numbers_and_masses_apart() -> None:
    invoices, carriage = keys(papers(("380", "1"), ("730", "2")))
    assert keys(papers(("380", "2"), ("730", "1"))) not in ((invoices, carriage), (carriage, invoices))
    assert keys(papers(("380", "1"))) == (invoices, "")
    assert keys(papers(("730", "2"))) == ("", carriage)
    assert keys(papers()) == ("", "")
    heavier = measure(gross_mass=GOOD.total_gross_mass and replace(GOOD.total_gross_mass, value=Decimal(121)))
    assert keys(replace(heavier, additional_documents=papers(("380", "1")).additional_documents))[0] != invoices


def test_an_invoice_counts_wherever_it_stands_and_goods_without_mass_are_never_known() -> None:
    listed = replace(with_shipment(invoices=(Invoice(id="1"),)), additional_documents=())
    assert keys(listed) == keys(papers(("380", "1")))
    assert keys(measure(gross_mass=None)) == ("", "")

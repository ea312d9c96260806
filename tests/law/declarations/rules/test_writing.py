# SPDX-License-Identifier: Apache-2.0
"""Look-alike letters and unseen signs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.law.declarations.cases import GOOD, findings, places, with_commodity, with_shipment

from gumruk.law.declarations.model import AdditionalDocument, Invoice, Party


def test_it_asks_dec_100_numbers_are_of_one_alphabet() -> None:
    def numbered(number: str) -> list[str]:
        return places("DEC-100", replace(GOOD, additional_documents=(AdditionalDocument(type_code="380", id=number),)))

    # A whole word in Cyrillic is no disguise: a Tajik or Russian number is written so.
    for good in ("INV-1", "А123ВС 77", "ЕАЭС N RU Д-DE.НВ26.В.12345/20", "№ 5-Қ"):
        assert numbered(good) == [], good
    for wrong in ("IN\u0412-1", "\u0421SQU3054383", "AB\u041e123"):
        assert numbered(wrong) == ["additional_documents[0].id"], wrong
    assert places("DEC-100", with_shipment(invoices=(Invoice(id="A\u0412"),))) == ["goods_shipment.invoices[0].id"]


def test_it_tells_which_letter_is_the_disguised_one() -> None:
    wrong = replace(GOOD, additional_documents=(AdditionalDocument(type_code="380", id="IN\u0412-1"),))
    (told,) = [one for one in findings(wrong) if one.code == "DEC-100"]
    assert told.params["letters"] == "\u0412 (U+0412)"
    assert told.params["latin"] == "INB-1"


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\u202e", "\u200b", "\u2066", "\ufeff", "\u00ad"])
def test_it_asks_dec_201_texts_have_no_unseen_signs(sign: str) -> None:
    assert places("DEC-201", with_commodity(description="Телефонҳои мобилӣ\n128 GB\u00a0")) == []
    assert places("DEC-201", with_commodity(description=f"Smart{sign}phones")) == ["items[0].commodity.description"]
    assert places("DEC-201", replace(GOOD, exporter=Party(name=f"Kash{sign}gar"))) == ["exporter.name"]


def test_it_leaves_the_joiners_that_persian_needs() -> None:
    assert places("DEC-201", replace(GOOD, exporter=Party(name="می\u200cخواهم"))) == []

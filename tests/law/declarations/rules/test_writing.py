# SPDX-License-Identifier: Apache-2.0
"""Look-alike letters and unseen signs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.law.declarations.cases import GOOD, findings, places, with_commodity, with_consignment, with_shipment

from gumruk.law.declarations.model import AdditionalDocument, Invoice, Party, TransportMeans
from gumruk.law.kernel import Severity


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


def test_it_looks_at_every_means_of_transport_and_its_trailers() -> None:
    means = TransportMeans(id="A\u0422123", trailer_ids=("B 1", "T\u0410 5"))
    at = "goods_shipment.consignment"
    for declaration, path in (
        (replace(GOOD, border_transport_means=means), "border_transport_means"),
        (with_consignment(arrival_transport_means=means), f"{at}.arrival_transport_means"),
        (with_consignment(departure_transport_means=means), f"{at}.departure_transport_means"),
    ):
        assert places("DEC-100", declaration) == [f"{path}.id", f"{path}.trailer_ids[1]"]


def test_it_takes_a_letter_among_the_digits_of_a_party_for_a_disguise() -> None:
    wrong = replace(GOOD, exporter=Party(id="\u041e20012345", name="Kashgar Textile"))
    (told,) = [one for one in findings(wrong) if one.code == "DEC-100"]
    assert (told.path, told.params["letters"], told.params["latin"]) == ("exporter.id", "\u041e (U+041E)", "020012345")
    assert places("DEC-100", replace(GOOD, exporter=Party(id="ЯЦ-12", name="Kashgar Textile"))) == []


def test_it_asks_dec_207_the_reference_is_of_one_alphabet() -> None:
    def referred(reference: str) -> list[str]:
        return places("DEC-207", replace(GOOD, functional_reference_id=reference))

    for good in ("ATR-1", "ДТ-1", "\u0410-1", "Реф-TR 1"):
        assert referred(good) == [], good
    for wrong in ("\u0410TR-1", "\u0410-TR 1"):
        assert referred(wrong) == ["functional_reference_id"], wrong
    (told,) = [one for one in findings(replace(GOOD, functional_reference_id="\u0410TR-1")) if one.code == "DEC-207"]
    assert (told.severity, told.params["latin"]) == (Severity.ERROR, "ATR-1")


def test_it_asks_dec_208_letters_that_could_be_latin_are_told() -> None:
    """A plate in Cyrillic is legitimate, and looks the same in Latin: told, nothing asked."""

    def driven(number: str) -> list[str]:
        return places("DEC-208", replace(GOOD, border_transport_means=TransportMeans(id=number)))

    for good in ("0101AA01", "01 ҶД 123", "A\u0422123"):
        assert driven(good) == [], good
    for told in ("\u042548215", "01 \u0410\u0410 123", "RU \u0421-CN"):
        assert driven(told) == ["border_transport_means.id"], told
    (one,) = [one for one in findings(replace(GOOD, functional_reference_id="\u0410-1")) if one.code == "DEC-208"]
    assert (one.path, one.severity) == ("functional_reference_id", Severity.INFORMATION)


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\u202e", "\u200b", "\u2066", "\ufeff", "\u00ad"])
def test_it_asks_dec_201_texts_have_no_unseen_signs(sign: str) -> None:
    assert places("DEC-201", with_commodity(description="Телефонҳои мобилӣ\n128 GB\u00a0")) == []
    assert places("DEC-201", with_commodity(description=f"Smart{sign}phones")) == ["items[0].commodity.description"]
    assert places("DEC-201", replace(GOOD, exporter=Party(name=f"Kash{sign}gar"))) == ["exporter.name"]


def test_it_leaves_the_joiners_that_persian_needs() -> None:
    assert places("DEC-201", replace(GOOD, exporter=Party(name="می\u200cخواهم"))) == []

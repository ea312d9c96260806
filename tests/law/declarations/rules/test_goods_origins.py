# SPDX-License-Identifier: Apache-2.0
"""Origins, preferences and procedures of goods."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.law.declarations.cases import GOOD, ITEM, coded, with_item, with_items, with_shipment
from tests.law.declarations.rules.goods import asked, procedure, under

from gumruk.law.declarations.model import (
    AdditionalDocument,
    AuthorisationHolder,
    Declaration,
    DutyTaxFee,
    Origin,
    PreviousDocument,
    Warehouse,
)
from gumruk.law.lawbook import Entry

FEES = "items[0].commodity.duty_tax_fees"
PROCEDURES = "items[0].government_procedures"
PREVIOUS = "items[0].previous_documents"
EXCLUDING = Entry("preferences", "CIS", {"countries": ("RU", "KZ"), "proof": ("861",), "excluded": ("8517",)})
TWO_PROCEDURES = (Entry("procedures", "51", {"flow": "import"}), Entry("procedures", "71", {"flow": "import"}))


def preferential(*documents: str, exported: str = "RU", kind: str | None = "2", origin: str = "RU") -> Declaration:
    """Goods with the preference CIS."""
    assert ITEM.commodity is not None
    item = replace(
        ITEM,
        commodity=replace(ITEM.commodity, duty_tax_fees=(DutyTaxFee(duty_regime_code="CIS"),)),
        origins=(Origin(country_code=origin, type_code=kind),),
        export_country_id=exported,
        additional_documents=tuple(AdditionalDocument(type_code=code, id="1") for code in documents),
    )
    return with_items(item)


def origins(*given: tuple[str | None, str | None], **changes: Any) -> Declaration:
    return with_item(origins=tuple(Origin(country_code=c, type_code=kind) for c, kind in given), **changes)


def test_it_asks_dec_142_goods_come_from_their_origin() -> None:
    assert asked("DEC-142", GOOD) == []
    assert asked("DEC-142", with_item(export_country_id="RU")) == ["items[0].origins"]
    assert asked("DEC-142", with_item(export_country_id="ZZ")) == []  # DEC-10 tells
    assert asked("DEC-142", replace(with_item(export_country_id="RU"), type_code="EXA")) == []


def test_it_asks_dec_143_preference_has_its_proof() -> None:
    assert asked("DEC-143", GOOD) == []
    assert asked("DEC-143", preferential("861")) == []
    assert asked("DEC-143", preferential("N861")) == []  # category and type together
    assert asked("DEC-143", preferential("380")) == ["items[0].additional_documents"]
    assert asked("DEC-143", preferential(origin="CN")) == []  # DEC-27 tells


def test_it_asks_dec_144_preference_covers_the_goods() -> None:
    assert asked("DEC-144", preferential("861")) == []
    assert asked("DEC-144", preferential("861"), EXCLUDING) == [FEES]


def test_it_asks_dec_145_preference_rests_on_a_preferential_origin() -> None:
    for kind in ("2", None):
        assert asked("DEC-145", preferential("861", kind=kind)) == []
    assert asked("DEC-145", preferential("861", kind="1")) == ["items[0].origins[0].type_code"]


def test_it_asks_dec_146_preferential_origin_is_used() -> None:
    assert asked("DEC-146", preferential("861")) == []
    assert asked("DEC-146", origins(("CN", "1"))) == []
    assert asked("DEC-146", origins(("RU", "2"))) == ["items[0].origins[0].type_code"]


def test_it_asks_dec_147_kinds_of_origin_are_known() -> None:
    kinds = coded("origin_type", "1", "2")
    assert asked("DEC-147", origins(("CN", "1")), *kinds) == []
    assert asked("DEC-147", origins(("CN", "9"))) == []
    assert asked("DEC-147", origins(("CN", "9")), *kinds) == ["items[0].origins[0].type_code"]


def test_it_asks_dec_148_origin_is_one_country() -> None:
    groups = coded("origin_group", "EU", "00")
    assert asked("DEC-148", GOOD, *groups) == []
    for group in ("EU", "00"):
        assert asked("DEC-148", origins((group, None)), *groups) == ["items[0].origins[0].country_code"]


def test_it_asks_dec_149_goods_have_one_origin() -> None:
    assert asked("DEC-149", origins(("CN", "1"), ("CN", "2"))) == []
    assert asked("DEC-149", origins(("CN", "1"), ("RU", "2"))) == []
    assert asked("DEC-149", origins(("CN", "1"), ("RU", "1"))) == ["items[0].origins[1]"]


def test_it_asks_dec_150_preferential_goods_come_directly() -> None:
    assert asked("DEC-150", preferential("861")) == []
    assert asked("DEC-150", preferential("861", exported="CN")) == ["items[0].origins"]
    assert asked("DEC-150", with_item(export_country_id="RU")) == []  # no preference


def test_it_asks_dec_151_origin_fits_the_direction() -> None:
    exported = replace(GOOD, type_code="EXA")
    assert asked("DEC-151", GOOD) == []
    assert asked("DEC-151", origins(("TJ", None))) == ["items[0].origins"]
    assert asked("DEC-151", exported) == ["items[0].origins"]
    assert asked("DEC-151", replace(origins(("TJ", None)), type_code="EXA")) == []


def test_it_asks_dec_152_procedures_follow_one_another() -> None:
    allowed = (*coded("procedure_pair", "40.00", "40.51"), *TWO_PROCEDURES)
    assert asked("DEC-152", procedure("40", "71")) == []
    for previous, found in (("00", []), ("51", []), (None, []), ("99", []), ("71", [f"{PROCEDURES}[0]"])):
        assert asked("DEC-152", procedure("40", previous), *allowed) == found
    assert asked("DEC-152", procedure("99"), *allowed) == []  # DEC-22 tells


def test_it_asks_dec_153_previous_procedure_has_its_document() -> None:
    entry = PreviousDocument(type_code="830", id="TJ-KUL/011126/000001", line_numeric=1)
    for previous in (None, "", "00"):
        assert asked("DEC-153", procedure("40", previous)) == []
    assert asked("DEC-153", procedure("40", "51")) == [PREVIOUS]
    assert asked("DEC-153", with_items(replace(under("40", "51"), previous_documents=(entry,)))) == []
    assert asked("DEC-153", with_shipment(items=(under("40", "51"),), previous_documents=(entry,))) == []


def test_it_asks_dec_154_previous_procedure_is_known() -> None:
    for previous in (None, "00", "51"):
        assert asked("DEC-154", procedure("40", previous), *TWO_PROCEDURES) == []
    assert asked("DEC-154", procedure("40", "99"), *TWO_PROCEDURES) == [f"{PROCEDURES}[0].previous_code"]


def test_it_asks_dec_155_items_are_under_one_procedure() -> None:
    same, other = replace(under("40"), sequence_numeric=2), replace(under("51"), sequence_numeric=2)
    assert asked("DEC-155", with_items(ITEM, same)) == []
    assert asked("DEC-155", with_items(ITEM, other)) == ["items[1].government_procedures[0]"]


def test_it_asks_dec_156_additional_procedures_are_known() -> None:
    known = (*coded("additional_procedure", "C07"), Entry("reliefs", "MED", {"charges": ("import_duty",)}))
    assert asked("DEC-156", procedure("40", "00", "C07", "MED", "000"), *known) == []
    assert asked("DEC-156", procedure("40", "00", "ZZZ")) == []
    assert asked("DEC-156", procedure("40", "00", "C07", "ZZZ"), *known) == [f"{PROCEDURES}[2].current_code"]


def test_it_asks_dec_157_additional_procedures_go_together() -> None:
    apart = coded("additional_procedure_apart", "C07.C08")
    assert asked("DEC-157", procedure("40", "00", "C07", "MED"), *apart) == []
    assert asked("DEC-157", procedure("40", "00", "C07", "C08"), *apart) == [f"{PROCEDURES}[2].current_code"]
    assert asked("DEC-157", procedure("40", "00", "C08", "C07"), *apart) == [f"{PROCEDURES}[1].current_code"]


def test_it_asks_dec_158_additional_procedures_are_named_once() -> None:
    assert asked("DEC-158", procedure("40", "00", "C07", "C08")) == []
    assert asked("DEC-158", procedure("40", "00", "C07", "C07")) == [f"{PROCEDURES}[2].current_code"]


def test_it_asks_dec_159_additional_procedures_have_documents() -> None:
    papers = coded("additional_procedure_document", "MED.911", "MED.890")
    licence = AdditionalDocument(type_code="911", id="1")
    assert asked("DEC-159", GOOD, *papers) == []
    assert asked("DEC-159", procedure("40", "00", "MED")) == []
    assert asked("DEC-159", procedure("40", "00", "MED"), *papers) == [f"{PROCEDURES}[1].current_code"]
    shown = with_items(replace(under("40", "00", "MED"), additional_documents=(licence,)))
    assert asked("DEC-159", shown, *papers) == []


def test_it_asks_dec_160_procedure_has_its_authorisation() -> None:
    authorised = coded("authorised_procedure", "51")
    assert asked("DEC-160", GOOD, *authorised) == []
    assert asked("DEC-160", procedure("51")) == []
    assert asked("DEC-160", procedure("51"), *authorised) == ["authorisation_holders"]
    held = replace(procedure("51"), authorisation_holders=(AuthorisationHolder(id="1", category_code="IPO"),))
    assert asked("DEC-160", held, *authorised) == []


def test_it_asks_dec_161_procedure_names_what_it_goes_back_to() -> None:
    kinds = coded("procedure_previous_document", "60.830")
    back = replace(under("60"), previous_documents=(PreviousDocument(type_code="830", id="1"),))
    other = replace(under("60"), previous_documents=(PreviousDocument(type_code="952", id="1"),))
    assert asked("DEC-161", GOOD, *kinds) == []
    assert asked("DEC-161", with_items(back), *kinds) == []
    assert asked("DEC-161", procedure("60")) == []
    for item in (under("60"), other):
        assert asked("DEC-161", with_items(item), *kinds) == [PREVIOUS]


def test_it_asks_dec_162_warehousing_names_its_warehouse() -> None:
    stored = coded("warehouse_procedure", "70")
    assert asked("DEC-162", GOOD, *stored) == []
    assert asked("DEC-162", procedure("70"), *stored) == ["goods_shipment.warehouse.id"]
    assert asked("DEC-162", with_shipment(items=(under("70"),), warehouse=Warehouse(id="W1")), *stored) == []

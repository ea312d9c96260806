# SPDX-License-Identifier: Apache-2.0
"""The UK's tariff API: a commodity flattened and as JSON:API gives the same measures."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.wire.tariffs.tariff_files import FIRST, LATER, content_of, put

from gumruk.law.tariff.duties import printed_duty
from gumruk.law.tariff.measures import GoodsNomenclature, Measure, MeasureKind, MeasureType, Tariff
from gumruk.wire import WireError
from gumruk.wire.tariffs import What, law_records
from gumruk.wire.tariffs.folder import TariffFolder

COMPONENT = {"duty_expression_id": "01", "duty_amount": 8.0, "monetary_unit_code": None, "measurement_unit_code": None}
FLOOR = {"duty_expression_id": "15", "duty_amount": 1.25, "monetary_unit_code": "GBP", "measurement_unit_code": "DTN"}
CONDITIONS = [
    {"condition_code": "Q", "document_code": "U088", "action": "Apply the mentioned duty"},
    {"condition_code": "Q", "document_code": "", "action": "Measure  not applicable"},
]


def measure(number: str, kind: str, area: str, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "import": True,
        "effective_start_date": "2021-01-01T00:00:00.000Z",
        "effective_end_date": None,
        "measure_type": {"id": kind, "measure_type_series_id": "C", "description": "A duty"},
        "geographical_area": {"id": area, "description": area, "children_geographical_areas": []},
        "legal_acts": [{"regulation_code": "C0001/21"}],
        "measure_components": [],
        "measure_conditions": [],
        "excluded_countries": [],
        "footnotes": [],
        "order_number": None,
        **more,
    }


GROUP = {"id": "1006", "description": "Canada", "children_geographical_areas": [{"id": "CA", "description": "Canada"}]}
COMMODITY: dict[str, Any] = {
    "goods_nomenclature_item_id": "0809100000",
    "producline_suffix": "80",
    "number_indents": 1,
    "description": "Apricots",
    "chapter": {"goods_nomenclature_item_id": "0800000000", "description": "Fruit"},
    "heading": {"goods_nomenclature_item_id": "0809000000", "description": "Apricots, cherries"},
    "ancestors": [],
    "import_measures": [
        measure("20", "103", "1011", measure_components=[COMPONENT, FLOOR], excluded_countries=[{"id": "AD"}]),
        measure(
            "21",
            "142",
            "1006",
            geographical_area=GROUP,
            measure_conditions=CONDITIONS,
            additional_code={"code": "2600"},
            order_number={"number": "050922"},
            footnotes=[{"code": "CD727"}],
        ),
    ],
    "export_measures": [measure("22", "357", "1011", **{"import": False})],
}


def held(folder: Path) -> Tariff:
    return Tariff.of(law_records(TariffFolder.open(folder)))


def json_api(commodity: dict[str, Any]) -> dict[str, Any]:
    """The same commodity as JSON:API: every object once in `included`, named by type and id."""
    included: dict[tuple[str, str], dict[str, Any]] = {}

    def taken(kind: str, told: dict[str, Any]) -> dict[str, Any]:
        node: dict[str, Any] = {"type": kind, "id": str(told.get("id", len(included))), "attributes": {}}
        node["relationships"] = {}
        for name, value in told.items():
            if isinstance(value, dict):
                node["relationships"][name] = {"data": named(name, value)}
            elif isinstance(value, list):
                node["relationships"][name] = {"data": [named(name, each) for each in value]}
            elif name != "id":
                node["attributes"][name] = value
        return node

    def named(kind: str, told: dict[str, Any]) -> dict[str, str]:
        node = taken(kind, told)
        included[kind, node["id"]] = node
        return {"type": kind, "id": node["id"]}

    return {"data": taken("commodity", commodity), "included": list(included.values())}


def test_it_reads_a_commodity(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    put(folder, json.dumps(COMMODITY), "uk-api")
    tariff = held(folder)
    duty, preference, export = sorted(tariff.held(Measure), key=lambda measure: measure.sid)
    assert duty.duty is not None and printed_duty(duty.duty) == "8.0% MIN 1.25 GBP/DTN"
    assert (duty.sid, duty.code, duty.excluded_areas) == ("20/0809100000", "0809100000", ("AD",))
    assert (duty.starts_on, duty.regulation) == (date(2021, 1, 1), "C0001/21")
    assert [(row.certificate, row.action) for row in preference.conditions] == [("U088", "27"), ("", "07")]
    assert (preference.additional_code, preference.order_number) == ("2600", "050922")
    assert preference.footnotes == ("CD727",)
    assert tariff.areas_of("CA", date(2026, 1, 1)) == {"CA", "1006", "1011"}
    movements = {held_type.code: held_type.movement.value for held_type in tariff.held(MeasureType)}
    assert movements[export.type] == "export" and movements["103"] == "import"
    kinds = {held_type.code: held_type.kind for held_type in tariff.held(MeasureType)}
    assert kinds["142"] is MeasureKind.PREFERENCE
    assert sorted((line.code, line.indent) for line in tariff.held(GoodsNomenclature)) == [
        ("0800000000", 0),
        ("0809000000", 0),
        ("0809100000", 1),
    ]


def test_it_reads_both_forms_the_same(tmp_path: Path) -> None:
    flat, linked = tmp_path / "flat", tmp_path / "linked"
    put(flat, json.dumps(COMMODITY), "uk-api")
    put(linked, json.dumps(json_api(COMMODITY)), "uk-api")
    for kind in TariffFolder.open(flat).kinds:
        assert list(TariffFolder.open(flat).versions(kind)) == list(TariffFolder.open(linked).versions(kind))


def test_it_comes_to_an_end_with_objects_that_name_each_other_in_a_circle(tmp_path: Path) -> None:
    linked = json_api(COMMODITY)
    circle = {"type": "heading", "id": "9", "attributes": {"goods_nomenclature_item_id": "0809000000"}}
    circle["relationships"] = {"chapter": {"data": {"type": "heading", "id": "9"}}}  # type: ignore[assignment]
    linked["included"].append(circle)
    linked["data"]["relationships"]["heading"] = {"data": {"type": "heading", "id": "9"}}
    put(tmp_path / "tariff", json.dumps(linked), "uk-api")
    assert len(list(held(tmp_path / "tariff").held(Measure))) == 3


def test_it_leaves_another_commodity_and_changes_nothing_twice(tmp_path: Path) -> None:
    folder = tmp_path / "tariff"
    put(folder, json.dumps(COMMODITY), "uk-api")
    other = {**COMMODITY, "goods_nomenclature_item_id": "0809210000"}
    report = put(folder, json.dumps(other), "uk-api", known=LATER)
    assert {what for what, _ in report.counts} == {What.ADDED}
    assert len(list(held(folder).held(Measure))) == 6
    before = content_of(folder)
    assert put(folder, json.dumps(other), "uk-api", known=LATER).count == 0
    assert content_of(folder) == before


def test_it_tells_an_action_whose_words_are_not_known(tmp_path: Path) -> None:
    changed = json.dumps(COMMODITY).replace("Apply the mentioned duty", "Ask the harbour master")
    report = put(tmp_path / "tariff", changed, "uk-api")
    assert [(found.code, found.params["text"]) for found in report.warnings] == [
        ("TARIFF-20", "Ask the harbour master")
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (json.dumps(COMMODITY)[:900], "WIRE-08"),
        (json.dumps(COMMODITY).replace(",", ";", 1), "WIRE-17"),
        (json.dumps([COMMODITY]), "TARIFF-01"),
        (json.dumps({"errors": []}), "TARIFF-01"),
        (json.dumps(COMMODITY).replace("0809100000", "08091", 1), "TARIFF-03"),
        (json.dumps(COMMODITY).replace('"id": "20"', '"id": null'), "TARIFF-02"),
        ("[" * 100_000, "TARIFF-22"),
        ("<html/>", "TARIFF-01"),
        (b"{\xff}", "WIRE-05"),
    ],
)
def test_it_refuses_what_is_no_commodity(tmp_path: Path, content: str | bytes, code: str) -> None:
    folder = tmp_path / "tariff"
    put(folder, json.dumps(COMMODITY), "uk-api", known=FIRST)
    before = content_of(folder)
    with pytest.raises(WireError) as error:
        put(folder, content, "uk-api", known=LATER)
    assert error.value.findings[0].code == code
    assert content_of(folder) == before

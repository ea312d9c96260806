# SPDX-License-Identifier: Apache-2.0
"""Where goods come from and go to."""

from __future__ import annotations

from dataclasses import replace

from tests.law.declarations.cases import GOOD, coded, law, places, with_item, with_shipment


def test_it_asks_dec_85_the_direction_fits_the_countries() -> None:
    assert places("DEC-85", GOOD) == []
    assert places("DEC-85", with_shipment(export_country_id="TJ")) == ["goods_shipment.export_country_id"]
    assert places("DEC-85", with_item(export_country_id="TJ")) == ["items[0].export_country_id"]
    assert places("DEC-85", replace(GOOD, type_code="EXA")) == ["goods_shipment.destination_country_code"]


def test_it_asks_dec_86_pairs_of_countries_can_be() -> None:
    path = ["goods_shipment.destination_country_code"]
    assert places("DEC-86", GOOD) == places("DEC-86", GOOD, law(*coded("impossible_route", "RU-TJ"))) == []
    assert places("DEC-86", GOOD, law(*coded("impossible_route", "CN-TJ"))) == path
    assert places("DEC-86", with_shipment(destination_country_code="CN")) == path


def test_it_asks_dec_202_the_other_end_is_the_country() -> None:
    assert places("DEC-202", GOOD) == []
    assert places("DEC-202", with_shipment(destination_country_code="RU")) == [
        "goods_shipment.destination_country_code"
    ]
    assert places("DEC-202", replace(GOOD, type_code="EXA")) == ["goods_shipment.export_country_id"]

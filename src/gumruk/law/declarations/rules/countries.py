# SPDX-License-Identifier: Apache-2.0
"""Countries of dispatch and destination, and pairs of them that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from gumruk.law.declarations.reading import Reading
from gumruk.law.declarations.rules.head import WCO
from gumruk.law.declarations.rules.machinery import Context, Fault, rule
from gumruk.law.kernel import Severity


def _routes(reading: Reading) -> Iterator[tuple[str, str | None, str | None]]:
    """Where the goods come from and go to: path, country of export, country of destination."""
    shipment = reading.shipment
    yield "goods_shipment", shipment.export_country_id, shipment.destination_country_code
    for item in reading.items:
        exported, destined = item.item.export_country_id, item.item.destination_country_code
        if exported or destined:
            yield item.path, exported or shipment.export_country_id, destined or shipment.destination_country_code


@rule("DEC-85", act=f"{WCO}, 062 and 465")
def the_direction_fits_the_countries(reading: Reading, context: Context) -> Iterator[Fault]:
    """An import does not come from the country itself, an export does not go to it."""
    for path, exported, destined in _routes(reading):
        if reading.direction == "IM" and exported == context.country:
            yield f"{path}.export_country_id", {"country": context.country, "type": reading.direction}
        if reading.direction == "EX" and destined == context.country:
            yield f"{path}.destination_country_code", {"country": context.country, "type": reading.direction}


@rule("DEC-86", act=f"{WCO}, 062 and 465", severity=Severity.WARNING)
def pairs_of_countries_can_be(reading: Reading, context: Context) -> Iterator[Fault]:
    """Goods do not go between countries that the law's list says they cannot go between (`impossible_route`)."""
    impossible = context.codes("impossible_route")
    for path, exported, destined in _routes(reading):
        same = exported is not None and exported == destined and exported != context.country
        if same or f"{exported}-{destined}" in impossible:
            yield f"{path}.destination_country_code", {"from": (exported or "-")[:35], "to": (destined or "-")[:35]}


@rule("DEC-202", act=f"{WCO}, 465", severity=Severity.WARNING)
def the_other_end_is_the_country(reading: Reading, context: Context) -> Iterator[Fault]:
    """An import is destined for the country, an export comes from it: else it is a transit."""
    for path, exported, destined in _routes(reading):
        if reading.direction == "IM" and destined is not None and destined != context.country:
            yield f"{path}.destination_country_code", {"country": destined[:35], "type": reading.direction}
        if reading.direction == "EX" and exported is not None and exported != context.country:
            yield f"{path}.export_country_id", {"country": exported[:35], "type": reading.direction}

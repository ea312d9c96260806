# SPDX-License-Identifier: Apache-2.0
"""How the goods travel: means of transport, containers, seals, places and routes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gumruk.law.declarations.model import TransportEquipment, TransportMeans
from gumruk.law.declarations.reading import Reading
from gumruk.law.declarations.rules.head import IDENTIFIER_LENGTH_MAX, WCO
from gumruk.law.declarations.rules.machinery import Context, Fault, rule
from gumruk.law.kernel import Severity

ROAD, RAIL, AIR, POST, FIXED = "3", "2", "4", "5", "7"
"""Modes of transport by the first digit: UNECE Recommendation 19; national lists lengthen it (`31`)."""

_CONTAINER = re.compile(r"[A-Z]{4}[0-9]{7}")
# ISO 6346: the letters' values leave out the multiples of eleven.
_VALUES = {
    **{str(digit): digit for digit in range(10)},
    **dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (n for n in range(10, 39) if n % 11), strict=True)),
}
_MODES_OF_OFFICE = {"road": ROAD, "rail": RAIL, "air": AIR}


def mode_of(means: TransportMeans | None) -> str:
    """How something travels, by the digit that all lists share; empty where it is not said."""
    return (means.mode_code or "")[:1] if means is not None else ""


def transport_means(reading: Reading) -> Iterator[tuple[str, TransportMeans]]:
    """What the goods travel on at the border, on arrival and on departure, with their paths."""
    if reading.declaration.border_transport_means is not None:
        yield "border_transport_means", reading.declaration.border_transport_means
    consignment = reading.shipment.consignment
    if consignment is not None:
        if consignment.arrival_transport_means is not None:
            yield "goods_shipment.consignment.arrival_transport_means", consignment.arrival_transport_means
        if consignment.departure_transport_means is not None:
            yield "goods_shipment.consignment.departure_transport_means", consignment.departure_transport_means


def equipments(reading: Reading) -> Iterator[tuple[str, TransportEquipment]]:
    """The containers that the shipment lists, with their paths."""
    for path, consignment in (
        ("consignment", reading.declaration.consignment),
        ("goods_shipment.consignment", reading.shipment.consignment),
    ):
        for place, equipment in enumerate(consignment.transport_equipments if consignment else ()):
            yield f"{path}.transport_equipments[{place}]", equipment


@rule("DEC-68", act=f"{WCO}, T022, T020 and T021; UNECE Recommendation 19")
def modes_are_known(reading: Reading, context: Context) -> Iterator[Fault]:
    """A mode of transport is one of the list: 1 water, 2 rail, 3 road, 4 air, 5 post and so on."""
    for path, means in transport_means(reading):
        if means.mode_code and not context.allows("transport_mode", means.mode_code):
            yield f"{path}.mode_code", {"mode": means.mode_code[:35]}


@rule("DEC-69", act=f"{WCO}, T014; ISO 3166")
def nationality_of_means_is_known(reading: Reading, context: Context) -> Iterator[Fault]:
    """The nationality of a means of transport, where it is stated, is an ISO 3166 code."""
    for path, means in transport_means(reading):
        nation = means.registration_nationality_code
        if nation and nation not in context.lists.countries:
            yield f"{path}.registration_nationality_code", {"country": nation[:35]}


@rule("DEC-70", act=f"{WCO}, T006 and T014", severity=Severity.WARNING)
def means_at_the_border_are_identified(reading: Reading, context: Context) -> Iterator[Fault]:
    """What carries goods over the border is identified, a lorry with its nationality; post and pipelines are not."""
    means = reading.declaration.border_transport_means
    mode = mode_of(means)
    if means is None or mode in ("", POST, FIXED):
        return
    if not means.id and not means.name:
        yield "border_transport_means.id", {"mode": means.mode_code or "-"}
    elif mode == ROAD and not means.registration_nationality_code:
        yield "border_transport_means.registration_nationality_code", {"mode": means.mode_code or "-"}


@rule("DEC-71", act=f"{WCO}, 096 and 159")
def containers_are_flagged_and_listed(reading: Reading, context: Context) -> Iterator[Fault]:
    """Goods that are said to be in containers (1) list them; goods that are not (0) list none."""
    consignment = reading.shipment.consignment
    flag = consignment.container_code if consignment else None
    listed = sum(1 for _ in equipments(reading)) + sum(
        len(item.item.commodity.transport_equipments) for item in reading.items if item.item.commodity
    )
    if (flag == "1" and not listed) or (flag == "0" and listed):
        yield "goods_shipment.consignment.container_code", {"code": flag, "listed": str(listed)}


@rule("DEC-72", act="ISO 6346", severity=Severity.WARNING)
def container_numbers_check(reading: Reading, context: Context) -> Iterator[Fault]:
    """A container's number is four letters and seven digits, the last of which checks the others."""
    for path, equipment in equipments(reading):
        number = _container(equipment.id)
        if number and not is_container_number(number):
            yield f"{path}.id", {"number": number[:35]}


def _container(number: str | None) -> str:
    """A container's number as it is compared: spaces and hyphens are no part of it."""
    return (number or "").replace(" ", "").replace("-", "").upper()


def is_container_number(number: str) -> bool:
    """Whether a number is one of ISO 6346 and its check digit holds."""
    if not _CONTAINER.fullmatch(number):
        return False
    total = sum(_VALUES[sign] << place for place, sign in enumerate(number[:10]))
    return total % 11 % 10 == _VALUES[number[10]]


@rule("DEC-73", act=f"{WCO}, 165", severity=Severity.WARNING)
def seals_are_named_once(reading: Reading, context: Context) -> Iterator[Fault]:
    """A seal has a number, and that number is on one container once."""
    seen: set[str] = set()
    for path, equipment in equipments(reading):
        for place, seal in enumerate(equipment.seals):
            if not seal.id or seal.id in seen:
                yield f"{path}.seals[{place}].id", {"number": (seal.id or "-")[:35]}
            seen.add(seal.id or "")


@rule("DEC-74", act=f"{WCO}, 159")
def containers_are_named_once(reading: Reading, context: Context) -> Iterator[Fault]:
    """A container is listed once, and has a number."""
    seen: set[str] = set()
    for path, equipment in equipments(reading):
        number = _container(equipment.id)
        if not number or number in seen:
            yield f"{path}.id", {"number": (equipment.id or "-")[:35]}
        seen.add(number)


@rule("DEC-75", act=f"{WCO}, 159")
def containers_of_items_are_listed(reading: Reading, context: Context) -> Iterator[Fault]:
    """A container that a goods item names is one that the shipment lists, where the shipment lists any."""
    listed = {_container(equipment.id) for _, equipment in equipments(reading)}
    if not listed:
        return
    for item in reading.items:
        for place, equipment in enumerate(item.item.commodity.transport_equipments if item.item.commodity else ()):
            if equipment.id and _container(equipment.id) not in listed:
                yield f"{item.path}.commodity.transport_equipments[{place}].id", {"number": equipment.id[:35]}


@rule("DEC-76", act=f"{WCO}, T006", severity=Severity.WARNING)
def trailers_are_not_the_lorry(reading: Reading, context: Context) -> Iterator[Fault]:
    """A trailer's number is another than its lorry's, and is named once; only what goes by road has trailers."""
    for path, means in transport_means(reading):
        counted = Counter(means.trailer_ids)
        for place, number in enumerate(means.trailer_ids):
            twice = counted[number] > 1 and means.trailer_ids.index(number) < place
            if twice or number == means.id or mode_of(means) not in ("", ROAD):
                yield f"{path}.trailer_ids[{place}]", {"number": number[:IDENTIFIER_LENGTH_MAX] or "-"}


@rule("DEC-77", act=f"{WCO}, 065 and T022", severity=Severity.WARNING)
def mode_fits_the_post(reading: Reading, context: Context) -> Iterator[Fault]:
    """What crosses at a road post goes by road, at a railway post by rail, at an airport by air."""
    means = reading.declaration.border_transport_means
    crossed = reading.declaration.entry_office_id or reading.declaration.exit_office_id or reading.office
    entry = context.law.find("offices", crossed or "")
    expected = _MODES_OF_OFFICE.get(str(entry.fields.get("kind"))) if entry else None
    if means is not None and expected and mode_of(means) not in ("", expected, POST):
        yield "border_transport_means.mode_code", {"mode": (means.mode_code or "-")[:35], "office": crossed or "-"}


@rule("DEC-78", act=f"{WCO}, 064; ISO 3166")
def routes_go_through_known_countries(reading: Reading, context: Context) -> Iterator[Fault]:
    """Each country of the route is an ISO 3166 code."""
    for path, consignment in (
        ("consignment", reading.declaration.consignment),
        ("goods_shipment.consignment", reading.shipment.consignment),
    ):
        for place, itinerary in enumerate(consignment.itineraries if consignment else ()):
            if itinerary.routing_country_code not in context.lists.countries:
                shown = (itinerary.routing_country_code or "-")[:35]
                yield f"{path}.itineraries[{place}].routing_country_code", {"country": shown}

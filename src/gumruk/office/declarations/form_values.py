# SPDX-License-Identifier: Apache-2.0
"""What was declared, as a box of a form prints it: each thing by its kind, in the language of the paper."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from gumruk import texts
from gumruk.law.declarations.model import (
    AdditionalDocument,
    AdditionalInformation,
    Address,
    Amount,
    GoodsLocation,
    Invoice,
    Measure,
    Moment,
    Packaging,
    Party,
    PreviousDocument,
    TradeTerms,
    TransportEquipment,
    TransportMeans,
    Vehicle,
)
from gumruk.law.declarations.reading import document_code
from gumruk.office.lawbook.labels import unit_name
from gumruk.texts import formats

_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_NOT_PRINTED = ("extensions", "sequence_numeric")


def fields_of(held: object, names: tuple[str, ...]) -> Iterator[Any]:
    """Every value that a path leads to, in order; nothing where something on the way was not declared."""
    if isinstance(held, tuple):
        for each in held:
            yield from fields_of(each, names)
    elif held is not None and not names:
        yield held
    elif held is not None:
        yield from fields_of(getattr(held, names[0]), names[1:])


def shown(language: str, value: Any) -> str:
    """A value as the form prints it: parties with their address below, amounts with their currency."""
    special = _KINDS.get(type(value))
    if special is not None:
        return special(language, value)
    if isinstance(value, (int, Decimal)):
        return number(language, Decimal(value))
    if dataclasses.is_dataclass(value):
        parts = [getattr(value, field.name) for field in dataclasses.fields(value) if field.name not in _NOT_PRINTED]
        return _joined(language, *parts)
    return str(value).replace("\r", "").strip()


def number(language: str, value: Decimal) -> str:
    """A number without zeros at its end."""
    return formats.number(language, Decimal(f"{value.normalize():f}"))


def day(language: str, moment: Moment) -> str:
    """The day of a moment; what is no day is printed as it was declared."""
    found = _DAY.match(moment.text)
    try:
        return formats.day(language, date(*map(int, found.groups()))) if found else moment.text
    except ValueError:
        return moment.text


def _joined(language: str, *values: Any, by: str = " ") -> str:
    """All that is there, each as the form prints it."""
    words = []
    for value in values:
        if isinstance(value, tuple):
            words.append("; ".join(filter(None, (shown(language, each) for each in value))))
        elif value is not None:
            words.append(shown(language, value))
    return by.join(word for word in words if word)


def _amount(language: str, amount: Amount) -> str:
    return formats.money(language, amount.value, amount.currency or "")


def _measure(language: str, measure: Measure) -> str:
    if measure.unit is None:
        return number(language, measure.value)
    return f"{number(language, measure.value)} {unit_name(measure.unit, language)}"


def _address(language: str, address: Address) -> str:
    city = _joined(language, address.postcode_id, address.city_name)
    region = address.country_sub_division_name or address.country_sub_division_code
    return _joined(language, address.line, city, region, address.country_code, by=", ")


def _party(language: str, party: Party) -> str:
    number_of = f"№ {party.id}" if party.id else ""
    contacts = _joined(language, party.contact_name, tuple(each.id or "" for each in party.communications), by=", ")
    return _joined(language, party.name, party.address, party.identity_document, contacts, number_of, by="\n")


def _document(language: str, document: AdditionalDocument) -> str:
    dated = _dated(language, document.issue)
    return _joined(language, document_code(document), document.id, document.name, dated, document.write_off)


def _previous(language: str, document: PreviousDocument) -> str:
    code = f"{document.category_code or ''}{document.type_code or ''}"
    line = f"/{document.line_numeric}" if document.line_numeric is not None else ""
    packages = _joined(language, document.package_quantity, document.package_type_code)
    return _joined(
        language,
        code,
        f"{document.id or ''}{line}",
        _dated(language, document.issue),
        packages,
        document.gross_mass,
        document.write_off,
    )


def _dated(language: str, moment: Moment | None) -> str:
    return texts.say(language, "document.form.dated", day=day(language, moment)) if moment else ""


def _invoice(language: str, invoice: Invoice) -> str:
    return _joined(language, invoice.id, _dated(language, invoice.issue), invoice.amount)


def _packaging(language: str, packaging: Packaging) -> str:
    count = _joined(language, packaging.quantity, packaging.type_code)
    return _joined(language, count, packaging.marks_numbers_id, by=", ")


def _equipment(language: str, equipment: TransportEquipment) -> str:
    seals = tuple(seal.id or "" for seal in equipment.seals)
    return _joined(language, equipment.id, equipment.characteristic_code, seals)


def _means(language: str, means: TransportMeans) -> str:
    nationality = f"({means.registration_nationality_code})" if means.registration_nationality_code else ""
    return _joined(language, _joined(language, means.id, *means.trailer_ids, by=" / "), means.name, nationality)


def _terms(language: str, terms: TradeTerms) -> str:
    return _joined(language, terms.condition_code, terms.location_name or terms.location_id, terms.description)


def _location(language: str, location: GoodsLocation) -> str:
    return _joined(language, location.id, location.name, by=", ")


def _information(language: str, information: AdditionalInformation) -> str:
    return _joined(language, information.statement_code, information.statement_description)


def _vehicle(language: str, vehicle: Vehicle) -> str:
    year = str(vehicle.manufacture_year) if vehicle.manufacture_year is not None else None
    named = _joined(language, vehicle.make_name, vehicle.model_name, year)
    marks = (("VIN", vehicle.id), ("№", vehicle.chassis_id), ("№", vehicle.body_id), ("№", vehicle.engine_id))
    numbers = tuple(f"{mark} {text}" for mark, text in marks if text)
    return _joined(language, named, *numbers, vehicle.engine_capacity, vehicle.engine_power, by=", ")


_KINDS: dict[type, Callable[[str, Any], str]] = {
    Amount: _amount,
    Measure: _measure,
    Moment: day,
    Address: _address,
    Party: _party,
    AdditionalDocument: _document,
    PreviousDocument: _previous,
    Invoice: _invoice,
    Packaging: _packaging,
    TransportEquipment: _equipment,
    TransportMeans: _means,
    TradeTerms: _terms,
    GoodsLocation: _location,
    AdditionalInformation: _information,
    Vehicle: _vehicle,
}

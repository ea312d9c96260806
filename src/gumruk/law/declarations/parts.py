# SPDX-License-Identifier: Apache-2.0
"""The small classes that the declaration is made of: amounts, parties, documents, means of transport.

Frozen, after the WCO Data Model's classes and names, as in `model`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Extension:
    """What a message carries and the model does not name: the wire format's own name, its content, and its place.

    `position` is how many of the object's elements came before it, so that it returns to the same place. A name such
    as `TypeCode/@listID` is an attribute of the element at that place, `SequenceNumeric/text()` its text where the
    sender wrote a number in another way than we do (`01`).
    """

    format: str
    name: str
    content: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as declared; the currency (ISO 4217) may be missing."""

    value: Decimal
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured quantity as declared; the unit (Rec 20) may be missing: masses are then kilograms."""

    value: Decimal
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A date and time as declared, with the code of its format (304: with time and zone, 102: date)."""

    text: str
    format_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Address (04A)."""

    city_name: str | None = None
    country_code: str | None = None
    country_sub_division_code: str | None = None
    country_sub_division_name: str | None = None
    line: str | None = None
    postcode_id: str | None = None
    type_code: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Communication:
    """A way to reach a party (25A): the number or address, and its kind (TE telephone, FX fax, EM e-mail)."""

    id: str | None = None
    type_code: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyIdentification:
    """A further identifier of a party and the register it is from (tax, statistics, state register ...)."""

    id: str | None = None
    identification_type_code: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityDocument:
    """The paper that a natural person is identified by: kind, series, number, day and issuer."""

    type_code: str | None = None
    series_id: str | None = None
    id: str | None = None
    issue: Moment | None = None
    issuer_name: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A party in one of its roles: declarant (57B), exporter (57A), importer (74A), agent (05A), carrier (18A) ...

    `function_code` of an agent says how he represents: 2 directly (in the principal's name), 3 indirectly (in his own).
    """

    name: str | None = None
    id: str | None = None
    function_code: str | None = None
    role_code: str | None = None
    address: Address | None = None
    contact_name: str | None = None
    communications: tuple[Communication, ...] = ()
    further_ids: tuple[PartyIdentification, ...] = ()
    identity_document: IdentityDocument | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisationHolder:
    """Authorisation holder (17C)."""

    id: str | None = None
    category_code: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """Pointer (97A) to a place in a declaration, by WCO class and element ID."""

    sequence_numeric: int | None = None
    document_section_code: str | None = None
    tag_id: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionalInformation:
    """A statement (03A)."""

    statement_code: str | None = None
    statement_description: str | None = None
    statement_type_code: str | None = None
    pointers: tuple[Pointer, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A change asked for (06A)."""

    change_reason_code: str | None = None
    pointers: tuple[Pointer, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOff:
    """What is written off a document (22C)."""

    quantity: Measure | None = None
    amount: Amount | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionalDocument:
    """A document, certificate or permit (02A)."""

    category_code: str | None = None
    type_code: str | None = None
    id: str | None = None
    name: str | None = None
    lpco_exemption_code: str | None = None
    effective: Moment | None = None
    issue: Moment | None = None
    expiration: Moment | None = None
    issuer_name: str | None = None
    submitter: Party | None = None
    write_off: WriteOff | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviousDocument:
    """A previous document (99A), and what of its goods this declaration writes off: packages, mass, quantity."""

    category_code: str | None = None
    type_code: str | None = None
    id: str | None = None
    line_numeric: int | None = None
    issue: Moment | None = None
    package_quantity: Decimal | None = None
    package_type_code: str | None = None
    gross_mass: Measure | None = None
    write_off: WriteOff | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportMeans:
    """A means of transport (at the border 15A, on arrival 10A, on departure 46A)."""

    name: str | None = None
    id: str | None = None
    identification_type_code: str | None = None
    type_code: str | None = None
    mode_code: str | None = None
    registration_nationality_code: str | None = None
    trailer_ids: tuple[str, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A seal (44B)."""

    sequence_numeric: int | None = None
    id: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportEquipment:
    """A container or other equipment (31B)."""

    sequence_numeric: int | None = None
    id: str | None = None
    characteristic_code: str | None = None
    fullness_code: str | None = None
    seals: tuple[Seal, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsLocation:
    """Where the goods may be examined (64A)."""

    name: str | None = None
    id: str | None = None
    type_code: str | None = None
    address: Address | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Itinerary:
    """A country of routing (81A)."""

    sequence_numeric: int | None = None
    routing_country_code: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Authentication:
    """Who signs the declaration (61B): the person (12A), in what capacity, by what authority, and when.

    `capacity_code` says what the signatory is to the declarant: 1 the declarant himself, 2 an employee, 3 a customs
    broker (never required), 4 another representative.
    """

    authentication: str | None = None
    capacity_code: str | None = None
    signed: Moment | None = None
    authenticator: Party | None = None
    authority: AdditionalDocument | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """A vehicle declared as goods: identification number (VIN), chassis, body, engine, make, year, capacity, power."""

    id: str | None = None
    chassis_id: str | None = None
    body_id: str | None = None
    engine_id: str | None = None
    make_name: str | None = None
    model_name: str | None = None
    manufacture_year: int | None = None
    engine_capacity: Measure | None = None
    engine_power: Measure | None = None
    extensions: tuple[Extension, ...] = ()

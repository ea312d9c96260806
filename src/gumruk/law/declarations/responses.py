# SPDX-License-Identifier: Apache-2.0
"""What an office answers to a declaration: the WCO Data Model's class Response (07B), frozen, as `model` is.

One answer says one thing (`function_code`): accepted, registered, rejected, controlled, taxed, released ... and names
the declaration by its reference, number and version. Amounts stand by item, errors point to their place.
"""

from __future__ import annotations

from dataclasses import dataclass

from gumruk.law.declarations.model import Declaration, DutyTaxFee
from gumruk.law.declarations.parts import Amendment, Amount, Communication, Extension, Moment, Pointer


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement of the office (03A): code, words, the day until which something is to be done, and its place."""

    statement_code: str | None = None
    statement_description: str | None = None
    limit: Moment | None = None
    statement_type_code: str | None = None
    pointers: tuple[Pointer, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactOffice:
    """An office that answers questions (35A), and how it is reached."""

    id: str | None = None
    communications: tuple[Communication, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseError:
    """An error (53A): its code, its words, and the chain of pointers to the place that it speaks of."""

    description: str | None = None
    validation_code: str | None = None
    pointers: tuple[Pointer, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A status (12B): its code, since when, when the goods were released, and the place that it speaks of."""

    effective: Moment | None = None
    name_code: str | None = None
    release: Moment | None = None
    pointers: tuple[Pointer, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """A payment that is due or was made (94A), for the declaration as a whole."""

    reference_id: str | None = None
    tax_assessed_amount: Amount | None = None
    due: Moment | None = None
    payment_amount: Amount | None = None
    guarantee_reference_ids: tuple[str, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredItem:
    """A goods item (68A) with the duties, taxes and fees that the office found due on it."""

    sequence_numeric: int | None = None
    duty_tax_fees: tuple[DutyTaxFee, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredDeclaration:
    """The declaration that is answered (42A): its reference, number, version and moments; what is due on it."""

    acceptance: Moment | None = None
    cancellation: Moment | None = None
    functional_reference_id: str | None = None
    id: str | None = None
    rejection: Moment | None = None
    version_id: str | None = None
    payments: tuple[Payment, ...] = ()
    items: tuple[AnsweredItem, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """Response (07B). `corrected` holds the new values where customs corrected the declaration."""

    function_code: str | None = None
    functional_reference_id: str | None = None
    issue: Moment | None = None
    additional_informations: tuple[Statement, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    appeal_office_id: str | None = None
    bank_reference_id: str | None = None
    bank_account_id: str | None = None
    contact_offices: tuple[ContactOffice, ...] = ()
    errors: tuple[ResponseError, ...] = ()
    statuses: tuple[Status, ...] = ()
    declaration: AnsweredDeclaration | None = None
    corrected: Declaration | None = None
    extensions: tuple[Extension, ...] = ()

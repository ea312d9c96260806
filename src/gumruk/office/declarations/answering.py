# SPDX-License-Identifier: Apache-2.0
"""How a file stands, as a Response of the WCO Data Model (07B): what a trader's program reads beside our JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from uuid import uuid5

from django.conf import settings

from gumruk import texts, wire
from gumruk.law.declarations import State
from gumruk.law.declarations.model import Amount, Declaration, DutyTaxFee, Extension, Moment
from gumruk.law.declarations.pointers import pointers_of
from gumruk.law.declarations.responses import (
    AnsweredDeclaration,
    AnsweredItem,
    Payment,
    Response,
    ResponseError,
    Statement,
    Status,
)
from gumruk.law.kernel import Finding, Severity
from gumruk.office.assessment.queries import Charge, charges_of
from gumruk.office.audit.queries import event_list
from gumruk.office.declarations.models import File
from gumruk.office.declarations.queries import charge_names, declared, finding_of, version_of
from gumruk.office.declarations.words import finding_shown

#: What the answer is, by the file's state. 1 accepted, 2 registered, 3 rejected, 8 released, 10 invalidated as HMRC's
#: published answers have them; 27 not accepted, of UN/EDIFACT 1225, for a release that was refused.
FUNCTIONS = MappingProxyType(
    {
        State.REGISTRATION_REFUSED: "03",
        State.PREREGISTERED: "02",
        State.ACCEPTED: "01",
        State.RELEASED: "08",
        State.CONDITIONALLY_RELEASED: "08",
        State.RELEASE_REFUSED: "27",
        State.WITHDRAWN: "10",
        State.INVALIDATED: "10",
    }
)
DESCRIPTION_LENGTH_MAX = 512
_PERCENT = re.compile(r"(\d+(?:\.\d+)?) ?%").fullmatch


def response_of(file: File, blockers: Sequence[Finding], *, language: str, at: datetime) -> Response:
    """The answer of this moment: state, errors with their places, what still stands against release, tax lines.

    The same answer has the same reference, whenever it is asked for.
    """
    against = " ".join(f"{found.code} {found.path}" for found in blockers)
    declaration = declared(file)
    findings = [finding_of(plain) for plain in version_of(file).answer["findings"]]
    refused = file.standing is State.REGISTRATION_REFUSED
    errors = [found for found in findings if refused and found.severity is Severity.ERROR]
    told = [found for found in findings if found.severity is not Severity.ERROR]
    names = charge_names(file)
    return Response(
        function_code=FUNCTIONS[file.standing],
        functional_reference_id=uuid5(file.id, f"{file.state} {file.version} {file.assessment} {against}").hex,
        issue=_moment(at),
        additional_informations=tuple(_statement(one, declaration, language, names) for one in (*told, *blockers)),
        errors=tuple(_error(one, declaration, language) for one in errors),
        statuses=(
            Status(
                effective=_moment(_since(file)),
                release=_moment(file.released_at) if file.released_at else None,
            ),
        ),
        declaration=_answered(file, declaration),
        extensions=tuple(_envelope()),
    )


def _envelope() -> Iterator[Extension]:
    """Whose answer it is: the country's, by its own edition of the Data Model."""
    told = {
        "WCODataModelVersionCode": "3.6",
        "WCOTypeName": "RES",
        "ResponsibleCountryCode": settings.GUMRUK_COUNTRY.upper()[:2],
    }
    for position, (name, content) in enumerate(told.items()):
        yield Extension(wire.WCO, f"MetaData/{name}", content, position)


def _moment(at: datetime) -> Moment:
    return Moment(f"{at:%Y%m%d%H%M%S}Z", "304")


def _since(file: File) -> datetime:
    """Since when the file stands as it does: the moment of its last move."""
    events = event_list(subject_kind="declaration", subject_id=file.id)
    return next((event.at for event in reversed(events) if "after" in event.details()), file.lodged_at)


def _words(finding: Finding, language: str, names: Mapping[str, str] | None = None) -> str:
    shown = finding_shown(language, finding, names)
    return texts.say(language, f"finding.{finding.code}.text", **shown.params)[:DESCRIPTION_LENGTH_MAX]


def _error(finding: Finding, declaration: Declaration, language: str) -> ResponseError:
    return ResponseError(
        description=_words(finding, language),
        validation_code=finding.code,
        pointers=pointers_of(finding.path, wire.PLACES, declaration),
    )


def _statement(finding: Finding, declaration: Declaration, language: str, names: Mapping[str, str]) -> Statement:
    return Statement(
        statement_code=finding.code,
        statement_description=_words(finding, language, names),
        pointers=pointers_of(finding.path, wire.PLACES, declaration),
    )


def _answered(file: File, declaration: Declaration) -> AnsweredDeclaration:
    refused = file.standing is State.REGISTRATION_REFUSED
    void = file.standing in (State.WITHDRAWN, State.INVALIDATED)
    charges = charges_of(file.id, file.assessment) if file.assessment else []
    whole = [charge for charge in charges if charge.item is None]
    return AnsweredDeclaration(
        acceptance=_moment(file.accepted_at) if file.accepted_at else None,
        cancellation=_moment(_since(file)) if void else None,
        functional_reference_id=file.reference or None,
        id=file.number or None,
        rejection=_moment(file.lodged_at) if refused else None,
        version_id=declaration.version_id or "1",
        payments=tuple(
            Payment(reference_id=one.code, tax_assessed_amount=_amount(one, one.computed), payment_amount=_payable(one))
            for one in whole
        ),
        items=tuple(_items(charges, declaration)),
    )


def _items(charges: Sequence[Charge], declaration: Declaration) -> Iterator[AnsweredItem]:
    items = declaration.goods_shipment.items if declaration.goods_shipment else ()
    of_item: dict[int, list[Charge]] = {}
    for charge in charges:
        if charge.item is not None:
            of_item.setdefault(charge.item, []).append(charge)
    for place, lines in of_item.items():
        number = items[place - 1].sequence_numeric if place <= len(items) else None
        yield AnsweredItem(sequence_numeric=number or place, duty_tax_fees=tuple(_line(line) for line in lines))


def _line(charge: Charge) -> DutyTaxFee:
    """One charge of the stored assessment; a rate that is no plain percentage is not told as a number."""
    percent = _PERCENT(charge.rate)
    return DutyTaxFee(
        ad_valorem_tax_base=_amount(charge, charge.base),
        deduct_amount=_amount(charge, charge.relieved) if charge.relieved else None,
        tax_rate_numeric=Decimal(percent[1]) if percent else None,
        type_code=charge.code,
        tax_assessed_amount=_amount(charge, charge.computed),
        payment_amount=_payable(charge),
    )


def _payable(charge: Charge) -> Amount | None:
    return _amount(charge, charge.payable)


def _amount(charge: Charge, value: Decimal | None) -> Amount | None:
    return None if value is None else Amount(value, charge.currency)

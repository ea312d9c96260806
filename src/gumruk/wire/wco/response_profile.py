# SPDX-License-Identifier: Apache-2.0
"""The profile of responses: WCO Data Model 3.6, class 07B, in the schema's order, as `profile` is for declarations.

Source: the published schema of HMRC's customs declarations API 3.0 (Apache-2.0), RES_2_DMS.
"""

from __future__ import annotations

from types import MappingProxyType

from gumruk.law.declarations import model, responses
from gumruk.wire.wco.profile import PROFILE
from gumruk.wire.wco.table import Row, amount, group, integer, many, moment, one, text, texts

RESPONSE = "urn:wco:datamodel:WCO:RES-DMS:2"
RESPONSE_DATA_TYPES = "urn:wco:datamodel:WCO:Response_DS:DMS:2"
CORRECTED = "od:Declaration"
"""The row's name of a declaration in the declaration's own namespace: the values that customs corrected."""

_POINTERS = many("Pointer", "97A", "pointers", model.Pointer)

_RESPONSE = (
    text("FunctionCode", "017", "function_code"),
    text("FunctionalReferenceID", "D026", "functional_reference_id"),
    moment("IssueDateTime", "D029", "issue"),
    many("AdditionalInformation", "03A", "additional_informations", responses.Statement),
    many("Amendment", "06A", "amendments", model.Amendment),
    group("AppealOffice", "07A", text("ID", "G001", "appeal_office_id")),
    group("Bank", "14A", text("ReferenceID", "R069", "bank_reference_id"), text("ID", "372", "bank_account_id")),
    many("ContactOffice", "35A", "contact_offices", responses.ContactOffice),
    many("Error", "53A", "errors", responses.ResponseError),
    many("Status", "12B", "statuses", responses.Status),
    one("Declaration", "42A", "declaration", responses.AnsweredDeclaration),
    one(CORRECTED, "42A", "corrected", model.Declaration),
)

#: The elements of every class of a response, and with them those of the declaration's classes that stand in one.
RESPONSE_PROFILE: MappingProxyType[type, tuple[Row, ...]] = MappingProxyType(
    {
        **PROFILE,
        responses.Response: _RESPONSE,
        responses.Statement: (
            text("StatementCode", "226", "statement_code"),
            text("StatementDescription", "225", "statement_description"),
            moment("LimitDateTime", "264", "limit"),
            text("StatementTypeCode", "369", "statement_type_code"),
            _POINTERS,
        ),
        responses.ContactOffice: (
            text("ID", "G002", "id"),
            many("Communication", "25A", "communications", model.Communication),
        ),
        responses.ResponseError: (
            text("Description", "488", "description"),
            text("ValidationCode", "377", "validation_code"),
            _POINTERS,
        ),
        responses.Status: (
            moment("EffectiveDateTime", "380", "effective"),
            text("NameCode", "379", "name_code"),
            moment("ReleaseDateTime", "277", "release"),
            _POINTERS,
        ),
        responses.AnsweredDeclaration: (
            moment("AcceptanceDateTime", "023", "acceptance"),
            moment("CancellationDateTime", "373", "cancellation"),
            text("FunctionalReferenceID", "D026", "functional_reference_id"),
            text("ID", "D014", "id"),
            moment("RejectionDateTime", "374", "rejection"),
            text("VersionID", "383", "version_id"),
            many("DutyTaxFee", "50A", "payments", responses.Payment),
            group(
                "GoodsShipment",
                "67A",
                many("GovernmentAgencyGoodsItem", "68A", "items", responses.AnsweredItem),
            ),
        ),
        responses.Payment: (
            group(
                "Payment",
                "94A",
                text("ReferenceID", "014", "reference_id"),
                amount("TaxAssessedAmount", "120", "tax_assessed_amount"),
                moment("DueDateTime", "376", "due"),
                amount("PaymentAmount", "378", "payment_amount"),
                texts("ObligationGuarantee", "90A", "ReferenceID", "100", "guarantee_reference_ids"),
            ),
        ),
        responses.AnsweredItem: (
            integer("SequenceNumeric", "006", "sequence_numeric"),
            group("Commodity", "23A", many("DutyTaxFee", "50A", "duty_tax_fees", model.DutyTaxFee)),
        ),
    }
)

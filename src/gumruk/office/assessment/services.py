# SPDX-License-Identifier: Apache-2.0
"""Storing what was computed, as rows for a statement that stores a whole lodgement at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from gumruk.law.assessment import Computed
from gumruk.office.audit.keys import uuid7_run

CHARGE_COLUMNS = {
    "id": "uuid",
    "subject": "uuid",
    "assessment": "smallint",
    "item": "integer",
    "code": "text",
    "name": "text",
    "base": "numeric",
    "computed": "numeric",
    "relieved": "numeric",
    "secured": "numeric",
    "payable": "numeric",
    "currency": "text",
    "rate": "text",
    "rate_on": "date",
    "act": "text",
    "status": "text",
    "budget_code": "text",
    "relief": "text",
}
"""Columns of `assessment_charge` in the order of `charge_rows`, with their types for `unnest`."""


def charge_rows(computed: Computed, *, subject: UUID, assessment: int, at: datetime) -> list[tuple[Any, ...]]:
    """The rows of one assessment, in the order of `CHARGE_COLUMNS`."""
    currency = computed.plan.currency
    keys = uuid7_run(at, len(computed.amounts))
    return [
        (
            key,
            subject,
            assessment,
            line.item,
            line.charge.code,
            line.charge.name,
            line.base,
            line.computed,
            line.relieved,
            line.secured,
            line.payable,
            currency,
            line.charge.rate,
            line.charge.rate_on,
            line.charge.act or "",
            str(line.charge.status),
            line.charge.budget_code,
            (line.charge.relief or "") if line.relieved else "",
        )
        for key, line in zip(keys, computed.amounts, strict=True)
    ]

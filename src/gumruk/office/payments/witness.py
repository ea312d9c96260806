# SPDX-License-Identifier: Apache-2.0
"""What stands in the tables of money against what the events tell: for `gumruk audit verify`."""

from __future__ import annotations

from collections.abc import Iterator

from gumruk.law.kernel import Finding
from gumruk.office.audit.witness import facts_differing

_RECEIPTS = """
SELECT coalesce(r.id::text, e.subject_id) FROM payments_receipt r
FULL JOIN (SELECT subject_id, body FROM audit_event WHERE kind = 'receipt.issued') e ON e.subject_id = r.id::text
WHERE r.id IS NULL OR e.subject_id IS NULL
    OR (r.number, r.office_id, r.currency, r.reference, r.transaction_id::text) IS DISTINCT FROM (e.body ->> 'number',
        e.body ->> 'office', e.body ->> 'currency', e.body ->> 'reference', e.body ->> 'transaction')
    OR r.amount IS DISTINCT FROM (e.body -> 'amount' ->> '$decimal')::numeric
    OR r.value_date::text IS DISTINCT FROM e.body -> 'value_date' ->> '$date'
    OR r.amount IS DISTINCT FROM (
        SELECT sum(p.amount) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
        WHERE p.transaction_id = r.transaction_id AND a.is_asset AND a.currency = r.currency
    )
"""

_VOIDS = """
SELECT coalesce(v.receipt_id::text, e.subject_id) FROM payments_receipt_void v
FULL JOIN (SELECT subject_id, body FROM audit_event WHERE kind = 'receipt.voided') e
    ON e.subject_id = v.receipt_id::text
WHERE (v.reason, v.transaction_id::text) IS DISTINCT FROM (e.body ->> 'reason', e.body ->> 'transaction')
"""

# What was set aside for a file and what became the treasury's, by charge, as posted and as told.
_CHARGES = """
SELECT DISTINCT subject_id FROM (
    SELECT e.subject_id, e.kind, c.key AS charge, sum((c.value ->> '$decimal')::numeric) AS amount
    FROM audit_event e CROSS JOIN jsonb_each(e.body -> 'charges') c
    WHERE e.subject_kind = 'declaration' AND e.kind IN ('charges.reserved', 'charges.debited') GROUP BY 1, 2, 3
) told FULL JOIN (
    SELECT t.subject_id, CASE t.kind WHEN 'debit' THEN 'charges.debited' ELSE 'charges.reserved' END AS kind,
        p.charge, sum(p.amount) AS amount
    FROM ledger_transaction t JOIN ledger_posting p ON p.transaction_id = t.id
    WHERE t.subject_kind = 'declaration' AND t.kind IN ('reservation', 'debit') AND p.amount > 0 GROUP BY 1, 2, 3
) posted USING (subject_id, kind, charge) WHERE told.amount IS DISTINCT FROM posted.amount
"""

# What was taken as a security and what was paid out of one, by charge; one subject's postings, told by its file.
_SECURITIES = """
SELECT DISTINCT held_for FROM (
    SELECT e.kind, c.key AS charge, e.body ->> 'for' AS held_for, sum((c.value ->> '$decimal')::numeric) AS amount
    FROM audit_event e CROSS JOIN jsonb_each(e.body -> 'charges') c WHERE e.kind = 'security.taken' GROUP BY 1, 2, 3
) told FULL JOIN (
    SELECT 'security.taken' AS kind, p.charge, t.subject_kind || ' ' || t.subject_id AS held_for,
        sum(p.amount) AS amount
    FROM ledger_transaction t JOIN ledger_posting p ON p.transaction_id = t.id
    WHERE t.subject_kind <> 'declaration' AND t.kind = 'security' AND p.amount > 0 GROUP BY 1, 2, 3
) posted USING (kind, charge, held_for) WHERE told.amount IS DISTINCT FROM posted.amount
UNION
SELECT DISTINCT subject_id FROM (
    SELECT e.subject_id, c.key AS charge, sum((c.value ->> '$decimal')::numeric) AS amount
    FROM audit_event e CROSS JOIN jsonb_each(e.body -> 'charges') c WHERE e.kind = 'security.used' GROUP BY 1, 2
) told FULL JOIN (
    SELECT t.subject_id, p.charge, sum(p.amount) AS amount
    FROM ledger_transaction t JOIN ledger_posting p ON p.transaction_id = t.id
    WHERE t.kind = 'security_use' AND p.amount > 0 GROUP BY 1, 2
) posted USING (subject_id, charge) WHERE told.amount IS DISTINCT FROM posted.amount
"""

_BALANCES = """
SELECT a.id FROM ledger_account a LEFT JOIN ledger_balance b ON b.account_id = a.id
LEFT JOIN (SELECT account_id, sum(amount) AS amount FROM ledger_posting GROUP BY 1) p ON p.account_id = a.id
WHERE a.balance_kept AND coalesce(b.balance, 0) <> coalesce(p.amount, 0) * CASE WHEN a.is_asset THEN 1 ELSE -1 END
"""


def payments_differing() -> Iterator[Finding]:
    """AUD-17 for receipts, postings and balances that are not what the events, and the postings, tell."""
    yield from facts_differing("receipt", "payments_receipt", _RECEIPTS)
    yield from facts_differing("receipt", "payments_receipt_void", _VOIDS)
    yield from facts_differing("declaration", "ledger_posting", _CHARGES)
    yield from facts_differing("declaration", "ledger_posting", _SECURITIES)
    yield from facts_differing("account", "ledger_balance", _BALANCES)

# SPDX-License-Identifier: Apache-2.0
"""What stands in the tables of declarations against what their events tell: for `gumruk audit verify`.

The events are proved by their chain; whoever changes a row beside them, with the triggers taken away, is found here.
"""

from __future__ import annotations

from collections.abc import Iterator

from gumruk.law.kernel import Finding
from gumruk.office.audit.witness import facts_differing

_VERSIONS = """
SELECT DISTINCT coalesce(v.file::text, e.subject_id) FROM declarations_version v
FULL JOIN (SELECT subject_id, body FROM audit_event WHERE kind = 'declaration.lodged') e
    ON e.subject_id = v.file::text AND e.body ->> 'version' = v.number::text
WHERE v.file IS NULL OR e.subject_id IS NULL OR v.content_hash <> sha256(v.content)
    OR encode(v.content_hash, 'hex') IS DISTINCT FROM e.body ->> 'content'
    OR encode(sha256(v.source), 'hex') <> e.body ->> 'message'
"""

_FILES = """
SELECT coalesce(f.id::text, e.subject_id) FROM declarations_file f
FULL JOIN (
    SELECT DISTINCT ON (subject_id) subject_id, body ->> 'after' AS after FROM audit_event
    WHERE subject_kind = 'declaration' AND body ->> 'after' IS NOT NULL ORDER BY subject_id, sequence DESC
) e ON e.subject_id = f.id::text
LEFT JOIN (
    SELECT DISTINCT subject_id, body ->> 'number' AS number FROM audit_event
    WHERE kind IN ('declaration.accept', 'declaration.preregister') AND body ->> 'number' IS NOT NULL
) numbered ON numbered.subject_id = f.id::text
WHERE f.id IS NULL OR e.after IS DISTINCT FROM f.state OR coalesce(numbered.number, '') <> f.number
"""

_DECISIONS = """
SELECT DISTINCT coalesce(d.file::text, e.subject_id) FROM declarations_decision d
FULL JOIN (
    SELECT subject_id, kind, body, coalesce(body ->> 'number', body ->> 'decision') AS number
    FROM audit_event WHERE kind IN ('declaration.decided', 'declaration.value_doubted', 'declaration.value_accepted',
        'declaration.release', 'declaration.refuse_release')
) e ON e.subject_id = d.file::text AND e.number = d.number::text
WHERE d.file IS NULL OR e.subject_id IS NULL
    OR (d.kind = 'release') <> (e.kind = 'declaration.release')
    OR (d.kind = 'release_refusal') <> (e.kind = 'declaration.refuse_release')
    OR e.kind = 'declaration.release' AND d.grounds IS DISTINCT FROM e.body ->> 'why'
    OR e.kind = 'declaration.refuse_release' AND (d.grounds, d.act) IS DISTINCT FROM
        (e.body ->> 'why', e.body ->> 'act')
    OR (d.kind = 'value_doubt') <> (e.kind = 'declaration.value_doubted')
    OR (d.kind = 'value_accepted') <> (e.kind = 'declaration.value_accepted')
    OR e.kind IN ('declaration.decided', 'declaration.value_doubted', 'declaration.value_accepted')
        AND (d.path, d.declared, d.decided, d.grounds, d.act, d.record) IS DISTINCT FROM (e.body ->> 'path',
            e.body ->> 'declared', e.body ->> 'decided', e.body ->> 'grounds', e.body ->> 'act',
            coalesce(e.body -> 'record', '{}'))
"""

_CHARGES = """
SELECT DISTINCT subject_id FROM (
    SELECT e.subject_id, c.key AS code, c.value::numeric AS amount
    FROM audit_event e CROSS JOIN jsonb_each_text(e.body -> 'payable') c
    WHERE e.kind IN ('declaration.accept', 'declaration.preregister')
) told FULL JOIN (
    SELECT subject::text AS subject_id, code, sum(payable) AS amount FROM assessment_charge
    WHERE assessment = 1 AND payable IS NOT NULL GROUP BY 1, 2
) kept USING (subject_id, code) WHERE told.amount IS DISTINCT FROM kept.amount
"""


def declarations_differing() -> Iterator[Finding]:
    """AUD-17 for each file whose state, number, version, decisions or first charges are not what its events tell."""
    for fact, statement in (
        ("declarations_version", _VERSIONS),
        ("declarations_file", _FILES),
        ("declarations_decision", _DECISIONS),
        ("assessment_charge", _CHARGES),
    ):
        yield from facts_differing("declaration", fact, statement)

# SPDX-License-Identifier: Apache-2.0
"""Facts of other areas held against the events that tell of them; the areas bring the statements."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from gumruk.law.kernel import Audience, Finding


def facts_differing(subject_kind: str, fact: str, statement: str) -> Iterator[Finding]:
    """AUD-17 for each subject that the statement gives: what stands in the table `fact` is not what its events tell."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        subjects = sorted(str(subject) for (subject,) in cursor.fetchall())
    for subject in subjects:
        params = {"subject": f"{subject_kind} {subject}", "fact": fact}
        yield Finding("AUD-17", f"subjects[{subject_kind}/{subject}]", params, audience=Audience.OFFICER)

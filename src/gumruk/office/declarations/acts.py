# SPDX-License-Identifier: Apache-2.0
"""What every act on a file is made of: the file locked, a numbered decision, an event in its history, a refusal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings

from gumruk.law.kernel import Finding
from gumruk.office.accounts.permissions import Actor
from gumruk.office.audit.keys import uuid7
from gumruk.office.audit.services import event_append
from gumruk.office.declarations.models import Decision, File
from gumruk.office.lawbook.queries import running_law
from gumruk.office.project.clock import legal_day

SUBJECT = "declaration"


class Refused(Exception):
    """What was asked for cannot be done now; `findings` name every reason."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(", ".join(f"{finding.code} {finding.path}".strip() for finding in findings))
        self.findings = tuple(findings)


def file_lock(file: File) -> None:
    """Lock a file until this transaction ends, and read anew how it stands: others may have been faster."""
    file.refresh_from_db(from_queryset=File.objects.select_for_update())


def decision_append(
    file: File,
    kind: str,
    *,
    grounds: str,
    act: str,
    by: Actor,
    at: datetime,
    path: str = "",
    declared: str = "",
    decided: str = "",
    record: Mapping[str, object] | None = None,
) -> Decision:
    """Append a numbered decision of a file: by the law of today, where and until when it can be appealed."""
    law = running_law().at(legal_day(at), training=settings.GUMRUK_TRAINING)
    days = law.value("appeal.days")
    return Decision.objects.create(
        id=uuid7(at),
        file=file.id,
        number=Decision.objects.filter(file=file.id).count() + 1,
        kind=kind,
        path=path,
        declared=declared,
        decided=decided,
        record=dict(record or {}),
        grounds=grounds,
        act=act,
        appeal_body=str(law.value("appeal.body") or ""),
        appeal_until=legal_day(at) + timedelta(days=int(str(days))) if days and kind != "release" else None,
        at=at,
        actor=by.id,
    )


def event_of_file(file: File, kind: str, body: dict[str, object], by: Actor, at: datetime) -> None:
    """Append an event to the history of a file."""
    event_append(subject_kind=SUBJECT, subject_id=file.id, kind=f"declaration.{kind}", body=body, by=by, at=at)

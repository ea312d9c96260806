# SPDX-License-Identifier: Apache-2.0
"""Importing an edition of official texts and withdrawing a wrong one: both are events of the house."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import connection, transaction
from django.db.models import Max

from gumruk.office.accounts.permissions import Actor
from gumruk.office.audit.moves import MoveLost, MoveRefused, move
from gumruk.office.audit.services import event_append
from gumruk.office.nomenclature.edition_queries import content_of, editions_all, editions_standing
from gumruk.office.nomenclature.editions import Edition
from gumruk.office.nomenclature.models import STANDS, TextEdition
from gumruk.office.nomenclature.official import NO_CHANGES, Changes, changes_between

#: One at a time imports or withdraws: numbers have no gaps, and days are worked out over what stands.
_LOCK = 0x74657874


class TextsRefused(ValueError):
    """An edition cannot be imported or withdrawn so; `reason` names the text about it, filled with `params`."""

    def __init__(self, reason: str, **params: object) -> None:
        super().__init__(reason)
        self.reason, self.params = reason, params


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import or a withdrawal did: the edition, other editions whose days it moved (as they are now), and what
    changed against the texts that held before; `new` is False for a file that is held already, which changes nothing.
    """

    edition: Edition
    moved: tuple[Edition, ...] = ()
    changes: Changes = NO_CHANGES
    new: bool = True


@transaction.atomic
def texts_import(
    *,
    rows: Sequence[tuple[str, str]],
    country: str,
    language: str,
    act: str,
    valid_from: date,
    valid_to: date | None,
    withdraw: bool = False,
    file: str,
    by: Actor,
    at: datetime,
) -> Outcome:
    """Keep codes and texts (`read_official` gives them) as a new edition beside the others.

    The same texts with the same act and days again change nothing. Raises TextsRefused where another edition that
    stands begins on the same day: it would never hold; and where more texts would go than the rows hold, as of a file
    that was cut at the end of a line: `withdraw` takes it all the same.
    """
    _lock()
    before = editions_standing(country)
    content = content_of(rows)
    digest = sha256(content).hexdigest()
    same_day = editions_all().filter(country=country, language=language, valid_from=valid_from, state=STANDS).first()
    if same_day is not None:
        if (same_day.digest, same_day.act, same_day.valid_to) == (digest, act, valid_to):
            return Outcome(_numbered(before, same_day.number), new=False)
        raise TextsRefused("same_day", number=same_day.number, act=same_day.act, day=valid_from.isoformat())
    former = next((each for each in before if each.language == language and valid_from in each.valid), None)
    changes = changes_between(former.read() if former else {}, dict(rows))
    if changes.gone > len(rows) and not withdraw:
        raise TextsRefused("cut", gone=changes.gone, told=len(rows))
    stored = TextEdition.objects.create(
        number=1 + (TextEdition.objects.aggregate(last=Max("number"))["last"] or 0),
        country=country,
        language=language,
        act=act,
        valid_from=valid_from,
        valid_to=valid_to,
        file=file,
        lines=len(rows),
        digest=digest,
        content=zlib.compress(content, 6),
        imported_by=by.id,
        imported_at=at,
    )
    after = editions_standing(country)
    moved = _moved(before, after)
    body = {
        "edition": stored.number,
        "act": act,
        "valid_from": valid_from,
        "valid_to": valid_to,
        "file": file,
        "lines": len(rows),
        "digest": digest,
        "changes": changes._asdict(),
        "moved": [{"edition": each.number, "last": each.valid.last} for each in moved],
    }
    event_append(
        subject_kind=TextEdition.SUBJECT_KIND,
        subject_id=stored.subject_id,
        kind="official_texts.imported",
        body=body,
        by=by,
        at=at,
    )
    return Outcome(_numbered(after, stored.number), moved, changes)


@transaction.atomic
def texts_withdraw(*, number: int, reason: str, by: Actor, at: datetime) -> Outcome:
    """Mark an edition as wrong: it is kept and shown nowhere as law; the one that it ended goes on.

    Raises TextsRefused: there is none, or it was withdrawn before.
    """
    _lock()
    stored = editions_all().filter(number=number).first()
    if stored is None:
        raise TextsRefused("none", number=number)
    before = editions_standing(stored.country)
    try:
        changes = {"withdrawn_by": by.id, "withdrawn_at": at, "reason": reason}
        move(stored, "withdrawn", by, at, reason, body={"edition": number}, changes=changes)
    except (MoveRefused, MoveLost):
        raise TextsRefused("withdrawn", number=number) from None
    return Outcome(_numbered(before, number), _moved(before, editions_standing(stored.country)))


def _numbered(editions: Sequence[Edition], number: int) -> Edition:
    return next(each for each in editions if each.number == number)


def _moved(before: Sequence[Edition], after: Sequence[Edition]) -> tuple[Edition, ...]:
    """The editions of both whose days are others now, as they are after."""
    days = {each.number: each.valid for each in before}
    return tuple(each for each in after if days.get(each.number, each.valid) != each.valid)


def _lock() -> None:
    """Wait for whoever imports or withdraws; until the transaction ends nobody else does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])

# SPDX-License-Identifier: Apache-2.0
"""Mail to those who follow a code: what a publication changed in the law of their goods, and from when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage

from gumruk import texts
from gumruk.law.kernel import HsCode
from gumruk.law.lawbook import LawBook
from gumruk.law.lawbook.comparison import Difference, compare
from gumruk.law.nomenclature import touching
from gumruk.office.audit.services import outbox_put
from gumruk.office.lawbook.models import Publication
from gumruk.office.lawbook.queries import book_of
from gumruk.office.lawbook.words import tables_compared
from gumruk.office.nomenclature.following import follows_of, persons_concerned
from gumruk.office.nomenclature.models import Follow
from gumruk.office.nomenclature.queries import official_on
from gumruk.office.nomenclature.tree_words import label_of
from gumruk.office.project.clock import legal_day, now
from gumruk.texts import formats

#: The topic of a message that one person is to be written to.
TOPIC = "nomenclature.law_changed"
CHANGES_TOLD_MAX = 40


def followers_notify(*, publication: int, at: datetime) -> None:
    """Put one message a person into the outbox, so that a mail that fails is tried again alone."""
    changed = _changes(publication)
    if changed is not None:
        for person in persons_concerned(*changed):
            outbox_put(TOPIC, {"publication": publication, "person": str(person)}, at=at)


def follower_write(*, publication: int, person: UUID) -> bool:
    """Write to a person what changed for the codes that he follows now; whether there was something to write."""
    changed = _changes(publication)
    held = follows_of(person)
    if changed is None or not held:
        return False
    parts = [(follow, found) for follow in held if (found := touching(changed[0], follow.code, changed[1]))]
    if not parts:
        return False
    language = held[0].language
    lines = [texts.say(language, "tree.mail.head", number=publication)]
    for follow, found in parts:
        lines += ["", *_told(follow, found, language)]
    lines += ["", texts.say(language, "tree.mail.foot", address=f"{settings.GUMRUK_PUBLIC_ADDRESS}/tree/followed")]
    codes = ", ".join(HsCode(follow.code).printed() for follow, _ in parts[:3]) + ("…" if len(parts) > 3 else "")
    subject = texts.say(language, "tree.mail.subject", codes=codes)
    EmailMessage(subject, "\n".join(lines), to=[held[0].mail]).send()
    return True


def _told(follow: Follow, found: Sequence[Difference], language: str) -> Iterator[str]:
    """One code: its name and address, then each change on a line."""
    yield f"{HsCode(follow.code).printed()} {label_of(follow.code, language, official_on(legal_day(now())))}"
    yield f"{settings.GUMRUK_PUBLIC_ADDRESS}/tree/{follow.code}"
    for table in tables_compared(found[:CHANGES_TOLD_MAX], language):
        for row in table.rows:
            entry = row.row.entry
            name = texts.say(language, f"lawbook.table.{table.table}")
            change = texts.say(language, f"lawbook.change.{row.change}")
            key = row.row.key or texts.say(language, "tree.rate.all_goods")
            yield f"- {name}, {key}: {change}. {_words(row.parts, row.row.fields, row.change)}".rstrip()
            if entry.valid.first is not None:
                yield f"  {texts.say(language, 'tree.since', day=formats.day(language, entry.valid.first))}"
            if row.row.act is not None:
                yield f"  {row.row.act.title}"
    if len(found) > CHANGES_TOLD_MAX:
        yield texts.say(language, "tree.mail.more", count=len(found) - CHANGES_TOLD_MAX)


def _words(parts: Sequence[tuple[str, str, str]], fields: Sequence[tuple[str, str]], change: str) -> str:
    """What reads differently; of a new or ended row, what it says."""
    if change == "changed":
        return "; ".join(
            f"{before or formats.NOT_COMPUTED} → {after or formats.NOT_COMPUTED}" for _, before, after in parts
        )
    return "; ".join(text for _, text in fields if text)


def _changes(publication: int) -> tuple[tuple[Difference, ...], LawBook] | None:
    """What a publication changed, and its law; None for the first one: nobody followed what was not there."""
    after = Publication.objects.get(number=publication)
    before = Publication.objects.filter(number=publication - 1).first()
    if before is None:
        return None
    book = book_of(after)
    return compare(book_of(before), book), book

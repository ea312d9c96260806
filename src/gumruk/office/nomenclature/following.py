# SPDX-License-Identifier: Apache-2.0
"""Who follows what: a person's own codes, and for the system all persons with theirs."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from gumruk.law.lawbook import LawBook
from gumruk.law.lawbook.comparison import Difference
from gumruk.law.nomenclature import touching
from gumruk.office.accounts.permissions import Actor
from gumruk.office.nomenclature.models import Follow


def follows_of(person: UUID) -> list[Follow]:
    """The codes that a person follows, in order."""
    return list(Follow.objects.filter(person=person).order_by("code"))


def followed(person: Actor, code: str) -> Follow | None:
    """How a person follows a code; None where he does not."""
    return Follow.objects.filter(person=person.id, code=code).first()


def persons_concerned(differences: tuple[Difference, ...], after: LawBook) -> list[UUID]:
    """The persons with a code whose law these differences change. The system asks."""
    concerned: dict[str, bool] = {}
    persons = []
    for person, codes in _codes_by_person(Follow.objects.order_by("person").values_list("person", "code")).items():
        for code in codes:
            if code not in concerned:
                concerned[code] = bool(touching(differences, code, after))
        if any(concerned[code] for code in codes):
            persons.append(person)
    return persons


def _codes_by_person(rows: Iterable[tuple[UUID, str]]) -> dict[UUID, list[str]]:
    held: dict[UUID, list[str]] = {}
    for person, code in rows:
        held.setdefault(person, []).append(code)
    return held

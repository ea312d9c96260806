# SPDX-License-Identifier: Apache-2.0
"""What the database holds of official texts: the editions that stand, the texts of a day, and all that ever came."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from types import MappingProxyType

from django.db.models import QuerySet

from gumruk.law.kernel import DateRange
from gumruk.office.nomenclature.editions import Edition, OfficialTexts, holding
from gumruk.office.nomenclature.models import STANDS, TextEdition
from gumruk.office.project.environment import installed_pack


def editions_all() -> QuerySet[TextEdition]:
    """Every edition that was imported, also withdrawn ones, without their texts, in the order they came."""
    return TextEdition.objects.defer("content").order_by("number")


def editions_standing(country: str | None = None) -> tuple[Edition, ...]:
    """The editions of a country (of this installation without one) that were not withdrawn, with their real days."""
    wanted = country or installed_pack().country
    return holding(edition_of(each) for each in editions_all().filter(country=wanted, state=STANDS))


def official_on(day: date) -> OfficialTexts:
    """The official texts of this installation's country that hold on a day."""
    return OfficialTexts(day, editions_standing())


def edition_of(stored: TextEdition) -> Edition:
    """A stored edition as a value; its texts are read when they are asked for."""
    return Edition(
        stored.number,
        stored.country,
        stored.language,
        stored.act,
        DateRange(stored.valid_from, stored.valid_to),
        stored.lines,
        stored.digest,
        partial(_texts_of, stored.number, stored.digest),
    )


def content_of(rows: Sequence[tuple[str, str]]) -> bytes:
    """Codes and texts as they are stored and their digest is taken of."""
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


@lru_cache(maxsize=8)
def _texts_of(number: int, _digest: str) -> Mapping[str, str]:
    stored = TextEdition.objects.values_list("content", flat=True).get(number=number)
    return MappingProxyType(dict(json.loads(zlib.decompress(bytes(stored)))))

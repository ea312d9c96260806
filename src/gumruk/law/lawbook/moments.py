# SPDX-License-Identifier: Apache-2.0
"""Legal moments: which event of a declaration fixes which kind of law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from gumruk.law.lawbook.book import Law, LawBook


class Moment(StrEnum):
    """The events that a pack may name as the legal moment of a kind of law."""

    REGISTRATION = "registration"
    ACCEPTANCE = "acceptance"
    ARRIVAL = "arrival"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Moments:
    """The legal days (the office's civil date) of a declaration's events. What has not come yet is None."""

    registration: date
    acceptance: date | None = None
    arrival: date | None = None
    release: date | None = None

    def day_of(self, moment: Moment) -> date:
        """The day of this moment; the latest day known where it has not come yet (the assessment is provisional)."""
        day: date | None = getattr(self, moment.value)
        if day is not None:
            return day
        return max(d for d in (self.registration, self.acceptance, self.arrival, self.release) if d is not None)


class Legal:
    """The law of one declaration: each kind (duty, excise, VAT, fee, exchange rate ...) read on its own moment."""

    def __init__(
        self, book: LawBook, moments: Moments, known_at: datetime | None = None, *, training: bool = False
    ) -> None:
        self.book, self.moments, self.known_at, self.training = book, moments, known_at, training
        self._laws: dict[str, Law] = {}
        # What an upper area made ready from this law (assessment's plan), so that it is looked up once a declaration.
        self.prepared: object = None

    def of(self, kind: str) -> Law:
        """The law that a kind is read from. The pack names its moment in `values` as `legal_moment.<kind>`.

        A kind whose moment is unknown is read on the day of acceptance.
        """
        law = self._laws.get(kind)
        if law is None:
            law = self._laws[kind] = self.book.at(
                self.moments.day_of(self.moment(kind)), self.known_at, training=self.training
            )
        return law

    def moment(self, kind: str) -> Moment:
        """Which moment fixes a kind of law, by the law of the registration day."""
        named = self.book.at(self.moments.registration, self.known_at, training=self.training).value(
            f"legal_moment.{kind}"
        )
        return Moment(str(named)) if named is not None else Moment.ACCEPTANCE

    @property
    def days(self) -> dict[str, date]:
        """The day on which each kind of law was read so far."""
        return {kind: law.day for kind, law in sorted(self._laws.items())}

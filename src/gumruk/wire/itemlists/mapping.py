# SPDX-License-Identifier: Apache-2.0
"""Which column is which field: guessed from the headers, changed by a person, remembered as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from gumruk.wire.errors import refusal
from gumruk.wire.itemlists.fields import FIELDS, currency_in, field_for, folded, is_known

VERSION = 1


@dataclass(frozen=True, slots=True)
class Mapping:
    """A column mapping of one kind of list, to be remembered for a declarant.

    `columns` are pairs of a header, as it stands in the list, and a field's name of `FIELDS`; headers are compared
    without regard to case, signs and Tajik letters, so columns may change their places. A column that is not named is
    not read. `currency` (ISO 4217) is that of amounts beside which no currency column stands.
    """

    columns: tuple[tuple[str, str], ...] = ()
    currency: str | None = None

    def field_of(self, header: str) -> str | None:
        """The field that a header is mapped to; None if it is not."""
        wanted = folded(header)
        return next((field for name, field in self.columns if folded(name) == wanted), None) if wanted else None

    def to_json(self) -> str:
        """The mapping as JSON, the same every time."""
        held = {"version": VERSION, "columns": [list(pair) for pair in self.columns], "currency": self.currency}
        return json.dumps(held, ensure_ascii=False, sort_keys=True)

    @staticmethod
    def from_json(text: str) -> Mapping:
        """The mapping that `to_json` wrote. Raises `WireError` (LIST-15) for anything else."""
        try:
            held = json.loads(text)
            columns = tuple((header, field) for header, field in held["columns"])
            currency = held["currency"]
        except (ValueError, KeyError, TypeError) as error:
            raise refusal("LIST-15") from error
        texts = [part for pair in columns for part in pair] + ([currency] if currency is not None else [])
        if (
            held.get("version") != VERSION
            or not all(isinstance(part, str) for part in texts)
            or not all(field in FIELDS for _, field in columns)
        ):
            raise refusal("LIST-15")
        return Mapping(columns, currency)


def guess_mapping(headers: Sequence[str]) -> Mapping:
    """The mapping that a list's headers (English, Russian, Tajik) speak for; a person looks at it before it is used.

    Each field is given to the first column that may be it: one whose header is exactly known before one that only
    holds known words. A currency named in a header ("Price, USD") becomes the mapping's.
    """
    found: dict[str, str] = {}
    exact = [header for header in headers if field_for(header) and is_known(header)]
    for header in (*exact, *headers):
        field = field_for(header)
        if field is not None and field not in found.values() and header not in found:
            found[header] = field
    columns = tuple((header, found[header]) for header in headers if header in found)
    amounts = [header for header, field in columns if field in ("price", "customs_value", "statistical_value")]
    return Mapping(tuple(dict.fromkeys(columns)), next(filter(None, map(currency_in, amounts)), None))

# SPDX-License-Identifier: Apache-2.0
"""One value, one sequence of bytes: the encoding under every hash of the audit.

The encoding is JSON (RFC 8259) in UTF-8 with everything optional taken away:

- no white space; the keys of an object sorted by code point; no key twice;
- text as it is, escaped only where JSON demands it. No Unicode normalisation: two texts that are stored
  differently must hash differently, or a change of one into the other could not be found. U+0000 and lone
  surrogates are refused, because PostgreSQL cannot store them;
- whole numbers in decimal digits; there is no fraction and no exponent;
- an exact decimal as ``{"$decimal":"12.50"}`` (trailing zeros kept, never an exponent), a day as
  ``{"$date":"2026-01-04"}``, a moment as ``{"$at":"2026-01-04T06:30:00.000000Z"}`` (UTC, microseconds);
- therefore a key that begins with ``$`` is refused, as is every other type, binary fractions first of all.

So the JSON that PostgreSQL gives back from a ``jsonb`` column has, written this way, the same bytes again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

DEPTH_MAX = 64
"""How deep lists and objects may lie in each other."""

DIGITS_MAX = 100
"""How many places a decimal may reach to the left or to the right of its point."""


HASH_BYTES = 32


class CanonicalError(ValueError):
    """The value has no canonical bytes: a type, a number, a text or a key that is not allowed."""


def canonical_bytes(value: object) -> bytes:
    """The canonical bytes of `value`; raises `CanonicalError` where there are none."""
    return canonical_text(value).encode()


def canonical_text(value: object) -> str:
    """The canonical bytes of `value` as text; raises `CanonicalError` where there are none."""
    return plain_text(plain(value))


def plain_text(value: object) -> str:
    """Canonical text of a value that is already plain (as `plain` gives it, or as JSON was read back)."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)


def plain(value: object, depth: int = 0) -> object:
    """`value` with only JSON's types in it: decimals, days and moments under their ``$`` names."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Decimal):
        return {"$decimal": _decimal(value)}
    if isinstance(value, datetime):
        return {"$at": moment_text(value)}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, UUID):
        return str(value)
    if depth >= DEPTH_MAX:
        raise CanonicalError("too_deep")
    if isinstance(value, Mapping):
        return {_key(key): plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, depth + 1) for item in value]
    raise CanonicalError(f"type {type(value).__name__}")


def value_of(value: object) -> object:
    """The opposite of `plain`: JSON's types back into decimals, days and moments."""
    if isinstance(value, dict):
        if len(value) == 1:
            name, text = next(iter(value.items()))
            if isinstance(text, str) and name.startswith("$"):
                return _tagged(name, text)
        return {key: value_of(item) for key, item in value.items()}
    if isinstance(value, list):
        return [value_of(item) for item in value]
    return value


def moment_text(moment: datetime) -> str:
    """A moment in UTC to the microsecond, ``2026-01-04T06:30:00.000000Z``; one without a zone is refused."""
    if moment.tzinfo is None:
        raise CanonicalError("moment_without_zone")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def moment_read(text: str) -> datetime:
    """The moment that `moment_text` wrote."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CanonicalError("moment") from error
    if moment.tzinfo is None or moment_text(moment) != text:
        raise CanonicalError("moment")
    return moment.astimezone(UTC)


def hash_read(value: object) -> bytes:
    """The 32 bytes of a SHA-256 hash written as 64 small hexadecimal digits, and in no other way."""
    try:
        found = bytes.fromhex(str(value))
    except ValueError as error:
        raise CanonicalError("hash") from error
    if len(found) != HASH_BYTES or found.hex() != value:
        raise CanonicalError("hash")
    return found


def id_read(value: object) -> UUID:
    """The id written as PostgreSQL and Python print it, and in no other way."""
    try:
        found = UUID(str(value))
    except ValueError as error:
        raise CanonicalError("id") from error
    if str(found) != value:
        raise CanonicalError("id")
    return found


def _tagged(name: str, text: str) -> object:
    if name == "$decimal":
        return Decimal(text)
    if name == "$date":
        return date.fromisoformat(text)
    if name == "$at":
        return moment_read(text)
    raise CanonicalError(f"key {name}")


def _text(text: str) -> str:
    if not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text):
        raise CanonicalError("lone_surrogate")
    if "\0" in text:
        raise CanonicalError("zero_character")
    return text


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise CanonicalError("key_not_text")
    if key.startswith("$"):
        raise CanonicalError(f"key {key}")
    return _text(key)


def _decimal(number: Decimal) -> str:
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        raise CanonicalError("not_a_number")
    if max(abs(exponent), abs(number.adjusted())) > DIGITS_MAX:
        raise CanonicalError("decimal_too_long")
    return format(number, "f")

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.audit import CanonicalError, canonical_bytes, canonical_text, plain, value_of

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | TEXT
    | st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30, places=6)
    | st.dates()
    | st.datetimes(timezones=st.just(UTC))
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(TEXT.filter(lambda key: not key.startswith("$")), inner, max_size=4)
    ),
    max_leaves=12,
)


def test_it_writes_the_documented_bytes() -> None:
    value = {
        "b": [1, True, None, "Душанбе ӣӯ\n"],
        "a": Decimal("12.50"),
        "day": date(2026, 1, 4),
        "at": datetime(2026, 1, 4, 11, 30, tzinfo=timezone(timedelta(hours=5))),
    }
    assert canonical_bytes(value).decode() == (
        '{"a":{"$decimal":"12.50"},"at":{"$at":"2026-01-04T06:30:00.000000Z"},'
        '"b":[1,true,null,"Душанбе ӣӯ\\n"],"day":{"$date":"2026-01-04"}}'
    )


def test_it_does_not_write_two_spellings_of_a_letter_alike() -> None:
    composed, combined = "\u04e3", "\u0438\u0304"  # both look like the Tajik letter i with macron
    assert canonical_bytes(composed) != canonical_bytes(combined)


def test_it_never_writes_an_exponent() -> None:
    assert canonical_text(Decimal("1E+3")) == '{"$decimal":"1000"}'
    assert canonical_text(Decimal("1E-7")) == '{"$decimal":"0.0000001"}'


def test_it_writes_names_of_codes_as_text() -> None:
    class Lane(StrEnum):
        GREEN = "green"

    assert canonical_text([Lane.GREEN]) == '["green"]'


@pytest.mark.parametrize(
    "value",
    [
        0.5,
        [1.0],
        b"bytes",
        {"$decimal": "1"},
        {1: "number as a key"},
        {"tuple": {2, 3}},
        "\ud800",
        {"\ud800": 1},
        "a\0b",
        Decimal("NaN"),
        Decimal("Infinity"),
        Decimal("1E+1000000"),
        datetime(2026, 1, 4, 12),  # noqa: DTZ001 - a moment without a zone is what is refused
    ],
)
def test_it_refuses_what_has_no_canonical_bytes(value: object) -> None:
    with pytest.raises(CanonicalError):
        canonical_bytes(value)


def test_it_refuses_what_is_nested_too_deep() -> None:
    value: object = 1
    for _ in range(10_000):
        value = [value]
    with pytest.raises(CanonicalError, match="too_deep"):
        canonical_bytes(value)


@given(VALUES)
def test_it_reads_back_what_it_wrote(value: object) -> None:
    text = canonical_text(value)
    back = value_of(json.loads(text))
    assert canonical_text(back) == text
    assert back == value


@given(st.dictionaries(TEXT.filter(lambda key: not key.startswith("$")), LEAVES, max_size=6))
def test_it_does_not_depend_on_the_order_of_keys(value: dict[str, object]) -> None:
    assert canonical_bytes(dict(reversed(list(value.items())))) == canonical_bytes(value)


@given(VALUES, VALUES)
def test_it_gives_different_values_different_bytes(one: object, other: object) -> None:
    same = canonical_bytes(one) == canonical_bytes(other)
    assert same == (repr(plain(one)) == repr(plain(other)) or _sorted(plain(one)) == _sorted(plain(other)))


def _sorted(value: object) -> str:
    """An encoding of its own, to compare with: type names and sorted pairs."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{key!r}:{_sorted(item)}" for key, item in sorted(value.items())) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_sorted, value)) + "]"
    return f"{type(value).__name__} {value!r}"

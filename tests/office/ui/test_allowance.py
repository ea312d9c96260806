# SPDX-License-Identifier: Apache-2.0
"""How often one address may ask: so many at once, so many a second, and nobody pays for another."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from gumruk.office.ui import allowance
from gumruk.office.ui.allowance import Allowance, address_of


def test_it_grants_so_many_at_once_and_so_many_a_second() -> None:
    held = Allowance(at_once=3, a_second=2)
    assert [held.take("a", at=0) for _ in range(4)] == [True, True, True, False]
    assert held.take("b", at=0)
    assert not held.take("a", at=0.4) and held.take("a", at=0.6)
    assert [held.take("a", at=100) for _ in range(4)] == [True, True, True, False]


def test_it_grants_no_more_when_the_clock_stands_still_or_goes_back() -> None:
    held = Allowance(at_once=1, a_second=1)
    assert held.take("a", at=10)
    assert not held.take("a", at=10) and not held.take("a", at=5)


def test_it_remembers_no_more_addresses_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowance, "ADDRESSES_MAX", 2)
    held = Allowance(at_once=1, a_second=0)
    assert all(held.take(address, at=0) for address in ("a", "b", "c"))
    assert not held.take("c", at=0), "remembered"
    assert held.take("a", at=0), "the one that had not asked for longest was forgotten"


def test_it_takes_the_word_of_a_proxy_only_where_there_is_one(settings: Any) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "1.2.3.4, 203.0.113.5"})
    assert address_of(request) == "10.0.0.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert address_of(request) == "203.0.113.5"

# SPDX-License-Identifier: Apache-2.0
"""How often one address may ask a public page: so many at once, then so many a second; counted in this process alone.

Wrong passwords are counted by the sign-in's own lock, in the database; a search costs less and is counted cheaper.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from django.conf import settings
from django.http import HttpRequest

#: So many addresses are remembered; the one that has not asked for longest is forgotten first.
ADDRESSES_MAX = 10_000


@dataclass
class Allowance:
    """`at_once` questions may come together, and `a_second` more each second."""

    at_once: float
    a_second: float
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    _turn: Lock = field(default_factory=Lock)

    def take(self, address: str, at: float | None = None) -> bool:
        """Count one question of an address at a moment in seconds (of the machine's steady clock); False: too many."""
        at = time.monotonic() if at is None else at
        with self._turn:
            left, before = self._left.pop(address, (self.at_once, at))
            left = min(self.at_once, left + max(0.0, at - before) * self.a_second)
            granted = left >= 1
            self._left[address] = (left - 1 if granted else left, at)
            if len(self._left) > ADDRESSES_MAX:
                self._left.popitem(last=False)
        return granted

    def forget(self) -> None:
        """Every address begins anew."""
        with self._turn:
            self._left.clear()


def address_of(request: HttpRequest) -> str:
    """Who asks: the address of the connection; behind a proxy (HTTPS) the one that the proxy saw."""
    seen = str(request.META.get("REMOTE_ADDR", ""))
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        return request.headers.get("X-Forwarded-For", seen).rpartition(",")[2].strip() or seen
    return seen

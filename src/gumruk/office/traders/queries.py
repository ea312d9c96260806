# SPDX-License-Identifier: Apache-2.0
"""Reading trader files."""

from __future__ import annotations

from collections.abc import Collection

from gumruk.office.traders.models import Trader


def trader_names(tins: Collection[str]) -> dict[str, str]:
    """Names by identification number; who is not registered is left out."""
    return dict(Trader.objects.filter(tin__in=set(tins)).values_list("tin", "name"))


def trader_file(tin: str) -> Trader | None:
    """The file of a trader; None where he is not registered."""
    return Trader.objects.filter(tin=tin).first()

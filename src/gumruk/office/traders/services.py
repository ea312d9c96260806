# SPDX-License-Identifier: Apache-2.0
"""Keeping trader files."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gumruk.office.accounts.permissions import Actor
from gumruk.office.audit.keys import named_key
from gumruk.office.audit.services import event_append
from gumruk.office.lawbook.labels import installed_pack
from gumruk.office.traders.models import Trader


@transaction.atomic
def trader_register(*, tin: str, name: str, address: str = "", country: str = "", by: Actor, at: datetime) -> Trader:
    """Open a trader's file; an open file is given back as it stands. `country`: else the one whose customs this is."""
    country = country or installed_pack().country
    trader, made = Trader.objects.get_or_create(
        tin=tin, defaults={"name": name, "address": address, "country": country, "registered_at": at}
    )
    if made:
        event_append(
            subject_kind="trader",
            subject_id=named_key("trader", tin),
            kind="trader.registered",
            body={"country": country},
            by=by,
            at=at,
        )
    return trader

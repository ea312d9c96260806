# SPDX-License-Identifier: Apache-2.0
"""Stories at the cashier's window. Imports of the office wait until Django is set up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest


@pytest.fixture
def books(db: Any) -> None:
    """Two traders with their files open; Sitora acts."""
    from tests.office.payments import cast

    from gumruk.office.accounts.permissions import actor_apply
    from gumruk.office.traders.services import trader_register

    actor_apply(cast.RUSTAM)
    for tin, name in ((cast.ALPHA, "Alpha Trade"), (cast.ZED, "Zed Ltd")):
        trader_register(tin=tin, name=name, by=cast.RUSTAM, at=cast.NOON)
    actor_apply(cast.SITORA)


@pytest.fixture
def pay(books: None) -> Callable[..., Any]:
    """Sitora books a payment of Alpha Trade."""
    from tests.office.payments import cast

    from gumruk.office.payments.services import payment_receive

    def pay(amount: Any, reference: str = "NBT-1", minutes: int = 0, **changes: Any) -> Any:
        given: dict[str, Any] = {
            "payer_id": cast.ALPHA,
            "amount": cast.somoni(amount) if isinstance(amount, str) else amount,
            "bank_reference": reference,
            "value_date": cast.TODAY,
            "office_id": cast.KULMA,
            "law": cast.law(),
            "by": cast.SITORA,
            "at": cast.NOON + timedelta(minutes=minutes),
        }
        return payment_receive(**{**given, **changes})

    return pay

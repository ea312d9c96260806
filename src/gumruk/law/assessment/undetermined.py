# SPDX-License-Identifier: Apache-2.0
"""Why a charge has no amount: the law is unknown, or the goods' quantity was not stated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from gumruk.law.assessment.plan import PlannedCharge
from gumruk.law.kernel import Finding
from gumruk.law.tariff import base_quantity

_QUANTITY, _CONTENT, _CHARGE = "quantity.", "content.", "charge."


def undetermined(
    item: int | None, charges: Iterable[PlannedCharge], quantities: Mapping[str, Decimal]
) -> Iterator[Finding]:
    """A finding for each charge without an amount, in the order in which they are computed.

    ASM-1: law that it needs is unknown. ASM-3: it is by the unit, and the quantity in that unit was not stated, or it
    stands on such a charge. `item` counts from 1; None: the charges fall on the whole declaration.
    """
    place = f"items[{item - 1}]" if item else ""
    waits: dict[str, tuple[str, ...]] = {}
    for charge in charges:
        told = {"charge": charge.code, "name": charge.name}
        units = _units(charge, quantities, waits)
        if units:
            waits[charge.name] = units
            yield Finding("ASM-3", place, {**told, "unit": ", ".join(units)})
        else:
            yield Finding("ASM-1", place, told)


def _units(
    charge: PlannedCharge, quantities: Mapping[str, Decimal], waits: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """The units whose quantity a charge waits for, its own or those of a charge that it is based on."""
    if charge.amount is None:
        return ()
    paths = (*charge.amount.fields, *(charge.base.fields if charge.base else ()))
    asked = dict.fromkeys(path.removeprefix(_QUANTITY) for path in paths if path.startswith((_QUANTITY, _CONTENT)))
    missing = tuple(unit for unit in asked if base_quantity(quantities, unit) is None)
    if missing:
        return missing
    return next((waits[name] for path in paths if (name := path.removeprefix(_CHARGE)) in waits), ())

# SPDX-License-Identifier: Apache-2.0
"""What others' heads say of their items, in every declaration that states both: counts, packages, invoice amounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest

from gumruk import wire
from gumruk.law.declarations import Reading, read_declaration

#: How many of each format state both, and how many of these agree.
STATED = {
    ("wco", "items"): (211, 210),
    ("wco", "packages"): (177, 168),
    ("wco", "invoice"): (17, 17),
    ("eaeu", "items"): (5, 5),
    ("eaeu", "packages"): (2, 2),
    ("eaeu", "invoice"): (5, 5),
}


def stated(reading: Reading) -> Iterator[tuple[str, object, object]]:
    """What the head says and what the items come to, where both are there."""
    head, items = reading.declaration, reading.items
    if head.goods_item_quantity is not None:
        yield "items", head.goods_item_quantity, len(items)
    packages = [package.quantity for item in items for package in item.item.packagings]
    if head.total_package_quantity is not None and packages and all(number is not None for number in packages):
        yield "packages", head.total_package_quantity, sum(packages)
    prices = [item.price for item in items]
    if head.invoice_amount and all(price and price.currency == head.invoice_amount.currency for price in prices):
        yield "invoice", head.invoice_amount.value, sum((price.value for price in prices if price), Decimal(0))


@pytest.mark.reference
def test_items_come_to_what_their_heads_say(reference_data, capsys):
    messages, counts, agreeing = reference_data / "messages", Counter(), Counter()
    apart = []
    for path in sorted([*messages.glob("wco_dm_cds/**/*.xml"), *messages.glob("eaeu/**/*.xml")]):
        try:
            message = wire.read_any(path.read_bytes())
        except wire.WireError:
            continue
        if isinstance(message, wire.ResponseMessage):
            continue
        reading = read_declaration(message.declaration)
        for name, said, found in stated(reading) if reading.items else ():
            counts[message.format, name] += 1
            agreeing[message.format, name] += said == found
            if said != found:
                place = "/".join(path.relative_to(messages).parts[-2:])
                apart.append(f"{place}: {name}: the head says {said}, the items {found}; {len(reading.items)} items")
    with capsys.disabled():
        for key, number in counts.items():
            print(f"\n  {key[0]}, {key[1]}: {agreeing[key]} of {number} heads agree with their items", end="")
        print("".join(f"\n    {line}" for line in apart))
    assert {key: (counts[key], agreeing[key]) for key in counts} == STATED
    assert len(apart) == 10

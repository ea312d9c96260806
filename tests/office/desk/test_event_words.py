# SPDX-License-Identifier: Apache-2.0
"""No event is shown by the bare name of its kind: every kind that the code writes has words in each language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import gumruk.office
from gumruk import texts
from gumruk.office.desk.queries import event_words

KIND = re.compile(r'kind="([a-z]+\.[a-z_]+)"|_event\(\w+, "([a-z_]+\.[a-z_]+)"')


def kinds_written() -> set[str]:
    """The kinds of events that stand in the source of the office."""
    sources = Path(gumruk.office.__file__).parent.rglob("*.py")
    return {one or other for path in sources for one, other in KIND.findall(path.read_text())}


@pytest.mark.parametrize("language", texts.languages())
def test_it_has_words_for_every_kind_of_event(language: str) -> None:
    kinds = kinds_written()
    assert {"receipt.issued", "charges.reserved", "document.issued", "law.published"} <= kinds
    assert [kind for kind in sorted(kinds) if event_words(kind, language) == kind] == []


def test_it_names_what_happened_to_money_as_the_ledger_does() -> None:
    assert event_words("payment.refund_request", "en") == "Refund asked for"

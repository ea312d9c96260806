# SPDX-License-Identifier: Apache-2.0
"""Files that were damaged at random: each is read, the same twice, or refused with a finding; nothing else happens."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from tests.wire.tariffs.tariff_files import INSERT, LATER, UPDATE, component, content_of, measure, put, taric3
from tests.wire.tariffs.test_tables import AU_AGREEMENTS, SAMPLES
from tests.wire.tariffs.test_uk_api import COMMODITY, json_api

from gumruk import texts
from gumruk.law.tariff.measures import Tariff
from gumruk.wire import WireError
from gumruk.wire.tariffs import TariffFolder, law_records
from gumruk.wire.telling import finding_lines

PARTS = [
    ("measure", INSERT, measure("1")),
    ("measure.component", UPDATE, component("1", "10.000")),
    ("measure.condition", INSERT, {"measure.condition.sid": "5", "measure.sid": "1", "condition.code": "B"}),
    ("quota.definition", INSERT, {"quota.definition.sid": "1", "quota.order.number.id": "090001", "volume": "5"}),
    ("goods.nomenclature.indents", INSERT, {"goods.nomenclature.indent.sid": "4", "goods.nomenclature.sid": "1"}),
]
FILES = [
    ("taric3", taric3(26001, PARTS)),
    ("uk-api", json.dumps(COMMODITY).encode()),
    ("uk-api", json.dumps(json_api(COMMODITY)).encode()),
    ("au", AU_AGREEMENTS.encode()),
    *((name, table.encode()) for name, table in SAMPLES.items()),
]
SIGNS = [b'"', b",", b"\n", b"<", b">", b"&", b"\x00", b"\xff", b"{", b"]", b"null", b"-1", b"1e999", b"9" * 50, b"../"]


def damaged(content: bytes, draw: random.Random) -> bytes:
    """The content with one to four places cut out, replaced, doubled or put in."""
    for _ in range(draw.choice((1, 1, 2, 4))):
        first = draw.randrange(len(content) + 1)
        last = min(len(content), first + draw.choice((1, 2, 5, 20)))
        put_in = draw.choice((b"", draw.choice(SIGNS), content[last : last + 30], bytes([draw.randrange(32, 127)])))
        content = content[:first] + put_in + content[draw.choice((first, last)) :]
    return content


@pytest.mark.parametrize("seed", range(12))
def test_it_reads_or_refuses_whatever_comes(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - damage, not secrets
    for number in range(30):
        name, content = draw.choice(FILES)
        content, folder = damaged(content, draw), tmp_path / str(number)
        try:
            put(folder, content, name)
        except WireError as error:
            assert content_of(folder) == {}
            for language in texts.LANGUAGES:
                assert list(finding_lines(error.findings, language))
            continue
        Tariff.of(law_records(TariffFolder.open(folder)))
        assert put(folder, content, name, known=LATER).count == 0

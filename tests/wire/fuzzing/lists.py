# SPDX-License-Identifier: Apache-2.0
"""Lists of goods made wrong: CSV in bytes and values, workbooks in any of their parts or as the zip that they are."""

from __future__ import annotations

import io
import warnings
import zipfile
from functools import cache
from random import Random

from tests.wire.fuzzing.mutations import mutated
from tests.wire.fuzzing.values import VALUES
from tests.wire.itemlists.books import book, sheet

from gumruk import wire
from gumruk.wire.itemlists import guess_mapping, headers_of, read_items

HEADERS = (
    "No",
    "Commodity code",
    "Description",
    "Country of origin",
    "Gross kg",
    "Net kg",
    "Price",
    "Currency",
    "Packages",
)
ROWS = (
    (1, "1101001500", "Wheat flour", "KZ", 20500, 20000, "19720.00", "USD", 400),
    (2, "0813100000", "Dried apricots", "TJ", "1 250,50", "1200", "3.300,00", "EUR", "50"),
    (3, "8703239087", "=1+1", "JP", "1,250", 1200.5, "+9 000", "usd", "-"),
    ("Total", "", "", "", 23000, 22400, "", "", 450),
)


@cache
def samples() -> tuple[bytes, ...]:
    """Our own lists: three habits of CSV, and a workbook with formulas, shared texts and a hidden row."""
    lines = [HEADERS, *ROWS]
    formula = '<c><f>SUM(E2:E4)</f><v>42</v></c><c t="s"><v>0</v></c><c t="e"><v>#REF!</v></c><c t="b"><v>1</v></c>'
    written = sheet([HEADERS, *ROWS, [formula]], hidden=[3])
    return (
        *(
            "".join(
                sign.join(f'"{cell}"' if sign in str(cell) else str(cell) for cell in line) + end for line in lines
            ).encode(encoding)
            for sign, end, encoding in ((",", "\n", "utf-8"), (";", "\r\n", "cp1251"), ("\t", "\n", "utf-16"))
        ),
        book(written, shared=["<si><t>shared</t></si>"]),
    )


def list_made(seed: int, number: int) -> bytes:
    """The list of this number: one of the samples made wrong."""
    random = Random(f"list:{seed}:{number}")  # noqa: S311
    content = random.choice(samples())
    if not content.startswith(b"PK"):
        return mutated(_cell_changed(content, random) if random.random() < 0.5 else content, random, samples())
    if random.random() < 0.2:
        return mutated(content, random, samples())
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as held, zipfile.ZipFile(packed, "w") as archive:
        names = held.namelist()
        wrong = random.choice(names)
        for name in names:
            part = held.read(name)
            if name == wrong:
                part = mutated(part, random, [part])
            archive.writestr(zipfile.ZipInfo(name), part)
        if random.random() < 0.1:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # a name twice is one of the wrongs
                archive.writestr(zipfile.ZipInfo(random.choice(("xl/vbaProject.bin", "inner.zip", wrong))), content)
    return packed.getvalue()


def _cell_changed(content: bytes, random: Random) -> bytes:
    """A CSV with one value replaced by one that does not belong there."""
    parts = content.split(b",")
    parts[random.randrange(len(parts))] = random.choice(VALUES).encode("utf-8", "replace")
    return b",".join(parts)


def list_gone_through(content: bytes) -> list[str]:
    """Read a list by what its headers speak for; the codes of what was found. Raises what is not `WireError`."""
    try:
        found = read_items(content, guess_mapping(headers_of(content)))
    except wire.WireError as error:
        return [finding.code for finding in error.findings]
    return [finding.code for finding in found.findings]

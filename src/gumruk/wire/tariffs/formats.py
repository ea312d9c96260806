# SPDX-License-Identifier: Apache-2.0
"""The formats of tariffs that are read, by the name that the command takes."""

from __future__ import annotations

from collections.abc import Callable

from gumruk.wire.tariffs.au import read_au
from gumruk.wire.tariffs.eaeu import read_eaeu
from gumruk.wire.tariffs.options import Options
from gumruk.wire.tariffs.records import Reader, Reading, Source
from gumruk.wire.tariffs.table import read_table
from gumruk.wire.tariffs.taric3 import read_taric3
from gumruk.wire.tariffs.uk_api import read_uk_api
from gumruk.wire.tariffs.us_hts import read_us_hts

_WITH_OPTIONS: dict[str, Callable[[Source, Options], Reading]] = {
    "eaeu": read_eaeu,
    "us-hts": read_us_hts,
    "au": read_au,
    "csv": read_table,
}
_PLAIN: dict[str, Reader] = {"taric3": read_taric3, "uk-api": read_uk_api}
TARIFF_FORMATS = (*_PLAIN, *_WITH_OPTIONS)


def reader_of(name: str, options: Options) -> Reader:
    """The reader of a format, with what the file does not say itself."""
    plain = _PLAIN.get(name)
    if plain is not None:
        return plain
    read = _WITH_OPTIONS[name]
    return lambda source: read(source, options)

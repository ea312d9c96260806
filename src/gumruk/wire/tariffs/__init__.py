# SPDX-License-Identifier: Apache-2.0
"""Tariffs of others: read from their files, kept in a folder with every version, and handed to the law as records."""

from __future__ import annotations

from gumruk.wire.tariffs.building import Built, law_records
from gumruk.wire.tariffs.changes import Change, What
from gumruk.wire.tariffs.comparing import compared
from gumruk.wire.tariffs.eaeu import notes_of
from gumruk.wire.tariffs.folder import TariffFolder
from gumruk.wire.tariffs.formats import TARIFF_FORMATS, reader_of
from gumruk.wire.tariffs.importing import Report, import_tariff
from gumruk.wire.tariffs.options import Options
from gumruk.wire.tariffs.pack_table import KIND_OF, Left, PackRate, PackRates, pack_rates, write_pack_table
from gumruk.wire.tariffs.records import Operation, Reader, Reading, Source, TariffRecord
from gumruk.wire.tariffs.table import write_table

__all__ = [
    "KIND_OF",
    "TARIFF_FORMATS",
    "Built",
    "Change",
    "Left",
    "Operation",
    "Options",
    "PackRate",
    "PackRates",
    "Reader",
    "Reading",
    "Report",
    "Source",
    "TariffFolder",
    "TariffRecord",
    "What",
    "compared",
    "import_tariff",
    "law_records",
    "notes_of",
    "pack_rates",
    "reader_of",
    "write_pack_table",
    "write_table",
]

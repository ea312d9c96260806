# SPDX-License-Identifier: Apache-2.0
"""Sample declarations for the demonstration: invented traders and goods, real formats, for the pack `tj`."""

from __future__ import annotations

from pathlib import Path

#: In the order in which the demonstration lodges them.
SAMPLES: tuple[str, ...] = (
    "truck_mixed.xml",  # five kinds of goods from China under CMR by Kulma
    "cars.xml",  # used cars from Germany and Japan, excise and a duty by engine size
    "medicine.xml",  # medicine by air, duty relieved
    "flour.json",  # flour from Kazakhstan by rail, no proof of origin
    "phones.xml",  # phones by air from Dubai
    "tobacco.xml",  # cigarettes under excise by the thousand
    "free_trade.xml",  # oil and chocolate from Russia with a certificate ST-1
    "apricots.xml",  # dried apricots to Russia
    "wrong_values.xml",  # unknown currency, net above gross, a code that does not exist
    "missing_data.xml",  # no declarant, no origins, no totals
    "preregistered.json",  # household appliances declared before they arrive
)


def sample_path(name: str) -> Path:
    """The file of a sample by its name in `SAMPLES`."""
    return Path(__file__).parent / name

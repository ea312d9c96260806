# SPDX-License-Identifier: Apache-2.0
"""Country packs: law and code lists read from files, checked, and built into a law book."""

from __future__ import annotations

from gumruk.packs.faults import Fault, PackError
from gumruk.packs.pack import COUNTRIES, Pack, check, load, pack_folder, time_zone_of
from gumruk.packs.world import World, world

__all__ = [
    "COUNTRIES",
    "Fault",
    "Pack",
    "PackError",
    "World",
    "check",
    "load",
    "pack_folder",
    "time_zone_of",
    "world",
]

# SPDX-License-Identifier: Apache-2.0
"""What the commands over messages begin with: the country's pack, and what is said where it has faults."""

from __future__ import annotations

import os
import sys

from gumruk import packs
from gumruk.packs.faults import fault_lines


def pack_given(country: str, language: str) -> packs.Pack | None:
    """The pack that was named, whose labels are used from now on; None where it has faults, which are told."""
    try:
        pack = packs.load(packs.pack_folder(country))
    except packs.PackError as error:
        print(*fault_lines(error.faults, language, country), sep="\n", file=sys.stderr)
        return None
    os.environ["GUMRUK_COUNTRY"] = country
    return pack

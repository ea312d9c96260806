# SPDX-License-Identifier: Apache-2.0
"""Where a result is written to: a file, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: beside its place first, then moved there. Raises OSError.

    A link is followed. What is no file (a device, a pipe) is written to, never replaced.
    """
    place = Path(os.path.realpath(path))
    if place.exists() and not place.is_file():
        place.write_bytes(content)
        return
    beside = place.with_name(f"{place.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(place)
    except OSError:
        beside.unlink(missing_ok=True)
        raise

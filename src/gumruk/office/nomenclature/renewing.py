# SPDX-License-Identifier: Apache-2.0
"""The search follows the official texts: what the worker looks at, and the program that it starts beside itself."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from gumruk.office.nomenclature.edition_queries import editions_standing
from gumruk.office.nomenclature.finding import index_renew
from gumruk.office.nomenclature.kept import Kept, kept
from gumruk.office.project.clock import legal_day, now
from gumruk.search.index import Index

#: How far the building yields to those that serve, and when it is tried again after it failed.
NICE, RETRY_SECONDS = 5, 60.0

_building: list[tuple[float, subprocess.Popen[bytes]]] = []


def index_is_old() -> bool:
    """Whether other official texts hold today than the search knows: imported, withdrawn, or their first day came."""
    return not kept().is_of(editions_standing(), legal_day(now()))


def index_follow() -> bool:
    """Start to build the index of today's official texts where the search knows others; whether it was started.

    The building is a program of its own: neither the worker nor a page waits for it.
    """
    if _building:
        begun, program = _building[0]
        status = program.poll()
        if status is None or (status and time.monotonic() - begun < RETRY_SECONDS):
            return False
    if not index_is_old():
        return False
    command = [sys.executable, "-m", "gumruk", "nomenclature", "index", "--json"]
    program = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
    os.setpriority(os.PRIO_PROCESS, program.pid, min(19, os.getpriority(os.PRIO_PROCESS, 0) + NICE))
    _building[:] = [(time.monotonic(), program)]
    return True


def index_of_today() -> Index:
    """Build the index of the official texts that hold today, unless it stands, and let it be the one searched."""
    return index_renew(Kept(legal_day(now()), editions_standing()))

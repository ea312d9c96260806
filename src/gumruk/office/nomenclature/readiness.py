# SPDX-License-Identifier: Apache-2.0
"""Whether the search may be asked: a request never builds or loads the index, it is told that it is on its way.

The worker has the index built (`gumruk nomenclature index`) where there is none or the words have changed; each web
process loads it in a thread of its own as soon as it stands.
"""

from __future__ import annotations

import logging
import threading
import time

from gumruk.office.nomenclature.finding import finder, index_stands
from gumruk.search.finder import Finder

LOOK_AGAIN_SECONDS = 2.0
#: What a program is told to wait before it asks again.
RETRY_SECONDS = 10

log = logging.getLogger(__name__)
_turn = threading.Lock()
_loading: list[threading.Thread] = []


def ready_finder() -> Finder | None:
    """The finder; None as long as its index is being built or loaded. Answers at once."""
    if finder.cache_info().currsize:
        return finder()
    finder_prepare()
    return None


def finder_prepare() -> None:
    """Begin to wait for the index and to load it, in a thread, once a process."""
    with _turn:
        if _loading and _loading[0].is_alive():
            return
        thread = threading.Thread(target=_load, name="search index", daemon=True)
        _loading[:] = [thread]
        thread.start()


def _load() -> None:
    while not index_stands():
        time.sleep(LOOK_AGAIN_SECONDS)
    try:
        finder()
    except (OSError, ValueError):
        log.exception("the search index cannot be read; the next question tries again")

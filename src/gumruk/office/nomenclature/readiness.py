# SPDX-License-Identifier: Apache-2.0
"""Whether the search may be asked: a request never builds or loads the index, it is told that it is on its way.

`gumruk nomenclature index` builds it: at the start of the house, and again where the worker sees that other official
texts hold. Each web process loads it in a thread of its own as soon as it stands; until then the former one answers.
"""

from __future__ import annotations

import logging
import threading
import time

from gumruk.office.nomenclature.finding import finder_held, finder_is_of_today, finder_renew, index_stands
from gumruk.search.finder import Finder

LOOK_AGAIN_SECONDS = 2.0
#: What a program is told to wait before it asks again.
RETRY_SECONDS = 10

log = logging.getLogger(__name__)
_turn = threading.Lock()
_loading: list[threading.Thread] = []


def ready_finder() -> Finder | None:
    """The finder; None as long as its first index is being built or loaded. Answers at once."""
    if not finder_is_of_today():
        finder_prepare()
    return finder_held()


def finder_prepare() -> None:
    """Begin to wait for the index and to load it, in a thread, once a process."""
    with _turn:
        if _loading and _loading[0].is_alive():
            return
        thread = threading.Thread(target=_load, name="search index", daemon=True)
        _loading[:] = [thread]
        thread.start()


def finder_follow() -> None:
    """Begin to load the index, and each one that comes after it, for as long as this process lives."""
    threading.Thread(target=_follow, name="search index follower", daemon=True).start()


def _follow() -> None:
    while True:
        if not finder_is_of_today():
            finder_prepare()
        time.sleep(LOOK_AGAIN_SECONDS)


def _load() -> None:
    while not index_stands():
        time.sleep(LOOK_AGAIN_SECONDS)
    try:
        finder_renew()
    except (OSError, ValueError):
        log.exception("the search index cannot be read; the next question tries again")

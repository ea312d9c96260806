# SPDX-License-Identifier: Apache-2.0
"""What a path on the command line holds: one message, or the many of a folder or a zip. Never more than the limits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gumruk.wire.batch import is_batch, messages
from gumruk.wire.errors import WireError, refusal
from gumruk.wire.safety import LIMITS, size_check

Source = tuple[str, bytes | WireError]
"""A message's name, relative to what was named, and its bytes or the error that kept it from being read."""


def one_of(path: Path) -> bytes:
    """The bytes of a file that holds one message. Raises `WireError`, also where the system does not let it be read.

    A file above the limit is refused before it is read; one that does not say its size (a pipe) after that much.
    """
    try:
        size_check(path.stat().st_size)
        with path.open("rb") as file:
            content = file.read(LIMITS.bytes_max + 1)
    except OSError as error:
        raise refusal("BATCH-10", reason=error.strerror or type(error).__name__) from error
    size_check(len(content))
    return content


def is_many(path: Path) -> bool:
    """Whether a path names a folder or a zip. False where that cannot be found out: reading it then says why."""
    try:
        return path.is_dir() or (path.is_file() and is_batch(path))
    except OSError:
        return False


def many_of(path: Path) -> Iterator[Source]:
    """Every message of a folder or a zip. A batch that breaks off ends with the error that broke it, under no name."""
    try:
        yield from messages(path)
    except WireError as error:
        yield "", error
    except OSError as error:
        yield "", refusal("BATCH-10", reason=error.strerror or type(error).__name__)


def sources(path: Path) -> Iterator[Source]:
    """Every message that a path holds, each under the name that a person knows it by: the path, or the path in it."""
    if not is_many(path):
        try:
            yield str(path), one_of(path)
        except WireError as error:
            yield str(path), error
        return
    for name, content in many_of(path):
        yield f"{path}/{name}" if name else str(path), content

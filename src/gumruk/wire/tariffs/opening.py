# SPDX-License-Identifier: Apache-2.0
"""Files of tariffs, opened as streams: as they are, packed with gzip, or the members of a zip. Never a bomb."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from io import RawIOBase
from pathlib import Path
from typing import IO, Any, cast

from gumruk.wire.archive import ArchiveLimits, opened, stream_of
from gumruk.wire.batch import ZIP_MAGIC
from gumruk.wire.errors import refusal
from gumruk.wire.safety import MEGABYTE
from gumruk.wire.tariffs.records import Source

#: Tariffs are larger than declarations: a whole one packs well, and has few members.
LIMITS = ArchiveLimits(archive_bytes_max=2_000 * MEGABYTE, members_max=2_000, total_bytes_max=20_000 * MEGABYTE)
_GZIP = b"\x1f\x8b"


class Stream(RawIOBase):
    """A file that counts and hashes what is read of it, and says what is damaged as a finding."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        super().__init__()
        self._file, self._name = file, name
        self._digest = hashlib.sha256()
        self.count = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read as many bytes as the buffer takes. Raises `WireError` where the packing is damaged."""
        try:
            chunk = self._file.read(len(buffer))
        except (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, RuntimeError, NotImplementedError) as error:
            raise refusal("BATCH-08", self._name[:200]) from error
        buffer[: len(chunk)] = chunk
        self._digest.update(chunk)
        self.count += len(chunk)
        return len(chunk)

    def digest(self) -> str:
        """The digest (SHA-256) of the whole file: what was not read yet is read."""
        while self.read(1 << 20):
            pass
        return self._digest.hexdigest()


@contextmanager
def sources(paths: Sequence[Path]) -> Iterator[list[tuple[Source, datetime]]]:
    """The files, each with its own date (of a zip's member the packed one, taken as UTC). Raises WireError, OSError."""
    with ExitStack() as held:
        yield [found for path in paths for found in _of(path, held)]


def _of(path: Path, held: ExitStack) -> Iterator[tuple[Source, datetime]]:
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    file = held.enter_context(path.open("rb"))
    beginning = file.read(4)
    file.seek(0)
    size = path.stat().st_size
    if beginning.startswith(_GZIP):
        unpacked = held.enter_context(gzip.open(path))
        yield _source(cast("IO[bytes]", unpacked), path.name, size, held), changed
    elif beginning in ZIP_MAGIC:
        archive = held.enter_context(opened(path, LIMITS))
        for member in archive.infolist():
            name = member.filename
            if not member.is_dir() and not name.startswith("__MACOSX") and not Path(name).name.startswith("."):
                stream = held.enter_context(stream_of(archive, member, LIMITS))
                yield _source(stream, f"{path.name}/{name}", member.file_size, held), _packed(member, changed)
    else:
        yield _source(file, path.name, size, held), changed


def _packed(member: zipfile.ZipInfo, otherwise: datetime) -> datetime:
    """The date that a member bears; a nonsensical one is not taken."""
    try:
        return datetime(*member.date_time, tzinfo=UTC)
    except ValueError:
        return otherwise


def _source(file: IO[bytes], name: str, size: int, held: ExitStack) -> Source:
    stream = held.enter_context(Stream(file, name))
    return Source(name, cast("IO[bytes]", stream), size)

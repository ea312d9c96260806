# SPDX-License-Identifier: Apache-2.0
"""Zip archives from strangers: opened under limits, one member in memory at a time, and nothing ever unpacked to disk.

Numbers that an archive states about itself are looked at before anything is read, and are not believed afterwards:
a member never gives more bytes than its limit.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import IO

from gumruk.wire.errors import refusal
from gumruk.wire.safety import LIMITS, MEGABYTE, Limits, megabytes, size_check

_END = b"PK\x05\x06"
_END_LENGTH = 22
_COMMENT_MAX = 65_535
_END_64_LOCATOR = b"PK\x06\x07"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_DRIVE = re.compile(r"^[A-Za-z]:")
_HALF_MEGABYTE = MEGABYTE // 2


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """How much an archive may bring: its own bytes, its members, and what they grow to when they are unpacked."""

    archive_bytes_max: int = 500 * MEGABYTE
    directory_bytes_max: int = 4 * MEGABYTE
    members_max: int = 20_000
    total_bytes_max: int = 2_000 * MEGABYTE
    ratio_max: int = 200


ARCHIVE_LIMITS = ArchiveLimits()


@contextmanager
def opened(source: Path | bytes, limits: ArchiveLimits = ARCHIVE_LIMITS) -> Iterator[zipfile.ZipFile]:
    """The archive in a file or in bytes; raises `WireError` for what is no archive, damaged or above its limits."""
    with BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
        _directory_check(file, limits)
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError, struct.error) as error:
            raise refusal("BATCH-01") from error
        with archive:
            members = archive.infolist()
            _count_check(len(members), limits)
            total = sum(member.file_size for member in members)
            if total > limits.total_bytes_max:
                limit = megabytes(limits.total_bytes_max)
                raise refusal("BATCH-03", size=megabytes(total), limit=limit)
            yield archive


def content_of(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits = LIMITS, of: ArchiveLimits = ARCHIVE_LIMITS
) -> bytes:
    """A member's bytes, or `WireError`: a bad name, a link, a password, a bomb, damage, or too many bytes."""
    _member_check(member, limits, of)
    try:
        with archive.open(member) as file:
            content = file.read(limits.bytes_max + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise refusal("BATCH-08", member.filename[:200]) from error
    size_check(len(content), limits)
    return content


@contextmanager
def stream_of(archive: zipfile.ZipFile, member: zipfile.ZipInfo, of: ArchiveLimits) -> Iterator[IO[bytes]]:
    """A member to be read piece by piece; raises `WireError` for a bad name, a link, a password, a bomb, damage."""
    _member_check(member, replace(LIMITS, bytes_max=of.total_bytes_max), of)
    try:
        file = archive.open(member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise refusal("BATCH-08", member.filename[:200]) from error
    with file:
        yield file


def _member_check(member: zipfile.ZipInfo, limits: Limits, of: ArchiveLimits) -> None:
    name = member.filename[:200]
    if not inside(member.filename) or stat.S_ISLNK(member.external_attr >> 16):
        raise refusal("BATCH-04", name)
    if member.flag_bits & _ENCRYPTED:
        raise refusal("BATCH-05", name)
    if member.compress_type not in _METHODS:
        raise refusal("BATCH-08", name)
    size_check(member.file_size, limits)
    if member.file_size > _HALF_MEGABYTE and member.file_size > member.compress_size * of.ratio_max:
        raise refusal("BATCH-07", name, ratio=member.file_size // max(member.compress_size, 1), limit=of.ratio_max)


def inside(name: str) -> bool:
    """Whether a member's name stays inside the archive: no way up, no root, no drive, no stream, no control signs."""
    parts = name.replace("\\", "/").split("/")
    return bool(name) and not (
        ".." in parts or parts[0] == "" or _DRIVE.match(name) or any(ord(sign) < 32 or sign == ":" for sign in name)
    )


def _directory_check(file: IO[bytes], limits: ArchiveLimits) -> None:
    """Look at the archive's end before a parser makes an object of each of its members."""
    size = file.seek(0, 2)
    if size > limits.archive_bytes_max:
        limit = megabytes(limits.archive_bytes_max)
        raise refusal("BATCH-03", size=megabytes(size), limit=limit)
    file.seek(max(0, size - _END_LENGTH - _COMMENT_MAX - 20))
    tail = file.read()
    place = tail.rfind(_END)
    if place < 0 or len(tail) - place < _END_LENGTH:
        raise refusal("BATCH-01")
    _count_check(int.from_bytes(tail[place + 10 : place + 12], "little"), limits)
    directory = int.from_bytes(tail[place + 12 : place + 16], "little")
    if directory > limits.directory_bytes_max or tail[max(0, place - 20) : place].startswith(_END_64_LOCATOR):
        raise refusal("BATCH-02", count="-", limit=limits.members_max)


def _count_check(count: int, limits: ArchiveLimits) -> None:
    if count > limits.members_max:
        raise refusal("BATCH-02", count=count, limit=limits.members_max)

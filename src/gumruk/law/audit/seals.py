# SPDX-License-Identifier: Apache-2.0
"""Seals: chained roots of the tree. And roots as they leave the building."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from gumruk.law.audit.canonical import CanonicalError, hash_read, moment_read, moment_text, plain_text

_DOMAIN = b"gumruk seal 1\n"


@dataclass(frozen=True, slots=True)
class Seal:
    """The tree as it stood at one moment.

    `number` counts from 1; the seal covers the leaves from position `first` (counted from 0) and leaves the
    tree with `size` leaves and this `root`. `previous_hash` is the hash of the seal before.
    """

    number: int
    at: datetime
    first: int
    size: int
    root: bytes
    previous_hash: bytes


@dataclass(frozen=True, slots=True)
class Root:
    """A seal as exported to where nobody who runs the database can change it: what histories are held
    against.
    """

    number: int
    at: datetime
    size: int
    root: bytes
    seal_hash: bytes


def seal_plain(seal: Seal) -> dict[str, object]:
    """The seal with only JSON's types in it."""
    return {
        "number": seal.number,
        "at": moment_text(seal.at),
        "first": seal.first,
        "size": seal.size,
        "root": seal.root.hex(),
        "previous_hash": seal.previous_hash.hex(),
    }


def seal_read(record: Mapping[str, object]) -> Seal:
    """The seal that `seal_plain` wrote; raises `CanonicalError` for anything else."""
    try:
        return Seal(
            number=_whole(record["number"]),
            at=moment_read(str(record["at"])),
            first=_whole(record["first"]),
            size=_whole(record["size"]),
            root=hash_read(record["root"]),
            previous_hash=hash_read(record["previous_hash"]),
        )
    except (KeyError, ValueError) as error:
        raise CanonicalError("seal") from error


def seal_hash(seal: Seal) -> bytes:
    """SHA-256 over all of the seal: what the next seal carries on."""
    return sha256(_DOMAIN + plain_text(seal_plain(seal)).encode()).digest()


def root_of(seal: Seal) -> Root:
    """The seal as a root to be exported."""
    return Root(seal.number, seal.at, seal.size, seal.root, seal_hash(seal))


def root_plain(root: Root) -> dict[str, object]:
    """The root with only JSON's types in it."""
    return {
        "number": root.number,
        "at": moment_text(root.at),
        "size": root.size,
        "root": root.root.hex(),
        "seal_hash": root.seal_hash.hex(),
    }


def root_read(record: Mapping[str, object]) -> Root:
    """The root that `root_plain` wrote; raises `CanonicalError` for anything else."""
    try:
        return Root(
            number=_whole(record["number"]),
            at=moment_read(str(record["at"])),
            size=_whole(record["size"]),
            root=hash_read(record["root"]),
            seal_hash=hash_read(record["seal_hash"]),
        )
    except (KeyError, ValueError) as error:
        raise CanonicalError("root") from error


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise CanonicalError("whole_number")
    return value

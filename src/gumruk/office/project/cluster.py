# SPDX-License-Identifier: Apache-2.0
"""The database of one data folder: where its files lie, who may enter it, whether a server serves it."""

from __future__ import annotations

import json
import os
import secrets
import stat
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from gumruk.office.project import machine
from gumruk.office.project.machine import Account
from gumruk.office.project.words import RunError

OWNER, APPLICATION, DATABASE = "gumruk_owner", "gumruk_app", "gumruk"
WAIT_SECONDS = 30.0
"""How long a server may take to start or to end."""

_SOCKET_PATH_BYTES_MAX = 100


@dataclass(frozen=True)
class Layout:
    """Where the database of one data folder lies, and who owns its files (None: we ourselves)."""

    data: Path
    cluster: Path
    sockets: Path
    account: Account | None

    @property
    def uid(self) -> int:
        """The user id that owns the files."""
        return self.account.uid if self.account else os.geteuid()

    @property
    def major(self) -> int | None:
        """The major version that made the database; None when there is none yet."""
        version = self.cluster / "PG_VERSION"
        return int(version.read_text()) if version.exists() else None


def layout(data: Path) -> Layout:
    """Return the layout of a data folder; folders that are missing are made, none that exists is changed."""
    data = data.absolute()
    account = machine.system_account("gumruk-db")
    if not data.exists():
        machine.folder_make(data, 0o711 if account else 0o700)
    home = data
    if account and not machine.can_reach(account, data, os.X_OK):
        # Named by the data folder's own id: another data folder at the same place is another installation.
        home = machine.SYSTEM_FOLDER / _kept(data / "installation_id", secrets.token_hex(6))
        if not home.exists():
            machine.folder_make(home, 0o711)
            (home / machine.OWNER_FILE).write_text(f"{data}\n{home.name}\n")
    sockets = home / "run"
    if len(os.fsencode(sockets / ".s.PGSQL.5432")) > _SOCKET_PATH_BYTES_MAX:
        sockets = Path(tempfile.gettempdir()) / f"gumruk-{machine.short_hash(data)}"
    return Layout(data, home / "postgres", sockets, account)


def passwords(data: Path) -> dict[str, str]:
    """Return the passwords of the two database users by name, made at first and kept, readable by us only."""
    words = {name: secrets.token_urlsafe(32) for name in (OWNER, APPLICATION)}
    return dict(json.loads(_kept(data / "database_passwords.json", json.dumps(words))))


def _kept(path: Path, first: str) -> str:
    """Return the text of a file that only we may read, made with this text by whoever comes first."""
    if not path.exists():
        half = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(first)
        try:
            os.link(half, path)
        except FileExistsError:
            pass  # another start was quicker
        half.unlink()
    return path.read_text()


def urls(place: Layout) -> dict[str, str]:
    """Return DATABASE_URL and DATABASE_APP_URL of the data folder's own database, whether it runs or not."""
    words = passwords(place.data)
    socket = quote(str(place.sockets))
    return {
        variable: f"postgresql://{name}:{words[name]}@/{DATABASE}?host={socket}"
        for variable, name in (("DATABASE_URL", OWNER), ("DATABASE_APP_URL", APPLICATION))
    }


def running(cluster: Path) -> int | None:
    """Return the process id of the server that serves this folder, ready or not; None when there is none.

    A killed server stays in the table of processes until its parent has taken note, and keeps PostgreSQL from
    starting: that is waited for.
    """
    deadline = time.monotonic() + WAIT_SECONDS
    while (pid := process_id(cluster)) is not None:
        state = _process_state(pid)
        if state is None or state not in "ZX":
            break
        if time.monotonic() > deadline:
            raise RunError("process_unnoticed", process=pid)
        time.sleep(0.1)
    return pid if pid is not None and _serves(pid, cluster) else None


def mode_of(path: Path) -> int:
    """Return the permission bits of a path."""
    return stat.S_IMODE(path.lstat().st_mode)


def process_id(cluster: Path) -> int | None:
    """Return the process id in PostgreSQL's lock file, if there is a process of that number."""
    try:
        pid = int((cluster / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, 0)
    except PermissionError:
        return pid
    except (OSError, ValueError, IndexError):
        return None
    return pid


def _process_state(pid: int) -> str | None:
    """Return the kernel's letter for the state of a process (Z: dead, not yet noted); None where unknown."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return None


def _serves(pid: int, cluster: Path) -> bool:
    """Tell a server from another process that got its number after a crash: a server works in its folder."""
    if sys.platform != "linux":
        return True
    try:
        if Path(f"/proc/{pid}/cwd").resolve(strict=True) == cluster.resolve():
            return True
    except OSError:
        return True
    (cluster / "postmaster.pid").unlink(missing_ok=True)
    return False

# SPDX-License-Identifier: Apache-2.0
"""This machine: system users for what must not run as root, what they can reach, and processes that die with us."""

from __future__ import annotations

import ctypes
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from gumruk.office.project.words import RunError

SYSTEM_FOLDER = Path("/var/lib/gumruk")
"""Where root puts what an unprivileged user must reach and cannot reach in the checkout."""

OWNER_FILE = "belongs_to"
"""In each folder there: the path it was made for, and what `installation_id` beside that path must hold, if any."""

_SET_PARENT_DEATH_SIGNAL = 1
_C_LIBRARY = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Account:
    """A user of the operating system that a process is started as."""

    name: str
    uid: int
    gid: int


def system_account(name: str) -> Account | None:
    """Return the system user of this name, made when missing; None when we are not root and stay who we are.

    Raises RunError when it cannot be made.
    """
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        entry = _account_make(name)
    return Account(name, entry.pw_uid, entry.pw_gid)


def _account_make(name: str) -> pwd.struct_passwd:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    try:
        subprocess.run(
            [*command, "--shell", "/usr/sbin/nologin", name], check=True, capture_output=True, text=True, timeout=30
        )
        return pwd.getpwnam(name)
    except (OSError, subprocess.SubprocessError, KeyError) as error:
        detail = str(getattr(error, "stderr", "") or error).strip()
        raise RunError("account_make", name=name, detail=detail) from error


def can_reach(account: Account | None, path: Path, mode: int) -> bool:
    """Tell whether the account (None: we ourselves) may use `path` in this mode (os.R_OK, os.X_OK ...)."""
    if account is None:
        return os.access(path, mode)
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(account.gid)
            os.setuid(account.uid)
            os._exit(0 if os.access(path, mode) else 1)
        finally:
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def short_hash(path: Path) -> str:
    """Return twelve characters that stand for a path."""
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:12]


def folder_make(path: Path, mode: int, owner: Account | None = None) -> None:
    """Make one folder with exactly this mode; its parents get the usual mode when missing and are never changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(exist_ok=True)
    if owner is not None:
        os.chown(path, owner.uid, owner.gid)
    path.chmod(mode)


def folder_copy(source: Path, target: Path, *, link: bool = False) -> None:
    """Copy a folder for all to read, as a whole or not at all (`link`: by hard links where that does as well)."""

    def place(origin: str, copy: str) -> None:
        mode = os.stat(origin).st_mode & 0o777
        try:
            if link and mode & 0o004:
                os.link(origin, copy)
                return
        except OSError:
            pass  # another file system
        shutil.copyfile(origin, copy)
        os.chmod(copy, mode | (0o555 if mode & 0o100 else 0o444))

    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.copytree(source, half, symlinks=True, copy_function=place, ignore=shutil.ignore_patterns("__pycache__"))
    for folder, _, _ in os.walk(half):
        os.chmod(folder, 0o755)  # noqa: S103 - made for all to read
    shutil.rmtree(target, ignore_errors=True)
    half.rename(target)


def abandoned() -> list[Path]:
    """Return the folders in the system folder whose checkout or data folder is gone."""
    found: list[Path] = []
    if os.geteuid() != 0:
        return found  # they are root's
    for owner in sorted(SYSTEM_FOLDER.glob(f"*/{OWNER_FILE}")):
        path, *ids = owner.read_text().splitlines()
        known = Path(path) / "installation_id"
        if not Path(path).exists() or (ids and (not known.exists() or known.read_text() != ids[0])):
            found.append(owner.parent)
    return found


def start(
    command: Sequence[str],
    *,
    account: Account | None,
    environment: Mapping[str, str],
    output: IO[bytes] | None,
    folder: Path | None = None,
    on_our_death: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own (Ctrl-C reaches only us), as this account, told when we die.

    On Linux the kernel sends it `on_our_death` even when we are killed with -9; elsewhere it is found again
    by the next start.
    """
    return subprocess.Popen(
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        env=dict(environment),
        cwd=folder,
        start_new_session=True,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        umask=0o077 if account else -1,
        preexec_fn=_die_with(os.getpid(), on_our_death),  # noqa: PLW1509 - we start processes before any thread
    )


def _die_with(parent: int, death: signal.Signals) -> Callable[[], None] | None:
    library = _C_LIBRARY
    if library is None:
        return None

    def ask_the_kernel() -> None:
        library.prctl(_SET_PARENT_DEATH_SIGNAL, int(death), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return ask_the_kernel

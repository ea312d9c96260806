# SPDX-License-Identifier: Apache-2.0
"""`gumruk doctor`: which database is used, and what is wrong with this machine, each with its mend."""

from __future__ import annotations

import argparse
import json
import locale
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gumruk import __version__
from gumruk.office.project import binaries, cluster, installation, machine, postgres
from gumruk.office.project.environment import data_folder
from gumruk.office.project.machine import RunError

YEARS = range(2026, 2100)
"""A clock outside these years is wrong: each legal moment and each sealed event would be."""

DISK_BYTES_WARNING = 2 * 1024**3
FONTS = Path(__file__).resolve().parents[1] / "ui" / "fonts"


@dataclass(frozen=True)
class Check:
    """One thing looked at. `state` is ok, warning or error; `mend` says what to do, empty when it is ok."""

    name: str
    state: str
    text: str
    mend: str = ""


def doctor_run(arguments: argparse.Namespace) -> int:
    """Print all checks; returns 1 if one is an error."""
    if arguments.data:
        os.environ["GUMRUK_DATA"] = str(Path(arguments.data).absolute())
    checks = list(examine(arguments.host, arguments.port))
    if arguments.json:
        print(json.dumps({"version": __version__, "checks": [asdict(check) for check in checks]}, indent=2))
    else:
        for check in checks:
            print(f"{check.state:<8} {check.name:<12} {check.text}")
            if check.mend:
                print(f"{'':<22}mend: {check.mend}")
    return 1 if any(check.state == "error" for check in checks) else 0


def examine(host: str, port: int) -> Iterator[Check]:
    """Look at everything; a look that fails is an error of its own and does not stop the others."""
    data = data_folder()
    looks: list[tuple[str, Callable[[], Check]]] = [
        ("python", _python),
        ("database", lambda: _database(data)),
        ("data folder", lambda: _data(data)),
        ("clock", lambda: _clock(datetime.now(UTC))),
        ("time zones", _time_zones),
        ("locale", _locale),
        ("fonts", lambda: _fonts(FONTS)),
        ("disk", lambda: _disk(data)),
        ("port", lambda: _port(data, host, port)),
    ]
    for name, look in looks:
        try:
            yield look()
        except RunError as error:
            yield Check(name, "error", str(error), error.mend)
        except OSError as error:
            yield Check(name, "error", str(error), "look at the permissions of what is named here")


def _python() -> Check:
    return Check("python", "ok", f"{sys.version.split()[0]}, {sys.executable}")


def _database(data: Path) -> Check:
    named = installation.named_database()
    if named is not None:
        return _named_database(named)
    if not data.exists():
        chosen = binaries.choose(None)
        return Check("database", "ok", f"none yet; will be made with {_programs(chosen)}")
    place = cluster.layout(data)
    chosen = binaries.choose(place.major)
    pid = cluster.running(place.cluster)
    state = f"running as process {pid}" if pid else "not running"
    return Check("database", "ok", f"own PostgreSQL, {_programs(chosen)}, data {place.cluster}, {state}")


def _programs(chosen: binaries.Binaries) -> str:
    return f"version {chosen.version} ({chosen.source}: {chosen.folder})"


def _named_database(named: installation.Named) -> Check:
    """Connect with both URLs: the two users must be two, and the application's must not be able to do everything."""
    import psycopg

    question = "SELECT current_user, rolsuper OR rolbypassrls, current_setting('server_version_num')::int FROM pg_roles"
    answers = []
    for variable, url in (("DATABASE_URL", named.owner_url), ("DATABASE_APP_URL", named.application_url)):
        try:
            with psycopg.connect(url, connect_timeout=5) as connection:
                row = connection.execute(f"{question} WHERE rolname = current_user").fetchone()
        except psycopg.Error as error:
            mend = f"start that server, or correct {variable}"
            return Check("database", "error", f"{variable} does not answer: {str(error).strip()}", mend)
        answers.append(row or ("", False, 0))
    (owner, _, number), (application, mighty, _) = answers
    if owner == application or mighty:
        text = f"the application's user {application} is the owner, or above row-level security"
        return Check("database", "error", text, "make a second user (see docs/install.md) for DATABASE_APP_URL")
    if number // 10000 not in binaries.MAJORS:
        return Check("database", "error", f"version {number // 10000} is not supported", "use PostgreSQL 15 to 18")
    return Check("database", "ok", f"from DATABASE_URL, PostgreSQL {number // 10000}, users {owner} and {application}")


def _data(data: Path) -> Check:
    if not data.exists():
        return Check("data folder", "ok", f"{data} (not made yet)")
    if not os.access(data, os.W_OK | os.X_OK):
        return Check("data folder", "error", f"{data} cannot be written", "choose another folder with --data")
    account = machine.system_account("gumruk-db")
    if account and not machine.can_reach(account, data, os.X_OK):
        return Check("data folder", "ok", f"{data}; the database lies in {cluster.layout(data).cluster}")
    return Check("data folder", "ok", str(data))


def _clock(now: datetime) -> Check:
    if now.year not in YEARS:
        return Check(
            "clock", "error", f"the machine says it is {now:%Y-%m-%d}", "set the clock (timedatectl set-ntp on)"
        )
    return Check("clock", "ok", f"{now:%Y-%m-%d %H:%M:%S} UTC")


def _time_zones() -> Check:
    try:
        offset = datetime(2026, 7, 1, tzinfo=ZoneInfo("Asia/Dushanbe")).utcoffset()
    except ZoneInfoNotFoundError:
        offset = None
    if offset != timedelta(hours=5):
        mend = "remove .venv and start again: the package tzdata brings them"
        return Check("time zones", "error", "Asia/Dushanbe is not known or not five hours ahead of UTC", mend)
    return Check("time zones", "ok", f"Asia/Dushanbe is UTC+5; the machine's own is {time.tzname[0]}")


def _locale() -> Check:
    encodings = {sys.getfilesystemencoding().lower(), locale.getpreferredencoding(False).lower()}
    if encodings != {"utf-8"}:
        mend = "export LC_ALL=C.UTF-8"
        return Check("locale", "error", f"text is not UTF-8 here but {', '.join(sorted(encodings))}", mend)
    return Check("locale", "ok", "UTF-8")


def _fonts(folder: Path) -> Check:
    fonts = sorted(path for path in folder.glob("*.ttf") if path.stat().st_size > 10_000)
    if not fonts:
        return Check("fonts", "error", f"no font in {folder}: documents cannot be made", "get the checkout again")
    return Check("fonts", "ok", ", ".join(path.stem for path in fonts))


def _disk(data: Path) -> Check:
    folder = next(path for path in (data, *data.parents) if path.exists())
    free = shutil.disk_usage(folder).free
    text = f"{free / 1024**3:.1f} GB free in {folder}"
    if free < postgres.FREE_BYTES_MIN:
        return Check("disk", "error", text, "free some space, or choose a folder on another disk with --data")
    if free < DISK_BYTES_WARNING:
        return Check("disk", "warning", text, "free some space soon")
    return Check("disk", "ok", text)


def _port(data: Path, host: str, port: int) -> Check:
    address = installation.address_of_running(data)
    if address is not None:
        return Check("port", "ok", f"Gumruk is serving {address}")
    installation.port_check(host, port, wait_seconds=0)
    return Check("port", "ok", f"{port} is free")

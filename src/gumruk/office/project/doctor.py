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
from gumruk.office.project.words import RunError, language_choose, tell

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
    language_choose(arguments.language)
    if arguments.data:
        os.environ["GUMRUK_DATA"] = str(Path(arguments.data).absolute())
    checks = list(examine(arguments.host, arguments.port))
    if arguments.json:
        print(json.dumps({"version": __version__, "checks": [asdict(check) for check in checks]}, indent=2))
    else:
        for check in checks:
            name = tell(f"doctor.name.{check.name}")
            print(f"{tell(f'doctor.state.{check.state}'):<9}{name:<16}{check.text}")
            if check.mend:
                print(f"{'':<25}{tell('mend', mend=check.mend)}")
    return 1 if any(check.state == "error" for check in checks) else 0


def examine(host: str, port: int) -> Iterator[Check]:
    """Look at everything; a look that fails is an error of its own and does not stop the others."""
    data = data_folder()
    looks: list[tuple[str, Callable[[], Check]]] = [
        ("python", _python),
        ("database", lambda: _database(data)),
        ("data", lambda: _data(data)),
        ("clock", lambda: _clock(datetime.now(UTC))),
        ("time_zones", _time_zones),
        ("locale", _locale),
        ("fonts", lambda: _fonts(FONTS)),
        ("disk", lambda: _disk(data)),
        ("port", lambda: _port(data, host, port)),
        ("leftovers", _leftovers),
    ]
    for name, look in looks:
        try:
            yield look()
        except RunError as error:
            yield Check(name, "error", str(error), error.mend)
        except OSError as error:
            yield Check(name, "error", str(error), tell("doctor.unreadable"))


def _wrong(name: str, code: str, **params: object) -> Check:
    return Check(name, "error", tell(f"doctor.{code}.text", **params), tell(f"doctor.{code}.mend", **params))


def _python() -> Check:
    return Check("python", "ok", f"{sys.version.split()[0]}, {sys.executable}")


def _database(data: Path) -> Check:
    named = installation.named_database()
    if named is not None:
        return _named_database(named)
    if not data.exists():
        return Check("database", "ok", tell("doctor.database_none", programs=_programs(binaries.choose(None))))
    place = cluster.layout(data)
    chosen = binaries.choose(place.major, place.account)
    pid = cluster.running(place.cluster)
    state = tell("doctor.running", process=pid) if pid else tell("doctor.stopped")
    text = tell("doctor.database_own", programs=_programs(chosen), folder=place.cluster, state=state)
    return Check("database", "ok", text)


def _programs(chosen: binaries.Binaries) -> str:
    source = tell(f"source.{chosen.source}")
    return tell("doctor.programs", version=chosen.version, source=source, folder=chosen.folder)


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
            return _wrong("database", "database_silent", variable=variable, reason=str(error).strip())
        answers.append(row or ("", False, 0))
    (owner, _, number), (application, mighty, _) = answers
    if owner == application or mighty:
        return _wrong("database", "database_same", user=application)
    version, majors = number // 10000, binaries.MAJORS
    if version not in majors:
        return _wrong("database", "database_version", version=version, first=majors[0], last=majors[-1])
    text = tell("doctor.database_named", version=version, owner=owner, application=application)
    return Check("database", "ok", text)


def _data(data: Path) -> Check:
    if not data.exists():
        return Check("data", "ok", tell("doctor.data_new", folder=data))
    if not os.access(data, os.W_OK | os.X_OK):
        return _wrong("data", "data_closed", folder=data)
    place = cluster.layout(data)
    if not place.cluster.is_relative_to(data):
        return Check("data", "ok", tell("doctor.data_elsewhere", folder=data, cluster=place.cluster))
    return Check("data", "ok", str(data))


def _clock(now: datetime) -> Check:
    if now.year not in YEARS:
        return _wrong("clock", "clock_wrong", day=f"{now:%Y-%m-%d}")
    return Check("clock", "ok", f"{now:%Y-%m-%d %H:%M:%S} UTC")


def _time_zones() -> Check:
    try:
        offset = datetime(2026, 7, 1, tzinfo=ZoneInfo("Asia/Dushanbe")).utcoffset()
    except ZoneInfoNotFoundError:
        offset = None
    if offset != timedelta(hours=5):
        return _wrong("time_zones", "zones_wrong")
    return Check("time_zones", "ok", tell("doctor.zones", zone=time.tzname[0]))


def _locale() -> Check:
    encodings = {sys.getfilesystemencoding().lower(), locale.getpreferredencoding(False).lower()}
    if encodings != {"utf-8"}:
        return _wrong("locale", "locale_wrong", encodings=", ".join(sorted(encodings)))
    return Check("locale", "ok", "UTF-8")


def _fonts(folder: Path) -> Check:
    fonts = sorted(path for path in folder.glob("*.ttf") if path.stat().st_size > 10_000)
    if not fonts:
        return _wrong("fonts", "fonts_none", folder=folder)
    return Check("fonts", "ok", ", ".join(path.stem for path in fonts))


def _disk(data: Path) -> Check:
    folder = next(path for path in (data, *data.parents) if path.exists())
    free = shutil.disk_usage(folder).free
    text = tell("doctor.disk", free=f"{free / 1024**3:.1f}", folder=folder)
    if free < postgres.FREE_BYTES_MIN:
        return Check("disk", "error", text, tell("doctor.disk_full"))
    if free < DISK_BYTES_WARNING:
        return Check("disk", "warning", text, tell("doctor.disk_low"))
    return Check("disk", "ok", text)


def _port(data: Path, host: str, port: int) -> Check:
    holder = installation.holder_of(data)
    if holder is not None:
        return Check("port", "ok", tell("doctor.port_serving", holder=holder))
    installation.port_check(host, port, wait_seconds=0)
    return Check("port", "ok", tell("doctor.port_free", port=port))


def _leftovers() -> Check:
    folders = ", ".join(str(folder) for folder in machine.abandoned())
    if folders:
        text = tell("doctor.leftovers.text", folders=folders)
        return Check("leftovers", "warning", text, tell("doctor.leftovers.mend"))
    return Check("leftovers", "ok", tell("doctor.leftovers_none"))

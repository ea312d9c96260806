# SPDX-License-Identifier: Apache-2.0
"""Settings from the environment, read by functions that fail loudly on a value they do not understand."""

from __future__ import annotations

import os
import secrets
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from gumruk import packs


def env_text(name: str, default: str) -> str:
    """A text from the environment; `NAME_FILE` may name a file that holds it (secrets of service managers)."""
    path = os.environ.get(f"{name}_FILE")
    return Path(path).read_text().strip() if path else os.environ.get(name, default)


def env_bool(name: str, default: bool) -> bool:
    """yes or no from the environment. Raises ValueError for anything else."""
    value = os.environ.get(name, "yes" if default else "no").lower()
    if value not in {"yes", "no", "1", "0", "true", "false"}:
        raise ValueError(f"{name} is {value!r}: write yes or no")
    return value in {"yes", "1", "true"}


def env_list(name: str, default: str) -> list[str]:
    """Words separated by commas."""
    return [word.strip() for word in env_text(name, default).split(",") if word.strip()]


def time_zone(country: str) -> str:
    """The time zone that the installation's country pack names. Raises ValueError where there is no such pack."""
    from gumruk import packs

    try:
        return packs.time_zone_of(country)
    except packs.PackError as error:
        raise ValueError(f"GUMRUK_COUNTRY is {country!r}: {error.faults[0].what('en')}") from error


#: The folder within the data folder for mail that goes to nobody's server: what is kept there has addresses in it, so
#: nobody but the web server's account may read it.
MAIL_FOLDER = "mail"


def data_folder() -> Path:
    """Where this installation keeps its state (`GUMRUK_DATA`, else `var` in the working folder)."""
    return Path(os.environ.get("GUMRUK_DATA", "var")).absolute()


def search_folder() -> Path:
    """Where the search index is kept (`GUMRUK_SEARCH`, else `search` in the data folder): the web server's account
    writes there what is made from words and can be made again."""
    named = os.environ.get("GUMRUK_SEARCH", "")
    return Path(named).absolute() if named else data_folder() / "search"


def secret_key() -> str:
    """The key that signs sessions: from GUMRUK_SECRET_KEY, else made once and kept, readable by its owner only."""
    given = env_text("GUMRUK_SECRET_KEY", "")
    if given:
        return given
    path = data_folder() / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def database(url: str) -> dict[str, Any]:
    """Django's settings for a PostgreSQL URL: postgresql://user:password@host:port/name?host=/socket/folder."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError(f"a database URL begins with postgresql://, not {parts.scheme}://")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    host = query.pop("host", unquote(parts.hostname or ""))
    port = query.pop("port", str(parts.port or ""))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": True,
        "OPTIONS": {"application_name": "gumruk", "prepare_threshold": 5, **query},
    }


def mail(where: str) -> dict[str, Any]:
    """Django's settings for where mail goes: `files` (in the data folder), `screen`, or an address of a mail server.

    A server is written smtp://user:password@host:port; smtp:// asks for STARTTLS on port 587, smtps:// for TLS. Raises
    ValueError for anything else.
    """
    backends = "django.core.mail.backends"
    if where == "files":
        return {
            "EMAIL_BACKEND": f"{backends}.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(data_folder() / MAIL_FOLDER),
        }
    if where == "screen":
        return {"EMAIL_BACKEND": f"{backends}.console.EmailBackend"}
    parts = urlsplit(where)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("GUMRUK_MAIL is files, screen, or a server as smtp://user:password@host:587")
    return {
        "EMAIL_BACKEND": f"{backends}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.hostname not in {"localhost", "127.0.0.1"},
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }


@cache
def installed_pack() -> packs.Pack:
    """The country pack of this installation, read once: its labels and acts. Law is read from what is published.

    It is named in the environment, not in Django's settings, so that commands without a database can ask too.
    """
    from gumruk import packs

    return packs.load(packs.pack_folder(os.environ.get("GUMRUK_COUNTRY", "tj")))

# SPDX-License-Identifier: Apache-2.0
"""What all tests share: the reference data beside the checkout, a browser, a PostgreSQL of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gumruk import texts
from gumruk.office.project import cluster, postgres

ROOT = Path(__file__).resolve().parents[1]
OWN_DATABASE = pytest.StashKey[Path]()
PURE = ("law", "oracle", "packs", "wire", "texts", "project")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Say where the tests' database will be before Django reads its settings; it starts when a test needs it.

    A database named by DATABASE_URL and DATABASE_APP_URL is used as it is.
    """
    texts.strict(True)
    if not _needs_django(config):
        return
    if not (os.environ.get("DATABASE_URL") and os.environ.get("DATABASE_APP_URL")):
        data = Path(os.environ.setdefault("GUMRUK_DATA", str(ROOT / "var" / "test")))
        os.environ.update(cluster.urls(cluster.layout(data)))
        config.stash[OWN_DATABASE] = data
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gumruk.office.project.settings")
    django.setup()


def _needs_django(config: pytest.Config) -> bool:
    """Tell whether anything but the pure wings is to be tested: those do without Django and a database."""
    chosen = [(config.invocation_params.dir / word.partition("::")[0]).resolve() for word in config.args]
    pure = [ROOT / "tests" / name for name in PURE]
    return not all(any(path.is_relative_to(folder) for folder in pure) for path in chosen)


@pytest.fixture(autouse=True)
def country_kept() -> Iterator[None]:
    """A command names its country in the environment; the next test begins without it."""
    before = os.environ.get("GUMRUK_COUNTRY")
    yield
    if before is None:
        os.environ.pop("GUMRUK_COUNTRY", None)
    else:
        os.environ["GUMRUK_COUNTRY"] = before


@pytest.fixture(scope="session")
def database_server(request: pytest.FixtureRequest) -> Iterator[None]:
    """A running PostgreSQL behind DATABASE_URL and DATABASE_APP_URL; our own is stopped after the last test."""
    data = request.config.stash.get(OWN_DATABASE, None)
    if data is None:
        yield
        return
    with postgres.Server(data, durable=False):
        yield


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """The folder of reference data (`GUMRUK_REFERENCE`, else `../shared/data`); skips where it is missing."""
    folder = Path(os.environ.get("GUMRUK_REFERENCE", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("the reference data is not here: set GUMRUK_REFERENCE to its folder")
    return folder


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Chromium or Chrome from the PATH; skips where it or its driver cannot run, and says what would bring it."""
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    driver = [sys.executable, "-m", "playwright", "--version"]
    if found is None or subprocess.run(driver, capture_output=True, check=False).returncode != 0:
        pytest.skip(
            "no Chromium here that runs; on Debian: apt-get install chromium libatomic1 && ./run test -m browser"
        )
    return found

# SPDX-License-Identifier: Apache-2.0
"""What all tests share: the reference data beside the checkout, a browser, a PostgreSQL of their own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """The folder of reference data (`GUMRUK_REFERENCE`, else `../shared/data`); skips where it is missing."""
    folder = Path(os.environ.get("GUMRUK_REFERENCE", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("the reference data is not here: set GUMRUK_REFERENCE to its folder")
    return folder


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Chromium or Chrome from the PATH; skips where there is none and says what would bring it."""
    for name in BROWSERS:
        found = shutil.which(name)
        if found:
            return found
    pytest.skip("no Chromium or Chrome here; on Debian: apt-get install chromium && ./run test -m browser")

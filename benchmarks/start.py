# SPDX-License-Identifier: Apache-2.0
"""How long `./run --once` takes: in a fresh copy of the checkout (with the installation of packages), and again."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("run", "vendor", "src", "requirements.lock", "requirements-dev.lock", "pyproject.toml")


def figures() -> Iterator[Figure]:
    """Start a fresh copy three times: nothing there, no data, everything there."""
    folder = Path(tempfile.mkdtemp(prefix="gumruk-bench-"))
    folder.chmod(0o755)
    try:
        for part in PARTS:
            if (ROOT / part).is_dir():
                shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(ROOT / part, folder / part)
        yield Figure("start", "cold, with the packages", _start(folder), "s")
        shutil.rmtree(folder / "var")
        yield Figure("start", "first, packages there", _start(folder), "s")
        yield Figure("start", "warm", _start(folder), "s", "under 5")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path) -> float:
    began = time.monotonic()
    done = subprocess.run([folder / "run", "--once"], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"./run --once failed:\n{done.stdout}{done.stderr}")
    return round(time.monotonic() - began, 2)

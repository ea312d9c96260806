# SPDX-License-Identifier: Apache-2.0
"""The program in docs/audit-proof.md checks a proof without any code of ours."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.office.audit.conftest import NOON

from gumruk.law.audit import Event, proof_plain, root_plain
from gumruk.office.audit.files import value_write
from gumruk.office.audit.queries import event_prove, root_get
from gumruk.office.audit.sealing import events_seal

PAGE = Path(__file__).parents[3] / "docs" / "audit-proof.md"


def test_it_lets_an_auditor_check_a_proof_with_the_program_in_the_docs(
    append: Callable[..., Event], tmp_path: Path
) -> None:
    program = next(block for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.S) if "sha256" in block)
    events = [append("abc"[number % 3], goods="қанд, шакар") for number in range(11)]
    events_seal(at=NOON)
    root = root_get()
    assert root is not None
    proof_file, root_file = tmp_path / "proof.json", tmp_path / "root.json"
    value_write(root_file, root_plain(root))

    def check() -> str:
        command = [sys.executable, "-I", "-W", "ignore", "-c", program, str(proof_file), str(root_file)]
        return subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout.strip()

    for event in events:
        value_write(proof_file, proof_plain(event_prove(event.id, root)))
        assert check() == "proved"
    proof_file.write_text(proof_file.read_text().replace("шакар", "намак"))
    assert check() == "NOT PROVED"

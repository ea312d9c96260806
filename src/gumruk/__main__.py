# SPDX-License-Identifier: Apache-2.0
"""`python -m gumruk`: the `gumruk` command."""

from __future__ import annotations

import sys

from gumruk.cli import main

if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: Apache-2.0
"""The goods declaration of the Eurasian Economic Union (`ESADout_CU`), read and written without loss."""

from __future__ import annotations

from gumruk.law.declarations.model import Declaration, Extension
from gumruk.wire import tables
from gumruk.wire.eaeu.profile import ALBUM, DIALECT, FORMAT
from gumruk.wire.safety import LIMITS, Limits

__all__ = ["DIALECT", "FORMAT", "PLANS", "ROOTS", "VERSION", "extension_fits", "left_over", "read", "write"]

VERSION = f"ESADout_CU {ALBUM}; read from any album"
ROOTS = frozenset({"ESADout_CU", "ED_Container"})
PLANS = tables.Plans(DIALECT)


def read(content: bytes, limits: Limits = LIMITS) -> Declaration:
    """The declaration in a message (UTF-8, already examined); raises `WireError` with all that is wrong."""
    return tables.read(content, PLANS, limits)


def write(declaration: Declaration) -> bytes:
    """The message of a declaration: what was kept of the one it came in, or a new one."""
    return tables.write(declaration, PLANS)


def extension_fits(extension: Extension) -> bool:
    """Whether an extension that came by another way may be written in this format."""
    return tables.extension_fits(extension, PLANS)


def left_over(extension: Extension) -> list[str]:
    """The elements in what was kept that no other format can carry."""
    return tables.left_over(extension, PLANS)

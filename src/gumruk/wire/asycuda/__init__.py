# SPDX-License-Identifier: Apache-2.0
"""ASYCUDA World's single administrative document (SAD) as XML, read and written without loss."""

from __future__ import annotations

from gumruk.law.declarations.model import Declaration, Extension
from gumruk.wire import tables
from gumruk.wire.asycuda.profile import DIALECT, FORMAT
from gumruk.wire.safety import LIMITS, Limits

__all__ = ["DIALECT", "FORMAT", "PLANS", "ROOTS", "VERSION", "extension_fits", "left_over", "read", "write"]

VERSION = "ASYCUDA World SAD, as of releases 4.2 and later"
ROOTS = frozenset({"ASYCUDA"})
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

# SPDX-License-Identifier: Apache-2.0
"""Salted commitments: a hash that binds personal details to an event, and tells nothing once they are gone."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from gumruk.law.audit.canonical import canonical_bytes

SALT_BYTES = 32
"""Length of the random salt. It lies with the details and is erased with them: then nobody can guess them."""

_DOMAIN = b"gumruk personal 1\n"


def personal_commitment(salt: bytes, details: Mapping[str, object]) -> bytes:
    """SHA-256 over the salt and the canonical bytes of the details; ValueError if the salt is too short."""
    if len(salt) != SALT_BYTES:
        raise ValueError("salt_length")
    return sha256(_DOMAIN + salt + canonical_bytes(details)).digest()

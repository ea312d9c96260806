# SPDX-License-Identifier: Apache-2.0
"""Proof that nothing was changed afterwards: canonical bytes, chains, a Merkle tree, chained seals."""

from __future__ import annotations

from gumruk.law.audit.canonical import CanonicalError, canonical_bytes, canonical_text, plain, value_of
from gumruk.law.audit.events import ZERO_HASH, Event, event_hash, event_make, event_read
from gumruk.law.audit.history import Recorded, SubjectHead, verify_history
from gumruk.law.audit.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_path,
    inclusion_path,
    leaf_hash,
    node_hash,
    nodes_of,
    verify_consistency,
    verify_inclusion,
)
from gumruk.law.audit.personal import SALT_BYTES, personal_commitment
from gumruk.law.audit.proofs import Proof, proof_plain, proof_read, prove, verify_proof
from gumruk.law.audit.seals import Root, Seal, root_plain, root_read, seal_hash, seal_read

__all__ = [
    "EMPTY_ROOT",
    "SALT_BYTES",
    "ZERO_HASH",
    "CanonicalError",
    "Event",
    "Frontier",
    "Proof",
    "Recorded",
    "Root",
    "Seal",
    "SubjectHead",
    "canonical_bytes",
    "canonical_text",
    "consistency_path",
    "event_hash",
    "event_make",
    "event_read",
    "inclusion_path",
    "leaf_hash",
    "node_hash",
    "nodes_of",
    "personal_commitment",
    "plain",
    "proof_plain",
    "proof_read",
    "prove",
    "root_plain",
    "root_read",
    "seal_hash",
    "seal_read",
    "value_of",
    "verify_consistency",
    "verify_history",
    "verify_inclusion",
    "verify_proof",
]

# SPDX-License-Identifier: Apache-2.0
"""The proof of one event: O(log n) hashes that lead from it to a root which left the building."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from gumruk.law.audit.canonical import CanonicalError, hash_read
from gumruk.law.audit.events import Event, event_hash, event_plain, event_read
from gumruk.law.audit.merkle import (
    NodeSource,
    consistency_path,
    inclusion_path,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)
from gumruk.law.audit.seals import Root, root_plain, root_read
from gumruk.law.kernel import Audience, Finding


@dataclass(frozen=True, slots=True)
class Proof:
    """The event, its position, the root it leads to and the path there.

    `bridge` is empty where `root` is the root that the reader holds; else it proves that `root` and the
    reader's root, of `bridge_size` leaves, belong to one tree that only grew.
    """

    event: Event
    position: int
    root: Root
    path: tuple[bytes, ...]
    bridge_size: int = 0
    bridge: tuple[bytes, ...] = ()


def prove(event: Event, position: int, root: Root, node: NodeSource, trusted: Root | None = None) -> Proof:
    """The proof that `event` stands at `position`, against `trusted` if it covers that, else against `root`.

    `root` is the newest root of the tree that `node` reads. ValueError if the event is not yet under it.
    """
    if trusted is not None and position < trusted.size <= root.size:
        root = trusted
    proof = Proof(event, position, root, inclusion_path(position, root.size, node))
    if trusted is None or trusted == root:
        return proof
    bridge = consistency_path(min(trusted.size, root.size), max(trusted.size, root.size), node)
    return replace(proof, bridge_size=trusted.size, bridge=bridge)


def verify_proof(proof: Proof, root: Root) -> list[Finding]:
    """What is wrong with the proof, against a root that the reader trusts; an empty list proves the event."""
    leaf = leaf_hash(event_hash(proof.event))
    if not verify_inclusion(leaf, proof.position, proof.root.size, proof.path, proof.root.root):
        return [_finding("AUD-18", proof, root)]
    if proof.root.size == root.size:
        return [] if proof.root.root == root.root else [_finding("AUD-19", proof, root)]
    old, new = sorted((proof.root, root), key=lambda one: one.size)
    held = proof.bridge_size == root.size and verify_consistency(old.size, old.root, new.size, new.root, proof.bridge)
    return [] if held else [_finding("AUD-19", proof, root)]


def proof_plain(proof: Proof) -> dict[str, object]:
    """The proof with only JSON's types in it."""
    return {
        "event": event_plain(proof.event),
        "position": proof.position,
        "root": root_plain(proof.root),
        "path": [step.hex() for step in proof.path],
        "bridge_size": proof.bridge_size,
        "bridge": [step.hex() for step in proof.bridge],
    }


def proof_read(record: Mapping[str, object]) -> Proof:
    """The proof that `proof_plain` wrote; raises `CanonicalError` for anything else."""
    try:
        event, root = record["event"], record["root"]
        position, bridge_size = record["position"], record["bridge_size"]
        if not isinstance(event, dict) or not isinstance(root, dict):
            raise CanonicalError("proof")
        if not isinstance(position, int) or not isinstance(bridge_size, int):
            raise CanonicalError("proof")
        path, bridge = _hashes(record["path"]), _hashes(record["bridge"])
    except (KeyError, ValueError) as error:
        raise CanonicalError("proof") from error
    return Proof(event_read(event), position, root_read(root), path, bridge_size, bridge)


def _hashes(value: object) -> tuple[bytes, ...]:
    if not isinstance(value, list):
        raise CanonicalError("proof")
    return tuple(hash_read(one) for one in value)


def _finding(code: str, proof: Proof, root: Root) -> Finding:
    event = proof.event
    params = {
        "subject": f"{event.subject_kind} {event.subject_id}",
        "sequence": str(event.sequence),
        "event": str(event.id),
        "seal": str(root.number),
    }
    return Finding(code, path=f"events[{event.id}]", params=params, audience=Audience.OFFICER)

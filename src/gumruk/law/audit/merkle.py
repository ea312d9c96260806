# SPDX-License-Identifier: Apache-2.0
"""A Merkle tree that only grows (RFC 6962, section 2.1): roots, proofs of inclusion and of consistency.

A node is named by its level (0 are the leaves) and its index on that level; a complete node (level, index)
covers the leaves from ``index << level`` up to ``(index + 1) << level``. Proofs are made from complete nodes
only, which the caller may have stored, so that no proof reads more than O(log n) of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()
"""The root of the tree without leaves."""

NodeSource = Callable[[int, int], bytes]
"""Gives the hash of the complete node at (level, index)."""


def leaf_hash(entry: bytes) -> bytes:
    """The leaf of an entry (an event's hash); its prefix keeps leaves and inner nodes apart."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The inner node over two nodes."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """What must be kept of a tree to let it grow: its size and its complete subtrees' roots, largest first."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def extended(self, leaves: Iterable[bytes], note: Callable[[int, int, bytes], None] | None = None) -> Frontier:
        """The frontier after these leaves; `note(level, index, hash)` hears of each inner node made complete."""
        size, peaks = self.size, list(self.peaks)
        for leaf in leaves:
            node, level = leaf, 0
            while size >> level & 1:
                node = node_hash(peaks.pop(), node)
                level += 1
                if note is not None:
                    note(level, size >> level, node)
            peaks.append(node)
            size += 1
        return Frontier(size, tuple(peaks))

    @property
    def root(self) -> bytes:
        """The root of the tree of this size."""
        if not self.peaks:
            return EMPTY_ROOT
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def inclusion_path(position: int, size: int, node: NodeSource) -> tuple[bytes, ...]:
    """The proof that the leaf at `position` is in the tree of `size` leaves, from the leaf upwards."""
    if not 0 <= position < size:
        raise ValueError("position")
    return tuple(_subtree(first, last, node) for first, last in _siblings(position, size))


def verify_inclusion(leaf: bytes, position: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether `path` proves that `leaf` stands at `position` in the tree of `size` leaves with this root."""
    if not 0 <= position < size:
        return False
    siblings = list(_siblings(position, size))
    if len(siblings) != len(path):
        return False
    found = leaf
    for (first, _), other in zip(siblings, path, strict=True):
        found = node_hash(other, found) if first < position else node_hash(found, other)
    return found == root


def consistency_path(old_size: int, size: int, node: NodeSource) -> tuple[bytes, ...]:
    """The proof that the tree of `size` leaves only adds to the tree of its first `old_size` leaves."""
    if not 0 < old_size <= size:
        raise ValueError("old_size")
    inside, outside = _consistency_ranges(old_size, size)
    return tuple(_subtree(first, last, node) for first, last in inside + outside)


def verify_consistency(old_size: int, old_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Whether `path` proves that the tree (size, root) only adds to the tree (old_size, old_root)."""
    if not 0 < old_size <= size:
        return False
    inside, outside = _consistency_ranges(old_size, size)
    if len(path) != len(inside) + len(outside):
        return False
    parts = dict(zip(inside + outside, path, strict=True))
    return _joined(0, old_size, parts) == old_root and _joined(0, size, parts) == root


def nodes_of(leaves: Sequence[bytes]) -> NodeSource:
    """A node source over leaf hashes in memory, computed once on O(n) hashes: for exports and tests."""
    levels: list[list[bytes]] = [list(leaves)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([node_hash(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)])

    def node(level: int, index: int) -> bytes:
        return levels[level][index]

    return node


def _cut(first: int, last: int) -> int:
    """Where RFC 6962 cuts the leaves [first, last): after the largest power of two below their number."""
    return first + (1 << (last - first - 1).bit_length() - 1)


def _siblings(position: int, size: int) -> list[tuple[int, int]]:
    """The spans whose roots stand beside the way from the leaf up to the root, lowest first."""
    first, last, spans = 0, size, []
    while last - first > 1:
        cut = _cut(first, last)
        if position < cut:
            spans.append((cut, last))
            last = cut
        else:
            spans.append((first, cut))
            first = cut
    return spans[::-1]


def _consistency_ranges(old_size: int, size: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Spans that make up the old tree, and those that with them make up the new one, left to right."""
    first, last = 0, size
    inside: list[tuple[int, int]] = []
    outside: list[tuple[int, int]] = []
    while old_size < last:
        cut = _cut(first, last)
        if old_size <= cut:
            outside.insert(0, (cut, last))
            last = cut
        else:
            inside.append((first, cut))
            first = cut
    return [*inside, (first, last)], outside


def _joined(first: int, last: int, parts: dict[tuple[int, int], bytes]) -> bytes:
    """The root of a span, from the parts it is cut into; a lacking part gives a root that nothing equals."""
    if (first, last) in parts:
        return parts[first, last]
    if last - first <= 1:
        return b""
    cut = _cut(first, last)
    return node_hash(_joined(first, cut, parts), _joined(cut, last, parts))


def _subtree(first: int, last: int, node: NodeSource) -> bytes:
    """The root of the leaves [first, last), of which `first` begins a complete subtree at least as large."""
    length = last - first
    if length & (length - 1) == 0:
        level = length.bit_length() - 1
        return node(level, first >> level)
    cut = _cut(first, last)
    return node_hash(_subtree(first, cut, node), _subtree(cut, last, node))

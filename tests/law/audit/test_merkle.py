# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.audit import (
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

# The example of certificate transparency's own tests: eight entries, and the root of the whole tree.
ENTRIES = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
ENTRIES.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))
ROOT_OF_EIGHT = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def leaves(size: int) -> list[bytes]:
    return [leaf_hash(number.to_bytes(4, "big")) for number in range(size)]


def root_by_definition(hashes: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if not hashes:
        return sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    cut = 1
    while cut * 2 < len(hashes):
        cut *= 2
    return node_hash(root_by_definition(hashes[:cut]), root_by_definition(hashes[cut:]))


def test_it_has_the_root_that_certificate_transparency_computes() -> None:
    assert Frontier().extended(leaf_hash(entry) for entry in ENTRIES).root.hex() == ROOT_OF_EIGHT


def test_it_has_a_root_before_its_first_leaf() -> None:
    assert Frontier().root == EMPTY_ROOT == root_by_definition([])


@given(st.integers(0, 70), st.integers(0, 70))
def test_it_grows_in_batches_to_the_root_of_the_whole(first: int, second: int) -> None:
    all_leaves = leaves(first + second)
    frontier = Frontier().extended(all_leaves[:first]).extended(all_leaves[first:])
    assert frontier.root == root_by_definition(all_leaves)
    assert frontier.size == first + second
    assert len(frontier.peaks) == (first + second).bit_count()


def test_it_notes_each_inner_node_once() -> None:
    noted: dict[tuple[int, int], bytes] = {}

    def note(level: int, index: int, found: bytes) -> None:
        assert (level, index) not in noted
        noted[level, index] = found

    all_leaves = leaves(37)
    Frontier().extended(all_leaves[:5], note).extended(all_leaves[5:], note)
    node = nodes_of(all_leaves)
    assert noted == {at: node(*at) for at in noted}
    assert len(noted) == 18 + 9 + 4 + 2 + 1


def test_it_proves_every_leaf_in_every_tree_up_to_forty() -> None:
    for size in range(1, 41):
        all_leaves = leaves(size)
        root, node = root_by_definition(all_leaves), nodes_of(all_leaves)
        for position in range(size):
            path = inclusion_path(position, size, node)
            assert len(path) <= (size - 1).bit_length()
            assert verify_inclusion(all_leaves[position], position, size, path, root)
            assert not verify_inclusion(leaf_hash(b"other"), position, size, path, root)
            assert not verify_inclusion(all_leaves[position], (position + 1) % size, size, path, root) or size == 1


def test_it_proves_growth_between_all_sizes_up_to_forty() -> None:
    all_leaves = leaves(40)
    node = nodes_of(all_leaves)
    roots = [root_by_definition(all_leaves[:size]) for size in range(41)]
    for size in range(1, 41):
        for old in range(1, size + 1):
            path = consistency_path(old, size, node)
            assert verify_consistency(old, roots[old], size, roots[size], path)
            assert not verify_consistency(old, roots[old - 1], size, roots[size], path)
            assert not verify_consistency(old, roots[old], size, leaf_hash(b""), path)


@given(st.integers(2, 60), st.data())
def test_it_refuses_a_proof_with_any_bit_flipped(size: int, data: st.DataObject) -> None:
    all_leaves = leaves(size)
    position = data.draw(st.integers(0, size - 1))
    path = list(inclusion_path(position, size, nodes_of(all_leaves)))
    at, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))
    path[at] = (int.from_bytes(path[at], "big") ^ 1 << bit).to_bytes(32, "big")
    assert not verify_inclusion(all_leaves[position], position, size, path, root_by_definition(all_leaves))


def test_it_refuses_proofs_of_a_wrong_length_or_place() -> None:
    all_leaves = leaves(5)
    root, node = root_by_definition(all_leaves), nodes_of(all_leaves)
    path = inclusion_path(2, 5, node)
    assert not verify_inclusion(all_leaves[2], 2, 5, path[:-1], root)
    assert not verify_inclusion(all_leaves[2], 2, 5, (*path, root), root)
    assert not verify_inclusion(all_leaves[2], 5, 5, path, root)
    assert not verify_consistency(0, EMPTY_ROOT, 5, root, ())
    assert not verify_consistency(3, root_by_definition(all_leaves[:3]), 5, root, path[:1])
    with pytest.raises(ValueError, match="position"):
        inclusion_path(5, 5, node)
    with pytest.raises(ValueError, match="old_size"):
        consistency_path(6, 5, node)


def test_it_keeps_leaves_and_nodes_apart() -> None:
    left, right = leaves(2)
    assert leaf_hash(left + right) != node_hash(left, right)

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.law.audit.story import chain, event, root_after, sealed

from gumruk.law.audit import (
    SALT_BYTES,
    CanonicalError,
    Event,
    canonical_text,
    event_hash,
    event_read,
    leaf_hash,
    nodes_of,
    personal_commitment,
    proof_plain,
    proof_read,
    prove,
    root_plain,
    root_read,
    seal_read,
    verify_proof,
)
from gumruk.law.audit.events import event_plain
from gumruk.law.audit.seals import seal_plain


def tree(events: list[Event]) -> Callable[[int, int], bytes]:
    return nodes_of([leaf_hash(event_hash(one)) for one in events])


def test_it_proves_one_event_among_many_with_few_hashes() -> None:
    events = chain("ab" * 500)
    root = root_after(events, batch=1000)
    proof = prove(events[700], 700, root, tree(events))
    assert verify_proof(proof, root) == []
    assert len(proof.path) == 10


@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_it_proves_an_event_against_an_older_or_a_newer_root(old: int, size: int, data: st.DataObject) -> None:
    events = chain("abc" * 14)[: max(old, size)]
    old_root, root = root_after(events[:old], 7), root_after(events[:size], 7)
    position = data.draw(st.integers(0, size - 1))
    proof = prove(events[position], position, root, tree(events), old_root)
    assert verify_proof(proof, old_root) == []


def test_it_refuses_a_proof_of_a_changed_event() -> None:
    events = chain("abcab")
    root = root_after(events, 5)
    proof = prove(events[2], 2, root, tree(events))
    lie = replace(proof, event=replace(proof.event, actor="farrukh"))
    assert [one.code for one in verify_proof(lie, root)] == ["AUD-18"]
    assert [one.code for one in verify_proof(replace(proof, position=1), root)] == ["AUD-18"]


def test_it_refuses_a_proof_from_a_history_that_was_rewritten() -> None:
    truth, lie = chain("abcabc"), chain("abcacb")
    rewritten = prove(lie[5], 5, root_after(lie, 6), tree(lie), root_after(truth[:4], 4))
    assert verify_proof(rewritten, root_after(truth[:4], 4)) == []  # the first four events are the same
    same_size = prove(lie[5], 5, root_after(lie, 6), tree(lie))
    assert [one.code for one in verify_proof(same_size, root_after(truth, 6))] == ["AUD-19"]
    late = prove(lie[5], 5, root_after(lie, 6), tree(lie), root_after(truth[:5], 5))
    assert [one.code for one in verify_proof(late, root_after(truth[:5], 5))] == ["AUD-19"]


def test_it_writes_and_reads_proofs_roots_seals_and_events() -> None:
    events = chain("abcab")
    root = root_after(events, 5)
    proof = prove(events[4], 4, root, tree(events), root_after(events[:3], 3))
    assert proof_read(json.loads(json.dumps(proof_plain(proof)))) == proof
    assert root_read(root_plain(root)) == root
    seal = sealed(events)[1][0][0]
    assert seal_read(seal_plain(seal)) == seal
    assert event_read(event_plain(events[0])) == events[0]


@pytest.mark.parametrize("broken", [{}, {"sequence": "1"}, {"id": "x"}, {"at": "yesterday"}, {"previous_hash": "zz"}])
def test_it_refuses_records_that_are_not_events(broken: dict[str, object]) -> None:
    record = {**event_plain(chain("a")[0]), **broken} if broken else {}
    with pytest.raises(CanonicalError):
        event_read(record)


@pytest.mark.parametrize("broken", [{"position": "1"}, {"event": None}, {"path": "x"}, {"path": ["zz"]}, {"root": 1}])
def test_it_refuses_records_that_are_not_proofs(broken: dict[str, object]) -> None:
    events = chain("ab")
    record = proof_plain(prove(events[0], 0, root_after(events, 2), tree(events)))
    with pytest.raises(CanonicalError):
        proof_read({**record, **broken})


def test_it_refuses_negative_sizes_in_seals_and_roots() -> None:
    events = chain("ab")
    with pytest.raises(CanonicalError):
        root_read({**root_plain(root_after(events)), "size": -1})
    with pytest.raises(CanonicalError):
        seal_read({**seal_plain(sealed(events)[1][0][0]), "number": True})


def test_it_gives_the_values_of_a_body_back() -> None:
    written = event(1, "a", 1, bytes(32), duty=Decimal("12.50"), accepted_on=date(2026, 1, 4))
    assert written.details() == {"duty": Decimal("12.50"), "accepted_on": date(2026, 1, 4)}
    assert written.body == canonical_text(written.details())


def test_it_hashes_every_field_of_an_event() -> None:
    one = event(1, "a", 1, bytes(32), lane="green")
    others = [
        replace(one, id=UUID(int=2)),
        replace(one, subject_kind="receipt"),
        replace(one, subject_id="b"),
        replace(one, sequence=2),
        replace(one, previous_hash=b"\x01" * 32),
        replace(one, kind="other"),
        replace(one, at=one.at.replace(microsecond=1)),
        replace(one, actor="farrukh"),
        replace(one, body="{}"),
        replace(one, personal_commitment=bytes(32)),
    ]
    assert len({event_hash(each) for each in [one, *others]}) == 11


def test_it_commits_to_personal_details_without_telling_them() -> None:
    details = {"name": "Dilnoza", "born_on": date(1990, 5, 1)}
    salt, other_salt = bytes(SALT_BYTES), b"\x01" * SALT_BYTES
    assert personal_commitment(salt, details) == personal_commitment(salt, dict(reversed(details.items())))
    assert personal_commitment(salt, details) != personal_commitment(other_salt, details)
    assert personal_commitment(salt, details) != personal_commitment(salt, {**details, "name": "Dilnozа"})
    with pytest.raises(ValueError, match="salt_length"):
        personal_commitment(b"short", details)

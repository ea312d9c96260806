# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.law.audit.story import NOON, chain, changed, event, root_after, sealed, told, verified

from gumruk.law.audit import Recorded, SubjectHead, canonical_text, event_hash, verify_history
from gumruk.law.audit.seals import seal_hash
from gumruk.law.kernel import Audience

STORY = "abacabbca"  # three files, written by turns; nine events, three seals of three


def the_id(number: int) -> str:
    return str(UUID(int=number))


def test_it_finds_nothing_in_a_true_history() -> None:
    events = chain(STORY)
    records, seals = sealed(events)
    assert verify_history(records, seals) == []
    assert verify_history(records, seals, root_after(events[:6])) == []
    assert verify_history([], []) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("body", canonical_text({"lane": "green", "place": 5})),
        ("kind", "declaration.released"),
        ("actor", "farrukh"),
        ("at", NOON + timedelta(seconds=4, microseconds=1)),
        ("personal_commitment", bytes(32)),
        ("previous_hash", bytes(32)),
    ],
)
def test_it_names_the_event_in_which_one_thing_was_changed(name: str, value: object) -> None:
    records, seals = sealed(chain(STORY))
    records[3 + 2] = changed(records[3 + 2], **{name: value})
    codes = [found for found in verified(records, seals) if found[0] == "AUD-01"]
    assert codes == [("AUD-01", "2", the_id(6))]


@given(st.integers(0, 8), st.data())
def test_it_names_the_event_in_which_one_bit_was_flipped(place: int, data: st.DataObject) -> None:
    records, seals = sealed(chain(STORY))
    found = records[place]
    assert found.event is not None
    raw = bytearray(found.event.body.encode())
    bit = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[bit // 8] ^= 1 << bit % 8
    records[place] = changed(found, body=raw.decode(errors="surrogateescape"))
    assert verified(records, seals) == [("AUD-01", str(found.event.sequence), the_id(place + 1))]


def test_it_names_an_event_changed_together_with_its_hash() -> None:
    records, seals = sealed(chain(STORY))
    lie = changed(records[2], actor="farrukh")
    assert lie.event is not None
    records[2] = replace(lie, hash=event_hash(lie.event))
    assert verified(records, seals) == [("AUD-07", "2", the_id(3)), ("AUD-02", "3", the_id(5))]


def test_it_names_an_event_changed_together_with_its_hash_and_leaf() -> None:
    records, seals = sealed(chain(STORY))
    lie = changed(records[2], actor="farrukh")
    assert lie.event is not None
    records[2] = replace(lie, hash=event_hash(lie.event), leaf=event_hash(lie.event))
    findings = verify_history(records, seals)
    assert told(findings) == [("AUD-02", "3", the_id(5)), ("AUD-11", "", "")]
    assert findings[1].params == {"seal": "1", "first": "0", "last": "2"}


def test_it_names_a_removed_event_with_file_sequence_and_id() -> None:
    records, seals = sealed(chain(STORY))
    records[2] = replace(records[2], event=None, hash=None)
    findings = verify_history(records, seals)
    assert told(findings) == [("AUD-03", "2", the_id(3))]
    assert findings[0].params["subject"] == "declaration a"
    assert findings[0].audience == Audience.OFFICER


def test_it_names_a_removed_event_whose_leaf_was_removed_too() -> None:
    records, seals = sealed(chain(STORY))
    del records[2]
    assert verified(records, seals) == [("AUD-03", "2", "?"), ("AUD-08", "", "")]


def test_it_names_the_last_event_of_a_file_when_removed() -> None:
    events = chain(STORY)
    records, seals = sealed(events)
    records[8] = replace(records[8], event=None, hash=None)
    assert verified(records, seals) == [("AUD-04", "", the_id(9))]
    heads = [SubjectHead("declaration", "a", 4, event_hash(events[8]))]
    assert told(verify_history(records, seals, heads=heads)) == [("AUD-03", "4", the_id(9))]


def test_it_names_a_subject_whose_registry_disagrees() -> None:
    events = chain(STORY)
    records, seals = sealed(events)
    heads = [SubjectHead("declaration", "a", 4, bytes(32)), SubjectHead("declaration", "z", 1, bytes(32))]
    assert told(verify_history(records, seals, heads=heads)) == [("AUD-15", "4", "?"), ("AUD-03", "1", "?")]


def test_it_names_an_inserted_event() -> None:
    records, seals = sealed(chain(STORY))
    lie = event(99, "a", 2, event_hash(chain("a")[0]), lane="red")
    records.append(Recorded(lie.id, lie, event_hash(lie), None, None))
    assert verified(records, seals) == [("AUD-05", "2", the_id(99))]


def test_it_names_an_event_put_in_the_place_of_another() -> None:
    records, seals = sealed(chain(STORY))
    records[2] = replace(records[2], event=None, hash=None)
    lie = event(99, "a", 2, event_hash(chain("a")[0]), lane="red")
    records.append(Recorded(lie.id, lie, event_hash(lie), None, None))
    assert verified(records, seals) == [("AUD-05", "2", the_id(99)), ("AUD-03", "2", the_id(3))]


def test_it_takes_an_event_not_yet_sealed() -> None:
    events = chain(STORY)
    records, seals = sealed(events[:6])
    records += [Recorded(one.id, one, event_hash(one), None, None) for one in events[6:]]
    assert verify_history(records, seals, root_after(events[:6])) == []


def test_it_names_reordered_events() -> None:
    records, seals = sealed(chain(STORY))
    first, second = records[0], records[2]
    records[0], records[2] = replace(second, position=0), replace(first, position=2)
    assert verified(records, seals) == [("AUD-06", "1", the_id(1)), ("AUD-11", "", "")]


def test_it_names_two_events_whose_places_in_the_chain_were_exchanged() -> None:
    records, seals = sealed(chain(STORY))
    records[2], records[4] = changed(records[2], sequence=3), changed(records[4], sequence=2)
    found = verified(records, seals)
    assert ("AUD-01", "3", the_id(3)) in found
    assert ("AUD-01", "2", the_id(5)) in found


def test_it_names_a_changed_seal() -> None:
    records, seals = sealed(chain(STORY))
    seal, recorded = seals[1]
    seals[1] = (replace(seal, at=seal.at + timedelta(seconds=1)), recorded)
    assert [(one.code, one.params["seal"]) for one in verify_history(records, seals)] == [("AUD-09", "2")]


def test_it_names_a_seal_changed_together_with_its_hash() -> None:
    records, seals = sealed(chain(STORY))
    lie = replace(seals[1][0], at=NOON)
    seals[1] = (lie, seal_hash(lie))
    assert [(one.code, one.params["seal"]) for one in verify_history(records, seals)] == [("AUD-10", "3")]


def test_it_names_a_removed_seal() -> None:
    records, seals = sealed(chain(STORY))
    del seals[1]
    assert [(one.code, one.params["seal"]) for one in verify_history(records, seals)] == [("AUD-10", "3")]


def test_it_names_a_seal_over_events_that_are_gone_from_the_end() -> None:
    records, seals = sealed(chain(STORY))
    assert [one.code for one in verify_history(records[:7], seals)] == ["AUD-11"]


def test_it_finds_a_history_rewritten_and_sealed_again_against_an_earlier_root() -> None:
    root = root_after(chain(STORY))
    lie = chain("abacabbac")  # the same files, two late events exchanged, all hashes and seals made anew
    records, seals = sealed(lie)
    assert verify_history(records, seals) == []
    assert verified(records, seals, root) == [("AUD-12", "", "")]


def test_it_finds_a_rewritten_history_even_when_cut_into_other_seals() -> None:
    events = chain(STORY)
    root = root_after(events[:6])
    records, seals = sealed(events, batch=9)
    assert [one.code for one in verify_history(records, seals, root)] == ["AUD-13"]


def test_it_finds_a_history_cut_off_before_the_earlier_root() -> None:
    root = root_after(chain(STORY))
    records, seals = sealed(chain(STORY)[:3])
    findings = verify_history(records, seals, root)
    assert [(one.code, one.params) for one in findings] == [("AUD-13", {"seal": "3", "size": "9", "found": "3"})]


@given(st.text("abcd", min_size=1, max_size=30), st.integers(1, 7), st.data())
def test_it_never_calls_a_history_whole_with_an_event_missing(files: str, batch: int, data: st.DataObject) -> None:
    records, seals = sealed(chain(files), batch)
    assert verify_history(records, seals) == []
    del records[data.draw(st.integers(0, len(records) - 1))]
    assert verify_history(records, seals) != []

# SPDX-License-Identifier: Apache-2.0
"""What the owner of the database does, who takes the triggers away first; and what is found of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connections, transaction
from tests.office.audit.conftest import NOON, owner_run

from gumruk.law.audit import Event, Root, canonical_text, event_hash
from gumruk.office.audit.queries import event_list, history_verify, root_get
from gumruk.office.audit.sealing import events_seal


@pytest.fixture
def story(append: Callable[..., Event]) -> list[Event]:
    """Two files, written by turns, in three seals."""
    events = []
    for number, subject in enumerate("abaabbab", 1):
        events.append(append(subject, lane="green", place=number))
        if number % 3 == 0:
            events_seal(at=NOON)
    events_seal(at=NOON)
    assert history_verify() == []
    return events


def found(root: Root | None = None) -> list[tuple[str, str, str, str]]:
    return [
        (one.code, one.params.get("subject", ""), one.params.get("sequence", ""), one.params.get("event", ""))
        for one in history_verify(root)
    ]


def test_it_names_the_event_with_one_bit_flipped_in_its_body(story: list[Event]) -> None:
    event = story[3]
    owner_run(f"""UPDATE audit_event SET body = jsonb_set(body, '{{place}}', '5') WHERE id = '{event.id}'""")
    assert found() == [("AUD-01", "declaration a", "3", str(event.id))]


def test_it_names_the_event_with_one_bit_flipped_in_its_hash(story: list[Event]) -> None:
    event = story[3]
    owner_run(f"UPDATE audit_event SET hash = set_bit(hash, 77, 1 - get_bit(hash, 77)) WHERE id = '{event.id}'")
    names = ("declaration a", "3", str(event.id))
    assert found() == [("AUD-01", *names), ("AUD-07", *names), ("AUD-02", "declaration a", "4", str(story[6].id))]


def test_it_names_the_event_whose_moment_was_moved(story: list[Event]) -> None:
    owner_run(f"UPDATE audit_event SET at = at - interval '1 microsecond' WHERE id = '{story[0].id}'")
    assert found() == [("AUD-01", "declaration a", "1", str(story[0].id))]


@pytest.mark.parametrize("body", ["1.5", "1e400", "[]", '"text"', "null"])
def test_it_names_an_event_whose_body_is_no_body(story: list[Event], body: str) -> None:
    owner_run(f"UPDATE audit_event SET body = '{body}' WHERE id = '{story[0].id}'")
    assert found() == [("AUD-01", "declaration a", "1", str(story[0].id))]


@pytest.mark.parametrize(("place", "subject", "sequence"), [(2, "a", "2"), (0, "a", "1"), (6, "a", "4"), (7, "b", "4")])
def test_it_names_the_removed_event(story: list[Event], place: int, subject: str, sequence: str) -> None:
    owner_run(f"DELETE FROM audit_event WHERE id = '{story[place].id}'")
    assert found() == [("AUD-03", f"declaration {subject}", sequence, str(story[place].id))]


def test_it_names_a_removed_file(story: list[Event]) -> None:
    owner_run("DELETE FROM audit_event WHERE subject_id = 'b'")
    gone = {str(event.id) for event in story if event.subject_id == "b"}
    findings = found()
    assert {event for _, _, _, event in findings} == gone
    assert ("AUD-03", "declaration b", "4", str(story[7].id)) in findings


def test_it_names_the_inserted_event(story: list[Event]) -> None:
    lie = replace(story[2], id=replace(story[2]).id.__class__(int=story[2].id.int + 1), actor="nobody")
    _insert(lie)
    assert found() == [("AUD-05", "declaration a", "2", str(lie.id))]


def test_it_names_the_event_written_behind_the_sealers_back(story: list[Event]) -> None:
    last = story[7]
    lie = replace(last, id=last.id.__class__(int=last.id.int + 1), sequence=5, previous_hash=event_hash(last))
    _insert(lie, xid=3)
    events_seal(at=NOON)
    findings = found()
    assert ("AUD-16", "declaration b", "5", str(lie.id)) in findings
    assert ("AUD-15", "declaration b", "4", "?") in findings


def test_it_names_events_put_in_another_order(story: list[Event]) -> None:
    first, second = story[0], story[2]
    owner_run(
        f"UPDATE audit_event SET sequence = 99 WHERE id = '{first.id}'",
        f"UPDATE audit_event SET sequence = 1 WHERE id = '{second.id}'",
        f"UPDATE audit_event SET sequence = 2 WHERE id = '{first.id}'",
    )
    findings = found()
    assert ("AUD-01", "declaration a", "2", str(first.id)) in findings
    assert ("AUD-01", "declaration a", "1", str(second.id)) in findings


def test_it_names_leaves_put_in_another_order(story: list[Event]) -> None:
    owner_run(
        "CREATE TEMP TABLE swap ON COMMIT DROP AS SELECT * FROM audit_leaf WHERE position IN (0, 1)",
        "DELETE FROM audit_leaf WHERE position IN (0, 1)",
        "INSERT INTO audit_leaf SELECT 1 - position, event_id, hash FROM swap",
    )
    codes = [code for code, *_ in found()]
    assert codes == ["AUD-06", "AUD-11"]


def test_it_names_the_changed_seal(story: list[Event]) -> None:
    owner_run("UPDATE audit_seal SET at = at + interval '1 hour' WHERE number = 2")
    assert [(one.code, one.params["seal"]) for one in history_verify()] == [("AUD-09", "2")]


def test_it_finds_a_history_rewritten_and_sealed_again_only_against_an_earlier_root(story: list[Event]) -> None:
    """The owner changes who decided, makes all hashes and all seals anew, and leaves nothing inconsistent."""
    root = root_get()
    assert root is not None
    _rewrite("a", actor="nobody")
    owner_run(
        "DELETE FROM audit_leaf", "DELETE FROM audit_node", "DELETE FROM audit_seal",
        "UPDATE audit_sealer SET watermark = '0'",
    )  # fmt: skip
    for size in (3, 3, 2):
        assert events_seal(at=NOON, events_max=size) == size
    assert event_list(subject_kind="declaration", subject_id="a")[0].actor == "nobody"
    assert history_verify() == []
    assert [one.code for one in history_verify(root)] == ["AUD-12"]


def test_it_finds_seals_cut_off_behind_an_earlier_root(story: list[Event]) -> None:
    root = root_get()
    owner_run("DELETE FROM audit_seal WHERE number = 3", "DELETE FROM audit_leaf WHERE position >= 6")
    assert [one.code for one in history_verify(root)] == ["AUD-13", "AUD-16", "AUD-16"]


def _rewrite(subject_id: str, **changes: object) -> None:
    previous = bytes(32)
    for event in event_list(subject_kind="declaration", subject_id=subject_id):
        lie = replace(event, previous_hash=previous, **changes)  # type: ignore[arg-type]
        previous = event_hash(lie)
        owner_run(
            f"UPDATE audit_event SET actor = '{lie.actor}', previous_hash = '\\x{lie.previous_hash.hex()}',"
            f" hash = '\\x{previous.hex()}' WHERE id = '{lie.id}'"
        )
    owner_run(f"UPDATE audit_subject SET last_hash = '\\x{previous.hex()}' WHERE subject_id = '{subject_id}'")


def _insert(event: Event, xid: int | None = None) -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_event VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, NULL, %s,"
            " coalesce(%s::text::xid8, pg_current_xact_id()))",
            [
                event.id, event.subject_kind, event.subject_id, event.sequence, event.previous_hash, event.kind,
                event.at, event.actor, canonical_text(event.details()), event_hash(event), xid,
            ],
        )  # fmt: skip

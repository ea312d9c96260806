# SPDX-License-Identifier: Apache-2.0
"""The whole history in one pass: each event against its hash, chain, leaf, seal, and an exported root."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from gumruk.law.audit.events import ZERO_HASH, Event, event_hash
from gumruk.law.audit.merkle import Frontier, leaf_hash
from gumruk.law.audit.seals import Root, Seal, seal_hash
from gumruk.law.kernel import Audience, Finding

UNKNOWN = "?"
"""Stands in a finding for an event id that nothing names any more."""

Subject = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as it was found: with the hash stored beside it, its leaf's position, and the leaf's hash.

    `event` is None where a leaf names an event that is gone; `position` and `leaf` are None where it is not
    sealed.
    """

    event_id: UUID
    event: Event | None
    hash: bytes | None
    position: int | None
    leaf: bytes | None


@dataclass(frozen=True, slots=True)
class SubjectHead:
    """Where a subject's chain ends, by the registry of subjects."""

    subject_kind: str
    subject_id: str
    sequence: int
    hash: bytes


def verify_history(
    records: Iterable[Recorded],
    seals: Iterable[tuple[Seal, bytes]],
    trusted_root: Root | None = None,
    heads: Iterable[SubjectHead] | None = None,
) -> list[Finding]:
    """All that is wrong with a history; an empty list means that it is whole.

    `records` come in the order of their positions, those not sealed last, each subject's in the order of
    their sequence; `seals` in the order of their numbers, each with the hash stored beside it. `trusted_root`
    is a root exported earlier: without it a history that its keeper rewrote and sealed again cannot be told
    from a true one. Memory: one entry a subject.
    """
    chains, tree = _Chains(), _Tree(iter(seals), trusted_root)
    for record in records:
        chains.take(record)
        tree.take(record)
    return chains.end(heads) + tree.end()


@dataclass
class _Chains:
    """Walks all subjects' chains at once."""

    findings: list[Finding] = field(default_factory=list)
    ends: dict[Subject, tuple[int, bytes]] = field(default_factory=dict)
    gaps: dict[tuple[Subject, int], str] = field(default_factory=dict)
    gone: dict[bytes, Recorded] = field(default_factory=dict)

    def take(self, record: Recorded) -> None:
        event = record.event
        if event is None:
            if record.leaf is not None:
                self.gone[record.leaf] = record
            return
        if record.hash is None or event_hash(event) != record.hash:
            self.findings.append(_of_event("AUD-01", event))
        if record.event_id != event.id or (record.position is not None and record.leaf != record.hash):
            self.findings.append(_of_event("AUD-07", event, position=str(record.position)))
        self._link(event, record)

    def _link(self, event: Event, record: Recorded) -> None:
        subject = event.subject
        last, last_hash = self.ends.get(subject, (0, ZERO_HASH))
        if event.sequence <= last or event.sequence < 1:
            gap = (subject, event.sequence)
            out_of_order = gap in self.gaps and record.position is not None
            if out_of_order:
                del self.gaps[gap]
            self.findings.append(_of_event("AUD-06" if out_of_order else "AUD-05", event))
            return
        if event.sequence == last + 1:
            if event.previous_hash != last_hash:
                self.findings.append(_of_event("AUD-02", event))
        else:
            for sequence in range(last + 1, event.sequence):
                self.gaps[subject, sequence] = UNKNOWN
            before = self.gone.pop(event.previous_hash, None)
            if before is not None:
                self.gaps[subject, event.sequence - 1] = str(before.event_id)
        self.ends[subject] = (event.sequence, record.hash or ZERO_HASH)

    def end(self, heads: Iterable[SubjectHead] | None) -> list[Finding]:
        for (subject, sequence), event_id in self.gaps.items():
            self.findings.append(_of_subject("AUD-03", subject, sequence, event_id))
        for head in heads or ():
            subject = (head.subject_kind, head.subject_id)
            last, last_hash = self.ends.get(subject, (0, ZERO_HASH))
            gone = self.gone.pop(head.hash, None)
            if head.sequence > last:
                event_id = UNKNOWN if gone is None else str(gone.event_id)
                self.findings.append(_of_subject("AUD-03", subject, head.sequence, event_id))
            elif (head.sequence, head.hash) != (last, last_hash):
                self.findings.append(_of_subject("AUD-15", subject, head.sequence, UNKNOWN))
        for record in self.gone.values():
            params = {"event": str(record.event_id), "position": str(record.position)}
            self.findings.append(_finding("AUD-04", f"events[{record.event_id}]", params))
        return self.findings


@dataclass
class _Tree:
    """Builds the tree again and holds it against each seal as it comes by."""

    seals: Iterator[tuple[Seal, bytes]]
    trusted: Root | None
    findings: list[Finding] = field(default_factory=list)
    frontier: Frontier = field(default_factory=Frontier)
    leaves: list[bytes] = field(default_factory=list)
    whole: bool = True
    seal: Seal | None = None
    before: tuple[int, int, bytes] = (0, 0, ZERO_HASH)
    trusted_size_seen: bool = False
    trusted_seal_seen: bool = False

    def __post_init__(self) -> None:
        self._next_seal()

    def take(self, record: Recorded) -> None:
        if record.position is None or record.leaf is None:
            return
        expected = self.size
        if record.position != expected and self.whole:
            self.whole = False
            self.findings.append(_finding("AUD-08", f"positions[{expected}]", {"position": str(expected)}))
        self.leaves.append(leaf_hash(record.leaf))
        self._check()

    @property
    def size(self) -> int:
        """Leaves taken so far."""
        return self.frontier.size + len(self.leaves)

    def end(self) -> list[Finding]:
        while self.seal is not None:  # a seal over more leaves than there are
            self._disagree(self.seal)
            self._next_seal()
        trusted = self.trusted
        if trusted is not None and not (self.trusted_size_seen and self.trusted_seal_seen):
            params = {"seal": str(trusted.number), "size": str(trusted.size), "found": str(self.size)}
            self.findings.append(_finding("AUD-13", f"seals[{trusted.number}]", params))
        return self.findings

    def _check(self) -> None:
        size, trusted = self.size, self.trusted
        while self.seal is not None and self.seal.size <= size:
            if self.seal.size < size or self._root() != self.seal.root:
                self._disagree(self.seal)
            self._next_seal()
        if trusted is not None and trusted.size == size:
            self.trusted_size_seen = True
            if self._root() != trusted.root:
                self._rewritten(trusted)

    def _root(self) -> bytes:
        self.frontier = self.frontier.extended(self.leaves)
        self.leaves.clear()
        return self.frontier.root

    def _next_seal(self) -> None:
        following = next(self.seals, None)
        if following is None:
            self.seal = None
            return
        seal, recorded = following
        number, size, hash_before = self.before
        place = f"seals[{seal.number}]"
        if seal_hash(seal) != recorded:
            self.findings.append(_finding("AUD-09", place, {"seal": str(seal.number)}))
        linked = seal.previous_hash == hash_before and seal.first == size and seal.size > seal.first
        if seal.number != number + 1 or not linked:
            params = {"seal": str(seal.number), "before": str(number)}
            self.findings.append(_finding("AUD-10", place, params))
        trusted = self.trusted
        if trusted is not None and seal.number == trusted.number:
            self.trusted_seal_seen = True
            if recorded != trusted.seal_hash:
                self._rewritten(trusted)
        self.before = (seal.number, seal.size, recorded)
        self.seal = seal

    def _disagree(self, seal: Seal) -> None:
        """Only the first seal that disagrees is named: every later root contains the same fault."""
        if self.whole:
            self.whole = False
            params = {"seal": str(seal.number), "first": str(seal.first), "last": str(seal.size - 1)}
            self.findings.append(_finding("AUD-11", f"seals[{seal.number}]", params))

    def _rewritten(self, trusted: Root) -> None:
        finding = _finding(
            "AUD-12", f"seals[{trusted.number}]", {"seal": str(trusted.number), "size": str(trusted.size)}
        )
        if finding not in self.findings:
            self.findings.append(finding)


def _of_event(code: str, event: Event, **params: str) -> Finding:
    finding = _of_subject(code, event.subject, event.sequence, str(event.id))
    return _finding(code, f"events[{event.id}]", {**finding.params, **params})


def _of_subject(code: str, subject: Subject, sequence: int, event_id: str) -> Finding:
    params = {"subject": " ".join(subject), "sequence": str(sequence), "event": event_id}
    return _finding(code, f"subjects[{'/'.join(subject)}][{sequence}]", params)


def _finding(code: str, path: str, params: dict[str, str]) -> Finding:
    return Finding(code, path=path, params=params, audience=Audience.OFFICER)

# SPDX-License-Identifier: Apache-2.0
"""`gumruk audit ...` and `gumruk worker`. With `--export`, verify and prove need neither database nor Django."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn
from uuid import UUID

from gumruk.law import audit
from gumruk.law.audit.seals import root_of
from gumruk.law.kernel import Finding
from gumruk.office.audit import files
from gumruk.texts import LANGUAGES, say

WRONG, REFUSED = 1, 2
"""Exit status: the history or the proof is wrong; a file or an argument cannot be used."""


def add_commands(subparsers: Any) -> None:
    """Add `audit` with its sub-commands, and `worker`."""
    parser = subparsers.add_parser("audit", help="prove that nothing was changed afterwards")
    parts = parser.add_subparsers(title="audit commands", metavar="WHAT", required=True)

    verify = _part(parts, "verify", "verify the whole history", verify_run)
    _sources(verify)

    prove = _part(parts, "prove", "prove one event", prove_run)
    prove.add_argument("event", metavar="EVENT", help="the event's id")
    _sources(prove)
    prove.add_argument("--out", type=Path, metavar="FILE", help="write the proof to a file")

    check = _part(parts, "check", "check a proof against a root; needs no database", check_run)
    check.add_argument("proof", type=Path, metavar="PROOF", help="the file that `prove --out` wrote")
    check.add_argument("--root", type=Path, metavar="FILE", required=True, help="a root exported earlier")

    export = _part(parts, "export", "write the whole history to a file", export_run)
    export.add_argument("--out", type=Path, metavar="FILE", required=True)
    _data(export)

    root = _part(parts, "root", "export the newest root, to be kept outside", root_run)
    root.add_argument("--out", type=Path, metavar="FILE", help="write it to a file")
    root.add_argument("--number", type=int, metavar="N", help="the root of this seal instead of the newest")
    _data(root)

    status = _part(parts, "status", "how far sealing and the outbox are", status_run)
    _data(status)

    worker = subparsers.add_parser("worker", help="seal events and deliver the outbox, until it is stopped")
    _data(worker)
    worker.set_defaults(run=worker_command)


def verify_run(arguments: argparse.Namespace) -> int:
    """Verify the history of the database or of an export: 0 when it is whole, `WRONG` too where nothing is sealed."""
    with _refusals(arguments):
        root = _root_given(arguments)
        if arguments.export is not None:
            findings = audit.verify_history(
                files.export_records(arguments.export), files.export_seals(arguments.export), root
            )
            newest = _newest(arguments.export)
        else:
            with _database(arguments):
                from gumruk.office.audit import queries

                findings, newest = queries.history_verify(root), queries.root_get()
                findings += _facts_differing()
        size = 0 if newest is None else newest.size
        against = _say(arguments, "against_root", seal=root.number, size=root.size) if root is not None else ""
        if not findings and newest is None:
            print(_say(arguments, "nothing_sealed"))
            return WRONG
        if not findings:
            print(_say(arguments, "whole", size=size, against=against or _say(arguments, "against_nothing")))
            return 0
        _print_findings(arguments, findings)
        print(_say(arguments, "not_whole", size=size, count=len(findings)))
        return WRONG


def _facts_differing() -> list[Finding]:
    """What the tables hold against what the events tell; the wiring, which stands above, knows the areas."""
    from django.db import transaction

    from gumruk.office.project import wiring

    with transaction.atomic():
        return list(wiring.facts_differing())


def prove_run(arguments: argparse.Namespace) -> int:
    """Print or write the proof of one event and say whether it holds."""
    with _refusals(arguments):
        try:
            event_id = UUID(arguments.event)
        except ValueError:
            return _refuse(arguments, "not_an_event", event=arguments.event)
        trusted = _root_given(arguments)
        try:
            proof = _proof(arguments, event_id, trusted)
        except (LookupError, ValueError) as error:
            if isinstance(error, files.FileRefused):
                raise
            return _refuse(arguments, "not_sealed", event=event_id)
        if arguments.out is not None:
            files.value_write(arguments.out, audit.proof_plain(proof))
        else:
            print(json.dumps(audit.proof_plain(proof), ensure_ascii=False, indent=2, sort_keys=True))
        return _judge(arguments, proof, trusted or proof.root)


def check_run(arguments: argparse.Namespace) -> int:
    """Check a proof that somebody handed over against a root that we keep."""
    with _refusals(arguments):
        try:
            proof = audit.proof_read(files.value_read(arguments.proof))
        except audit.CanonicalError as error:
            raise files.FileRefused(arguments.proof, 0) from error
        root = _root_given(arguments)
        return _judge(arguments, proof, proof.root if root is None else root)


def export_run(arguments: argparse.Namespace) -> int:
    """Write the history of the database to a file."""
    with _refusals(arguments), _database(arguments):
        from gumruk.office.audit import queries

        with queries.snapshot(), arguments.out.open("w", encoding="utf-8", newline="\n") as file:
            count = files.export_write(file, queries.history_seals(), queries.history_records())
        print(_say(arguments, "exported", count=count, file=arguments.out))
        return 0


def root_run(arguments: argparse.Namespace) -> int:
    """Print or write a root."""
    with _refusals(arguments), _database(arguments):
        from gumruk.office.audit import queries

        root = queries.root_get(arguments.number)
        if root is None:
            return _refuse(arguments, "no_seal")
        if arguments.out is not None:
            files.value_write(arguments.out, audit.root_plain(root))
            print(_say(arguments, "root_written", seal=root.number, size=root.size, file=arguments.out))
        else:
            print(json.dumps(audit.root_plain(root), indent=2, sort_keys=True))
        return 0


def status_run(arguments: argparse.Namespace) -> int:
    """Print how far sealing and the outbox are."""
    with _refusals(arguments), _database(arguments):
        from gumruk.office.audit import queries

        state = queries.audit_state()
        print(
            _say(
                arguments,
                "status",
                size=state.events_sealed,
                seals=state.seals,
                at="-" if state.last_seal is None else f"{state.last_seal.at:%Y-%m-%d %H:%M:%S %Z}",
                waiting=state.events_waiting,
                outbox=state.outbox_waiting,
                failed=state.outbox_failed,
            )
        )
        return 0


def worker_command(arguments: argparse.Namespace) -> int:
    """Run the worker until SIGTERM or Ctrl-C."""
    import signal
    import threading

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with _database(arguments):
        from gumruk.office.audit.worker import worker_run

        worker_run(stop)
    return 0


def _part(parts: Any, name: str, help_text: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = parts.add_parser(name, help=help_text)
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="language of what is said (default: en)")
    parser.set_defaults(run=run)
    return parser


def _sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--export", type=Path, metavar="FILE", help="an export instead of the database")
    parser.add_argument("--root", type=Path, metavar="FILE", help="a root exported earlier, which is trusted")
    _data(parser)


def _data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", metavar="DIR", help="where the state lies (default: GUMRUK_DATA, else var)")


def _proof(arguments: argparse.Namespace, event_id: UUID, trusted: audit.Root | None) -> audit.Proof:
    if arguments.export is None:
        with _database(arguments):
            from gumruk.office.audit import queries

            return queries.event_prove(event_id, trusted)
    leaves, place, event = [], None, None
    for record in files.export_records(arguments.export):
        if record.position is None or record.leaf is None:
            break
        if record.event_id == event_id:
            place, event = record.position, record.event
        leaves.append(audit.leaf_hash(record.leaf))
    root = _newest(arguments.export)
    if place is None or event is None or root is None or root.size > len(leaves):
        raise LookupError(str(event_id))
    return audit.prove(event, place, root, audit.nodes_of(leaves), trusted)


def _judge(arguments: argparse.Namespace, proof: audit.Proof, root: audit.Root) -> int:
    findings = audit.verify_proof(proof, root)
    if findings:
        _print_findings(arguments, findings)
        return WRONG
    event = proof.event
    subject = f"{event.subject_kind} {event.subject_id}"
    words = {"event": event.id, "kind": event.kind, "subject": subject, "sequence": event.sequence}
    hashes = len(proof.path) + len(proof.bridge)
    print(_say(arguments, "proved", seal=root.number, size=root.size, hashes=hashes, **words), file=sys.stderr)
    return 0


def _newest(export: Path) -> audit.Root | None:
    newest = None
    for seal, _ in files.export_seals(export):
        newest = seal
    return None if newest is None else root_of(newest)


def _root_given(arguments: argparse.Namespace) -> audit.Root | None:
    if arguments.root is None:
        return None
    try:
        return audit.root_read(files.value_read(arguments.root))
    except audit.CanonicalError as error:
        raise files.FileRefused(arguments.root, 0) from error


@contextmanager
def _database(arguments: argparse.Namespace) -> Iterator[None]:
    """Have the database running and Django set up, and say in one sentence where it does not answer."""
    from django.db import Error

    from gumruk.office.project import installation

    try:
        with installation.opened(arguments.data):
            yield
    except Error as error:
        _stop(_say(arguments, "database_unusable", reason=str(error).partition("\n")[0]))


@contextmanager
def _refusals(arguments: argparse.Namespace) -> Iterator[None]:
    """Say in one sentence what is wrong with a file, and end with `REFUSED`."""
    try:
        yield
    except files.FileRefused as error:
        _stop(_say(arguments, "file_refused", file=error.path, line=error.line))
    except OSError as error:
        _stop(_say(arguments, "file_unusable", file=error.filename or "?", reason=error.strerror or str(error)))


def _stop(text: str) -> NoReturn:
    print(text, file=sys.stderr)
    raise SystemExit(REFUSED)


def _refuse(arguments: argparse.Namespace, key: str, **params: object) -> int:
    print(_say(arguments, key, **params), file=sys.stderr)
    return REFUSED


def _print_findings(arguments: argparse.Namespace, findings: list[Finding]) -> None:
    for finding in findings:
        text = say(arguments.language, f"finding.{finding.code}.text", **finding.params)
        mend = say(arguments.language, f"finding.{finding.code}.mend", **finding.params)
        print(f"{finding.code}  {text}\n        {mend}")


def _say(arguments: argparse.Namespace, key: str, **params: object) -> str:
    language = getattr(arguments, "language", "en")
    return say(language, f"cli.audit.{key}", **params)

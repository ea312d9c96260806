# SPDX-License-Identifier: Apache-2.0
"""`gumruk law`: one person proposes a country pack, another publishes it; and what the running law says."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gumruk import packs, texts
from gumruk.law.lawbook import Entry, Scalar, Status
from gumruk.law.lawbook.comparison import Change, Difference, counted

if TYPE_CHECKING:
    from gumruk.office.accounts.actors import Actor

ROWS_SHOWN = 40


def add_commands(subparsers: Any) -> None:
    """Add `law` with `propose`, `approve`, `list` and `show`."""
    parser = subparsers.add_parser("law", help="propose and publish law, and read the law that runs")
    parts = parser.add_subparsers(title="law commands", metavar="WHAT", required=True)

    propose = parts.add_parser("propose", help="propose a country pack as the next publication")
    propose.add_argument("pack", metavar="PACK", help="a country that Gumruk ships (tj), or a folder")
    propose.set_defaults(run=propose_run)

    approve = parts.add_parser("approve", help="publish what another person proposed")
    approve.add_argument("number", metavar="NUMBER", type=int, help="the proposal's number")
    approve.set_defaults(run=approve_run)

    for part in (propose, approve):
        add_person(part)

    listing = parts.add_parser("list", help="list the publications and the proposals")
    listing.set_defaults(run=list_run)

    show = parts.add_parser("show", help="show the running law: its tables, the rows of one, or one value")
    show.add_argument("table", metavar="TABLE", nargs="?")
    show.add_argument("key", metavar="KEY", nargs="?")
    show.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="the day, as 2027-01-04 (default: today)")
    show.set_defaults(run=show_run)

    for part in (propose, approve, listing, show):
        part.add_argument("--data", metavar="DIR", help="where the state lies")
        part.add_argument("--language", choices=texts.LANGUAGES, default=texts.DEFAULT_LANGUAGE, help="of what is said")


def add_person(command: argparse.ArgumentParser) -> None:
    """Add `--as LOGIN` and `--password-file FILE`: who acts."""
    command.add_argument("--as", dest="login", metavar="LOGIN", help="who acts; asks for this person's password")
    command.add_argument("--password-file", type=Path, metavar="FILE", help="read the password from a file")


def propose_run(arguments: argparse.Namespace) -> int:
    """Propose a pack; 0 when it waits for a second person, 1 with the reason when not, 2 when the pack has faults."""
    try:
        pack = packs.load(packs.pack_folder(arguments.pack))
    except packs.PackError as error:
        for fault in error.faults:
            print(f"{fault.file}:{fault.line}: {fault.what(arguments.language)}", file=sys.stderr)
        return 2

    def propose(by: Actor) -> None:
        from gumruk.office.lawbook import queries, services
        from gumruk.office.project.clock import now

        title = f"{pack.heading.title} {pack.heading.version}"
        proposal = services.proposal_make(book=pack.book, title=title, by=by, at=now())
        comparison_print(arguments, queries.proposal_differences(proposal), rows=proposal.base is not None)
        params = {"number": proposal.number, "title": title, "digest": proposal.digest}
        print(_said(arguments, "proposed", **params))

    return act_as(arguments, "lawbook.draft", propose)


def approve_run(arguments: argparse.Namespace) -> int:
    """Publish a proposal; 0 when it runs, 1 with the reason when it cannot be published."""

    def approve(by: Actor) -> None:
        from gumruk.office.lawbook import queries, services
        from gumruk.office.lawbook.words import remarks_shown
        from gumruk.office.project.clock import now

        proposal = queries.proposals().filter(number=arguments.number).first()
        if proposal is None:
            raise services.ProposalRefused("none", number=arguments.number)
        comparison_print(arguments, queries.proposal_differences(proposal), rows=proposal.base is not None)
        for code, text, mend in remarks_shown(queries.proposal_remarks(proposal), arguments.language):
            print(f"{code} {text}\n    {mend}")
        publication = services.proposal_approve(proposal=proposal, by=by, at=now())
        params = {"number": publication.number, "title": publication.title, "digest": publication.digest}
        print(_said(arguments, "runs", **params))

    return act_as(arguments, "lawbook.publish", approve)


def list_run(arguments: argparse.Namespace) -> int:
    """Print one line a publication, then one a proposal."""
    from gumruk.office.project import installation

    with installation.opened(arguments.data):
        from gumruk.office.lawbook.queries import proposals, publications

        for one in publications():
            print(f"{one.number:>5}  {one.published_at:%Y-%m-%d %H:%M}  {one.entries:>6}  {one.digest}  {one.title}")
        heading = _said(arguments, "proposals")
        for proposal in proposals():
            if heading:
                print(f"\n{heading}")
            heading = ""
            state = texts.say(arguments.language, f"lawbook.state.{proposal.state}")
            made = f"{proposal.number:>5}  {proposal.proposed_at:%Y-%m-%d %H:%M}  {proposal.entries:>6}"
            print(f"{made}  {proposal.digest}  {proposal.title}  {state}")
    return 0


def show_run(arguments: argparse.Namespace) -> int:
    """Print the running law as of a day; 1 where there is no law, no such table or no such key on that day."""
    from gumruk.office.project import installation

    with installation.opened(arguments.data):
        from gumruk.office.lawbook import queries
        from gumruk.office.project.clock import legal_day, now

        day = arguments.on or legal_day(now())
        try:
            book = queries.running_law()
        except queries.NoLaw:
            return _refuse(arguments, "lawbook.command.no_law")
        if arguments.table is None:
            _tables_print(arguments, {table: queries.entries_of_day(book, table, day) for table in book.tables})
            return 0
        if arguments.table not in book.tables:
            key = "lawbook.command.no_table"
            return _refuse(arguments, key, table=arguments.table, tables=", ".join(book.tables))
        entries = queries.entries_of_day(book, arguments.table, day)
        if arguments.key is not None:
            entries = [entry for entry in entries if entry.key == arguments.key]
        if not entries:
            return _refuse(arguments, "lawbook.command.no_key", key=arguments.key or "", day=day.isoformat())
        for entry in entries:
            print(_entry_line(arguments, entry))
    return 0


def act_as(arguments: argparse.Namespace, permission: str, doing: Callable[[Actor], None]) -> int:
    """Let the person named by `--as` do something, in one transaction; 1 with the reason where it is refused."""
    login = arguments.login or (input(_said(arguments, "login")) if sys.stdin.isatty() else "")
    if not login:
        return _refuse(arguments, "lawbook.command.as_whom")
    try:
        password = _password(arguments, login)
    except OSError as error:
        return _refuse(arguments, "lawbook.command.password_file", reason=error.strerror)
    from gumruk.office.project import installation

    with installation.opened(arguments.data):
        from gumruk.office.accounts.permissions import acting
        from gumruk.office.accounts.queries import user_by_login
        from gumruk.office.lawbook import services

        user = user_by_login(login)
        if user is None or not user.is_active or not user.check_password(password):
            return _refuse(arguments, "lawbook.command.wrong", login=login)
        if user.password_temporary:
            return _refuse(arguments, "lawbook.command.due", login=login)
        if not user.actor.may(permission):
            return _refuse(arguments, f"lawbook.command.may_not.{permission.partition('.')[2]}", login=login)
        try:
            with acting(user.actor) as by:
                doing(by)
        except services.ProposalRefused as refusal:
            return _refuse(arguments, refusal.key, **refusal.params)
    return 0


def _password(arguments: argparse.Namespace, login: str) -> str:
    """From the file that is named, asked for on a terminal, else the first line of the standard input."""
    if arguments.password_file is not None:
        return str(arguments.password_file.read_text(encoding="utf-8")).partition("\n")[0].rstrip("\r")
    if sys.stdin.isatty():
        return getpass.getpass(_said(arguments, "password", login=login))
    return sys.stdin.readline().rstrip("\r\n")


def comparison_print(arguments: argparse.Namespace, differences: Sequence[Difference], *, rows: bool) -> None:
    """The differences counted by table; the first of them too where `rows` are wanted: where law ran before."""
    heads = [texts.say(arguments.language, f"lawbook.change.{change}") for change in Change]
    tables = counted(differences)
    _grid_print(_said(arguments, "table"), heads, {table: list(found.values()) for table, found in tables.items()})
    if rows:
        for one in differences[:ROWS_SHOWN]:
            word = texts.say(arguments.language, f"lawbook.change.{one.change}")
            parts = "; ".join(f"{name}: {_plain(before)} -> {_plain(after)}" for name, before, after in one.parts)
            shown = f"{one.entry.table} {one.entry.key}  {parts}" if parts else _entry_line(arguments, one.entry)
            print(f"{word}: {shown}")
        if len(differences) > ROWS_SHOWN:
            print(_said(arguments, "not_shown", count=len(differences) - ROWS_SHOWN))
    print()


def _tables_print(arguments: argparse.Namespace, tables: dict[str, list[Entry]]) -> None:
    heads = [texts.say(arguments.language, f"ui.law_status.{status}") for status in Status]
    counts = {
        table: [sum(entry.status is status for entry in entries) for status in Status]
        for table, entries in tables.items()
    }
    _grid_print(_said(arguments, "table"), heads, counts)


def _grid_print(corner: str, heads: Sequence[str], rows: dict[str, list[int]]) -> None:
    first = max(len(name) for name in (corner, *rows))
    print("  ".join([corner.ljust(first), *heads]))
    for name, numbers in rows.items():
        cells = (str(number or "-").rjust(len(head)) for number, head in zip(numbers, heads, strict=True))
        print("  ".join([name.ljust(first), *cells]))


def _entry_line(arguments: argparse.Namespace, entry: Entry) -> str:
    fields = ", ".join(f"{name}={_plain(value)}" for name, value in entry.fields.items())
    period = f"{entry.valid.first or ''}..{entry.valid.last or ''}"
    status = texts.say(arguments.language, f"ui.law_status.{entry.status}")
    return f"{entry.table} {entry.key}  {fields}  {period}  {entry.act or '-'}  {status}"


def _plain(value: Scalar) -> str:
    if value is None:
        return "-"
    return " ".join(value) if isinstance(value, tuple) else str(value)


def _said(arguments: argparse.Namespace, key: str, /, **params: object) -> str:
    return texts.say(arguments.language, f"lawbook.command.{key}", **params)


def _refuse(arguments: argparse.Namespace, key: str, /, **params: object) -> int:
    print(texts.say(arguments.language, key, **params), file=sys.stderr)
    return 1

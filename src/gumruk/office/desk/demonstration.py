# SPDX-License-Identifier: Apache-2.0
"""The demonstration: people, law, money and eleven declarations, brought by the same services that a user calls.

It tells one week on the training clock: lodged from 28 December 2026, one preregistered on Wednesday 30 December and
accepted on Monday 4 January 2027, when value added tax has fallen from 14 to 13 %. The clock then goes on from Tuesday
5 January, 10:00 in Dushanbe. What was loaded once is never loaded again.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from gumruk import demonstration as samples
from gumruk import packs, wire
from gumruk.law.declarations import State
from gumruk.law.kernel import Money
from gumruk.office.accounts.actors import GUMRUK, Actor
from gumruk.office.accounts.models import User
from gumruk.office.accounts.services import user_create
from gumruk.office.accounts.wall import acting
from gumruk.office.assessment.queries import charges_of
from gumruk.office.audit.sealing import events_seal
from gumruk.office.audit.worker import outbox_deliver, reactions_wired
from gumruk.office.declarations import services
from gumruk.office.declarations.models import File
from gumruk.office.declarations.queries import file_by_id, release_blockers
from gumruk.office.lawbook.services import publication_publish
from gumruk.office.payments.ledger import payer_key
from gumruk.office.payments.queries import law_at, settlement_words
from gumruk.office.payments.services import mandate_give, payment_receive
from gumruk.office.project.clock import SHIFT_VARIABLE, clock_set, legal_day
from gumruk.office.project.environment import data_folder
from gumruk.office.traders.services import trader_register

OPENED_AT = datetime(2026, 12, 21, 4, 0, tzinfo=UTC)
CLOCK_STARTS_AT = datetime(2027, 1, 5, 5, 0, tzinfo=UTC)
#: The pack whose traders, posts and goods are shown: an installation of another country begins empty.
COUNTRY = "tj"
POSTS = ("TJ-KUL", "TJ-DST", "TJ-FOT", "TJ-PAT", "TJ-AMZ", "TJ-DAP", "TJ-DYU")

TRADERS = {
    "020012345": "Alpha Trade LLC",
    "020067890": "Zed Ltd",
    "020031144": "Nur Pharma LLC",
    "010045678": "Kuhsor Motors LLC",
    "030022917": "Pamir Tobacco LLC",
    "050018236": "Farrukhi Agro LLC",
}

# Login, name, role, posts, trader.
CAST: tuple[tuple[str, str, str, tuple[str, ...], str], ...] = (
    ("dilnoza", "Dilnoza Karimova", "officer", POSTS, ""),
    ("farrukh", "Farrukh Rahimov", "supervisor", POSTS, ""),
    ("sitora", "Sitora Nazarova", "cashier", POSTS, ""),
    ("rustam", "Rustam Saidov", "auditor", (), ""),
    ("nekruz", "Nekruz Sharipov", "administrator", (), ""),
    ("alpha", "Alpha Trade", "trader", (), "020012345"),
    ("zed", "Zed Ltd", "trader", (), "020067890"),
    ("nur", "Nur Pharma", "trader", (), "020031144"),
    ("agro", "Farrukhi Agro", "trader", (), "050018236"),
)

# Payer, amount, bank reference, day, post. Kuhsor Motors and Farrukhi Agro pay too little: their files wait for money.
PAYMENTS = (
    ("020012345", "260000.00", "PO 4471", date(2026, 12, 22), "TJ-KUL"),
    ("020067890", "65000.00", "PO 118", date(2026, 12, 23), "TJ-FOT"),
    ("020031144", "70000.00", "PO 9903", date(2026, 12, 23), "TJ-DAP"),
    ("010045678", "150000.00", "PO 77", date(2026, 12, 24), "TJ-DST"),
    ("030022917", "900000.00", "PO 5120", date(2026, 12, 24), "TJ-FOT"),
    ("050018236", "5000.00", "PO 31", date(2026, 12, 25), "TJ-PAT"),
    ("020012345", "400000.00", "PO 4502", date(2026, 12, 25), "TJ-DYU"),
)

# Who agreed that Alpha Trade, who declares for them, has their charges reserved from their accounts.
MANDATES = ("010045678", "030022917", "050018236")

# Sample, moment of lodging (UTC; Dushanbe is five hours ahead).
LODGED = {
    "truck_mixed.xml": datetime(2026, 12, 28, 5, 12, tzinfo=UTC),
    "cars.xml": datetime(2026, 12, 28, 6, 40, tzinfo=UTC),
    "medicine.xml": datetime(2026, 12, 28, 9, 5, tzinfo=UTC),
    "flour.json": datetime(2026, 12, 29, 4, 30, tzinfo=UTC),
    "phones.xml": datetime(2026, 12, 29, 7, 15, tzinfo=UTC),
    "tobacco.xml": datetime(2026, 12, 29, 10, 50, tzinfo=UTC),
    "free_trade.xml": datetime(2026, 12, 30, 4, 20, tzinfo=UTC),
    "apricots.xml": datetime(2026, 12, 30, 5, 5, tzinfo=UTC),
    "wrong_values.xml": datetime(2026, 12, 30, 5, 30, tzinfo=UTC),
    "missing_data.xml": datetime(2026, 12, 30, 6, 0, tzinfo=UTC),
    "preregistered.json": datetime(2026, 12, 30, 8, 45, tzinfo=UTC),
}
PRESENTED = {"preregistered.json": datetime(2027, 1, 4, 5, 20, tzinfo=UTC)}
RELEASED = {
    "truck_mixed.xml": datetime(2026, 12, 28, 10, 30, tzinfo=UTC),
    "medicine.xml": datetime(2026, 12, 28, 11, 0, tzinfo=UTC),
    "free_trade.xml": datetime(2026, 12, 30, 9, 10, tzinfo=UTC),
    "apricots.xml": datetime(2026, 12, 30, 7, 0, tzinfo=UTC),
    "preregistered.json": datetime(2027, 1, 4, 9, 0, tzinfo=UTC),
}
REFUSED = {
    "phones.xml": (
        datetime(2026, 12, 30, 6, 0, tzinfo=UTC),
        "Forty telephones more than declared were found in the consignment; the declaration does not cover them.",
    )
}
HELD = {
    "tobacco.xml": (datetime(2026, 12, 29, 11, 30, tzinfo=UTC), "Excise stamps are to be compared with the invoice")
}


def demonstration_load(progress: Callable[[str], None] = print) -> list[dict[str, Any]]:
    """Load the demonstration where it is not loaded yet, set the training clock, and give its summary, a row a file."""
    if not User.objects.filter(login=CAST[0][0]).exists():
        with transaction.atomic():
            _load(progress)
        events_seal(at=CLOCK_STARTS_AT)
        (data_folder() / "training_clock").write_text(str(clock_set(CLOCK_STARTS_AT)))
    stored = data_folder() / "training_clock"
    if stored.exists():
        os.environ[SHIFT_VARIABLE] = stored.read_text().strip()
    return summary_rows()


def _load(progress: Callable[[str], None]) -> None:
    password = _password()
    with acting(GUMRUK):
        cast = {}
        for login, name, role, posts, trader in CAST:
            user = user_create(
                login=login,
                name=name,
                role=role,
                password=password,
                offices=posts,
                trader_tin=trader,
                by=GUMRUK,
                at=OPENED_AT,
            )
            cast[login] = user.actor
        for tin, name in TRADERS.items():
            trader_register(tin=tin, name=name, by=GUMRUK, at=OPENED_AT)
        pack = packs.load(packs.pack_folder(COUNTRY))
        publication_publish(
            book=pack.book,
            title=pack.heading.title,
            proposed_by=cast["nekruz"],
            approved_by=cast["farrukh"],
            at=OPENED_AT,
        )
    for payer in MANDATES:
        trader = Actor(payer_key(payer), TRADERS[payer], "trader", trader=payer)
        with acting(trader) as by:
            mandate_give(
                payer_id=payer, agent_id="020012345", since=legal_day(OPENED_AT), until=None, currency="TJS",
                by=by, at=OPENED_AT,
            )  # fmt: skip
    progress("  law published, people and traders registered")
    for payer, amount, reference, day, post in PAYMENTS:
        at = datetime(day.year, day.month, day.day, 5, 0, tzinfo=UTC)
        with acting(cast["sitora"]) as cashier:
            payment_receive(
                payer_id=payer,
                amount=Money(Decimal(amount), "TJS"),
                bank_reference=reference,
                value_date=day,
                office_id=post,
                law=law_at(day, True),
                by=cashier,
                at=at,
            )
    deliver()
    _declarations(cast)
    progress(f"  {len(LODGED)} declarations lodged and taken to where they stand")


def _declarations(cast: dict[str, Actor]) -> None:
    """Lodge, present, hold, release and refuse, in the order of time."""
    files: dict[str, Any] = {}
    acts: list[tuple[datetime, int, str, Callable[[str], None]]] = []

    def lodge(name: str) -> None:
        content = samples.sample_path(name).read_bytes()
        by = _sender(content, cast)
        with acting(by):
            files[name] = services.declaration_lodge(content=content, by=by, at=LODGED[name], name=name).file

    def present(name: str) -> None:
        with acting(cast["dilnoza"]) as officer:
            services.declaration_present(file=_file(files[name]), by=officer, at=PRESENTED[name])

    def hold(name: str) -> None:
        at, reason = HELD[name]
        with acting(cast["dilnoza"]) as officer:
            services.hold_place(file=_file(files[name]), reason=reason, by=officer, at=at)

    def release(name: str) -> None:
        with acting(cast["dilnoza"]) as officer:
            services.declaration_release(file=_file(files[name]), by=officer, at=RELEASED[name])

    def refuse(name: str) -> None:
        at, grounds = REFUSED[name]
        with acting(cast["dilnoza"]) as officer:
            services.release_refuse(file=_file(files[name]), grounds=grounds, act="TJ-CC-62-2004", by=officer, at=at)

    acts += [(at, 0, name, lodge) for name, at in LODGED.items()]
    acts += [(at, 1, name, present) for name, at in PRESENTED.items()]
    acts += [(at, 2, name, hold) for name, (at, _) in HELD.items()]
    acts += [(at, 3, name, release) for name, at in RELEASED.items()]
    acts += [(at, 4, name, refuse) for name, (at, _) in REFUSED.items()]
    for _, _, name, act in sorted(acts, key=lambda entry: entry[:2]):
        act(name)
        deliver()


def deliver() -> None:
    """Deliver the outbox now and seal, instead of waiting for the worker."""
    reactions = reactions_wired()
    while outbox_deliver(reactions, at=OPENED_AT):
        pass


def _file(identifier: Any) -> File:
    file = file_by_id(identifier)
    if file is None:
        raise LookupError(f"the demonstration's file {identifier} is not to be seen")
    return file


def _sender(content: bytes, cast: dict[str, Actor]) -> Actor:
    """The trader who sends a sample: its declarant, Zed Ltd where none is named."""
    declarant = wire.read(content).declaration.declarant
    by_tin = {actor.trader: actor for actor in cast.values() if actor.trader}
    return by_tin.get((declarant.id if declarant else None) or "", cast["zed"])


def _password() -> str:
    """The demonstration accounts' password: made for this installation, kept readable by its owner only."""
    path: Path = data_folder() / "demonstration_password"
    if not path.exists():
        words = secrets.token_hex(2), secrets.token_hex(2), secrets.token_hex(2)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write("-".join(words))
    return path.read_text().strip()


@transaction.atomic
def summary_rows() -> list[dict[str, Any]]:
    """One row a file: number, post, goods, charges, how it is settled, state, and what blocks its release."""
    with acting(GUMRUK):
        found = list(File.objects.order_by("id")[: len(LODGED)])  # what was lodged since is not the demonstration
        words = settlement_words([("declaration", str(file.id)) for file in found])
        return [
            {
                "number": file.number or f"({file.reference})",
                "office": file.office,
                "goods": file.goods,
                "charges": _charges(file),
                "settled": words.get(("declaration", str(file.id)), "-"),
                "state": file.state,
                "day": legal_day(file.lodged_at),
                "blocks": _blocks(file),
            }
            for file in found
        ]


def _blocks(file: File) -> str:
    """What stands against release, in few words: what is held, and how much is missing."""
    if file.standing is not State.ACCEPTED:
        return ""
    against = release_blockers(file)
    words = [f"held: {finding.params['reason']}" for finding in against if finding.code == "REL-3"]
    missing = [Decimal(finding.params["missing"]) for finding in against if finding.code == "REL-4"]
    if missing:
        words.append(f"{_grouped(sum(missing, Decimal(0)))} not paid")
    words += sorted({finding.code for finding in against} - {"REL-3", "REL-4"})
    return "; ".join(words)


def _grouped(amount: Decimal) -> str:
    return f"{amount:,.2f}".replace(",", " ")


def _charges(file: File) -> str:
    charges = charges_of(file.id, file.assessment) if file.assessment else []
    if not charges:
        return "-"
    return _grouped(sum((charge.payable or Decimal(0) for charge in charges), Decimal(0)))


def summary_print(rows: list[dict[str, Any]], say: Callable[[str], None] = print) -> None:
    """Print the table of files and the accounts to sign in with."""
    columns = ("number", "office", "goods", "charges", "settled", "state", "blocks")
    table = [columns, *(tuple(_cell(row[name]) for name in columns) for row in rows)]
    widths = [max(len(line[place]) for line in table) for place in range(len(columns))]
    for number, line in enumerate(table):
        cells = [
            cell.rjust(width) if name == "charges" else cell.ljust(width)
            for name, cell, width in zip(columns, line, widths, strict=True)
        ]
        say("  ".join(cells).rstrip())
        if number == 0:
            say("  ".join("-" * width for width in widths))
    say("\nAccounts    " + ", ".join(f"{login} ({role})" for login, _, role, _, _ in CAST))
    say(f"Password    {_password()}   (all of them; training law, training clock)")


def _cell(value: object) -> str:
    text = str(value)
    return text if len(text) <= 34 else f"{text[:33]}…"

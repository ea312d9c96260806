# SPDX-License-Identifier: Apache-2.0
"""The stage of the declarations' stories: law in force, the cast at their posts, money in advance, and a clock.

Dilnoza is an officer at the Dushanbe terminal and Farrukh her supervisor; Malika is an officer at Kulma, another post.
Alpha Trade declares; Zed Ltd is a stranger. Sitora is the cashier, Rustam the auditor, Nekruz drafts the law.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from graphlib import TopologicalSorter
from typing import Any
from uuid import UUID

from django.db import connection, connections, transaction
from django.test import Client

from gumruk import demonstration, packs, wire
from gumruk.law.kernel import Money
from gumruk.law.lawbook import LawBook
from gumruk.office.accounts.actors import Actor
from gumruk.office.accounts.models import User
from gumruk.office.accounts.permissions import GUMRUK, acting, actor_apply
from gumruk.office.accounts.services import user_create
from gumruk.office.accounts.tokens import token_create
from gumruk.office.audit.worker import outbox_deliver, reactions_wired
from gumruk.office.declarations import services
from gumruk.office.declarations.models import File
from gumruk.office.declarations.queries import file_by_id
from gumruk.office.lawbook.queries import running_law, running_law_forget
from gumruk.office.lawbook.services import publication_publish
from gumruk.office.payments.services import payment_receive
from gumruk.office.project.clock import legal_day
from gumruk.office.traders.services import trader_register

OPENED = datetime(2026, 12, 1, 4, tzinfo=UTC)
TUESDAY = datetime(2026, 12, 15, 5, tzinfo=UTC)  # ten o'clock in Dushanbe
TERMINAL, KULMA = "TJ-DYU", "TJ-KUL"
ALPHA, ZED = "020012345", "020067890"
PEOPLE = {
    "dilnoza": ("Dilnoza", "officer", (TERMINAL,), ""),
    "farrukh": ("Farrukh", "supervisor", (TERMINAL,), ""),
    "malika": ("Malika", "officer", (KULMA,), ""),
    "sitora": ("Sitora", "cashier", (TERMINAL,), ""),
    "rustam": ("Rustam", "auditor", (), ""),
    "nekruz": ("Nekruz", "administrator", (), ""),
    "alpha": ("Alpha Trade", "trader", (), ALPHA),
    "zed": ("Zed Ltd", "trader", (), ZED),
}
_KEPT = {"django_migrations", "django_content_type", "audit_sealer"}


@cache
def tajikistan() -> packs.Pack:
    """The country pack, read once."""
    return packs.load(packs.pack_folder("tj"))


@cache
def _household() -> str:
    return demonstration.sample_path("preregistered.json").read_text()


def message(reference: str = "ATR-1", change: Callable[[dict[str, Any]], object] | None = None, **head: Any) -> bytes:
    """Washing machines and refrigerators from China, with the goods at the terminal; `change` edits the message."""
    told = json.loads(_household())
    told |= {"functional_reference_id": reference, "type_code": "IMA", **head}
    if change is not None:
        change(told)
    return json.dumps(told).encode()


def item(told: dict[str, Any], place: int = 0) -> dict[str, Any]:
    """One goods item of a message."""
    found: dict[str, Any] = told["goods_shipment"]["items"][place]
    return found


def as_xml(content: bytes) -> bytes:
    """The same declaration in the WCO Data Model."""
    return wire.write(wire.read(content).declaration, "wco")


@dataclass
class Stage:
    """The people by login, and what they do; each doing is a transaction of its own."""

    users: dict[str, User]
    set_clock: Callable[[datetime], None]
    secrets: dict[str, str] = field(default_factory=dict)

    def actor(self, login: str) -> Actor:
        return self.users[login].actor

    @contextmanager
    def acting(self, login: str) -> Iterator[Actor]:
        with acting(self.actor(login)) as actor:
            yield actor

    def publish(self, book: LawBook, at: datetime = OPENED) -> None:
        with acting(GUMRUK):
            publication_publish(
                book=book, title="Tajikistan", proposed_by=self.actor("nekruz"), approved_by=self.actor("farrukh"),
                at=at,
            )  # fmt: skip
        running_law_forget()
        self.deliver()

    def pay(self, amount: str, reference: str = "PO 1", payer: str = ALPHA, at: datetime = OPENED) -> None:
        with self.acting("sitora") as by:
            payment_receive(
                payer_id=payer, amount=Money(Decimal(amount), "TJS"), bank_reference=reference,
                value_date=legal_day(at), office_id=TERMINAL, law=running_law().at(legal_day(at), training=True),
                by=by, at=at,
            )  # fmt: skip
        self.deliver()

    def lodge(self, content: bytes | None = None, by: str = "alpha", at: datetime = TUESDAY) -> File:
        with self.acting(by) as actor:
            lodged = services.declaration_lodge(content=content or message(), by=actor, at=at)
        self.deliver()
        return self.file(lodged.file)

    def do(self, login: str, service: Callable[..., Any], file: File, at: datetime = TUESDAY, **words: Any) -> Any:
        """Let a person do something to a file as it stands now."""
        with self.acting(login) as by:
            return service(file=self.file(file.id), by=by, at=at, **words)

    def file(self, identifier: UUID | str) -> File:
        with acting(GUMRUK):
            found = file_by_id(UUID(str(identifier)))
        assert found is not None
        return found

    def deliver(self) -> None:
        """What the worker would do within a second."""
        while outbox_deliver(reactions_wired(), at=OPENED):
            pass

    def client(self, login: str | None) -> Client:
        """A program that speaks for this person, with a token of his; None is a stranger's."""
        headers = {}
        if login is not None:
            if login not in self.secrets:
                with acting(GUMRUK):
                    self.secrets[login] = token_create(
                        user=self.users[login], name="program", by=self.actor(login), at=OPENED
                    )
                    actor_apply(None)
            headers["Authorization"] = f"Bearer {self.secrets[login]}"
        return Client(headers=headers)

    def post(self, content: bytes, login: str | None = "alpha", at: datetime = TUESDAY, **headers: Any) -> Any:
        self.set_clock(at)
        return self.client(login).post(
            "/api/v1/declarations", content, content_type="application/octet-stream", **headers
        )

    def get(self, identifier: object, login: str | None = "alpha") -> Any:
        return self.client(login).get(f"/api/v1/declarations/{identifier}")


def build(set_clock: Callable[[datetime], None]) -> Stage:
    """The cast at their posts, traders registered, the pack's law published."""
    with acting(GUMRUK):
        users = {
            login: user_create(
                login=login, name=name, role=role, password="apricots", offices=offices, trader_tin=tin, by=GUMRUK,
                at=OPENED,
            )
            for login, (name, role, offices, tin) in PEOPLE.items()
        }  # fmt: skip
        for tin, name in ((ALPHA, "Alpha Trade"), (ZED, "Zed Ltd")):
            trader_register(tin=tin, name=name, by=GUMRUK, at=OPENED)
    stage = Stage(users, set_clock)
    stage.publish(tajikistan().book)
    return stage


def rows(sql: str, *params: Any, actor: Actor | None = GUMRUK) -> list[tuple[Any, ...]]:
    """What the application's user reads by SQL of its own, while this person acts."""
    with transaction.atomic():
        actor_apply(actor)
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def counts(*tables: str) -> dict[str, int]:
    """How many rows the tables of lodging hold."""
    names = tables or (
        "declarations_message", "declarations_file", "declarations_version", "declarations_item", "declarations_number",
        "declarations_serial", "assessment_charge", "audit_event", "audit_subject", "audit_outbox",
    )  # fmt: skip
    return {name: rows(f"SELECT count(*) FROM {name}")[0][0] for name in names}


def owner_run(*statements: str) -> None:
    """What the owner of the database can do, who takes every trigger away first and puts it back afterwards."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        tables = _tables(cursor)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def owner_wipe() -> None:
    """Empty every table: for tests that commit."""
    with connections["owner"].cursor() as cursor:
        tables = _tables(cursor)
        cursor.execute(
            "SELECT confrelid::regclass::text, conrelid::regclass::text FROM pg_constraint"
            " WHERE contype = 'f' AND conparentid = 0"
        )
        # Whoever points at another goes first.
        graph = TopologicalSorter({table: set() for table in tables})
        for pointed_at, pointing in cursor.fetchall():
            if {pointed_at, pointing} <= set(tables) and pointed_at != pointing:
                graph.add(pointed_at, pointing)
    ordered = list(graph.static_order())
    owner_run(*(f"DELETE FROM {table}" for table in ordered), "UPDATE audit_sealer SET watermark = '0'")
    connections["owner"].close()


def _tables(cursor: Any) -> list[str]:
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND NOT relispartition ORDER BY relname"
    )
    return [name for (name,) in cursor.fetchall() if name not in _KEPT]


def day(text: str) -> date:
    """A day from its ISO text."""
    return date.fromisoformat(text)

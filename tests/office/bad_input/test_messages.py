# SPDX-License-Identifier: Apache-2.0
"""What strangers send: each bad message gets one clear answer through the API, and leaves no row behind."""

from __future__ import annotations

import io
import json
import random
import string
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.office.declarations.stage import ALPHA, TUESDAY, Stage, as_xml, counts, item, message, rows

from gumruk import texts
from gumruk.wire import LIMITS

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><Declaration><ID>&j;</ID></Declaration>"
).encode()
TOO_LONG = "".join(random.Random(7).choices(string.ascii_letters, k=4_000))  # noqa: S311 - no secret
NOTHING = dict.fromkeys(
    ("declarations_message", "declarations_file", "declarations_version", "declarations_number", "declarations_serial"),
    0,
)


def zipped() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("declaration.json", message())
    return held.getvalue()


def half_a_number(told: dict[str, Any]) -> None:
    item(told)["commodity"]["goods_measure"]["net_mass"]["value"] = "\ud800"


UNREADABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "WIRE-01"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n", "WIRE-03"),
    "a page": (lambda: b"<!DOCTYPE html><html><body>Bad gateway</body></html>", "WIRE-03"),
    "a zip": (zipped, "WIRE-03"),
    "words": ("Салом, гумрук!".encode, "WIRE-30"),
    "noise": (lambda: bytes(range(256)) * 8, "WIRE-30"),
    "billion laughs": (lambda: LAUGHS, "WIRE-06"),
    "billion laughs in UTF-16": (lambda: LAUGHS.decode().encode("utf-16"), "WIRE-06"),
    "UTF-16 without its mark": (lambda: as_xml(message()).decode().encode("utf-16-le"), "WIRE-04"),
    "half of UTF-16": (lambda: as_xml(message()).decode().encode("utf-16")[:-1], "WIRE-05"),
    "XML cut off": (lambda: as_xml(message())[:2_000], "WIRE-08"),
    "JSON cut off": (lambda: message()[:2_000], "WIRE-08"),
    "10 000 deep XML": (lambda: b"<Declaration>" + b"<a>" * 10_000, "WIRE-09"),
    "10 000 deep JSON": (lambda: b'{"extensions":' + b"[" * 10_000 + b"]" * 10_000 + b"}", "WIRE-09"),
    "10 000 items": (
        lambda: message(change=lambda told: told["goods_shipment"].update(items=[{}] * 10_000)), "WIRE-13",
    ),
    "a zero byte": (lambda: message(change=lambda told: told.update(id="a\x00b")), "WIRE-22"),
    "half a surrogate": (lambda: message(change=lambda told: told.update(id="\ud800")), "WIRE-22"),
    "half a surrogate for a number": (lambda: message(change=half_a_number), "WIRE-14"),
    "half a surrogate for a field": (lambda: message(change=lambda told: told.update({"\ud800": "1"})), "WIRE-18"),
    "a number that is no number": (
        lambda: message(change=lambda told: item(told)["commodity"]["item_charge_amount"].update(value="NaN")),
        "WIRE-14",
    ),
    "a binary fraction": (
        lambda: message(change=lambda told: item(told)["commodity"]["item_charge_amount"].update(value=0.1)),
        "WIRE-19",
    ),
    "a list": (lambda: b"[1, 2]", "WIRE-20"),
}  # fmt: skip


@pytest.mark.parametrize("what", UNREADABLE)
def test_it_says_what_it_cannot_read_and_stores_nothing(stage: Stage, what: str) -> None:
    content, code = UNREADABLE[what]
    answer = stage.post(content(), headers={"Accept-Language": "tg"})
    body = answer.json()
    assert (answer.status_code, body["error"]) == (400, "unreadable")
    assert body["findings"][0]["code"] == code
    assert body["findings"][0]["text"] and body["findings"][0]["mend"]
    assert counts(*NOTHING) == NOTHING
    assert stage.post(message()).status_code == 201


def test_it_reads_utf_16_with_its_mark(stage: Stage) -> None:
    content = as_xml(message()).decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').replace("utf-8", "utf-16")
    assert stage.post(content.encode("utf-16")).status_code == 201


def test_it_asks_for_the_length_of_a_message_in_pieces(stage: Stage) -> None:
    """Django reads nothing of such a body: it was called an empty file."""
    sent = {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}
    answer = stage.client("alpha").generic("POST", "/api/v1/declarations", message(), **sent)
    assert (answer.status_code, answer.json()["error"]) == (411, "length_required")
    assert "Content-Length" in answer.json()["text"]
    assert stage.client(None).generic("POST", "/api/v1/declarations", message(), **sent).status_code == 401
    assert counts(*NOTHING) == NOTHING


class Endless(io.RawIOBase):
    """A body of 100 MB that is made while it is read, and counts what was read of it."""

    def __init__(self) -> None:
        super().__init__()
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        size = 65_536 if size < 0 else size
        self.given += size
        return b"<" * size


@pytest.mark.parametrize("login", ["alpha", None])
def test_it_refuses_100_megabytes_without_reading_them(stage: Stage, login: str | None) -> None:
    body, client = Endless(), stage.client(login)
    begun = time.perf_counter()
    answer = _post_stream(client, body, 100_000_000)
    assert time.perf_counter() - begun < 5
    assert (answer.status_code, body.given) == ((413 if login else 401), 0)
    if login:
        assert answer.json() == {"error": "too_large", "limit_bytes": LIMITS.bytes_max}
    assert counts(*NOTHING) == NOTHING


def test_it_keeps_memory_low_while_it_refuses_the_largest_message(stage: Stage) -> None:
    """Just below the limit and full of elements: refused by their count, before any tree is built."""
    content = b"<Declaration>" + b"<x/>" * ((LIMITS.bytes_max - 40) // 4) + b"</Declaration>"
    stage.post(message())
    tracemalloc.start()
    try:
        answer = stage.post(content)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (answer.status_code, answer.json()["findings"][0]["code"]) == (400, "WIRE-31")
    assert peak < 6 * LIMITS.bytes_max


@pytest.mark.parametrize("length", ["ten", "-5", "1e3", ""])
def test_it_does_not_stumble_over_a_wrong_length(stage: Stage, length: str) -> None:
    answer = _post_stream(stage.client("alpha"), io.BytesIO(message()), length)
    assert answer.status_code == 400
    assert counts(*NOTHING) == NOTHING


def _post_stream(client: Client, body: Any, length: object) -> Any:
    return client.generic(
        "POST", "/api/v1/declarations", b"", "application/xml",
        **{"wsgi.input": body, "CONTENT_LENGTH": str(length)},
    )  # fmt: skip


def measure(told: dict[str, Any], **masses: str) -> None:
    item(told)["commodity"]["goods_measure"].update(
        {name: {"unit": "KGM", "value": value} for name, value in masses.items()}
    )


def priced(told: dict[str, Any], **price: str) -> None:
    item(told)["commodity"]["item_charge_amount"].update(price)


def freight(told: dict[str, Any], **amount: str) -> None:
    told["goods_shipment"]["customs_valuation"]["freight_charge_amount"].update(amount)


WRONG: dict[str, tuple[Callable[[dict[str, Any]], object], str, str]] = {
    "unknown currency": (
        lambda told: priced(told, currency="XQQ"), "DEC-24", "items[0].commodity.item_charge_amount",
    ),
    "a currency without a rate": (
        lambda told: priced(told, currency="JPY"), "DEC-24", "items[0].commodity.item_charge_amount",
    ),
    "negative net mass": (
        lambda told: measure(told, net_mass="-1"), "DEC-18", "items[0].commodity.goods_measure.net_mass",
    ),
    "negative gross mass": (
        lambda told: measure(told, gross_mass="-1"), "DEC-18", "items[0].commodity.goods_measure.gross_mass",
    ),
    "negative price": (lambda told: priced(told, value="-1"), "DEC-23", "items[0].commodity.item_charge_amount"),
    "negative freight": (
        lambda told: freight(told, value="-1"), "DEC-16", "goods_shipment.customs_valuation.freight_charge_amount",
    ),
    "freight of a galaxy": (
        lambda told: freight(told, value="9" * 40), "DEC-16", "goods_shipment.customs_valuation.freight_charge_amount",
    ),
    "a price of a galaxy": (
        lambda told: priced(told, value="9" * 40), "DEC-29", "items[0].commodity.item_charge_amount",
    ),
    "a mass of a galaxy": (
        lambda told: measure(told, gross_mass="9" * 40, net_mass="1"), "DEC-29",
        "items[0].commodity.goods_measure.gross_mass",
    ),
    "a price with forty decimals": (
        lambda told: priced(told, value="1." + "1" * 38), "DEC-29", "items[0].commodity.item_charge_amount",
    ),
    "lodged in 1890": (
        lambda told: told.update(issue={"format_code": "102", "text": "18900101"}), "DEC-15", "issue",
    ),
    "accepted in 1890": (
        lambda told: told.update(acceptance={"format_code": "102", "text": "18900101"}), "DEC-15", "acceptance",
    ),
    "an invoice of 1890": (
        lambda told: told["goods_shipment"].update(invoices=[{"issue": {"format_code": "102", "text": "18900101"}}]),
        "DEC-15", "goods_shipment.invoices[0].issue",
    ),
    "an invoice of the 30th of February": (
        lambda told: told["goods_shipment"].update(invoices=[{"issue": {"format_code": "102", "text": "20260230"}}]),
        "DEC-15", "goods_shipment.invoices[0].issue",
    ),
    "no items": (lambda told: told["goods_shipment"].update(items=[]), "DEC-6", "goods_item_quantity"),
    "a reference of 4000 letters": (
        lambda told: told.update(functional_reference_id=TOO_LONG), "DEC-2", "functional_reference_id",
    ),
    "a function of 4000 letters": (lambda told: told.update(function_code=TOO_LONG), "DEC-1", "function_code"),
    "an office of 4000 letters": (
        lambda told: told.update(declaration_office_id=TOO_LONG), "DEC-5", "declaration_office_id",
    ),
    "an importer of 4000 letters": (
        lambda told: told["goods_shipment"]["importer"].update(id=TOO_LONG), "DEC-9", "goods_shipment.importer",
    ),
    "a declarant of 4000 letters": (lambda told: told["declarant"].update(id=TOO_LONG), "DEC-4", "declarant.id"),
    "a code of 4000 digits": (
        lambda told: item(told)["commodity"]["classifications"][0].update(id="8" * 4_000), "DEC-20",
        "items[0].commodity.classifications",
    ),
    "Arabic digits in the code": (
        lambda told: item(told)["commodity"]["classifications"][0].update(id="٨٤٥٠١١٠٠٠٠"), "DEC-20",
        "items[0].commodity.classifications",
    ),
    "a procedure of the moon": (
        lambda told: item(told)["government_procedures"][0].update(current_code="99"), "DEC-22",
        "items[0].government_procedures",
    ),
    "SQL as an office": (
        lambda told: told.update(declaration_office_id="'; DROP TABLE declarations_file; --"), "DEC-5",
        "declaration_office_id",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_it_names_what_is_wrong_at_its_place_and_registers_nothing(stage: Stage, what: str) -> None:
    change, code, path = WRONG[what]
    answer = stage.post(message(change=change))
    assert answer.status_code == 422, answer.content[:500]
    body = answer.json()
    assert (code, path) in {(found["code"], found["path"]) for found in body["findings"]}
    assert body["number"] is None
    assert counts("declarations_number", "declarations_serial", "assessment_charge") == {
        "declarations_number": 0, "declarations_serial": 0, "assessment_charge": 0,
    }  # fmt: skip
    assert stage.post(message(change=change)).json() == body
    assert stage.get(body["id"]).json()["state"] == "registration_refused"


def test_it_takes_another_version_of_4000_letters_as_what_it_is(stage: Stage) -> None:
    first, again = (stage.post(message(version_id=TOO_LONG)) for _ in range(2))
    assert (first.status_code, again.json()) == (201, first.json())


def test_it_lodges_as_many_items_as_the_law_allows(stage: Stage) -> None:
    """999 items, each with its charges, in one statement."""

    def many(told: dict[str, Any]) -> None:
        one = json.dumps(item(told))
        told["goods_shipment"]["items"] = [json.loads(one) | {"sequence_numeric": place} for place in range(1, 1_000)]
        for head in ("goods_item_quantity", "invoice_amount", "total_gross_mass", "total_package_quantity"):
            del told[head]

    answer = stage.post(message(change=many))
    assert answer.status_code == 201
    assert rows("SELECT count(*) FROM declarations_item") == [(999,)]
    assert rows("SELECT count(*), count(DISTINCT item) FROM assessment_charge") == [(999 * 2 + 1, 999)]


def test_it_refuses_999_items_that_are_all_wrong_in_every_way(stage: Stage) -> None:
    def wrong(told: dict[str, Any]) -> None:
        told["goods_shipment"]["items"] = [{"sequence_numeric": 7}] * 999

    answer = stage.post(message(change=wrong))
    assert answer.status_code == 422
    codes = {found["code"] for found in answer.json()["findings"] if found["path"].startswith("items[998]")}
    assert {"DEC-7", "DEC-18", "DEC-19", "DEC-20", "DEC-21", "DEC-22", "DEC-23", "DEC-25"} <= codes


class Upload(io.RawIOBase):
    """A form with a file of 100 MB, made while it is read."""

    def __init__(self) -> None:
        super().__init__()
        head = b'--b\r\nContent-Disposition: form-data; name="message"; filename="a.xml"\r\n\r\n'
        self.parts = [head, *([b"<x/>" * 25_000] * 1_000), b"\r\n--b--\r\n"]
        self.length = sum(map(len, self.parts))
        self.left = io.BytesIO()

    def read(self, size: int = -1) -> bytes:
        while (given := self.left.read(size)) == b"" and self.parts:
            self.left = io.BytesIO(self.parts.pop(0))
        return given


def test_it_keeps_memory_low_while_a_file_of_100_megabytes_is_dropped_on_the_page(stage: Stage) -> None:
    upload, client = Upload(), stage.client("alpha")
    form = {
        "wsgi.input": upload, "CONTENT_LENGTH": str(upload.length),
        "CONTENT_TYPE": "multipart/form-data; boundary=b",
    }  # fmt: skip
    tracemalloc.start()
    try:
        answer = client.generic("POST", "/lodge/", **form)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert answer.status_code == 422
    assert texts.say("en", "declarations.lodge.too_large", limit=10) in answer.content.decode()
    assert (upload.parts, peak < 30_000_000) == ([], True)
    assert counts(*NOTHING) == NOTHING


def test_it_answers_every_garbled_message_in_json(stage: Stage) -> None:
    """Bytes flipped at random: whatever comes out is 201, 400, 409, 413 or 422, never a failure."""
    chance, content = random.Random(20261215), as_xml(message())  # noqa: S311 - no secret
    client = stage.client("alpha")
    stage.set_clock(TUESDAY)
    for _ in range(150):
        garbled = bytearray(content)
        for _ in range(chance.randint(1, 12)):
            garbled[chance.randrange(len(garbled))] = chance.randrange(256)
        answer = client.post("/api/v1/declarations", bytes(garbled), content_type="application/xml")
        assert answer.status_code in {201, 400, 409, 422}
        assert answer.json()
    assert ALPHA

# SPDX-License-Identifier: Apache-2.0
"""Alpha Trade has no program: it types its declaration on the page, is told what is wrong, and the goods go."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from tests.office.declarations.stage import TUESDAY, Stage, item, message, rows

from gumruk import wire
from gumruk.office.audit.queries import event_list, history_verify
from gumruk.office.audit.sealing import events_seal
from gumruk.office.declarations import services
from gumruk.office.declarations.drafts.queries import draft_by_id, items_of
from gumruk.office.declarations.drafts.typed import KEY, typed_of


def texts_of(tree: Any, path: str = "") -> dict[str, str]:
    """Every text that somebody would type to say the same, by its place."""
    if isinstance(tree, str):
        return {path: tree}
    found: dict[str, str] = {}
    for name, held in tree.items():
        here = f"{path}.{name}" if path else name
        if isinstance(held, list):
            for row in held:
                found |= texts_of({k: v for k, v in row.items() if k != KEY}, f"{here}[{row[KEY]}]")
        elif name != "format_code":
            found |= texts_of(held, here)
    return {place: text for place, text in found.items() if place}


def typed(stage: Stage, identifier: str, part: str, texts: dict[str, str]) -> Any:
    """Alpha types texts one after the other, as they are written here: with commas, and spaces in numbers."""
    with stage.acting("alpha"):
        draft = draft_by_id(UUID(identifier))
    assert draft is not None
    changes = [{"part": part, "path": path, "text": text, "bases": ["", "KGM", "9"]} for path, text in texts.items()]
    content = json.dumps({"changes": changes, "open": part or None})
    return stage.client("alpha").post(f"/drafts/{identifier}/save/", content, content_type="application/json")


def test_it_types_corrects_and_lodges_and_the_goods_are_released(committed: Stage) -> None:
    stage = committed
    stage.set_clock(TUESDAY)
    stage.pay("200000.00")

    def one_item(told: dict[str, Any]) -> None:
        told["goods_shipment"]["items"] = [item(told)]
        told["invoice_amount"]["value"] = "312000.00"
        for name in ("goods_item_quantity", "total_gross_mass", "total_package_quantity", "declarant", "function_code"):
            told.pop(name)

    head, [goods] = typed_of(wire.read(message("HAND-1", change=one_item)).declaration)
    head.pop("functional_reference_id")
    address = stage.client("alpha").post("/drafts/new/").headers["Location"]
    identifier = address.split("/")[2]
    with stage.acting("alpha"):
        draft = draft_by_id(UUID(identifier))
        assert draft is not None
        [row] = items_of(draft)

    texts = texts_of(goods) | {"commodity.goods_measure.net_mass.value": "104 000,5"}
    first = typed(stage, identifier, "", texts_of(head)).json()
    second = typed(stage, identifier, str(row.id), texts).json()
    assert first["errors"] > second["errors"] == 1
    assert "Net mass" in second["notes"]["i-at-commodity.goods_measure.net_mass"]
    refused = stage.client("alpha").post(f"{address}lodge/")
    assert refused.status_code == 422
    assert rows("SELECT count(*) FROM declarations_file")[0][0] == 0

    mended = {"part": str(row.id), "path": "commodity.goods_measure.net_mass.value", "text": "10 400,5"}
    content = json.dumps({"changes": [{**mended, "bases": ["104 000,5"]}], "open": str(row.id)})
    told = stage.client("alpha").post(f"{address}save/", content, content_type="application/json").json()
    assert told["errors"] == 0
    lodged = stage.client("alpha").post(f"{address}lodge/")
    file = stage.file(lodged.headers["Location"].split("/")[2])
    stage.deliver()
    assert file.number == "TJ-DYU/151226/000001"

    stage.do("dilnoza", services.declaration_release, file)
    assert stage.get(file.id).json()["state"] == "released"
    with stage.acting("rustam"):
        kinds = [event.kind for event in event_list(subject_kind="declaration", subject_id=str(file.id))]
    assert kinds == [
        "declaration.lodged", "declaration.accept", "charges.reserved", "charges.debited", "declaration.release",
    ]  # fmt: skip
    events_seal(at=TUESDAY)
    assert history_verify() == []
    assert stage.client("zed").get(address).status_code == 404
    assert stage.client("rustam").get(address).status_code == 404

# SPDX-License-Identifier: Apache-2.0
"""Who reaches a draft, where drafts are listed, and how many there may be."""

from __future__ import annotations

import pytest
from tests.office.declarations.stage import TUESDAY, Stage
from tests.office.drafts.typist import goods, opened, save

from gumruk.office.declarations.drafts import services, views
from gumruk.office.declarations.drafts.models import Draft, DraftItem, Kept


def test_it_is_seen_by_its_own_trader_only(stage: Stage) -> None:
    draft = opened(stage)
    first = goods(stage, draft)[0]
    for login in ("zed", "dilnoza", "farrukh", "sitora", "rustam", "nekruz"):
        client = stage.client(login)
        for address in ("", f"items/{first.id}/", "items/", "delete/", "rows/new/?list=invoices"):
            assert client.get(f"/drafts/{draft.id}/{address}").status_code == 404, (login, address)
        for address in ("", "lodge/", "delete/", "items/new/", f"items/{first.id}/copy/", "rows/remove/"):
            assert client.post(f"/drafts/{draft.id}/{address}").status_code == 404, (login, address)
        assert save(stage, draft, by=login).status_code == 404
        with stage.acting(login):
            assert not Draft.objects.exists() and not DraftItem.objects.exists() and not Kept.objects.exists()
            assert Draft.objects.filter(id=draft.id).update(goods="stolen") == 0
    assert stage.client(None).get(f"/drafts/{draft.id}/").headers["Location"].startswith("/sign-in/")


def test_it_makes_no_draft_of_a_file_that_the_trader_does_not_see(stage: Stage) -> None:
    file = stage.lodge()
    assert stage.client("zed").post(f"/drafts/of/{file.id}/copy/").status_code == 404
    assert stage.client("alpha").post(f"/drafts/of/{file.id}/mend/").status_code == 404, (
        "only what was refused is mended"
    )
    assert stage.client("alpha").post(f"/drafts/of/{file.id}/burn/").status_code == 404


def test_it_deletes_a_draft_for_good_after_asking(stage: Stage) -> None:
    draft = opened(stage)
    client = stage.client("alpha")
    assert "Delete for good" in client.get(f"/drafts/{draft.id}/delete/").content.decode()
    client.post(f"/drafts/{draft.id}/delete/")
    with stage.acting("alpha"):
        assert not Draft.objects.exists() and not DraftItem.objects.exists()


def test_it_shows_drafts_at_home_and_in_their_list(stage: Stage) -> None:
    opened(stage)
    for address in ("/", "/drafts/"):
        assert "ATR-1" in stage.client("alpha").get(address).content.decode()
        assert stage.client("dilnoza").get("/").content.decode().count("ATR-1") == 0


def test_it_lists_many_drafts_page_by_page_and_begins_no_more_than_it_keeps(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "LISTED", 2)
    monkeypatch.setattr(services, "DRAFTS_MAX", 3)
    stage.set_clock(TUESDAY)
    client = stage.client("alpha")
    for _ in range(3):
        assert client.post("/drafts/new/").status_code == 302
    refused = client.post("/drafts/new/")
    assert refused.status_code == 409 and "Lodge or delete some" in refused.content.decode()
    first, second = (client.get(f"/drafts/?page={number}").content.decode() for number in (1, 2))
    assert first.count("tr data-href") == 2 and "Older" in first
    assert second.count("tr data-href") == 1 and "Newer" in second

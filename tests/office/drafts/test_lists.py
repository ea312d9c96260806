# SPDX-License-Identifier: Apache-2.0
"""Goods from a trader's list: its columns are named once, its cells come in as they stand, nonsense too."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.office.declarations.stage import TUESDAY, Stage
from tests.office.drafts.typist import goods, item_text, opened

from gumruk.office.declarations.drafts import services
from gumruk.office.declarations.drafts.models import ColumnMapping, Draft, ItemList

LIST = """№;Наименование товара;Код ТН ВЭД;Страна происхождения;Вес брутто, кг;Вес нетто, кг;Кол-во;Ед. изм.;Сумма, USD
1;Чай зелёный;0902 10 000 0;CN;1 100,5;1000;;;5 400,00
2;Чай чёрный;0902300000;CN;много;950;;;4100
Итого;;;;2200;1950;;;9500
"""
NET, GROSS = "commodity.goods_measure.net_mass.value", "commodity.goods_measure.gross_mass.value"


def begun(stage: Stage) -> Draft:
    stage.set_clock(TUESDAY)
    with stage.acting("alpha") as by:
        return services.draft_create(by=by, at=TUESDAY)


def upload(stage: Stage, draft: Draft, text: str = LIST, name: str = "goods.csv", login: str = "alpha") -> Any:
    return stage.client(login).post(f"/drafts/{draft.id}/list/", {"goods": SimpleUploadedFile(name, text.encode())})


def columns(page: str) -> dict[str, str]:
    """The choices of the mapping as the page shows them."""
    found = {}
    for part in page.split('<select class="form-select" id="')[1:]:
        chosen = part.split(" selected>")[0].rpartition('value="')[2].rstrip('"') if " selected>" in part else ""
        found[part.split('"')[0]] = chosen
    return found


def test_it_takes_the_goods_of_a_list_and_leaves_what_cannot_be_read_in_its_field(stage: Stage) -> None:
    draft = begun(stage)
    client = stage.client("alpha")
    assert upload(stage, draft).status_code == 302
    page = client.get(f"/drafts/{draft.id}/list/").content.decode()
    chosen = columns(page)
    assert {"commodity_code", "description", "origin", "gross_mass", "net_mass", "price"} <= set(chosen.values())
    assert 'value="USD"' in page and "Guessed from the headings" in page
    answer = client.post(f"/drafts/{draft.id}/list/", {**chosen, "currency": "USD", "take": "1"})
    assert answer.status_code == 200
    assert "2 goods items were taken from the list" in answer.content.decode()
    green, black = goods(stage, draft)
    assert item_text(stage, green, GROSS) == "1100.5"
    assert item_text(stage, green, "commodity.item_charge_amount.currency") == "USD"
    assert item_text(stage, black, GROSS) == "много"
    assert item_text(stage, black, NET) == "950"
    assert "“много” is no number" in client.get(f"/drafts/{draft.id}/?item={black.id}").content.decode()


def test_it_remembers_what_the_columns_of_such_a_list_mean(stage: Stage) -> None:
    draft = begun(stage)
    client = stage.client("alpha")
    upload(stage, draft)
    chosen = columns(client.get(f"/drafts/{draft.id}/list/").content.decode())
    mass = next(name for name, field in chosen.items() if field == "gross_mass")
    client.post(f"/drafts/{draft.id}/list/", {**chosen, mass: "", "currency": "CNY", "take": "1"})
    again = opened(stage)
    upload(stage, again)
    page = client.get(f"/drafts/{again.id}/list/").content.decode()
    assert "As you named them for such a list the last time." in page
    assert columns(page) == {**chosen, mass: ""} and 'value="CNY"' in page
    with stage.acting("zed"):
        assert not ColumnMapping.objects.exists()
    client.post(f"/drafts/{again.id}/list/", {**columns(page), "take": "1"})
    assert len(goods(stage, again)) == 4, "behind the two that it had"


def test_it_says_what_is_no_list_and_what_is_named_twice(stage: Stage) -> None:
    draft = begun(stage)
    client, address = stage.client("alpha"), f"/drafts/{draft.id}/list/"
    refused = upload(stage, draft, "%PDF-1.7 and more", "goods.pdf")
    assert refused.status_code == 422 and "goods.pdf cannot be read as a list" in refused.content.decode()
    upload(stage, draft)
    chosen = columns(client.get(address).content.decode())
    twice = client.post(address, {**dict.fromkeys(chosen, "net_mass"), "take": "1"})
    assert twice.status_code == 422 and "is named twice" in twice.content.decode()
    nothing = client.post(address, {**dict.fromkeys(chosen, ""), "take": "1"})
    assert nothing.status_code == 422 and "there is nothing to take" in nothing.content.decode()
    assert len(goods(stage, draft)) == 1
    client.post(address, {"other": "1"})
    assert "CSV or XLSX" in client.get(address).content.decode()


def test_it_takes_no_more_than_a_declaration_holds(stage: Stage) -> None:
    draft = begun(stage)
    rows = "".join(f"{n};Tea;0902100000;CN;2;1;;;5\n" for n in range(1_000))
    upload(stage, draft, LIST.splitlines()[0] + "\n" + rows)
    address = f"/drafts/{draft.id}/list/"
    chosen = columns(stage.client("alpha").get(address).content.decode())
    assert stage.client("alpha").post(address, {**chosen, "take": "1"}).status_code == 422
    assert len(goods(stage, draft)) == 1


def test_it_shows_a_list_to_its_own_trader_only(stage: Stage) -> None:
    draft = begun(stage)
    upload(stage, draft)
    for login in ("zed", "dilnoza", "rustam"):
        assert stage.client(login).get(f"/drafts/{draft.id}/list/").status_code == 404
        assert upload(stage, draft, login=login).status_code == 404
        with stage.acting(login):
            assert not ItemList.objects.exists()

# SPDX-License-Identifier: Apache-2.0
"""The public pages of the desk have one limit for all: who asks too fast is told so in words."""

from __future__ import annotations

from html import unescape

import pytest
from tests.office.declarations.stage import TUESDAY, Stage

from gumruk import texts
from gumruk.office.desk import asked_often
from gumruk.office.ui.allowance import Allowance

PAGES = ("/tree/", "/tree/0207", "/tree/02/print", "/tree/compare?a=0207&b=0208", "/tree/pack.zip", "/calculate/")
API = ("/api/v1/nomenclature", "/api/v1/nomenclature/0207", "/api/v1/find?q=rice")


@pytest.mark.parametrize("language", texts.languages())
def test_it_tells_who_asks_too_fast_to_wait(stage: Stage, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked_often, "QUESTIONS", Allowance(at_once=0, a_second=0))
    stage.set_clock(TUESDAY)
    client = stage.client(None)
    client.cookies["gumruk_language"] = language
    for address in (*PAGES, *API, "/find/?q=rice"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1"), address
        words = answer.json()["text"] if address in API else unescape(answer.content.decode())
        assert texts.say(language, "ui.error.too_many.what") in words, address
        assert address not in API or answer.json()["error"] == "too_many"


def test_it_counts_all_pages_of_an_address_together_and_no_other_address(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked_often, "QUESTIONS", Allowance(at_once=3, a_second=0))
    stage.set_clock(TUESDAY)
    client = stage.client(None)
    asked = ("/tree/IV", "/calculate/", "/api/v1/nomenclature/02", "/tree/IV")
    assert [client.get(address).status_code for address in asked] == [200, 200, 200, 429]
    assert client.get("/find/?q=rice").status_code == 429
    assert client.get("/tree/IV", REMOTE_ADDR="203.0.113.7").status_code == 200

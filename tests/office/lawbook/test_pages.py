# SPDX-License-Identifier: Apache-2.0
"""The pages of the law: what runs, what waits, what every table says as of a day, and who may do what there."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client
from tests.office.declarations.stage import TUESDAY, Stage, message
from tests.office.lawbook.law import LATER, approve, cheaper, proposal, propose

from gumruk.law.lawbook import LawBook, Status
from gumruk.office.accounts.permissions import GUMRUK, acting, actor_apply
from gumruk.office.lawbook import queries
from gumruk.office.lawbook.models import Publication
from gumruk.packs.schema import TABLES
from gumruk.texts import find, languages

DOORS = ("/law/", "/law/publications/1/", "/law/publications/1/tariff/", "/law/proposals/1/")


def browser(stage: Stage, login: str) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    with acting(GUMRUK):
        client.force_login(stage.users[login], backend="django.contrib.auth.backends.ModelBackend")
        actor_apply(None)
    return client


def words(answer: Any) -> str:
    """The text of a page, without its tags."""
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", html.unescape(plain).replace("\xa0", " "))


def test_it_shows_what_runs_who_stands_behind_it_and_how_far_it_may_be_trusted(stage: Stage) -> None:
    page = words(browser(stage, "rustam").get("/law/"))
    (publication,) = Publication.objects.all()
    counts = queries.standing_of(publication.digest)
    assert sum(counts.values()) == publication.entries
    assert counts["verified"] == 0 < counts["training"]
    for expected in ("Publication 1", publication.digest[:12], "Nekruz", "Farrukh", str(counts["training"])):
        assert expected in page
    assert "collected" not in page


def test_it_says_in_production_how_many_values_may_not_be_collected_on(stage: Stage, settings: Any) -> None:
    stage.set_clock(TUESDAY)
    settings.GUMRUK_TRAINING = False
    book = queries.running_law()
    found = queries.uncollectable(book, TUESDAY.date())
    law = book.at(TUESDAY.date())
    read = [entry for table in book.tables for entry in law.table(table).values()]
    assert found == len(read) > 100
    assert all(entry.status in (Status.UNVERIFIED, Status.UNKNOWN) for entry in read)
    assert "values that are read today are not verified" in words(browser(stage, "farrukh").get("/law/"))


def test_it_takes_a_proposal_to_publication(stage: Stage) -> None:
    propose(stage)
    home = words(browser(stage, "farrukh").get("/law/"))
    assert "Waits for a second person Proposal 1: Tajikistan 2026.12, by Nekruz." in home
    farrukh = browser(stage, "farrukh")
    page = words(farrukh.get("/law/proposals/1/"))
    for expected in ("Nekruz", "Import tariff", "8418", "duty: 10% → 8%", "Publish the proposal"):
        assert expected in page
    assert "Nekruz proposed it, Farrukh publishes it." in words(farrukh.get("/law/proposals/1/approve/"))
    done = farrukh.post("/law/proposals/1/approve/")
    assert (done.status_code, done.url) == (302, "/law/publications/2/")
    queries.running_law_forget()
    assert "Publication 2" in words(farrukh.get(done.url))
    assert "Publication 2" in words(farrukh.get("/law/proposals/1/"))
    again = farrukh.post("/law/proposals/1/approve/")
    assert (again.status_code, Publication.objects.count()) == (422, 2)


def test_it_refuses_a_proposal_with_a_reason_that_others_read(stage: Stage) -> None:
    propose(stage)
    farrukh = browser(stage, "farrukh")
    assert farrukh.post("/law/proposals/1/refuse/", {"reason": ""}).status_code == 422
    done = farrukh.post("/law/proposals/1/refuse/", {"reason": "The decree is not signed"})
    assert (done.status_code, proposal(1).state) == (302, "refused")
    assert "Refused: The decree is not signed" in words(browser(stage, "nekruz").get("/law/proposals/1/"))


def test_it_does_not_offer_a_decision_on_ones_own_proposal(stage: Stage) -> None:
    propose(stage, by="farrukh")
    farrukh = browser(stage, "farrukh")
    page = words(farrukh.get("/law/proposals/1/"))
    assert "another person must" in page
    assert "Publish the proposal" not in page
    for door in ("approve", "refuse"):
        answer = farrukh.post(f"/law/proposals/1/{door}/", {"reason": "mine"})
        assert (answer.status_code, "another person must" in words(answer)) == (422, True)
    assert proposal(1).state == "waiting"


def test_it_says_that_a_proposal_must_be_made_again(stage: Stage) -> None:
    propose(stage)
    stage.publish(cheaper("9%"), at=LATER)
    farrukh = browser(stage, "farrukh")
    assert "Other law runs by now" in words(farrukh.get("/law/"))
    page = words(farrukh.get("/law/proposals/1/"))
    assert "compared with other law than runs now (publication 2)" in page
    assert "Publish the proposal" not in page
    assert farrukh.post("/law/proposals/1/approve/").status_code == 422


def test_it_proposes_the_pack_of_the_installation_from_the_page(stage: Stage) -> None:
    nekruz = browser(stage, "nekruz")
    same = nekruz.post("/law/propose/")
    assert (same.status_code, "publication 1 says the same" in words(same)) == (422, True)
    stage.publish(cheaper(), at=LATER)
    done = nekruz.post("/law/propose/")
    assert (done.status_code, done.url) == (302, "/law/proposals/1/")
    assert "duty: 8% → 10%" in words(nekruz.get(done.url))


def test_it_reads_a_table_as_of_a_day(stage: Stage) -> None:
    rustam = browser(stage, "rustam")
    address = "/law/publications/1/values/"
    for day, rate in (("2026-12-31", "0.14"), ("2027-01-01", "0.13")):
        page = words(rustam.get(address, {"on": day, "q": "vat.rate"}))
        assert f"value: {rate}" in page
        assert "not verified" in page
    assert 'href="http' in rustam.get(address, {"q": "vat.rate"}).content.decode()
    assert "No row is in force" in words(rustam.get(address, {"q": "no such key"}))


def test_it_tells_which_of_a_value_and_its_twin_is_read(stage: Stage, settings: Any) -> None:
    """The budget code of VAT is unknown, and has a twin for teaching."""
    rustam = browser(stage, "rustam")

    def not_read() -> list[str]:
        page = rustam.get("/law/publications/1/budget/", {"q": "vat"}).content.decode()
        rows = page.partition("<tbody>")[2].split("</tr>")
        return [
            status
            for status in ("unknown", "training value")
            for row in rows
            if f">{status}<" in row and "not read here" in row
        ]

    assert not_read() == ["unknown"]
    settings.GUMRUK_TRAINING = False
    assert not_read() == ["training value"]


def test_it_keeps_an_earlier_publication_readable(stage: Stage) -> None:
    old = stage.lodge(message("A-1"))
    propose(stage)
    approve(stage, 1)
    rustam = browser(stage, "rustam")
    for number, duty in ((1, "10%"), (2, "8%")):
        assert f"duty: {duty}" in words(rustam.get(f"/law/publications/{number}/tariff/", {"q": "8418"}))
    assert Publication.objects.get(digest=old.law_digest).number == 1


@pytest.mark.parametrize(
    ("login", "seen", "proposes", "decides"),
    [
        ("nekruz", 200, 422, 403),
        ("farrukh", 200, 403, 200),
        ("dilnoza", 200, 403, 403),
        ("sitora", 200, 403, 403),
        ("rustam", 200, 403, 403),
        ("alpha", 404, 404, 404),
        ("zed", 404, 404, 404),
    ],
)
def test_it_opens_the_law_to_whom_it_concerns(stage: Stage, login: str, seen: int, proposes: int, decides: int) -> None:
    propose(stage)
    client = browser(stage, login)
    assert {client.get(door).status_code for door in DOORS} == {seen}
    assert client.get("/law/proposals/1/approve/").status_code == decides
    assert client.get("/law/proposals/1/refuse/").status_code == decides
    assert client.post("/law/propose/").status_code == proposes
    assert Client().get("/law/").status_code == 302


@pytest.mark.parametrize(
    "address",
    ["/law/publications/9/", "/law/publications/1/nothing/", "/law/proposals/9/", "/law/publications/99999999999/"],
)
def test_it_has_nothing_at_addresses_of_nothing(stage: Stage, address: str) -> None:
    assert browser(stage, "rustam").get(address).status_code == 404


@pytest.mark.parametrize("language", languages())
def test_it_speaks_each_language_on_each_page(stage: Stage, language: str) -> None:
    propose(stage)
    farrukh = browser(stage, "farrukh")
    for table in TABLES:
        assert find(language, f"lawbook.table.{table}")
    for address in (*DOORS, "/law/proposals/1/approve/", "/law/proposals/1/refuse/"):
        answer = farrukh.get(address, headers={"accept-language": language})
        assert answer.status_code == 200, address
        assert f'lang="{language}"' in answer.content.decode()


def test_it_reads_every_table(stage: Stage) -> None:
    rustam = browser(stage, "rustam")
    for table in queries.running_law().tables:
        assert rustam.get(f"/law/publications/1/{table}/").status_code == 200, table


def test_it_answers_plainly_where_no_law_runs(lawless: Stage) -> None:
    sitora = browser(lawless, "sitora")
    answer = sitora.get("/payments/")
    assert answer.status_code == 503
    assert "No law is published here yet" in words(answer)
    assert "gumruk law propose tj" in words(answer)
    page = words(browser(lawless, "nekruz").get("/law/"))
    assert "No law is published yet" in page
    assert "Propose the pack of this installation" in page
    answer = lawless.post(message(), login="alpha")
    assert (answer.status_code, answer.json()) == (503, {"error": "no_law"})


def test_it_warns_of_entries_that_would_be_gone_for_past_days_too(stage: Stage) -> None:
    entries = queries.running_law().entries
    propose(stage, LawBook("TJ", [entry for entry in entries if (entry.table, entry.key) != ("tariff", "8418")]))
    page = words(browser(stage, "farrukh").get("/law/proposals/1/"))
    assert "1 entry would be gone for past days too" in page

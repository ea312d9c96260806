# SPDX-License-Identifier: Apache-2.0
"""The tags: what they write, and that what people typed is never taken for markup."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template

from gumruk.law.declarations.states import State
from gumruk.law.kernel import Finding, Money, Severity
from gumruk.law.lawbook import Status
from gumruk.office.ui import shapes
from gumruk.office.ui.words import path_words


def write(source: str, language: str = "en", **values: Any) -> str:
    """What a template with this source writes."""
    return Template(source).render(Context({"language": language, **values})).replace("\xa0", " ")


def test_it_knows_a_shape_for_every_state_severity_and_status() -> None:
    assert set(shapes.STATE_LOOK) == {state.value for state in State}
    assert set(shapes.SEVERITY_LOOK) == {severity.value for severity in Severity}
    assert set(shapes.LAW_STATUS_LOOK) == {status.value for status in Status}


def test_it_never_speaks_by_colour_alone() -> None:
    for looks in (shapes.STATE_LOOK, shapes.LANE_LOOK, shapes.SEVERITY_LOOK, shapes.LAW_STATUS_LOOK):
        by_tone: dict[str, list[str]] = {}
        for drawn, tone in looks.values():
            by_tone.setdefault(drawn, []).append(tone)
        assert all(len(set(tones)) == 1 for tones in by_tone.values())


def test_it_writes_a_state_as_word_and_shape() -> None:
    written = write('{% state "accepted" %}', "ru")
    assert "Принята" in written
    assert "<svg" in written


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("{% money m %}", '<span class="g-number">1 250.50 TJS</span>'),
        ("{% amount m %}", '<span class="g-number">1 250.50</span>'),
        ("{% money none %}", '<span class="g-not-computed">not computed</span>'),
        ("{% money zero 'TJS' %}", '<span class="g-number">0.00 TJS</span>'),
        ("{% day d %}", '<time class="g-number" datetime="2027-01-04">4 Jan 2027</time>'),
        ("{% percent share %}", '<span class="g-number">14%</span>'),
        ("{% mass kg %}", '<span class="g-number">24 310.5 kg</span>'),
    ],
)
def test_it_writes_figures(source: str, written: str) -> None:
    values = {
        "m": Money(Decimal("1250.5"), "TJS"),
        "none": None,
        "zero": Decimal(0),
        "d": date(2027, 1, 4),
        "share": Decimal("0.14"),
        "kg": Decimal("24310.500"),
    }
    assert write(source, **values) == written


def test_it_writes_a_moment_by_the_countrys_clock() -> None:
    assert "1 Jan 2027, 00:00" in write("{% moment m %}", m=datetime(2026, 12, 31, 19, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "words"), [(7, "in 3 days"), (5, "in 1 day"), (4, "today"), (3, "1 day ago"), (1, "3 days ago")]
)
def test_it_writes_a_deadline_with_its_distance(day: int, words: str) -> None:
    written = write("{% deadline d today %}", d=date(2027, 1, day), today=date(2027, 1, 4))
    assert words in written
    assert ("g-overdue" in written) == (day < 4)


def test_it_shows_what_people_typed_as_text() -> None:
    evil = "<script>alert(1)</script>"
    sources = ("{% copyable x %}", '{% t "ui.goods_item" n=x %}', "{% why x raw=x %}{{ x }}{% endwhy %}")
    for source in (*sources, "{% steps rows %}"):
        assert "<script" not in write(source, x=evil, rows=[(evil, evil)])


def test_it_opens_an_amount_to_its_steps_act_and_trace() -> None:
    source = "{% why total raw='a * b' %}<p>sentence</p>{% steps rows act=act %}{% endwhy %}"
    act = {"title": "Tax Code", "date": date(2021, 12, 23), "status": "unverified"}
    written = write(source, total="6 750.00", rows=[("base", "48 214.30")], act=act)
    for part in ("<summary>6 750.00", "sentence", "48 214.30", "Tax Code", "23 Dec 2021", "not verified", "a * b"):
        assert part in written


def test_it_says_where_a_finding_is_and_how_it_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Finding("PAY-4", "items[2].origin", {"amount": "-1", "currency": "TJS"}, severity=Severity.WARNING)
    written = write("{% finding f address='#origin' %}", f=found)
    for part in ("Goods item 3", "PAY-4", "Warning", "is not above zero", 'href="#origin"'):
        assert part in written


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("items[0]", "Goods item 1"),
        ("items[0].unheard_of.thing", "Goods item 1, unheard of, thing"),
        ("items[1].commodity.vehicles[0].id", "Goods item 2, vehicles as goods 1, VIN"),
        ("goods_shipment.trade_terms.condition_code", "terms of delivery, incoterms"),
        ("", ""),
    ],
)
def test_it_says_a_path_in_words(path: str, words: str) -> None:
    assert path_words("en", path) == words

# SPDX-License-Identifier: Apache-2.0
"""A thousand messages made wrong, what fuzzing found, and the ways of being wrong that have names.

`drills/fuzz` makes ten thousand, or goes on for an hour guided by the lines that it reaches.
"""

from __future__ import annotations

import io
import time
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from tests.wire.fuzzing.guided import Guided
from tests.wire.fuzzing.largest import LARGEST
from tests.wire.fuzzing.lists import list_gone_through, list_made
from tests.wire.fuzzing.mutations import mutated
from tests.wire.fuzzing.reading import DAY, FOUND, Fault, checked, fault_of, gone_through, made, outcome_of, own_samples
from tests.wire.fuzzing.values import VALUES

from gumruk import demonstration, packs, texts, wire
from gumruk.law.declarations import Context, check_declaration, read_declaration
from gumruk.law.declarations.model import AdditionalDocument
from gumruk.law.declarations.rules.register import FINDINGS_MAX
from gumruk.law.kernel import Severity
from gumruk.law.lawbook import Legal, Moments
from gumruk.wire.batch import messages

SEED, COUNT = 20261125, 1_000
CASES = sorted(FOUND.iterdir())


def test_a_thousand_wrong_messages_raise_nothing_but_our_own():
    outcomes: Counter[str] = Counter()
    for number in range(COUNT):
        content = made(SEED, number, own_samples())
        outcome = outcome_of(content)
        assert not isinstance(outcome, Fault), (number, outcome.what)
        outcomes.update(outcome[:1] or ["read"])
    # It is no test where all is refused at the door, or nothing is.
    assert 0.1 < outcomes["read"] / COUNT < 0.6
    assert len(outcomes) >= 20


def test_five_hundred_wrong_lists_raise_nothing_but_our_own():
    outcomes: Counter[str] = Counter()
    for number in range(500):
        outcome = outcome_of(list_made(SEED, number), list_gone_through)
        assert not isinstance(outcome, Fault), (number, outcome.what)
        outcomes.update(set(outcome))
    assert len(outcomes) >= 10


def test_the_same_seed_makes_the_same_messages():
    assert [made(3, number, own_samples()) for number in range(20)] == [
        made(3, number, own_samples()) for number in range(20)
    ]
    assert mutated(b"", Random(1), ()) is not None  # noqa: S311


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_what_was_found_does_no_harm_again(path: Path):
    """A name that begins with a finding's code says what the message is refused with."""
    content = path.read_bytes()
    assert fault_of(content) is None
    code = path.name.partition(".")[0]
    if "-" in code and code.partition("-")[0].isupper():
        assert code in gone_through(content)


def test_many_parts_of_one_kind_take_no_time_in_any_format():
    """A guided run found it: each further document looked again through all rows before it."""
    declaration = wire.read(demonstration.sample_path("flour.json").read_bytes()).declaration
    documents = tuple(AdditionalDocument(id=str(number), type_code="380") for number in range(6_000))
    many = replace(declaration, additional_documents=documents)
    for name in wire.FORMATS:
        started = time.process_time()
        wire.write(many, name)
        assert time.process_time() - started < 5, name


def test_many_codes_of_one_item_take_no_time_to_check():
    """A code made up of thousands was looked up by each of its beginnings."""
    declaration = wire.read(demonstration.sample_path("flour.json").read_bytes()).declaration
    shipment = declaration.goods_shipment
    item = shipment.items[0]
    commodity = replace(item.commodity, classifications=item.commodity.classifications * 20_000)
    many = replace(declaration, goods_shipment=replace(shipment, items=(replace(item, commodity=commodity),)))
    started = time.process_time()
    assert gone_through(wire.canonical(many)) == []
    assert time.process_time() - started < 5


@pytest.mark.parametrize("name", sorted(LARGEST)[::4])
def test_a_message_as_large_as_may_be_takes_no_time(name: str):
    """A fourth of them; `drills/fuzz --largest` measures all, and the memory."""
    content = LARGEST[name]()
    assert len(content) <= wire.LIMITS.bytes_max
    started = time.process_time()
    checked(content)
    assert time.process_time() - started < 5


def test_no_message_gets_more_findings_than_anybody_could_mend():
    declaration = wire.read(demonstration.sample_path("flour.json").read_bytes()).declaration
    many = replace(declaration, additional_documents=tuple(AdditionalDocument(id="1") for _ in range(30_000)))
    pack = packs.load(packs.pack_folder("tj"))
    context = Context(Legal(pack.book, Moments(DAY, DAY), training=True), pack.code_lists, DAY)
    findings = check_declaration(read_declaration(many), context)
    assert len(findings) == FINDINGS_MAX + 1
    assert (findings[-1].code, findings[-1].severity) == ("DEC-0", Severity.ERROR)
    assert all(texts.say(language, "finding.DEC-0.text", **findings[-1].params) for language in texts.LANGUAGES)


def test_very_many_attributes_are_refused_before_a_parser_holds_them():
    element = b" ".join(b'a%d=""' % number for number in range(600_000))
    assert refused(b"<Declaration %s/>" % element) == {"WIRE-31"}


def test_a_guided_run_goes_on_from_what_reached_new_lines():
    samples = own_samples()[:3]
    run = Guided(1, samples)
    for _ in range(60):
        fault, _ = run.step(run.next())
        assert fault is None
    assert len(run.corpus) > len(samples)
    again = Guided(1, samples, tuple(run.corpus))
    assert [again.next() for _ in range(len(samples) + 2)] == [*samples, *run.corpus[:2]]


def refused(content: bytes) -> set[str]:
    """The codes that a message is refused with; each finding can be said in every language."""
    try:
        wire.read(content)
    except wire.WireError as error:
        for finding in error.findings:
            for language in texts.LANGUAGES:
                assert texts.say(language, f"finding.{finding.code}.text", **finding.params)
        return {finding.code for finding in error.findings}
    return set()


def message(**texts_of: str) -> bytes:
    """The cars of the demonstration with some elements' texts replaced, each at its first place."""
    content = demonstration.sample_path("cars.xml").read_text(encoding="utf-8")
    for element, text in texts_of.items():
        start = content.index(f"<{element}") + len(element)
        start = content.index(">", start) + 1
        content = content[:start] + text + content[content.index("</", start) :]
    return content.encode()


@pytest.mark.parametrize("declared", ["windows-1251", "koi8-r", "utf-16", "utf-7", "ebcdic-cp-us", "x-none", "gb2312"])
@pytest.mark.parametrize("used", ["utf-8", "cp1251", "utf-16", "utf-16-le", "utf-32", "cp500"])
def test_an_encoding_declared_falsely_is_refused_or_read_as_declared(declared: str, used: str):
    text = message(Description="Автомобили ғӣқӯҳҷ").decode().partition("?>")[2]
    content = f'<?xml version="1.0" encoding="{declared}"?>{text}'.encode(used, "replace")
    assert fault_of(content) is None
    assert refused(content) or declared in ("windows-1251", "koi8-r") or used == "utf-16"


@pytest.mark.parametrize(
    "number", ["1 250,50", "1 250.50", "1,250.50", "1.250,50", "1'250.50", "١٢٣", "１２", "1e5x", "0x1F", "²"]
)
def test_a_number_with_spaces_commas_or_other_digits_is_told(number: str):
    assert refused(message(TotalGrossMassMeasure=number)) & {"WIRE-14", "WIRE-33", "WIRE-35"}


@pytest.mark.parametrize("name", ["NaN", "Infinity", "-Infinity", "sNaN", "1e999999999", "9" * 60])
def test_what_is_no_finite_number_is_told(name: str):
    assert refused(message(TotalGrossMassMeasure=name))


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_any_value_at_any_place_does_no_harm(value: str):
    """Dates of four calendars, look-alike letters, formulas, signs that steer: in a name, a date, a code, a number."""
    escaped = value.replace("&", "&amp;").replace("<", "&lt;")
    words = message(Description=escaped, FunctionalReferenceID=escaped, ID=escaped)
    facts = message(**{"ds:DateTimeString": escaped, "CountryCode": escaped, "QuantityQuantity": escaped})
    assert (fault_of(words), fault_of(facts)) == (None, None)


def test_namespaces_that_were_swapped_are_told():
    content = message()
    spaces = [b"urn:wco:datamodel:WCO:DEC-DMS:2", b"urn:wco:datamodel:WCO:DocumentMetaData-DMS:2"]
    swapped = content.replace(spaces[0], b"@").replace(spaces[1], spaces[0]).replace(b"@", spaces[1])
    assert refused(swapped)
    assert refused(content.replace(spaces[0], b"urn:wco:datamodel:WCO:RES-DMS:2"))


def test_a_zip_in_a_zip_is_not_opened_and_a_book_with_macros_is_no_declaration():
    inner, outer, book = io.BytesIO(), io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.xml", message())
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
        archive.writestr("b.xml", message())
    found = dict(messages(outer.getvalue()))
    assert isinstance(found["inner.zip"], wire.WireError)
    assert found["inner.zip"].findings[0].code == "BATCH-06"
    assert found["b.xml"] == message()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    assert refused(book.getvalue()) == {"WIRE-03"}
    assert gone_through(book.getvalue()) == ["WIRE-03"]

# SPDX-License-Identifier: Apache-2.0
"""Whether the commodity codes and the countries of a case exist: a case of goods that there are not proves nothing."""

from __future__ import annotations

from collections.abc import Iterator

from gumruk.law.assessment import GoodsFacts
from gumruk.law.kernel import Finding
from gumruk.law.lawbook import Legal
from gumruk.law.reference import unknown_code, unknown_country
from gumruk.packs.cases.model import (
    Anew,
    Carried,
    Case,
    LaterCase,
    ProcessedInward,
    ProcessedOutward,
    ValueCase,
)
from gumruk.packs.cases.yaml_nodes import WORDS
from gumruk.packs.faults import Fault
from gumruk.packs.pack import Pack


def names_found(case: Case | ValueCase | LaterCase, pack: Pack) -> Iterator[Finding]:
    """What tells of each code that is no line of the law nor of the Harmonized System, and of each unknown country."""
    law, lists = Legal(pack.book, case.moments, training=case.training).of("duty"), pack.code_lists
    facts = case.facts
    if isinstance(facts, Carried):
        for place, carried in enumerate(facts.goods):
            yield from unknown_code(carried.code, f"goods[{place}].code", law, lists)
    for name, goods in _consignments(case):
        for place, item in enumerate(goods.items):
            yield from unknown_code(item.code, f"{name}items[{place}].code", law, lists)
            if item.origin is not None:
                yield from unknown_country(item.origin, f"{name}items[{place}].origin", lists)


def unknown_names(case: Case | ValueCase | LaterCase, pack: Pack) -> Iterator[Fault]:
    """A fault for each of them, but for those that the case itself expects under `findings`."""
    expected = case.findings if isinstance(case, Case) else ()
    for finding in names_found(case, pack):
        if finding.code not in expected:
            told = {**finding.params, "reason": finding.code, "place": finding.path}
            yield Fault(case.file, case.line, "not_known", told, WORDS)


def _consignments(case: Case | ValueCase | LaterCase) -> Iterator[tuple[str, GoodsFacts]]:
    """Each consignment of a case, with the name under which it stands."""
    facts = case.facts
    if isinstance(facts, GoodsFacts):
        yield "", facts
    elif isinstance(facts, Anew):
        yield from (("before.", facts.before), ("after.", facts.after))
    elif isinstance(facts, ProcessedInward):
        yield "imported.", facts.imported
        yield from ((f"outputs.{name}.", goods) for name, goods in facts.own.items())
    elif isinstance(facts, ProcessedOutward):
        yield from (("products.", facts.products), ("sent.", facts.sent))

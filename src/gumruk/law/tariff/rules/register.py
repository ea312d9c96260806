# SPDX-License-Identifier: Apache-2.0
"""The register of the tariff's rules, and the checking itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType, ModuleType

from gumruk.law.kernel import Audience, Finding
from gumruk.law.tariff.measures import GoodsNomenclature, Record, Tariff
from gumruk.law.tariff.rules import (
    list_rules,
    measure_contents,
    measure_heads,
    measure_overlaps,
    nomenclature_and_areas,
    quota_rules,
    succession,
)
from gumruk.law.tariff.rules.machinery import DECLARED, Scope, TariffRule

SUBJECTS: tuple[ModuleType, ...] = (
    nomenclature_and_areas,
    succession,
    list_rules,
    measure_heads,
    measure_overlaps,
    measure_contents,
    quota_rules,
)


def _ordered() -> Mapping[str, TariffRule]:
    places = {subject.__name__: place for place, subject in enumerate(SUBJECTS)}
    return MappingProxyType(dict(sorted(DECLARED.items(), key=lambda held: places[held[1].check.__module__])))


#: Every rule by its code, in the order of the subjects.
TARIFF_RULES: Mapping[str, TariffRule] = _ordered()


def check_tariff(tariff: Tariff, known_at: datetime | None = None) -> Iterator[Finding]:
    """All that the rules find in a whole tariff, as known at a moment, kind by kind as it is found."""
    scope = Scope(tariff, known_at)
    for kind in dict.fromkeys(rule.of for rule in TARIFF_RULES.values()):
        rules = [rule for rule in TARIFF_RULES.values() if rule.of is kind]
        for record in tariff.held(kind, known_at):
            yield from _checked(record, rules, scope)


def check_record(record: Record, tariff: Tariff, known_at: datetime | None = None) -> tuple[Finding, ...]:
    """All that the rules find in one record, held or being edited, beside the rest of the tariff."""
    scope = Scope(tariff, known_at, whole=False)
    rules = [rule for rule in TARIFF_RULES.values() if rule.of is type(record)]
    return tuple(_checked(record, rules, scope))


def _checked(record: Record, rules: list[TariffRule], scope: Scope) -> Iterator[Finding]:
    for rule in rules:
        for params in rule.check(record, scope):
            yield Finding(rule.code, place_of(record), params, rule.act, rule.severity, Audience.OFFICER)


def place_of(record: Record) -> str:
    """Where a record stands: `measure[3622988]`, `goodsnomenclature[0101210000]`."""
    identity = record.code if isinstance(record, GoodsNomenclature) else record.identity
    parts = identity if isinstance(identity, tuple) else (identity,)
    return f"{type(record).__name__.lower()}[{'/'.join(str(part) for part in parts if part is not None)}]"

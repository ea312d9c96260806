# SPDX-License-Identifier: Apache-2.0
"""A tariff folder as the law's tariff: every version of a record, with the moment since when it is known.

A measure, its components, conditions, exclusions and footnotes are records of their own in files, and one fact in the
law: at each moment that any of them became known the whole is made anew, so that an old day replays as known then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache, partial

from gumruk.law.tariff.duties import Duty, DutyError, read_duty
from gumruk.law.tariff.measures import (
    GoodsNomenclature,
    Measure,
    MeasureComponent,
    MeasureCondition,
    MeasureType,
    Movement,
    Record,
    claims_of,
    duty_of,
    indent_of,
    kind_of,
)
from gumruk.wire.tariffs.folder import TariffFolder, Version
from gumruk.wire.tariffs.law_records import ALONE, Sids, amount_of, day_of, days_of, whole_of
from gumruk.wire.tariffs.records import Fields

#: What "$" means in a format's duties; elsewhere the US dollar.
DOLLARS = {"au": "AUD"}
_PARTS = (
    "measure",
    "measure.component",
    "measure.condition",
    "measure.excluded.geographical.area",
    "footnote.association.measure",
)
_WITHIN = "measure.condition.component"
_LINES = ("goods.nomenclature", "goods.nomenclature.indents")
_EXCLUSIONS = "quota.order.number.origin.exclusions"
USED = frozenset({*ALONE, *_PARTS, *_LINES, _WITHIN, _EXCLUSIONS})

Held = tuple[str, list[Version]]
"""A kind, and all versions of one of its records."""
State = dict[str, list[Fields]]
"""What stands at a moment, by kind."""


@dataclass(slots=True)
class Built:
    """What was made beside the records: counts of `measures`, `duties read` and `unread`, and what is left out."""

    counts: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    unused: dict[str, int] = field(default_factory=dict)


def law_records(folder: TariffFolder, built: Built | None = None) -> Iterator[Record]:
    """The records of the law that a tariff folder holds, all versions. `built` is filled as they are yielded.

    Measures whose type no record describes get one that says what its number is known to be. Kinds of record that the
    law has no use for stay in the folder and are counted. Raises `WireError` for a damaged folder.
    """
    yield from _Building(folder, Built() if built is None else built).records()


class _Building:
    def __init__(self, folder: TariffFolder, built: Built) -> None:
        self._folder, self._built, self._sids = folder, built, Sids()
        dollar = DOLLARS.get(folder.manifest.format, "USD")
        self._duty = cache(lambda text: read_duty(text, dollar=dollar))

    def records(self) -> Iterator[Record]:
        """All of them: names of areas and quotas are learnt first, as other records have their numbers alone."""
        self._learn()
        types, used = set[str](), set[str]()
        for kind, make in ALONE.items():
            for _, versions in self._folder.histories(kind):
                for record in _over_time([(kind, versions)], partial(self._alone, kind, make)):
                    if isinstance(record, MeasureType):
                        types.add(record.code)
                    yield record
        for group in self._groups(_LINES, "goods.nomenclature.sid"):
            yield from _over_time(group, self._lines)
        for group in self._groups(_PARTS, "measure.sid"):
            for record in _over_time(group, self._measure):
                if isinstance(record, Measure):
                    used.add(record.type)
                yield record
        for code in sorted(used - types):
            self._built.counts["types made"] += 1
            yield MeasureType(code=code, kind=kind_of(code), claimed_by=claims_of(code), movement=Movement.BOTH)
        self._built.counts["numbers of areas or quotas that no record explains"] = self._sids.unresolved
        files = self._folder.manifest.files
        self._built.unused = {
            kind: int(files[kind].get("standing", 0)) for kind in self._folder.kinds if kind not in USED
        }

    def _learn(self) -> None:
        sids = self._sids
        for kind, code in (("measure", "geographical.area"), ("geographical.area", "geographical.area.id")):
            for version in self._folder.versions(kind):
                if "geographical.area.sid" in version.fields and code in version.fields:
                    sids.areas[version.fields["geographical.area.sid"]] = version.fields[code]
        for kind in ("quota.definition", "quota.order.number"):
            for version in self._folder.versions(kind):
                number = version.fields.get("quota.order.number.id", "")
                sids.order_numbers[version.fields.get("quota.order.number.sid", "")] = number
        for version in self._folder.standing(_EXCLUSIONS):
            origin, area = version.key
            code = sids.area(area)
            if code:
                sids.excluded[origin] = (*sids.excluded.get(origin, ()), code)

    def _groups(self, kinds: Iterable[str], name: str) -> Iterator[list[Held]]:
        """What belongs together by a number that all of it names; components of conditions come with their measure."""
        groups: dict[str, list[Held]] = {}
        conditions: dict[str, str] = {}
        for kind in kinds:
            for key, versions in self._folder.histories(kind):
                sid = versions[-1].fields.get(name, "")
                groups.setdefault(sid, []).append((kind, versions))
                if kind == "measure.condition":
                    conditions[key[0]] = sid
        if conditions:
            for key, versions in self._folder.histories(_WITHIN):
                groups.setdefault(conditions.get(key[0], ""), []).append((_WITHIN, versions))
        yield from groups.values()

    def _alone(self, kind: str, make: Callable[[Fields, Sids], Record | None], state: State) -> list[Record]:
        made = [make(fields, self._sids) for fields in state.get(kind, ())]
        return [record for record in made if record is not None]

    def _lines(self, state: State) -> list[Record]:
        found: list[Record] = []
        for fields in state.get("goods.nomenclature", ()):
            code = fields.get("goods.nomenclature.item.id", "")
            line = GoodsNomenclature(
                code=code,
                suffix=fields.get("producline.suffix", "80"),
                indent=whole_of(fields, "number.indents", indent_of(code)),
                unit=fields.get("supplementary.unit", ""),
                sid=fields.get("goods.nomenclature.sid", ""),
                **days_of(fields),
            )
            found += _with_indents(line, state.get("goods.nomenclature.indents", []))
        return found

    def _measure(self, state: State) -> list[Record]:
        heads = state.get("measure", [])
        if not heads:
            self._built.counts["parts without their measure"] += sum(len(parts) for parts in state.values())
            return []
        self._built.counts["measures"] += 1
        head = heads[0]
        components = _components(state.get("measure.component", ()))
        within: dict[str, list[Fields]] = {}
        for fields in state.get(_WITHIN, ()):
            within.setdefault(fields["measure.condition.sid"], []).append(fields)
        rows = [
            self._condition(fields, within.get(fields["measure.condition.sid"], []))
            for fields in state.get("measure.condition", ())
        ]
        additional = head.get("additional.code.type", "") + head.get("additional.code", "")
        return [
            Measure(
                sid=head["measure.sid"],
                type=head.get("measure.type", ""),
                area=head.get("geographical.area", ""),
                code=head.get("goods.nomenclature.item.id", ""),
                additional_code=head.get("additional.code.text", additional),
                order_number=head.get("ordernumber", ""),
                reduction=head.get("reduction.indicator", ""),
                regulation=head.get("measure.generating.regulation.id", ""),
                components=components,
                duty=self._duty_of(components, head.get("duty.text", "")),
                conditions=tuple(sorted(rows, key=lambda row: (row.code, row.sequence))),
                excluded_areas=_named(state, "measure.excluded.geographical.area", "excluded.geographical.area"),
                footnotes=_named(state, "footnote.association.measure", "footnote.type.id", "footnote.id"),
                stopped=head.get("stopped.flag") == "1",
                claimed_by=frozenset(head.get("claimed.by", "").split()),
                act=head.get("act", ""),
                **days_of(head),
            )
        ]

    def _condition(self, fields: Fields, within: list[Fields]) -> MeasureCondition:
        components = _components(within)
        return MeasureCondition(
            code=fields.get("condition.code", ""),
            sequence=whole_of(fields, "component.sequence.number", 0),
            action=fields.get("action.code", ""),
            certificate=fields.get("certificate.type.code", "") + fields.get("certificate.code", ""),
            threshold=amount_of(fields, "condition.duty.amount"),
            currency=fields.get("condition.monetary.unit.code", ""),
            unit=fields.get("condition.measurement.unit.code", ""),
            qualifier=fields.get("condition.measurement.unit.qualifier.code", ""),
            components=components,
            duty=self._duty_of(components, ""),
        )

    def _duty_of(self, components: tuple[MeasureComponent, ...], text: str) -> Duty | None:
        """The duty of components or of a text; one that cannot be read is none, and told."""
        if not components and not text:
            return None
        try:
            duty = duty_of(components) if components else self._duty(text)
        except DutyError as error:
            self._built.counts["duties unread"] += 1
            told = " ".join(f"{part.expression}:{part.amount}" for part in components)
            self._built.unread[text or f"{told} ({error.code})"] += 1
            return None
        self._built.counts["duties read"] += 1
        return duty


def _components(parts: Iterable[Fields]) -> tuple[MeasureComponent, ...]:
    ordered = sorted(parts, key=lambda fields: fields.get("duty.expression.id", ""))
    return tuple(
        MeasureComponent(
            expression=fields.get("duty.expression.id", ""),
            amount=amount_of(fields, "duty.amount"),
            currency=fields.get("monetary.unit.code", ""),
            unit=fields.get("measurement.unit.code", ""),
            qualifier=fields.get("measurement.unit.qualifier.code", ""),
        )
        for fields in ordered
    )


def _named(state: State, kind: str, *names: str) -> tuple[str, ...]:
    found = ("".join(fields.get(name, "") for name in names) for fields in state.get(kind, ()))
    return tuple(dict.fromkeys(found))


def _with_indents(line: GoodsNomenclature, rows: list[Fields]) -> list[Record]:
    """A line for each period of its indents; one whose indents are not told has those of its digits."""
    starts = sorted(((day_of(row, "validity.start.date"), row) for row in rows), key=lambda pair: str(pair[0] or ""))
    if len(starts) <= 1:
        indent = whole_of(starts[0][1], "number.indents", line.indent) if starts else line.indent
        return [replace(line, indent=indent)]
    found: list[Record] = []
    for place, (first, row) in enumerate(starts):
        following = starts[place + 1][0] if place + 1 < len(starts) else None
        last = line.ends_on if following is None else following.fromordinal(following.toordinal() - 1)
        indent = whole_of(row, "number.indents", line.indent)
        found.append(replace(line, indent=indent, starts_on=first or line.starts_on, ends_on=last))
    return found


def _over_time(group: list[Held], make: Callable[[State], list[Record]]) -> Iterator[Record]:
    """The records of a group at each moment that something of it became known: what is new, and what is no more."""
    moments = sorted({version.known_from for _, versions in group for version in versions})
    before: dict[object, Record] = {}
    for moment in moments:
        known_from = _moment(moment)
        made = {record.identity: record for record in make(_state(group, moment))}
        for identity, record in before.items():
            if identity not in made:
                yield replace(record, known_from=known_from, withdrawn=True)
        for identity, record in made.items():
            if before.get(identity) != record:
                yield replace(record, known_from=known_from)
        before = made


def _state(group: list[Held], moment: str) -> State:
    state: State = {}
    for kind, versions in group:
        known = None
        for version in versions:
            if version.known_from > moment:
                break
            known = version
        if known is not None and known.live:
            state.setdefault(kind, []).append(known.fields)
    return state


@cache
def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)

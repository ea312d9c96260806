# SPDX-License-Identifier: Apache-2.0
"""One record of a tariff file, whatever the file's format: its kind, what it does, its key, its fields, its place.

Kinds and fields bear TARIC3's names (`measure`, `goods.nomenclature.item.id`), which has most of them; a reader of
another format says what it has under these names. What TARIC3 has no name for: `duty.text` (a duty as printed),
`number.indents` and `supplementary.unit` of a goods line, `claimed.by` and `act` of a measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Protocol

from gumruk.law.kernel import Finding

Fields = Mapping[str, str]


class Operation(StrEnum):
    """What a record does to the one that is held."""

    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class TariffRecord:
    """A record: `source` tells it apart in its file's order (envelope, transaction, sequence); empty in whole files.

    `line` is the line of the file, counted from 1. Fields without a value are left out.
    """

    kind: str
    operation: Operation
    key: tuple[str, ...]
    fields: Fields
    source: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read: its name, its bytes from the start on, and how many there are."""

    name: str
    file: IO[bytes]
    size: int


@dataclass(slots=True)
class Reading:
    """What a reader gives of one file: its records as they are read, and what it found on the way.

    `whole` is the beginning of all keys of which the file is the whole: what is held under it and does not come
    again has ended. None: the file brings increments. `edition` is the number that files are put in order by.
    `warnings` fill while `records` are read; what is wrong raises `WireError` from it.
    """

    records: Iterator[TariffRecord]
    warnings: list[Finding]
    whole: str | None = None
    edition: int = 0


class Reader(Protocol):
    """A reader of a format."""

    def __call__(self, source: Source) -> Reading:
        """Look at the file's beginning at once, and yield its records as they are asked for."""
        ...


_SID = {
    "additional.code": "additional.code.sid",
    "additional.code.description.period": "additional.code.description.period.sid",
    "certificate.description.period": "certificate.description.period.sid",
    "export.refund.nomenclature": "export.refund.nomenclature.sid",
    "footnote.description.period": "footnote.description.period.sid",
    "geographical.area": "geographical.area.sid",
    "geographical.area.description.period": "geographical.area.description.period.sid",
    "goods.nomenclature": "goods.nomenclature.sid",
    "goods.nomenclature.description.period": "goods.nomenclature.description.period.sid",
    "goods.nomenclature.indents": "goods.nomenclature.indent.sid",
    "measure": "measure.sid",
    "measure.condition": "measure.condition.sid",
    "quota.blocking.period": "quota.blocking.period.sid",
    "quota.definition": "quota.definition.sid",
    "quota.order.number": "quota.order.number.sid",
    "quota.order.number.origin": "quota.order.number.origin.sid",
    "quota.suspension.period": "quota.suspension.period.sid",
}
_NAMES = {
    "additional.code.description": "additional.code.description.period.sid language.id",
    "additional.code.type": "additional.code.type.id",
    "additional.code.type.measure.type": "measure.type.id additional.code.type.id",
    "base.regulation": "base.regulation.role base.regulation.id",
    "certificate": "certificate.type.code certificate.code",
    "certificate.description": "certificate.description.period.sid language.id",
    "certificate.type": "certificate.type.code",
    "duty.expression": "duty.expression.id",
    "footnote": "footnote.type.id footnote.id",
    "footnote.association.goods.nomenclature": "goods.nomenclature.sid footnote.type footnote.id validity.start.date",
    "footnote.association.measure": "measure.sid footnote.type.id footnote.id",
    "footnote.description": "footnote.description.period.sid language.id",
    "footnote.type": "footnote.type.id",
    "geographical.area.description": "geographical.area.description.period.sid language.id",
    "geographical.area.membership": "geographical.area.group.sid geographical.area.sid validity.start.date",
    "goods.nomenclature.description": "goods.nomenclature.description.period.sid language.id",
    "goods.nomenclature.origin": "goods.nomenclature.sid derived.goods.nomenclature.item.id derived.productline.suffix",
    "goods.nomenclature.successor": (
        "goods.nomenclature.sid absorbed.goods.nomenclature.item.id absorbed.productline.suffix"
    ),
    "measure.action": "action.code",
    "measure.component": "measure.sid duty.expression.id",
    "measure.condition.code": "condition.code",
    "measure.condition.component": "measure.condition.sid duty.expression.id",
    "measure.excluded.geographical.area": "measure.sid excluded.geographical.area",
    "measure.partial.temporary.stop": "measure.sid partial.temporary.stop.regulation.id",
    "measure.type": "measure.type.id",
    "measure.type.series": "measure.type.series.id",
    "measurement.unit": "measurement.unit.code",
    "measurement.unit.qualifier": "measurement.unit.qualifier.code",
    "modification.regulation": "modification.regulation.role modification.regulation.id",
    "monetary.unit": "monetary.unit.code",
    "quota.association": "main.quota.definition.sid sub.quota.definition.sid",
    "quota.balance.event": "quota.definition.sid occurrence.timestamp",
    "quota.critical.event": "quota.definition.sid occurrence.timestamp",
    "quota.exhaustion.event": "quota.definition.sid occurrence.timestamp",
    "quota.order.number.origin.exclusions": "quota.order.number.origin.sid excluded.geographical.area.sid",
    "quota.reopening.event": "quota.definition.sid occurrence.timestamp",
    "quota.unblocking.event": "quota.definition.sid occurrence.timestamp",
    "regulation.group": "regulation.group.id",
    "regulation.replacement": (
        "replacing.regulation.role replacing.regulation.id replaced.regulation.role replaced.regulation.id "
        "measure.type.id geographical.area.id"
    ),
}
#: The fields that tell a kind's records apart, as the TARIC3 data model has them.
KEYS: dict[str, tuple[str, ...]] = {
    **{kind: (name,) for kind, name in _SID.items()},
    **{kind: tuple(names.split()) for kind, names in _NAMES.items()},
}


def key_of(kind: str, fields: Fields) -> tuple[str, ...]:
    """What tells a record apart from others of its kind; of a kind that is not known all that it says."""
    names = KEYS.get(kind)
    if names is None:
        return tuple(f"{name}={value}" for name, value in sorted(fields.items()))
    return tuple(fields.get(name, "") for name in names)


def record_of(kind: str, fields: Iterable[tuple[str, str]], line: int) -> TariffRecord:
    """A record of a whole file: it says what is, so it inserts. Fields without a value are left out."""
    kept = {name: value for name, value in fields if value}
    return TariffRecord(kind, Operation.INSERT, key_of(kind, kept), kept, line=line)

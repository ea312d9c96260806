# SPDX-License-Identifier: Apache-2.0
"""TARIC3: the daily increments of the EU's tariff, read as a stream, however long.

An `envelope` holds transactions, a transaction records; a record has its update type (1 update, 2 delete, 3 insert)
and one element, whose children are its fields. Every kind of record is kept, a kind that is not known with all that it
says as its key. Source: the TARIC3 envelope as the EU's files of December 2018 have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from sys import intern
from typing import Any

from gumruk.law.kernel import Finding, Severity
from gumruk.wire.errors import Findings, refusal
from gumruk.wire.tariffs.records import KEYS, Operation, Reading, Source, TariffRecord, key_of
from gumruk.wire.xml import streamed

OPERATIONS = {"1": Operation.UPDATE, "2": Operation.DELETE, "3": Operation.INSERT}
_GOODS_FIELDS = frozenset({"goods.nomenclature.item.id"})
#: Names of kinds and fields: they become names of files and columns.
_NAME = re.compile(r"[a-z][a-z0-9.]{0,79}", re.ASCII).fullmatch
_CODE = re.compile(r"\d{10}", re.ASCII).fullmatch
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", re.ASCII).fullmatch
_AMOUNT = re.compile(r"-?\d{1,15}(?:\.\d{1,10})?", re.ASCII).fullmatch
_AMOUNTS = frozenset({"duty.amount", "condition.duty.amount", "volume", "initial.volume", "new.balance", "coefficient"})
_HEAD = ("transaction.id", "record.code", "subrecord.code", "record.sequence.number", "update.type")
FIELDS_MAX = 60


def read_taric3(source: Source) -> Reading:
    """The records of one file. Raises `WireError`: not XML, not TARIC3, cut off, hostile, or with a wrong value."""
    elements = streamed(source.file, ("record",), within=("transmission", "app.message", "transaction"))
    root = next(elements)
    if _local(root) != "envelope" or "TARIC" not in str(root.nsmap) + str(root.tag):
        raise refusal("TARIFF-01", line=root.sourceline, found=_local(root)[:60], wanted="TARIC3: envelope")
    number = root.get("id", "")
    if not (number.isascii() and number.isdigit() and len(number) <= 12):
        raise refusal("TARIFF-02", "envelope", line=root.sourceline, field="id", value=number[:60])
    warnings: list[Finding] = []
    return Reading(_records(elements, number, warnings), warnings, edition=int(number))


def _records(elements: Iterator[Any], number: str, warnings: list[Finding]) -> Iterator[TariffRecord]:
    wrong, unknown = Findings(), dict[str, int]()
    for element in elements:
        record = _record(element, number, wrong)
        if record is None:
            continue
        if record.kind not in KEYS:
            unknown[record.kind] = unknown.get(record.kind, 0) + 1
        yield record
    wrong.refuse()
    warnings.extend(
        Finding("TARIFF-16", "", {"kind": kind[:60], "count": str(count)}, severity=Severity.WARNING)
        for kind, count in unknown.items()
    )


def _record(element: Any, number: str, wrong: Findings) -> TariffRecord | None:
    head: dict[str, str] = {}
    body = None
    for child in element:
        name = _local(child)
        if name in _HEAD:
            head[name] = (child.text or "").strip()
        elif body is None:
            body = child
        else:
            _note(wrong, "TARIFF-02", element, head, field=name, value="-")
            return None
    operation = OPERATIONS.get(head.get("update.type", ""))
    if body is None or operation is None or len(body) > FIELDS_MAX or not _NAME(_local(body)):
        _note(wrong, "TARIFF-02", element, head, field="update.type", value=head.get("update.type", "-"))
        return None
    fields = _fields(body, element, head, wrong)
    kind = _local(body)
    transaction, sequence = head.get("transaction.id", ""), head.get("record.sequence.number", "")
    if not (transaction.isdigit() and sequence.isdigit()):
        _note(wrong, "TARIFF-02", element, head, field="transaction.id", value=f"{transaction}/{sequence}"[:60])
        return None
    key = key_of(kind, fields)
    if not key or not key[0]:
        _note(wrong, "TARIFF-02", element, head, field=KEYS.get(kind, ("-",))[0], value="-")
        return None
    source = f"{int(number):06}.{int(transaction):012}.{int(sequence):06}"
    return TariffRecord(kind, operation, key, fields, source, element.sourceline or 0)


def _fields(body: Any, element: Any, head: dict[str, str], wrong: Findings) -> dict[str, str]:
    fields: dict[str, str] = {}
    for child in body:
        name, text = _local(child), child.text
        if text is None or not (text := text.strip()):
            continue
        if not _NAME(name):
            _note(wrong, "TARIFF-02", element, head, field=name[:60], value=text[:60])
            continue
        fields[name] = text
        if not _sound(name, text):
            code = "TARIFF-03" if name in _GOODS_FIELDS else "TARIFF-02"
            _note(wrong, code, element, head, field=name, value=text[:60])
    return fields


def _sound(name: str, text: str) -> bool:
    """Whether a value can be what its field is: a code of ten digits, a day, an amount; any text elsewhere."""
    if name in _GOODS_FIELDS:
        return _CODE(text) is not None
    if name.endswith(".date"):
        return _DAY(text) is not None
    return name not in _AMOUNTS or _AMOUNT(text) is not None


def _note(wrong: Findings, code: str, element: Any, head: dict[str, str], **params: str) -> None:
    transaction, sequence = head.get("transaction.id", "?")[:20], head.get("record.sequence.number", "?")[:20]
    place = f"transaction[{transaction}].record[{sequence}]"
    wrong.add(Finding(code, place, {"line": str(element.sourceline or 0), **params}))


_LOCAL: dict[str, str] = {}


def _local(element: Any) -> str:
    tag = element.tag
    local = _LOCAL.get(tag)
    if local is None:
        local = intern(tag.rpartition("}")[2])
        if len(_LOCAL) < 2_000:
            _LOCAL[tag] = local
    return local

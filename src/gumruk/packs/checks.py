# SPDX-License-Identifier: Apache-2.0
"""What only shows when a pack's rows are seen together: periods, twins, and codes that name rows elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from gumruk.law.declarations import RULES
from gumruk.law.declarations.rules.completeness import ANY
from gumruk.law.expression import Field
from gumruk.law.expression.tree import walk
from gumruk.law.lawbook import Status
from gumruk.law.tariff import DutyError, parse_duty
from gumruk.law.tariff.vocabulary import BASE_OF
from gumruk.packs.cells import nearest
from gumruk.packs.faults import Fault
from gumruk.packs.rows import Placed
from gumruk.packs.schema import TABLES, Table

Tables = Mapping[str, Sequence[Placed]]


def together_faults(tables: Tables, broken: Collection[str]) -> list[Fault]:
    """All faults between rows. A code is not looked up in a table that is itself broken: its rows may be missing."""
    faults = []
    for name, placed in tables.items():
        faults += period_faults(TABLES[name], placed)
        faults += reference_faults(TABLES[name], placed, tables, broken)
    faults += bracket_faults(tables.get("fees", ()))
    faults += penalty_faults(tables.get("penalties", ()))
    faults += flat_faults(tables.get("flat_rates", ()))
    faults += locked_faults(tables.get("checks", ()))
    return faults if "procedures" in broken else [*faults, *procedure_faults(tables)]


def period_faults(table: Table, rows: Iterable[Placed]) -> list[Fault]:
    """Rows of one key may not overlap, nor leave days out where the table is continuous; a twin needs a reason."""
    groups: dict[tuple[str, bool], list[Placed]] = defaultdict(list)
    for placed in rows:
        groups[placed.entry.key, placed.entry.status is Status.TRAINING].append(placed)
    faults = []
    for (key, training), group in groups.items():
        ordered = sorted(group, key=lambda placed: placed.entry.valid.first or date.min)
        for held, following in pairwise(ordered):
            faults += _between(table, key, held, following)
        if training:
            for placed in group:
                faults += _without_need(key, placed, groups.get((key, False), []))
    return faults


def _between(table: Table, key: str, held: Placed, following: Placed) -> list[Fault]:
    row, last, first = following.row, held.entry.valid.last, following.entry.valid.first
    params = {"key": key or '""', "other": str(held.row.line), "column": "valid_from"}
    if held.entry.valid.overlaps(following.entry.valid):
        periods = {"period": str(following.entry.valid), "other_period": str(held.entry.valid)}
        return [Fault(row.file, row.line_of("valid_from"), "overlap", {**params, **periods})]
    if table.continuous and last is not None and first is not None and last + timedelta(days=1) < first:
        days = {"first": (last + timedelta(days=1)).isoformat(), "last": (first - timedelta(days=1)).isoformat()}
        return [Fault(row.file, row.line_of("valid_from"), "gap", {**params, **days})]
    return []


def _without_need(key: str, twin: Placed, real: Iterable[Placed]) -> list[Fault]:
    return [
        Fault(
            twin.row.file,
            twin.row.line_of("status"),
            "training_without_need",
            {"key": key or '""', "other": str(placed.row.line), "column": "status"},
        )
        for placed in real
        if placed.entry.status is Status.VERIFIED and placed.entry.valid.overlaps(twin.entry.valid)
    ]


def bracket_faults(rows: Iterable[Placed]) -> list[Fault]:
    """Brackets that hold on the same days follow one another: each begins where the one below it ends.

    A bracket holds what lies above `from` and up to `to`.
    """
    faults = []
    known: dict[tuple[bool, date | None], list[tuple[Decimal, Decimal | None, Placed]]] = defaultdict(list)
    for placed in rows:
        begins, ends = placed.entry.fields.get("from"), placed.entry.fields.get("to")
        if isinstance(begins, Decimal):
            group = placed.entry.status is Status.TRAINING, placed.entry.valid.first
            known[group].append((begins, ends if isinstance(ends, Decimal) else None, placed))
    for brackets in known.values():
        brackets.sort(key=lambda bracket: bracket[0])
        for (_, ends, held), (begins, _, following) in pairwise(brackets):
            if begins != ends:
                row = following.row
                params = {
                    "column": "from",
                    "key": following.entry.key,
                    "other": str(held.row.line),
                    "from": str(begins),
                    "to": "-" if ends is None else str(ends),
                }
                faults.append(Fault(row.file, row.line_of("from"), "bracket_apart", params))
    return faults


def penalty_faults(rows: Iterable[Placed]) -> list[Fault]:
    """A penalty is made of something: a share, units, units a day; nothing of it lies below zero."""
    faults = []
    for placed in rows:
        row, numbers = placed.row, {k: v for k, v in placed.entry.fields.items() if isinstance(v, Decimal)}
        if placed.entry.status is not Status.UNKNOWN and not {"share", "units", "units_per_day"} & numbers.keys():
            faults.append(Fault(row.file, row.line_of("share"), "penalty_empty", {"column": "share"}))
        for name, number in numbers.items():
            if number < 0:
                told = {"column": name, "found": f"{number:f}"}
                faults.append(Fault(row.file, row.line_of(name), "penalty_below_zero", told))
    return faults


#: Which field of a duty each measure of a flat rate answers.
_MEASURED = {"value": "free_value", "quantity.KGM": "free_mass_kg"}


def flat_faults(rows: Iterable[Placed]) -> list[Fault]:
    """A flat rate counts by nothing that its row gives no allowance of (0: nothing is free): else no excess is known.

    A quantity has its unit. A duty that cannot be read is another check's fault.
    """
    faults = []
    for placed in rows:
        fields, row = placed.entry.fields, placed.row
        unit = fields.get("unit")
        counted = dict(_MEASURED)
        if isinstance(unit, str) and unit:
            counted[f"quantity.{BASE_OF.get(unit, unit)}"] = "free_quantity"
        elif fields.get("free_quantity") is not None or fields.get("most_quantity") is not None:
            faults.append(Fault(row.file, row.line_of("unit"), "flat_unit", {"column": "unit"}))
        for path in _fields_of(fields.get("duty")):
            column = counted.get(path, "free_quantity")
            if not path.startswith("fx.") and (path not in counted or fields.get(column) is None):
                told = {"column": "duty", "needed": column, "source": str(fields["duty"])[:120]}
                faults.append(Fault(row.file, row.line_of("duty"), "flat_unmeasured", told))
    return faults


def _fields_of(duty: object) -> list[str]:
    try:
        node = parse_duty(duty) if isinstance(duty, str) and duty else None
    except DutyError:
        return []
    return [] if node is None else [found.path for found, _ in walk(node) if isinstance(found, Field)]


def locked_faults(rows: Iterable[Placed]) -> list[Fault]:
    """A rule of the law's core keeps its grade: without it nothing could be assessed."""
    return [
        Fault(placed.row.file, placed.row.line_of("grade"), "locked_rule", {"column": "grade", "rule": rule.code})
        for placed in rows
        if (rule := RULES[placed.entry.key]).locked and placed.entry.fields.get("grade") != rule.severity
    ]


def procedure_faults(tables: Tables) -> list[Fault]:
    """A row of `required` names a procedure of the country, or any."""
    known = {placed.entry.key for placed in tables.get("procedures", ())}
    faults = []
    for placed in tables.get("required", ()):
        procedure = placed.entry.key.split(".")[1]
        if procedure != ANY and procedure not in known:
            params = {
                "column": "procedure",
                "found": procedure,
                "table": "procedures",
                "nearest": nearest(procedure, known),
            }
            faults.append(Fault(placed.row.file, placed.row.line_of("procedure"), "unknown_code", params))
    return faults


def reference_faults(table: Table, rows: Iterable[Placed], tables: Tables, broken: Collection[str]) -> list[Fault]:
    """A code that names a row of another table must find it there."""
    faults = []
    for column in table.columns:
        sources = column.codes_of.split()
        if not sources or any(source.partition(".")[0] in broken for source in sources):
            continue
        known = {code for source in sources for code in _codes(source, tables)}
        place = table.keys.index(column) if column in table.keys else None
        for placed in rows:
            value = placed.entry.key if place is not None else placed.entry.fields.get(column.name)
            words = value if isinstance(value, tuple) else (value,) if value else ()
            for word in words:
                if word not in known:
                    params = {
                        "column": column.name,
                        "found": str(word),
                        "table": column.codes_of,
                        "nearest": nearest(str(word), known),
                    }
                    faults.append(Fault(placed.row.file, placed.row.line_of(column.name), "unknown_code", params))
    return faults


def _codes(source: str, tables: Tables) -> set[str]:
    name, _, field = source.partition(".")
    if field:
        return {str(placed.entry.fields.get(field)) for placed in tables.get(name, ())}
    if len(TABLES[name].keys) > 1:  # a name of hours stands before its weekday
        return {placed.entry.key.partition(".")[0] for placed in tables.get(name, ())}
    return {placed.entry.key for placed in tables.get(name, ())}

# SPDX-License-Identifier: Apache-2.0
"""Posts that goods are bound to: the pack's table `permit_places` says which goods pass at which posts only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gumruk.law.declarations.reading import ItemReading, Reading
from gumruk.law.declarations.rules.completeness import ANY, FLOWS
from gumruk.law.declarations.rules.machinery import OFF, Context, Fault, Grounded, item_rule
from gumruk.law.kernel import Severity
from gumruk.law.lawbook import Law


@dataclass(frozen=True, slots=True)
class _Bound:
    """A row of `permit_places`: goods that pass at these posts only."""

    flow: str
    offices: frozenset[str]
    shown: str
    severity: Severity
    act: str | None


def _bounds(law: Law) -> Mapping[str, tuple[_Bound, ...]]:
    """The bounds by code prefix."""
    found: dict[str, list[_Bound]] = {}
    for entry in law.table("permit_places").values():
        grade, offices, codes = (entry.fields.get(name) for name in ("grade", "offices", "codes"))
        if grade in (None, OFF) or not isinstance(offices, tuple) or not isinstance(codes, tuple):
            continue
        flow = str(entry.fields.get("flow") or ANY)
        bound = _Bound(flow, frozenset(offices), ", ".join(offices), Severity(str(grade)), entry.act)
        for prefix in codes:
            found.setdefault(prefix, []).append(bound)
    return {prefix: tuple(bounds) for prefix, bounds in found.items()}


@item_rule("DEC-203", act="Kyoto Convention, General Annex, standard 3.1")
def goods_pass_at_a_post_for_them(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Goods that the law binds to posts (animals, plants, arms) enter or leave by one of these."""
    bounds = context.law.made(_bounds)
    if not bounds or not item.code_text:
        return
    importing = reading.direction == "IM"
    declaration = reading.declaration
    post = (declaration.entry_office_id if importing else declaration.exit_office_id) or reading.office or ""
    flow = FLOWS.get(reading.direction, "")
    for length in range(2, len(item.code_text) + 1):
        for bound in bounds.get(item.code_text[:length], ()):
            if bound.flow in (ANY, flow) and post not in bound.offices:
                params = {"code": item.code_text[:10], "office": post[:35] or "-", "offices": bound.shown}
                yield Grounded("", params, bound.severity, bound.act)

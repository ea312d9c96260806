# SPDX-License-Identifier: Apache-2.0
"""The page `docs/formats/edifact.md`: each segment and qualifier, the model's field and the WCO's number for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gumruk.law.declarations.model import DATA_MODEL_VERSION, Declaration, GoodsItem, Party
from gumruk.law.declarations.responses import AnsweredItem, Payment, Response, Statement
from gumruk.wire.edifact.profile import PROFILES
from gumruk.wire.edifact.responses import ANSWER_HEADER, ANSWER_ITEM
from gumruk.wire.edifact.table import Kind, Part, Row, Section
from gumruk.wire.wco.response_profile import RESPONSE_PROFILE
from gumruk.wire.wco.roles import MEANS_IDS, PARTY_IDS
from gumruk.wire.wco.table import Kind as WcoKind
from gumruk.wire.wco.table import Row as WcoRow

PAGE_PATH = "docs/formats/edifact.md"
_ANSWER = """## CUSRES, D.96B

What the office answers. `reference`, `id`, `version_id`, `acceptance` and `payments` are fields of the response's
`declaration`, `name_code`, `effective` and `release` of its status. `place` is the chain of pointers as
`class:sequence/element` with spaces between; an office that names only section and item points to that item.
"""
_PARTY = "NAD"
_CLASSES = {
    Declaration: "42A",
    GoodsItem: "68A",
    AnsweredItem: "68A",
    Response: "07B",
    Statement: "03A",
    Payment: "94A",
}
Cells = tuple[str, str, str, str]
"""Segment, what of it is read, field, WCO number."""
_HEAD = """<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- Made from src/gumruk/wire/edifact/profile.py: change the tables there, not this page. -->
# UN/EDIFACT: CUSDEC and CUSRES, segment by segment

Format `edifact`: CUSDEC and CUSRES in and out, syntax versions 1 to 4 of ISO 9735. An interchange holds one message.

- **Service characters** come from `UNA`; without it they are `:+.?'`, in syntax version 4 `*` repeats an element.
  A decimal mark is a point or a comma. Segments may stand on lines of their own. `UNB` may lack its version.
- **Envelope**: `UNG`/`UNE` groups are read. Every count and reference of `UNT`, `UNE` and `UNZ` is compared; each that
  is wrong is a finding (EDI-03, EDI-04) with the segment's number, line and character.
- **Character set**: the one that `UNB` names (UNOA to UNOK, UNOW, UNOY); bytes that do not belong to it are refused.
- **Directory**: `UNH` says which table reads the message; a directory between two is read by the older table. A
  declaration that came by another format is written by D.24A, with code lists of our own (1131) for what no standard
  list has: `CONTAINER`, `LOCATIONTYPE`, `ORIGINTYPE`, `VALUATION`.
- **Nothing is lost**: a segment that no row names is kept as an extension of the declaration or its item and is written
  again at its place. A segment that a row names and that we would write in another way is kept beside its values (`=`
  before its name) and is written as it came, as long as the values are what it says.
- **Not read yet**: CUSCAR, CUSREP, CUSEXP, CUSPED and others are named and refused (WIRE-24).

The meaning of qualifiers is that of the UNTDID code lists 1001, 1131, 1153, 2005, 3035, 3227, 5025, 6063, 6311, 6313
and 8051 as the trade knows them. They were compared with published samples and guides, not line by line with the
official lists: whoever connects a partner compares these rows with the partner's own guide.

`+` divides elements, `:` components; `or` gives what else is read in that place. Rows stand in the directory's order.
Columns: the segment, what of it is read (element.component, counted from 1), the field, and the WCO Data Model's class
and element number (version {version}).
"""


def page_text() -> str:
    """The whole page."""
    lines = _HEAD.format(version=DATA_MODEL_VERSION).split("\n")
    for profile in PROFILES.values():
        lines += [f"## {profile.name}", ""]
        for title, section, of in (
            ("Header", profile.header, Declaration),
            ("Commercial documents, after `UNS+D`", profile.invoices, Declaration),
            ("Goods item", profile.item, GoodsItem),
            ("Summary, after `UNS+S`", profile.summary, Declaration),
        ):
            lines += _table(title, _section_rows(section, of))
        party = next(row for row in profile.header.rows if row.tag == _PARTY)
        lines += _table("A party, with the segments of its group", _rows(replace(party, to=""), Party, "", ()))
    lines += _ANSWER.split("\n")
    lines += _table("Header", _section_rows(ANSWER_HEADER, Response))
    lines += _table("Goods item", _section_rows(ANSWER_ITEM, AnsweredItem))
    return "\n".join(lines).rstrip() + "\n"


def _table(title: str, rows: Iterable[Cells]) -> list[str]:
    lines = [f"### {title}", "", "| segment | reads | field | WCO |", "| --- | --- | --- | --- |"]
    return [*lines, *(f"| {' | '.join(cells)} |" for cells in rows), ""]


def _section_rows(section: Section, of: type) -> Iterator[Cells]:
    for row in section.rows:
        if row.tag == _PARTY:
            chain = _chain(of, row.to.split("."))
            numbers = PARTY_IDS.get(chain[-1].element, ("", ""))
            yield f"`{row.shown}`", "a party", f"`{row.to}`", f"{chain[-1].wco_id} (name {numbers[0]}, ID {numbers[1]})"
        else:
            yield from _rows(row, of, "", ())


def _rows(row: Row, of: type, role: str, before: tuple[WcoRow, ...], indent: str = "") -> Iterator[Cells]:
    chain = (*before, *(_chain(of, row.to.split(".")) if row.to else ()))
    owner = row.of or of
    role = f"{role}{row.to}{'[]' if row.many else ''}." if row.to else role
    shown = f"{indent}`{row.shown}`" + (f" ({row.note})" if row.note else "")
    for part in row.parts:
        for field in _fields(part):
            yield shown, _place(part), f"`{role}{field}`", _wco_number(owner, field, chain)
            shown = ""
    for inner in row.inner:
        yield from _rows(inner, owner, role, chain, "then ")


def _fields(part: Part) -> tuple[str, ...]:
    if part.kind is Kind.CODES:
        return ("commodity.classifications[].id", "government_procedures[].current_code")
    return (part.field,)


def _place(part: Part) -> str:
    element, component = part.at
    if part.kind is Kind.CODES:
        return "2 to 6"
    if part.kind is Kind.LINES:
        return f"{element + 1}, at most {part.lines_max} of {part.length_max}"
    unit = f", {part.unit[0] + 1}.{part.unit[1] + 1}" if part.unit != (0, 0) else ""
    of_list = f", with the list `{part.listed}`" if part.listed else ""
    return f"{element + 1}.{component + 1}{unit}{of_list}"


def _chain(of: type, path: Iterable[str]) -> tuple[WcoRow, ...]:
    """The rows of the WCO's tables on the way along a path."""
    found = []
    for name in path:
        row = _wco_row(RESPONSE_PROFILE.get(of, ()), name.removesuffix("[]"))
        if row is None:
            break
        found.append(row)
        if row.of is None:
            break
        of = row.of
    return tuple(found)


def _wco_row(rows: tuple[WcoRow, ...], name: str) -> WcoRow | None:
    for row in rows:
        if row.kind is WcoKind.GROUP:
            inner = _wco_row(row.rows, name)
            if inner is not None:
                return inner
        elif row.attribute == name:
            return row
    return None


def _wco_number(of: type, field: str, before: tuple[WcoRow, ...]) -> str:
    """Class and element number of a field: `23A/137`; a party's and a means' name and number depend on its role."""
    chain = (*before, *_chain(of, field.split(".")))
    classes = [row for row in chain if row.of is not None]
    leaf = chain[-1] if chain and chain[-1].of is None else None
    number = leaf.wco_id if leaf else ""
    role = classes[-1].element if classes else ""
    if leaf is not None and not number:
        number = dict(zip(("name", "id"), PARTY_IDS.get(role, ()), strict=False)).get(leaf.attribute, "")
        places = ("name", "id", "identification_type_code", "type_code", "mode_code")
        number = number or dict(zip(places, MEANS_IDS.get(role, ()), strict=False)).get(leaf.attribute, "")
    of_class = classes[-1].wco_id if classes else _CLASSES.get(of, "")
    if of is Response and not number:
        return "-"  # a field of the response's declaration or status, laid flat
    return "/".join(part for part in (of_class, number) if part) or "-"

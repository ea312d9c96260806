# SPDX-License-Identifier: Apache-2.0
"""Class and element IDs of every field, as the trees that the law's pointers are read by."""

from __future__ import annotations

from gumruk.law.declarations import model, responses
from gumruk.law.declarations.pointers import Place
from gumruk.wire.wco.response_profile import CORRECTED, RESPONSE_PROFILE
from gumruk.wire.wco.roles import MEANS_IDS, PARTY_IDS
from gumruk.wire.wco.table import Kind, Row

_NO_ROLE = ("U022", "U003")
_PARTY_FIELDS = ("name", "id")
_MEANS_FIELDS = ("name", "id", "identification_type_code", "type_code", "mode_code")


def _places(rows: tuple[Row, ...], role: str) -> tuple[Place, ...]:
    return tuple(_place(row, role) for row in rows if row.element != CORRECTED)


def _place(row: Row, role: str) -> Place:
    """The place of a row. `role` is the element of the class around it: some IDs differ by it."""
    if row.kind is Kind.GROUP:
        return Place(section=row.wco_id, parts=_places(row.rows, row.element))
    if row.kind is Kind.TEXTS:
        return Place(row.attribute, row.wco_id, row.rows[0].wco_id, many=True)
    if row.of is not None:
        parts = _places(RESPONSE_PROFILE[row.of], row.element)
        return Place(row.attribute, row.wco_id, many=row.many, of=row.of, parts=parts)
    return Place(row.attribute, tag=row.wco_id or _of_role(row.attribute, role))


def _of_role(attribute: str, role: str) -> str:
    if role in MEANS_IDS:
        return MEANS_IDS[role][_MEANS_FIELDS.index(attribute)]
    return PARTY_IDS.get(role, _NO_ROLE)[_PARTY_FIELDS.index(attribute)]


def _root(of: type, section: str) -> Place:
    return Place(section=section, of=of, parts=_places(RESPONSE_PROFILE[of], of.__name__))


PLACES = _root(model.Declaration, "42A")
"""The declaration (42A) and every class and element in it, by their IDs."""
RESPONSE_PLACES = _root(responses.Response, "07B")
"""The response (07B) likewise: its statements point to its own errors and amendments."""

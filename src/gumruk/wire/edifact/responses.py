# SPDX-License-Identifier: Apache-2.0
"""CUSRES: what an office answers, written from a response and read into one, by the table of D.96B.

The answer's function stands in GIS (list 120), the reference and the number of the declaration in RFF, errors in
ERP, ERC and FTX, what is due in TAX and MOA: for the whole in the header, by goods item below its CST.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gumruk.law.declarations.model import Extension, Moment, Pointer
from gumruk.law.declarations.responses import (
    AnsweredDeclaration,
    AnsweredItem,
    Payment,
    Response,
    ResponseError,
    Statement,
    Status,
)
from gumruk.wire.edifact.interchange import read_interchange
from gumruk.wire.edifact.profile import amount_row, duty_row, moment_row
from gumruk.wire.edifact.reader import RESPONSE, Reading, envelope_of, one_message
from gumruk.wire.edifact.rows import made
from gumruk.wire.edifact.syntax import Segment, segment
from gumruk.wire.edifact.table import Fixed, Kind, Part, Row, Section, qualified
from gumruk.wire.edifact.writer import interchange_of, section_of
from gumruk.wire.safety import LIMITS, Limits

_CUSRES = segment("UNH", "1", ("CUSRES", "D", "96B", "UN"))
_POINTER = re.compile(r"([^:/ ]*)(?::(\d{1,9}))?(?:/([^ ]*))?", re.ASCII).fullmatch
_HEADER, _DETAIL = "1", "2"
_ITEM_CLASS = "68A"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Error:
    """An error as CUSRES has it: the section and item it is in, its code, its words, and our chain of pointers."""

    section: str | None = None
    item: int | None = None
    validation_code: str | None = None
    description: str | None = None
    place: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """A response laid flat, as the header of CUSRES has it."""

    function_code: str | None = None
    name_code: str | None = None
    functional_reference_id: str | None = None
    issue: Moment | None = None
    acceptance: Moment | None = None
    effective: Moment | None = None
    release: Moment | None = None
    reference: str | None = None
    id: str | None = None
    version_id: str | None = None
    statements: tuple[Statement, ...] = ()
    errors: tuple[_Error, ...] = ()
    payments: tuple[Payment, ...] = ()
    extensions: tuple[Extension, ...] = ()


def _text_row(qualifier: str, field: str) -> Row:
    return Row("FTX", (Fixed((0, 0), (qualifier,)),), (Part(field, (3, 0), Kind.LINES, length_max=70),))


ANSWER_HEADER = Section(
    "",
    {
        "ERP": frozenset({"ERC", "FTX"}),
        "TAX": frozenset({"MOA", "GIS"}),
        "RFF": frozenset({"DTM"}),
        "DOC": frozenset({"DTM", "LOC"}),
    },
    (
        qualified("BGM", ("962", "961", "963", "964", "965"), Part("functional_reference_id", (1, 0))),
        moment_row("137", "issue"),
        moment_row("148", "acceptance"),
        moment_row("7", "effective"),
        moment_row("58", "release"),
        Row("GIS", (Fixed((0, 1), ("120",)),), (Part("function_code", (0, 0)), Part("name_code", (0, 3)))),
        Row(
            "FTX",
            (Fixed((0, 0), ("ACB",)),),
            (Part("statement_code", (2, 0)), Part("statement_description", (3, 0), Kind.LINES, length_max=70)),
            "statements",
            Statement,
            True,
        ),
        Row(
            "ERP",
            (),
            (Part("section", (0, 0)), Part("item", (0, 1), Kind.INTEGER)),
            "errors",
            _Error,
            True,
            (
                Row("ERC", (), (Part("validation_code", (0, 0)),)),
                _text_row("AAO", "description"),
                _text_row("ZZZ", "place"),
            ),
        ),
        Row(
            "TAX",
            (Fixed((0, 0), ("4",)),),
            (Part("reference_id", (6, 0)),),
            "payments",
            Payment,
            True,
            (amount_row("55", "tax_assessed_amount"), amount_row("161", "payment_amount")),
        ),
        qualified("RFF", "ABO", Part("reference", (0, 1))),
        qualified("RFF", "ABT", Part("id", (0, 1)), Part("version_id", (0, 3))),
    ),
)
ANSWER_ITEM = Section(
    "",
    {"TAX": frozenset({"MOA", "GIS"}), "RFF": frozenset({"DTM"}), "ERP": frozenset({"ERC", "FTX"})},
    (Row("CST", (), (Part("sequence_numeric", (0, 0), Kind.INTEGER),)), duty_row("duty_tax_fees")),
)
"""The tables of CUSRES: header and goods item."""


def read_response(content: bytes, limits: Limits = LIMITS) -> Response:
    """The response in an interchange (UTF-8, already examined); raises `WireError` with all that is wrong."""
    interchange = read_interchange(content, limits)
    message = one_message(interchange, RESPONSE)
    header: list[Segment] = []
    items: list[list[Segment]] = []
    for one in message.body:
        if one.tag == "CST":
            items.append([])
        (items[-1] if items else header).append(one)
    reading = Reading(interchange.text, interchange.characters.decimal, limits)
    reading.look_at_whole(message, header, len(items))
    kept = envelope_of(interchange, message)
    values: dict[str, Any] = {}
    reading.section(ANSWER_HEADER, header, values, kept, "")
    answer: _Answer = made(_Answer, {**values, "extensions": tuple(kept)})
    read_items = tuple(_item(reading, segments, place) for place, segments in enumerate(items))
    reading.findings.refuse()
    return _response(answer, read_items)


def _item(reading: Reading, segments: list[Segment], place: int) -> AnsweredItem:
    values: dict[str, Any] = {}
    kept: list[Extension] = []
    reading.section(ANSWER_ITEM, segments, values, kept, f"declaration.items[{place}].")
    item: AnsweredItem = made(AnsweredItem, {**values, "extensions": tuple(kept)})
    return item


def _response(answer: _Answer, items: tuple[AnsweredItem, ...]) -> Response:
    status = Status(effective=answer.effective, name_code=answer.name_code, release=answer.release)
    declaration = AnsweredDeclaration(
        acceptance=answer.acceptance,
        functional_reference_id=answer.reference,
        id=answer.id,
        version_id=answer.version_id,
        payments=answer.payments,
        items=items,
    )
    return Response(
        function_code=answer.function_code,
        functional_reference_id=answer.functional_reference_id,
        issue=answer.issue,
        additional_informations=answer.statements,
        errors=tuple(map(_error, answer.errors)),
        statuses=() if status == Status() else (status,),
        declaration=None if declaration == AnsweredDeclaration() else declaration,
        extensions=answer.extensions,
    )


def _error(error: _Error) -> ResponseError:
    """An error of the model: our own chain of pointers, else the item that the office named."""
    pointers = tuple(_pointers(error.place)) if error.place else ()
    if not pointers and error.item is not None:
        pointers = (Pointer(sequence_numeric=error.item, document_section_code=_ITEM_CLASS),)
    return ResponseError(
        description=error.description,
        validation_code=error.validation_code,
        pointers=pointers,
        extensions=error.extensions,
    )


def _pointers(place: str) -> Iterator[Pointer]:
    for step in place.split(" "):
        found = _POINTER(step)
        if found and step:
            number = int(found[2]) if found[2] else None
            yield Pointer(sequence_numeric=number, document_section_code=found[1] or None, tag_id=found[3] or None)


def write_response(response: Response) -> bytes:
    """A response as an interchange of one CUSRES; raises `WireError` for an extension that cannot be written."""
    return interchange_of(response.extensions, _CUSRES, lambda _message, mark: _body(response, mark))


def _body(response: Response, mark: str) -> list[Segment]:
    written = section_of(ANSWER_HEADER, _answer(response), response.extensions, mark)
    if not written or written[0].tag != "BGM":
        written = [segment("BGM", "962"), *written]
    for item in response.declaration.items if response.declaration else ():
        of_item = section_of(ANSWER_ITEM, item, item.extensions, mark)
        written += of_item if of_item and of_item[0].tag == "CST" else [segment("CST"), *of_item]
    return written


def _answer(response: Response) -> _Answer:
    """A response laid flat; of several statuses the first, because CUSRES of this directory has one."""
    declaration = response.declaration or AnsweredDeclaration()
    status = response.statuses[0] if response.statuses else Status()
    return _Answer(
        function_code=response.function_code,
        name_code=status.name_code,
        functional_reference_id=response.functional_reference_id,
        issue=response.issue,
        acceptance=declaration.acceptance,
        effective=status.effective,
        release=status.release,
        reference=declaration.functional_reference_id,
        id=declaration.id,
        version_id=declaration.version_id,
        statements=response.additional_informations,
        errors=tuple(map(_flat_error, response.errors)),
        payments=declaration.payments,
        extensions=response.extensions,
    )


def _flat_error(error: ResponseError) -> _Error:
    item = next((one.sequence_numeric for one in error.pointers if one.document_section_code == _ITEM_CLASS), None)
    only_item = error.pointers == (Pointer(sequence_numeric=item, document_section_code=_ITEM_CLASS),)
    return _Error(
        section=_HEADER if item is None else _DETAIL,
        item=item,
        validation_code=error.validation_code,
        description=error.description,
        place=None if only_item else " ".join(map(_step, error.pointers)) or None,
        extensions=error.extensions,
    )


def _step(pointer: Pointer) -> str:
    number = "" if pointer.sequence_numeric is None else f":{pointer.sequence_numeric}"
    tag = f"/{pointer.tag_id}" if pointer.tag_id else ""
    return f"{pointer.document_section_code or ''}{number}{tag}"

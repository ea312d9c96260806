# SPDX-License-Identifier: Apache-2.0
"""The UK Trade Tariff's API, version 2: a commodity with its measures, as JSON:API or flattened.

A measure stands in the file of each commodity that inherits it and does not say on which code it was set: here it is a
measure of the commodity itself. A file is one commodity: what else is held stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from gumruk.law.kernel import Finding, Severity
from gumruk.wire.errors import Findings, refusal
from gumruk.wire.safety import MEGABYTE, beginning_check, megabytes, unreadable_text
from gumruk.wire.tariffs.records import Reading, Source, TariffRecord, record_of

BYTES_MAX = 50 * MEGABYTE
#: What an action's words are in TARIC's numbers, for the older files, which have the words alone.
ACTIONS = {
    "apply the amount of the action": "01",
    "apply the amount of the action (see components)": "01",
    "the entry into free circulation is not allowed": "04",
    "measure not applicable": "07",
    "import/export not allowed after control": "09",
    "declaration to be corrected - box 33, 37, 38, 41 or 46 incorrect": "10",
    "entry into free circulation allowed": "24",
    "apply the mentioned duty": "27",
    "declared subheading allowed": "28",
    "import/export allowed after control": "29",
}
Node = dict[str, Any]
_MOVEMENT = {True: "0", False: "1"}


def read_uk_api(source: Source) -> Reading:
    """The records of one commodity. Raises `WireError`: not JSON, not a commodity, cut off, a wrong code."""
    commodity = _commodity(_parsed(source))
    warnings: list[Finding] = []
    return Reading(_records(commodity, warnings), warnings)


def _parsed(source: Source) -> Any:
    content = source.file.read(BYTES_MAX + 1)
    if len(content) > BYTES_MAX:
        raise refusal("WIRE-02", size=megabytes(len(content)), limit=megabytes(BYTES_MAX))
    content = beginning_check(content)
    if content.lstrip()[:1] not in (b"{", b"["):
        found = content.lstrip()[:20].decode("utf-8", "replace")
        raise refusal("TARIFF-01", line=1, found=found, wanted="uk-api: JSON")
    unreadable = unreadable_text(content)
    if unreadable is not None:
        raise unreadable
    try:
        # Numbers stay the text that they are: no amount becomes a binary fraction.
        return json.loads(content, parse_float=str, parse_int=str, parse_constant=str)
    except json.JSONDecodeError as error:
        if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string"):
            raise refusal("WIRE-08", line=error.lineno, column=error.colno) from error
        reason = error.msg.lower().replace(" ", "_")
        raise refusal("WIRE-17", line=error.lineno, column=error.colno, reason=reason) from error
    except RecursionError as error:
        raise refusal("WIRE-09", line=1, element="-", limit=1_000) from error


def _commodity(parsed: Any) -> Node:
    """The commodity with everything inside it, whichever of both forms the file has."""
    if isinstance(parsed, dict) and isinstance(parsed.get("data"), dict):
        parsed = _flattened(parsed)
    if not (isinstance(parsed, dict) and isinstance(parsed.get("goods_nomenclature_item_id"), str)):
        found = ",".join(parsed)[:60] if isinstance(parsed, dict) else type(parsed).__name__
        raise refusal("TARIFF-01", line=1, found=found, wanted="uk-api: goods_nomenclature_item_id")
    return parsed


def _flattened(document: Node) -> Node:
    """JSON:API: each object's relationships become the objects that they name, each made once."""
    named = {(node.get("type"), node.get("id")): node for node in _nodes(document.get("included"))}
    made: dict[tuple[Any, Any], Node] = {}
    waiting: list[tuple[Node, Node]] = []

    def begun(node: Node) -> Node:
        key = (node.get("type"), node.get("id"))
        flat = made.get(key)
        if flat is None:
            attributes = node.get("attributes")
            flat = made[key] = {"id": node.get("id"), **(attributes if isinstance(attributes, dict) else {})}
            waiting.append((flat, node))
        return flat

    root = begun(document["data"])
    while waiting:
        flat, node = waiting.pop()
        relationships = node.get("relationships")
        for name, relationship in relationships.items() if isinstance(relationships, dict) else ():
            told = relationship.get("data") if isinstance(relationship, dict) else None
            found = [begun(named.get((each.get("type"), each.get("id")), each)) for each in _nodes(told)]
            flat[name] = found if isinstance(told, list) else found[0] if found else None
    return root


def _nodes(value: Any) -> list[Node]:
    """The objects of a value that may be a list, one object, or nothing."""
    values = value if isinstance(value, list) else [value]
    return [node for node in values if isinstance(node, dict)]


def _node(value: Any) -> Node:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _records(commodity: Node, warnings: list[Finding]) -> Iterator[TariffRecord]:
    wrong, untold, areas = Findings(), dict[str, int](), set[str]()
    code = _text(commodity["goods_nomenclature_item_id"])
    yield from _lines(commodity, wrong)
    for name in ("import_measures", "export_measures"):
        for place, measure in enumerate(_nodes(commodity.get(name))):
            yield from _measure(measure, code, f"{name}[{place}]", wrong, untold)
            area = _node(measure.get("geographical_area"))
            if _text(area.get("id")) not in areas:
                areas.add(_text(area.get("id")))
                yield from _area(area)
    wrong.refuse()
    for words, count in untold.items():
        params = {"text": words[:120], "count": str(count)}
        warnings.append(Finding("TARIFF-20", "", params, severity=Severity.WARNING))


def _lines(commodity: Node, wrong: Findings) -> Iterator[TariffRecord]:
    above = [(_node(commodity.get("chapter")), "0"), (_node(commodity.get("heading")), "0")]
    for line, indent in [*above, *((held, "") for held in _nodes(commodity.get("ancestors"))), (commodity, "")]:
        code, suffix = _text(line.get("goods_nomenclature_item_id")), _text(line.get("producline_suffix")) or "80"
        if not line:
            continue
        if not _is_code(code):
            wrong.add(
                Finding("TARIFF-03", "", {"line": "1", "field": "goods_nomenclature_item_id", "value": code[:60]})
            )
            continue
        fields = (
            ("goods.nomenclature.sid", f"{code}/{suffix}"),
            ("goods.nomenclature.item.id", code),
            ("producline.suffix", suffix),
            ("number.indents", indent or _text(line.get("number_indents"))),
            ("description", _text(line.get("description"))),
        )
        yield record_of("goods.nomenclature", fields, 1)


def _is_code(code: str) -> bool:
    return len(code) == 10 and code.isascii() and code.isdigit()


def _measure(measure: Node, code: str, path: str, wrong: Findings, untold: dict[str, int]) -> Iterator[TariffRecord]:
    number, kind = _text(measure.get("id")), _node(measure.get("measure_type"))
    area = _node(measure.get("geographical_area"))
    first, last = (_text(measure.get(f"effective_{name}_date"))[:10] for name in ("start", "end"))
    if not number or not _text(kind.get("id")) or not _text(area.get("id")):
        wrong.add(
            Finding("TARIFF-02", path, {"line": "1", "field": "id, measure_type, geographical_area", "value": "-"})
        )
        return
    sid = f"{number}/{code}"
    regulation = next((_text(act.get("regulation_code")) for act in _nodes(measure.get("legal_acts"))), "")
    additional = _text(_node(measure.get("additional_code")).get("code"))
    order = _node(measure.get("order_number"))
    fields = (
        ("measure.type", _text(kind["id"])),
        ("geographical.area", _text(area["id"])),
        ("goods.nomenclature.item.id", code),
        ("validity.start.date", first),
        ("validity.end.date", last),
        ("measure.generating.regulation.id", regulation),
        ("additional.code.text", additional),
        ("ordernumber", _text(order.get("number")) or _text(order.get("id"))),
        ("reduction.indicator", _text(measure.get("reduction_indicator"))),
    )
    yield record_of("measure", (("measure.sid", sid), *fields), 1)
    type_fields = (
        ("measure.type.id", _text(kind["id"])),
        ("measure.type.series.id", _text(kind.get("measure_type_series_id"))),
        ("trade.movement.code", _MOVEMENT.get(measure.get("import") is not False, "")),
        ("description", _text(kind.get("description"))),
    )
    yield record_of("measure.type", type_fields, 1)
    yield from _parts(measure, sid, wrong, untold)


def _area(area: Node) -> Iterator[TariffRecord]:
    group, members = _text(area.get("id")), _nodes(area.get("children_geographical_areas"))
    for code, kind, words in ((group, "1" if members else "0", area), *((_text(m.get("id")), "0", m) for m in members)):
        fields = (("geographical.area.sid", code), ("geographical.area.id", code), ("geographical.code", kind))
        if code:
            yield record_of("geographical.area", (*fields, ("description", _text(words.get("description")))), 1)
        if code and code != group:
            names = (("geographical.area.group.sid", group), ("geographical.area.sid", code))
            yield record_of("geographical.area.membership", names, 1)


def _parts(measure: Node, sid: str, wrong: Findings, untold: dict[str, int]) -> Iterator[TariffRecord]:
    for component in _nodes(measure.get("measure_components")):
        names = (("measure.sid", sid), *_component(component))
        yield record_of("measure.component", names, 1)
    for excluded in _nodes(measure.get("excluded_countries")):
        names = (("measure.sid", sid), ("excluded.geographical.area", _text(excluded.get("id"))))
        yield record_of("measure.excluded.geographical.area", names, 1)
    for footnote in _nodes(measure.get("footnotes")):
        code = _text(footnote.get("code"))
        names = (("measure.sid", sid), ("footnote.type.id", code[:2]), ("footnote.id", code[2:]))
        yield record_of("footnote.association.measure", names, 1)
    for place, row in enumerate(_nodes(measure.get("measure_conditions")), 1):
        words = " ".join(_text(row.get("action")).split())
        action = _text(row.get("action_code")) or ACTIONS.get(words.lower(), "")
        if not action:
            untold[words] = untold.get(words, 0) + 1
        condition = f"{sid}/{place}"
        names = (
            ("measure.condition.sid", condition),
            ("measure.sid", sid),
            ("condition.code", _text(row.get("condition_code"))),
            ("component.sequence.number", str(place)),
            ("action.code", action),
            ("action.text", "" if action else words),
            ("certificate.code", _text(row.get("document_code"))),
            ("condition.duty.amount", _text(row.get("condition_duty_amount"))),
            ("condition.monetary.unit.code", _text(row.get("condition_monetary_unit_code"))),
            ("condition.measurement.unit.code", _text(row.get("condition_measurement_unit_code"))),
            ("condition.measurement.unit.qualifier.code", _text(row.get("condition_measurement_unit_qualifier_code"))),
        )
        yield record_of("measure.condition", names, 1)
        for component in _nodes(row.get("measure_condition_components")):
            inner = (("measure.condition.sid", condition), *_component(component))
            yield record_of("measure.condition.component", inner, 1)


def _component(component: Node) -> tuple[tuple[str, str], ...]:
    return (
        ("duty.expression.id", _text(component.get("duty_expression_id"))),
        ("duty.amount", _text(component.get("duty_amount"))),
        ("monetary.unit.code", _text(component.get("monetary_unit_code"))),
        ("measurement.unit.code", _text(component.get("measurement_unit_code"))),
        ("measurement.unit.qualifier.code", _text(component.get("measurement_unit_qualifier_code"))),
    )

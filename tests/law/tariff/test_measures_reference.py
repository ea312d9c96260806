# SPDX-License-Identifier: Apache-2.0
"""Real measures: five days of TARIC, December 2018. Their components make duties, their conditions are decided."""

from __future__ import annotations

import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.law.tariff.tariff_cases import component

from gumruk.law.tariff.duties import DutyError, printed_duty, read_duty
from gumruk.law.tariff.measures import (
    Measure,
    MeasureComponent,
    MeasureCondition,
    MeasureType,
    Movement,
    Tariff,
    TariffClaim,
    claims_of,
    duty_of,
    kind_of,
    measures_for,
)

_ELEMENT = re.compile(r"<oub:update.type>[13]</oub:update.type>\s*<oub:([a-z.]+)>(.*?)</oub:\1>", re.DOTALL)
_FIELD = re.compile(r"<oub:([a-z.]+)>([^<]*)<")
_CHARGED = frozenset({"01", "02", "04", "15", "17", "19", "20", "35", "36"})


def _records(reference_data: Path) -> Iterator[tuple[str, dict[str, str]]]:
    with zipfile.ZipFile(reference_data / "tariff" / "taric3_xml_TGB18241-18245_2018-12.zip") as archive:
        for name in archive.namelist():
            for found in _ELEMENT.finditer(archive.read(name).decode("utf-8")):
                if found[1].startswith("measure"):
                    yield found[1], dict(_FIELD.findall(found[2]))


def _component(fields: dict[str, str]) -> MeasureComponent:
    amount = fields.get("duty.amount")
    return MeasureComponent(
        fields["duty.expression.id"],
        None if amount is None else Decimal(amount),
        fields.get("monetary.unit.code", ""),
        fields.get("measurement.unit.code", ""),
        fields.get("measurement.unit.qualifier.code", ""),
    )


def _condition(fields: dict[str, str], components: tuple[MeasureComponent, ...]) -> MeasureCondition:
    threshold = fields.get("condition.duty.amount")
    return MeasureCondition(
        fields["condition.code"],
        int(fields["component.sequence.number"]),
        fields.get("action.code", ""),
        fields.get("certificate.type.code", "") + fields.get("certificate.code", ""),
        None if threshold is None else Decimal(threshold),
        fields.get("condition.monetary.unit.code", ""),
        fields.get("condition.measurement.unit.code", ""),
        components=components,
    )


def _measures(reference_data: Path) -> list[Measure]:
    """The inserted and updated measures with what came with them, in their latest state."""
    heads: dict[str, dict[str, str]] = {}
    components: dict[str, dict[str, MeasureComponent]] = defaultdict(dict)
    within: dict[str, dict[str, MeasureComponent]] = defaultdict(dict)
    conditions: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for kind, fields in _records(reference_data):
        if kind == "measure":
            heads[fields["measure.sid"]] = fields
        elif kind == "measure.component":
            components[fields["measure.sid"]][fields["duty.expression.id"]] = _component(fields)
        elif kind == "measure.condition":
            conditions[fields["measure.sid"]][fields["measure.condition.sid"]] = fields
        elif kind == "measure.condition.component":
            within[fields["measure.condition.sid"]][fields["duty.expression.id"]] = _component(fields)
    measures = []
    for sid, head in heads.items():
        parts = tuple(components[sid][expression] for expression in sorted(components[sid]))
        end = head.get("validity.end.date")
        measures.append(
            Measure(
                sid=sid,
                type=head["measure.type"],
                area=head.get("geographical.area", ""),
                code=head.get("goods.nomenclature.item.id", ""),
                additional_code=head.get("additional.code.type", "") + head.get("additional.code", ""),
                order_number=head.get("ordernumber", ""),
                regulation=head["measure.generating.regulation.id"],
                starts_on=date.fromisoformat(head["validity.start.date"]),
                ends_on=date.fromisoformat(end) if end else None,
                components=parts,
                duty=duty_of(parts),
                conditions=tuple(
                    _condition(row, tuple(within[key][expression] for expression in sorted(within[key])))
                    for key, row in conditions[sid].items()
                ),
            )
        )
    return measures


@pytest.mark.reference
def test_it_reads_the_duties_of_real_components_and_decides_their_conditions(
    reference_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    measures = _measures(reference_data)
    duties = [held for held in measures if held.duty is not None]
    for held in duties:
        assert held.duty is not None
        if all(part.expression in _CHARGED for part in held.components):
            assert printed_duty(read_duty(printed_duty(held.duty))) == printed_duty(held.duty)
    types = [
        MeasureType(code=code, kind=kind_of(code), claimed_by=claims_of(code), movement=Movement.BOTH)
        for code in sorted({held.type for held in measures})
    ]
    tariff = Tariff.of([*types, *measures])
    codes: Counter[str] = Counter()
    decided = 0
    for held in measures:
        if held.conditions and held.code:
            figures = {row.code: row.threshold for row in held.conditions if row.threshold is not None}
            day = held.starts_on or date.min
            found = measures_for(
                tariff,
                TariffClaim(held.code, held.area, day, figures=figures, preferences=tuple(claims_of(held.type))[:1]),
            )
            told = {finding.code for finding in found.findings if finding.params.get("measure") == held.sid}
            codes.update(told)
            decided += not told & {"MEAS-10", "MEAS-11"}
    with capsys.disabled():
        print(f"\n{len(measures)} measures, {len(duties)} duties; {decided} with conditions decided; {dict(codes)}")
    assert len(measures) > 2000
    assert codes["MEAS-10"] == 0


def test_it_refuses_an_expression_that_it_does_not_know_and_one_without_its_amount() -> None:
    for wrong, code in ((component("98", "1"), "DUTY-4"), (component("01"), "DUTY-3")):
        with pytest.raises(DutyError) as refused:
            duty_of([wrong])
        assert refused.value.code == code
    assert duty_of([]) is None


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ("01,10", "10%"),
        (
            "01,10,GBP,DTN;15,12,GBP,DTN;17,14,GBP,DTN;02,5,GBP,DTN",
            "10 GBP/DTN MIN 12 GBP/DTN MAX 14 GBP/DTN - 5 GBP/DTN",
        ),
        ("01,9;12;17,24.2;21", "9% + EA MAX 24.2% + ADSZ"),
        ("01,8.4;19,5,EUR,HLT", "8.4% + 5 EUR/HLT"),
        ("37", "NIHIL"),
        ("99,,,NAR", "NAR"),
    ],
)
def test_it_puts_components_together_as_their_expressions_say(parts: str, text: str) -> None:
    duty = duty_of(component(*part.split(",")) for part in parts.split(";"))
    assert duty is not None and printed_duty(duty) == text

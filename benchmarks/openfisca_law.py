# SPDX-License-Identifier: Apache-2.0
"""The four charges of `benchmarks.assess` written for OpenFisca-core: run by `benchmarks.openfisca`, outside ours.

It reads how many rounds to measure and lines of goods as JSON ([customs value, litres], as text); it prints what each
costs and how long one takes.
It imports nothing of ours: OpenFisca-core is installed only to measure, into a folder that is removed afterwards.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import numpy
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

MONTH = "2026-12"
LINE = build_entity(key="line", plural="lines", label="A line of goods", is_person=True)
RATES = {
    "percent": 0.20,
    "least_eur": 0.35,
    "excise_eur": 0.84,
    "eur": 10.9,
    "fee": 0.0015,
    "vat": 0.14,
}


def rounded(amounts: Any) -> Any:
    """Half up, to cents."""
    return numpy.floor(amounts * 100 + 0.5) / 100


class customs_value(Variable):
    value_type, entity, definition_period = float, LINE, DateUnit.MONTH


class litres(Variable):
    value_type, entity, definition_period = float, LINE, DateUnit.MONTH


class duty(Variable):
    value_type, entity, definition_period = float, LINE, DateUnit.MONTH

    def formula(line, period, parameters):  # type: ignore[no-untyped-def]
        """20 %, at least 0.35 EUR a litre."""
        law = parameters(period).law
        return rounded(
            numpy.maximum(line("customs_value", period) * law.percent, line("litres", period) * law.least_eur * law.eur)
        )


class excise(Variable):
    value_type, entity, definition_period = float, LINE, DateUnit.MONTH

    def formula(line, period, parameters):  # type: ignore[no-untyped-def]
        """0.84 EUR a litre."""
        law = parameters(period).law
        return rounded(line("litres", period) * law.excise_eur * law.eur)


class fee(Variable):
    value_type, entity, definition_period = float, LINE, DateUnit.MONTH

    def formula(line, period, parameters):  # type: ignore[no-untyped-def]
        """0.15 % of the customs value."""
        return rounded(line("customs_value", period) * parameters(period).law.fee)


class vat(Variable):
    value_type, entity, definition_period = float, LINE, DateUnit.MONTH

    def formula(line, period, parameters):  # type: ignore[no-untyped-def]
        """14 % of the customs value with all other charges."""
        base = sum(line(name, period) for name in ("customs_value", "duty", "excise", "fee"))
        return rounded(base * parameters(period).law.vat)


CHARGES = (duty, excise, fee, vat)


def system() -> TaxBenefitSystem:
    """The law as OpenFisca holds it."""
    built = TaxBenefitSystem([LINE])
    dated = {name: {"values": {"2000-01-01": {"value": rate}}} for name, rate in RATES.items()}
    built.parameters = ParameterNode("", data={"law": dated})
    for variable in (customs_value, litres, *CHARGES):
        built.add_variable(variable)
    return built


def charged(law: TaxBenefitSystem, value: float, volume: float) -> list[float]:
    """The charges of one line: one situation, as a case worker's page asks for it."""
    simulation = SimulationBuilder().build_from_entities(
        law, {"lines": {"line": {"customs_value": {MONTH: value}, "litres": {MONTH: volume}}}}
    )
    return [float(simulation.calculate(charge.__name__, MONTH)[0]) for charge in CHARGES]


def main() -> None:
    """Answer the lines on standard input."""
    law = system()
    asked = json.load(sys.stdin)
    lines = [(float(value), float(volume)) for value, volume in asked["lines"]]
    charged(law, *lines[0])
    took = []
    for _ in range(asked["rounds"]):
        started = time.perf_counter()
        amounts = [charged(law, *line) for line in lines]
        took.append((time.perf_counter() - started) / len(lines))
    json.dump({"seconds_each": min(took), "amounts": amounts}, sys.stdout)


if __name__ == "__main__":
    main()

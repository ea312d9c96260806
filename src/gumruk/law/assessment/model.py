# SPDX-License-Identifier: Apache-2.0
"""What an assessment needs to know of the goods, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from gumruk.law.assessment.returned import Returned
from gumruk.law.kernel import Finding, HsCode, Money, Step
from gumruk.law.lawbook import Entry, Status
from gumruk.law.origin import Consignment
from gumruk.law.valuation import Adjustment, Extras


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One item of goods. Masses in kilograms, `quantities` by Rec 20 unit, `documents` by code.

    `preference` is the scheme that is claimed; whether it is due is decided by `law.origin`, which asks how the goods
    came (`consignment`). `decided_value` is the
    customs value that an officer decided in place of what follows from the price, in the country's currency. `extras`
    is what was stated for this item alone; `stated_value` is its value by another method than the first. `returned`
    tells of goods that come back: asked only by reliefs that have such conditions.
    """

    sequence: int
    code: HsCode
    price: Money
    origin: str | None = None
    procedure: str = ""
    previous_procedure: str = ""
    additional_procedures: tuple[str, ...] = ()
    preference: str | None = None
    documents: tuple[str, ...] = ()
    net_mass_kg: Decimal | None = None
    gross_mass_kg: Decimal | None = None
    quantities: Mapping[str, Decimal] = field(default_factory=dict)
    decided_value: Decimal | None = None
    extras: Extras | None = None
    stated_value: Money | None = None
    consignment: Consignment = field(default_factory=Consignment)
    returned: Returned | None = None


@dataclass(frozen=True, slots=True)
class GoodsFacts:
    """All that an assessment asks of a consignment; never a declaration, so that a calculator can ask too.

    `outside_hours`, `outside_place`: the customs action took place outside the office's working hours, outside the
    place appointed for it. `service_hours`: how long officers were at work for it, in hours; 0 where no fee asks.
    """

    items: tuple[ItemFacts, ...]
    freight: Money | None = None
    insurance: Money | None = None
    outside_hours: bool = False
    adjustments: tuple[Adjustment, ...] = ()
    outside_place: bool = False
    service_hours: Decimal = Decimal(0)

    @property
    def extras(self) -> Extras:
        """What is shared out over the items when they are valued."""
        return Extras(self.freight, self.insurance, self.adjustments)


class ChargeLine(NamedTuple):
    """One charge on one item (`item` None: on the whole declaration).

    computed = relieved + secured + payable, in `currency`. All None: the charge could not be determined, because law
    that it needs is unknown; `findings` of the assessment name it. `rate_on` is the day whose law was read, `rate` the
    rate as the tariff prints it, `kind` the kind of law whose moment counts. `entries` is the law that was used.
    """

    item: int | None
    code: str
    name: str
    kind: str
    base: Decimal | None
    computed: Decimal | None
    relieved: Decimal | None
    secured: Decimal | None
    payable: Decimal | None
    currency: str
    rate: str
    rate_on: date
    act: str | None
    status: Status
    budget_code: str
    relief: str | None = None
    entries: tuple[Entry, ...] = ()
    told: Callable[[], tuple[Step, ...]] = tuple

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that led to the amounts; put into parameters only when somebody reads them."""
        return self.told()


@dataclass(frozen=True, slots=True)
class AssessedItem:
    """An item's customs value and the steps that led to it; its statistical value where there is a second currency."""

    sequence: int
    customs_value: Money
    statistical_value: Money | None
    told: Callable[[], tuple[Step, ...]] = tuple

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that led to the value."""
        return self.told()


@dataclass(frozen=True, slots=True)
class Assessment:
    """Every charge of a consignment, and the law it rests on.

    `findings` holds what could not be determined (errors) and preferences refused (warnings); `provisional` says that a
    legal moment had not come yet. `valued_by` is the law of the customs values: exchange rates and roundings.
    """

    items: tuple[AssessedItem, ...]
    lines: tuple[ChargeLine, ...]
    findings: tuple[Finding, ...]
    currency: str
    law_digest: str
    days: Mapping[str, date]
    training: bool
    provisional: bool
    valued_by: tuple[Entry, ...] = ()

    def total(self, part: str = "payable") -> Decimal:
        """The sum of one part (computed, relieved, secured, payable) over all lines that could be determined."""
        return sum((amount for line in self.lines if (amount := getattr(line, part)) is not None), Decimal(0))

    @property
    def undetermined(self) -> tuple[str, ...]:
        """The codes of charges that have no amount on some line."""
        return tuple(dict.fromkeys(line.code for line in self.lines if line.computed is None))

    @property
    def uncollectable(self) -> tuple[str, ...]:
        """The law used that is not verified or not known, as `table:key`: production collects nothing on it."""
        used = (*self.valued_by, *(entry for line in self.lines for entry in line.entries))
        named = {f"{entry.table}:{entry.key}" for entry in used if entry.status is not Status.VERIFIED}
        named.update(f"exchange_rates:{f.params['currency']}" for f in self.findings if f.code == "VAL-1")
        named.update(f"values:{f.params['value']}" for f in self.findings if f.code == "VAL-2")
        return tuple(sorted(named))

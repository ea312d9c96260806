# SPDX-License-Identifier: Apache-2.0
"""What stands against the release of goods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from gumruk.law.declarations.states import State
from gumruk.law.kernel import Finding, Severity

# Areas of control that this version does not have yet. They are shown as "not checked here", never as passed.
UNCHECKED = ("controls", "permits")


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What release depends on: the state, presentation, holds, and each charge that is still to be settled.

    `unsettled` maps a charge's code to what is missing of it, `unsecured` to what no security covers; `undetermined`
    names the charges that have no amount because their law is unknown, `unverified` the values that production may not
    collect money on. `altered`: what is stored is not what was lodged, or
    not what its law gives.
    """

    state: State
    presented: bool
    holds: tuple[str, ...] = ()
    unsettled: Mapping[str, Decimal] = field(default_factory=dict)
    unsecured: Mapping[str, Decimal] = field(default_factory=dict)
    currency: str = ""
    undetermined: tuple[str, ...] = ()
    valued: bool = True
    unverified: tuple[str, ...] = ()
    altered: bool = False


def blockers(facts: ReleaseFacts) -> tuple[Finding, ...]:
    """Everything that still stands against release; empty when the goods may go.

    REL-1 not accepted, REL-2 not presented, REL-3 a hold, REL-4 a charge not settled, REL-5 a charge without an
    amount, REL-6 a value that may not be collected on, REL-7 a charge that must be secured, REL-8 a file that was
    altered, REL-10 goods whose customs value the law of the day does not give. Kyoto Convention, General Annex,
    standard 3.40.
    """
    found = []
    if facts.state is not State.ACCEPTED:
        found.append(Finding("REL-1", params={"state": facts.state.value}))
    if not facts.presented:
        found.append(Finding("REL-2"))
    found.extend(Finding("REL-3", f"holds[{place}]", {"reason": reason}) for place, reason in enumerate(facts.holds))
    found.extend(
        Finding(
            "REL-4",
            f"charges[{code}]",
            {"charge": code, "missing": f"{missing:f}", "currency": facts.currency},
        )
        for code, missing in facts.unsettled.items()
    )
    found.extend(
        Finding("REL-7", f"charges[{code}]", {"charge": code, "missing": f"{missing:f}", "currency": facts.currency})
        for code, missing in facts.unsecured.items()
    )
    if not facts.valued:
        found.append(Finding("REL-10"))
    found.extend(Finding("REL-5", f"charges[{code}]", {"charge": code}) for code in facts.undetermined)
    found.extend(Finding("REL-6", value, {"value": value}) for value in facts.unverified)
    if facts.altered:
        found.append(Finding("REL-8"))
    return tuple(found)


def unchecked() -> tuple[Finding, ...]:
    """The areas that nothing here looks at: information for the officer, who must look at them himself."""
    return tuple(Finding("REL-9", area, {"area": area}, severity=Severity.INFORMATION) for area in UNCHECKED)

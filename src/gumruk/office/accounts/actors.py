# SPDX-License-Identifier: Apache-2.0
"""Who acts: the frozen value that services get, and the roles with what each may do."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

TRADER = "trader"
OFFICER = "officer"
SUPERVISOR = "supervisor"
CASHIER = "cashier"
AUDITOR = "auditor"
ADMINISTRATOR = "administrator"
SYSTEM = "system"

_EVERYONE = frozenset({"accounts.profile", "desk.home", "nomenclature.follow"})

_OFFICER = _EVERYONE | {
    "declarations.see",
    "declarations.present",
    "declarations.decide",
    "declarations.reassess",
    "declarations.release",
    "declarations.refuse_release",
    "declarations.hold",
    "payments.see",
    "lawbook.see",
    "audit.see",
}

# What each role may do: the only table of permissions. A permission is `area.action`; a new action is one word here.
# A person whose role has nothing in an area does not learn that its pages exist (404).
PERMISSIONS: dict[str, frozenset[str]] = {
    TRADER: _EVERYONE
    | {
        "declarations.see",
        "declarations.lodge",
        "declarations.withdraw",
        "declarations.explain",
        "drafts.write",
        "payments.see",
    },
    OFFICER: _OFFICER,
    SUPERVISOR: _OFFICER
    | {
        "declarations.lift_hold",
        "declarations.invalidate",
        "lawbook.publish",
    },
    CASHIER: _EVERYONE
    | {
        "declarations.see",
        "payments.see",
        "payments.receive",
        "payments.allocate",
        "payments.void",
        "payments.transfer",
        "lawbook.see",
    },
    AUDITOR: _EVERYONE
    | {
        "declarations.see",
        "declarations.reassess",
        "payments.see",
        "lawbook.see",
        "audit.see",
        "audit.verify",
        "accounts.see",
    },
    ADMINISTRATOR: _EVERYONE
    | {
        "accounts.see",
        "accounts.change",
        "audit.verify",
        "lawbook.see",
        "lawbook.draft",
        "nomenclature.texts",
    },
}
ROLES = tuple(PERMISSIONS)
ALL_PERMISSIONS = frozenset().union(*PERMISSIONS.values())

# What the database shows to a role (row-level security, the second wall): everything, the files of the actor's
# offices, those of the trader's own number, or what is public.
SCOPES = {
    TRADER: "trader",
    OFFICER: "offices",
    SUPERVISOR: "offices",
    CASHIER: "offices",
    AUDITOR: "all",
    ADMINISTRATOR: "public",
    SYSTEM: "all",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as services and events know him: an opaque id, never a login.

    `offices` are the codes of the posts an officer works at, `trader` the taxpayer number a trader acts for.
    """

    id: UUID
    name: str
    role: str
    offices: tuple[str, ...] = ()
    trader: str = ""

    @property
    def scope(self) -> str:
        """What the database shows: `all`, `offices`, `trader` or `public`."""
        return SCOPES.get(self.role, "public")

    @property
    def role_key(self) -> str:
        """The key of the role's name among the texts."""
        return f"ui.role.{self.role}"

    def may(self, permission: str) -> bool:
        """Whether the role includes this permission. The system may do what its code does."""
        return self.role == SYSTEM or permission in PERMISSIONS.get(self.role, frozenset())

    def may_see_area(self, permission: str) -> bool:
        """Whether the role has anything to do in the area of this permission."""
        area = permission.partition(".")[0] + "."
        return any(name.startswith(area) for name in PERMISSIONS.get(self.role, frozenset()))


GUMRUK = Actor(UUID(int=1), "Gumruk", SYSTEM)
"""The system itself: the sealer, the outbox, the demonstration's loader."""

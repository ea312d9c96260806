# SPDX-License-Identifier: Apache-2.0
"""Goods that come back in the state in which they were exported: whether a relief's conditions are met.

Kyoto Convention, specific annex B, chapter 2. How long the goods may be away, which document shows their export and
under which procedures they may have left, is the country's law, table `relief_conditions`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gumruk.law.assessment.temporary import months_later
from gumruk.law.kernel import Finding, Severity, Step
from gumruk.law.lawbook import Entry, Law, Status

TABLE = "relief_conditions"
#: What stands before the code of a procedure that relieves, where what relieved an amount is named.
PROCEDURE = "procedure "


@dataclass(frozen=True, slots=True)
class ExportDocument:
    """A document that goes before: its code, its number, and its day: of an export declaration the day of export."""

    code: str
    number: str = ""
    exported_on: date | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """What is stated of goods that come back. Who claims the relief says that they were not changed; `changed` where
    they were, or where an officer found so."""

    documents: tuple[ExportDocument, ...] = ()
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Conditions:
    """Why a relief is not given, or how its conditions were met; `entry` None: the law sets it none."""

    failed: Finding | None = None
    step: Step | None = None
    entry: Entry | None = None


def relief_conditions(relief: str, returned: Returned | None, previous: str, law: Law) -> Conditions:
    """Whether goods meet the conditions of a relief (`RET`), or of a procedure that relieves (`procedure 60`).

    On the day of the law. Table `relief_conditions`, by the code of the relief or the procedure: export_documents (one
    of which is named), previous (the procedures under which goods may have left), within_months (from the day of
    export), same_state. The first that fails is told: RET-1 no export document, RET-2 its day is not stated, RET-3 too
    late, RET-4 changed, RET-5 exported under another procedure, RET-6 nobody knows the conditions.
    """
    entry = law.find(TABLE, relief.removeprefix(PROCEDURE))
    if entry is None:
        return Conditions()
    stated = returned or Returned()
    wanted = _words(entry, "export_documents")
    named = next((each for each in stated.documents if not wanted or each.code.endswith(wanted)), None)
    failed = next(_failed(relief, entry, stated, named, previous, law.day), None)
    if failed is not None:
        return Conditions(failed, None, entry)
    told = {"relief": relief, "document": f"{named.code} {named.number}".strip() if named else "-"}
    told |= {"day": named.exported_on.isoformat() if named and named.exported_on else "-"}
    return Conditions(None, Step("relief.returned", told, "", entry.act), entry)


def _failed(
    relief: str, entry: Entry, stated: Returned, named: ExportDocument | None, previous: str, today: date
) -> Iterator[Finding]:
    wanted, left_under = _words(entry, "export_documents"), _words(entry, "previous")
    if entry.status is Status.UNKNOWN:
        yield _refused("RET-6", entry, relief)
    if wanted and (named is None or not named.number):
        yield _refused("RET-1", entry, relief, documents=", ".join(wanted))
    months = entry.fields.get("within_months")
    if isinstance(months, int):
        exported = named.exported_on if named else None
        if exported is None:
            yield _refused("RET-2", entry, relief)
        elif not exported <= today <= months_later(exported, months):
            told = {"exported": exported.isoformat(), "day": today.isoformat(), "months": str(months)}
            yield _refused("RET-3", entry, relief, **told)
    if entry.fields.get("same_state") is True and stated.changed:
        yield _refused("RET-4", entry, relief)
    if left_under and previous not in left_under:
        yield _refused("RET-5", entry, relief, previous=previous or "-", known=", ".join(left_under))


def _refused(code: str, entry: Entry, relief: str, **told: str) -> Finding:
    return Finding(code, "government_procedures", {"relief": relief, **told}, entry.act, Severity.WARNING)


def _words(entry: Entry, name: str) -> tuple[str, ...]:
    words = entry.fields.get(name)
    return words if isinstance(words, tuple) else ()

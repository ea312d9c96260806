# SPDX-License-Identifier: Apache-2.0
"""The rules of packages: kinds by Recommendation 21, marks, counts, and one package that holds several items."""

from __future__ import annotations

from collections.abc import Iterator

from gumruk.law.declarations.model import Packaging
from gumruk.law.declarations.reading import ItemReading, Reading
from gumruk.law.declarations.rules.head import WCO
from gumruk.law.declarations.rules.machinery import Context, Fault, item_rule, rule
from gumruk.law.kernel import Severity
from gumruk.law.reference import PackageKind

RECOMMENDATION = "UN/CEFACT Recommendation 21"
PACKAGING = f"{WCO}, class 93A"
COUNT_MAX = 99_999_999
"""WCO Data Model, number of packages: n..8."""
MARKS_LENGTH_MAX = 512
COUNTED = frozenset({PackageKind.PACKED, PackageKind.PIECE})


def _kind(packaging: Packaging, context: Context) -> PackageKind | None:
    return context.lists.goods.package_kinds.get(packaging.type_code or "")


@item_rule("DEC-125", act=PACKAGING, severity=Severity.WARNING)
def packages_are_stated(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Goods that have a gross mass say how they are packed, if only that they are not."""
    if item.gross_mass_kg is not None and not item.item.packagings:
        yield "packagings", {}


@item_rule("DEC-126", act=RECOMMENDATION)
def kinds_of_package_are_known(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A kind of package is a code of Recommendation 21."""
    kinds = context.lists.goods.package_kinds
    for place, packaging in enumerate(item.item.packagings):
        if kinds and packaging.type_code is not None and packaging.type_code not in kinds:
            yield f"packagings[{place}].type_code", {"code": packaging.type_code[:17] or "-"}


@item_rule("DEC-127", act=RECOMMENDATION, severity=Severity.WARNING)
def packages_have_a_kind(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Packages that are counted have a kind."""
    for place, packaging in enumerate(item.item.packagings):
        if packaging.type_code is None and packaging.quantity is not None:
            yield f"packagings[{place}].type_code", {"quantity": f"{packaging.quantity:f}"}


@item_rule("DEC-128", act="Kyoto Convention, General Annex, standard 3.12", severity=Severity.WARNING)
def packages_have_marks(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Packages have marks and numbers, if only that there are none: an officer finds them by these."""
    for place, packaging in enumerate(item.item.packagings):
        if not (packaging.marks_numbers_id or "").strip() and _kind(packaging, context) is PackageKind.PACKED:
            yield f"packagings[{place}].marks_numbers_id", {"code": packaging.type_code or "-"}


@item_rule("DEC-129", act=RECOMMENDATION, severity=Severity.WARNING)
def bulk_has_no_count(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Goods in bulk are not counted in packages."""
    for place, packaging in enumerate(item.item.packagings):
        count = packaging.quantity
        if count is not None and count > 1 and _kind(packaging, context) is PackageKind.BULK:
            yield f"packagings[{place}].quantity", {"code": packaging.type_code or "-", "quantity": f"{count:f}"}


@rule("DEC-130", act=f"{WCO}, 144", severity=Severity.WARNING)
def package_of_several_items_is_counted_once(reading: Reading, context: Context) -> Iterator[Fault]:
    """An item with zero packages lies in a package of another item: one with the same marks that counts it."""
    empty: list[tuple[str, ItemReading, Packaging]] = []
    counted: set[str] = set()
    for item in reading.items:
        for place, packaging in enumerate(item.item.packagings):
            if packaging.quantity == 0:
                empty.append((f"{item.path}.packagings[{place}].quantity", item, packaging))
            elif packaging.quantity is not None and packaging.marks_numbers_id:
                counted.add(_marks(packaging))
    for path, item, packaging in empty:
        if _marks(packaging) not in counted and _kind(packaging, context) is not PackageKind.BULK:
            yield (
                path,
                {
                    "item": str(item.item.sequence_numeric or "?"),
                    "marks": (packaging.marks_numbers_id or "-")[:60],
                },
            )


def _marks(packaging: Packaging) -> str:
    return " ".join((packaging.marks_numbers_id or "").split())


@item_rule("DEC-131", act=f"{WCO}, 144")
def packages_are_not_too_many(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The number of packages has at most eight digits."""
    for place, packaging in enumerate(item.item.packagings):
        if packaging.quantity is not None and packaging.quantity > COUNT_MAX:
            yield f"packagings[{place}].quantity", {"quantity": f"{packaging.quantity:f}"}


@item_rule("DEC-132", act=f"{WCO}, 144", severity=Severity.WARNING)
def packages_are_counted(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Packages, and pieces that travel without one, are counted."""
    for place, packaging in enumerate(item.item.packagings):
        if packaging.quantity is None and _kind(packaging, context) in COUNTED:
            yield f"packagings[{place}].quantity", {"code": packaging.type_code or "-"}


@item_rule("DEC-133", act=PACKAGING, severity=Severity.WARNING)
def packages_are_named_once(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """An item names packages of one kind and one mark once, with marks that fit the form."""
    seen: set[tuple[str | None, str]] = set()
    for place, packaging in enumerate(item.item.packagings):
        marks = packaging.marks_numbers_id
        if not marks:
            continue
        if (packaging.type_code, marks) in seen or len(marks) > MARKS_LENGTH_MAX:
            yield f"packagings[{place}].marks_numbers_id", {"marks": marks[:60], "most": str(MARKS_LENGTH_MAX)}
        seen.add((packaging.type_code, marks))

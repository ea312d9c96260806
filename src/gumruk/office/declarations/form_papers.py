# SPDX-License-Identifier: Apache-2.0
"""A file's forms: declaration, declaration of value, correction. What was declared, with what was assessed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings

from gumruk import texts
from gumruk.law.assessment import Assessment, assess
from gumruk.law.declarations import goods_facts
from gumruk.law.lawbook import Legal
from gumruk.office.declarations.form_filling import DeclarationFilling, Rows
from gumruk.office.declarations.form_head import form_head, watermark
from gumruk.office.declarations.models import Decision, File
from gumruk.office.declarations.queries import FilePage, moments_of
from gumruk.office.documents.parts import Named
from gumruk.office.documents.press import form_press
from gumruk.office.documents.render import Proof
from gumruk.office.lawbook.labels import country_name, installed_pack, label
from gumruk.office.lawbook.queries import law_by_digest
from gumruk.office.project.clock import legal_day
from gumruk.texts import formats

DECLARATION, VALUATION, CORRECTION = "declaration", "valuation", "correction"
FORMS = (DECLARATION, VALUATION, CORRECTION)
#: What a decision can change, and where a form shows it.
_DECIDED = {"code": "@item.code", "origin": "items.origins.country_code", "customs_value": "@item.customs_value"}


def forms_of(file: File) -> tuple[str, ...]:
    """Which forms a file has: what is imported has a value declaration, what was decided anew a correction."""
    kinds = (DECLARATION, VALUATION) if file.direction == "IM" else (DECLARATION,)
    if changes_of_file(file):
        kinds = (*kinds, CORRECTION)
    return tuple(kind for kind in kinds if kind in installed_pack().forms)


def changes_of_file(file: File) -> list[Decision]:
    """The decisions that replaced something declared, the oldest first."""
    return list(Decision.objects.filter(file=file.id).exclude(path="").order_by("number"))


@dataclass(frozen=True, slots=True)
class FormPaper:
    """A form as a document that is issued: its content without the words of any language."""

    kind: str
    page: FilePage

    @property
    def number(self) -> str:
        """The file's number, before it has one the declarant's reference."""
        return str(self.page.file)

    @property
    def office(self) -> Named:
        """The customs office."""
        return Named(self.page.file.office)

    @property
    def issued_at(self) -> datetime:
        """When what it says came about: the last decision, else acceptance, registration, lodging."""
        file = self.page.file
        changed = [decision.at for decision in self.page.decisions if decision.path]
        if self.kind == CORRECTION and changed:
            return max(changed)
        return file.accepted_at or file.registered_at or file.lodged_at

    def content(self) -> dict[str, object]:
        """The version's hash, the law, the charges and the decisions."""
        page = self.page
        lines = page.assessment.lines if page.assessment else ()
        return {
            "kind": self.kind,
            "number": self.number,
            "office": page.file.office,
            "version": page.version.number,
            "declared": hashlib.sha256(bytes(page.version.content)).hexdigest(),
            "law": page.file.law_digest,
            "charges": [[line.item or 0, line.code, line.computed, line.payable] for line in lines],
            "decisions": [[decision.number, decision.path, decision.decided] for decision in _changes(page)],
            "released": page.file.released_at,
        }


def form_render(paper: FormPaper, language: str, proof: Proof) -> bytes:
    """Set a form in type, with its proof on every sheet."""
    page, pack = paper.page, installed_pack()
    form, file = pack.forms[paper.kind], paper.page.file
    changed = paper.kind == CORRECTION
    filling = DeclarationFilling(
        form=form.id,
        language=language,
        pack=pack,
        reading=page.reading,
        assessment=page.assessment,
        facts=_facts(page, language),
        tables={"changes": _changes_rows(page, language), "differences": _difference_rows(page, language)}
        if changed
        else {},
    )
    head = form_head(
        form.id,
        language,
        settings.GUMRUK_COUNTRY,
        paper.number,
        paper.issued_at,
        training=proof.training,
        address=proof.address,
        control=proof.control,
    )
    marks = watermark(form, language, proof.training or file.training)
    if page.replay_differs:
        marks.append(texts.say(language, "document.form.altered"))
    return form_press(form, filling, language, head=head, watermark=marks)[0]


def _facts(page: FilePage, language: str) -> dict[str, str]:
    """What the file adds to the declaration."""
    file, zone = page.file, ZoneInfo(settings.GUMRUK_TIME_ZONE)
    changes = _changes(page)
    released = formats.moment(language, file.released_at, zone) if file.released_at else ""
    facts = {
        "number": file.number,
        "version": str(page.version.number),
        "office": file.office,
        "registered": _day(language, file.registered_at),
        "accepted": _day(language, file.accepted_at),
        "released": texts.say(language, "document.form.released", day=released) if released else "",
        "decision": ", ".join(str(decision.number) for decision in changes),
        "decided": _day(language, changes[-1].at) if changes else "",
        "grounds": "\n".join(f"{decision.number}. {decision.grounds}" for decision in changes),
    }
    if changes and page.assessment:
        before = as_declared(page)
        difference = page.assessment.total() - before.total()
        facts["difference"] = formats.money(language, difference, page.assessment.currency)
    return facts


def _day(language: str, at: datetime | None) -> str:
    return formats.day(language, legal_day(at)) if at else ""


def _changes(page: FilePage) -> list[Decision]:
    return [decision for decision in page.decisions if decision.path]


def as_declared(page: FilePage) -> Assessment:
    """What the charges would be without the decisions, under the same law on the same days."""
    file = page.file
    facts = goods_facts(page.reading, outside_hours=file.outside_hours)
    return assess(facts, Legal(law_by_digest(file.law_digest), moments_of(file), training=file.training))


def decided_words(kind: str, value: str, language: str) -> str:
    """A value before or after a decision, as the trade writes it."""
    if kind == "code":
        return formats.hs_code(value)
    if kind == "customs_value" and value:
        return formats.money(language, Decimal(value))
    return f"{value} {country_name(value, language)}" if kind == "origin" else value


def item_of(decision: Decision) -> int:
    """The place of the goods item that a decision concerns, from one."""
    return int(decision.path.partition("[")[2].partition("]")[0]) + 1


def _changes_rows(page: FilePage, language: str) -> Rows:
    form = installed_pack().forms.get(DECLARATION)
    rows = []
    for decision in _changes(page):
        box = form.box_of(_DECIDED.get(decision.kind, "")) if form else ""
        name = texts.say(language, f"declarations.kind.{decision.kind}")
        rows.append(
            {
                "item": str(item_of(decision)),
                "box": f"{box} {name}".strip(),
                "was": decided_words(decision.kind, decision.declared, language),
                "is": decided_words(decision.kind, decision.decided, language),
                "decision": str(decision.number),
            }
        )
    return rows


def _difference_rows(page: FilePage, language: str) -> Rows:
    return [
        {
            "item": str(item or ""),
            "charge": label("charges", name, language),
            "was": formats.money(language, was),
            "is": formats.money(language, now),
            "difference": formats.money(language, None if was is None or now is None else now - was),
        }
        for (item, name), (was, now) in differences(page)
    ]


def differences(page: FilePage) -> Iterator[tuple[tuple[int, str], tuple[Decimal | None, Decimal | None]]]:
    """Every charge that is another now: (item, name), what was payable, what is. Item 0: the whole declaration."""
    if page.assessment is None:
        return
    zero: Decimal | None = Decimal(0)
    was = {(line.item or 0, line.name): line.payable for line in as_declared(page).lines}
    now = {(line.item or 0, line.name): line.payable for line in page.assessment.lines}
    for key in sorted({*was, *now}):
        pair = was.get(key, zero), now.get(key, zero)
        if pair[0] != pair[1]:
            yield key, pair

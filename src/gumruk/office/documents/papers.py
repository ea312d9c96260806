# SPDX-License-Identifier: Apache-2.0
"""What each document says. `content` is what its digest covers, in no language; `facts` and `lists` are what a letter's
layout arranges, in the language of the paper: which names they have for which letter is told in the packs.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, Protocol

from gumruk import texts
from gumruk.law.kernel import Money
from gumruk.office.documents.parts import Facts, Listed, Named, PaidLine, Part, Signature, day, money, paid, whole
from gumruk.packs.letter_facts import CHARGES, FINDINGS, GOODS, PAID
from gumruk.texts import formats


class Paper(Protocol):
    """What every document has."""

    @property
    def kind(self) -> str: ...

    @property
    def number(self) -> str: ...

    @property
    def office(self) -> Named: ...

    @property
    def issued_at(self) -> datetime: ...

    def content(self) -> dict[str, object]:
        """What the document says, without the words of any language: its digest is kept when it is issued."""
        ...


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """A document that flows over pages: whose it is, and who signed it when."""

    kind: ClassVar[str]

    number: str
    office: Named
    issued_at: datetime
    signature: Signature

    def content(self) -> dict[str, object]:
        """What every letter's content begins with."""
        return {"kind": self.kind, "number": self.number, "office": self.office.code, "issued_at": self.issued_at}

    def facts(self, language: str) -> Facts:
        """What it says, by name."""
        return {"number": self.number, "office": self.office.printed}

    def lists(self, language: str) -> dict[str, Listed]:
        """What it lists, by name."""
        return {}


@dataclass(frozen=True, slots=True)
class FileLetter(LetterPaper):
    """A letter about a declaration."""

    declarant: Named

    def content(self) -> dict[str, object]:
        """What the content of every letter about a declaration begins with."""
        return {**LetterPaper.content(self), "declarant": self.declarant.code}

    def facts(self, language: str) -> Facts:
        """What it says, by name."""
        return {**LetterPaper.facts(self, language), "declarant": self.declarant.printed}


@dataclass(frozen=True, slots=True)
class ReceiptPaper(LetterPaper):
    """A receipt for money taken."""

    payer: Named | None
    amount: Money
    holder: str
    reference: str
    value_date: date
    remark: str = ""
    void_reason: str = ""

    kind = "receipt"

    def content(self) -> dict[str, object]:
        """Number, office, payer, amount and reference."""
        return {
            **LetterPaper.content(self),
            "payer": self.payer.code if self.payer else None,
            "amount": self.amount.amount,
            "currency": self.amount.currency,
            "holder": self.holder,
            "reference": self.reference,
            "value_date": self.value_date,
        }

    def facts(self, language: str) -> Facts:
        """The amount, who paid it how, and whether it is void."""
        return {
            **LetterPaper.facts(self, language),
            "payer": self.payer.printed if self.payer else "",
            "amount": formats.money(language, self.amount.amount, self.amount.currency),
            "holder": texts.say(language, f"document.receipt.holder_{self.holder}"),
            "reference": self.reference,
            "value_date": formats.day(language, self.value_date),
            "remark": self.remark,
            "void_reason": self.void_reason,
        }


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """One item of goods as a document lists it."""

    item: int
    code: str
    description: str
    packages: str
    net_mass_kg: Decimal | None


@dataclass(frozen=True, slots=True)
class ReleaseNote(FileLetter):
    """The goods may go."""

    consignee: Named
    procedure: Named
    transport: str
    goods: tuple[GoodsLine, ...]
    paid: tuple[PaidLine, ...]
    conditions: str = ""

    kind = "release_note"

    def content(self) -> dict[str, object]:
        """The file, its parties, its goods and its charges."""
        return {
            **FileLetter.content(self),
            "consignee": self.consignee.code,
            "procedure": self.procedure.code,
            "transport": self.transport,
            "goods": [[line.item, line.code, line.packages, line.net_mass_kg] for line in self.goods],
            "paid": [[line.charge.code, line.due.amount, line.due.currency, line.settled] for line in self.paid],
            "conditions": self.conditions,
        }

    def facts(self, language: str) -> Facts:
        """What was released to whom, under which conditions."""
        return {
            **FileLetter.facts(self, language),
            "currency": self._whole.currency if self._whole else "",
            "total": money(language, self._whole),
            "consignee": self.consignee.printed,
            "procedure": self.procedure.printed,
            "transport": self.transport,
            "conditions": self.conditions,
        }

    def lists(self, language: str) -> dict[str, Listed]:
        """The goods, and how their charges stand."""
        goods = [
            {
                "item": str(line.item),
                "code": formats.hs_code(line.code),
                "description": line.description,
                "packages": line.packages,
                "net_mass": formats.quantity(language, line.net_mass_kg, "KGM"),
            }
            for line in self.goods
        ]
        return {GOODS: Listed(goods), PAID: paid(language, self.paid, self._whole)}

    @property
    def _whole(self) -> Money | None:
        return whole(self.paid, self.paid[0].due.currency) if self.paid else None


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One finding, already in the words of the paper's language."""

    code: str
    place: str
    words: str
    mend: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class RegistrationRefusal(FileLetter):
    """A declaration that was not registered: all that is wrong at once, and how to appeal. It has no number of ours."""

    findings: tuple[FoundLine, ...]
    appeal_until: date | None = None

    kind = "registration_refusal"

    def content(self) -> dict[str, object]:
        """The reference, the declarant and the codes of all findings with their places."""
        return {
            **FileLetter.content(self),
            "findings": [[line.code, line.place] for line in self.findings],
            "appeal_until": self.appeal_until,
        }

    def facts(self, language: str) -> Facts:
        """How much is wrong, and until when it can be appealed."""
        return {
            **FileLetter.facts(self, language),
            "found": texts.count(language, "document.registration_refusal.found", len(self.findings)),
            "appeal_until": day(language, self.appeal_until),
        }

    def lists(self, language: str) -> dict[str, Listed]:
        """What is wrong, and how it is mended."""
        return {FINDINGS: Listed([asdict(line) for line in self.findings])}


@dataclass(frozen=True, slots=True)
class AssessedCharge:
    """One charge with its why: (words, figure) pairs and the act, in the words of the paper's language.

    `item` is 0 for a charge on the whole declaration; `amount` None where it could not be computed.
    """

    item: int
    charge: Named
    amount: Money | None
    steps: tuple[tuple[str, str], ...] = ()
    act: str = ""


@dataclass(frozen=True, slots=True)
class ChargesNotice(FileLetter):
    """What a declaration owes, each amount with the reason for it."""

    currency: str
    charges: tuple[AssessedCharge, ...]
    totals: tuple[PaidLine, ...]
    pay_until: date | None = None

    kind = "charges"

    def content(self) -> dict[str, object]:
        """Each charge of each item."""
        return {
            **FileLetter.content(self),
            "charges": [
                [line.item, line.charge.code, None if line.amount is None else line.amount.amount]
                for line in self.charges
            ],
            "currency": self.currency,
            "pay_until": self.pay_until,
        }

    def facts(self, language: str) -> Facts:
        """What is due in all, and until when."""
        return {
            **FileLetter.facts(self, language),
            "currency": self.currency,
            "total": money(language, whole(self.totals, self.currency)),
            "pay_until": day(language, self.pay_until),
        }

    def lists(self, language: str) -> dict[str, Listed]:
        """The totals by charge, then every line with its why."""
        return {
            PAID: paid(language, self.totals, whole(self.totals, self.currency)),
            CHARGES: Listed([self._line(language, line) for line in self.charges]),
        }

    def _line(self, language: str, line: AssessedCharge) -> Part:
        name, amount = line.charge.name, money(language, line.amount)
        if line.item:
            name = texts.say(language, "document.charges.of_item", item=line.item, charge=name)
        if line.amount is None:
            amount = texts.say(language, "document.charges.not_computed")
        return {"name": name, "amount": amount, "steps": [list(step) for step in line.steps], "act": line.act}

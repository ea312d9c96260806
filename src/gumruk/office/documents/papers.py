# SPDX-License-Identifier: Apache-2.0
"""What each document says. `content` is what its digest covers, in no language; `parts` is what the paper shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol
from zoneinfo import ZoneInfo

from gumruk import texts
from gumruk.law.kernel import Money
from gumruk.office.documents.parts import Named, PaidLine, Part, Signature, Word, note, paid, signed, table, words_of
from gumruk.texts import formats


class Paper(Protocol):
    """What every document has."""

    kind: str

    @property
    def number(self) -> str: ...

    @property
    def office(self) -> Named: ...

    @property
    def issued_at(self) -> datetime: ...

    def content(self) -> dict[str, object]:
        """What the document says, without the words of any language: its digest is kept when it is issued."""
        ...

    def parts(self, language: str, zone: ZoneInfo) -> list[Part]:
        """What the paper shows between head and foot."""
        ...


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """A receipt for money taken."""

    number: str
    office: Named
    issued_at: datetime
    signature: Signature
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
            "kind": self.kind,
            "number": self.number,
            "office": self.office.code,
            "issued_at": self.issued_at,
            "payer": self.payer.code if self.payer else None,
            "amount": self.amount.amount,
            "currency": self.amount.currency,
            "holder": self.holder,
            "reference": self.reference,
            "value_date": self.value_date,
        }

    def parts(self, language: str, zone: ZoneInfo) -> list[Part]:
        """The amount first, then who paid it how."""
        word = words_of(language, self.kind)
        shown = formats.money(language, self.amount.amount, self.amount.currency)
        rows = [
            [word("payer"), self.payer.printed if self.payer else word("payer_unknown"), True],
            [word("holder"), word(f"holder_{self.holder}")],
            [word("reference"), self.reference],
            [word("value_date"), formats.day(language, self.value_date)],
        ]
        if self.remark:
            rows.append([word("remark"), self.remark])
        parts = [note(word("void"), self.void_reason, strong=True)] if self.void_reason else []
        return [
            *parts,
            {"kind": "sum", "label": word("received"), "amount": shown},
            {"kind": "facts", "rows": rows},
            note("", word("use" if self.payer else "use_unknown")),
            signed(language, zone, self.signature, self.issued_at),
        ]


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """One item of goods as a document lists it."""

    item: int
    code: str
    description: str
    packages: str
    net_mass_kg: Decimal | None


@dataclass(frozen=True, slots=True)
class ReleaseNote:
    """The goods may go."""

    number: str
    office: Named
    issued_at: datetime
    signature: Signature
    declarant: Named
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
            "kind": self.kind,
            "number": self.number,
            "office": self.office.code,
            "issued_at": self.issued_at,
            "declarant": self.declarant.code,
            "consignee": self.consignee.code,
            "procedure": self.procedure.code,
            "transport": self.transport,
            "goods": [[line.item, line.code, line.packages, line.net_mass_kg] for line in self.goods],
            "paid": [[line.charge.code, line.due.amount, line.due.currency, line.settled] for line in self.paid],
            "conditions": self.conditions,
        }

    def parts(self, language: str, zone: ZoneInfo) -> list[Part]:
        """What was released to whom, the goods, and that the charges are settled."""
        word = words_of(language, self.kind)
        parts: list[Part] = [
            note(word("released"), word("released_words"), strong=True),
            {
                "kind": "facts",
                "rows": [
                    [word("declaration"), self.number, True],
                    [word("procedure"), self.procedure.printed],
                    [word("declarant"), self.declarant.printed],
                    [word("consignee"), self.consignee.printed],
                    [word("transport"), self.transport or word("none")],
                ],
            },
            {"kind": "section", "title": word("goods")},
            table(
                [
                    (word("item"), False, True),
                    (word("code"), False, False),
                    (word("description"), True, False),
                    (word("packages"), False, True),
                    (word("net_mass"), False, True),
                ],
                [
                    [
                        str(line.item),
                        formats.hs_code(line.code),
                        line.description,
                        line.packages,
                        formats.quantity(language, line.net_mass_kg, "KGM"),
                    ]
                    for line in self.goods
                ],
            ),
        ]
        if self.paid:
            parts += [{"kind": "section", "title": word("charges")}, paid(language, word, self.paid)]
        if self.conditions:
            parts.append(note(word("conditions"), self.conditions, strong=True))
        return [*parts, signed(language, zone, self.signature, self.issued_at)]


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One finding, already in the words of the paper's language."""

    code: str
    place: str
    words: str
    mend: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class RegistrationRefusal:
    """A declaration that was not registered: all that is wrong at once, and how to appeal. It has no number of ours."""

    number: str
    office: Named
    issued_at: datetime
    signature: Signature
    declarant: Named
    findings: tuple[FoundLine, ...]
    appeal_until: date | None = None

    kind = "registration_refusal"

    def content(self) -> dict[str, object]:
        """The reference, the declarant and the codes of all findings with their places."""
        return {
            "kind": self.kind,
            "number": self.number,
            "office": self.office.code,
            "issued_at": self.issued_at,
            "declarant": self.declarant.code,
            "findings": [[line.code, line.place] for line in self.findings],
            "appeal_until": self.appeal_until,
        }

    def parts(self, language: str, zone: ZoneInfo) -> list[Part]:
        """Who, what is wrong, how it is mended, what can be done against it."""
        word = words_of(language, self.kind)
        appeal = word("appeal")
        if self.appeal_until is not None:
            appeal = word("appeal_until", day=formats.day(language, self.appeal_until))
        return [
            {
                "kind": "facts",
                "rows": [[word("reference"), self.number, True], [word("declarant"), self.declarant.printed]],
            },
            {
                "kind": "section",
                "title": texts.count(language, "document.registration_refusal.found", len(self.findings)),
            },
            {
                "kind": "findings",
                "mend_label": word("mend"),
                "rows": [
                    {"code": line.code, "place": line.place, "words": line.words, "mend": line.mend, "act": line.act}
                    for line in self.findings
                ],
            },
            note(word("appeal_title"), appeal),
            signed(language, zone, self.signature, self.issued_at),
        ]


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
class ChargesNotice:
    """What a declaration owes, each amount with the reason for it."""

    number: str
    office: Named
    issued_at: datetime
    signature: Signature
    declarant: Named
    currency: str
    charges: tuple[AssessedCharge, ...]
    totals: tuple[PaidLine, ...]
    pay_until: date | None = None

    kind = "charges"

    def content(self) -> dict[str, object]:
        """Each charge of each item."""
        return {
            "kind": self.kind,
            "number": self.number,
            "office": self.office.code,
            "issued_at": self.issued_at,
            "declarant": self.declarant.code,
            "charges": [
                [line.item, line.charge.code, None if line.amount is None else line.amount.amount]
                for line in self.charges
            ],
            "currency": self.currency,
            "pay_until": self.pay_until,
        }

    def parts(self, language: str, zone: ZoneInfo) -> list[Part]:
        """The sum, the totals by charge, then every line with its why."""
        word = words_of(language, self.kind)
        whole = sum((line.due for line in self.totals), Money.zero(self.currency))
        rows = [[word("declaration"), self.number, True], [word("declarant"), self.declarant.printed]]
        if self.pay_until is not None:
            rows.append([word("pay_until"), formats.day(language, self.pay_until)])
        return [
            {"kind": "facts", "rows": rows},
            {"kind": "sum", "label": word("due"), "amount": formats.money(language, whole.amount, self.currency)},
            paid(language, word, self.totals),
            {"kind": "section", "title": word("why")},
            {"kind": "charges", "rows": [self._line(language, word, line) for line in self.charges]},
            signed(language, zone, self.signature, self.issued_at),
        ]

    def _line(self, language: str, word: Word, line: AssessedCharge) -> Part:
        name = word("of_item", item=line.item, charge=line.charge.name) if line.item else line.charge.name
        amount = word("not_computed")
        if line.amount is not None:
            amount = formats.money(language, line.amount.amount, line.amount.currency)
        return {"name": name, "amount": amount, "steps": [list(step) for step in line.steps], "act": line.act}

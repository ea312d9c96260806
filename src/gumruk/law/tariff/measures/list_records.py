# SPDX-License-Identifier: Apache-2.0
"""The records of a tariff's own code lists, and what ties one line of the nomenclature to another or to a footnote."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gumruk.law.tariff.measures.model import PRODUCT_LINE, Record


class CodeList(StrEnum):
    """The lists of codes that a tariff may keep with their days."""

    MONETARY_UNIT = "monetary_unit"
    UNIT = "unit"
    QUALIFIER = "qualifier"
    EXPRESSION = "expression"
    CONDITION = "condition"
    ACTION = "action"
    ADDITIONAL_CODE_TYPE = "additional_code_type"
    CERTIFICATE_TYPE = "certificate_type"
    FOOTNOTE_TYPE = "footnote_type"


@dataclass(frozen=True, slots=True)
class ListedCode(Record):
    """A code of a list: "EUR" of the monetary units, "DTN" of the units, "V" of the condition codes."""

    list: CodeList
    code: str

    @property
    def identity(self) -> object:
        return (self.list, self.code, self.starts_on)

    @property
    def name(self) -> str:
        """The list and the code, by which it is found."""
        return f"{self.list}/{self.code}"


@dataclass(frozen=True, slots=True)
class GoodsOrigin(Record):
    """The line that a new line (by its sid, or its code) comes from."""

    line: str
    code: str
    derived: str
    derived_suffix: str = PRODUCT_LINE

    @property
    def identity(self) -> object:
        return (self.line, self.derived, self.derived_suffix)


@dataclass(frozen=True, slots=True)
class GoodsSuccessor(Record):
    """The line that takes the place of one that ended (by its sid, or its code)."""

    line: str
    code: str
    absorbed: str
    absorbed_suffix: str = PRODUCT_LINE

    @property
    def identity(self) -> object:
        return (self.line, self.absorbed, self.absorbed_suffix)


@dataclass(frozen=True, slots=True)
class GoodsFootnote(Record):
    """A footnote with a line of the nomenclature (by its sid, or its code) for some days."""

    line: str
    code: str
    footnote: str

    @property
    def identity(self) -> object:
        return (self.line, self.footnote, self.starts_on)

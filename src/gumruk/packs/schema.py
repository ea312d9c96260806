# SPDX-License-Identifier: Apache-2.0
"""Which tables a country pack has, and what each column holds.

A new table is one entry of `TABLES`; its rows then become law entries (`gumruk.law.lawbook.Entry`) under its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Type(StrEnum):
    """What a cell holds. Decimals are quoted in TOML; lists are arrays in TOML and parted by spaces in CSV."""

    TEXT = "text"
    CODE = "code"
    DECIMAL = "decimal"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    LIST = "list"
    DATE = "date"
    TIME = "time"
    ROUNDING = "rounding"
    MOMENT = "moment"
    PATTERN = "pattern"
    FORM = "form"
    FIELD = "field"
    RULE = "rule"
    EXPRESSION = "expression"
    DUTY = "duty"
    COMMODITY = "commodity"
    COMMODITIES = "commodities"
    COUNTRIES = "countries"
    CURRENCY = "currency"
    UNIT = "unit"
    WEEKDAY = "weekday"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type, whether a known row must fill it, the words it may hold, the table its codes come from.

    `codes_of` is `table` (its keys) or `table.field` (what stands in that field), or two of these with a blank between
    them; `result` is what an expression must give: number or boolean.
    """

    name: str
    type: Type = Type.TEXT
    required: bool = True
    choices: tuple[str, ...] = ()
    codes_of: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its key columns (joined by a dot), its fields, and what is asked of its rows.

    `labelled` names the field whose text is the label's key ("" the row's own key, None: no labels).
    `continuous`: the periods of one key may leave no day out between them.
    """

    name: str
    keys: tuple[Column, ...]
    fields: tuple[Column, ...]
    labelled: str | None = None
    continuous: bool = False
    required: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """Key columns, then fields."""
        return self.keys + self.fields


#: What stands in every row beside the table's own columns.
ROW_COLUMNS = ("valid_from", "valid_to", "act", "status")
OPTIONAL_ROW_COLUMNS = ("note",)

PACK_COLUMNS = ("country", "currency", "time_zone", "languages", "version", "title")
ACT_COLUMNS = ("id", "title", "date", "source", "status")
OPTIONAL_ACT_COLUMNS = ("note", "text_sha256", "confirmed_by")
LABEL_COLUMNS = ("table", "key", "lang", "label")

VALUE_TYPES = ("decimal", "integer", "text", "list", "boolean")
#: Values whose keys begin so are held to more than their type.
VALUE_FORMS = {
    "rounding.": Type.ROUNDING,
    "legal_moment.": Type.MOMENT,
    "agricultural.": Type.COMMODITIES,
    "number.pattern": Type.PATTERN,
    "receipt.pattern": Type.PATTERN,
    "form.": Type.FORM,
}
#: What holds several words.
LISTS = (Type.LIST, Type.COUNTRIES, Type.COMMODITIES)

#: How a rule of the declaration weighs; `off`: it is not asked.
GRADES = ("error", "warning", "information", "off")
#: Of whom a row speaks: of imports, of exports, of both.
FLOWS = ("any", "import", "export")

_CODE, _LIST = Type.CODE, Type.LIST

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "values",
            (Column("key", _CODE),),
            (Column("value", Type.VALUE), Column("type", _CODE, choices=VALUE_TYPES)),
            continuous=True,
            required=True,
        ),
        Table(
            "charges",
            (Column("code", _CODE),),
            (
                Column("order", Type.INTEGER),
                Column("name", _CODE),
                Column("level", _CODE, choices=("item", "declaration")),
                Column("kind", _CODE, choices=("duty", "excise", "vat", "fee")),
                Column("when", Type.EXPRESSION, result="boolean"),
                Column("base", Type.EXPRESSION, required=False, result="number"),
                Column("rate_table", _CODE, required=False, choices=("tariff", "excise")),
                Column("amount", Type.EXPRESSION, required=False, result="number"),
                Column("bracket_table", _CODE, required=False, choices=("fees",)),
                Column("bracket_on", Type.EXPRESSION, required=False, result="number"),
                Column("rounding", Type.ROUNDING),
                Column("budget_code", _CODE, required=False),
            ),
            labelled="name",
            continuous=True,
            required=True,
        ),
        Table("tariff", (Column("code", Type.COMMODITY, required=False),), (Column("duty", Type.DUTY),)),
        Table("excise", (Column("code", Type.COMMODITY, required=False),), (Column("duty", Type.DUTY),)),
        Table("tariff_lines", (Column("code", Type.COMMODITY),), (Column("unit", Type.UNIT),)),
        Table(
            "preferences",
            (Column("scheme", _CODE),),
            (
                Column("countries", Type.COUNTRIES),
                Column("proof", _LIST, codes_of="documents"),
                Column("duty", Type.DUTY),
                Column("charge", _CODE, codes_of="charges.name"),
                Column("excluded", Type.COMMODITIES, required=False),
            ),
            labelled="",
        ),
        Table(
            "preference_conditions",
            (Column("scheme", _CODE, codes_of="preferences"),),
            (
                Column("proof_valid_days", Type.INTEGER),
                Column("direct_transport", _CODE, choices=("origin", "parties", "any")),
                Column("transit_proof", _LIST, required=False, codes_of="documents"),
            ),
        ),
        Table(
            "procedures",
            (Column("code", _CODE),),
            (
                Column("flow", _CODE, choices=("import", "export", "transit", "other")),
                Column("collect", _CODE, choices=("payable", "secured", "relieved", "none")),
                Column("chapter", _CODE, required=False),
            ),
            labelled="",
            required=True,
        ),
        Table(
            "reliefs",
            (Column("code", _CODE),),
            (
                Column("charges", _LIST, codes_of="charges.name"),
                Column("when", Type.EXPRESSION, required=False, result="boolean"),
            ),
            labelled="",
        ),
        Table(
            "relief_conditions",
            (Column("relief", _CODE, codes_of="reliefs procedures"),),
            (
                Column("export_documents", _LIST, required=False, codes_of="documents"),
                Column("previous", _LIST, required=False, codes_of="procedures"),
                Column("within_months", Type.INTEGER, required=False),
                Column("same_state", Type.BOOLEAN),
            ),
        ),
        Table(
            "flat_rates",
            (Column("rate", _CODE),),
            (
                Column("traffic", _CODE),
                Column("codes", Type.COMMODITIES, required=False),
                Column("currency", Type.CURRENCY, required=False),
                Column("free_value", Type.DECIMAL, required=False),
                Column("free_mass_kg", Type.DECIMAL, required=False),
                Column("unit", Type.UNIT, required=False),
                Column("free_quantity", Type.DECIMAL, required=False),
                Column("most_quantity", Type.DECIMAL, required=False),
                Column("duty", Type.DUTY),
            ),
            labelled="",
        ),
        Table(
            "offices",
            (Column("code", _CODE),),
            (
                Column("place"),
                Column("kind", _CODE, choices=("road", "rail", "air", "inland")),
                Column("counterpart", Type.TEXT, required=False),
                Column("region", _CODE),
                Column("hours", _CODE, required=False, codes_of="hours"),
            ),
            labelled="",
            required=True,
        ),
        Table(
            "hours",
            (Column("hours", _CODE), Column("weekday", Type.WEEKDAY)),
            (Column("opens", Type.TIME), Column("closes", Type.TIME)),
        ),
        Table("holidays", (Column("day", Type.DATE),), (Column("name", _CODE),), labelled="name"),
        Table("currencies", (Column("code", Type.CURRENCY),), (Column("digits", Type.INTEGER),), required=True),
        Table(
            "exchange_rates",
            (Column("currency", Type.CURRENCY),),
            (Column("amount", Type.DECIMAL), Column("per", Type.INTEGER)),
            continuous=True,
        ),
        Table(
            "documents",
            (Column("code", _CODE),),
            (Column("kind", _CODE), Column("national_code", _CODE, required=False)),
            labelled="",
        ),
        Table(
            "fees",
            (Column("bracket", _CODE),),
            (
                Column("from", Type.DECIMAL),
                Column("to", Type.DECIMAL, required=False),
                Column("amount", Type.DECIMAL),
            ),
        ),
        Table(
            "penalties",
            (Column("penalty", _CODE),),
            tuple(
                Column(name, Type.DECIMAL, required=False)
                for name in ("share", "units", "units_per_day", "least_units", "most_units", "most_share")
            ),
            labelled="",
        ),
        Table(
            "budget",
            (Column("charge", _CODE, codes_of="charges.name"),),
            (Column("budget_code", _CODE), Column("treasury_account", _CODE)),
        ),
        Table(
            "checks",
            (Column("rule", Type.RULE),),
            (Column("grade", _CODE, choices=GRADES), Column("number", Type.DECIMAL, required=False)),
        ),
        Table("codes", (Column("list", _CODE), Column("code", _CODE)), ()),
        Table(
            "plausible",
            (Column("code", Type.COMMODITY, required=False), Column("unit", _CODE)),
            (
                Column("currency", Type.CURRENCY),
                Column("price_least", Type.DECIMAL, required=False),
                Column("price_most", Type.DECIMAL, required=False),
                Column("mass_least_kg", Type.DECIMAL, required=False),
                Column("mass_most_kg", Type.DECIMAL, required=False),
            ),
        ),
        Table(
            "required",
            (
                Column("flow", _CODE, choices=FLOWS),
                Column("procedure", _CODE),
                Column("code", Type.COMMODITY, required=False),
                Column("field", Type.FIELD),
            ),
            (Column("grade", _CODE, choices=GRADES),),
        ),
        Table(
            "required_documents",
            (Column("demand", _CODE),),
            (
                Column("flow", _CODE, choices=FLOWS),
                Column("procedures", _LIST, required=False, codes_of="procedures"),
                Column("codes", Type.COMMODITIES, required=False),
                Column("origins", Type.COUNTRIES, required=False),
                Column("preferences", _LIST, required=False, codes_of="preferences"),
                Column("value_over", Type.DECIMAL, required=False),
                Column("documents", _LIST, codes_of="documents"),
                Column("grade", _CODE, choices=GRADES),
            ),
        ),
        Table(
            "permit_places",
            (Column("bound", _CODE),),
            (
                Column("flow", _CODE, choices=FLOWS),
                Column("codes", Type.COMMODITIES),
                Column("offices", _LIST, codes_of="offices"),
                Column("grade", _CODE, choices=GRADES),
            ),
        ),
        Table(
            "document_formats",
            (Column("document", _CODE, codes_of="documents"),),
            (
                Column("form", Type.FORM, required=False),
                Column("dated", Type.BOOLEAN),
                Column("valid_days", Type.INTEGER, required=False),
            ),
        ),
    )
}

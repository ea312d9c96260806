# SPDX-License-Identifier: Apache-2.0
"""The page `docs/formats/asycuda.md`."""

from __future__ import annotations

from gumruk.law.declarations.model import DATA_MODEL_VERSION
from gumruk.wire.asycuda.profile import DIALECT
from gumruk.wire.tables import page

PAGE_PATH = "docs/formats/asycuda.md"
_HEAD = f"""<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- Made from src/gumruk/wire/asycuda/profile.py: change the tables there, not this page. -->
# ASYCUDA World SAD, element by element

Format `asycuda`: the single administrative document as ASYCUDA World exports and imports it (root `ASYCUDA`). There is
no official public schema and countries differ; so a well-formed message is never refused for what it lacks or adds.

- **Names** are found without regard to capitals: `Date_of_exit` and `Date_of_Exit`, `Gs_external_freight` and
  `Gs_External_freight`, `A.I._code` and `AI_code` are the same. Order does not matter in reading.
- **Nothing is lost**: what no row names is kept with the nearest object, with its place, and written again. Empty has
  three spellings (`<X/>`, `<X><null/></X>`, absent) and empty rows of the form (`Taxation_line`, `Item_tax_total`) may
  stand in any number: each comes back as it was.
- **Spellings** (`1.0623724E7`, `350,5`, `8/24/16`) come back as they were as long as the value is the same. A number
  like `1,234`, which can be two numbers, is not read as either; it stays in the message.
- **Days**: with a short year the month is first; with a long year a day is read only if it can be one day only. Another
  day stays a text.
- **0** as a cost without a currency, or as a guarantee, is an empty box and not an amount.
- **What follows a value** (the name beside a code, the same amount in another currency) goes when the value changes.
- **Type**: `IM` and `4` are `IM4`. `IMA` of the Data Model is written `IM` with the first figure of the procedure.
- **Function**: such a message is a new declaration (function code 9).
- **Traders**: the first line of the one field is the name, the lines below it the address.
- **Documents of the whole declaration** are written at the first item: the form has no other place for them.
- A declaration from another format is written into the empty form; a country's own values (national amounts, tax
  totals) are its system's to fill.

`*` repeats; `a|b` is one with two names, or the field that is taken when the first is not there. The WCO column has the
Data Model's class and element number (version {DATA_MODEL_VERSION}).
"""


def page_text() -> str:
    """The whole page."""
    return page.page_text(DIALECT, _HEAD)

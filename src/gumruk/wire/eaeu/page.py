# SPDX-License-Identifier: Apache-2.0
"""The page `docs/formats/eaeu.md`."""

from __future__ import annotations

from gumruk.law.declarations.model import DATA_MODEL_VERSION
from gumruk.wire.eaeu.profile import ALBUM, DIALECT
from gumruk.wire.tables import page

PAGE_PATH = "docs/formats/eaeu.md"
_HEAD = f"""<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- Made from src/gumruk/wire/eaeu/profile.py: change the tables there, not this page. -->
# The EAEU goods declaration, element by element

Format `eaeu`: `ESADout_CU`, alone or in its envelope `ED_Container`. Any album's version is read, with any prefixes or
without namespaces; a declaration that came from another format is written in album {ALBUM}. A well-formed declaration
is never refused for what it lacks or adds.

- **Nothing is lost**: what no row names is kept with the nearest object, with its place, and written again; so are the
  envelope with the other documents in it, and the versions of all namespaces.
- **Names** are the album's own, misspellings too (`CounryName`, `Consigment`, `PakageQuantity`).
- **Direction**: `ИМ`, `ЭК`, `ТТ` (Cyrillic) are `IM`, `EX`, `TR`; with the procedure, `ИМ` and `40` are `IM40`. `IMA`
  of the Data Model is written `ИМ` with the procedure of the first item.
- **Function**: such a message is a new declaration (function code 9).
- **`EqualIndicator`** and `DeclarantEqualFlag` say that a party is the declarant: it is then read as he is, and written
  so again as long as it is.
- **A party's number** is the one of its country's register (INN, BIN, IIN, UNP, UNN), for other countries the customs
  number UITN.
- **Codes**: currencies and units by number become letters, seven papers of every trade the codes of UN/EDIFACT 1001
  (`04021` is 380), modes of transport those of Recommendation 19. A code that is not in these lists stays as it came.
- **A compound rate** ("4 % but not less than 0.015 EUR/kg") has its first part in the model, the whole in the message.
- **Documents, invoices and containers of the whole declaration** are written at the first item.
- Codes of another country's lists stand in what is written from another format: the receiver's schema may refuse them.

`*` repeats; `a|b` is one with two names, or the field that is taken when the first is not there; `#2` is the second of
its name. The WCO column has the Data Model's class and element number (version {DATA_MODEL_VERSION}).
"""


def page_text() -> str:
    """The whole page."""
    return page.page_text(DIALECT, _HEAD)

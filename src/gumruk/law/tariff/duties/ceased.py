# SPDX-License-Identifier: Apache-2.0
"""Currencies that ceased to exist, with the last day of each.

The euro's by Council Regulation (EC) 974/98 and the acts that amend it for each later member; the others by the days on
which their countries brought in the money that follows (ISO 4217, list three). One that is not here is not known to
have ceased.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

_LAST: Mapping[str, str] = {
    "1998-12-31": "ATS BEF DEM ESP FIM FRF IEP ITL LUF NLG PTE XEU",
    "1999-12-31": "BYB",
    "1997-12-31": "RUR",
    "2000-10-29": "TJR",
    "2000-12-31": "GRD",
    "2004-12-31": "TRL",
    "2005-06-30": "ROL",
    "2005-12-31": "AZM",
    "2006-12-31": "SIT",
    "2007-12-31": "CYP MTL",
    "2008-12-31": "SKK TMM",
    "2010-12-31": "EEK",
    "2013-12-31": "LVL",
    "2014-12-31": "LTL",
    "2016-06-30": "BYR",
    "2022-12-31": "HRK",
    "2025-12-31": "BGN",
}
#: The last day of a currency, by its ISO 4217 code.
CEASED: Mapping[str, date] = {code: date.fromisoformat(day) for day, codes in _LAST.items() for code in codes.split()}

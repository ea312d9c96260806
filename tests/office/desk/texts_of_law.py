# SPDX-License-Identifier: Apache-2.0
"""Official texts that a story holds: Nekruz, the administrator, imports them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tests.office.declarations.stage import OPENED, Stage

from gumruk.office.nomenclature.keeping import Outcome, texts_import

ACT = "TJ-TEST"


def hold(
    stage: Stage,
    rows: Sequence[tuple[str, str]],
    language: str = "tg",
    first: str = "2026-01-01",
    last: str | None = None,
    act: str = ACT,
    country: str = "TJ",
) -> Outcome:
    """Import texts as an edition from its first to its last day."""
    with stage.acting("nekruz") as by:
        return texts_import(
            rows=rows,
            country=country,
            language=language,
            act=act,
            valid_from=date.fromisoformat(first),
            valid_to=date.fromisoformat(last) if last else None,
            file="texts.csv",
            by=by,
            at=OPENED,
        )

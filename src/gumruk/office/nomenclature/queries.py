# SPDX-License-Identifier: Apache-2.0
"""What other areas ask the nomenclature: codes for words, with the same answer everywhere."""

from __future__ import annotations

from gumruk.office.nomenclature.edition_queries import official_on
from gumruk.office.nomenclature.editions import NO_TEXTS, OfficialText, OfficialTexts
from gumruk.office.nomenclature.finding import finder
from gumruk.office.nomenclature.fitting import Fit, Verdict, fit_of, fit_remembered
from gumruk.office.nomenclature.narrowing import answers_read, asked_group, narrowed
from gumruk.office.nomenclature.readiness import RETRY_SECONDS, finder_follow, ready_finder
from gumruk.office.nomenclature.telling import LETTERS_MAX, answer_of, found_shown, label_of, noted, result_shown

__all__ = [
    "LETTERS_MAX",
    "NO_TEXTS",
    "RETRY_SECONDS",
    "Fit",
    "OfficialText",
    "OfficialTexts",
    "Verdict",
    "answer_of",
    "answers_read",
    "asked_group",
    "finder",
    "finder_follow",
    "fit_of",
    "fit_remembered",
    "found_shown",
    "label_of",
    "narrowed",
    "noted",
    "official_on",
    "ready_finder",
    "result_shown",
]

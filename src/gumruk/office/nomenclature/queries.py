# SPDX-License-Identifier: Apache-2.0
"""What other areas ask the nomenclature: codes for words, with the same answer everywhere."""

from __future__ import annotations

from gumruk.office.nomenclature.finding import finder
from gumruk.office.nomenclature.fitting import Fit, Verdict, fit_of, fit_remembered
from gumruk.office.nomenclature.narrowing import answers_read, asked_group, narrowed
from gumruk.office.nomenclature.readiness import RETRY_SECONDS, finder_prepare, ready_finder
from gumruk.office.nomenclature.telling import answer_of, found_shown, label_of, noted, official_of, result_shown

#: A text longer than this is read to here: an invoice's line is shorter.
LETTERS_MAX = 2000

__all__ = [
    "LETTERS_MAX",
    "RETRY_SECONDS",
    "Fit",
    "Verdict",
    "answer_of",
    "answers_read",
    "asked_group",
    "finder",
    "finder_prepare",
    "fit_of",
    "fit_remembered",
    "found_shown",
    "label_of",
    "narrowed",
    "noted",
    "official_of",
    "ready_finder",
    "result_shown",
]

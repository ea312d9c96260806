# SPDX-License-Identifier: Apache-2.0
"""Origin, value and tariff become charges, each explained."""

from __future__ import annotations

from gumruk.law.assessment.compiled import Amounts, Computed, compute
from gumruk.law.assessment.explained import assess
from gumruk.law.assessment.flat import CarriedGoods, FlatAssessment, FlatCharge, Measures, flat_assessment
from gumruk.law.assessment.inward import Fate, InwardProcessing, Kind, Output, Scale, inward_processing
from gumruk.law.assessment.model import AssessedItem, Assessment, ChargeLine, GoodsFacts, ItemFacts
from gumruk.law.assessment.outward import Method, OutwardProcessing, outward_processing
from gumruk.law.assessment.plan import PlannedCharge
from gumruk.law.assessment.reassessment import Difference, Reassessment, reassessed
from gumruk.law.assessment.returned import ExportDocument, Returned
from gumruk.law.assessment.temporary import PartialRelief, months_begun, months_later, partial_relief
from gumruk.law.assessment.vocabulary import (
    currencies_of,
    declaration_vocabulary,
    item_vocabulary,
    law_field,
    law_fields,
)

__all__ = [
    "Amounts",
    "AssessedItem",
    "Assessment",
    "CarriedGoods",
    "ChargeLine",
    "Computed",
    "Difference",
    "ExportDocument",
    "Fate",
    "FlatAssessment",
    "FlatCharge",
    "GoodsFacts",
    "InwardProcessing",
    "ItemFacts",
    "Kind",
    "Measures",
    "Method",
    "Output",
    "OutwardProcessing",
    "PartialRelief",
    "PlannedCharge",
    "Reassessment",
    "Returned",
    "Scale",
    "assess",
    "compute",
    "currencies_of",
    "declaration_vocabulary",
    "flat_assessment",
    "inward_processing",
    "item_vocabulary",
    "law_field",
    "law_fields",
    "months_begun",
    "months_later",
    "outward_processing",
    "partial_relief",
    "reassessed",
]

# SPDX-License-Identifier: Apache-2.0
"""Measures as the world's tariffs keep them. How a reader builds a tariff: see `measures.model`."""

from __future__ import annotations

from gumruk.law.tariff.measures.applying import measures_for, units_of
from gumruk.law.tariff.measures.claim import Applied, MeasuresFound, NotApplied, Reason, TariffClaim
from gumruk.law.tariff.measures.components import duty_of
from gumruk.law.tariff.measures.kinds import claims_of, kind_of
from gumruk.law.tariff.measures.model import (
    ALL_GOODS,
    ERGA_OMNES,
    PRODUCT_LINE,
    AdditionalCode,
    Applicable,
    AreaKind,
    Certificate,
    Effect,
    Footnote,
    GeographicalArea,
    GeographicalMembership,
    GoodsNomenclature,
    Measure,
    MeasureAction,
    MeasureComponent,
    MeasureCondition,
    MeasureKind,
    MeasureType,
    MeasureTypeSeries,
    Movement,
    Record,
    Regulation,
    digits_of,
    indent_of,
)
from gumruk.law.tariff.measures.of_law import tariff_of
from gumruk.law.tariff.measures.quota_records import (
    QuotaAssociation,
    QuotaBalance,
    QuotaBlockingPeriod,
    QuotaDefinition,
    QuotaOrderNumber,
    QuotaOrderNumberOrigin,
    QuotaState,
    QuotaSuspensionPeriod,
)
from gumruk.law.tariff.measures.tariff import Tariff

__all__ = [
    "ALL_GOODS",
    "ERGA_OMNES",
    "PRODUCT_LINE",
    "AdditionalCode",
    "Applicable",
    "Applied",
    "AreaKind",
    "Certificate",
    "Effect",
    "Footnote",
    "GeographicalArea",
    "GeographicalMembership",
    "GoodsNomenclature",
    "Measure",
    "MeasureAction",
    "MeasureComponent",
    "MeasureCondition",
    "MeasureKind",
    "MeasureType",
    "MeasureTypeSeries",
    "MeasuresFound",
    "Movement",
    "NotApplied",
    "QuotaAssociation",
    "QuotaBalance",
    "QuotaBlockingPeriod",
    "QuotaDefinition",
    "QuotaOrderNumber",
    "QuotaOrderNumberOrigin",
    "QuotaState",
    "QuotaSuspensionPeriod",
    "Reason",
    "Record",
    "Regulation",
    "Tariff",
    "TariffClaim",
    "claims_of",
    "digits_of",
    "duty_of",
    "indent_of",
    "kind_of",
    "measures_for",
    "tariff_of",
    "units_of",
]

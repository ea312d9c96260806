# SPDX-License-Identifier: Apache-2.0
"""The table of a goods item of the EAEU's form, and of all that repeats in it: documents, payments, packages ..."""

from __future__ import annotations

from decimal import Decimal

from gumruk.law.declarations import model
from gumruk.wire.eaeu import templates
from gumruk.wire.eaeu.conversions import AMOUNT, DESCRIPTION, DOCUMENT_CODE, MEASURE, PREFERENCE, PREVIOUS, TAX_BASE
from gumruk.wire.numbers import number_text
from gumruk.wire.tables import conversions
from gumruk.wire.tables.conversions import INTEGER, ISO_DATE, MASS, NUMBER, TEXT, plain_amount, single
from gumruk.wire.tables.table import Conversion, Echo, Many, Row, Table, Values, row

_DOLLARS = single(
    "amount in US dollars",
    lambda text: None if (value := conversions.number(text)) is None else model.Amount(value, "USD"),
    lambda found: number_text(found.value),
    is_number=True,
)
_COMMODITY = Conversion(
    "code of the goods",
    lambda texts: (texts[0], None, None),
    lambda values: (values[0] or f"{values[1] or ''}{values[2] or ''}" or None,),
)

_DOCUMENT = Table(
    "ESADout_CUPresentedDocument",
    model.AdditionalDocument,
    templates.DOCUMENT,
    (
        row("PrDocumentName", "name", TEXT),
        row("PrDocumentNumber", "id", TEXT),
        row("PrDocumentDate", "issue", ISO_DATE),
        Row(
            ("PresentedDocumentModeCode",),
            ("type_code", "category_code"),
            DOCUMENT_CODE,
        ),
        row("DocumentBeginActionsDate", "effective", ISO_DATE),
        row("DocumentEndActionsDate", "expiration", ISO_DATE),
        row("ExecutiveName", "issuer_name", TEXT),
    ),
    prunes=True,
)

_PREVIOUS_DOCUMENT = Table(
    "ESADout_CUPrecedingDocument",
    model.PreviousDocument,
    templates.PREVIOUS_DOCUMENT,
    (
        Row(
            (
                "PrecedingDocumentCustomsCode",
                "PrecedingDocumentDate",
                "PrecedingDocumentNumber",
                "OtherPrDocumentNumber",
                "OtherPrDocumentDate",
            ),
            ("id", "issue"),
            PREVIOUS,
        ),
        row("PrecedingDocumentGoodsNumeric", "line_numeric", INTEGER),
        row("PrecedingDocumentModeCode", "type_code", TEXT),
        Row(
            (
                "SupplementaryGoodsQuantity/GoodsQuantity",
                "SupplementaryGoodsQuantity/MeasureUnitQualifierCode",
            ),
            ("write_off.quantity",),
            MEASURE,
            ("SupplementaryGoodsQuantity/MeasureUnitQualifierName",),
        ),
    ),
    prunes=True,
)

_PAYMENT = Table(
    "ESADout_CUCustomsPaymentCalculation",
    model.DutyTaxFee,
    templates.PAYMENT,
    (
        row("PaymentModeCode", "type_code", TEXT),
        Row(("PaymentAmount", "PaymentCurrencyCode"), ("payment_amount|tax_assessed_amount",), AMOUNT),
        Row(
            ("TaxBase", "TaxBaseCurrencyCode", "TaxBaseTNVEDQualifierCode"),
            ("ad_valorem_tax_base", "specific_tax_base_quantity"),
            TAX_BASE,
        ),
        row("Rate", "tax_rate_numeric", NUMBER),
        row("PaymentCode", "payment_method_code", TEXT),
    ),
    needs=("type_code", "payment_amount", "ad_valorem_tax_base", "specific_tax_base_quantity", "tax_rate_numeric"),
    prunes=True,
)

_PACKAGING = Table(
    "PackagePalleteInformation",
    model.Packaging,
    templates.PACKAGING,
    (
        row("PalleteCode", "type_code", TEXT),
        row("PalleteQuantity", "quantity", NUMBER),
        row("CargoDescriptionText", "marks_numbers_id", TEXT),
    ),
    prunes=True,
)

_CONTAINER = Table(
    "ContainerNumber",
    model.TransportEquipment,
    templates.CONTAINER,
    (
        row("ContainerIdentificaror", "id", TEXT),
        row("FullIndicator", "fullness_code", TEXT),
    ),
    prunes=True,
)

_VEHICLE = Table(
    "GoodsAutomobile",
    model.Vehicle,
    templates.VEHICLE,
    (
        row("Model", "model_name", TEXT),
        row("Mark", "make_name", TEXT, "MarkCode"),
        row("OfftakeYear", "manufacture_year", INTEGER),
        Row(
            ("EngineVolumeQuanity/MeasuredAmount", "EngineVolumeQuanity/MeasureUnitQualifierCode"),
            ("engine_capacity",),
            MEASURE,
            ("EngineVolumeQuanity/MeasureUnitQualifierName",),
        ),
        row("VINID", "id", TEXT),
        row("BodyID", "body_id", TEXT),
        row("EngineID", "engine_id", TEXT),
        row("ChassisID", "chassis_id", TEXT),
        Row(
            ("EngineMaxPowerMeasure/MeasuredAmount", "EngineMaxPowerMeasure/MeasureUnitQualifierCode"),
            ("engine_power",),
            MEASURE,
            ("EngineMaxPowerMeasure/MeasureUnitQualifierName",),
        ),
    ),
    prunes=True,
)


def _places(values: Values) -> str | None:
    """All packages of an item."""
    quantities: list[Decimal] = [part.quantity for part in values[0] or () if part.quantity is not None]
    return number_text(sum(quantities, Decimal())) if quantities else None


def _count(values: Values) -> str | None:
    return str(len(values[0])) if values[0] else None


def _feature(values: Values) -> str | None:
    """What is special about the goods' movement: 000 where nothing is."""
    if not values[0]:
        return None
    code: str | None = values[0][1].current_code if len(values[0]) > 1 else None
    return code or "000"


GOODS = Table(
    "ESADout_CUGoods",
    model.GoodsItem,
    templates.GOODS,
    (
        row("GoodsNumeric", "sequence_numeric", INTEGER),
        Row(
            ("GoodsDescription", "GoodsDescription#2", "GoodsDescription#3", "GoodsDescription#4"),
            ("commodity.description",),
            DESCRIPTION,
        ),
        row("GrossWeightQuantity", "commodity.goods_measure.gross_mass", MASS),
        row("NetWeightQuantity", "commodity.goods_measure.net_mass", MASS),
        Row(
            ("InvoicedCost", "InvoicedCurrencyCode"),
            ("commodity.item_charge_amount",),
            conversions.AMOUNT,
            currency="invoice_amount",
        ),
        row("CustomsCost", "customs_value_amount", plain_amount()),
        row("StatisticalCost", "statistical_value_amount", _DOLLARS),
        Row(
            ("GoodsTNVEDCode",),
            (
                "commodity.classifications[identification_type_code=HS].id",
                "commodity.classifications[identification_type_code=TSP].id",
                "commodity.classifications[identification_type_code=TRC].id",
            ),
            _COMMODITY,
            ("GoodsClassificationCode", "AdditionalSign"),
        ),
        row("OriginCountryCode", "origins[0].country_code", TEXT, "OriginCountryName"),
        row("CustomsCostCorrectMethod", "customs_valuation.method_code", TEXT),
        row("Preferencii/CustomsDuty", "commodity.duty_tax_fees[*].duty_regime_code", PREFERENCE),
        Many("ESADout_CUPresentedDocument", "additional_documents", _DOCUMENT),
        Many("ESADout_CUPrecedingDocument", "previous_documents", _PREVIOUS_DOCUMENT),
        Many("ESADout_CUCustomsPaymentCalculation", "commodity.duty_tax_fees", _PAYMENT, joins=True),
        Row(
            (
                "SupplementaryGoodsQuantity/GoodsQuantity",
                "SupplementaryGoodsQuantity/MeasureUnitQualifierCode",
            ),
            ("commodity.goods_measure.tariff_quantity",),
            MEASURE,
            ("SupplementaryGoodsQuantity/MeasureUnitQualifierName",),
        ),
        Echo("ESADGoodsPackaging/PakageQuantity", ("packagings",), _places),
        Echo("ESADGoodsPackaging/PakageTypeCode", ("packagings",), lambda values: "1" if values[0] else None),
        Many("ESADGoodsPackaging/PackagePalleteInformation", "packagings", _PACKAGING, numbered=True),
        Echo("ESADContainer/ContainerQuantity", ("commodity.transport_equipments",), _count),
        Echo("ESADContainer/ContainerKind", ("commodity.transport_equipments",), lambda v: "CN" if v[0] else None),
        Many("ESADContainer/ContainerNumber", "commodity.transport_equipments", _CONTAINER, numbered=True),
        row("ESADCustomsProcedure/MainCustomsModeCode", "government_procedures[0].current_code", TEXT),
        row("ESADCustomsProcedure/PrecedingCustomsModeCode", "government_procedures[0].previous_code", TEXT),
        row("ESADCustomsProcedure/GoodsTransferFeature", "government_procedures[1].current_code", TEXT),
        Echo("ESADCustomsProcedure/GoodsTransferFeature", ("government_procedures",), _feature),
        Many("GoodsAutomobile", "commodity.vehicles", _VEHICLE),
    ),
    prunes=True,
)

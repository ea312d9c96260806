# SPDX-License-Identifier: Apache-2.0
"""The elements of an EAEU goods declaration in the order of the schema album, of which we write those with a content.

The names, with their misspellings, are the album's own. Source: the published schema `ESADout_CU` 5.23.
"""

from __future__ import annotations

_ADDRESS = """
  <RUScat_ru:PostalCode/><RUScat_ru:CountryCode/><RUScat_ru:CounryName/><RUScat_ru:Region/><RUScat_ru:District/>
  <RUScat_ru:Town/><RUScat_ru:City/><RUScat_ru:StreetHouse/><RUScat_ru:House/><RUScat_ru:Room/>
  <RUScat_ru:AddressText/>"""
_CARD = """
  <RUScat_ru:IdentityCardCode/><RUScat_ru:IdentityCardName/><RUScat_ru:IdentityCardSeries/>
  <RUScat_ru:IdentityCardNumber/><RUScat_ru:IdentityCardDate/><RUScat_ru:OrganizationName/>"""
_CONTACT = (
    "<RUScat_ru:CommunicationDetails><cat_ru:Phone/><cat_ru:Fax/><cat_ru:E_mail/></RUScat_ru:CommunicationDetails>"
)
_PARTY = f"""
  <cat_ru:OrganizationName/>
  <cat_ru:RFOrganizationFeatures><cat_ru:OGRN/><cat_ru:INN/><cat_ru:KPP/></cat_ru:RFOrganizationFeatures>
  <cat_ru:RKOrganizationFeatures><cat_ru:BIN/><cat_ru:IIN/></cat_ru:RKOrganizationFeatures>
  <cat_ru:RBOrganizationFeatures><cat_ru:UNP/></cat_ru:RBOrganizationFeatures>
  <cat_ru:RAOrganizationFeatures><cat_ru:UNN/></cat_ru:RAOrganizationFeatures>
  <cat_ru:KGOrganizationFeatures><cat_ru:KGINN/></cat_ru:KGOrganizationFeatures>
  <RUScat_ru:CountryA2Code/>
  <RUScat_ru:UITN><RUScat_ru:UITNCode/></RUScat_ru:UITN>
  <RUScat_ru:PersonId/>
  <RUScat_ru:IdentityCard>{_CARD}</RUScat_ru:IdentityCard>
  <RUScat_ru:SubjectAddressDetails>{_ADDRESS}</RUScat_ru:SubjectAddressDetails>
  {_CONTACT}
  <RUDECLcat:EqualIndicator/>"""
_MEANS = """
  <cat_ru:TransportModeCode/><cat_ru:TransportNationalityCode/><TransportMeansQuantity/>
  <RUTransportMeans><cat_ru:VIN/><cat_ru:TransportKindCode/><cat_ru:TransportIdentifier/>
    <cat_ru:TransportMeansNationalityCode/></RUTransportMeans>"""
_UNIT = "<cat_ru:GoodsQuantity/><cat_ru:MeasureUnitQualifierName/><cat_ru:MeasureUnitQualifierCode/>"
_AMOUNT = "<catESAD_cu:MeasuredAmount/><catESAD_cu:MeasureUnitQualifierName/><catESAD_cu:MeasureUnitQualifierCode/>"

DOCUMENT = """<ESADout_CUPresentedDocument>
  <cat_ru:PrDocumentName/><cat_ru:PrDocumentNumber/><cat_ru:PrDocumentDate/>
  <catESAD_cu:PresentedDocumentModeCode/><catESAD_cu:DocumentBeginActionsDate/><catESAD_cu:DocumentEndActionsDate/>
  <catESAD_cu:ExecutiveName/>
</ESADout_CUPresentedDocument>"""

PREVIOUS_DOCUMENT = f"""<ESADout_CUPrecedingDocument>
  <catESAD_cu:PrecedingDocumentCustomsCode/><catESAD_cu:PrecedingDocumentDate/><catESAD_cu:PrecedingDocumentNumber/>
  <catESAD_cu:OtherPrDocumentNumber/><catESAD_cu:OtherPrDocumentDate/>
  <catESAD_cu:PrecedingDocumentGoodsNumeric/><catESAD_cu:PrecedingDocumentModeCode/>
  <catESAD_cu:SupplementaryGoodsQuantity>{_UNIT}</catESAD_cu:SupplementaryGoodsQuantity>
</ESADout_CUPrecedingDocument>"""

PAYMENT = """<ESADout_CUCustomsPaymentCalculation>
  <catESAD_cu:PaymentModeCode/><catESAD_cu:PaymentAmount/><catESAD_cu:PaymentCurrencyCode/>
  <catESAD_cu:TaxBase/><catESAD_cu:TaxBaseCurrencyCode/><catESAD_cu:TaxBaseTNVEDQualifierCode/>
  <catESAD_cu:Rate/><catESAD_cu:RateTypeCode/><catESAD_cu:PaymentCode/>
</ESADout_CUCustomsPaymentCalculation>"""

PACKAGING = """<catESAD_cu:PackagePalleteInformation>
  <catESAD_cu:InfoKindCode>0</catESAD_cu:InfoKindCode><catESAD_cu:PalleteCode/><catESAD_cu:PalleteQuantity/>
  <catESAD_cu:CargoDescriptionText/>
</catESAD_cu:PackagePalleteInformation>"""

CONTAINER = """<catESAD_cu:ContainerNumber>
  <catESAD_cu:ContainerIdentificaror/><catESAD_cu:FullIndicator/>
</catESAD_cu:ContainerNumber>"""

VEHICLE = f"""<GoodsAutomobile>
  <catESAD_cu:RecNumber/><catESAD_cu:Model/><catESAD_cu:Mark/><catESAD_cu:MarkCode/><catESAD_cu:OfftakeYear/>
  <catESAD_cu:EngineVolumeQuanity>{_AMOUNT}</catESAD_cu:EngineVolumeQuanity>
  <catESAD_cu:VINID/><catESAD_cu:BodyID/><catESAD_cu:EngineID/><catESAD_cu:ChassisID/>
  <catESAD_cu:EngineMaxPowerMeasure>{_AMOUNT}</catESAD_cu:EngineMaxPowerMeasure>
</GoodsAutomobile>"""

GUARANTEE = """<Guarantee>
  <catESAD_cu:PaymentWayCode/><catESAD_cu:Amount/>
  <catESAD_cu:GuaranteeDocDetails><cat_ru:PrDocumentNumber/></catESAD_cu:GuaranteeDocDetails>
</Guarantee>"""

TRANSIT_GUARANTEE = """<TDGuarantee>
  <catESAD_cu:MeasureCode/><catESAD_cu:DocNumber/><catESAD_cu:GuaranteeAmount/>
</TDGuarantee>"""

GOODS = f"""<ESADout_CUGoods>
  <catESAD_cu:GoodsNumeric/>
  <catESAD_cu:GoodsDescription/><catESAD_cu:GoodsDescription/><catESAD_cu:GoodsDescription/>
  <catESAD_cu:GoodsDescription/>
  <catESAD_cu:GrossWeightQuantity/><catESAD_cu:NetWeightQuantity/><catESAD_cu:NetWeightQuantity2/>
  <catESAD_cu:InvoicedCost/><catESAD_cu:InvoicedCurrencyCode/><catESAD_cu:CustomsCost/><catESAD_cu:StatisticalCost/>
  <catESAD_cu:GoodsTNVEDCode/><catESAD_cu:GoodsClassificationCode/><catESAD_cu:AdditionalSign/>
  <catESAD_cu:OriginCountryCode/><catESAD_cu:OriginCountryName/><catESAD_cu:CustomsCostCorrectMethod/>
  <catESAD_cu:AdditionalSheetCount/><catESAD_cu:GoodsGroupDescription/>
  <catESAD_cu:Preferencii>
    <catESAD_cu:CustomsTax>ОО</catESAD_cu:CustomsTax><catESAD_cu:CustomsDuty>ОО</catESAD_cu:CustomsDuty>
    <catESAD_cu:Excise>-</catESAD_cu:Excise><catESAD_cu:Rate>ОО</catESAD_cu:Rate>
  </catESAD_cu:Preferencii>
  <LanguageGoods/><CurrencyCode/>
  <ESADout_CUPresentedDocument/><ESADout_CUPrecedingDocument/><ESADout_CUCustomsPaymentCalculation/>
  <SupplementaryGoodsQuantity>{_UNIT}</SupplementaryGoodsQuantity>
  <ESADGoodsPackaging><catESAD_cu:PakageQuantity/><catESAD_cu:PakageTypeCode/>
    <catESAD_cu:PackagePalleteInformation/></ESADGoodsPackaging>
  <ESADContainer><catESAD_cu:ContainerQuantity/><catESAD_cu:ContainerKind/><catESAD_cu:ContainerNumber/></ESADContainer>
  <ESADCustomsProcedure><catESAD_cu:MainCustomsModeCode/><catESAD_cu:PrecedingCustomsModeCode/>
    <catESAD_cu:GoodsTransferFeature/></ESADCustomsProcedure>
  <GoodsAutomobile/>
</ESADout_CUGoods>"""

DECLARATION = f"""<ESADout_CU DocumentModeID="1006107E">
  <cat_ru:DocumentID/>
  <EECEDocHeaderAddInfo><RUScat_ru:EDocCode>R.036</RUScat_ru:EDocCode><RUScat_ru:EDocDateTime/>
    <RUScat_ru:LanguageCode/></EECEDocHeaderAddInfo>
  <CustomsProcedure/><CustomsModeCode/><TransitFeature/><TransitDirectionCode/>
  <ElectronicDocumentSign/><RecipientCountryCode/><ExecutionPlace/><RegNumberDoc/>
  <ESADout_CUGoodsShipment>
    <catESAD_cu:OriginCountryName/><catESAD_cu:OriginCountryCode/><catESAD_cu:TotalGoodsNumber/>
    <catESAD_cu:TotalPackageNumber/><catESAD_cu:TotalSheetNumber/><catESAD_cu:TotalCustCost/>
    <catESAD_cu:CustCostCurrencyCode/>
    <ESADout_CUConsignor>{_PARTY}</ESADout_CUConsignor>
    <ESADout_CUConsignee>{_PARTY}</ESADout_CUConsignee>
    <ESADout_CUFinancialAdjustingResponsiblePerson>{_PARTY}<DeclarantEqualFlag/></ESADout_CUFinancialAdjustingResponsiblePerson>
    <ESADout_CUDeclarant>{_PARTY}</ESADout_CUDeclarant>
    <ESADout_CUCarrier>{_PARTY}</ESADout_CUCarrier>
    <ESADout_CUGoodsLocation>
      <InformationTypeCode/><CustomsOffice/><CustomsCountryCode/><LocationName/>
      <GoodsLocationPlace><catESAD_cu:NumberCustomsZone/></GoodsLocationPlace>
      <Address>{_ADDRESS}</Address>
    </ESADout_CUGoodsLocation>
    <ESADout_CUConsigment>
      <catESAD_cu:ContainerIndicator/><catESAD_cu:DispatchCountryCode/><catESAD_cu:DispatchCountryName/>
      <catESAD_cu:DestinationCountryCode/><catESAD_cu:DestinationCountryName/>
      <catESAD_cu:BorderCustomsOffice><cat_ru:Code/><cat_ru:OfficeName/></catESAD_cu:BorderCustomsOffice>
      <ESADout_CUDepartureArrivalTransport>{_MEANS}</ESADout_CUDepartureArrivalTransport>
      <ESADout_CUBorderTransport>{_MEANS}</ESADout_CUBorderTransport>
      <PPBorderCustoms><cat_ru:Code/><cat_ru:OfficeName/></PPBorderCustoms>
      <TDDeliveryPlace><DeliveryCustomsOffice><cat_ru:Code/><cat_ru:OfficeName/></DeliveryCustomsOffice>
      </TDDeliveryPlace>
    </ESADout_CUConsigment>
    <ESADout_CUMainContractTerms>
      <catESAD_cu:ContractCurrencyCode/><catESAD_cu:ContractCurrencyRate/><catESAD_cu:TotalInvoiceAmount/>
      <catESAD_cu:TradeCountryCode/><catESAD_cu:DealFeatureCode/><catESAD_cu:DealNatureCode/>
      <catESAD_cu:CUESADDeliveryTerms><cat_ru:DeliveryPlace/><cat_ru:DeliveryTermsStringCode/>
      </catESAD_cu:CUESADDeliveryTerms>
    </ESADout_CUMainContractTerms>
    <ESADout_CUGoods/><ESADout_CUPayments/><Guarantee/><TDGuarantee/>
  </ESADout_CUGoodsShipment>
  <FilledPerson>
    <RUDECLcat:SigningDetails>
      <cat_ru:PersonSurname/><cat_ru:PersonName/><cat_ru:PersonMiddleName/><cat_ru:PersonPost/>
      {_CONTACT}<RUScat_ru:SigningDate/>
    </RUDECLcat:SigningDetails>
    <RUDECLcat:SignatoryPersonIdentityDetails>{_CARD}</RUDECLcat:SignatoryPersonIdentityDetails>
    <RUDECLcat:PowerOfAttorneyDetails>
      <cat_ru:PrDocumentName/><cat_ru:PrDocumentNumber/><cat_ru:PrDocumentDate/>
      <RUScat_ru:DocStartDate/><RUScat_ru:DocValidityDate/>
    </RUDECLcat:PowerOfAttorneyDetails>
  </FilledPerson>
  <CUESADCustomsRepresentative>
    <RUDECLcat:BrokerRegistryDocDetails><RUDECLcat:RegistrationNumberId/></RUDECLcat:BrokerRegistryDocDetails>
  </CUESADCustomsRepresentative>
</ESADout_CU>"""

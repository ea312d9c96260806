# SPDX-License-Identifier: Apache-2.0
"""The elements of an ASYCUDA World declaration in their order, as it writes them empty: the blanks we fill.

The names, with their misspellings, are the format's own. Source: declarations of four countries, 412 element paths;
there is no official public schema.
"""

from __future__ import annotations

_COST = "<Amount_national_currency/><Amount_foreign_currency/><Currency_code/><Currency_name/><Currency_rate/>"

CONTAINER = """<Container>
  <Item_Number/><Container_identity/><Container_type/><Empty_full_indicator/><Gross_weight/><Goods_description/>
  <Packages_type/><Packages_number/><Packages_weight/>
</Container>"""

SUPPLIERS_DOCUMENT = """<Suppliers_documents>
  <Suppliers_document_code/><Suppliers_document_name/><Suppliers_document_country/><Suppliers_document_city/>
  <Suppliers_document_street/><Suppliers_document_telephone/><Suppliers_document_fax/>
  <Suppliers_document_zip_code/><Suppliers_document_invoice_nbr/><Suppliers_document_invoice_amt/>
  <Suppliers_document_type_code/><Suppliers_document_date/><Suppliers_document_itmlink/>
</Suppliers_documents>"""

PREVIOUS_DECLARATION = """<Prev_decl>
  <Prev_decl_office_code/><Prev_decl_reg_year/><Prev_decl_reg_serial/><Prev_decl_reg_number/>
  <Prev_decl_item_number/><Prev_decl_HS_code/><Prev_decl_HS_prec/><Prev_decl_country_origin/>
  <Prev_decl_number_packages/><Prev_decl_weight/><Prev_decl_supp_quantity/><Prev_decl_ref_value/>
  <Prev_decl_current_item/><Prev_decl_number_packages_written_off/><Prev_decl_weight_written_off/>
  <Prev_decl_supp_quantity_written_off/><Prev_decl_ref_value_written_off/>
</Prev_decl>"""

ATTACHED_DOCUMENT = """<Attached_documents>
  <Attached_document_code/><Attached_document_name/><Attached_document_reference/>
  <Attached_document_from_rule/><Attached_document_date/>
</Attached_documents>"""

PACKAGES = """<Packages>
  <Number_of_packages/><Marks1_of_packages><null/></Marks1_of_packages><Marks2_of_packages><null/></Marks2_of_packages>
  <Kind_of_packages_code/><Kind_of_packages_name/>
</Packages>"""

TAXATION_LINE = """<Taxation_line>
  <Duty_tax_code/><Duty_tax_Base/><Duty_tax_rate/><Duty_tax_amount/><Duty_tax_MP/>
  <Duty_tax_Type_of_calculation><null/></Duty_tax_Type_of_calculation>
</Taxation_line>"""

ITEM = f"""<Item>
  <Attached_documents/><Packages/>
  <IncoTerms><Code/><Place/></IncoTerms>
  <Tarification>
    <Tarification_data><null/></Tarification_data>
    <HScode><Commodity_code/><Precision_1/><Precision_2><null/></Precision_2><Precision_3><null/></Precision_3>
      <Precision_4><null/></Precision_4></HScode>
    <Preference_code><null/></Preference_code>
    <Extended_customs_procedure/><National_customs_procedure/>
    <Quota_code><null/></Quota_code>
    <Supplementary_unit><Suppplementary_unit_code/><Suppplementary_unit_name/><Suppplementary_unit_quantity/>
    </Supplementary_unit>
    <Item_price/><Valuation_method_code/><Value_item/><Attached_doc_item/><A.I._code/>
  </Tarification>
  <Goods_description><Country_of_origin_code/><Country_of_origin_region/><Description_of_goods/>
    <Commercial_Description/></Goods_description>
  <Previous_doc><Summary_declaration/><Summary_declaration_sl/><Previous_document_reference/>
    <Previous_warehouse_code/></Previous_doc>
  <Licence_number/><Amount_deducted_from_licence/><Quantity_deducted_from_licence/>
  <Free_text_1/><Free_text_2/>
  <Taxation><Item_taxes_amount/><Item_taxes_guaranted_amount/><Item_taxes_mode_of_payment/>
    <Counter_of_normal_mode_of_payment/><Displayed_item_taxes_amount/><Taxation_line/></Taxation>
  <Valuation_item>
    <Weight_itm><Gross_weight_itm/><Net_weight_itm/></Weight_itm>
    <Total_cost_itm/><Total_CIF_itm/><Rate_of_adjustement/><Statistical_value/><Alpha_coeficient_of_apportionment/>
    <Item_Invoice>{_COST}</Item_Invoice>
    <item_external_freight>{_COST}</item_external_freight>
    <item_internal_freight>{_COST}</item_internal_freight>
    <item_insurance>{_COST}</item_insurance>
    <item_other_cost>{_COST}</item_other_cost>
    <item_deduction>{_COST}</item_deduction>
  </Valuation_item>
</Item>"""

DECLARATION = f"""<ASYCUDA>
  <Export_release><Date_of_exit/><Time_of_exit/><Actual_office_of_exit_code/><Actual_office_of_exit_name/>
    <Exit_reference/><Comments/></Export_release>
  <Assessment_notice><Item_tax_total/></Assessment_notice>
  <Global_taxes><Global_tax_item/></Global_taxes>
  <Property>
    <Sad_flow/>
    <Forms><Number_of_the_form>1</Number_of_the_form><Total_number_of_forms/></Forms>
    <Nbers><Number_of_loading_lists/><Total_number_of_items/><Total_number_of_packages/></Nbers>
    <Place_of_declaration><null/></Place_of_declaration><Date_of_declaration/><Selected_page>1</Selected_page>
  </Property>
  <Identification>
    <Office_segment><Customs_clearance_office_code/><Customs_Clearance_office_name/></Office_segment>
    <Type><Type_of_declaration/><Declaration_gen_procedure_code/>
      <Type_of_transit_document><null/></Type_of_transit_document></Type>
    <Manifest_reference_number><null/></Manifest_reference_number>
    <Registration><Serial_number><null/></Serial_number><Number/><Date/></Registration>
    <Assessment><Serial_number><null/></Serial_number><Number/><Date/></Assessment>
    <receipt><Serial_number><null/></Serial_number><Number/><Date/></receipt>
  </Identification>
  <Traders>
    <Exporter><Exporter_code/><Exporter_name/></Exporter>
    <Consignee><Consignee_code/><Consignee_name/></Consignee>
    <Financial><Financial_code/><Financial_name/></Financial>
  </Traders>
  <Declarant><Declarant_code/><Declarant_name/><Declarant_representative><null/></Declarant_representative>
    <Reference><Year/><Number/></Reference></Declarant>
  <General_information>
    <Country><Country_first_destination/><Trading_country/>
      <Export><Export_country_code/><Export_country_name/><Export_country_region/></Export>
      <Destination><Destination_country_code/><Destination_country_name/><Destination_country_region/></Destination>
      <Country_of_origin_name/></Country>
    <Value_details/><CAP/><Additional_information><null/></Additional_information>
    <Comments_free_text><null/></Comments_free_text>
  </General_information>
  <Transport>
    <Means_of_transport>
      <Departure_arrival_information><Identity/><Nationality/></Departure_arrival_information>
      <Border_information><Identity/><Nationality/><Mode/></Border_information>
      <Inland_mode_of_transport/>
    </Means_of_transport>
    <Container_flag/><Single_waybill_flag/>
    <Delivery_terms><Code/><Place/><Situation/></Delivery_terms>
    <Border_office><Code/><Name/></Border_office>
    <Place_of_loading><Code/><Name/><Country/></Place_of_loading>
    <Location_of_goods/>
  </Transport>
  <Financial>
    <Financial_transaction><code1/><code2/></Financial_transaction>
    <Bank><Code/><Name/><Branch/><Reference/></Bank>
    <Terms><Code/><Description/></Terms>
    <Total_invoice/><Deffered_payment_reference/><Mode_of_payment/>
    <Amounts><Total_manual_taxes/><Global_taxes/><Totals_taxes/></Amounts>
    <Guarantee><Name/><Amount/><Date/><Excluded_country><Code/><Name/></Excluded_country></Guarantee>
  </Financial>
  <Warehouse><Identification/><Delay/></Warehouse>
  <Transit>
    <Principal><Code/><Name/><Representative/></Principal>
    <Signature><Place/><Date/></Signature>
    <Destination><Office/><Country/></Destination>
    <Seals><Number/><Identity/></Seals>
    <Result_of_control/><Time_limit/><Officer_name/>
  </Transit>
  <Valuation>
    <Calculation_working_mode>0</Calculation_working_mode>
    <Weight><Gross_weight/></Weight>
    <Total_cost/><Total_CIF/>
    <Gs_Invoice>{_COST}</Gs_Invoice>
    <Gs_external_freight>{_COST}</Gs_external_freight>
    <Gs_internal_freight>{_COST}</Gs_internal_freight>
    <Gs_insurance>{_COST}</Gs_insurance>
    <Gs_other_cost>{_COST}</Gs_other_cost>
    <Gs_deduction>{_COST}</Gs_deduction>
    <Total><Total_invoice/><Total_weight/></Total>
  </Valuation>
  <Container/><Suppliers_documents/><Prev_decl/><Item/>
</ASYCUDA>"""

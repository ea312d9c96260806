# SPDX-License-Identifier: Apache-2.0
"""WCO element IDs that differ by the role: one class of the model, another ID in each of its places."""

from __future__ import annotations

from types import MappingProxyType

#: A party's name and identifier have another WCO ID in each role: (name, id).
PARTY_IDS = MappingProxyType(
    {
        "Agent": ("R003", "R004"),
        "Authenticator": ("R007", "R008"),
        "AEOMutualRecognitionParty": ("U022", "R143"),
        "Buyer": ("R009", "R010"),
        "Carrier": ("R011", "R012"),
        "Consignee": ("R014", "R015"),
        "Consignor": ("R020", "R021"),
        "Declarant": ("R124", "R123"),
        "DomesticDutyTaxParty": ("U022", "R119"),
        "Exporter": ("R031", "R032"),
        "Importer": ("R037", "R038"),
        "Payer": ("R120", "R121"),
        "Seller": ("R050", "R051"),
        "Submitter": ("R058", "R059"),
        "Surety": ("R054", "R055"),
    }
)

#: A means of transport likewise: (name, id, type of identification, type, mode).
MEANS_IDS = MappingProxyType(
    {
        "BorderTransportMeans": ("T005", "T006", "T018", "T010", "T022"),
        "ArrivalTransportMeans": ("T001", "T002", "T034", "T008", "T020"),
        "DepartureTransportMeans": ("T003", "T004", "T029", "T009", "T021"),
    }
)

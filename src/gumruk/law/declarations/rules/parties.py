# SPDX-License-Identifier: Apache-2.0
"""The parties of the declaration: who declares, for whom, who signs, and whether names and numbers agree.

A customs broker is never required: nothing here asks for an agent (Kyoto Convention, General Annex, standard 8.1; WTO
Trade Facilitation Agreement, article 10.6).
"""

from __future__ import annotations

from collections.abc import Iterator

from gumruk.law.declarations.model import Party
from gumruk.law.declarations.reading import Reading, day_of
from gumruk.law.declarations.rules.head import IDENTIFIER_LENGTH_MAX, WCO
from gumruk.law.declarations.rules.machinery import Context, Fault, rule
from gumruk.law.kernel import Severity
from gumruk.law.kernel.folding import folded

DIRECT, INDIRECT = "2", "3"
"""How an agent represents: in the principal's name, or in his own (WCO 102)."""

HIMSELF, BROKER, REPRESENTATIVE = "1", "3", "4"
"""What the signatory is to the declarant."""

KYOTO = "Kyoto Convention, General Annex, standard"


@rule("DEC-35", act=f"{KYOTO} 8.1")
def representation_is_named(reading: Reading, context: Context) -> Iterator[Fault]:
    """An agent says how he represents: directly, in the principal's name, or indirectly, in his own."""
    agent = reading.declaration.agent
    if agent is not None and agent.function_code not in (DIRECT, INDIRECT):
        yield "agent.function_code", {"code": (agent.function_code or "-")[:IDENTIFIER_LENGTH_MAX]}


@rule("DEC-36", act=f"{WCO}, R004")
def agent_is_identified(reading: Reading, context: Context) -> Iterator[Fault]:
    """An agent who is another than the declarant is named by his identification number, of at most 35 characters."""
    agent = reading.declaration.agent
    if agent is None or (not agent.id and not agent.name):
        return
    if not agent.id or len(agent.id) > IDENTIFIER_LENGTH_MAX:
        yield "agent.id", {}


@rule("DEC-37", act=f"{KYOTO} 3.7 and 8.1", severity=Severity.WARNING)
def representation_fits_the_declarant(reading: Reading, context: Context) -> Iterator[Fault]:
    """Who is represented directly declares himself, who represents indirectly is the declarant; none is his own agent.

    An agent without number and name is the declarant himself: he then stands for another.
    """
    agent = reading.declaration.agent
    if agent is None or not reading.declarant_id or (agent.name and not agent.id):
        return
    same = agent.id == reading.declarant_id
    if agent.id:
        wrong = (agent.function_code == DIRECT and same) or (agent.function_code == INDIRECT and not same)
    else:
        wrong = _principal(reading) == reading.declarant_id
    if wrong:
        yield (
            "agent.function_code",
            {
                "code": (agent.function_code or "-")[:IDENTIFIER_LENGTH_MAX],
                "agent": (agent.id or "-")[:IDENTIFIER_LENGTH_MAX],
                "declarant": reading.declarant_id[:IDENTIFIER_LENGTH_MAX],
            },
        )


def _principal(reading: Reading) -> str | None:
    """Whose goods they are: the importer's number, on export the exporter's."""
    party = reading.importer if reading.direction == "IM" else reading.declaration.exporter
    return party.id if party is not None else None


@rule("DEC-38", act=f"{WCO}, 104 and R007")
def signatory_is_named(reading: Reading, context: Context) -> Iterator[Fault]:
    """A declaration that is signed names who signs and in what capacity."""
    signed = reading.declaration.authentication
    if signed is None:
        return
    if signed.authenticator is None or not (signed.authenticator.name or signed.authenticator.id):
        yield "authentication.authenticator", {"code": (signed.capacity_code or "-")[:IDENTIFIER_LENGTH_MAX]}
    elif signed.capacity_code is not None and not context.allows("signatory_capacity", signed.capacity_code):
        yield "authentication.capacity_code", {"code": signed.capacity_code[:IDENTIFIER_LENGTH_MAX]}


@rule("DEC-39", act=f"{KYOTO} 3.8", severity=Severity.WARNING)
def signatory_fits_his_capacity(reading: Reading, context: Context) -> Iterator[Fault]:
    """Who signs as the declarant has his number; who signs as a broker or representative stands for a named agent."""
    signed = reading.declaration.authentication
    if signed is None or signed.authenticator is None:
        return
    number = signed.authenticator.id
    if signed.capacity_code == HIMSELF and number and reading.declarant_id and number != reading.declarant_id:
        yield "authentication.authenticator", {"code": HIMSELF, "number": number[:IDENTIFIER_LENGTH_MAX]}
    elif signed.capacity_code == BROKER and reading.declaration.agent is None:
        yield "agent", {"code": BROKER, "number": (number or "-")[:IDENTIFIER_LENGTH_MAX]}


@rule("DEC-40", act=f"{KYOTO} 8.2", severity=Severity.WARNING)
def authority_of_the_signatory_is_shown(reading: Reading, context: Context) -> Iterator[Fault]:
    """Who signs for the declarant as a broker or another representative names the power that he signs by."""
    signed = reading.declaration.authentication
    if signed is None or signed.capacity_code not in (BROKER, REPRESENTATIVE):
        return
    if signed.authority is None or not signed.authority.id:
        yield "authentication.authority", {"code": signed.capacity_code}


@rule("DEC-204", act=f"{KYOTO} 8.2")
def authority_of_the_signatory_holds(reading: Reading, context: Context) -> Iterator[Fault]:
    """The power that somebody signs by is given on a real day, not after the lodging, and holds on the legal day."""
    signed = reading.declaration.authentication
    authority = signed.authority if signed else None
    if authority is None:
        return
    given = day_of(authority.issue.text) if authority.issue else None
    ends = day_of(authority.expiration.text) if authority.expiration else None
    params = {"number": (authority.id or "-")[:70]}
    if authority.issue is not None and (given is None or given > context.lodged_on):
        yield "authentication.authority.issue", {**params, "date": authority.issue.text[:40]}
    elif authority.expiration is not None and (ends is None or ends < context.law.day):
        yield "authentication.authority.expiration", {**params, "date": authority.expiration.text[:40]}


@rule("DEC-205", act=f"{WCO}, 104", severity=Severity.WARNING)
def signature_is_of_its_time(reading: Reading, context: Context) -> Iterator[Fault]:
    """A declaration is signed on a real day, not after the day of lodging."""
    signed = reading.declaration.authentication.signed if reading.declaration.authentication else None
    if signed is None:
        return
    day = day_of(signed.text)
    if day is None or day > context.lodged_on:
        yield "authentication.signed", {"date": signed.text[:40]}


@rule("DEC-41", act=f"{KYOTO} 3.12", severity=Severity.WARNING)
def both_sides_are_named(reading: Reading, context: Context) -> Iterator[Fault]:
    """Exporter and importer (or consignee) are both named: an import has a sender, an export a receiver."""
    if reading.direction == "IM" and not _is_named(reading.declaration.exporter, *_senders(reading)):
        yield "exporter", {}
    if reading.direction == "EX" and not _is_named(reading.importer, *_receivers(reading)):
        yield "goods_shipment.importer", {}


def _senders(reading: Reading) -> Iterator[Party | None]:
    yield from (reading.shipment.consignor, reading.shipment.seller)
    yield from (item.item.consignor for item in reading.items)


def _receivers(reading: Reading) -> Iterator[Party | None]:
    yield reading.shipment.buyer
    yield from (item.item.consignee for item in reading.items)


def _is_named(*parties: Party | None) -> bool:
    return any(party is not None and (party.name or party.id) for party in parties)


@rule("DEC-42", act="WTO Valuation Agreement, article 1.1", severity=Severity.WARNING)
def exporter_is_not_the_importer(reading: Reading, context: Context) -> Iterator[Fault]:
    """Exporter and importer are two: goods that one party sends to itself are not sold."""
    exporter, importer = reading.declaration.exporter, reading.importer
    if exporter is None or importer is None:
        return
    same_number = bool(exporter.id) and exporter.id == importer.id
    same_name = bool(exporter.name and importer.name) and folded(exporter.name or "") == folded(importer.name or "")
    if same_number or same_name:
        yield "exporter", {"party": (exporter.name or exporter.id or "")[:100]}


@rule("DEC-43", act=f"{WCO}, R123, R032 and R038")
def taxpayer_numbers_have_their_form(reading: Reading, context: Context) -> Iterator[Fault]:
    """The numbers of parties that are taxpayers here are written as the country writes them."""
    form = context.form("taxpayer")
    if form is None:
        return
    ours = [("declarant", reading.declaration.declarant), ("agent", reading.declaration.agent)]
    if reading.direction == "IM":
        ours += [
            (reading.importer_path, reading.importer),
            ("goods_shipment.payer", reading.shipment.payer),
        ]
    elif reading.direction == "EX":
        ours.append(("exporter", reading.declaration.exporter))
    for path, party in ours:
        number = party.id if party else None
        if number and not form.fullmatch(number):
            yield f"{path}.id", {"number": number[:IDENTIFIER_LENGTH_MAX]}


@rule("DEC-44", act=f"{WCO}, 242; ISO 3166")
def countries_of_parties_are_known(reading: Reading, context: Context) -> Iterator[Fault]:
    """The country of a party's address is an ISO 3166 code."""
    for path, party in reading.parties:
        country = party.address.country_code if party.address else None
        if country and country not in context.lists.countries:
            yield f"{path}.address.country_code", {"country": country[:IDENTIFIER_LENGTH_MAX]}


@rule("DEC-45", act=f"{WCO}, R124, R031 and R037")
def names_can_be_held(reading: Reading, context: Context) -> Iterator[Fault]:
    """A party's name is no longer than the country's records hold."""
    most = context.number("DEC-45")
    if most is None:
        return
    for path, party in reading.parties:
        if party.name and len(party.name) > most:
            yield f"{path}.name", {"length": str(len(party.name)), "most": f"{most:f}"}


@rule("DEC-46", act=f"{KYOTO} 3.12", severity=Severity.WARNING)
def a_number_bears_one_name(reading: Reading, context: Context) -> Iterator[Fault]:
    """One identification number stands with one name in all roles, however that is spelt."""
    names: dict[str, str] = {}
    for path, party in reading.parties:
        if not party.id or not party.name:
            continue
        held = names.setdefault(party.id, party.name)
        if held != party.name and folded(held) != folded(party.name):
            yield (
                f"{path}.name",
                {"number": party.id[:IDENTIFIER_LENGTH_MAX], "name": party.name[:100], "other": held[:100]},
            )


@rule("DEC-47", act=f"{KYOTO} 3.12", severity=Severity.WARNING)
def foreign_party_is_abroad(reading: Reading, context: Context) -> Iterator[Fault]:
    """The exporter of an import, and the receiver of an export, has his address abroad."""
    foreign = {"IM": ("exporter", reading.declaration.exporter), "EX": (reading.importer_path, reading.importer)}
    path, party = foreign.get(reading.direction, ("", None))
    if party is not None and party.address is not None and party.address.country_code == context.country:
        yield f"{path}.address.country_code", {"country": context.country}


@rule("DEC-48", act=f"{KYOTO} 3.12", severity=Severity.WARNING)
def own_party_is_at_home(reading: Reading, context: Context) -> Iterator[Fault]:
    """The importer of an import, and the exporter of an export, has his address in the country."""
    ours = {"IM": (reading.importer_path, reading.importer), "EX": ("exporter", reading.declaration.exporter)}
    path, party = ours.get(reading.direction, ("", None))
    country = party.address.country_code if party is not None and party.address is not None else None
    if country is not None and country != context.country:
        yield f"{path}.address.country_code", {"country": country[:IDENTIFIER_LENGTH_MAX]}

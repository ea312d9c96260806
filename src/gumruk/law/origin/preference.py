# SPDX-License-Identifier: Apache-2.0
"""Preferential duty: for the scheme's countries, with a valid proof of origin, for goods that came directly, and not
for excluded goods. Which condition failed is told by the finding."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from gumruk.law.kernel import Finding, HsCode, Severity
from gumruk.law.lawbook import Entry, Law

#: From where goods may be sent: the country of their origin alone (`origin`), any country of the scheme, anywhere.
FROM_PARTIES, FROM_ANYWHERE = "parties", "any"


@dataclass(frozen=True, slots=True)
class Proof:
    """A document that is presented: its code, the day of its issue and the last day of its validity, where stated."""

    code: str
    issued: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Consignment:
    """How the goods came: the country they were sent from (ISO 3166), and the documents with their days."""

    sent_from: str | None = None
    proofs: tuple[Proof, ...] = ()


_NOTHING_STATED = Consignment()


@dataclass(frozen=True, slots=True)
class Preference:
    """Whether a preference applies: the scheme's entry where it does, and why not where it does not.

    `finding` with an entry is ORI-7: conditions of the scheme that nothing stated shows to be met.
    """

    entry: Entry | None
    finding: Finding | None = None


def preference_for(
    claimed: str | None,
    code: HsCode,
    origin: str | None,
    documents: Collection[str],
    law: Law,
    consignment: Consignment = _NOTHING_STATED,
) -> Preference:
    """Decide a claim under the law of the preference's legal moment.

    Table `preferences`: countries, proof (document codes, one of which must be presented), excluded (code prefixes),
    duty, charge. Table `preference_conditions`: proof_valid_days (from the proof's issue), direct_transport (`origin`,
    `parties`, `any`: not asked), transit_proof (documents that show that the goods stayed under customs control on the
    way). Findings: ORI-1 no such scheme, ORI-2 the country is not in it, ORI-3 no proof of origin, ORI-4 excluded
    goods, ORI-5 the proof is out of date, ORI-6 not transported directly; ORI-7 conditions that nothing shows, where
    anything was stated of the consignment. WTO Agreement on Rules of Origin, annex II.
    """
    if claimed is None:
        return Preference(None)
    entry = law.find("preferences", claimed)
    if entry is None:
        return Preference(None, _refused("ORI-1", claimed, origin))
    if origin not in _words(entry, "countries"):
        return Preference(None, _refused("ORI-2", claimed, origin))
    proofs = _words(entry, "proof")
    if not any(document.endswith(proof) for document in documents for proof in proofs):
        return Preference(None, _refused("ORI-3", claimed, origin, proof=", ".join(proofs)))
    if any(code.within(prefix) for prefix in _words(entry, "excluded")):
        return Preference(None, _refused("ORI-4", claimed, origin))
    failed, open_ = _conditions(entry, claimed, origin, documents, law, consignment)
    if failed is not None:
        return Preference(None, failed)
    if open_ and consignment != _NOTHING_STATED:
        told = {"preference": claimed, "origin": origin or "-", "conditions": ", ".join(open_)}
        return Preference(entry, Finding("ORI-7", "origins", told, severity=Severity.INFORMATION))
    return Preference(entry)


def _conditions(
    entry: Entry, claimed: str, origin: str | None, documents: Collection[str], law: Law, consignment: Consignment
) -> tuple[Finding | None, list[str]]:
    """The first condition that fails, and those of which nothing is stated."""
    open_, day = list[str](), law.day
    conditions = law.find("preference_conditions", claimed)
    days = None if conditions is None else conditions.fields.get("proof_valid_days")
    proofs = [proof for proof in consignment.proofs if proof.code.endswith(_words(entry, "proof"))]
    last_days = [_last_day(proof, days if isinstance(days, int) else None) for proof in proofs]
    if last_days and all(last is not None and last < day for last in last_days):
        latest = max(last for last in last_days if last is not None)
        return _refused("ORI-5", claimed, origin, date=latest.isoformat(), day=day.isoformat()), []
    if days is not None and not any(last is not None and last >= day for last in last_days):
        open_.append("proof_valid_days")
    rule = None if conditions is None else conditions.fields.get("direct_transport")
    unaltered = () if conditions is None else _words(conditions, "transit_proof")
    if rule not in (None, FROM_ANYWHERE) and not any(document.endswith(unaltered) for document in documents):
        allowed = {origin, *(_words(entry, "countries") if rule == FROM_PARTIES else ())}
        if consignment.sent_from is None:
            open_.append("direct_transport")
        elif consignment.sent_from not in allowed:
            proof = ", ".join(unaltered) or "-"
            return _refused("ORI-6", claimed, origin, sent_from=consignment.sent_from, proof=proof), []
    return None, open_


def _last_day(proof: Proof, days: int | None) -> date | None:
    """The last day on which a proof counts; None where nothing says so."""
    counted = proof.issued + timedelta(days=days) if proof.issued is not None and days is not None else None
    return min((last for last in (proof.ends, counted) if last is not None), default=None)


def _words(entry: Entry, name: str) -> tuple[str, ...]:
    words = entry.fields.get(name)
    return words if isinstance(words, tuple) else (words,) if isinstance(words, str) and words else ()


def _refused(code: str, claimed: str, origin: str | None, **params: str) -> Finding:
    return Finding(
        code,
        "origins",
        {"preference": claimed, "origin": origin or "-", **params},
        severity=Severity.WARNING,
    )

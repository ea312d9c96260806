# SPDX-License-Identifier: Apache-2.0
"""Preferential duty: for the scheme's countries, with the scheme's proof of origin, and not for excluded goods."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from gumruk.law.kernel import Finding, HsCode, Severity
from gumruk.law.lawbook import Entry, Law


@dataclass(frozen=True, slots=True)
class Preference:
    """Whether a preference applies: the scheme's entry where it does, and why not where it does not."""

    entry: Entry | None
    finding: Finding | None = None


def preference_for(
    claimed: str | None, code: HsCode, origin: str | None, documents: Collection[str], law: Law
) -> Preference:
    """Decide a claim under the law of the preference's legal moment.

    Table `preferences`: countries, proof (document codes, one of which must be presented), excluded (code prefixes),
    duty, charge. ORI-1 no such scheme, ORI-2 the country is not in it, ORI-3 no proof of origin, ORI-4 excluded goods.
    WTO Agreement on Rules of Origin, annex II.
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
    return Preference(entry)


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

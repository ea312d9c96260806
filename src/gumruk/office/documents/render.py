# SPDX-License-Identifier: Apache-2.0
"""Sets a letter-like document in type: head with the state's name and a QR code, parts, foot. Forms go by `sheets`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import typst
from django.conf import settings

from gumruk import texts
from gumruk.office.documents.glyphs import printable
from gumruk.office.documents.letters import Arranging
from gumruk.office.documents.models import Issued
from gumruk.office.documents.papers import LetterPaper, Paper
from gumruk.office.documents.press import moment_plain, press, qr_code, watermark
from gumruk.office.documents.queries import control, verification_address
from gumruk.office.project.environment import installed_pack
from gumruk.packs import Pack
from gumruk.packs.form_rows import FOLDER
from gumruk.texts import formats

_TEMPLATE = "document.typ"


@dataclass(frozen=True, slots=True)
class Proof:
    """What lets a stranger verify a paper: the address behind the QR code, and the short control of its content."""

    address: str
    control: str
    training: bool

    @classmethod
    def of(cls, issued: Issued) -> Proof:
        """The proof of an issued document."""
        return cls(verification_address(issued.token), control(issued.digest), issued.training)


def document_render(paper: LetterPaper, language: str, proof: Proof, pack: Pack | None = None) -> bytes:
    """The PDF of a letter in a language, as the installed pack lays it out, or another one.

    The same paper gives the same bytes. Takes about 7 ms a page. Characters that the font has not (a description in
    Chinese) stand as U+FFFD: the declaration itself keeps them.
    """
    pack = pack or installed_pack()
    layout, zone = pack.letters[paper.kind], ZoneInfo(settings.GUMRUK_TIME_ZONE)

    def word(key: str, **params: object) -> str:
        return texts.say(language, f"document.{key}", **params)

    def caption(key: str) -> str:
        return pack.label(FOLDER, f"{layout.id}.{key}", language)

    arranging = Arranging(paper, language, zone, caption)
    state, service = _letterhead(pack, language)
    data = {
        "language": language,
        "date": moment_plain(paper.issued_at),
        "training": word("training") if proof.training else None,
        "watermark": watermark(layout, language, proof.training),
        "state": state,
        "service": service,
        "office": paper.office.printed,
        "title": arranging.title(),
        "number": paper.number,
        "issued": formats.moment(language, paper.issued_at, zone),
        "qr": qr_code(proof.address),
        "address": proof.address,
        "verify_words": word("verify"),
        "control_label": word("control"),
        "control": proof.control,
        "page_words": texts.find(language, "document.page"),
        "parts": arranging.parts(layout),
    }
    try:
        return press(_TEMPLATE, data)
    except typst.TypstError:  # somebody wrote what the font has not; the goods must have their paper all the same
        return press(_TEMPLATE, json.loads(printable(json.dumps(data, ensure_ascii=False))))


def _letterhead(pack: Pack, language: str) -> tuple[str, str]:
    """The names of the state and of its customs service; of a country that has no texts yet, the plain ones."""
    country = pack.country.lower()
    state = texts.find(language, f"document.state.{country}")
    service = texts.find(language, f"document.service.{country}")
    names = pack.world.countries.get(pack.country, {})
    return state or names.get(language, pack.country), service or texts.say(language, "document.service.plain")


def pdf_name(paper: Paper) -> str:
    """A file name for a paper that every system takes."""
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in paper.number)
    return f"{paper.kind}-{plain}.pdf"

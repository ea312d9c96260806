# SPDX-License-Identifier: Apache-2.0
"""Sets a document in type: PDF/A-2a and PDF/UA-1 by typst, with the vendored font and a QR code.

Words reach typst as JSON data and are never read as its source, whatever a trader typed into a description.
"""

from __future__ import annotations

import io
import json
import threading
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import segno
import typst
from django.conf import settings

from gumruk import texts
from gumruk.office.documents.glyphs import printable
from gumruk.office.documents.models import Issued
from gumruk.office.documents.papers import Paper
from gumruk.office.documents.queries import control, verification_address
from gumruk.office.ui import FONTS
from gumruk.texts import formats

_FOLDER = Path(__file__).parent / "paper"
_STANDARDS = ["a-2a", "ua-1"]
_own = threading.local()


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


def document_render(paper: Paper, language: str, proof: Proof) -> bytes:
    """The PDF of a paper in a language. The same paper gives the same bytes. Takes about 7 ms a page.

    Characters that the font has not (a description in Chinese) stand as U+FFFD: the declaration itself keeps them.
    """
    zone = ZoneInfo(settings.GUMRUK_TIME_ZONE)
    country = settings.GUMRUK_COUNTRY
    moment = paper.issued_at.astimezone(UTC)

    def word(key: str, **params: object) -> str:
        return texts.say(language, f"document.{key}", **params)

    data = {
        "language": language,
        "date": [moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second],
        "training": word("training") if proof.training else None,
        "state": word(f"state.{country}"),
        "service": word(f"service.{country}"),
        "office": paper.office.printed,
        "title": word(f"{paper.kind}.title"),
        "number": paper.number,
        "issued": formats.moment(language, paper.issued_at, zone),
        "qr": qr_code(proof.address),
        "address": proof.address,
        "verify_words": word("verify"),
        "control_label": word("control"),
        "control": proof.control,
        "page_words": texts.find(language, "document.page"),
        "parts": paper.parts(language, zone),
    }
    words = json.dumps(data, ensure_ascii=False)
    try:
        return _compiled(words)
    except typst.TypstError:  # somebody wrote what the font has not; the goods must have their paper all the same
        return _compiled(printable(words))


def _compiled(words: str) -> bytes:
    return bytes(_compiler().compile(format="pdf", sys_inputs={"data": words}, pdf_standards=_STANDARDS))


def qr_code(address: str) -> str:
    """A QR code as SVG, with correction enough for a fax."""
    buffer = io.BytesIO()
    segno.make(address, error="q", micro=False).save(buffer, kind="svg", border=0, xmldecl=False, scale=4)
    return buffer.getvalue().decode()


def pdf_name(paper: Paper) -> str:
    """A file name for a paper that every system takes."""
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in paper.number)
    return f"{paper.kind}-{plain}.pdf"


def _compiler() -> typst.Compiler:
    """This thread's compiler: it keeps fonts and parsed templates, which is most of the time of a first page."""
    if not hasattr(_own, "compiler"):
        _own.compiler = typst.Compiler(
            str(_FOLDER / "document.typ"), root=str(_FOLDER), font_paths=[str(FONTS)], ignore_system_fonts=True
        )
    compiler: typst.Compiler = _own.compiler
    return compiler

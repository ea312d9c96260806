# SPDX-License-Identifier: Apache-2.0
"""Typst as the press: PDF/A-2a and PDF/UA-1, with the vendored font. It needs no database.

Words reach typst as JSON data and are never read as its source, whatever a trader typed into a description.
"""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import segno
import typst

from gumruk import texts
from gumruk.law.lawbook import Status
from gumruk.office.documents.sheets import Filling, FormSheets
from gumruk.office.ui import FONTS
from gumruk.packs.forms import Form
from gumruk.packs.letters import Letter

__all__ = ["form_press", "moment_plain", "press", "qr_code", "watermark"]

_FOLDER = Path(__file__).parent / "paper"
_STANDARDS = ["a-2a", "ua-1"]
_own = threading.local()


def press(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of a template of the folder `paper`. Raises typst.TypstError for what it cannot set."""
    words = json.dumps(data, ensure_ascii=False)
    return bytes(_compiler(template).compile(format="pdf", sys_inputs={"data": words}, pdf_standards=_STANDARDS))


def form_press(
    form: Form, filling: Filling, language: str, *, head: Mapping[str, Any], watermark: Sequence[str]
) -> tuple[bytes, int]:
    """A form with its filling as PDF, and how many sheets it has.

    `head` is what every paper has: title, number, date, QR code and its words.
    """

    def word(key: str, **params: object) -> str:
        return texts.say(language, f"document.form.{key}", **params)

    sheets = [sheet.plain() for sheet in FormSheets(form, filling, word).laid()]
    data = {**head, "language": language, "watermark": list(watermark), "sheets": sheets}
    return press("form.typ", data), len(sheets)


def watermark(layout: Form | Letter, language: str, training: bool) -> list[str]:
    """What stands across every sheet: that the layout is not verified, that training law was read."""
    words = []
    if layout.status is not Status.VERIFIED:
        words.append(texts.say(language, "document.form.layout_unverified"))
    if training:
        words.append(texts.say(language, "document.form.training"))
    return words


def moment_plain(at: datetime) -> list[int]:
    """A moment as the press takes it, in UTC."""
    moment = at.astimezone(UTC)
    return [moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second]


def qr_code(address: str) -> str:
    """A QR code as SVG, with correction enough for a fax."""
    buffer = io.BytesIO()
    segno.make(address, error="q", micro=False).save(buffer, kind="svg", border=0, xmldecl=False, scale=4)
    return buffer.getvalue().decode()


def _compiler(template: str) -> typst.Compiler:
    """This thread's compiler: it keeps fonts and parsed templates, which is most of the time of a first page."""
    held: dict[str, typst.Compiler] = _own.__dict__.setdefault("compilers", {})
    if template not in held:
        held[template] = typst.Compiler(
            str(_FOLDER / template), root=str(_FOLDER), font_paths=[str(FONTS)], ignore_system_fonts=True
        )
    return held[template]

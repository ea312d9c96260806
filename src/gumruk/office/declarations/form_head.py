# SPDX-License-Identifier: Apache-2.0
"""What every sheet of a form says beside its boxes: whose paper it is, how it is verified, what it is not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gumruk import texts
from gumruk.office.documents.press import moment_plain, qr_code, watermark

__all__ = ["form_head", "watermark"]


def form_head(
    kind: str,
    language: str,
    country: str,
    number: str,
    at: datetime,
    *,
    training: bool,
    address: str = "",
    control: str = "",
) -> dict[str, Any]:
    """The data of a form's head and foot. Without an `address` it was not issued, and says so instead of a QR code."""

    def word(key: str, **params: object) -> str:
        return texts.say(language, f"document.{key}", **params)

    return {
        "title": word(f"{kind}.title"),
        "service": word(f"service.{country.lower()}"),
        "number": number,
        "date": moment_plain(at),
        "training": word("training") if training else None,
        "qr": qr_code(address) if address else "",
        "address": address,
        "verify_words": word("verify") if address else word("form.not_issued"),
        "control_label": word("control"),
        "control": control,
        "page_words": texts.find(language, "document.page"),
    }

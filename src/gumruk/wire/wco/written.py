# SPDX-License-Identifier: Apache-2.0
"""What came by another way than XML and brings pieces of XML: whether our own reader would take it, once written."""

from __future__ import annotations

from gumruk.law.declarations.model import Declaration
from gumruk.law.declarations.responses import Response
from gumruk.wire.errors import Findings
from gumruk.wire.safety import LIMITS
from gumruk.wire.wco.check import check
from gumruk.wire.wco.document import open_document
from gumruk.wire.wco.writer import write, write_response


def written_check(body: Declaration | Response) -> None:
    """Raise `WireError` with all that the schema has against a declaration or a response as we would write it."""
    content = write(body) if isinstance(body, Declaration) else write_response(body)
    findings = Findings()
    check(open_document(content, LIMITS), LIMITS, findings)
    findings.refuse()

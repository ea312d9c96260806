# SPDX-License-Identifier: Apache-2.0
"""What a service of payments raises: findings, all at once."""

from __future__ import annotations

from collections.abc import Sequence

from gumruk.law.kernel import Finding


class PaymentRefused(Exception):
    """The money was not moved; the findings say why, and how that is mended."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(", ".join(found.code for found in findings))
        self.findings = tuple(findings)

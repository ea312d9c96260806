# SPDX-License-Identifier: Apache-2.0
"""The audit as an application of Django."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Events, seals, personal details kept apart, the outbox."""

    name = "gumruk.office.audit"
    label = "audit"

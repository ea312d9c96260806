# SPDX-License-Identifier: Apache-2.0
"""The Django app of documents."""

from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Issued documents and their verification."""

    name = "gumruk.office.documents"
    label = "documents"
    verbose_name = "Documents"

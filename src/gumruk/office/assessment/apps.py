# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Stored assessments."""

    name = "gumruk.office.assessment"
    label = "assessment"

# SPDX-License-Identifier: Apache-2.0
"""The application's settings, with one door more: the floor that lodging is measured against."""

from __future__ import annotations

from gumruk.office.project.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.lodge_urls"

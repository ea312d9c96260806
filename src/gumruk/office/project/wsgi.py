# SPDX-License-Identifier: Apache-2.0
"""The web application for a WSGI server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gumruk.office.project.settings")
application = get_wsgi_application()

from gumruk.office.nomenclature.queries import finder_follow  # noqa: E402 - Django is set up first

finder_follow()

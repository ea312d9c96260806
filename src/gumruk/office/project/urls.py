# SPDX-License-Identifier: Apache-2.0
"""Every door of the web application, by area."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("gumruk.office.desk.urls")),
    path("", include("gumruk.office.declarations.urls")),
    path("", include("gumruk.office.declarations.drafts.urls")),
    path("", include("gumruk.office.payments.urls")),
    path("", include("gumruk.office.lawbook.urls")),
    path("", include("gumruk.office.accounts.urls")),
    path("", include("gumruk.office.ui.urls")),
]

handler400 = "gumruk.office.ui.views.bad_request"
handler403 = "gumruk.office.ui.views.permission_denied"
handler404 = "gumruk.office.ui.views.not_found"
handler500 = "gumruk.office.ui.views.server_error"

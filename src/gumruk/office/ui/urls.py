# SPDX-License-Identifier: Apache-2.0
"""Language, theme, and the page that shows all parts."""

from __future__ import annotations

from django.urls import path

from gumruk.office.ui import views

app_name = "ui"
urlpatterns = [
    path("language/", views.language_choose, name="language"),
    path("theme/", views.theme_choose, name="theme"),
    path("ui/", views.parts, name="parts"),
]

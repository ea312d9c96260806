# SPDX-License-Identifier: Apache-2.0
"""Doors of declarations: pages for people, and the API for traders' programs."""

from __future__ import annotations

from django.urls import path

from gumruk.office.declarations import api, deciding, reassessing, views
from gumruk.office.declarations.actions import ACTIONS

app_name = "declarations"
urlpatterns = [
    path("declarations/", views.file_list, name="list"),
    path("lodge/", views.lodge, name="lodge"),
    path("declarations/<uuid:identifier>/", views.file, name="file"),
    *(path(f"declarations/<uuid:identifier>/{name}/", deciding.view_of(name), name=name) for name in ACTIONS),
    path("declarations/<uuid:identifier>/holds/<uuid:hold_id>/lift/", deciding.lift, name="lift"),
    path("declarations/<uuid:identifier>/versions/<int:number>/original", views.original, name="original"),
    path("declarations/<uuid:identifier>/versions/<int:number>/json", views.as_json, name="json"),
    path("declarations/<uuid:identifier>/versions/<int:number>/wco", views.as_wco, name="wco"),
    path("declarations/<uuid:identifier>/papers/<slug:kind>", views.paper, name="paper"),
    path("declarations/<uuid:identifier>/reassessment/", reassessing.reassessment, name="reassessment"),
    path("declarations/<uuid:identifier>/boxes/", views.boxes, name="boxes"),
    path("api/v1/declarations", api.lodge, name="api_lodge"),
    path("api/v1/declarations/<uuid:identifier>", api.status, name="api_status"),
    path("api/v1/declarations/<uuid:identifier>/response", api.response, name="api_response"),
]

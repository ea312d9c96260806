# SPDX-License-Identifier: Apache-2.0
"""Doors of the desk."""

from __future__ import annotations

from django.urls import path

from gumruk.office.desk import calculator_views, find_views, views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("audit/", views.audit, name="audit"),
    path("audit/proofs/<uuid:event_id>", views.proof, name="proof"),
    path("audit/root", views.root, name="root"),
    path("calculate/", calculator_views.calculate, name="calculate"),
    path("find/", find_views.find, name="find"),
    path("api/v1/find", find_views.api_find, name="api_find"),
    path("verify/", views.verify_ask, name="verify_ask"),
    path("verify/<str:token>", views.verify, name="verify"),
]

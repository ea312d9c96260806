# SPDX-License-Identifier: Apache-2.0
"""Doors of the law: what runs, what ran, what is proposed."""

from __future__ import annotations

from django.urls import path

from gumruk.office.lawbook import views

app_name = "lawbook"
urlpatterns = [
    path("law/", views.home, name="home"),
    path("law/propose/", views.propose, name="propose"),
    path("law/proposals/<int:number>/", views.proposal, name="proposal"),
    path("law/proposals/<int:number>/approve/", views.approve, name="approve"),
    path("law/proposals/<int:number>/refuse/", views.refuse, name="refuse"),
    path("law/publications/<int:number>/", views.publication, name="publication"),
    path("law/publications/<int:number>/<slug:table>/", views.table, name="table"),
]

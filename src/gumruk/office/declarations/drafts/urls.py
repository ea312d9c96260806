# SPDX-License-Identifier: Apache-2.0
"""Doors of drafts."""

from __future__ import annotations

from django.urls import path

from gumruk.office.declarations.drafts import code_views, item_views, list_views, save_views, views

app_name = "drafts"
urlpatterns = [
    path("drafts/", views.draft_list, name="list"),
    path("drafts/new/", views.new, name="new"),
    path("drafts/open/", views.open_file, name="open"),
    path("drafts/of/<uuid:file>/<slug:made>/", views.of_file, name="of_file"),
    path("drafts/<uuid:identifier>/", views.page, name="page"),
    path("drafts/<uuid:identifier>/lodge/", views.lodge, name="lodge"),
    path("drafts/<uuid:identifier>/answers/", views.answers, name="answers"),
    path("drafts/<uuid:identifier>/delete/", views.delete, name="delete"),
    path("drafts/<uuid:identifier>/save/", save_views.save, name="save"),
    path("drafts/<uuid:identifier>/rows/new/", save_views.row_new, name="row_new"),
    path("drafts/<uuid:identifier>/more/", save_views.more, name="more"),
    path("drafts/<uuid:identifier>/rows/remove/", save_views.row_remove, name="row_remove"),
    path("drafts/<uuid:identifier>/kept/<uuid:kept>/<slug:what>/", save_views.kept, name="kept"),
    path("drafts/<uuid:identifier>/code/", code_views.code_find, name="code_find"),
    path("drafts/<uuid:identifier>/code/take/", code_views.code_take, name="code_take"),
    path("drafts/<uuid:identifier>/list/", list_views.from_list, name="from_list"),
    path("drafts/<uuid:identifier>/items/", item_views.item_list, name="items"),
    path("drafts/<uuid:identifier>/items/new/", item_views.item_new, name="item_new"),
    path("drafts/<uuid:identifier>/items/<uuid:item>/", item_views.item, name="item"),
    path("drafts/<uuid:identifier>/items/<uuid:item>/<slug:what>/", item_views.item_do, name="item_do"),
]

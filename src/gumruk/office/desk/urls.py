# SPDX-License-Identifier: Apache-2.0
"""Doors of the desk."""

from __future__ import annotations

from django.urls import path

from gumruk.office.desk import calculator_views, find_views, tree_api, tree_follow_views, tree_views, views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("audit/", views.audit, name="audit"),
    path("audit/proofs/<uuid:event_id>", views.proof, name="proof"),
    path("audit/root", views.root, name="root"),
    path("calculate/", calculator_views.calculate, name="calculate"),
    path("find/", find_views.find, name="find"),
    path("api/v1/find", find_views.api_find, name="api_find"),
    path("tree/", tree_views.home, name="tree"),
    path("tree/compare", tree_views.compare, name="tree_compare"),
    path("tree/pack.zip", tree_views.pack, name="tree_pack"),
    path("tree/followed", tree_follow_views.followed_list, name="tree_followed"),
    path("tree/<str:code>", tree_views.place, name="tree_place"),
    path("tree/<str:code>/print", tree_views.chapter_print, name="tree_print"),
    path("tree/<str:code>/follow", tree_follow_views.follow, name="tree_follow"),
    path("tree/<str:code>/unfollow", tree_follow_views.unfollow, name="tree_unfollow"),
    path("api/v1/nomenclature", tree_api.all_sections, name="tree_api"),
    path("api/v1/nomenclature/<str:code>", tree_api.one_place, name="tree_api_place"),
    path("verify/", views.verify_ask, name="verify_ask"),
    path("verify/<str:token>", views.verify, name="verify"),
]

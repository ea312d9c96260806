# SPDX-License-Identifier: Apache-2.0
"""Sign-in, profile, users."""

from __future__ import annotations

from django.urls import path

from gumruk.office.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("profile/", views.profile, name="profile"),
    path("profile/language/", views.profile_language, name="profile_language"),
    path("profile/tokens/", views.token_make, name="token_make"),
    path("profile/tokens/<uuid:token_id>/revoke/", views.token_take_back, name="token_take_back"),
    path("users/", views.user_list, name="users"),
    path("users/new/", views.user_new, name="user_new"),
    path("users/<uuid:user_id>/", views.user_edit, name="user"),
]

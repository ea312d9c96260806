# SPDX-License-Identifier: Apache-2.0
"""The form in which a proposal of law is refused."""

from __future__ import annotations

from django import forms

from gumruk.office.ui.forms import TextForm


class ReasonForm(TextForm):
    """Why a proposal is refused."""

    texts_under = "lawbook.form"

    reason = forms.CharField(max_length=500, min_length=3, widget=forms.Textarea(attrs={"rows": 3}))

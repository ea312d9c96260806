# SPDX-License-Identifier: Apache-2.0
"""Traders and officers write their own row and tokens only, and stay who they are; administrators write all."""

from __future__ import annotations

from django.db import migrations

from gumruk.office.audit.walls import row_level_check

_SOMEBODY_ACTS = "coalesce(current_setting('gumruk.actor', true), '') <> ''"

USER = f"""
{_SOMEBODY_ACTS} AND CASE current_setting('gumruk.scope', true)
    WHEN 'trader' THEN id::text = current_setting('gumruk.actor', true) AND role = 'trader'
        AND trader_tin = current_setting('gumruk.trader', true)
    WHEN 'offices' THEN id::text = current_setting('gumruk.actor', true)
        AND role IN ('officer', 'supervisor', 'cashier')
        AND array_to_string(offices, ',') = current_setting('gumruk.offices', true)
    ELSE true
END
"""
TOKEN = f"""
{_SOMEBODY_ACTS} AND (coalesce(current_setting('gumruk.scope', true), '') NOT IN ('trader', 'offices')
    OR user_id::text = current_setting('gumruk.actor', true))
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_walls")]

    operations = [
        row_level_check("accounts_user", USER, _SOMEBODY_ACTS),
        row_level_check("accounts_api_token", TOKEN, _SOMEBODY_ACTS),
    ]

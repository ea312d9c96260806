# SPDX-License-Identifier: Apache-2.0
"""The tariff at work: duties in words."""

# SPDX-License-Identifier: Apache-2.0
"""The nomenclature at work: one finder for every page and command, official texts beside our labels."""

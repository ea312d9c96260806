# SPDX-License-Identifier: Apache-2.0
"""Declarations: lodging, accepting, deciding, releasing; the file of each with all that happened to it."""

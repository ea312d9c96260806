# SPDX-License-Identifier: Apache-2.0
"""The nomenclature's tables."""

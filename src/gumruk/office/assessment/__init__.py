# SPDX-License-Identifier: Apache-2.0
"""Stored assessments: the charges of a subject as they were computed, and their replay from the law they name."""

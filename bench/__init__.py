# SPDX-License-Identifier: Apache-2.0
"""Measurements: `./run bench [NAME]` prints one JSON line a figure."""

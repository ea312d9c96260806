# SPDX-License-Identifier: Apache-2.0
"""Measurements, each against something in the same run. `./run bench [NAME]` prints one JSON line a figure."""

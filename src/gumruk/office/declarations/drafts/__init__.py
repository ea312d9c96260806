# SPDX-License-Identifier: Apache-2.0
"""Declarations that are being written: what a trader typed, as it was typed, until it is lodged."""

# SPDX-License-Identifier: Apache-2.0
"""The tariff at work: duties in words, and the command that reads and computes them."""

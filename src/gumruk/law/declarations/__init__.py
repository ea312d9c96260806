# SPDX-License-Identifier: Apache-2.0
"""The declaration: its model, its checks, its states, and what blocks release."""

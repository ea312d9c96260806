# SPDX-License-Identifier: Apache-2.0
"""Documents on paper: what was issued, by which token a stranger verifies it, and how it is set in type."""

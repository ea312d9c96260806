# SPDX-License-Identifier: Apache-2.0
"""What the law says: pure functions over frozen values. Standard library only; no I/O, no clock, no float."""

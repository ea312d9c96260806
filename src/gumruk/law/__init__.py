# SPDX-License-Identifier: Apache-2.0
"""What the law says: pure functions over frozen values. Standard library only; no input or output, no clock, no float."""

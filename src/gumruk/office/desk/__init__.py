# SPDX-License-Identifier: Apache-2.0
"""Pages that show several areas at once: home, the journal, verification by strangers. Composes, decides nothing."""

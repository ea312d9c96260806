# SPDX-License-Identifier: Apache-2.0
"""The running law: published snapshots, each approved by a second person, and the one that is in force here."""

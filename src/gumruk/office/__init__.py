# SPDX-License-Identifier: Apache-2.0
"""People at work: who may do what, states, screens, API, jobs, money. Django on PostgreSQL."""

# SPDX-License-Identifier: Apache-2.0
"""Who may do what: users, offices, roles, sign-in, tokens, `@needs`."""

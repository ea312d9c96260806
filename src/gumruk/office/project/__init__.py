# SPDX-License-Identifier: Apache-2.0
"""Settings, URLs and wiring of the web application, and what starts and stops it."""

# SPDX-License-Identifier: Apache-2.0
"""Words to codes: an index of documents, ranking by several legs, calibrated confidence, questions.

Knows no country, no database and no files of the world: whoever builds an index hands in its documents.
"""

from __future__ import annotations

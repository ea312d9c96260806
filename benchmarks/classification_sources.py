# SPDX-License-Identifier: Apache-2.0
"""What each source is worth: `./run bench classification_sources` builds the index without it and asks again.

A third of the queries of the test fold is asked, with the weights of the whole index; own labels and words count as
sources too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from benchmarks.classification import PARTS, documents, learned_apart, scores_of
from benchmarks.classification_data import FOLDER, Asked, queries, rows
from benchmarks.classification_ranks import SOURCE_LEAST, Ranks
from benchmarks.figures import Figure
from gumruk.office.nomenclature.finding import finder_of
from gumruk.packs.world import world
from gumruk.search.index import build

BENCH = "classification_sources"
#: Of so many queries one is asked.
ONE_OF = 3


def figures() -> Iterator[Figure]:
    """The loss of each source, at six digits; the reference data must lie beside the checkout."""
    if not FOLDER.is_dir():
        yield Figure(BENCH, "reference data", 0, "folder", "the reference data is not here: nothing measured")
        return
    asked = queries("test")[::ONE_OF]
    held = _ranks(asked, "")
    yield Figure(BENCH, f"{len(asked)} queries, nothing dropped: 6 digits top-10", round(held.share(6, 10), 1), "%")
    taught = Counter(row["source"] for row in rows() if row["fold"] != "test")
    sources = [source for source, count in taught.most_common() if count >= SOURCE_LEAST and source in held.sources]
    for dropped in (*PARTS, *sources):
        without = _ranks(asked, dropped)
        for top in (1, 10):
            loss = held.share(6, top) - without.share(6, top)
            yield Figure(BENCH, f"without {dropped}: loss at 6 digits top-{top}", round(loss, 1), "points")


def _ranks(asked: list[Asked], dropped: str) -> Ranks:
    index = build(world().nomenclature.subheadings, documents(dropped))
    finding = finder_of(index, learned_apart())
    return Ranks(asked, [scores_of(each.text, finding) for each in asked])

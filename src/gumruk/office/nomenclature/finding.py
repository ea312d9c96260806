# SPDX-License-Identifier: Apache-2.0
"""The one finder of this installation: made from the world's words and the country's official texts, kept on disk.

All pages, the lodging form and `gumruk find` ask it. The index is built once for a state of the words (under a minute)
and read again while they stay the same; nothing is fetched from or sent to anywhere.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from functools import cache

from gumruk.office.nomenclature.official import official_texts
from gumruk.office.project.environment import data_folder, search_folder
from gumruk.packs.nomenclature import Content, nomenclature_content
from gumruk.packs.world import LANGUAGES, vague_words, world
from gumruk.search.documents import Document
from gumruk.search.finder import Finder, vague_stems
from gumruk.search.index import Index, build, is_of, load
from gumruk.search.ranking import learned

_FILE = "index.npz"


@cache
def finder() -> Finder:
    """The finder of this process. The first call reads or builds the index."""
    content, learning = nomenclature_content(), learned()
    return Finder(
        tree=world().nomenclature,
        correlation=content.correlation,
        index=_index(tuple(documents_of(content))),
        weights=learning.weights,
        leaf_steps=learning.leaf_steps,
        heading_steps=learning.heading_steps,
        chemicals=content.chemicals,
        vague=vague_stems((*content.vague, *vague_words())),
    )


def documents_of(content: Content) -> Iterator[Document]:
    """All that is said of codes: our labels and words, the chapters' names, brands, and the country's own texts."""
    for entry in content.entries.values():
        for language in LANGUAGES:
            yield Document(entry.code, language, "label", entry.labels[language])
            for word in entry.words[language]:
                yield Document(entry.code, language, "word", word)
    tree = world().nomenclature
    for chapter in tree.chapters:
        for language in LANGUAGES:
            yield Document(chapter, language, "label", tree.label(chapter, language) or "")
    for brand in content.brands:
        for code in brand.codes:
            yield Document(code, "en", "brand", brand.name)
    for text in official_texts(data_folder()):
        if text.code[:6] in tree:
            yield Document(text.code[:6], text.language, "law", text.text)


def index_stands() -> bool:
    """Whether an index of today's words is kept, so that `finder` has nothing to build."""
    return is_of(search_folder() / _FILE, tuple(documents_of(nomenclature_content())))


def _index(documents: tuple[Document, ...]) -> Index:
    """Read the index from the data folder, or build and keep it; of several processes one builds, the others wait."""
    leaves, path = world().nomenclature.subheadings, search_folder() / _FILE
    held = load(path, leaves, documents)
    if held is not None:
        return held
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        held = load(path, leaves, documents)
        if held is None:
            held = build(leaves, documents)
            held.save(path)
    return held

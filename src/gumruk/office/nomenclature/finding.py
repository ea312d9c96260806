# SPDX-License-Identifier: Apache-2.0
"""The one finder of this installation: made from the world's words and the country's official texts, kept on disk.

All pages, the lodging form and `gumruk find` ask it. The index is built once for a state of the words (under a minute)
and read again while they stay the same; nothing is fetched from or sent to anywhere.
"""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gumruk.office.nomenclature.editions import NO_TEXTS, OfficialTexts
from gumruk.office.nomenclature.kept import Kept, Stamp, keep, kept, stamp_of_kept
from gumruk.office.project.environment import search_folder
from gumruk.packs.nomenclature import Content, nomenclature_content
from gumruk.packs.world import LANGUAGES, vague_words, world
from gumruk.search.documents import Document, digest_of
from gumruk.search.finder import Finder, vague_stems
from gumruk.search.index import Index, build, is_of, load
from gumruk.search.ranking import Learned, learned

_FILES = "index*.npz"
_turn = threading.Lock()
#: The finder that answers, and the copy of the official texts that it was made of.
_held: list[tuple[Stamp | None, Finder]] = []


def finder() -> Finder:
    """The finder of this process. The first call reads or builds the index."""
    with _turn:
        if not _held:
            _held[:] = [_made()]
        return _held[0][1]


def finder_held() -> Finder | None:
    """The finder if this process has one already; never builds or reads."""
    held = _held[:]
    return held[0][1] if held else None


def finder_is_of_today() -> bool:
    """Whether there is a finder and it knows the official texts as they are kept now; costs one look at a file."""
    held = _held[:]
    return bool(held) and held[0][0] == stamp_of_kept()


def finder_renew() -> None:
    """Make another finder of what is kept now and let it answer from here on; until then the former one answers."""
    made = _made()
    with _turn:
        _held[:] = [made]


def finder_forget() -> None:
    """Be as a process that has just begun: for tests that change the words."""
    with _turn:
        _held.clear()


def _made() -> tuple[Stamp | None, Finder]:
    stamp = stamp_of_kept()
    return stamp, finder_of(_index(_documents(kept())), learned())


def finder_of(index: Index, learning: Learned) -> Finder:
    """The finder of an index and of what was learned for it."""
    content = nomenclature_content()
    return Finder(
        tree=world().nomenclature,
        correlation=content.correlation,
        index=index,
        weights=learning.weights,
        leaf_steps=learning.leaf_steps,
        heading_steps=learning.heading_steps,
        chemicals=content.chemicals,
        vague=vague_stems((*content.vague, *vague_words())),
    )


def documents_of(content: Content, official: OfficialTexts = NO_TEXTS) -> Iterator[Document]:
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
    for text in official.all():
        if text.code[:6] in tree:
            yield Document(text.code[:6], text.language, "law", text.text)


def index_stands() -> bool:
    """Whether an index of what is kept now is there, so that `finder` has nothing to build."""
    documents = _documents(kept())
    return is_of(_path(documents), documents)


def index_renew(held: Kept) -> Index:
    """Build the index of these official texts where there is none, and let it be the one that is searched.

    The index that stood goes on to answer until then: at every moment the copy of the texts and its index are there.
    """
    documents = _documents(held)
    with _only_builder():
        found = _built(documents)
        if held.editions or stamp_of_kept() is not None:
            keep(held)
        _others_remove(_path(documents))
    return found


def _documents(held: Kept) -> tuple[Document, ...]:
    return tuple(documents_of(nomenclature_content(), held.texts(held.on)))


def _path(documents: tuple[Document, ...]) -> Path:
    return search_folder() / f"index-{digest_of(documents, '')[:16]}.npz"


def _index(documents: tuple[Document, ...]) -> Index:
    """Read the index from the data folder, or build and keep it; of several processes one builds, the others wait."""
    held = load(_path(documents), world().nomenclature.subheadings, documents)
    if held is not None:
        return held
    with _only_builder():
        return _built(documents)


def _built(documents: tuple[Document, ...]) -> Index:
    leaves, path = world().nomenclature.subheadings, _path(documents)
    held = load(path, leaves, documents)
    if held is None:
        held = build(leaves, documents)
        held.save(path)
    return held


def _others_remove(path: Path) -> None:
    """Remove what earlier words left; whoever reads one at this moment has it open."""
    for other in path.parent.glob(_FILES):
        if other != path:
            other.unlink(missing_ok=True)


@contextmanager
def _only_builder() -> Iterator[None]:
    folder = search_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "index.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield

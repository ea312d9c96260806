# SPDX-License-Identifier: Apache-2.0
"""The index: documents as sparse rows, nodes of the tree as BM25 rows, and the classifier trained on them.

Built in under a minute from the documents handed in, kept as one file of arrays (no code in it), read in a blink.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from scipy.sparse import csr_matrix

from gumruk.search.classifier import MEMBERS, Classifier, Floats, Member, Whole, train
from gumruk.search.documents import WEIGHTS, Document, digest_of
from gumruk.search.text import is_latin, pieces, sound, stems, words

#: Grows with every change of what an index holds: an index of another form is built anew.
FORM = "6"
#: Letter pieces share so many columns.
PIECES = 1 << 16
#: What a letter piece counts beside a word.
PIECE_WEIGHT = 0.7
#: BM25: how fast repeats stop to count, how much long nodes are held back, what a heading's own words count for it.
REPEATS, LENGTH, CHILDREN = 1.2, 0.5, 0.5
#: A mark before the sound of a word, so that it is no word.
SOUND = "~"


@dataclass(frozen=True)
class Index:
    """What is searched. `leaves` are the subheadings of the tree in order, `nodes` all its codes.

    `held` says which documents hold each word and, after the words, each letter piece: a row a word or piece, column n
    is document n. `node_rows` holds BM25 weights, a row a node, a column a word; `words_idf`, how rare each word is.
    """

    digest: str
    leaves: tuple[str, ...]
    documents: tuple[Document, ...]
    vocabulary: tuple[str, ...]
    surfaces: tuple[str, ...]
    words_idf: Floats
    pieces_idf: Floats
    held: csr_matrix
    node_rows: csr_matrix
    classifier: Classifier

    @cached_property
    def column(self) -> dict[str, int]:
        """The column of each known stem, and of each sound behind its mark."""
        return {word: number for number, word in enumerate(self.vocabulary)}

    @cached_property
    def heard(self) -> dict[str, str]:
        """By its sound, the most usual word that is not in Latin letters."""
        found: dict[str, str] = {}
        for word in self.surfaces:
            if not is_latin(word):
                key = sound(word)
                held = found.get(key)
                if held is None or self._rarest(word) < self._rarest(held):
                    found[key] = word
        return found

    def _rarest(self, word: str) -> float:
        return min(
            (float(self.words_idf[self.column[stem]]) for stem in stems(word) if stem in self.column), default=99.0
        )

    def rarity_of(self, holding: int) -> float:
        """How rare a word is that so many documents hold."""
        return float(np.log((len(self.documents) + 1) / (holding + 1))) + 1

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """The codes of `node_rows`: leaves, then headings, then chapters."""
        return _nodes(self.leaves)

    @cached_property
    def places(self) -> Places:
        """Where each leaf's heading and chapter, and each document's node, stand."""
        return Places.of(self.leaves, self.documents)

    def save(self, path: Path) -> None:
        """Write the index; the file is whole or not there."""
        whole: dict[str, Any] = {
            "digest": self.digest,
            "vocabulary": "\n".join(self.vocabulary),
            "surfaces": "\n".join(self.surfaces),
            "words_idf": self.words_idf,
            "pieces_idf": self.pieces_idf,
        }
        for number, member in enumerate(self.classifier.members):
            whole |= {
                f"member{number}.pieces": member.pieces,
                f"member{number}.scales": member.scales,
                f"member{number}.leaves": member.leaves.astype(np.float16),
                f"member{number}.headings": member.headings.astype(np.float16),
            }
        for name, matrix in (("held", self.held), ("node_rows", self.node_rows)):
            whole[f"{name}.data"] = matrix.data.astype(np.float16)
            whole[f"{name}.indices"], whole[f"{name}.indptr"] = matrix.indices, matrix.indptr
            whole[f"{name}.shape"] = matrix.shape
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".half.npz")
        np.savez_compressed(half, **whole)
        half.replace(path)


@dataclass(frozen=True, slots=True)
class Places:
    """Positions: a leaf's heading and chapter; a document's leaf and heading (-1: it speaks of more than one)."""

    headings: tuple[str, ...]
    chapters: tuple[str, ...]
    heading_of: Whole
    chapter_of: Whole
    document_leaf: Whole
    document_heading: Whole

    @classmethod
    def of(cls, leaves: Sequence[str], documents: Sequence[Document]) -> Places:
        """Work the positions out."""
        headings, chapters = (tuple(sorted({leaf[:digits] for leaf in leaves})) for digits in (4, 2))
        heading = {code: place for place, code in enumerate(headings)}
        chapter = {code: place for place, code in enumerate(chapters)}
        leaf_at = {code: place for place, code in enumerate(leaves)}
        return cls(
            headings,
            chapters,
            np.array([heading[leaf[:4]] for leaf in leaves], np.int32),
            np.array([chapter[leaf[:2]] for leaf in leaves], np.int32),
            np.array([leaf_at.get(document.code, -1) for document in documents], np.int32),
            np.array([heading.get(document.code[:4], -1) for document in documents], np.int32),
        )


def told_of(documents: Iterable[Document]) -> tuple[Document, ...]:
    """The documents that hold a word: `46-0-0` is said of a fertiliser and holds none."""
    return tuple(document for document in documents if words(document.text))


def load(path: Path, leaves: Sequence[str], documents: Sequence[Document]) -> Index | None:
    """The index kept at a path; None where there is none, or it is of other documents, or broken."""
    documents = told_of(documents)
    wanted = digest_of(documents, FORM)
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
            if str(held["digest"]) != wanted:
                return None
            by_column, node_rows = (
                csr_matrix(
                    (held[f"{name}.data"].astype(np.float32), held[f"{name}.indices"], held[f"{name}.indptr"]),
                    shape=tuple(held[f"{name}.shape"]),
                )
                for name in ("held", "node_rows")
            )
            classifier = Classifier(
                tuple(
                    Member(
                        held[f"member{number}.pieces"],
                        held[f"member{number}.scales"],
                        held[f"member{number}.leaves"].astype(np.float32),
                        held[f"member{number}.headings"].astype(np.float32),
                    )
                    for number in range(MEMBERS)
                )
            )
            return Index(
                wanted,
                tuple(leaves),
                tuple(documents),
                tuple(str(held["vocabulary"]).split("\n")),
                tuple(str(held["surfaces"]).split("\n")),
                held["words_idf"],
                held["pieces_idf"],
                by_column,
                node_rows,
                classifier,
            )
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None


def is_of(path: Path, documents: Sequence[Document]) -> bool:
    """Whether the index kept at a path is of these documents, by its digest alone."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
            return str(held["digest"]) == digest_of(told_of(documents), FORM)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return False


def build(leaves: Sequence[str], documents: Iterable[Document]) -> Index:
    """Build the index of a tree from all that is said of its codes."""
    documents = told_of(documents)
    told = [words(document.text) for document in documents]
    found_by = [
        [column for word in each for column in columns_of(word, document)]
        for each, document in zip(told, documents, strict=True)
    ]
    vocabulary = tuple(sorted({column for each in found_by for column in each}))
    column = {word: number for number, word in enumerate(vocabulary)}
    # An official text is long and rightly spelt: its words are enough.
    spelt = [() if document.kind == "law" else each for each, document in zip(told, documents, strict=True)]
    counted = _counted(spelt, found_by, column)
    words_idf, pieces_idf = (_idf(counted[:, part]) for part in (slice(len(column)), slice(len(column), None)))
    rows = _weighted(counted, words_idf, pieces_idf)
    places = Places.of(leaves, documents)
    weights = np.array([WEIGHTS[document.kind] for document in documents], np.float32)
    # The letters of a brand say nothing of other goods: it is found, and teaches nothing.
    teaching = np.array([document.kind != "brand" for document in documents], bool)
    return Index(
        digest_of(documents, FORM),
        tuple(leaves),
        documents,
        vocabulary,
        tuple(sorted({word for each in told for word in each})),
        words_idf,
        pieces_idf,
        rows.T.tocsr(),
        _node_rows(counted[:, : len(column)], words_idf, documents, leaves, weights),
        train(
            rows[teaching],
            places.document_leaf[teaching],
            places.document_heading[teaching],
            places.heading_of,
            weights[teaching],
        ),
    )


def columns_of(word: str, document: Document) -> tuple[str, ...]:
    """What a document's word is found by: its stems, and its sound if it is a brand's or not in Latin letters."""
    heard = document.kind == "brand" or not is_latin(word)
    return (*stems(word), SOUND + sound(word)) if heard else stems(word)


def piece_column(piece: str) -> int:
    """The column of a letter piece, the same on every machine."""
    return zlib.crc32(piece.encode()) % PIECES


def _counted(told: Sequence[Sequence[str]], found_by: Sequence[Sequence[str]], column: dict[str, int]) -> csr_matrix:
    starts, indices = [0], []
    for each, columns in zip(told, found_by, strict=True):
        indices += [column[found] for found in columns]
        indices += [len(column) + piece_column(piece) for word in each for piece in pieces(word)]
        starts.append(len(indices))
    ones = np.ones(len(indices), np.float32)
    counted = csr_matrix((ones, np.array(indices, np.int32), np.array(starts, np.int32)))
    counted.resize(len(told), len(column) + PIECES)
    counted.sum_duplicates()
    return counted


def _idf(counted: csr_matrix) -> Floats:
    holding = np.bincount(counted.indices, minlength=counted.shape[1])
    rare: Floats = np.log((counted.shape[0] + 1) / (holding + 1)).astype(np.float32) + 1
    return rare


def _weighted(counted: csr_matrix, words_idf: Floats, pieces_idf: Floats) -> csr_matrix:
    """Each row's amounts: log of the count times rarity, the row's length made 1."""
    rows = counted.copy()
    rarity = np.concatenate((words_idf, PIECE_WEIGHT * pieces_idf))
    rows.data = (1 + np.log(rows.data)) * rarity[rows.indices]
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    rows.data /= np.repeat(np.maximum(lengths, 1e-9), np.diff(rows.indptr))
    rows.data = rows.data.astype(np.float32)
    return rows


def _nodes(leaves: Sequence[str]) -> tuple[str, ...]:
    return (*leaves, *sorted({leaf[:4] for leaf in leaves}), *sorted({leaf[:2] for leaf in leaves}))


def _node_rows(
    counted: csr_matrix, words_idf: Floats, documents: Sequence[Document], leaves: Sequence[str], weights: Floats
) -> csr_matrix:
    """BM25 weights of every node: its own documents, and half of what its children say."""
    nodes = _nodes(leaves)
    at = {code: place for place, code in enumerate(nodes)}
    entries = [
        (at[document.code[:digits]], number, weight if digits == len(document.code) else CHILDREN * weight)
        for number, (document, weight) in enumerate(zip(documents, weights, strict=True))
        for digits in (2, 4, 6)
        if digits <= len(document.code) and document.code[:digits] in at
    ]
    node, document_number, share = (np.array(column) for column in zip(*entries, strict=True))
    gathering = csr_matrix((share.astype(np.float32), (node, document_number)), shape=(len(nodes), len(documents)))
    counts = (gathering @ counted).tocsr()
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    level = np.array([len(code) for code in nodes])
    usual = np.array([max(1.0, float(lengths[level == digits].mean())) for digits in level])
    held_back = np.repeat(REPEATS * (1 - LENGTH + LENGTH * lengths / usual), np.diff(counts.indptr))
    counts.data = counts.data * (REPEATS + 1) / (counts.data + held_back) * words_idf[counts.indices]
    counts.data = counts.data.astype(np.float32)
    return counts

# SPDX-License-Identifier: Apache-2.0
"""Finding the code: `./run bench classification`, by the protocol of the reference page, on its folds.

The method is Gumruk's own finder with its own labels and words; the labelled texts of the training and calibration
folds stand for a country's rulings and accepted declarations, law texts for its official nomenclature. The weights of
the legs and the calibration are learned on two thirds of the calibration fold with an index of the training fold and
the other third; the test fold teaches nothing.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.classification_baselines import baselines
from benchmarks.classification_data import FOLDER, Asked, everyday, examples, law_texts, queries
from benchmarks.classification_learning import learn
from benchmarks.classification_ranks import SOURCE_LEAST, TOPS, Ranks, Scores
from benchmarks.classification_stored import compared
from benchmarks.figures import Figure
from gumruk.law.nomenclature import ASKED_MAX, DO_NOT_KNOW
from gumruk.office.nomenclature.finding import documents_of, finder, finder_of
from gumruk.office.nomenclature.telling import chances_of
from gumruk.packs.nomenclature import nomenclature_content
from gumruk.packs.world import vague_words, world
from gumruk.search.confidence import calibrated, calibration_error, likelihood
from gumruk.search.documents import Document
from gumruk.search.finder import Finder, Found, Group, Kind, Result
from gumruk.search.index import Index, build
from gumruk.search.query import read_query
from gumruk.search.ranking import Learned, candidates_of

BENCH = "classification"
#: Parts of the index that are no source of labelled texts.
PARTS = OWN, OFFICIAL = ("own words and brands", "official texts")
#: A query is short if it has at most so many words: a typo in it counts most.
SHORT_WORDS = 4
#: From this calibrated probability of the heading on, nobody is asked which kind of goods it is; else among so many.
SURE, KINDS = 0.9, 8
#: Languages that the shipped words are in.
TYPED = ("en", "ru", "tg")
GOALS = {
    (4, 10, False): "at least 90", (6, 1, False): "at least 50", (6, 5, False): "at least 75",
    (6, 10, False): "at least 82", (6, 1, True): "at least 50", (6, 5, True): "at least 72",
    (6, 10, True): "at least 80",
}  # fmt: skip
EVERYDAY_GOALS = {"en": "at least 95", "ru": "at least 90", "tg": "at least 85"}


def documents(dropped: str = "") -> list[Document]:
    """All that an index is made of but the test fold; `dropped` leaves out a source, or one of `PARTS`."""
    own = [] if dropped == OWN else documents_of(nomenclature_content())
    law = [] if dropped == OFFICIAL else law_texts()
    return [*own, *law, *examples({"train", "learning", "more"}, dropped)]


@cache
def learned_apart() -> Learned:
    """Weights and calibration, learned with an index that does not hold the queries that teach."""
    held = [*documents_of(nomenclature_content()), *law_texts(), *examples({"train", "more"})]
    return learn(queries("learning"), build(world().nomenclature.subheadings, held))


def figures() -> Iterator[Figure]:
    """All figures; the reference data must lie beside the checkout."""
    if not FOLDER.is_dir():
        yield Figure(BENCH, "reference data", 0, "folder", "the reference data is not here: nothing measured")
        return
    learned, leaves, asked = learned_apart(), world().nomenclature.subheadings, queries("test")
    started = time.perf_counter()
    index = build(leaves, documents())
    yield Figure(BENCH, "cold build", round(time.perf_counter() - started, 1), "s", "under 60")
    with tempfile.TemporaryDirectory() as folder:
        index.save(Path(folder, "index.npz"))
        yield Figure(BENCH, "index", round(Path(folder, "index.npz").stat().st_size / 1e6, 1), "MB", "under 100")
    took: list[float] = []
    finding = finder_of(index, learned)
    scores = [scores_of(each.text, finding, took) for each in asked]
    ranks = Ranks(asked, scores)
    yield Figure(BENCH, "queries", len(asked), "queries")
    for name, share in (("p50", 50), ("p95", 95)):
        goal = "under 100" if share == 95 else ""
        yield Figure(BENCH, f"{name} a query", round(float(np.percentile(took, share)) * 1000, 1), "ms", goal)
    yield from _told("Gumruk", ranks, goals=True)
    for source in sorted(set(ranks.sources), key=ranks.sources.count, reverse=True):
        yield from _of_source(ranks, source)
    yield from compared(asked, ranks)
    yield from _confidence(asked, scores, learned)
    yield from _with_typo(asked, scores, finding)
    yield from _far_from_taught(asked, index, ranks)
    yield from _questions(asked, scores, learned)
    taught = examples({"train", "learning", "more"})
    for baseline in baselines(leaves, list(law_texts()), list(taught), [each.text for each in asked]):
        scored = (
            {code: score for code, score in zip(leaves, row.tolist(), strict=True) if score > 0}
            for row in baseline.scores
        )
        yield Figure(BENCH, f"{baseline.name}: training and all answers", round(baseline.seconds, 1), "s")
        yield from _told(baseline.name, Ranks(asked, scored, summed=False))
    yield from _as_shipped(asked)


def scores_of(text: str, finder: Finder, took: list[float] | None = None) -> Scores:
    """The probability of each code that the finder would show for a text."""
    started = time.perf_counter()
    query = read_query(text, finder.index)
    ranked = finder.ranked(query)
    if took is not None:
        took.append(time.perf_counter() - started)
    found = zip(ranked.leaves, ranked.probabilities.tolist(), strict=True)
    return {finder.index.leaves[leaf]: probability for leaf, probability in found}


def _told(name: str, ranks: Ranks, *, goals: bool = False) -> Iterator[Figure]:
    for digits in (2, 4, 6):
        for top in TOPS:
            goal = GOALS.get((digits, top, False), "") if goals else ""
            yield Figure(BENCH, f"{name}: {digits} digits top-{top}", round(ranks.share(digits, top), 1), "%", goal)
    for digits in (4, 6):
        for top in (1, 5, 10):
            goal = GOALS.get((digits, top, True), "") if goals else ""
            name_of = f"{name}: {digits} digits top-{top}, mean over sources of {SOURCE_LEAST} and more"
            yield Figure(BENCH, name_of, round(ranks.macro(digits, top), 1), "%", goal)


def _of_source(ranks: Ranks, source: str) -> Iterator[Figure]:
    count = ranks.sources.count(source)
    for digits in (4, 6):
        for top in (1, 5, 10):
            share, interval = ranks.share(digits, top, source), ranks.interval(digits, top, source)
            name = f"{source} ({count}): {digits} digits top-{top} [{interval}]"
            yield Figure(BENCH, name, round(share, 1), "%")


def _confidence(asked: Sequence[Asked], scores: Sequence[Scores], learned: Learned) -> Iterator[Figure]:
    """What is shown as sure, against what was right: of the first heading and the first subheading."""
    for digits, steps in ((4, learned.heading_steps), (6, learned.leaf_steps)):
        shown, right = [], []
        for each, found in zip(asked, scores, strict=True):
            shares: dict[str, float] = {}
            for code, probability in found.items():
                shares[code[:digits]] = shares.get(code[:digits], 0.0) + probability
            best = max(shares, key=lambda code: shares[code]) if shares else ""
            shown.append(calibrated(shares[best], steps) if shares else 0.0)
            right.append(float(bool(shares) and any(code.startswith(best) for code in each.right)))
        sure, true = np.array(shown), np.array(right)
        half = np.argsort(-sure, kind="stable")[: len(sure) // 2]
        goals = ("at most 0.03", "at least 90") if digits == 4 else ("", "")
        yield Figure(
            BENCH, f"{digits} digits: calibration error", round(calibration_error(sure, true), 3), "", goals[0]
        )
        half_right = round(100 * float(true[half].mean()), 1)
        yield Figure(BENCH, f"{digits} digits: right among the surest half", half_right, "%", goals[1])
        for least in (0.5, 0.8, 0.9):
            held = sure >= least
            name = f"{digits} digits: answered at {least} and more, {100 * held.mean():.0f} % of queries; right"
            yield Figure(BENCH, name, round(100 * float(true[held].mean()) if held.any() else 0, 1), "%")


def _with_typo(asked: Sequence[Asked], scores: Sequence[Scores], finding: Finder) -> Iterator[Figure]:
    """One typo in the longest word of each short query."""
    dice = random.Random(11)  # noqa: S311 - the same typos every time
    chosen = [
        (each, found)
        for each, found in zip(asked, scores, strict=True)
        if len(each.text.split()) <= SHORT_WORDS and max(map(len, each.text.split())) >= 4
    ]
    short = [each for each, _ in chosen]
    spoilt = [misspelt(each.text, dice) for each in short]
    plain = Ranks(short, [found for _, found in chosen]).share(4, 5)
    wrong = Ranks(short, [scores_of(text, finding) for text in spoilt]).share(4, 5)
    yield Figure(BENCH, f"{len(short)} short queries: 4 digits top-5", round(plain, 1), "%")
    yield Figure(BENCH, "with one typo: loss", round(plain - wrong, 1), "points", "at most 4")


def misspelt(text: str, dice: random.Random) -> str:
    """The text with one mistake in its longest word: a letter left out, doubled, exchanged or swapped with the next."""
    word = max(text.split(), key=len)
    place = dice.randrange(1, len(word) - 1)
    other = word[dice.randrange(len(word))]
    spoilt = dice.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
            word[:place] + other + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        )
    )
    return text.replace(word, spoilt, 1)


def _far_from_taught(asked: Sequence[Asked], index: Index, ranks: Ranks) -> Iterator[Figure]:
    """Queries to which nothing that was taught is nearly alike."""
    far = []
    for each in asked:
        near = candidates_of(read_query(each.text, index), index).nearest
        far.append(not near or near[0][1] < 0.8)
    chosen = np.array(far)
    for digits, column in ((4, 1), (6, 2)):
        for top in (1, 5, 10):
            share = 100 * float((ranks.ranks[chosen, column] <= top).mean())
            name = f"nothing alike was taught ({chosen.sum()}): {digits} digits top-{top}"
            yield Figure(BENCH, name, round(share, 1), "%")


def _questions(asked: Sequence[Asked], scores: Sequence[Scores], learned: Learned) -> Iterator[Figure]:
    """At most three questions, answered by somebody who knows the goods; an answer hides, it never drops a code.

    Without and with the first question of a doubtful answer: which of these kinds of goods (the headings found) it is.
    """
    found = [_groups(each, learned) for each in scores]
    for name, kinds in (("questions of the heading only", False), ("with the choice among kinds", True)):
        told = [_interviewed(each, groups, kinds=kinds) for each, groups in zip(asked, found, strict=True)]
        goals = ("at least 66", "at least 73") if kinds else ("", "")
        leaf = (
            100 * sum(each.code.startswith(tuple(of.right)) for each, of in zip(told, asked, strict=True)) / len(told)
        )
        heading = sum(any(c[:4] == each.code[:4] for c in of.right) for each, of in zip(told, asked, strict=True))
        yield Figure(BENCH, f"{name}: 6 digits top-1", round(leaf, 1), "%", goals[0])
        yield Figure(BENCH, f"{name}: 4 digits top-1", round(100 * heading / len(told), 1), "%", goals[1])
        yield Figure(BENCH, f"{name}: asked", round(sum(each.count for each in told) / len(told), 2), "questions")
        yield Figure(BENCH, f"{name}: right codes lost", sum(each.lost for each in told), "codes", "0")


class _Interview(NamedTuple):
    code: str
    count: int
    lost: bool


def _interviewed(each: Asked, groups: Sequence[Group], *, kinds: bool) -> _Interview:
    """The code after the questions; where no answer is the right one, "do not know" is answered."""
    if not groups:
        return _Interview("", 0, False)
    best, count = groups[0], 0
    if kinds and best.probability < SURE:
        count = 1
        best = next((group for group in groups[:KINDS] if any(c[:4] == group.heading for c in each.right)), best)
    chances = chances_of(best)
    code = max(chances, key=lambda leaf: chances[leaf])
    held = nomenclature_content().questions.get(best.heading)
    if held is None:
        return _Interview(code, count, False)
    given: dict[str, str] = {}
    # Where the data gives a text several codes, whoever is asked has one kind of goods before him.
    right = next((code for code in sorted(each.right) if code in chances), "")
    while len(given) < ASKED_MAX - count and (question := held.next(chances, given)):
        keeps = [answer.id for answer in question.answers if right in answer.keeps]
        given[question.id] = keeps[0] if keeps else DO_NOT_KNOW
    kept = held.keeps(chances, given)
    lost = right in chances and right not in kept
    return _Interview(max(kept, key=lambda leaf: chances[leaf]), count + len(given), lost)


def _groups(scores: Scores, learned: Learned) -> list[Group]:
    held: dict[str, list[Result]] = {}
    for code, probability in scores.items():
        sure = calibrated(probability, learned.leaf_steps)
        held.setdefault(code[:4], []).append(Result(code, sure, likelihood(sure)))
    shares = {heading: sum(scores[result.code] for result in results) for heading, results in held.items()}
    groups = []
    for heading in sorted(held, key=lambda code: -shares[code]):
        sure = calibrated(shares[heading], learned.heading_steps)
        groups.append(Group(heading, sure, likelihood(sure), tuple(held[heading])))
    return groups


def _as_shipped(asked: Sequence[Asked]) -> Iterator[Figure]:
    """The finder as it ships, without a single text of others: on the same queries, and on our everyday lists."""
    shipped = finder()
    typed = [each for each in asked if each.language in TYPED]
    ranks = Ranks(typed, [scores_of(each.text, shipped) for each in typed])
    yield from _told(f"as shipped ({len(typed)} queries in {', '.join(TYPED)})", ranks)
    for language, goal in EVERYDAY_GOALS.items():
        held = everyday(language)
        found = [shipped.find(each.text) for each in held]
        for top in (1, 5, 10):
            right = [
                any(heading in each.right for heading in _headings(answer)[:top])
                for each, answer in zip(held, found, strict=True)
            ]
            name = f"everyday {language} ({len(held)}): heading top-{top}"
            yield Figure(BENCH, name, round(100 * sum(right) / len(held), 1), "%", goal if top == 5 else "")
    vague = [shipped.find(word) for word in (*nomenclature_content().vague, *vague_words())]
    asked_back = sum(answer.kind in (Kind.VAGUE, Kind.NOTHING) for answer in vague)
    yield Figure(
        BENCH, f"{len(vague)} vague words: answered without a code", round(100 * asked_back / len(vague), 1), "%"
    )


def _headings(answer: Found) -> list[str]:
    return [group.heading for group in answer.groups] or [facet.heading for facet in answer.facets]

"""Lexical and embedding likeness of sayings, compared on the sample's gold. By hand:

    python tests/benchmarks/utterance_likeness.py [--database SAMPLE.duckdb]
    python tests/benchmarks/utterance_likeness.py --read added|refused --at 0.7 [--pairs 40] --database NEWS.duckdb

The first prints B-cubed precision, recall and F1 of utterances, in the open and the closed half, when the pairs of
parts from two articles that share a speaker and whose days don't contradict are joined by their words, by the cosine of
their embeddings, by either, by both, and by an embedding where the words are near. What joins parts of two speakers,
or of none, is the same in all. The second prints pairs of a published database of which the embedding would
decide otherwise, to be judged by eye.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Final

import duckdb
from sentence_vectors import Model, NoModelError

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "gold"), str(TESTS.parent)]

from gold_across import Across  # noqa: E402
from gold_published import Published  # noqa: E402
from gold_read import Gold, read_gold  # noqa: E402
from sample_run import publish_sample  # noqa: E402

from flows.resolve.clusters import components  # noqa: E402
from flows.resolve.sayings import DAYS, PUBLISHED_DAYS, Part, names_of, within  # noqa: E402
from flows.resolve.state import State  # noqa: E402
from flows.resolve.utterances import _parts, member_of, without_doubt  # noqa: E402

THRESHOLDS: Final = (0.5, 0.6, 0.7, 0.8)
NEAR: Final = 0.3  # of the weight of the lighter part's terms that the other has too, one of them no name
Pair = tuple[str, str]


class Sayings:
    """The parts of a published database, the links between them, and how alike the pairs are that may be joined."""

    def __init__(self, database: Path, model: Model) -> None:
        with duckdb.connect(str(database), read_only=True) as connection:
            claims = connection.execute("SELECT claim_id FROM claims").fetchall()
            keys = connection.execute("SELECT DISTINCT key FROM work.links WHERE layer = 'utterance'").fetchall()
            self.parts = {part.member_id: part for part in _parts(State(connection), {claim for (claim,) in claims})}
        ends = (key.split("|") for (key,) in keys)
        self.lexical = {(one, other) for one, other in ends if one in self.parts and other in self.parts}
        pairs = sorted(candidates(list(self.parts.values())))
        texts = sorted({self.parts[end].text for pair in pairs for end in pair})
        vectors = dict(zip(texts, model.vectors(texts), strict=True))
        self.cosine: dict[Pair, float] = {
            (one, other): float(vectors[self.parts[one].text] @ vectors[self.parts[other].text]) for one, other in pairs
        }

    def variants(self) -> Iterator[tuple[str, set[Pair]]]:
        """The links of each way to decide."""
        yield "words", self.lexical
        others = self.lexical - self.cosine.keys()
        for at in THRESHOLDS:
            alike = {pair for pair, cosine in self.cosine.items() if cosine >= at}
            yield f"embedding {at}", others | alike
            yield f"words or embedding {at}", self.lexical | alike
            yield f"words and embedding {at}", others | (self.lexical & alike)
            near = {pair for pair in alike if are_near(*(self.parts[end] for end in pair))}
            yield f"words, or near and embedding {at}", self.lexical | near

    def joined(self, links: Collection[Pair]) -> dict[str, str]:
        """Member → the utterance that it is in by `links`."""
        times = {member: part.said_on or part.published_on for member, part in self.parts.items()}
        groups = components(times, without_doubt(sorted(links), times))
        return {member: group[0] for group in groups for member in group}


def candidates(parts: Sequence[Part]) -> set[Pair]:
    """The pairs of parts of two articles that share a speaker and whose days of speech and publication are near."""
    by_speaker: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        for speaker in part.speakers:
            by_speaker[speaker].append(part)
    return {
        (min(one.member_id, other.member_id), max(one.member_id, other.member_id))
        for own in by_speaker.values()
        for one, other in combinations(own, 2)
        if one.article_id != other.article_id
        and within(one.said_on, other.said_on, DAYS)
        and within(one.published_on, other.published_on, PUBLISHED_DAYS)
    }


def are_near(one: Part, other: Part) -> bool:
    """Whether two parts have a term in common that is no name, and NEAR of the lighter one's weight."""
    terms = one.weights.keys() & other.weights.keys()
    shared = sum(min(one.weights[term], other.weights[term]) for term in terms)
    lighter = min(sum(one.weights.values()), sum(other.weights.values()))
    return bool(terms - names_of(one, other)) and shared >= NEAR * lighter


def compare(database: Path, model: Model) -> None:
    """Print the figures of each variant."""
    sayings, published, gold = Sayings(database, model), Published(database), read_gold()
    print(f"{'':36}" + "".join(f"{half:>7}{'':14}" for half in gold))
    print(f"{'joined by':36}" + 2 * f"{'P':>7}{'R':>7}{'F1':>7}" + f"{'links':>7}")
    for name, links in sayings.variants():
        figures = [f"{100 * figure:7.1f}" for figure in _figures(published, gold, sayings.joined(links))]
        print(f"{name:36}{''.join(figures)}{len(links):7}")


def _figures(published: Published, gold: Mapping[str, Gold], joined: Mapping[str, str]) -> Iterator[float]:
    indirect = {row["claim_id"] for row in published.tables["claims"] if row["quotation"] == "indirect"}
    for row in published.tables["claim_parts"]:
        part = 0 if row["claim_id"] in indirect else row["part"]
        row["utterance_id"] = joined.get(member_of(row["claim_id"], part))
    for half in gold.values():
        counts = dict(Across(half.records, half.readings, published).counts(half.aliases))
        count = counts["across.utterances"]
        yield from (figure or 0.0 for figure in (count.precision, count.recall, count.f1))


def read(database: Path, model: Model, what: str, at: float, pairs: int) -> None:
    """Print some pairs that an embedding of `at` or more would add, or of less would refuse."""
    sayings = Sayings(database, model)
    joined = sayings.joined(sayings.lexical)
    if what == "added":
        found = [(a, b) for (a, b), cosine in sayings.cosine.items() if cosine >= at and joined[a] != joined[b]]
    else:
        found = [pair for pair, cosine in sayings.cosine.items() if cosine < at and pair in sayings.lexical]
    print(f"{len(found)} pairs {what} at {at}")
    for pair in sorted(random.Random(0).sample(sorted(found), min(pairs, len(found))), key=sayings.cosine.__getitem__):
        print(f"\n{sayings.cosine[pair]:.2f}")
        for part in (sayings.parts[end] for end in pair):
            print(f"  {part.said_on or '-'} {part.published_on or '-'} {min(part.speakers)}: {part.text}")


def main(arguments: Sequence[str] | None = None) -> int:
    """0, or 2 when the model is not installed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--database", type=Path, help="a published database; without it the sample is run")
    parser.add_argument(
        "--read", choices=["added", "refused"], help="print pairs of which the embedding decides otherwise"
    )
    parser.add_argument("--at", type=float, default=0.7, help="the least cosine that joins")
    parser.add_argument("--pairs", type=int, default=40, help="how many to print")
    options = parser.parse_args(arguments)
    try:
        model = Model()
    except NoModelError as problem:
        print(problem, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as home:
        database = options.database or publish_sample(Path(home))
        if options.read:
            read(database, model, options.read, options.at, options.pairs)
        else:
            compare(database, model)
    return 0


if __name__ == "__main__":
    sys.exit(main())

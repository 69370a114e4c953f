"""Precision, recall and F1 of one layer, and the ways of pairing what two readings list."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from gold_units import Unit

Pair = tuple[Unit, Unit]
T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True)
class Count:
    """What one layer came to: `right` of `gold` listed and of `found` given (shares of items count too).

    `missed` and `wrong` name items for `--details`.
    """

    right: float = 0.0
    gold: float = 0.0
    found: float = 0.0
    missed: tuple[str, ...] = field(default=(), compare=False)
    wrong: tuple[str, ...] = field(default=(), compare=False)
    right_found: float | None = None

    def __add__(self, other: Count) -> Count:
        return Count(
            self.right + other.right,
            self.gold + other.gold,
            self.found + other.found,
            self.missed + other.missed,
            self.wrong + other.wrong,
            self._right_found + other._right_found,
        )

    def of_file(self, file: str) -> Count:
        """The same, with the file before each item's name."""
        missed, wrong = (tuple(f"{file}: {name}" for name in names) for names in (self.missed, self.wrong))
        return replace(self, missed=missed, wrong=wrong)

    @property
    def _right_found(self) -> float:
        return self.right if self.right_found is None else self.right_found

    @property
    def precision(self) -> float | None:
        """None when nothing was given."""
        return self._right_found / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """None when nothing was listed."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """None when there was nothing to find and nothing was given."""
        if not self.gold and not self.found:
            return None
        precision, recall = self.precision or 0.0, self.recall or 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def paired(gold: Sequence[Unit], found: Sequence[Unit], closeness: Callable[[Unit, Unit], float]) -> list[Pair]:
    """One-to-one pairs, the closest first; 0 is no pair."""
    scored = [
        (closeness(one, other), at, to)
        for at, one in enumerate(gold)
        for to, other in enumerate(found)
        if one.words & other.words
    ]
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    pairs = []
    for score, at, to in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
        if score > 0 and at not in taken_gold and to not in taken_found:
            taken_gold.add(at)
            taken_found.add(to)
            pairs.append((gold[at], found[to]))
    return pairs


def overlap(one: Unit, other: Unit) -> float:
    """Shared words over all words."""
    return len(one.words & other.words) / len(one.words | other.words)


def half_overlap(one: Unit, other: Unit) -> float:
    """The same where at least half is shared, else 0."""
    share = overlap(one, other)
    return share if share >= 0.5 else 0.0


def presence(gold: Sequence[Unit], found: Sequence[Unit], pairs: Sequence[Pair]) -> Count:
    """Whether what is there was found, and nothing else."""
    matched_gold, matched_found = {id(one) for one, _ in pairs}, {id(other) for _, other in pairs}
    missed = tuple(unit.text for unit in gold if id(unit) not in matched_gold)
    wrong = tuple(unit.text for unit in found if id(unit) not in matched_found)
    return Count(len(pairs), len(gold), len(found), missed, wrong)


def agreement(
    gold: Sequence[Unit],
    found: Sequence[Unit],
    pairs: Sequence[Pair],
    name: str,
    same: Callable[[object, object], bool] = lambda one, other: one == other,
) -> Count:
    """Found, and with the right value of one fact; units that have no value of it, null, do not count."""
    right = [pair for pair in pairs if _has(pair[0], name) and same(pair[0].facts[name], pair[1].facts.get(name))]
    kept = {id(one) for one, _ in right}
    wrong = tuple(
        f"{one.text}: {one.facts.get(name)}, not {other.facts.get(name)}"
        for one, other in pairs
        if id(one) not in kept and (_has(one, name) or _has(other, name))
    )
    n_gold, n_found = (sum(_has(unit, name) for unit in units) for units in (gold, found))
    return Count(len(right), n_gold, n_found, (), wrong)


def _has(unit: Unit, name: str) -> bool:
    return unit.facts.get(name) is not None


def b_cubed(gold: Mapping[T, Hashable], found: Mapping[T, Hashable]) -> Count:
    """B-cubed (Bagga and Baldwin 1998) of two clusterings of the gold's items; one that was not found costs recall."""
    by_gold, by_found = _groups(gold), _groups(found)
    both = gold.keys() & found.keys()
    precision = sum(_shared(item, gold, found, by_gold, by_found) / len(by_found[found[item]]) for item in both)
    recall = sum(_shared(item, gold, found, by_gold, by_found) / len(by_gold[gold[item]]) for item in both)
    return Count(recall, len(gold), len(found), right_found=precision)


def _shared(
    item: T,
    gold: Mapping[T, Hashable],
    found: Mapping[T, Hashable],
    by_gold: Mapping[Hashable, set[T]],
    by_found: Mapping[Hashable, set[T]],
) -> int:
    return len(by_gold[gold[item]] & by_found[found[item]])


def _groups(labels: Mapping[T, Hashable]) -> dict[Hashable, set[T]]:
    found: dict[Hashable, set[T]] = {}
    for item, label in labels.items():
        found.setdefault(label, set()).add(item)
    return found

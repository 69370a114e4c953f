"""Words for one sort of people: "police" and "cops", "protesters" and "demonstrators"; see group_words.tsv."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from flows.names import fold
from flows.resources import classes, lexicon


@cache
def sorts_by_head() -> Mapping[str, Sequence[tuple[str, frozenset[str]]]]:
    """The sorts of people that a noun may stand for, each with the words that it needs before it."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for sort, called in classes("group_words").items():
        for word in called:
            *before, head = word.split("-")
            found[head].append((sort, frozenset(before)))
            if before:  # as one word: "ram-raiders"
                found[fold(word)].append((sort, frozenset()))
    return found


@cache
def said_bare() -> frozenset[str]:
    """The sorts of whom the words alone say enough; of others only a number or a word beside them says which."""
    return frozenset(row["class"] for row in lexicon("group_words") if row["bare"] == "yes")

"""Words for one sort of people (group_words.tsv: "police", "cops"), and those for people of any sort (anybody.tsv)."""

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


@cache
def gang_sorts() -> frozenset[str]:
    """The sorts of few who did one deed together: of these a number counts all."""
    return frozenset(row["class"] for row in lexicon("group_words") if row["gang"] == "yes")


@cache
def _anybody() -> Mapping[str, frozenset[str]]:
    return {row["word"]: frozenset(row["never"].split()) for row in lexicon("anybody")}


def may_be_said_of(noun: str, other: str) -> bool:
    """Whether `noun` is one for members of any sort who may be called by the other noun: "people", "the victims"."""
    return noun in _anybody() and other not in _anybody()[noun] and noun not in _anybody().get(other, ())

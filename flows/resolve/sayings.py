"""Whether two parts of claims report one act of saying: by speaker, days and words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property
from typing import Final

from rapidfuzz.fuzz import token_set_ratio

from flows.rarity import rarity
from flows.resolve.terms import names_in, stem, words_of

# Terms that two parts must share at the least, the rarity of these (orders of magnitude), the share of the lighter
# part's weight that the other has too, and token_set_ratio: wordings of one saying score 69 to 99, others around 43.
MUCH_THE_SAME: Final = ((2, 2.0, 0.6, 66.0), (3, 1.6, 0.8, 75.0))
RUN: Final = 5  # so many equal words in a row, of one speaker, are one saying when they say something
RUN_UNNAMED: Final = 7  # the same, when one report names nobody
RUN_ANYBODY: Final = 14  # the same, whoever is named
RUN_WEIGHT: Final = 0.8  # rarity of the words of such a run at the least
UNKNOWN: Final = 3.0  # how rare a first word is that is a name, not a word with a capital
WRITTEN_SMALL: Final = frozenset({"of", "to", "and", "is", "in", "for", "with"})  # within names too
MOST_RUNS: Final = 3  # of two wordings that are looked at: the longest may be a name
WHOLE: Final = 3  # so many words are one saying of a speaker when they are all that both reports have
RETOLD: Final = 10  # so many words of one speaker, all that one of two reports has, are one saying long afterwards too
LEAST_SAID: Final = 2  # terms that are no names, of two wordings that are much the same
PHRASE: Final = 0.3  # a run of words that is a smaller part of the shorter wording is its topic
DAYS: Final = 1  # days of speech may differ so much (time zones)
PUBLISHED_DAYS: Final = 4  # days of publication may differ so much
RETOLD_DAYS: Final = 60  # the same, of what is retold in the same words


@dataclass(frozen=True)
class Part:
    """A part of a claim as it is compared. `said_on` is the article's own; `published_on` is a stated one.

    What hangs on its words is worked out when it is asked for: most pairs part on days alone.
    """

    member_id: str
    article_id: str
    text: str
    speakers: frozenset[str]
    said_on: date | None
    published_on: date | None

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words, in lower case."""
        return tuple(words_of(self.text))

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """How rare each term is, in orders of magnitude."""
        return {stem(word): rarity(word) + 0.3 for word in self.words if rarity(word) > 0 or len(word) > 5}

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that the text has in capitals: of whom and where somebody speaks, not what he says of it."""
        found = frozenset(stem(word) for word in names_in(self.text))
        if self.words and rarity(self.words[0]) >= UNKNOWN:
            found |= {stem(self.words[0])}
        return frozenset() if found & WRITTEN_SMALL else found  # all in capitals, or each word as in a headline


def same_saying(one: Part, other: Part) -> bool:
    """Whether two parts report one act of saying: in the same words for a stretch, or in much the same words."""
    if not within(one.said_on, other.said_on, DAYS):
        return False
    shared_speaker = bool(one.speakers & other.speakers)
    near = _are_of_one_time(one, other)
    found = [run for run in runs(one.words, other.words) if len(run) >= WHOLE]
    if found:
        names = names_of(one, other)
        run = max(found, key=lambda run: (_weight(run, names) >= RUN_WEIGHT, len(run), run))
        says_something = _weight(run, names) >= RUN_WEIGHT
        is_whole = len(run) == min(len(one.words), len(other.words))
        is_retold = shared_speaker and is_whole and len(run) >= RETOLD and says_something
        if is_retold and within(one.published_on, other.published_on, RETOLD_DAYS):
            return True
        unnamed = not one.speakers or not other.speakers
        as_one = is_whole and len(one.words) == len(other.words)
        enough = RUN if shared_speaker else RUN_UNNAMED if unnamed else RETOLD if as_one else RUN_ANYBODY
        if near and len(run) >= enough and says_something:
            return True
        if near and shared_speaker and one.words == other.words:
            return says_something or _are_of_one_day(one, other)
    return near and shared_speaker and _much_the_same(one, other)


def same_copied(one: Part, other: Part) -> bool:
    """Whether words that two articles have, with the text around them, may be one saying.

    A stock line of no weight, and what either article has another say, is none at any distance.
    """
    if len(one.words) < WHOLE or not within(one.said_on, other.said_on, DAYS):
        return False
    if _are_of_one_time(one, other):
        return True
    agree = bool(one.speakers & other.speakers) or not one.speakers or not other.speakers
    return agree and _weight(one.words, names_of(one, other)) >= RUN_WEIGHT


def _are_of_one_time(one: Part, other: Part) -> bool:
    """Whether reports were published near each other, or both tell of one day of speech, weeks later too."""
    if within(one.published_on, other.published_on, PUBLISHED_DAYS):
        return True
    known = one.said_on is not None and other.said_on is not None
    return known and within(one.published_on, other.published_on, RETOLD_DAYS)


def _are_of_one_day(one: Part, other: Part) -> bool:
    """Whether both reports are known to be published within DAYS of each other."""
    known = one.published_on is not None and other.published_on is not None
    return known and within(one.published_on, other.published_on, DAYS)


def _much_the_same(one: Part, other: Part) -> bool:
    """Whether parts have most of their words in common, and more terms of a saying than names and one phrase.

    "Deficit reduction" in both is what they are about, if they are not known to be of one day; "a stone cold loser" may
    be all of a saying.
    """
    terms = one.weights.keys() & other.weights.keys()
    shared = sum(min(one.weights[term], other.weights[term]) for term in terms)
    lighter = min(sum(one.weights.values()), sum(other.weights.values()))
    least = [
        ratio for n, rarest, part, ratio in MUCH_THE_SAME if len(terms) >= n and shared >= max(rarest, part * lighter)
    ]
    if not least or token_set_ratio(" ".join(one.words), " ".join(other.words)) < min(least):
        return False
    said = terms - names_of(one, other)
    if one.said_on is not None and other.said_on is not None:
        return bool(said)
    return len(said) >= LEAST_SAID and not _is_a_phrase(said, one, other)


def _is_a_phrase(terms: Collection[str], one: Part, other: Part) -> bool:
    """Whether all of `terms` stand in one run of words that is a small part of both sayings."""
    phrases = [run for run in runs(one.words, other.words) if {stem(word) for word in run}.issuperset(terms)]
    shorter = min(len(one.words), len(other.words))
    return bool(phrases) and max(map(len, phrases)) < PHRASE * shorter


def names_of(one: Part, other: Part) -> frozenset[str]:
    """The words that are names in both parts; a first word, which has a capital anyway, may be one."""
    first = [frozenset(stem(word) for word in part.words[:1]) for part in (one, other)]
    return (one.names & other.names) | (one.names & first[1]) | (other.names & first[0])


def _weight(run: Sequence[str], names: Collection[str]) -> float:
    """What a run of words says, names apart: the rarity of its words (orders of magnitude)."""
    return sum(rarity(word) + 0.1 for word in run if stem(word) not in names)


def runs(one: Sequence[str], other: Sequence[str]) -> list[tuple[str, ...]]:
    """The longest runs of words that both have, the same whichever comes first; an empty one where they have none."""
    first, second = sorted((list(one), list(other)))
    found: list[tuple[str, ...]] = []
    for _ in range(MOST_RUNS):
        match = SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
        found.append(tuple(first[match.a : match.a + match.size]))
        if match.size < WHOLE:
            break
        first[match.a : match.a + match.size] = [""] * match.size
    return found


def within(one: date | None, other: date | None, days: int) -> bool:
    """Whether two days, as far as both are known, are no more than so many days apart."""
    return one is None or other is None or abs((one - other).days) <= days

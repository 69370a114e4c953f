"""Groups without a name ("the nurses", "police") that articles of one story have in common.

Two labels mean one group when head, number and modifiers agree: "two nurses" and "the nurses" are one, "two nurses" and
"three nurses" are not, nor are "northern miners" and "southern miners". "Miners" are the northern ones where
their story has no others, else a group of its own. "Police" and "cops" are one too, two words for one sort of people,
where no article tells of both. Labels that only say who speaks ("officials", "witnesses") are never joined: each
article may have asked others, unless it copies what another tells of them (see flows.resolve.copied). Nor does a
number alone ("three", "two others") say who they are; but what befell so many may (see flows.resolve.grouping).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import polars as pl

from flows.extract.numbers import numbers, value_of
from flows.known_names import country_of_key
from flows.names import fold
from flows.plurals import singular
from flows.resolve.state import State, column
from flows.resources import lexicon, words

KINDS: Final = ("group", "organisation", "government", "armed_group", "media")
UNNAMED_BY: Final = ("kind", "key", "source_role", "n_mentions", "name", "actor_id")
IS_UNNAMED: Final = (
    pl.col("kind").is_in(KINDS)
    & pl.col("key").is_null()
    & pl.col("source_role").is_null()
    & (pl.col("n_mentions").list.sum().fill_null(0) == 0)
)
_TELLING: Final = 5  # from here on a number tells by itself which group of its sort is meant
_KNOWN: Final = ("the", "these", "those", "both")
_OTHERS: Final = frozenset({"other", "others"})
_WORD: Final = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Label:
    """What a nominal says of a group: `head` in the singular; `count` None when no number is given.

    `owner` are the words of the name of whoever it belongs to ("her family"), where that is somebody named.
    """

    head: str
    is_plural: bool
    count: float | None = None
    modifiers: frozenset[str] = frozenset()
    owner: frozenset[str] = frozenset()

    @property
    def is_joined(self) -> bool:
        """Whether articles of one story mean one group by it."""
        rule = _unjoined().get(self.head)
        is_telling = rule is None or bool(self.owner) or (rule == "uncounted" and self.count is not None)
        return bool(self.head) and is_telling

    @property
    def is_speakers(self) -> bool:
        """Whether it only says who speaks: each article may have asked others."""
        return not self.owner and _unjoined().get(self.head) == "never"

    @property
    def is_several(self) -> bool:
        """Whether a number says that they are several."""
        return self.count is not None and self.count > 1

    @property
    def order(self) -> tuple[int, int, float, list[str], list[str]]:
        """The most telling labels first."""
        telling = len(self.modifiers) + len(self.owner)
        return -telling, self.count is None, self.count or 0, sorted(self.modifiers), sorted(self.owner)

    def fits(self, other: Label) -> bool:
        """Whether both can be said of one group; two that are as many as few groups are may be called otherwise."""
        if not self._has_owner_of(other):
            return False
        if self.count is not None and self.count == other.count and self.count >= _TELLING:
            return self.is_of(other)
        own = self.owner | other.owner  # "the Odell administration" is one that is Odell's
        narrower = self.modifiers <= other.modifiers | own or other.modifiers <= self.modifiers | own
        return narrower and (self.count is None or other.count is None or self.count == other.count)

    def _has_owner_of(self, other: Label) -> bool:
        """Whether both may belong to one.

        "The administration" and "Odell supporters" may be Odell's, "the supporters" are anybody's.
        """
        if self.owner and other.owner:
            return self.owner <= other.owner or other.owner <= self.owner
        owned, free = (self, other) if self.owner else (other, self)
        if not free.modifiers:
            return not owned.owner or not (free.is_plural or owned.modifiers)
        return not owned.owner or bool(free.modifiers & owned.owner)

    def is_of(self, other: Label) -> bool:
        """Whether no country tells them apart."""
        one, two = ({word for word in label.modifiers if word.isupper()} for label in (self, other))
        return one <= two or two <= one

    @property
    def is_bare(self) -> bool:
        """Whether the noun is all that it says."""
        return not self.modifiers and not self.owner and self.count is None

    @property
    def is_national(self) -> bool:
        """Whether all that it says beside the noun is of which countries they are."""
        return not self.owner and self.count is None and all(word.isupper() for word in self.modifiers)

    def is_called_as(self, other: Label) -> bool:
        """Whether both say the same beside their heads."""
        return (self.modifiers, self.count, self.owner) == (other.modifiers, other.count, other.owner)


@dataclass(frozen=True, slots=True)
class Owned:
    """A nominal without the words that say whose it is, and the words of the owner's name."""

    text: str
    owner: frozenset[str]


NOBODYS: Final[Mapping[str, Owned]] = {}


@cache
def _unjoined() -> dict[str, str]:
    return {row["word"]: row["joined"] for row in lexicon("unjoined_groups")}


def label_of(texts: Iterable[str], owned: Mapping[str, Owned] = NOBODYS) -> Label | None:
    """What the nominals of one in-document entity say together, in text order; None when they name no whole group.

    `owned` has those of its texts that say to whom they belong.
    """
    label: Label | None = None
    for text in texts:
        found = _label(text, owned.get(text))
        if found is None:
            continue
        if label is None:
            label = found
        elif (label.head, label.is_plural) == (found.head, found.is_plural) and label.fits(found):
            label = replace(
                label,
                count=label.count or found.count,
                modifiers=label.modifiers | found.modifiers,
                owner=label.owner | found.owner,
            )
    return label if label is not None and (label.is_joined or label.is_several) else None


def _label(text: str, owned: Owned | None) -> Label | None:
    if owned is None:
        return nominal(text)
    label = nominal(owned.text)
    return replace(label, owner=owned.owner) if label is not None and label.head else label


def nominal(text: str) -> Label | None:
    """What one nominal says; None for a part of a group, for others, and for "a bank", which may be any.

    "Three", "two others" give a number alone.
    """
    count, text = _counted(text)
    tokens = [fold(word) for word in _WORD.findall(text)]
    *before, last = tokens or [""]
    if count is not None and count > 1 and (not tokens or _OTHERS.intersection(tokens)):
        return Label("", True, count)
    if tokens[:1] == ["both"] and len(tokens) == 2 and _unjoined().get(singular(last)) == "uncounted":
        return Label(singular(last), True, 2.0)
    head = singular(last)
    is_plural = head != last or last in words("plural_nouns")
    if last in _grammar() or any(token in words("quantifiers") for token in tokens) or _is_any(tokens, is_plural):
        return None
    modifiers = {country_of_key(token) or singular(token) for token in before if token not in _grammar() | _hedging()}
    return Label(head, is_plural, count, frozenset(modifiers))


def _counted(text: str) -> tuple[float | None, str]:
    """The number in a nominal, and the rest of it; no number where it is vague, or a range."""
    number = next((number for number in numbers(text) if not number.unit_text), None)
    if number is None:
        return None, text
    rest = f"{text[: number.start]} {text[number.end :]}"
    if number.qualifier == "range":
        return None, rest
    value, is_vague = value_of(text[number.core : number.core_end])
    return None if is_vague else value, rest


def is_new(text: str) -> bool:
    """Whether a nominal tells of a group that the reader doesn't know yet: "two men", "Two others", not "the two men".

    A number without a noun ("Three were hurt") may be of whoever was told of.
    """
    tokens = [fold(word) for word in _WORD.findall(text)]
    if _OTHERS.intersection(tokens):
        return True
    label = nominal(text)
    return tokens[:1] not in ([one] for one in _KNOWN) and (label is None or bool(label.head))


@cache
def _hedging() -> frozenset[str]:
    return frozenset(map(fold, words("hedging_words")))


def _is_any(tokens: Sequence[str], is_plural: bool) -> bool:
    return not is_plural and tokens[:1] in (["a"], ["an"])


@cache
def _grammar() -> frozenset[str]:
    return words("function_words") | {""}


def of_stories(state: State, stories: Collection[str]) -> set[str]:
    """The ids of the entities without a name, in the articles of `stories`, that may be groups or bodies."""
    articles = column(state.rows("articles", "story_id", stories, ["story_id"]), "article_id")
    return column(state.rows("entities", "article_id", articles, UNNAMED_BY).filter(IS_UNNAMED), "entity_id")


def nominals(state: State, entities: Collection[str]) -> dict[str, list[str]]:
    """What the articles call each of `entities` in place of a name, in text order."""
    rows = state.rows("entity_rows", "entity_id", entities).filter(pl.col("table_name") == "mentions")
    mentions = state.rows("mentions", "mention_id", column(rows, "row_id")).filter(pl.col("form") == "nominal")
    called = (
        rows.select("entity_id", mention_id="row_id").join(mentions, on="mention_id").sort("start_char", "end_char")
    )
    found: dict[str, list[str]] = defaultdict(list)
    for entity_id, text in called.select("entity_id", "text").iter_rows():
        found[entity_id].append(text)
    return found

"""Groups without a name ("the nurses", "police") that articles of one story have in common.

Two labels mean one group when head, number and modifiers agree: "two nurses" and "the nurses" are one, "two nurses" and
"three nurses" are not, nor are "northern miners" and "southern miners". "Miners" are the northern ones where
their story has no others, else a group of its own. "Police" and "cops" are one too, two words for one sort of people,
where no article tells of both. Labels that only say who speaks ("officials", "witnesses") are never joined: each
article may have asked others.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

import polars as pl

from flows.extract.numbers import numbers, value_of
from flows.known_names import country_of_key
from flows.names import fold
from flows.resolve.state import State, column
from flows.resources import lexicon, words
from flows.sorts import said_bare, sorts_by_head

KINDS: Final = ("group", "organisation", "government", "armed_group", "media")
UNNAMED_BY: Final = ("kind", "key", "source_role", "n_mentions")
IS_UNNAMED: Final = (
    pl.col("kind").is_in(KINDS)
    & pl.col("key").is_null()
    & pl.col("source_role").is_null()
    & (pl.col("n_mentions").list.sum().fill_null(0) == 0)
)
_WORD: Final = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*")
_PLURAL: Final = frozenset({"people", "police", "personnel", "folk", "troops"})
_IRREGULAR: Final = {"children": "child", "wives": "wife", "thieves": "thief"}
_ENDINGS: Final = (
    ("ies", "y"),
    ("sses", "ss"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("xes", "x"),
    ("ss", "ss"),
    ("us", "us"),
    ("women", "woman"),
    ("imen", "imen"),
    ("omen", "omen"),
    ("umen", "umen"),
    ("yemen", "yemen"),
    ("men", "man"),
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a nominal says of a group: `head` in the singular; `count` None when no number is given."""

    head: str
    is_plural: bool
    count: float | None = None
    modifiers: frozenset[str] = frozenset()

    @property
    def is_joined(self) -> bool:
        """Whether articles of one story mean one group by it."""
        rule = _unjoined().get(self.head)
        return rule is None or (rule == "uncounted" and self.count is not None)

    @property
    def order(self) -> tuple[int, int, float, list[str]]:
        """The most telling labels first."""
        return -len(self.modifiers), self.count is None, self.count or 0, sorted(self.modifiers)

    def fits(self, other: Label) -> bool:
        """Whether both can be said of one group."""
        narrower = self.modifiers <= other.modifiers or other.modifiers <= self.modifiers
        return narrower and (self.count is None or other.count is None or self.count == other.count)

    def is_called_as(self, other: Label) -> bool:
        """Whether both say the same beside their heads."""
        return self.modifiers == other.modifiers and self.count == other.count


@cache
def _unjoined() -> dict[str, str]:
    return {row["word"]: row["joined"] for row in lexicon("unjoined_groups")}


def label_of(texts: Iterable[str]) -> Label | None:
    """What the nominals of one in-document entity say together, in text order; None when they name no whole group."""
    label: Label | None = None
    for text in texts:
        found = nominal(text)
        if found is None:
            continue
        if label is None:
            label = found
        elif (label.head, label.is_plural) == (found.head, found.is_plural) and label.fits(found):
            label = replace(label, count=label.count or found.count, modifiers=label.modifiers | found.modifiers)
    return label if label is not None and label.is_joined else None


def nominal(text: str) -> Label | None:
    """What one nominal says; None for a part of a group, for others, and for "a bank", which may be any."""
    number = next((number for number in numbers(text) if not number.unit_text), None)
    count = None
    if number is not None:
        value, is_vague = value_of(text[number.core : number.core_end])
        count = None if is_vague else value
        text = f"{text[: number.start]} {text[number.end :]}"
    tokens = [fold(word) for word in _WORD.findall(text)]
    *before, last = tokens or [""]
    head = singular(last)
    is_plural = head != last or last in _PLURAL
    if last in _grammar() or any(token in words("quantifiers") for token in tokens) or _is_any(tokens, is_plural):
        return None
    modifiers = {country_of_key(token) or singular(token) for token in before if token not in _grammar()}
    return Label(head, is_plural, count, frozenset(modifiers))


def _is_any(tokens: Sequence[str], is_plural: bool) -> bool:
    return not is_plural and tokens[:1] in (["a"], ["an"])


@cache
def _grammar() -> frozenset[str]:
    return words("function_words") | {""}


@cache
def singular(noun: str) -> str:
    """The singular of a plural noun by its ending: "nurses", "agencies", "women"."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    for ending, single in _ENDINGS:
        if noun.endswith(ending):
            return noun.removesuffix(ending) + single
    return noun.removesuffix("s") if len(noun) > 3 else noun


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


@dataclass(frozen=True)
class Group:
    """Members of one story whose labels are of one head, and the articles that tell of them."""

    labels: tuple[Label, ...]
    members: tuple[str, ...]
    articles: frozenset[str]


def join(labels: Mapping[str, tuple[str, str, Label]]) -> list[list[str]]:
    """The groups among in-document entities, by entity id: (story, article, label). Each is sorted, by its smallest id.

    A function of the set alone: in each story the most telling labels come first, and a label goes to the one group
    that it fits. Groups whose heads are words for one sort of people are joined after that.
    """
    blocks: dict[str, dict[tuple[str, bool], dict[Label, list[str]]]] = defaultdict(lambda: defaultdict(dict))
    for entity_id, (story, _, label) in labels.items():
        blocks[story][label.head, label.is_plural].setdefault(label, []).append(entity_id)
    found = []
    for of_story in blocks.values():
        groups = [
            Group(tuple(called), tuple(members), frozenset(labels[one][1] for one in members))
            for block in of_story.values()
            for called, members in _clusters(block)
        ]
        found += [sorted(one for group in some for one in group.members) for some in synonymous(groups)]
    return sorted(found)


def _clusters(block: Mapping[Label, Sequence[str]]) -> list[tuple[list[Label], list[str]]]:
    groups: list[tuple[list[Label], list[str]]] = []
    for label in sorted(block, key=lambda label: label.order):
        fitting = [group for group in groups if all(label.fits(other) for other in group[0])]
        if len(fitting) == 1:
            fitting[0][0].append(label)
            fitting[0][1].extend(block[label])
        else:
            groups.append(([label], list(block[label])))
    return groups


def synonymous(groups: Sequence[Group]) -> list[list[Group]]:
    """The groups of one story, those together that words for one sort of people call alike: "police", "cops".

    Two of which one article tells are two, and one that could be either of two others is neither.
    """
    of_a_sort = {group: sorts for group in groups if (sorts := _sorts_of(group))}
    joined: list[list[Group]] = []
    for group in sorted(of_a_sort, key=lambda one: (one.labels[0].order, len(of_a_sort[one]), one.labels[0].head)):
        alike = [others for others in joined if _of_one_sort(group, others)]
        if len(alike) == 1:
            alike[0].append(group)
        else:
            joined.append([group])
    return [*joined, *([group] for group in groups if group not in of_a_sort)]


def _of_one_sort(group: Group, others: Sequence[Group]) -> bool:
    """Whether a group may be one with those that are one already: their labels fit, and one says what its own says."""
    if any(group.labels[0].head == other.labels[0].head or group.articles & other.articles for other in others):
        return False
    for sort in _sorts_of(group).intersection(*map(_sorts_of, others)):
        pairs = [(one, two) for one in _read(group, sort) for other in others for two in _read(other, sort)]
        telling = [pair for pair in pairs if sort in said_bare() or any(one.modifiers or one.count for one in pair)]
        if all(one.fits(two) for one, two in pairs) and any(one.is_called_as(two) for one, two in telling):
            return True
    return False


def _sorts_of(group: Group) -> set[str]:
    of_labels = [{read.head for read in _readings(label)} for label in group.labels]
    return of_labels[0].intersection(*of_labels[1:])


def _read(group: Group, sort: str) -> list[Label]:
    return [read for label in group.labels for read in _readings(label) if read.head == sort]


@lru_cache(maxsize=65536)
def _readings(label: Label) -> tuple[Label, ...]:
    """A label of several people as those of the sorts that its head may stand for, whose name is the head then."""
    return tuple(
        replace(label, head=sort, modifiers=label.modifiers - before)
        for sort, before in sorts_by_head().get(label.head, ())
        if label.is_plural and before <= label.modifiers
    )

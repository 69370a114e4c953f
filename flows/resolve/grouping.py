"""Which groups without a name are one in the articles of a story (see flows.resolve.groups for what they are called).

First by what they are called; then those of one number whom the same befell, or who did the same: "two clerks" and "two
women" who were killed, not "two rebels".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import combinations
from operator import itemgetter
from typing import Final, NamedTuple

from flows.resolve.clusters import components
from flows.resolve.groups import Label
from flows.resources import lexicon
from flows.sorts import may_be_said_of, said_bare, sorts_by_head

Part = tuple[str, str]  # the name of a happening, and the side there: "killing", "recipient"
RECIPIENT: Final = "recipient"
_ROUND: Final = 100
PREVAILING: Final = 3  # times as many articles that tell of a group as of any other make it the one of its sort
_POLICE: Final = "POLICE"  # of whom "police" alone means the country's and not "riot police"


@dataclass(frozen=True, slots=True)
class Involved:
    """In what a group takes part as its article tells it.

    `is_new` where the article doesn't speak of it as known at once: "two men", not "the two men".
    """

    parts: frozenset[Part] = frozenset()
    is_new: bool = True


NOTHING: Final = Involved()


@dataclass(frozen=True, slots=True)
class Told:
    """An in-document group: the story and the article that tell of it, what it is called and is, its part."""

    story: str
    article: str
    label: Label
    involved: Involved = NOTHING
    kind: str = "group"


@dataclass(frozen=True)
class Group:
    """Members of one story that are one by their labels, and the articles that tell of them."""

    labels: tuple[Label, ...]
    members: tuple[str, ...]
    articles: frozenset[str]


class Noun(NamedTuple):
    """What a label says of whom it means beside their number: the sorts that its noun stands for, whose they are."""

    head: str
    sorts: frozenset[str]
    countries: frozenset[str]


class Saying(NamedTuple):
    """What is said of a group; one that an article counts anew ("two others") is said otherwise than "Two"."""

    nouns: frozenset[Noun]
    kinds: frozenset[str]
    is_new: frozenset[bool]


def join(told: Mapping[str, Told]) -> list[list[str]]:
    """The groups among in-document entities, by entity id. Each is sorted, by its smallest id.

    A function of the set alone: in each story the most telling labels come first, and a label goes to the one group
    that it fits. Groups whose heads are words for one sort of people are joined after that, then those of one number.
    """
    of_story: dict[str, dict[str, Told]] = defaultdict(dict)
    for entity_id, one in sorted(told.items()):
        of_story[one.story][entity_id] = one
    found = [group for some in of_story.values() for group in _of_one_number(_called_alike(some), some)]
    return sorted(sorted(group.members) for group in found)


_Cluster = tuple[list[Label], list[str]]  # labels that may be said of one group, and those who are called so


def _called_alike(told: Mapping[str, Told]) -> list[Group]:
    """The groups of one story by what they are called."""
    blocks: dict[tuple[str, bool], dict[Label, list[str]]] = defaultdict(dict)
    for entity_id, one in told.items():
        label = one.label
        head = label.head if label.is_joined else f"{entity_id}:"
        blocks[head, label.is_plural].setdefault(label, []).append(entity_id)
    groups = [
        Group(tuple(called), tuple(members), frozenset(told[one].article for one in members))
        for block in blocks.values()
        for called, members in _clusters(block, told)
    ]
    return [_merged(some) for some in synonymous(groups)]


def _merged(groups: Sequence[Group]) -> Group:
    return Group(
        tuple(label for group in groups for label in group.labels),
        tuple(one for group in groups for one in group.members),
        frozenset(article for group in groups for article in group.articles),
    )


def _clusters(block: Mapping[Label, Sequence[str]], told: Mapping[str, Told]) -> list[_Cluster]:
    groups: list[_Cluster] = []
    for label in sorted(block, key=lambda label: label.order):
        fitting = [group for group in groups if all(label.fits(other) for other in group[0])]
        if len(fitting) > 1 and label.is_several:
            fitting = [group for group in fitting if any(label.count == other.count for other in group[0])]
        elif len(fitting) > 1 and label.is_bare:
            fitting = _meant_bare(label, fitting, told)
        if len(fitting) == 1:
            fitting[0][0].append(label)
            fitting[0][1].extend(block[label])
        else:
            groups.append(([label], list(block[label])))
    return groups


def _meant_bare(label: Label, fitting: list[_Cluster], told: Mapping[str, Told]) -> list[_Cluster]:
    """Those of several groups whom the noun alone may mean: the country's police, or the one that prevails."""
    if _POLICE in _sorts_of([label]):
        return [group for group in fitting if all(other.is_national for other in group[0])]
    counted = [(len({told[one].article for one in members}), (labels, members)) for labels, members in fitting]
    (most, first), (next_most, _) = sorted(counted, key=itemgetter(0), reverse=True)[:2]
    prevails = most >= PREVAILING * next_most and most > 1 and not any(other.count for other in first[0])
    return [first] if prevails else fitting


def synonymous(groups: Sequence[Group]) -> list[list[Group]]:
    """The groups of one story, those together that words for one sort of people call alike: "police", "cops".

    Two of which one article tells are two, and one that could be either of two others is neither.
    """
    of_a_sort = {group: sorts for group in groups if group.labels[0].is_joined and (sorts := _sorts_of(group.labels))}
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
    for sort in _sorts_of(group.labels).intersection(*(_sorts_of(other.labels) for other in others)):
        pairs = [
            (one, two) for one in _read(group.labels, sort) for other in others for two in _read(other.labels, sort)
        ]
        telling = [pair for pair in pairs if sort in said_bare() or any(one.modifiers or one.count for one in pair)]
        if all(one.fits(two) for one, two in pairs) and any(one.is_called_as(two) for one, two in telling):
            return True
    return False


def _sorts_of(labels: Sequence[Label]) -> set[str]:
    of_labels = [{read.head for read in _readings(label)} for label in labels]
    return of_labels[0].intersection(*of_labels[1:])


def _read(labels: Iterable[Label], sort: str) -> list[Label]:
    return [read for label in labels for read in _readings(label) if read.head == sort]


@lru_cache(maxsize=65536)
def _readings(label: Label) -> tuple[Label, ...]:
    """A label of several people as those of the sorts that its head may stand for, whose name is the head then."""
    return tuple(
        replace(label, head=sort, modifiers=label.modifiers - before)
        for sort, before in sorts_by_head().get(label.head, ())
        if label.is_plural and before <= label.modifiers
    )


def _of_one_number(groups: Sequence[Group], told: Mapping[str, Told]) -> list[Group]:
    """The groups of one story, those together that are as many and took one part in a happening of one name.

    Not those of which one article tells apart, nor any that hang together by one that could be either. Those whose
    nouns are of one sort come first, then those who are called by a noun for anybody.
    """
    found = [group for group in groups if not _number_of(group)]
    numbered: dict[float, list[Group]] = defaultdict(list)
    for group in groups:
        if number := _number_of(group):
            numbered[number].append(group)
    for number, some in numbered.items():
        found += _met(_met(some, told, _of_sort), told, _may_be_one if number % _ROUND else _of_sort)
    return found


def _met(groups: Sequence[Group], told: Mapping[str, Told], is_link: Callable[[Saying, Saying], bool]) -> list[Group]:
    """Those of one number together that took one part and of whom the same is said, or what `is_link` says of both.

    Articles say the same of their groups by the thousand: only what is said is compared, not group by group.
    """
    by_first = {min(group.members): group for group in groups}
    saying = {first: _saying_of(group, told) for first, group in by_first.items()}
    apart = set(_told_apart(by_first, told))
    never = {(saying[one], saying[other]) for one, other in apart}
    met: dict[Part, dict[Saying, list[str]]] = defaultdict(lambda: defaultdict(list))
    for first, group in by_first.items():
        if (saying[first], saying[first]) not in never:
            for part in _parts_of(group, told):
                met[part][saying[first]].append(first)
    links = [link for said in met.values() for link in _links(said, never, is_link)]
    linked = components(by_first, links)
    of_firsts = {first: place for place, firsts in enumerate(linked) for first in firsts}
    parted = {of_firsts[one] for one, other in apart if of_firsts[one] == of_firsts[other]}
    found = []
    for place, firsts in enumerate(linked):
        said = {saying[first] for first in firsts}
        are_one = place not in parted and all(_may_be_one(one, other) for one, other in combinations(said, 2))
        meant = [by_first[first] for first in firsts]
        found += [_merged(meant)] if are_one else meant
    return found


def _links(
    said: Mapping[Saying, Sequence[str]],
    never: Collection[tuple[Saying, Saying]],
    is_link: Callable[[Saying, Saying], bool],
) -> Iterator[tuple[str, str]]:
    """Which groups that took one part may be one, by what is said of them."""
    for firsts in said.values():
        yield from ((firsts[0], other) for other in firsts[1:])
    for one, other in combinations(said, 2):
        if (one, other) not in never and (other, one) not in never and is_link(one, other) and _may_be_one(one, other):
            yield said[one][0], said[other][0]


def _number_of(group: Group) -> float | None:
    """How many they are, where they are several and all labels that give a number give one."""
    counts = {label.count for label in group.labels if label.count is not None}
    return next(iter(counts)) if len(counts) == 1 and any(label.is_several for label in group.labels) else None


def _parts_of(group: Group, told: Mapping[str, Told]) -> frozenset[Part]:
    """In what its members take part; of labels for whoever speaks only what befell them."""
    return frozenset(
        part
        for one in group.members
        for part in told[one].involved.parts
        if not told[one].label.is_speakers or part[1] == RECIPIENT
    )


def _saying_of(group: Group, told: Mapping[str, Told]) -> Saying:
    return Saying(
        frozenset(map(_noun_of, group.labels)),
        frozenset(told[one].kind for one in group.members),
        frozenset(told[one].involved.is_new for one in group.members),
    )


@lru_cache(maxsize=65536)
def _noun_of(label: Label) -> Noun:
    """ "Officers" alone may be the police, "army officers" are not."""
    sorts = sorts_by_head().get(label.head, ())
    known = frozenset(sort for sort, before in sorts if before <= label.modifiers or not label.modifiers)
    return Noun(label.head, known, frozenset(word for word in label.modifiers if word.isupper()))


def _of_sort(one: Saying, other: Saying) -> bool:
    """Whether a noun of both is one, or of one sort."""
    return any(a.head == b.head or not a.sorts.isdisjoint(b.sorts) for a in one.nouns for b in other.nouns)


@lru_cache(maxsize=65536)
def _may_be_one(one: Saying, other: Saying) -> bool:
    """Whether what they are does not tell them apart: people and bodies, women and men, two countries, two callings."""
    sexes = {sex for noun in one.nouns | other.nouns if (sex := _sexes().get(noun.head))}
    if one.kinds.isdisjoint(other.kinds) or len(sexes) > 1:
        return False
    return all(_are_alike(a, b) for a in one.nouns for b in other.nouns)


def _are_alike(one: Noun, other: Noun) -> bool:
    """Whether those of whom one noun is said may be called by the other."""
    if not (one.countries <= other.countries or other.countries <= one.countries):
        return False
    if one.head == other.head or not (one.head and other.head) or not one.sorts.isdisjoint(other.sorts):
        return True
    return may_be_said_of(one.head, other.head) or may_be_said_of(other.head, one.head)


def _told_apart(by_first: Mapping[str, Group], told: Mapping[str, Told]) -> Iterator[tuple[str, str]]:
    """The groups that an article counts each as of others than those that it has told of so far."""
    of_article: dict[str, list[tuple[str, Told]]] = defaultdict(list)
    for first, group in by_first.items():
        for member in group.members:
            if told[member].label.count:
                of_article[told[member].article].append((first, told[member]))
    for counted in of_article.values():
        for (one, a), (other, b) in combinations(counted, 2):
            if one != other and _are_others(a, b):
                yield one, other


def _are_others(one: Told, other: Told) -> bool:
    """Whether one article tells of both anew; whom it only counts at first ("two others") it may name later."""
    if not (one.label.head or other.label.head):
        return one.involved.is_new or other.involved.is_new  # "Two", "two others"
    if not (one.involved.is_new and other.involved.is_new):
        return False
    is_called = bool(one.label.head and other.label.head)
    return is_called or bool(one.involved.parts and other.involved.parts)


@cache
def _sexes() -> dict[str, str]:
    return {row["word"]: row["gender"] for row in lexicon("roles") if row["gender"]}

"""What a set of ties between reports comes to: the reports of each happening.

A tie never joins what contradicts itself: reports of other days or places stay apart, even if a report without day or
place would fit with both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from flows.resolve.clusters import UnionFind
from flows.resolve.reports import Happening, Report, apart
from flows.resolve.ties import LOOSELY, UNTIMED

Tie = tuple[str, str, int]  # two reports and how strongly they are tied


def happenings(reports: Mapping[str, Report], ties: Iterable[Tie]) -> list[list[str]]:
    """The reports of each happening: the strongest ties first, none between what differs in day or place.

    What is loosely tied is joined where all of it fits together: the story then knows one such happening. The same
    set of reports and ties gives the same answer in whatever order they come.
    """
    sets = UnionFind(reports)
    told = {event_id: Happening.of(report) for event_id, report in reports.items()}
    ordered = sorted(_without_doubt(list(ties), told), key=lambda row: (-row[2], row[0], row[1]))
    for one, other, strength in ordered:
        first, second = sets.find(one), sets.find(other)
        if strength > LOOSELY and first != second and told[first].fits(told[second]):
            both = told[first].with_(told[second])
            sets.union(first, second)
            told[sets.find(first)] = both
    loose = UnionFind(sets.find(event_id) for event_id in reports)
    for one, other, _ in ordered:
        loose.union(sets.find(one), sets.find(other))
    for group in loose.groups():
        fitting = [told[name] for name in group]
        if len(group) > 1 and _all_fit(fitting) and _are_about_one(fitting):
            for name in group[1:]:
                sets.union(group[0], name)
    return sets.groups()


def _without_doubt(ties: Sequence[Tie], told: Mapping[str, Happening]) -> Iterator[Tie]:
    """The ties but those of a report of no known time that would fit with happenings of several times."""
    partners: dict[str, list[Happening]] = defaultdict(list)
    for one, other, strength in ties:
        if strength == UNTIMED:
            partners[one].append(told[other])
            partners[other].append(told[one])
    doubtful = {event_id for event_id, fitting in partners.items() if not _all_fit(fitting)}
    yield from (tie for tie in ties if tie[2] != UNTIMED or doubtful.isdisjoint(tie[:2]))


def _are_about_one(told: Sequence[Happening]) -> bool:
    """Whether what some reports say of what it was about agrees, as far as they say anything."""
    matters = [one.telling for one in told if one.telling]
    whole = matters[0] if matters else frozenset()
    for one in matters[1:]:
        if apart(whole, one):
            return False
        whole |= one
    return True


def _all_fit(told: Sequence[Happening]) -> bool:
    """Whether nothing in what some reports tell contradicts the rest."""
    whole = told[0]
    for one in told[1:]:
        if not whole.fits(one) or apart(whole.actors, one.actors) or apart(whole.recipients, one.recipients):
            return False
        whole = whole.with_(one)
    return True

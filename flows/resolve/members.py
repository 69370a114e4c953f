"""One in-document entity as the resolver of actors sees it, and the rows that a cluster of them comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from flows import names
from flows.ids import make_id
from flows.resolve.groups import Label

ALONE: Final = frozenset({"unnamed", "group"})  # kinds that are known by no name
LABEL_SCORE: Final = 0.9  # of the groups that a label joins across articles, 88 % of the pairs are right (ECB+)


@dataclass(frozen=True)
class Member:
    """One in-document entity, as the resolver sees it. `story` is that of its article."""

    entity_id: str
    article_id: str
    name: str
    kind: str
    names: tuple[str, ...]
    counts: tuple[int, ...]
    n_all: int
    key: str | None
    country: str | None
    role: str | None
    story: str | None
    is_named: bool = True
    label: Label | None = None  # of a group without a name that its story may share

    @property
    def is_alone(self) -> bool:
        """Whether no name joins this to another: somebody unnamed, or a bare description ("the group")."""
        return self.kind in ALONE or not self.is_named

    @cached_property
    def is_full(self) -> bool:
        """Whether the name has a given name that is more than an initial."""
        return _is_full(self.name)

    @cached_property
    def full_names(self) -> tuple[str, ...]:
        """The name in all spellings of the article: a surname spelt otherwise takes the given name along."""
        first = names.given(self.name)
        spelt = (
            name if _is_full(name) else f"{first} {name}"
            for name in self.names
            if names.given(name) is None or _is_full(name)
        )
        return tuple(dict.fromkeys([self.name, *spelt])) if self.is_full else ()


def _is_full(name: str) -> bool:
    first = names.given(name)
    return first is not None and len(first) > 1


def is_named(row: Mapping[str, Any]) -> bool:
    """Whether an entity is known by a name: in the text, in the lexicon, or as the page's own publication."""
    return bool(row["key"] or row["source_role"] or any(row["n_mentions"] or ()))


def summary(cluster: Sequence[Member]) -> dict[str, Any]:
    return {
        "actor_id": make_id("actor", cluster[0].entity_id),
        "name": best_name(cluster),
        "kind": _most(member.kind for member in cluster),
        "country": _most(member.country for member in cluster),
        "role": _most(member.role for member in cluster),
        "n_mentions": sum(member.n_all for member in cluster),
        "n_articles": len({member.article_id for member in cluster}),
    }


def best_name(cluster: Sequence[Member]) -> str:
    """The canonical name, else the full name used most, else the name used most; a site's address only if alone."""
    known = _most(member.key for member in cluster)
    if known:
        return known
    used: Counter[str] = Counter()
    for member in cluster:
        used[member.name] += max(1, member.n_all)
    return max(used, key=lambda name: (names.given(name) is not None, not _is_site(name), used[name], len(name), name))


def _is_site(name: str) -> bool:
    return "." in name.strip(".") and " " not in name


def _most(values: Iterable[str | None]) -> str | None:
    """The most frequent value; ties go to the first in the alphabet."""
    counted = Counter(value for value in values if value)
    return min(counted, key=lambda value: (-counted[value], value)) if counted else None


def labels(
    actor: Mapping[str, Any], cluster: Sequence[Member], joined: Collection[str] = ()
) -> Iterator[dict[str, Any]]:
    """The names of an actor with how often each is used, and why each counts as a name of this one.

    A group without a name has the labels that its articles give it. A name that is not like the label, or
    that only those bear whom a person's judgement joined to others (`joined`), is there because of that.
    """
    used: Counter[str] = Counter()
    for member in cluster:
        for name, count in zip(member.names, member.counts, strict=True):
            used[name] += count
    used.setdefault(actor["name"], 0)
    for name, count in sorted(used.items()):
        basis, score = _basis(actor["name"], name, actor["kind"])
        if cluster[0].label and len(cluster) > 1:
            basis, score = "label", LABEL_SCORE
        bearers = {member.entity_id for member in cluster if name in (member.name, *member.names)}
        by_itself = basis in ("exact", "lexicon") or (score >= names.COMPATIBLE and not bearers.issubset(joined))
        if not by_itself and any(member.entity_id in joined for member in cluster):
            basis, score = "judgement", 1.0
        yield {"actor_id": actor["actor_id"], "name": name, "n_mentions": count, "basis": basis, "score": score}


def _basis(label: str, name: str, kind: str) -> tuple[str, float]:
    """Why `name` is a name of the actor called `label`: (basis, score)."""
    if names.normalise(name) == names.normalise(label):
        return "exact", 1.0
    known = names.canonical(name)
    if known is not None and known.name == label:
        return "lexicon", 1.0
    if kind == "person":
        score = round(names.similarity(label, name), 4)
        return ("surname" if names.given(name) is None else "spelling"), score
    return "article", 0.9

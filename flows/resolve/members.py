"""One in-document entity as the resolver of actors sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from flows import names
from flows.resolve.groups import Label

ALONE: Final = frozenset({"unnamed", "group"})  # kinds that are known by no name


@dataclass(frozen=True)
class Member:
    """One in-document entity, as the resolver sees it. `story` is that of its article."""

    entity_id: str
    article_id: str
    name: str
    kind: str
    names: tuple[str, ...]
    counts: tuple[int, ...]
    key: str | None
    role: str | None
    story: str | None
    is_named: bool = True
    label: Label | None = None  # of a group without a name that its story may share

    @property
    def is_alone(self) -> bool:
        """Whether no name joins this to another: somebody unnamed, or a bare description ("the group")."""
        return self.kind in ALONE or not self.is_named

    @cached_property
    def articles(self) -> frozenset[str]:
        """The articles that tell of this one."""
        return frozenset({self.article_id})

    @cached_property
    def stories(self) -> frozenset[str | None]:
        """The stories of those articles."""
        return frozenset({self.story})

    @cached_property
    def roles(self) -> frozenset[str]:
        """The offices that they give, folded."""
        return frozenset({names.fold(self.role)} if self.role else ())

    @cached_property
    def is_full(self) -> bool:
        """Whether the name has a given name that is more than an initial."""
        return is_full(self.name)

    @cached_property
    def full_names(self) -> tuple[str, ...]:
        """The name in all spellings of the article: a surname spelt otherwise takes the given name along.

        Not so the given name alone: "Ada" in two articles makes nobody one of two Adas.
        """
        first, last = names.given(self.name), names.surname(self.name)
        surnames = (name for name in self.names if names.given(name) is None and names.surname(name) != last)
        spelt = [
            *(name for name in self.names if is_full(name)),
            *(f"{first} {name}" for name in surnames if names.word_similarity(names.surname(name), last) > 0),
        ]
        return tuple(dict.fromkeys([self.name, *spelt])) if self.is_full else ()


def is_full(name: str) -> bool:
    """Whether a name has a given name that is more than an initial."""
    first = names.given(name)
    return first is not None and len(first) > 1


def is_named(row: Mapping[str, Any]) -> bool:
    """Whether an entity is known by a name: in the text, in the lexicon, or as the page's own publication."""
    return bool(row["key"] or row["source_role"] or any(row["n_mentions"] or ()))

"""One in-document entity as the resolver of actors sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any, Final

import polars as pl

from flows import names
from flows.resolve.grouping import NOTHING, Involved
from flows.resolve.groups import Label

ALONE: Final = frozenset({"unnamed", "group"})  # kinds that are known by no name
BODIES: Final = frozenset({"organisation", "government", "armed_group"})  # kinds of bodies, but for lands and media
_IS_NAMED: Final = (  # as `is_named` has it
    (pl.col("key").fill_null("") != "")
    | (pl.col("source_role").fill_null("") != "")
    | (pl.col("n_mentions").list.sum().fill_null(0) > 0)
)
IS_ALONE: Final = pl.col("kind").is_in(sorted(ALONE)) | ~_IS_NAMED  # rows of work.entities, as `Member.is_alone`


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
    involved: Involved = NOTHING  # in what such a group takes part
    copied: frozenset[str] = frozenset()  # what copied text shows that such groups are one
    month: str | None = None  # in which the article was published, as it states itself: "2019-09"

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


def is_short(member: Member) -> bool:
    """Whether a person is known by a surname, an initialled or a given name alone, and not by the lexicon."""
    return member.kind == "person" and not (member.is_full or member.key or member.is_alone)


def month_of(day: date) -> str:
    """The month of a day as `Member.month` has it."""
    return f"{day:%Y-%m}".zfill(7)


@cache
def months_around(month: str) -> tuple[str, str, str]:
    """The month before, the month itself, the one after it."""
    year, number = (int(part) for part in month.split("-"))
    counts = (12 * year + number - 1 + step for step in (-1, 0, 1))
    before, here, after = (f"{count // 12:04}-{count % 12 + 1:02}" for count in counts)
    return before, here, after

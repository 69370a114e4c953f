"""Where reports of one saying differ in who said it: whom one names another calls "a docker", a body, or otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from flows import names
from flows.resolve.state import State, column

BODIES: Final = frozenset({"organisation", "government", "country", "media", "armed_group"})
PERSON, BODY, SOMEBODY = "person", "body", "somebody"
UNNAMED: Final = "unnamed"  # the kind of one person without a name
_INDEFINITE: Final = frozenset({"a", "an"})


@dataclass(frozen=True, slots=True)
class Who:
    """Whom one report has: a person or a body by name, or somebody, with the key of a person's surname."""

    article_id: str
    start: int
    end: int
    text: str
    sort: str
    actor_id: str | None = None
    surname: str = ""

    def may_be(self, other: Who) -> bool:
        """Whether two persons are one, or of one surname: such are more often told apart by mistake than misnamed."""
        return self.actor_id == other.actor_id or self.surname == other.surname


def kind_of(told: Sequence[Who]) -> str | None:
    """How reports differ in who said something; None when they don't, or say too little to tell.

    Two persons are in conflict; a name is more precise than "a docker", if the report does not name somebody itself; a
    person and a body may both be right, as the one speaks for the other.
    """
    persons = [one for one in told if one.sort == PERSON]
    naming = {one.article_id for one in persons}
    if any(not persons[0].may_be(one) for one in persons):
        return "conflict"
    if persons and any(one.sort == SOMEBODY and one.article_id not in naming for one in told):
        return "refinement"
    return "compatible" if persons and any(one.sort == BODY for one in told) else None


def speakers(state: State, parts: pl.DataFrame) -> Iterator[tuple[str, list[Who], str]]:
    """By utterance, the speakers that reports give it and how they differ. `parts` are rows of claim_parts."""
    columns = ["article_id", "speaker_start", "speaker_end", "speaker_text", "speaker_id"]
    told = state.rows("claims", "claim_id", column(parts, "claim_id"), columns).drop_nulls("speaker_start")
    of_claim = parts.select("utterance_id", "claim_id").unique().join(told, on="claim_id")
    several = pl.col("article_id").n_unique().over("utterance_id") > 1
    spans = of_claim.filter(pl.col("utterance_id").is_not_null() & several)
    named = _named(state, spans)
    kinds = _kinds(state, column(spans, "speaker_id"))
    found: dict[str, list[Who]] = defaultdict(list)
    for row in spans.sort("utterance_id", "article_id", "speaker_start", "claim_id").iter_rows(named=True):
        name = named.get(row["claim_id"])
        sort = _sort_of(kinds.get(row["speaker_id"] or ""), row["speaker_text"], name)
        if sort is not None:
            span = row["article_id"], row["speaker_start"], row["speaker_end"], row["speaker_text"]
            surname = names.skeleton(names.surname(name)) if name else ""
            found[row["utterance_id"]].append(Who(*span, sort, row["speaker_id"], surname))
    for utterance_id, several_told in sorted(found.items()):
        kind = kind_of(several_told)
        if kind is not None and len({one.article_id for one in several_told}) > 1:
            yield utterance_id, several_told, kind


def _named(state: State, spans: pl.DataFrame) -> dict[str, str]:
    """By claim the name by which its speaker stands there, where it does; "" where others are named there alone."""
    columns = ["start_char", "text", "form", "actor_id"]
    mentions = state.rows("mentions", "article_id", column(spans, "article_id"), columns)
    by_name = mentions.filter(pl.col("form") == "name").select("article_id", "actor_id", "text", at="start_char")
    inside = spans.join(by_name, on="article_id").filter(
        (pl.col("speaker_start") <= pl.col("at")) & (pl.col("at") < pl.col("speaker_end"))
    )
    own = pl.when(pl.col("actor_id") == pl.col("speaker_id")).then("text").otherwise(pl.lit(""))
    rows = inside.select("claim_id", own.alias("name"), "at").sort(pl.col("name") == "", "at", "name")
    return dict(rows.unique("claim_id", keep="first", maintain_order=True).select("claim_id", "name").iter_rows())


def _kinds(state: State, actors: Collection[str]) -> Mapping[str, str]:
    return dict(state.rows("actors", "actor_id", actors, ["kind"]).select("actor_id", "kind").iter_rows())


def _sort_of(kind: str | None, called: str, name: str | None) -> str | None:
    """None for those who may be anybody whom the article has told of ("he", "the mayor"), and "a spokesman for X"."""
    if name:
        return PERSON if kind == PERSON else BODY if kind in BODIES else None
    is_indefinite = called.partition(" ")[0].lower() in _INDEFINITE
    return SOMEBODY if kind == UNNAMED and is_indefinite and name is None else None

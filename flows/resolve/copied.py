"""Groups without a name in text that articles of one story share word for word: "officials said" is of the same ones.

What a label alone doesn't say, copied words do: whoever the first article meant, the other one means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from flows.resolve.state import State, column
from flows.resolve.terms import words_of

_AROUND: Final = 3  # words on either side of a nominal that are alike in both articles
_SIDES: Final = (("article_id", "start_char", "text"), ("other_article_id", "other_start", "other_text"))
_COLUMNS: Final = ("entity_id", "passage_id", "side", "passage", "start", "start_char", "end_char")


def copies(state: State, story: Mapping[str, str | None]) -> dict[str, frozenset[str]]:
    """What shows that two entities are one: keys that both have, by entity id.

    `story` is that of each entity without a name, and has those of whole stories: a place that several share is none's.
    """
    told = _nominals(state, story)
    found: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for passages in _sides(state, dict(told.select("article_id", "story").iter_rows())):
        inside = told.join(passages, on="article_id").filter(
            (pl.col("start") <= pl.col("start_char"))
            & (pl.col("end_char") <= pl.col("start") + pl.col("passage").str.len_chars())
        )
        for entity_id, passage_id, side, passage, start, at, end in inside.select(_COLUMNS).iter_rows():
            found[f"{passage_id} {_place(passage, at - start, end - start)}"][side].add(entity_id)
    keys: dict[str, set[str]] = defaultdict(set)
    for key, (ours, theirs) in found.items():
        if len(ours) == len(theirs) == 1:
            for entity_id in ours | theirs:
                keys[entity_id].add(key)
    return {entity_id: frozenset(some) for entity_id, some in keys.items()}


def _sides(state: State, story: Mapping[str, str]) -> Iterator[pl.DataFrame]:
    """The passages that two articles of one story share, as the one has them and as the other."""
    shared = state.rows("passages", "article_id", story)
    pairs = shared.select("article_id", "other_article_id").iter_rows()
    shared = shared.filter(pl.Series([story[one] == story.get(other) for one, other in pairs], dtype=pl.Boolean))
    for side, (article, start, text) in enumerate(_SIDES):
        yield shared.select("passage_id", article_id=article, start=start, passage=text, side=pl.lit(side))


def _nominals(state: State, story: Mapping[str, str | None]) -> pl.DataFrame:
    """The nominals of entities whose article has a story."""
    rows = state.rows("entity_rows", "entity_id", [one for one, of in story.items() if of is not None])
    of_mentions = rows.filter(pl.col("table_name") == "mentions").select("entity_id", mention_id="row_id")
    span = ["article_id", "form", "start_char", "end_char"]
    mentions = state.rows("mentions", "mention_id", column(of_mentions, "mention_id"), span)
    nominals = mentions.filter(pl.col("form") == "nominal").join(of_mentions, on="mention_id")
    stories = pl.DataFrame(sorted(story.items()), {"entity_id": pl.String(), "story": pl.String()}, orient="row")
    return nominals.join(stories, on="entity_id")


def _place(passage: str, start: int, end: int) -> str:
    """The words of a nominal and those around it."""
    before, behind = words_of(passage[:start])[-_AROUND:], words_of(passage[end:])[:_AROUND]
    return "|".join(" ".join(words) for words in (before, words_of(passage[start:end]), behind))

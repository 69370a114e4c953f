"""In what groups without a name take part, as their articles tell it: who was killed, arrested, who attacked.

Read from the events and the figures of an article themselves: incidents are decided after actors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Final

import polars as pl

from flows.names import fold
from flows.resolve.grouping import RECIPIENT, Involved, Part
from flows.resolve.groups import is_new
from flows.resolve.reports import happening_of, name_of
from flows.resolve.state import State, column
from flows.resources import lexicon

_TOLD: Final = ("asserted", "reported")  # the status of what is told as having happened


def involvements(state: State, called: Mapping[str, Sequence[str]]) -> dict[str, Involved]:
    """In what each entity of `called` takes part, by entity id; `called` has the nominals of each, in text order."""
    rows = state.rows("entity_rows", "entity_id", called)
    parts: dict[str, set[Part]] = defaultdict(set)
    for entity_id, part in chain(_in_events(state, rows), _counted(state, rows)):
        parts[entity_id].add(part)
    title = _titles(state, rows)
    return {
        one: Involved(frozenset(parts[one]), is_new(texts[0]) and fold(texts[0]) not in title[one])
        for one, texts in called.items()
    }


def _titles(state: State, rows: pl.DataFrame) -> dict[str, str]:
    """The title of the article of each entity, which tells first of whom the text tells again; "" where it has none."""
    articles = rows.select("entity_id", "article_id").unique()
    titles = state.rows("articles", "article_id", column(articles, "article_id"), ["title"])
    found = articles.join(titles.select("article_id", pl.col("title").fill_null("")), on="article_id")
    return {entity_id: fold(title) for entity_id, title in found.select("entity_id", "title").iter_rows()}


def _in_events(state: State, rows: pl.DataFrame) -> Iterator[tuple[str, Part]]:
    """The part in what an event tells, of events told as having happened."""
    taking = rows.filter(pl.col("table_name") == "event_participants").select("entity_id", "role", event_id="row_id")
    events = state.rows("events", "event_id", column(taking, "event_id"), ["event_type", "trigger_text", "status"])
    told = taking.join(events.filter(pl.col("status").is_in(_TOLD)), on="event_id")
    columns = ("entity_id", "role", "trigger_text", "event_type")
    for entity_id, role, trigger, event_type in told.select(columns).iter_rows():
        yield entity_id, (happening_of(trigger, event_type), role)


def _counted(state: State, rows: pl.DataFrame) -> Iterator[tuple[str, Part]]:
    """Those whom a figure counts as killed, injured, arrested, with that part."""
    of_mentions = rows.filter(pl.col("table_name") == "mentions").select("entity_id", mention_id="row_id")
    span = ["article_id", "start_char", "end_char"]
    mentions = state.rows("mentions", "mention_id", column(of_mentions, "mention_id"), span)
    figures = state.rows("figures", "article_id", column(mentions, "article_id"), [*span[1:], "unit"])
    inside = (
        figures.filter(pl.col("unit").is_in(sorted(_fates())))
        .select("article_id", "unit", start="start_char", end="end_char")
        .join(mentions, on="article_id")
        .filter((pl.col("start_char") <= pl.col("start")) & (pl.col("end") <= pl.col("end_char")))
        .join(of_mentions, on="mention_id")
    )
    for entity_id, unit in inside.select("entity_id", "unit").iter_rows():
        yield entity_id, (_fates()[unit], RECIPIENT)


@cache
def _fates() -> dict[str, str]:
    """The names of what befalls those whom figures count, by unit."""
    units = {row["unit"] for row in lexicon("units") if row["kind"] == "fate"}
    return {unit: "capture" if unit == "captured" else name_of(unit) for unit in units}

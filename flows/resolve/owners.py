"""Whose a group without a name is: "her family", "its customers", "Odell's advisers", where that is somebody named.

Articles of one story mean one family by it where the owners' names agree: all words of one are in the other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from flows import names
from flows.plurals import singular
from flows.resolve.groups import Owned
from flows.resolve.members import BODIES, IS_ALONE
from flows.resolve.state import State, column

_POSSESSIVE: Final = re.compile(r"\b(?:his|her|its|their)\b|['’]s\b", re.IGNORECASE)
_BEFORE: Final = re.compile(r"(?:[Aa]ll (?:of )?|[Tt]he )?(?:[A-Z][\w-]*\.? )*")  # "all his", "President Odell's"
_BEHIND: Final = re.compile(r"(?:['’]s)?\s+(?:own\s+)?", re.IGNORECASE)
_OWNERS: Final = ("person", "media", *sorted(BODIES))


def owned(state: State, called: Mapping[str, Sequence[str]]) -> dict[str, dict[str, Owned]]:
    """Of the nominals of each entity, which `called` has, those that say that it belongs to somebody named."""
    wanted = {one for one, texts in called.items() if any(_POSSESSIVE.search(text) for text in texts)}
    found: dict[str, dict[str, Owned]] = defaultdict(dict)
    for entity_id, text, at, end, name, kind in _possessors(state, wanted).iter_rows():
        behind = _BEHIND.match(text, end)
        if behind and _BEFORE.fullmatch(text, 0, at) and not _POSSESSIVE.search(text, behind.end()):
            found[entity_id][text] = Owned(text[behind.end() :], frozenset(_words(name, kind)))
    return found


def _words(name: str, kind: str) -> list[str]:
    plain = names.normalise(name) if kind == "person" else names.body_name(name)
    return [singular(word) for word in plain.split()]


def _possessors(state: State, entities: set[str]) -> pl.DataFrame:
    """The mentions inside nominals of `entities` that stand for somebody named: where they start and end there."""
    rows = state.rows("entity_rows", "entity_id", entities).filter(pl.col("table_name") == "mentions")
    columns = ["article_id", "text", "form", "start_char", "end_char"]
    own = state.rows("mentions", "mention_id", column(rows, "row_id"), columns).filter(pl.col("form") == "nominal")
    inside = (
        state.rows("mentions", "article_id", column(own, "article_id"), columns[2:])
        .select("article_id", inside_id="mention_id", start="start_char", end="end_char")
        .join(own.filter(pl.col("text").str.contains(f"(?i){_POSSESSIVE.pattern}")), on="article_id")
        .filter((pl.col("start_char") <= pl.col("start")) & (pl.col("end") < pl.col("end_char")))
    )
    of_inside = state.rows("entity_rows", "row_id", column(inside, "inside_id"))
    owner_of = of_inside.filter(pl.col("table_name") == "mentions").select(inside_id="row_id", owner_id="entity_id")
    owners = state.rows("entities", "entity_id", column(owner_of, "owner_id"))
    named = owners.filter(pl.col("kind").is_in(_OWNERS) & ~IS_ALONE).select("kind", "name", owner_id="entity_id")
    return (
        inside.join(owner_of, on="inside_id")
        .join(named, on="owner_id")
        .join(rows.select("entity_id", mention_id="row_id"), on="mention_id")
        .sort("entity_id", "start_char", "start", pl.col("end"))
        .select(
            "entity_id",
            "text",
            pl.col("start") - pl.col("start_char"),
            (pl.col("end") - pl.col("start_char")).alias("at_end"),
            "name",
            "kind",
        )
    )

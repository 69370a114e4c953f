"""Sources: the actors that publish or relay. What a lexicon knows of them (kind, domain, country) comes from there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any, Final

import polars as pl

from flows import names
from flows.ids import make_id
from flows.resolve.state import State, column, frame_of
from flows.resources import sql_of

# What the role of a hop says of the kind of a source that no lexicon knows.
KIND_OF_ROLE: Final = {"agency": "agency", "broadcaster": "broadcaster", "outlet": "outlet", "page": "outlet"}

_ANY_SOURCE: Final = frozenset({"outlet", "page"})


def write_sources(state: State, actors: Collection[str]) -> set[str]:
    """Write the rows of `sources` for those of `actors` that publish, relay, or are media by kind.

    Returns the actors that have become a source, or are one no more.
    """
    before = column(state.rows("sources", "actor_id", actors), "actor_id")
    wanted = pl.DataFrame({"actor_id": sorted(actors)}, {"actor_id": pl.String()})
    publishing = state.summed("entities", wanted, sql_of("resolve", "publishing"), ["kind", "source_role", "domain"])
    known = {row["actor_id"]: row for row in state.rows("actors", "actor_id", actors).iter_rows(named=True)}
    listed = [
        _source(known[group[0, "actor_id"]], group)
        for group in publishing.sort("actor_id").partition_by("actor_id", maintain_order=True)
        if group[0, "actor_id"] in known
    ]
    state.replace("sources", "actor_id", actors, frame_of("sources", listed))
    return before ^ {row["actor_id"] for row in listed}


def _source(actor: dict[str, Any], members: pl.DataFrame) -> dict[str, Any]:
    medium = names.media(actor["name"])
    domain = _first(members, "domain")
    return {
        "source_id": make_id("source", actor["actor_id"]),
        "name": actor["name"],
        "kind": medium.kind if medium else _kind(members, actor["name"]),
        "domain": medium.domain if medium and medium.domain else domain,
        "country": medium.country if medium else actor["country"],
        "actor_id": actor["actor_id"],
    }


def _first(members: pl.DataFrame, column: str) -> str | None:
    found = members.get_column(column).drop_nulls().sort()
    return None if found.is_empty() else str(found[0])


def _kind(members: pl.DataFrame, name: str) -> str:
    """The kind that the roles show, the most frequent first; a bare domain is a site.

    Being an outlet or a page tells least: that is what every source is until more is known of it.
    """
    roles: Counter[str] = Counter()
    for role, n in members.select("source_role", "n").drop_nulls().iter_rows():
        roles[role] += n
    for role in sorted(roles, key=lambda role: (role in _ANY_SOURCE, role == "page", -roles[role], role)):
        if role in KIND_OF_ROLE:
            return "site" if role == "page" and " " not in name and "." in name else KIND_OF_ROLE[role]
    return "unknown"

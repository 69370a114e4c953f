"""The sectors of PLOVER (Open Event Data Alliance) that nouns for actors belong to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from flows.resources import lexicon


@cache
def sectors() -> Mapping[str, str]:
    """PLOVER's sector by noun lemma; "UNK" for an actor of no sector. The first listing of a noun counts."""
    table: dict[str, str] = {}
    for row in lexicon("event_sectors"):
        for word in row["words"].split():
            table.setdefault(word, row["sector"])
    return table

"""What extraction and the resolver both know of events: which types one happening may be told under, and what is said
again."""

from __future__ import annotations

from typing import Final

AGAIN: Final = "rules-1 again"  # extractor of a noun that takes up what an earlier sentence told
# A town is stormed, taken and occupied, a deal is made and signed.
_FAMILIES: Final = (
    frozenset({"ASSAULT", "FIGHT", "COERCE"}),
    frozenset({"AGREE", "SUPPORT", "COOPERATE"}),
    frozenset({"ACCUSE", "DISAPPROVE"}),
    frozenset({"RETREAT", "CONCEDE"}),
)


def family(event_type: str) -> str:
    """The first of the types (of PLOVER) that one happening may be told under."""
    return next((min(types) for types in _FAMILIES if event_type in types), event_type)

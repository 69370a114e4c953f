"""Identity across articles: ids from the smallest member, and redirects for ids that disappear."""

from __future__ import annotations

from collections.abc import Mapping


def redirects(before: Mapping[str, str | None], after: Mapping[str, str | None]) -> dict[str, str | None]:
    """Where the ids of `before` that no member has any more lead: to the new id of their smallest member.

    Both map members to ids; a member that is gone, or undecided now, leads nowhere (None).
    """
    current = {new for new in after.values() if new is not None}
    moved: dict[str, str | None] = {}
    for member in sorted(before):
        old = before[member]
        if old is not None and old not in current and moved.get(old) is None:
            moved[old] = after.get(member)
    return moved

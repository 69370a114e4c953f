"""Which tables the audits compare with each other: rows of one mean nothing to an audit without those of the others."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from flows.resources import sql_dir
from flows.schema import TABLES

_READ: Final = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)")


@cache
def compared() -> tuple[tuple[str, ...], ...]:
    """The tables in groups: two are in one group when an audit reads both, or each is read with a third.

    A table that no audit reads stands in none: the rules of its suite look at one row at a time, or at its key.
    """
    groups: list[set[str]] = []
    for path in sorted((sql_dir() / "audits").glob("*.sql")):
        group = set(_READ.findall(path.read_text(encoding="utf-8"))) & TABLES.keys()
        near = [other for other in groups if other & group]
        groups = [other for other in groups if not other & group] + [group.union(*near)]
    return tuple(sorted(tuple(table for table in TABLES if table in group) for group in groups if group))

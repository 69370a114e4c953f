"""What tests ask a published database, and how they make an audit stop one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flows.publish import Store
from flows.publish.export import export_canonical
from flows.resolve import Resolved


def ask(database: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with Store(database).reading() as connection:
        return connection.execute(sql).fetchall()


def exported(database: Path, folder: Path) -> dict[str, bytes]:
    """The canonical export, by file name."""
    with Store(database).reading() as connection:
        return {file.name: file.read_bytes() for file in export_canonical(connection, folder)}


def with_impossible_actors(resolve: Callable[..., Resolved]) -> Callable[..., Resolved]:
    """`resolve`, whose actors have fewer mentions than none: an audit stops them."""

    def resolved(*given: Any, **more: Any) -> Resolved:
        found = resolve(*given, **more)
        actors = found.changes.upserts["main.actors"]
        found.changes.upserts["main.actors"] = actors.with_columns(n_mentions=actors["n_mentions"] * 0 - 1)
        return found

    return resolved

"""What tests ask a published database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flows.publish import Store
from flows.publish.export import export_canonical


def ask(database: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with Store(database).reading() as connection:
        return connection.execute(sql).fetchall()


def exported(database: Path, folder: Path) -> dict[str, bytes]:
    """The canonical export, by file name."""
    with Store(database).reading() as connection:
        return {file.name: file.read_bytes() for file in export_canonical(connection, folder)}

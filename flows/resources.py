"""Where the SQL files and the reference data lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent


def sql_dir() -> Path:
    """The folder with migrations/, views/, queries/ and audits/."""
    return _first(_PACKAGE / "resources" / "sql", _CHECKOUT / "sql")


def sql_of(folder: str, name: str) -> str:
    """The text of `sql/FOLDER/NAME.sql`."""
    return (sql_dir() / folder / f"{name}.sql").read_text(encoding="utf-8")


def reference_dir() -> Path:
    """The folder with the lexicons and gazetteers of `data/reference`."""
    return _first(_PACKAGE / "resources" / "reference", _CHECKOUT / "data" / "reference")


def _first(*folders: Path) -> Path:
    for folder in folders:
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"Hearsay's own files are missing: none of {', '.join(map(str, folders))} exists")


@cache
def lexicon(name: str) -> tuple[dict[str, str], ...]:
    """Read `data/reference/NAME.tsv`: a header line, then tab-separated rows; lines that start with # are notes."""
    with (reference_dir() / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(_rows(file), delimiter="\t", quoting=csv.QUOTE_NONE))


def _rows(lines: Iterator[str]) -> Iterator[str]:
    return (line.rstrip("\n") for line in lines if line.strip() and not line.startswith("#"))


@cache
def classes(name: str) -> dict[str, frozenset[str]]:
    """A lexicon of classes of words: the class -> its words, which stand parted by blanks in the column `words`.

    Raises ValueError when a class stands there twice: the second would take the place of the first.
    """
    rows = lexicon(name)
    twice = [one for one, often in Counter(row["class"] for row in rows).items() if often > 1]
    if twice:
        raise ValueError(f"data/reference/{name}.tsv has these classes twice: {', '.join(twice)}; rename one of each")
    return {row["class"]: frozenset(row["words"].split()) for row in rows}


@cache
def words(name: str, column: str = "word") -> frozenset[str]:
    """One column of a lexicon as a set."""
    return frozenset(row[column] for row in lexicon(name))

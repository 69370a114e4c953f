"""What people decided: a file of judgements that overrules what the pipeline finds, and can be taken back.

The file (`judgements` in the settings) has one judgement a line, tab-separated, under the header COLUMNS; lines that
start with # are notes. It is the truth: a line that is there holds for every batch and for a rebuild, a line that is
taken out holds no more from the next run on. `ops.judgements` records what a database was last brought in line with.

Layers and what stands in `left` and `right`:

| layer | verdict | left | right |
|---|---|---|---|
| actor | same, different | a name, or the id of a mention or a claim (its speaker) | likewise |
| published_on, reference_on | same | the id of an article | a day, ISO 8601 |
| speaker | same | the id of a claim | the id of a mention in its article, a name used there, or - for nobody |

"Different" takes the left side away from the right one; a name stands for all who are called so.
"""

from __future__ import annotations

import csv
import fcntl
import os
import secrets
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from flows.errors import HearsayError
from flows.ids import make_id
from flows.resources import sql_of
from flows.schema import OPS

if TYPE_CHECKING:
    import duckdb

COLUMNS: Final = ("layer", "verdict", "left", "right", "who", "because")
SAME, DIFFERENT = "same", "different"
ACTOR, PUBLISHED_ON, REFERENCE_ON, SPEAKER = "actor", "published_on", "reference_on", "speaker"
OF_ARTICLE: Final = (PUBLISHED_ON, REFERENCE_ON, SPEAKER)  # layers that change how one article is read
NOBODY: Final = "-"
_LEFT: Final = {PUBLISHED_ON: "art_", REFERENCE_ON: "art_", SPEAKER: "clm_"}


@dataclass(frozen=True, order=True)
class Judgement:
    """One decision of a person; see the module's docstring."""

    layer: str
    verdict: str
    left: str
    right: str
    who: str = field(default="", compare=False)
    because: str = field(default="", compare=False)

    @property
    def judgement_id(self) -> str:
        return make_id("judgement", self.layer, self.verdict, self.left, self.right)

    def replaces(self, other: Judgement) -> bool:
        """Whether both decide on the same thing, which a file may do once."""
        return _subject(self) == _subject(other)

    @property
    def day(self) -> date:
        """The day of a judgement on a day."""
        return date.fromisoformat(self.right)


@dataclass(frozen=True)
class Judgements:
    """All that hold, and those that hold only now or hold no more: what hangs on these is decided again."""

    holding: tuple[Judgement, ...] = ()
    changed: tuple[Judgement, ...] = ()

    def of(self, *layers: str) -> list[Judgement]:
        """Those of some layers that hold."""
        return [one for one in self.holding if one.layer in layers]

    def settled(self) -> Judgements:
        """The same, with nothing left to be decided again."""
        return Judgements(self.holding)


NONE: Final = Judgements()


def load(path: Path) -> tuple[Judgement, ...] | None:
    """The judgements of a file in a fixed order; None where there is no file.

    Raises HearsayError H115 for a line that can't be meant.
    """
    if not path.is_file():
        return None
    found: dict[tuple[str, ...], Judgement] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in _rows(file):
                one = _judgement(row, path, number)
                if (before := found.setdefault(_subject(one), one)) is not one:
                    raise _refused(path, number, f"another line decides on this already ({before.verdict})")
    except ValueError as error:  # not UTF-8, or no header
        raise HearsayError("H105", path=path, detail=error) from None
    return tuple(sorted(found.values()))


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, str | None]]]:
    header: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = next(csv.reader([line.rstrip("\r\n")], delimiter="\t", quoting=csv.QUOTE_NONE))
        if not header:
            header = cells
            if missing := [name for name in COLUMNS if name not in (*header, "who")]:
                raise ValueError(f"the first line must name the columns: {', '.join(missing)} is not there")
        else:
            yield number, dict(zip(header, cells, strict=False))


def _judgement(row: dict[str, str | None], path: Path, number: int) -> Judgement:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    try:
        return checked(Judgement(**cells))
    except ValueError as error:
        raise _refused(path, number, error) from None


def checked(one: Judgement) -> Judgement:
    """The judgement itself. Raises ValueError, with what is wrong, for one that can't be meant."""
    verdicts = (SAME, DIFFERENT) if one.layer == ACTOR else (SAME,)
    if one.layer not in (ACTOR, *OF_ARTICLE):
        raise ValueError(f"layer is {one.layer or 'empty'}, not one of {', '.join((ACTOR, *OF_ARTICLE))}")
    if one.verdict not in verdicts:
        raise ValueError(f"verdict is {one.verdict or 'empty'}, not {' or '.join(verdicts)}")
    if not one.left or not one.right or not one.because:
        raise ValueError("left, right and because must be filled")
    if one.layer in _LEFT and not one.left.startswith(_LEFT[one.layer]):
        raise ValueError(f"left is {one.left}, not an id that begins with {_LEFT[one.layer]}")
    if one.layer in (PUBLISHED_ON, REFERENCE_ON):
        try:
            one.day  # noqa: B018
        except ValueError:
            raise ValueError(f"right is {one.right}, not a day such as 2014-06-22") from None
    if one.layer == ACTOR and one.left == one.right:
        raise ValueError("left and right are the same")
    return one


def _subject(one: Judgement) -> tuple[str, ...]:
    """What a file may decide once."""
    return (one.layer, *sorted((one.left, one.right))) if one.layer == ACTOR else (one.layer, one.left)


def _refused(path: Path, number: int, detail: object) -> HearsayError:
    return HearsayError("H115", path=path, number=number, detail=detail)


def write(path: Path, judgements: Collection[Judgement], taken_back: Collection[Judgement] = ()) -> None:
    """Add lines to a file, which is made if it isn't there, and take out those of `taken_back`; notes stay.

    A line that decides on the same as a new one goes. Two that write at once take turns.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)  # of the folder, because the file is another one after each change
        _write(path, judgements, taken_back)
    finally:
        os.close(folder)


def _write(path: Path, judgements: Collection[Judgement], taken_back: Collection[Judgement]) -> None:
    gone = {one.judgement_id for one in taken_back}
    lines = path.read_text(encoding="utf-8-sig").splitlines() if path.is_file() else []
    if all(not line.strip() or line.startswith("#") for line in lines):
        lines.append("\t".join(COLUMNS))
    judged = {number: _judgement(row, path, number) for number, row in _rows(lines)}
    out = {
        number
        for number, one in judged.items()
        if one.judgement_id in gone or any(other.replaces(one) for other in judgements)
    }
    kept = [line for number, line in enumerate(lines, start=1) if number not in out]
    header = next(line.split("\t") for line in kept if line.strip() and not line.startswith("#"))
    kept += ("\t".join(_cell(getattr(one, name, "")) for name in header) for one in judgements)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    beside.write_text("\n".join(kept) + "\n", encoding="utf-8")
    beside.replace(path)


def _cell(value: str) -> str:
    return " ".join(value.split())


def compare(connection: duckdb.DuckDBPyConnection, path: Path) -> Judgements:
    """What holds by the file, beside what the database was last brought in line with. No file changes nothing."""
    rows = connection.execute("FROM ops.judgements WHERE basis = 'person'").pl().to_dicts()
    stored = {one.judgement_id: one for one in map(_of_row, rows)}
    listed = load(path)
    if listed is None:
        return Judgements(tuple(sorted(stored.values())))
    here = {one.judgement_id: one for one in listed}
    both = {**stored, **here}
    changed = [both[one] for one in sorted(both) if _told(stored.get(one)) != _told(here.get(one))]
    return Judgements(listed, tuple(changed))


def outdated(connection: duckdb.DuckDBPyConnection, holding: Iterable[Judgement]) -> dict[Judgement, str | None]:
    """The judgements on an article or a claim of an older version, with the id of what stands in its place now.

    They hold for that version alone: whether a newer one still says the same a person must see.
    """
    judged = [one for one in holding if one.layer in OF_ARTICLE]
    ids = {"ids": sorted({one.left for one in judged})}
    rows = connection.execute(sql_of("commands", "judged_before"), ids).fetchall()
    now: dict[str, str | None] = dict(rows)
    return {one: now[one.left] for one in judged if one.left in now}


def _told(one: Judgement | None) -> tuple[str, str] | None:
    return None if one is None else (one.who, one.because)


def _of_row(row: dict[str, Any]) -> Judgement:
    return Judgement(
        row["layer"], row["verdict"], row["left_key"], row["right_key"], row["who"] or "", row["because"] or ""
    )


def books(judgements: Judgements, now: datetime) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What `ops.judgements` has to take in, and which of its keys go."""
    holding = {one.judgement_id for one in judgements.holding}
    rows = [
        {
            "judgement_id": one.judgement_id,
            "layer": one.layer,
            "left_key": one.left,
            "right_key": one.right,
            "verdict": one.verdict,
            "basis": "person",
            "who": one.who or None,
            "because": one.because,
            "score": 1.0,
            "judged_at": now,
        }
        for one in judgements.changed
        if one.judgement_id in holding
    ]
    gone = [one.judgement_id for one in judgements.changed if one.judgement_id not in holding]
    keys = pl.DataFrame({"judgement_id": gone}, schema={"judgement_id": pl.String})
    return pl.DataFrame(rows, schema=OPS["judgements"]), keys

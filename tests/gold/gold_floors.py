"""The floors of `floors.toml`: read, compared, raised, lowered with a reason."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import tomlkit
from gold_counts import Count

FLOORS: Final = Path(__file__).with_name("floors.toml")
CHANGELOG: Final = Path(__file__).parents[2] / "CHANGELOG.md"
MARGIN: Final = 0.5  # points that may be lost without a word: machines differ in the last digits of a model's score
_HEADER: Final = """\
The sample's floors: the least precision, recall and F1, in points, of each layer of each half of the gold reading.
Written by `python tests/gold/score.py --raise-floors`, which never lowers one. Lowering one takes
`python tests/gold/score.py --lower-floor HALF/LAYER/FIGURE --because "…"` and a line of CHANGELOG.md that holds what
that command prints: HALF/LAYER/FIGURE: was → is.
highest   the highest floor that the layer ever had; a floor below it has its reason in a [[lowered]] entry
"""


@dataclass(frozen=True)
class Floor:
    """The least that a figure of a layer may be, in points, and the most that this ever was."""

    floor: float
    highest: float


@dataclass(frozen=True)
class Lowered:
    """Why a floor was lowered."""

    layer: str
    was: float
    floor: float
    because: str

    @property
    def line(self) -> str:
        """What the changelog must say of it."""
        return f"{self.layer}: {self.was} → {self.floor}"


@dataclass(frozen=True)
class Floors:
    """All floors by `half/layer/figure`, and the reasons for those that were lowered, oldest first."""

    layers: Mapping[str, Floor] = field(default_factory=dict)
    lowered: Sequence[Lowered] = ()


def points(scores: Mapping[str, Mapping[str, Count]]) -> dict[str, float]:
    """`half/layer/figure` → precision, recall or F1 in points, of all layers that have one."""
    return {
        f"{half}/{layer}/{figure}": 100 * share
        for half, counts in scores.items()
        for layer, count in counts.items()
        for figure, share in (("P", count.precision), ("R", count.recall), ("F1", count.f1))
        if share is not None
    }


def read_floors(path: Path = FLOORS) -> Floors:
    """The floors, none when there is no file yet."""
    if not path.exists():
        return Floors()
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    layers = {name: Floor(row["floor"], row["highest"]) for name, row in told.get("layer", {}).items()}
    return Floors(layers, [Lowered(**row) for row in told.get("lowered", ())])


def raised(floors: Floors, measured: Mapping[str, float]) -> Floors:
    """Floors just below what is measured, where that is more than they were."""
    found = dict(floors.layers)
    for name, figure in measured.items():
        floor, former = _below(figure), found.get(name)
        if former is None or floor > former.floor:
            found[name] = Floor(floor, max(floor, former.highest if former else 0.0))
    return replace(floors, layers=found)


def lowered(floors: Floors, layer: str, measured: Mapping[str, float], because: str) -> Floors:
    """One layer's floor set just below what is measured, with the reason. Raises ValueError when it isn't lower."""
    former = floors.layers.get(layer)
    if former is None:
        raise ValueError(f"no layer {layer}; there are: {', '.join(floors.layers)}")
    if not because.strip():
        raise ValueError("a floor is lowered for a reason: --because")
    floor = _below(measured.get(layer, 0.0))
    if floor >= former.floor:
        raise ValueError(f"{layer}: what is measured is not below the floor of {former.floor}")
    layers = {**floors.layers, layer: Floor(floor, former.highest)}
    return Floors(layers, [*floors.lowered, Lowered(layer, former.floor, floor, because.strip())])


def _below(figure: float) -> float:
    """Rounded down to a tenth, a margin below."""
    return max(0.0, math.floor(10 * (figure - MARGIN)) / 10)


def complaints(floors: Floors, measured: Mapping[str, float]) -> list[str]:
    """A line for each layer that fell below its floor, or that is not measured any more."""
    return [
        f"{name}: {measured.get(name, 0.0):.1f}, the floor is {floor.floor}"
        for name, floor in floors.layers.items()
        if measured.get(name, 0.0) < floor.floor
    ]


def unexplained(floors: Floors, changelog: str) -> list[str]:
    """Layers whose floor is below its highest without a reason, or was lowered without a line of the changelog."""
    last = {row.layer: row.floor for row in sorted(floors.lowered, key=lambda row: -row.floor)}
    found = [
        f"{name}: the floor {floor.floor} is below {floor.highest}, which it once was, without a [[lowered]] entry"
        for name, floor in floors.layers.items()
        if floor.floor < last.get(name, floor.highest)
    ]
    found += [f"CHANGELOG.md has no line with: {row.line}" for row in floors.lowered if row.line not in changelog]
    return found


def write_floors(floors: Floors, path: Path = FLOORS) -> None:
    """Write the file anew."""
    document = tomlkit.document()
    for line in _HEADER.splitlines():
        document.add(tomlkit.comment(line))
    document["layer"] = {name: {"floor": row.floor, "highest": row.highest} for name, row in floors.layers.items()}
    if floors.lowered:
        document["lowered"] = [vars(row) for row in floors.lowered]
    path.write_text(tomlkit.dumps(document), encoding="utf-8")

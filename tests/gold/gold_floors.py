"""The floors of `floors.toml`: read, compared, raised, lowered with a reason."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from gold_published import Item

FLOORS: Final = Path(__file__).with_name("floors.toml")
CHANGELOG: Final = Path(__file__).parents[2] / "CHANGELOG.md"
_HEADER: Final = """\
# The sample's floors, one a layer of the gold reading: so many of its listed items must be right.
# Written by `python tests/gold/score.py --raise-floors`, which never lowers one. Lowering one takes
# `python tests/gold/score.py --lower-floor LAYER --because "…"` and a line of CHANGELOG.md that names the layer.
# highest   the highest floor that the layer ever had; a floor below it has its reason in a [[lowered]] entry
# missed    the items that were not right when the floor was set, so that a failing test can tell which were lost since
"""


@dataclass(frozen=True)
class Floor:
    """The least number of right items of a layer."""

    floor: int
    highest: int
    missed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lowered:
    """Why a floor was lowered."""

    layer: str
    was: int
    floor: int
    because: str


@dataclass(frozen=True)
class Floors:
    """All floors, and the reasons for those that were lowered, oldest first."""

    layers: Mapping[str, Floor] = field(default_factory=dict)
    lowered: Sequence[Lowered] = ()


def by_layer(items: Iterable[Item]) -> dict[str, list[Item]]:
    """The items of each layer, in the order of their first; the layers of one kind stand together."""
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.layer, []).append(item)
    kinds = list(dict.fromkeys(layer.partition(".")[0] for layer in found))
    return {layer: found[layer] for layer in sorted(found, key=lambda layer: kinds.index(layer.partition(".")[0]))}


def margin(layer: str, n_items: int) -> int:
    """How far below the measured number a floor is set: three in a hundred, or one; what must not happen has none."""
    if layer.endswith(".apart") or layer == "versions":
        return 0
    return max(1, round(0.03 * n_items))


def n_right(items: Iterable[Item]) -> int:
    """How many items are right."""
    return sum(item.is_right for item in items)


def read_floors(path: Path = FLOORS) -> Floors:
    """The floors, none when there is no file yet."""
    if not path.exists():
        return Floors()
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    layers = {
        name: Floor(row["floor"], row["highest"], tuple(row["missed"])) for name, row in told.get("layer", {}).items()
    }
    lowered = [Lowered(row["layer"], row["was"], row["floor"], row["because"]) for row in told.get("lowered", ())]
    return Floors(layers, lowered)


def raised(floors: Floors, layers: Mapping[str, Sequence[Item]]) -> Floors:
    """Floors just below what is measured, where that is more than they were."""
    found = dict(floors.layers)
    for name, items in layers.items():
        floor = max(0, n_right(items) - margin(name, len(items)))
        former = found.get(name)
        if former is None or floor > former.floor:
            found[name] = Floor(floor, max(floor, former.highest if former else 0), _missed(items))
    return replace(floors, layers=found)


def lowered(floors: Floors, layer: str, items: Sequence[Item], because: str) -> Floors:
    """One layer's floor set just below what is measured, with the reason. Raises ValueError when it isn't lower."""
    former = floors.layers.get(layer)
    if former is None:
        raise ValueError(f"no layer {layer}; there are: {', '.join(floors.layers)}")
    if not because.strip():
        raise ValueError("a floor is lowered for a reason: --because")
    floor = max(0, n_right(items) - margin(layer, len(items)))
    if floor >= former.floor:
        raise ValueError(f"{layer}: {n_right(items)} are right, which the floor of {former.floor} allows already")
    layers = {**floors.layers, layer: Floor(floor, former.highest, _missed(items))}
    return Floors(layers, [*floors.lowered, Lowered(layer, former.floor, floor, because.strip())])


def _missed(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(item.name for item in items if not item.is_right)


def write_floors(floors: Floors, path: Path = FLOORS) -> None:
    """Write the file anew."""
    lines = [_HEADER]
    for name, floor in floors.layers.items():
        lines += [f"[layer.{_quoted(name)}]", f"floor = {floor.floor}", f"highest = {floor.highest}", "missed = ["]
        lines += [f"  {_quoted(item)}," for item in floor.missed]
        lines += ["]", ""]
    for row in floors.lowered:
        lines += ["[[lowered]]", f"layer = {_quoted(row.layer)}", f"was = {row.was}", f"floor = {row.floor}"]
        lines += [f"because = {_quoted(row.because)}", ""]
    path.write_text("\n".join(lines), encoding="utf-8")


def _quoted(text: str) -> str:
    """A basic string of TOML, which a string of JSON is."""
    return json.dumps(text, ensure_ascii=False)


def complaint(layer: str, floor: Floor, items: Sequence[Item]) -> str | None:
    """What to say of a layer that fell below its floor: which items were lost, with what was found instead."""
    right = n_right(items)
    if right >= floor.floor:
        return None
    wrong = [item for item in items if not item.is_right]
    lost = [item for item in wrong if item.name not in floor.missed]
    lines = [f"{layer}: {right} of {len(items)} are right, the floor is {floor.floor}. Lost since it was set:"]
    lines += [f"  {item.name}\n      {item.got}" for item in lost] or ["  none by name: the gold has fewer items"]
    lines.append(f"Missed then as now: {len(wrong) - len(lost)}. All: python tests/gold/score.py --details")
    return "\n".join(lines)


def unexplained(floors: Floors, changelog: str) -> list[str]:
    """Layers whose floor is below its highest, or was lowered, without a reason or a line of the changelog."""
    last = {row.layer: row.floor for row in floors.lowered}
    found = [
        f"{name}: the floor {floor.floor} is below {floor.highest}, which it once was, without a [[lowered]] entry"
        for name, floor in floors.layers.items()
        if floor.floor < last.get(name, floor.highest)
    ]
    for row in floors.lowered:
        if not row.because.strip():
            found.append(f"{row.layer}: lowered without a reason")
        if not any(row.layer in line for line in changelog.splitlines()):
            found.append(f"{row.layer}: lowered, and no line of CHANGELOG.md mentions it")
    return found

"""Score the sample against its gold reading: `python tests/gold/score.py [--details]`.

Runs the pipeline on data/sample into a temporary home, reads the published tables, and prints for each layer how many
of the items that the gold lists are right. The gold is selective, so this is recall and correctness of what is listed,
never precision. `of found` leaves out what could not be judged because the row itself was missing.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from gold_across import across
from gold_articles import articles
from gold_floors import by_layer, complaint, lowered, n_right, raised, read_floors, write_floors
from gold_published import Item, Published, read_gold


def measure(database: Path) -> dict[str, list[Item]]:
    """Each layer's items, judged on a published database of the sample."""
    gold = read_gold()
    published = Published(database, gold)
    return by_layer([*articles(gold, published), *across(gold, published)])


def table(layers: Mapping[str, Sequence[Item]]) -> str:
    """The figures, a line a layer."""
    floors = read_floors().layers
    lines = [f"{'layer':26}{'n':>5}{'right':>7}{'share':>8}{'of found':>10}{'floor':>7}"]
    for name, items in layers.items():
        found = [item for item in items if item.found]
        of_found = f"{n_right(found) / len(found):.0%}" if found and len(found) < len(items) else ""
        floor = floors[name].floor if name in floors else ""
        share = f"{n_right(items) / len(items):.0%}"
        lines.append(f"{name:26}{len(items):>5}{n_right(items):>7}{share:>8}{of_found:>10}{floor:>7}")
    return "\n".join(lines)


def details(layers: Mapping[str, Sequence[Item]]) -> str:
    """Each item that is not right, with what was found instead; of a missing row only that it is missing."""
    lines = []
    for name, items in layers.items():
        wrong = [item for item in items if not item.is_right and item.found]
        if wrong:
            lines += ["", name, *(f"  {item.name}\n      {item.got}" for item in wrong)]
    return "\n".join(lines)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--details", action="store_true", help="list what is not right")
    parser.add_argument("--database", type=Path, help="score this database of the sample; don't run the pipeline")
    parser.add_argument("--raise-floors", action="store_true", help="raise the floors to just below what is measured")
    parser.add_argument("--lower-floor", metavar="LAYER", help="lower one floor; needs --because and a changelog line")
    parser.add_argument("--because", default="", help="why the floor is lowered")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """0, or 1 when a layer is below its floor, or 2 when a floor can't be lowered so."""
    options = _options(arguments)
    layers = _measured(options.database)
    print(table(layers))
    if options.details:
        print(details(layers))
    floors = read_floors()
    if options.raise_floors:
        floors = raised(floors, layers)
        write_floors(floors)
    if options.lower_floor:
        try:
            floors = lowered(floors, options.lower_floor, layers.get(options.lower_floor, ()), options.because)
        except ValueError as problem:
            print(problem, file=sys.stderr)
            return 2
        write_floors(floors)
        print(f"now say in CHANGELOG.md, under Data, what {options.lower_floor} lost and why", file=sys.stderr)
    complaints = [complaint(name, floor, layers.get(name, ())) for name, floor in floors.layers.items()]
    for text in filter(None, complaints):
        print(f"\n{text}", file=sys.stderr)
    return 1 if any(complaints) else 0


def _measured(database: Path | None) -> dict[str, list[Item]]:
    if database is not None:
        return measure(database)
    sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]
    from sample_run import publish_sample

    with tempfile.TemporaryDirectory() as home:
        return measure(publish_sample(Path(home)))


if __name__ == "__main__":
    sys.exit(main())

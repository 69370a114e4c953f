"""Score the sample against its gold reading: `python tests/gold/score.py [--details]`.

Runs the pipeline on data/sample into a temporary home, reads the published tables, and prints precision, recall and F1
of each layer for both halves of the gold. The closed half is for measuring: its misses are for nobody to read.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from gold_across import Across
from gold_articles import compare, totals
from gold_counts import Count
from gold_floors import FLOORS, complaints, lowered, points, raised, read_floors, write_floors
from gold_published import Published
from gold_read import HALVES, Gold, read_gold, second_readings

Scores = Mapping[str, Mapping[str, Count]]  # half → layer → count


def measure(database: Path) -> dict[str, dict[str, Count]]:
    """Each layer of both halves, on a published database of the sample."""
    published = Published(database)
    return {half: _half(gold, published) for half, gold in read_gold().items()}


def _half(gold: Gold, published: Published) -> dict[str, Count]:
    single = totals(
        pair
        for file, reading in gold.readings.items()
        for pair in compare(reading, published.reading(file), gold.aliases)
    )
    across = Across(gold.records, gold.readings, published)
    return single | dict(across.counts(gold.aliases))


def agreements() -> dict[str, Count]:
    """The second readings against the first ones, by layer."""
    halves = read_gold()
    first = {file: (reading, gold.aliases) for gold in halves.values() for file, reading in gold.readings.items()}
    return totals(
        pair
        for reading in second_readings()
        for pair in compare(first[reading.file][0], reading, first[reading.file][1])
    )


def table(scores: Scores, agreed: Mapping[str, Count]) -> str:
    """The figures, a line a layer: of each half, and how far two readers agree."""
    heads = "".join(f"{half + ' P':>11}{'R':>6}{'F1':>6}{'n':>7}" for half in scores)
    rows = [f"{'layer':28}{heads}{'readers F1':>13}"]
    for layer in dict.fromkeys(layer for counts in scores.values() for layer in counts):
        cells = "".join(_cells(counts.get(layer, Count())) for counts in scores.values())
        rows.append(f"{layer:28}{cells}{_percent(agreed[layer].f1) if layer in agreed else '':>13}")
    return "\n".join(rows)


def _cells(count: Count) -> str:
    return f"{_percent(count.precision):>11}{_percent(count.recall):>6}{_percent(count.f1):>6}{count.gold:>7.0f}"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f}"


def agreement_table(agreed: Mapping[str, Count]) -> str:
    """How far two readers agree, as the README of the gold tells it."""
    rows = ["| layer | F1 | listed by the first | by the second |", "|---|---|---|---|"]
    rows += [
        f"| {layer} | {_percent(count.f1)} | {count.gold:.0f} | {count.found:.0f} |"
        for layer, count in agreed.items()
        if count.f1 is not None
    ]
    return "\n".join(rows)


def details(counts: Mapping[str, Count]) -> str:
    """What was missed, and what was given wrong, of the half that may be read."""
    rows = []
    for layer, count in counts.items():
        if count.missed or count.wrong:
            rows += ["", layer, *(f"  - {one}" for one in count.missed), *(f"  + {one}" for one in count.wrong)]
    return "\n".join(rows)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--details", action="store_true", help="list what is not right in the open half")
    parser.add_argument("--agreement", action="store_true", help="print only how far two readers agree")
    parser.add_argument("--database", type=Path, help="score this database of the sample; don't run the pipeline")
    parser.add_argument("--raise-floors", action="store_true", help="raise the floors to just below what is measured")
    parser.add_argument(
        "--lower-floor", metavar="HALF/LAYER/FIGURE", help="lower one floor; needs --because and a changelog line"
    )
    parser.add_argument("--because", default="", help="why the floor is lowered")
    options = parser.parse_args(arguments)
    if options.lower_floor and options.lower_floor not in read_floors(FLOORS).layers:
        parser.error(f"no floor {options.lower_floor}; they are named as in {FLOORS.name}: open/claims.found/F1")
    if bool(options.lower_floor) != bool(options.because.strip()):
        parser.error("a floor is lowered for a reason: --lower-floor and --because go together")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """0, or 1 when a layer is below its floor, or 2 when a floor can't be lowered so."""
    options = _options(arguments)
    if options.agreement:
        print(agreement_table(agreements()))
        return 0
    scores = _measured(options.database)
    print(table(scores, agreements()))
    if options.details:
        print(details(scores[HALVES[0]]))
    floors, figures = read_floors(FLOORS), points(scores)
    if options.raise_floors:
        floors = raised(floors, figures)
        write_floors(floors, FLOORS)
    if options.lower_floor:
        try:
            floors = lowered(floors, options.lower_floor, figures, options.because)
        except ValueError as problem:
            print(problem, file=sys.stderr)
            return 2
        write_floors(floors, FLOORS)
        print(f"now say in CHANGELOG.md, under Data: {floors.lowered[-1].line}, and why", file=sys.stderr)
    found = complaints(floors, figures)
    print("\n".join(found), file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


def _measured(database: Path | None) -> dict[str, dict[str, Count]]:
    if database is not None:
        return measure(database)
    sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]
    from sample_run import publish_sample

    with tempfile.TemporaryDirectory() as home:
        return measure(publish_sample(Path(home)))


if __name__ == "__main__":
    sys.exit(main())

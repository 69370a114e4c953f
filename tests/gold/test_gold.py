"""The sample against its gold reading: no layer may fall below its floor, and the gold itself must be sound."""

from __future__ import annotations

from pathlib import Path

import pytest
import score
from gold_articles import compare, totals
from gold_check import check
from gold_counts import Count, b_cubed
from gold_floors import (
    CHANGELOG,
    Floor,
    Floors,
    Lowered,
    complaints,
    lowered,
    points,
    raised,
    read_floors,
    unexplained,
    write_floors,
)
from gold_read import HALVES, HERE, read_gold, second_readings
from gold_records import locate
from gold_text import SAMPLE, reading_text
from gold_units import from_records
from gold_words import one_is
from score import agreement_table, agreements, measure

READINGS = sorted(path for folder in ("readings", "second", "across") for path in (HERE / folder).glob("*.jsonl"))


@pytest.fixture(scope="session")
def measured(sample_database: Path) -> dict[str, float]:
    """Figures alone, so that no failing test shows what stands in the closed half."""
    return points(measure(sample_database))


@pytest.mark.model
def test_no_figure_falls_below_its_floor(measured: dict[str, float]) -> None:
    assert complaints(read_floors(), measured) == []


@pytest.mark.model
def test_every_figure_has_a_floor(measured: dict[str, float]) -> None:
    without = set(measured) - set(read_floors().layers)
    assert not without, f"python tests/gold/score.py --raise-floors gives a floor to {without}"


def test_a_lowered_floor_has_a_reason_and_a_line_of_the_changelog() -> None:
    assert unexplained(read_floors(), CHANGELOG.read_text(encoding="utf-8")) == []


# ------------------------------------------------------------------------------------------- the gold itself


@pytest.mark.parametrize("path", READINGS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_the_gold_addresses_stands_in_the_sample(path: Path) -> None:
    assert check(path, SAMPLE) == []


def test_the_gold_has_what_it_promises() -> None:
    """Two articles or more of each of eight stories, half of them closed, four of them read twice."""
    halves = read_gold()
    stories = {half: [record for record in gold.records if record["layer"] == "story"] for half, gold in halves.items()}
    assert [len(stories[half]) for half in HALVES] == [4, 4]
    assert all(
        len(gold.readings.keys() & set(story["files"])) >= 2 for half, gold in halves.items() for story in stories[half]
    )
    assert len(halves["open"].readings) == len(halves["closed"].readings)
    assert len({reading.file for reading in second_readings()}) == 4


def test_a_reading_agrees_with_itself_in_every_layer() -> None:
    readings = [reading for gold in read_gold().values() for reading in gold.readings.values()]
    counts = totals(pair for reading in readings for pair in compare(reading, reading, {}))
    assert {layer: count.f1 for layer, count in counts.items() if count.f1 != 1.0} == {}


def test_the_misses_of_the_closed_half_are_never_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither by the command with all its options, nor by a test that fails."""
    counts = {half: {"claims.found": Count(1, 2, 1, (f"{half} text",), (f"{half} words",))} for half in HALVES}
    monkeypatch.setattr(score, "_measured", lambda _: counts)
    score.main(["--details"])
    printed = "".join(capsys.readouterr())
    assert "open text" in printed
    assert "closed text" not in printed


def test_the_readers_agreement_is_told_in_the_golds_readme() -> None:
    told = (HERE / "README.md").read_text(encoding="utf-8")
    assert agreement_table(agreements()) in told, "python tests/gold/score.py --agreement"


# ------------------------------------------------------------------------------------------- addresses, counting


TEXT = "A headline\n\n“We came,” she said, and she left. “We saw.”\n"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("L1:headline", "headline"),
        ('L2:"We came,"', "“We came,”"),
        ("L2:she#2", "she"),
        ("L2:she said … left.", "she said, and she left."),
    ],
)
def test_an_address_is_found(at: str, words: str) -> None:
    start, end = locate(TEXT, at)
    assert TEXT[start:end] == words


@pytest.mark.parametrize("at", ["L2:she", "L2:he", "L3:We", "We came", "L2:We saw … came"])
def test_an_address_that_is_nowhere_or_in_two_places_is_refused(at: str) -> None:
    with pytest.raises(ValueError, match=r"found|lines|no address|follow"):
        locate(TEXT, at)


def test_a_pages_clean_text_is_compared_in_the_words_of_its_reading_text() -> None:
    reading = from_records(
        [
            {"layer": "article", "file": "x.txt"},
            {"layer": "segment", "lines": "1", "kind": "headline"},
            {"layer": "claim", "parts": ['L2:"We came,"', 'L2:"We saw."'], "cue": "L2:said", "speaker": "L2:she#1"}
            | dict.fromkeys(("actor", "kind", "act", "modality", "quotation", "said_on"), None)
            | {"chain": []},
        ],
        TEXT,
    )
    assert reading.segments == {0: "headline", 1: "headline"}
    assert reading.units["claim"][0].words == {2, 3, 9, 10}


def test_b_cubed_of_two_clusters_taken_for_one() -> None:
    count = b_cubed({"a": 1, "b": 1, "c": 2}, {"a": 1, "b": 1, "c": 1})
    assert (count.precision, count.recall) == (pytest.approx(5 / 9), 1.0)


def test_an_item_that_was_not_found_costs_recall_alone() -> None:
    count = b_cubed({"a": 1, "b": 1, "c": 2}, {"a": 1, "b": 1})
    assert (count.precision, count.recall) == (1.0, pytest.approx(2 / 3))


def test_web_pages_are_read_as_a_browser_shows_them() -> None:
    text = reading_text("sorranocourier-cassin-docks.html")
    assert "cookies to measure" in text
    assert "<" not in text
    assert "article:published_time" not in text


# ------------------------------------------------------------------------------------------- the floors themselves


NAME = "open/claims.found/F1"


def figures(right: int, n: int = 4) -> dict[str, float]:
    return points({"open": {"claims.found": Count(right, n, n)}})


def test_a_complaint_names_the_figure_and_both_values() -> None:
    assert complaints(Floors({NAME: Floor(70.0, 70.0)}), figures(2)) == [f"{NAME}: 50.0, the floor is 70.0"]


def test_precision_and_recall_are_kept_too() -> None:
    assert set(figures(2)) == {f"open/claims.found/{figure}" for figure in ("P", "R", "F1")}


def test_a_layer_that_is_not_measured_any_more_is_a_loss() -> None:
    assert complaints(Floors({NAME: Floor(70.0, 70.0)}), {}) != []


def test_raising_is_free_and_never_lowers() -> None:
    before = raised(Floors(), figures(3))
    assert before.layers[NAME].floor == 74.5
    assert raised(before, figures(1)) == before


def test_lowering_asks_for_a_reason() -> None:
    with pytest.raises(ValueError, match="--because"):
        lowered(raised(Floors(), figures(3)), NAME, figures(1), " ")


def test_a_floor_that_holds_is_not_lowered() -> None:
    with pytest.raises(ValueError, match="not below"):
        lowered(raised(Floors(), figures(3)), NAME, figures(3), "tired of it")


def test_the_command_lowers_nothing_without_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        score.main(["--lower-floor", next(iter(read_floors().layers))])
    assert ended.value.code == 2
    assert "--because" in capsys.readouterr().err


def test_a_lowered_floor_wants_its_own_line_of_the_changelog() -> None:
    after = lowered(raised(Floors(), figures(3)), NAME, figures(2), "the gold was wrong")
    assert after.lowered == [Lowered(NAME, 74.5, 49.5, "the gold was wrong")]
    assert unexplained(after, f"- {NAME}: 74.5 → 49.5, for the gold was wrong") == []
    assert unexplained(after, f"- {NAME}: 80.0 → 74.5, long ago") != []


def test_a_floor_lowered_by_hand_is_noticed() -> None:
    assert unexplained(Floors({"open/claims.found": Floor(1.0, 2.0)}), "") != []


def test_floors_survive_their_file(tmp_path: Path) -> None:
    floors = Floors({"open/a.b": Floor(1.5, 2.0)}, [Lowered("open/a.b", 2.0, 1.5, 'because of "ü"')])
    write_floors(floors, tmp_path / "floors.toml")
    assert read_floors(tmp_path / "floors.toml") == floors


# ------------------------------------------------------------------------------------------- comparing names


@pytest.mark.parametrize(
    ("wanted", "got", "is_right"),
    [
        ("Stefan Oruzhin", "President Stefan Oruzhin", True),
        ("Stefan Oruzhin", "Oruzhin", False),  # the gold lists a bare surname among the names where it will do
        ("The Harbour Gazette", "Harbour Gazette", True),
        ("A senior Ardavian official", "The official", True),
        ("A western diplomat in Lesk", "Lesk", False),
        ("diplomats", "European diplomats", True),
        ("Meridian", "Meridiana", False),
    ],
)
def test_names_must_be_whole_and_nominals_keep_their_head(wanted: str, got: str, is_right: bool) -> None:
    assert one_is([wanted], [got]) is is_right


SHOWN = [
    "mentions.name",
    "dates.value",
    "claims.found",
    "claims.speaker",
    "claims.kind",
    "claims.said_on",
    "claims.chain",
    "figures.value",
    "across.actors",
    "across.stories",
    "across.utterances",
    "across.utterance_origins",
    "events.found",
    "across.discrepancies",
]


def test_the_figures_that_the_readme_shows_are_those_of_the_floors() -> None:
    told = (HERE.parents[1] / "README.md").read_text(encoding="utf-8")
    lines = told.splitlines()
    row = lines[next(number for number, line in enumerate(lines) if line.startswith("| names | dates |")) + 2]
    cells = [tuple(map(int, cell.split(", "))) for cell in row.strip("| ").split(" | ")]
    floors = read_floors().layers
    pinned = [tuple(floors[f"{half}/{layer}/F1"].floor for half in HALVES) for layer in SHOWN]
    off = [
        (layer, cell, floor)
        for layer, cell, floor in zip(SHOWN, cells, pinned, strict=True)
        if any(abs(one - other) > 1.2 for one, other in zip(cell, floor, strict=True))
    ]
    assert off == []

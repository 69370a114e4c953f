"""The sample against its gold reading: no layer may fall below its floor."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from gold_floors import (
    CHANGELOG,
    Floor,
    Floors,
    Lowered,
    complaint,
    lowered,
    raised,
    read_floors,
    unexplained,
    write_floors,
)
from gold_published import SAMPLE, Gold, Item, read_gold
from gold_words import fold, one_is
from score import measure

Layers = dict[str, list[Item]]


@pytest.fixture(scope="session")
def measured(sample_database: Path) -> Layers:
    return measure(sample_database)


@pytest.mark.model
@pytest.mark.parametrize("layer", read_floors().layers)
def test_no_layer_falls_below_its_floor(layer: str, measured: Layers) -> None:
    lost = complaint(layer, read_floors().layers[layer], measured.get(layer, ()))
    assert lost is None, lost


@pytest.mark.model
def test_every_layer_has_a_floor(measured: Layers) -> None:
    without = set(measured) - set(read_floors().layers)
    assert not without, f"python tests/gold/score.py --raise-floors gives a floor to {without}"


def test_a_lowered_floor_has_a_reason_and_a_line_of_the_changelog() -> None:
    assert unexplained(read_floors(), CHANGELOG.read_text(encoding="utf-8")) == []


def test_what_the_gold_quotes_stands_in_the_sample() -> None:
    missing = [f"{file}: {text}" for file, text in _quoted(read_gold()) if fold(text) not in _raw(file)]
    assert missing == []


def _quoted(gold: Gold) -> Iterator[tuple[str, str]]:
    for article in gold["article"]:
        file = article["file"]
        yield from ((file, text) for text in [*article["dropped"], *article["kept"]])
        yield from ((file, claim[key]) for claim in article.get("claim", ()) for key in ("contains",))
        yield from ((file, event["in"]) for event in article.get("event", ()))
        yield from ((file, figure["text"]) for figure in article.get("figure", ()))
    for utterance in gold["utterance"]:
        yield from ((claim["file"], claim["contains"]) for claim in utterance["claims"])
    for passage in gold["passage"]:
        yield from ((file, text) for file in (passage["from"], passage["to"]) for text in passage["text"])


def _raw(file: str) -> str:
    name, _, line = file.partition("#")
    raw = (SAMPLE / name).read_text(encoding="utf-8")
    if line:
        raw = raw.splitlines()[int(line) - 1].replace('\\"', '"').replace("\\n", "\n")
    return fold(html.unescape(re.sub(r"<[^>]+>", "", raw) if name.endswith(".html") else raw))


# ------------------------------------------------------------------------------------------- the floors themselves


def items(*right: bool, layer: str = "claims.found") -> list[Item]:
    return [Item(layer, f"item {at}", is_right, "nothing near it") for at, is_right in enumerate(right)]


def test_a_complaint_names_what_was_lost_and_not_what_was_missed_before() -> None:
    text = complaint("claims.found", Floor(3, 3, ("item 0",)), items(False, False, True, True))
    assert text is not None
    assert "2 of 4" in text
    assert "item 1" in text
    assert "item 0" not in text


def test_raising_is_free_and_never_lowers() -> None:
    before = raised(Floors(), {"claims.found": items(True, True, True)})
    assert before.layers["claims.found"].floor == 2
    assert raised(before, {"claims.found": items(True, False, False)}) == before


def test_lowering_asks_for_a_reason() -> None:
    before = Floors({"claims.found": Floor(2, 2)})
    with pytest.raises(ValueError, match="--because"):
        lowered(before, "claims.found", items(True, False, False), " ")


def test_a_floor_that_holds_is_not_lowered() -> None:
    with pytest.raises(ValueError, match="allows already"):
        lowered(Floors({"claims.found": Floor(2, 2)}), "claims.found", items(True, True, True), "tired of it")


def test_a_lowered_floor_wants_the_changelog_to_name_the_layer() -> None:
    after = lowered(Floors({"claims.found": Floor(2, 2)}), "claims.found", items(True, False), "the gold was wrong")
    assert after.lowered == [Lowered("claims.found", 2, 0, "the gold was wrong")]
    assert unexplained(after, "- claims.found: two items fewer, for the gold was wrong") == []
    assert unexplained(after, "- nothing here") == ["claims.found: lowered, and no line of CHANGELOG.md mentions it"]


def test_a_floor_lowered_by_hand_is_noticed() -> None:
    assert unexplained(Floors({"claims.found": Floor(1, 2)}), "") != []


def test_floors_survive_their_file(tmp_path: Path) -> None:
    floors = Floors({"a.b": Floor(1, 2, ('with "quotes" and ü',))}, [Lowered("a.b", 2, 1, "because")])
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

"""The scorer itself: what is paired with what, and that a wrong answer costs where it should."""

from __future__ import annotations

from typing import Any

import pytest
from gold_across import Across
from gold_articles import compare, same_unit
from gold_read import aliases_of, merged
from gold_units import Aligned, Page, Reading, Unit, from_records
from gold_words import one_is

A, B = "a.txt", "b.txt"
TEXTS = {A: "Ana Ferran said no. Police held nine men.", B: "“No,” said Ferran. Police held ten men."}
WORDS = {"a": (0, 19), "b": (0, 18)}


def mention(at: str, actor: str) -> dict[str, Any]:
    return {"layer": "mention", "at": at, "form": "name", "kind": "person", "actor": actor}


class Published:
    """What a database of two articles would say, in the shape that the scorer reads."""

    def __init__(self, **tables: list[dict[str, Any]]) -> None:
        self.tables = {
            name: tables.get(name, [])
            for name in ("utterances", "origins", "incidents", "stories", "discrepancies", "discrepancy_values")
        }
        self._rows = tables
        self.names = {"act_1": {"Ana Ferran"}}

    def article(self, file: str) -> dict[str, Any]:
        return {"article_id": f"art_{file}", "story_id": "sto_1"}

    def of(self, table: str, file: str) -> list[dict[str, Any]]:
        return [row for row in self._rows.get(table, ()) if row["article_id"] == f"art_{file}"]

    def aligned(self, file: str) -> Aligned:
        return Page(TEXTS[file]).aligned(TEXTS[file])

    def reading(self, file: str) -> Reading:
        return Reading(file, {}, {}, {"mention": []})


def part(file: str, utterance: str, end: int) -> dict[str, Any]:
    return {"article_id": f"art_{file}", "start_char": 0, "end_char": end, "utterance_id": utterance}


STORY = {"layer": "story", "name": "no", "files": [A, B], "starts_on": None}
UTTERANCE = {
    "layer": "utterance",
    "name": "no",
    "speaker": "Ana Ferran",
    "said_on": None,
    "members": [{"file": A, "at": "L1:no"}, {"file": B, "at": "L1:No"}],
    "origins": [[A, B]],
}


def across(records: list[dict[str, Any]], published: Published) -> dict[str, Any]:
    return dict(Across([STORY, *records], {}, published).counts({}))  # type: ignore[arg-type]


@pytest.mark.parametrize(("other", "recall"), [("utt_1", 1.0), ("utt_2", 0.5)])
def test_two_reports_of_one_saying_must_be_one_utterance(other: str, recall: float) -> None:
    parts = [part(A, "utt_1", 18), part(B, other, 5)]
    assert across([UTTERANCE], Published(claim_parts=parts))["across.utterances"].recall == recall


@pytest.mark.parametrize(("number", "f1"), [(1, 1.0), (2, 2 / 3)])
def test_what_is_one_origin_must_not_count_as_two(number: int, f1: float) -> None:
    origins = [
        {"about": "utterance", "about_id": "utt_1", "article_id": f"art_{file}", "origin": origin}
        for file, origin in ((A, 1), (B, number))
    ]
    published = Published(claim_parts=[part(A, "utt_1", 18), part(B, "utt_1", 5)], origins=origins)
    assert across([UTTERANCE], published)["across.utterance_origins"].f1 == pytest.approx(f1)


def test_what_is_two_origins_must_not_count_as_one() -> None:
    origins = [{"about": "utterance", "about_id": "utt_1", "article_id": f"art_{file}", "origin": 1} for file in (A, B)]
    published = Published(claim_parts=[part(A, "utt_1", 18), part(B, "utt_1", 5)], origins=origins)
    apart = {**UTTERANCE, "origins": [[A], [B]]}
    assert across([apart], published)["across.utterance_origins"].precision == 0.5


@pytest.mark.parametrize(
    ("field", "second", "found"),
    [("figure: held", (B, 31), 1), ("figure: killed", (B, 31), 0), ("date", (B, 31), 0), ("figure: held", (A, 32), 0)],
)
def test_a_discrepancy_is_found_by_its_field_its_unit_and_two_of_its_values(
    field: str, second: tuple[str, int], found: int
) -> None:
    record = {
        "layer": "discrepancy",
        "about": "incident:arrests",
        "field": "figure: held",
        "kind": "conflict",
        "values": [{"file": A, "at": "L1:nine", "value": "9"}, {"file": B, "at": "L1:ten", "value": "10"}],
    }
    values = [
        {"discrepancy_id": "d", "article_id": f"art_{file}", "start_char": start, "end_char": start + 4}
        for file, start in ((A, 32), second)
    ]
    row = {"discrepancy_id": "d", "about": "incident", "field": field, "kind": "conflict"}
    counts = across([record], Published(discrepancies=[row], discrepancy_values=values))
    assert counts["across.discrepancies"].right == found


@pytest.mark.parametrize(("told", "right"), [("from_other", 1), ("to_other", 0)])
def test_the_direction_of_a_passage_is_seen_from_the_article_that_the_gold_names(told: str, right: int) -> None:
    record = {"layer": "passage", "file": A, "at": "L1:Police … men.", "other": B, "other_at": "L1:Police … men."}
    row = {"article_id": f"art_{B}", "start_char": 19, "end_char": 39, "direction": told}
    row |= {"other_article_id": f"art_{A}", "other_start": 20, "other_end": 41}
    counts = across([record | {"direction": "to_other"}], Published(passages=[row]))
    assert counts["across.passage_direction"].right == right
    assert counts["across.passages"].f1 == 1.0


# ------------------------------------------------------------------------------------------- names


def test_a_name_that_two_actors_bear_tells_neither() -> None:
    records = [
        {"layer": "actor", "name": name, "kind": "person", "names": [name.split()[0], "Ferran"]}
        for name in ("Paul Ferran", "Elena Ferran")
    ]
    aliases = aliases_of(records)
    assert aliases == {"Paul Ferran": ["Paul Ferran", "Paul"], "Elena Ferran": ["Elena Ferran", "Elena"]}
    assert not one_is(["Paul Ferran", *aliases["Paul Ferran"]], ["Elena Ferran"])


def test_what_two_stories_tell_of_is_one_record() -> None:
    other = {**UTTERANCE, "members": [{"file": "c.txt", "at": "L1:No"}], "origins": [[B, "c.txt"]]}
    (whole,) = merged([UTTERANCE, other])
    assert len(whole["members"]) == 3
    assert whole["origins"] == [[A, B, "c.txt"]]


# ------------------------------------------------------------------------------------------- single articles


def test_a_clean_text_is_read_in_the_words_of_its_page() -> None:
    page = Page("Menu Home\nShells fell. Shells fell again.\nShare")
    assert page.aligned("Shells fell. Shells fell again.").of(13, 31) == {4, 5, 6}
    assert page.aligned("Quite another text").of(0, 18) == frozenset()


def reading(cue: str, speaker: str) -> Reading:
    article = {"layer": "article", "file": A, "title": None, "outlet": None, "authors": [], "language": "en"}
    article |= {"published_on": None, "reference_on": None}
    claim = {"layer": "claim", "parts": ["L1:no"], "cue": cue, "speaker": speaker, "actor": "Ana Ferran"}
    claim |= {
        "kind": "named",
        "act": "said",
        "modality": "actual",
        "quotation": "indirect",
        "said_on": None,
        "chain": [],
    }
    return from_records([article, claim], TEXTS[A])


def test_another_speaker_of_the_same_words_is_a_claim_found_and_a_speaker_missed() -> None:
    counts = dict(compare(reading("L1:said", "L1:Ana Ferran"), reading("L1:said", "L1:Police"), {}))
    assert counts["claims.found"].f1 == 1.0
    assert counts["claims.speaker"].f1 == 0.0
    assert counts["claims.speaker"].wrong[0].startswith(f"{A}: ")


def test_nobody_named_is_no_answer() -> None:
    gold = reading("L1:said", "L1:Ana Ferran")
    silent = Reading(A, gold.article, {}, {**gold.units, "claim": [_without_actor(gold.units["claim"][0])]})
    count = dict(compare(gold, silent, {}))["claims.actor"]
    assert (count.found, count.gold) == (0, 1)


def _without_actor(unit: Unit) -> Unit:
    return Unit(unit.words, unit.text, {**unit.facts, "actor": None}, unit.spans)


@pytest.mark.parametrize(
    ("wanted", "given", "same"),
    [
        ("border guards killed", "killed", True),
        ("marchers None", "marcher", True),
        ("euros", "EUR", True),
        ("officers hurt", "killed", False),
        ("people died", "killed", True),
        ("jobs would go", "job", True),
        ("guards taken prisoner", "captured", True),
        ("dockers charged", "released", False),
    ],
)
def test_units_agree_whatever_their_endings(wanted: str, given: str, same: bool) -> None:
    assert same_unit(wanted, given) is same

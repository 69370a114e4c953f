"""How reports differ: in conflict, in precision, or not really."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import polars as pl
import pytest

from flows.publish.migrate import migrate
from flows.resolve.counts_differ import _without_tallies
from flows.resolve.discrepancies import _day_value, _is_one_rank, _title_of, rank_of, write_discrepancies
from flows.resolve.state import State, frame_of
from flows.resolve.values import Value, kind_of
from flows.resolve.who_differs import Who
from flows.resolve.who_differs import kind_of as kind_of_who


def value(low: float, high: float, article: str = "a") -> Value:
    return Value(article, 0, 1, "x", f"{low:g}", low, high)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ((14, 14), (17, 17), "conflict"),
        ((14, 14), (17, math.inf), "conflict"),
        ((10, math.inf), (17, 17), "compatible"),
        ((12, math.inf), (17, math.inf), "compatible"),
        ((80, 100), (92, 92), "refinement"),
        ((14, 14), (14, 14), None),
    ],
)
def test_two_figures(one: tuple[float, float], other: tuple[float, float], kind: str | None) -> None:
    assert kind_of([value(*one), value(*other, article="b")]) == kind
    assert kind_of([value(*other, article="b"), value(*one)]) == kind


def test_short_and_long_forms_of_a_rank_are_one() -> None:
    assert rank_of("Lt. Gen.") == rank_of("Lieutenant General") == rank_of("Military spokesman Lt. Gen.")
    assert rank_of("Foreign Minister") is None
    assert rank_of("Maj. Gen.") != rank_of("Lt. Gen.")


def test_the_address_of_a_rank_is_less_precise_and_no_other_rank() -> None:
    assert _is_one_rank({"general", "lieutenant general"})
    assert _is_one_rank({"sergeant", "sergeant 1st class"})
    assert not _is_one_rank({"general", "lieutenant general", "major general"})


def day(timex: str, text: str, article: str) -> Value:
    span = {"article_id": article, "start_char": 0, "end_char": 1, "text": text, "value": timex}
    return _day_value({"starts_on": date(2019, 9, 16), "ends_on": None}, span)


def test_an_hour_and_the_part_of_the_day_it_lies_in_differ_in_precision() -> None:
    evening, hour = day("2019-09-16TEV", "Monday evening", "a"), day("2019-09-16T21:25", "9.25pm on Monday", "b")
    assert kind_of([evening, hour]) == "refinement"
    assert kind_of([evening, day("2019-09-16TMO", "Monday morning", "b")]) == "conflict"
    assert kind_of([day("2019-09-16", "Monday", "a"), day("2019-09-16", "on Monday", "b")]) is None
    assert hour.written == "2019-09-16T21:25"


def test_a_tally_of_votes_is_no_difference() -> None:
    told = [("a", "vote", 511), ("a", "vote", 204), ("b", "vote", 500), ("a", "killed", 3), ("a", "killed", 5)]
    figures = pl.DataFrame([("i", *one) for one in told], ["incident_id", "article_id", "unit", "low"], orient="row")
    assert _without_tallies(figures).get_column("low").to_list() == [500, 3, 5]


def counted(*told: tuple[Any, ...]) -> list[tuple[str, str, str]]:
    """The discrepancies (field, kind, values) of an incident, told of in articles: (unit, side, number, article)."""
    with duckdb.connect() as connection:
        migrate(connection, datetime(2026, 1, 1, tzinfo=UTC))
        state = State(connection)
        events, parties, figures = [], [], []
        for n, (unit, role, number, *article) in enumerate(told):
            event = {"event_id": f"evt_{n}", "article_id": (article or [f"art_{n}"])[0], "incident_id": "inc_1"}
            where = {"start_char": 0, "end_char": 11, "text": f"{number:g} {unit}"}
            figure = {"figure_id": f"fig_{n}", "low": number, "high": number, "unit": unit, "qualifier": "exact"}
            events.append({**event, "event_type": "PROTEST", "trigger_text": "marched"})
            parties += [{**event, **where, "role": role, "ordinal": 0}] if role else []
            figures.append({**event, **where, **figure})
        for table, rows in (("events", events), ("event_participants", parties), ("figures", figures)):
            state.put(table, frame_of(table, rows))
        write_discrepancies(state, ["inc_1"], (), ())
        values = state.written("discrepancy_values").sort("article_id").group_by("discrepancy_id").agg("value")
        found = state.written("discrepancies").join(values, on="discrepancy_id")
        return [(field, kind, ", ".join(v)) for field, kind, v in found.select("field", "kind", "value").iter_rows()]


def test_one_side_is_counted_whatever_each_report_calls_it() -> None:
    assert counted(("driver", "actor", 400), ("people", "actor", 600)) == [("figure: people", "conflict", "400, 600")]
    assert counted(("driver", "actor", 400), ("driver", "", 600)) == [("figure: driver", "conflict", "400, 600")]
    assert counted(("driver", "actor", 400), ("officer", "recipient", 60)) == []


@pytest.mark.parametrize(
    "other",
    [
        ("lorry", "actor", 60), ("union", "actor", 12), ("family", "actor", 40), ("percent", "actor", 40),
        ("actor", "", 12), ("officer", "recipient", 60),
    ],
)  # fmt: skip
def test_what_is_not_the_same_is_not_compared(other: tuple[str, str, float]) -> None:
    assert counted(("driver", "actor", 400), other) == []


def test_both_sides_of_an_incident_stay_apart() -> None:
    sides = (("rebel", "actor", 20), ("people", "actor", 30), ("officer", "recipient", 12), ("soldier", "recipient", 9))
    assert counted(*sides) == [("figure: people", "conflict", "20, 30")]


def test_parts_of_a_side_are_not_compared_with_the_whole() -> None:
    parts = (("worker", "actor", 400, "art_0"), ("driver", "actor", 200, "art_0"), ("people", "actor", 600, "art_1"))
    assert counted(*parts) == []


def test_what_befell_people_is_counted_by_itself() -> None:
    assert counted(("arrested", "recipient", 4), ("injured", "recipient", 6)) == []
    assert counted(("arrested", "recipient", 4), ("arrested", "", 5)) == [("figure: arrested", "conflict", "4, 5")]


def days_of(trigger: str, *days: date) -> list[str]:
    """The fields in which reports of an incident differ, each an article with its day."""
    with duckdb.connect() as connection:
        migrate(connection, datetime(2026, 1, 1, tzinfo=UTC))
        state = State(connection)
        told = {
            "incident_id": "inc_1",
            "event_type": "PROTEST",
            "trigger_text": trigger,
            "start_char": 0,
            "text": trigger,
        }
        rows = [
            {**told, "event_id": f"evt_{n}", "article_id": f"art_{n}", "end_char": 9, "starts_on": day, "ends_on": day}
            for n, day in enumerate(days)
        ]
        state.put("events", frame_of("events", rows))
        write_discrepancies(state, ["inc_1"], (), ())
        return state.written("discrepancies").get_column("field").to_list()


def test_the_days_of_a_strike_are_all_days_of_it() -> None:
    thursday, saturday = date(2019, 9, 12), date(2019, 9, 14)
    assert days_of("march", thursday, saturday) == ["date"]
    assert days_of("walked out", thursday, saturday) == []


def killed(*told: tuple[str, float, str, str]) -> list[tuple[str, str]]:
    """The discrepancies (kind, values) of an incident: (text, number, article, speaker or "")."""
    with duckdb.connect() as connection:
        migrate(connection, datetime(2026, 1, 1, tzinfo=UTC))
        state = State(connection)
        events, figures, parts, claims = [], [], [], []
        for n, (text, number, article_id, speaker) in enumerate(told):
            of = {"event_id": f"evt_{n}", "article_id": article_id, "incident_id": "inc_1"}
            span = {"start_char": 20 * n, "end_char": 20 * n + len(text), "text": text}
            figure = {"figure_id": f"fig_{n}", "low": number, "high": number, "unit": "killed", "qualifier": "exact"}
            events.append({**of, "event_type": "ASSAULT", "trigger_text": "killed"})
            figures.append({**of, **span, **figure})
            claim = {"claim_id": f"clm_{n}", "article_id": article_id}
            parts += [{**claim, **span, "part": 0}] if speaker else []
            claims += [{**claim, "speaker_id": speaker}] if speaker else []
        rows = {"events": events, "figures": figures, "claim_parts": parts, "claims": claims}
        for table, some in rows.items():
            state.put(table, frame_of(table, some))
        write_discrepancies(state, ["inc_1"], (), ())
        values = state.written("discrepancy_values").sort("article_id", "value").group_by("discrepancy_id").agg("value")
        found = state.written("discrepancies").join(values, on="discrepancy_id")
        return [(kind, ", ".join(v)) for kind, v in found.select("kind", "value").iter_rows()]


def test_only_the_same_sort_of_people_is_compared() -> None:
    assert killed(("five guards", 5, "art_1", ""), ("11", 11, "art_2", "")) == [("conflict", "5, 11")]
    of_two_sorts = [("20 children", 20, "art_1", ""), ("six officers", 6, "art_2", ""), ("26", 26, "art_3", "")]
    assert killed(*of_two_sorts) == []
    assert killed(*of_two_sorts, ("22 children", 22, "art_2", "")) == [("conflict", "20, 22")]


def test_those_who_died_beside_others_are_not_all() -> None:
    assert killed(("three other sailors", 3, "art_1", ""), ("four sailors", 4, "art_2", "")) == []


def test_what_one_teller_says_is_no_difference_with_himself() -> None:
    assert killed(("12", 12, "art_1", ""), ("13", 13, "art_1", ""), ("12", 12, "art_2", "")) == []
    assert killed(("12", 12, "art_1", "act_lund"), ("13", 13, "art_1", "act_lund")) == []
    assert killed(("12", 12, "art_1", "act_lund"), ("13", 13, "art_1", "act_brandl")) == [("conflict", "12, 13")]


def called(*told: tuple[str, str] | tuple[str, str, str], role: str = "recipient") -> list[tuple[str, str]]:
    """How reports differ in who people of one incident are, with the values.

    Each is (article, what it calls them, the trigger, "detained" where none is given).
    """
    with duckdb.connect() as connection:
        migrate(connection, datetime(2026, 1, 1, tzinfo=UTC))
        state = State(connection)
        events, parties = [], []
        for n, (article, text, *trigger) in enumerate(told):
            of = {"event_id": f"evt_{n}", "article_id": article}
            how = {"event_type": "ASSAULT", "trigger_text": trigger[0] if trigger else "detained"}
            events.append({**of, **how, "incident_id": "inc_1"})
            span = {"start_char": 50 * n, "end_char": 50 * n + len(text), "text": text}
            parties.append({**of, **span, "role": role, "ordinal": 0})
        for table, rows in (("events", events), ("event_participants", parties)):
            state.put(table, frame_of(table, rows))
        write_discrepancies(state, ["inc_1"], (), ())
        kinds = state.written("discrepancies").filter(pl.col("field") == "participant").get_column("kind")
        values = state.written("discrepancy_values").sort("article_id", "start_char").get_column("value")
        return [(kind, ", ".join(values)) for kind in kinds]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("three men", "the three dockers", "refinement"),
        ("three suspects", "three workers", "compatible"),
        ("twelve militants", "12 civilians", "conflict"),
        ("12 rebels", "12 soldiers", "conflict"),
        ("nine policemen", "nine soldiers", "compatible"),  # guards of the state, whom words part loosely
        ("12 villagers", "12 militants", "compatible"),  # who may be both
        ("12 civilians", "12 villagers", "refinement"),
        ("12 people", "12 civilians", "refinement"),
        ("three rebels", "three insurgents", None),
        ("three dockers", "three dockers", None),
        ("three men", "three people", None),
        ("three men", "three suspects", None),  # as are all who are held
        ("three men", "four dockers", None),  # a difference in figures
        ("men", "dockers", None),
        ("a man", "a docker", None),
        ("three lorries", "three men", None),
        ("nine police officers", "nine policemen", None),
        ("nine officers", "nine rebels", None),  # of whatever force
    ],
)
def test_the_same_number_of_people_may_be_called_otherwise(one: str, other: str, kind: str | None) -> None:
    for told in ((one, other), (other, one)):
        found = called(("art_1", told[0]), ("art_2", told[1]))
        assert [found_kind for found_kind, _ in found] == ([kind] if kind else [])


def test_the_value_of_what_people_are_called_is_the_noun() -> None:
    told = ("art_1", "three unarmed suspects"), ("art_2", "three men"), ("art_3", "three port workers")
    assert called(*told) == [("compatible", "suspect, man, worker")]


def test_an_article_that_tells_of_two_sorts_tells_them_apart() -> None:
    told = ("art_1", "three rebels"), ("art_1", "three civilians"), ("art_2", "three civilians")
    assert called(*told) == []
    assert called(("art_1", "three rebels"), ("art_1", "three civilians")) == []


def test_only_those_whom_the_same_befell_are_compared() -> None:
    assert called(("art_1", "three rebels", "killed"), ("art_2", "three civilians", "hurt")) == []
    assert called(("art_1", "three rebels", "killed"), ("art_2", "three civilians", "killing")) != []


def test_of_several_differences_the_sharpest_is_told() -> None:
    held = ("art_1", "two men", "detained"), ("art_2", "two dockers", "arrested")
    killed_then = ("art_1", "nine rebels", "killed"), ("art_2", "nine civilians", "killed")
    assert called(*held, *killed_then) == called(*killed_then, *held) == [("conflict", "rebel, civilian")]


def test_only_people_with_a_part_in_it_are_compared() -> None:
    assert called(("art_1", "three rebels"), ("art_2", "three civilians"), role="location") == []


BRANDL, LUND, PORT, SAILOR = "act_brandl", "act_lund", "act_port", "act_sailor"
KINDS = {BRANDL: "person", LUND: "person", PORT: "organisation", SAILOR: "unnamed"}
Speaker = tuple[str, str | None, str]  # the words, the actor, the name in the words


def told_by(*told: Speaker) -> str | None:
    """How reports, each an article, differ in who said something."""
    with duckdb.connect() as connection:
        migrate(connection, datetime(2026, 1, 1, tzinfo=UTC))
        state = State(connection)
        state.put("actors", frame_of("actors", [{"actor_id": one, "kind": kind} for one, kind in KINDS.items()]))
        claims, parts, mentions = [], [], []
        for n, (text, actor_id, name) in enumerate(told):
            of = {"article_id": f"art_{n}", "claim_id": f"clm_{n}"}
            span = {"speaker_start": 10, "speaker_end": 10 + len(text), "speaker_text": text, "speaker_id": actor_id}
            claims.append({**of, **span, "said_basis": "none"})
            parts.append({**of, "part": 0, "utterance_id": "utt_1", "start_char": 40, "end_char": 60, "text": "x"})
            mention = {"mention_id": f"men_{n}", "form": "name", "text": name, "start_char": 10 + text.find(name)}
            owner = actor_id if actor_id != SAILOR else BRANDL
            mentions += [{**mention, "actor_id": owner, "article_id": f"art_{n}"}] if name else []
        for table, rows in (("claims", claims), ("claim_parts", parts), ("mentions", mentions)):
            state.put(table, frame_of(table, rows))
        write_discrepancies(state, (), ["utt_1"], ())
        found = state.written("discrepancies").filter(pl.col("field") == "participant")
        return None if found.is_empty() else found.item(0, "kind")


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (("a docker", SAILOR, ""), "refinement"),
        (("the docker", SAILOR, ""), None),  # who may be she
        (("a spokesman for Ada Brandl", SAILOR, "Ada Brandl"), None),
        (("Ms Brandl", BRANDL, "Brandl"), None),
        (("Ada", BRANDL, "Ada"), None),
        (("Ole Lund", LUND, "Ole Lund"), "conflict"),
        (("Mr Brandl", LUND, "Brandl"), None),  # who may be meant by mistake
        (("Lund Port", PORT, "Lund Port"), "compatible"),
        (("she", LUND, ""), None),
        (("", None, ""), None),
    ],
)
def test_who_said_it(other: Speaker, kind: str | None) -> None:
    brandl = ("Ada Brandl", BRANDL, "Ada Brandl")
    assert told_by(brandl, other) == told_by(other, brandl) == kind


def test_a_report_that_names_somebody_itself_is_no_less_precise() -> None:
    name = Who("a", 0, 5, "Ada Brandl", "person", BRANDL, "brandl")
    docker = Who("a", 40, 48, "a docker", "somebody", SAILOR)
    assert kind_of_who([name, docker, replace(name, article_id="b")]) is None
    assert kind_of_who([name, docker, replace(docker, article_id="b")]) == "refinement"
    assert kind_of_who([docker, replace(docker, article_id="b")]) is None


def test_days_of_one_saying_are_shown_where_they_are_written() -> None:
    with duckdb.connect() as connection:
        migrate(connection, datetime(2026, 1, 1, tzinfo=UTC))
        state = State(connection)
        claims, parts, dates = [], [], []
        for article, day, text in (("a", date(2019, 9, 19), "last night"), ("b", date(2019, 9, 20), "on Friday")):
            of = {"article_id": article, "claim_id": f"clm_{article}"}
            claims.append({**of, "said_on": day, "said_basis": "expression"})
            parts.append({**of, "part": 0, "utterance_id": "utt_1", "start_char": 40, "end_char": 60, "text": "x"})
            expression = {"article_id": article, "starts_on": day, "ends_on": day, "value": day.isoformat()}
            for at, written in ((20, text), (200, "that day")):
                span = {"date_id": f"dat_{article}{at}", "start_char": at, "end_char": at + 9, "text": written}
                dates.append({**expression, **span})
        for table, rows in (("claims", claims), ("claim_parts", parts), ("dates", dates)):
            state.put(table, frame_of(table, rows))
        write_discrepancies(state, (), ["utt_1"], ())
        values = state.written("discrepancy_values").sort("article_id").select("start_char", "text", "value").rows()
    assert values == [(20, "last night", "2019-09-19"), (20, "on Friday", "2019-09-20")]


def test_a_rank_is_shown_where_it_is_written() -> None:
    text = "The raid was led by Major General Ole Lund. Ole Lund, a colonel then, retired."
    mention = {"title_text": "Major General", "start_char": 34, "end_char": 42, "text": "Ole Lund"}
    assert _title_of(mention, text) == (20, 33, "Major General")
    behind = {"title_text": "colonel", "start_char": 44, "end_char": 52, "text": "Ole Lund"}
    assert text[slice(*_title_of(behind, text)[:2])] == "colonel"
    assert _title_of({**mention, "title_text": "Admiral"}, text) == (34, 42, "Ole Lund")

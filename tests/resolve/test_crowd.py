"""Who is who hangs on the articles alone: the same in any batches, with new people touching few of those there are."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl
import pytest

from flows.judgements import ACTOR, DIFFERENT, NONE, SAME, Judgement, Judgements
from flows.publish.apply import apply_changes
from flows.publish.migrate import migrate
from flows.resolve import kin
from flows.resolve.actors import assign_actors
from flows.resolve.state import State, frame_of
from flows.resolve.versions import _neighbours, _take_out

GIVEN = ("Mira", "Mirra", "Tomas", "Thomas", "Jan", "Jan Petr", "J.", "Alexandra", "Alexandar", "", "", "")
SURNAMES = ("Brandl", "Kostrel", "Ferran", "Ferrann", "Oruzhin", "Mira")
Row = dict[str, Any]


def entity(name: str, article: int, number: int = 0, kind: str = "person", **more: Any) -> Row:
    return {
        "entity_id": f"ent_{article:02}{number}",
        "article_id": f"art_{article:02}",
        "ordinal": number,
        "name": name,
        "kind": kind,
        "names": [name],
        "n_mentions": [1],
        "n_all": 1,
        **more,
    }


def article(number: int, story: int, day: date | None) -> Row:
    return {
        "article_id": f"art_{number:02}",
        "document_id": f"doc_{number:02}",
        "published_on": day,
        "published_basis": "metadata" if day else "none",
        "text": "",
        "story_id": f"sto_{story}",
        "content_hash": "",
        "pipeline_version": "",
        "first_seen_at": "2026-01-01T00:00:00Z",
        "run_id": "",
    }


class Published:
    """A database with the actors of articles."""

    def __init__(self, *batches: Sequence[tuple[Row, Sequence[Row]]], judgements: Judgements = NONE) -> None:
        self.connection = duckdb.connect(config={"python_enable_replacements": False})
        migrate(self.connection)
        for batch in batches:
            self.publish(batch, judgements)

    def publish(self, batch: Sequence[tuple[Row, Sequence[Row]]], judgements: Judgements) -> dict[str, str | None]:
        """Returns the former actors of those that are of another one now, and of one of each that others are still."""
        state = State(self.connection)
        articles = pl.DataFrame([row for row, _ in batch]).with_columns(
            pl.col("first_seen_at").str.to_datetime(time_zone="UTC")
        )
        state.put("articles", frame_of("articles", articles.iter_rows(named=True)))
        rows = [row for _, some in batch for row in some]
        state.put("entities", frame_of("entities", rows))
        mentions = [
            {**row, "table_name": "mentions", "row_id": f"men_{row['entity_id']}", "role": "", "ordinal": 0}
            for row in rows
        ]
        state.put("entity_rows", frame_of("entity_rows", mentions))
        span = {"form": "nominal", "start_char": 0, "end_char": 9}
        called = [
            {**row, **span, "mention_id": f"men_{row['entity_id']}", "text": row["name"]}
            for row in rows
            if not row["names"]
        ]
        state.put("mentions", frame_of("mentions", called))
        stories = {row["story_id"] for row, _ in batch}
        before, _, _ = assign_actors(state, {row["entity_id"] for row in rows}, stories, (), judgements)
        apply_changes(self.connection, state.changes())
        return before

    def forget(self, gone: tuple[Row, Sequence[Row]]) -> None:
        state = State(self.connection)
        row, entities = gone
        disturbed = _neighbours(state, "actor", {row["article_id"]})
        actors = {actor for one in entities if (actor := self.actor(one["entity_id"]))}
        _take_out(state, {row["article_id"]})
        assign_actors(state, disturbed, {row["story_id"]}, actors)
        apply_changes(self.connection, state.changes())

    def told(self) -> dict[str, list[Any]]:
        return {
            name: self.connection.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall()
            for name in ("work.entities", "main.actors", "main.actor_names", "main.mention_candidates", "work.keys",
                         "work.name_keys", "work.name_links")
        }  # fmt: skip

    def actor(self, entity_id: str) -> str | None:
        found = self.connection.execute(
            "SELECT actor_id FROM work.entities WHERE entity_id = ?", [entity_id]
        ).fetchone()
        assert found is not None
        return found[0]


def crowd(seed: int, size: int = 40) -> list[tuple[Row, list[Row]]]:
    chance = random.Random(seed)
    days = (date(2019, 1, 20), date(2019, 2, 10), date(2019, 6, 1), None)
    found = []
    for number in range(size):
        rows = []
        for place in range(chance.choice((1, 2, 3))):
            called = [
                f"{chance.choice(GIVEN)} {chance.choice(SURNAMES)}".strip() for _ in range(chance.choice((1, 1, 2)))
            ]
            kind = "organisation" if " " not in called[0] and chance.random() < 0.3 else "person"
            role = chance.choice((None, None, "minister", "colonel"))
            called = list(dict.fromkeys(called))
            rows.append(entity(called[0], number, place, kind, role=role, names=called, n_mentions=[1] * len(called)))
        found.append((article(number, number // 3, chance.choice(days)), rows))
    return found


@pytest.mark.parametrize("seed", range(12))
def test_any_batches_give_the_same_actors(seed: int) -> None:
    articles = crowd(seed)
    at_once = Published(articles).told()
    assert at_once["main.mention_candidates"]
    chance = random.Random(seed)
    for _ in range(2):
        chance.shuffle(articles)
        cut = sorted(chance.sample(range(1, len(articles)), 4))
        batches = [articles[start:end] for start, end in zip([0, *cut], [*cut, len(articles)], strict=True)]
        assert Published(*batches).told() == at_once


NAMED = ("Falcons", "Denver Falcons", "Oslo Falcons", "Teso Navy", "Odell Police", "Odell Police Department")
NAMELESS = ("the Teso navy", "the navy", "Odell police", "police", "the cops", "marchers", "protesters", "two nurses")
POLICE = ("Odell Police", "Odell Police Department", "OPD", "Lund Police"), ("police", "the cops", "Odell police")


def bodies(
    seed: int, size: int = 20, named: Sequence[str] = NAMED, nameless: Sequence[str] = NAMELESS
) -> list[tuple[Row, list[Row]]]:
    chance = random.Random(seed)
    found = []
    for number in range(size):
        rows = [
            entity(chance.choice(named), number, place, "organisation")
            if chance.random() < 0.5
            else entity(chance.choice(nameless), number, place, "group", names=[], n_mentions=[])
            for place in range(chance.choice((1, 2, 3)))
        ]
        found.append((article(number, number // 4, None), [*rows, entity("Ada Brandl", number, 9)]))
    return found


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("called", [(NAMED, NAMELESS), POLICE], ids=["all", "police"])
def test_any_batches_give_the_same_bodies_and_groups(seed: int, called: tuple[Sequence[str], Sequence[str]]) -> None:
    articles = bodies(seed, 20, *called)
    at_once = Published(articles).told()
    chance = random.Random(seed)
    for size in (1, 6):
        chance.shuffle(articles)
        batches = [articles[start : start + size] for start in range(0, len(articles), size)]
        assert Published(*batches).told() == at_once


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_a_body_takes_along_those_of_other_stories_who_are_described_by_its_name(order: Sequence[int]) -> None:
    told = [
        [entity("Teso Navy", 0, kind="organisation"), entity("the Teso navy", 0, 1, "group", names=[], n_mentions=[])],
        [entity("the Teso navy", 1, kind="group", names=[], n_mentions=[])],
        [entity("Teso Navy", 2, kind="organisation")],
    ]
    published = Published(*[[(article(n, n, None), [*told[n], entity("Ada Brandl", n, 9)])] for n in order])
    assert published.actor("ent_000") == published.actor("ent_001") == published.actor("ent_020")
    assert published.actor("ent_010") != published.actor("ent_000")  # its story tells of no such body
    rows = published.connection.execute("SELECT name, kind FROM main.actors WHERE name ILIKE '%navy' ORDER BY ALL")
    assert rows.fetchall() == [("Teso Navy", "organisation"), ("the Teso navy", "group")]


def police_of(*articles: Sequence[str], story: Sequence[int] = (0, 0, 0, 0, 0)) -> list[str | None]:
    """The names of the actors of those without a name, in the articles with what they tell of in this order."""
    told = [
        [
            entity(name, n, place, "organisation", key=name if name == "NYPD" else None)
            if name[0].isupper()
            else entity(name, n, place, "group", names=[], n_mentions=[])
            for place, name in enumerate(some)
        ]
        for n, some in enumerate(articles)
    ]
    published = Published(*[[(article(n, story[n], None), rows)] for n, rows in enumerate(told)])
    names = dict(published.connection.execute("SELECT actor_id, name FROM main.actors").fetchall())
    nameless = [row["entity_id"] for rows in told for row in rows if not row["names"]]
    return [names[published.actor(one)] for one in nameless]


def test_police_are_those_whom_their_story_names() -> None:
    assert police_of(["Odell Police"], ["police"], ["the cops"]) == ["Odell Police"] * 2
    assert (
        police_of(["police"], ["Odell Police Department", "police"], ["Odell Police"])
        == ["Odell Police Department"] * 2
    )
    assert police_of(["Odell Police"], ["police"], story=[0, 1]) == ["police"]
    assert police_of(["State Police"], ["police"]) == ["police"]
    assert police_of(["NYPD"], ["police"], ["new York police"]) == ["NYPD"] * 2
    assert police_of(["Odell Police"], ["two police"], ["marchers"]) == ["two police", "marchers"]


@pytest.mark.parametrize("name", ["Riot Police", "Military Police", "Odell University Police", "SPD", "Odell"])
def test_only_the_police_of_a_place_are_those_of_a_story(name: str) -> None:
    assert police_of([name], ["police"], ["police"]) == ["police"] * 2


def test_police_named_in_passing_are_not_those_of_a_story() -> None:
    assert police_of(["Odell Police"], *[["police"]] * 4) == ["police"] * 4


def test_police_of_a_story_that_tells_of_two_are_left_open() -> None:
    assert police_of(["Odell Police"], ["Odell North Police"], ["police"]) == ["police"]
    assert police_of(["Odell Police"], ["Lund Police"], ["police"]) == ["police"]
    assert police_of(["Odell Police"], ["riot police"], ["police"])[1] != "Odell Police"
    assert police_of(*[["Odell Police"]] * 3, ["riot police"], ["police"]) == ["riot police", "Odell Police"]


def test_a_body_that_most_articles_describe_goes_by_its_name() -> None:
    described = [entity("the Teso navy", n, kind="group", names=[], n_mentions=[]) for n in (0, 1, 2)]
    published = Published([(article(n, 0, None), [one]) for n, one in enumerate(described)])
    published.publish([(article(3, 0, None), [entity("Teso Navy", 3, kind="organisation")])], NONE)
    assert published.connection.execute("SELECT name, kind, n_articles FROM main.actors").fetchall() == [
        ("Teso Navy", "organisation", 4)
    ]


@pytest.mark.parametrize("seed", range(6))
def test_any_batches_give_the_same_actors_under_judgements(seed: int) -> None:
    articles = crowd(seed)
    judged = Judgements(
        (
            Judgement(ACTOR, SAME, "Mira Brandl", "Tomas Kostrel"),
            Judgement(ACTOR, DIFFERENT, "men_ent_031", "Jan Ferran"),
            Judgement(ACTOR, DIFFERENT, "Thomas Brandl", "Tomas Brandl"),
            Judgement(ACTOR, SAME, "men_ent_070", "men_ent_190"),
        )
    )
    at_once = Published(articles, judgements=judged).told()
    random.Random(seed).shuffle(articles)
    assert Published(articles[:9], articles[9:15], articles[15:], judgements=judged).told() == at_once


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 2, 0), (2, 0, 1)])
def test_a_judgement_on_a_surname_takes_along_whom_it_means_by_office(order: Sequence[int]) -> None:
    articles = [
        (article(1, 1, date(2019, 1, 2)), [entity("Ada Brandl", 1, role="minister")]),
        (article(2, 2, date(2019, 1, 9)), [entity("Brandl", 2, role="minister")]),
        (article(3, 3, date(2019, 6, 1)), [entity("Vera Kostrel", 3)]),
    ]
    judged = Judgements((Judgement(ACTOR, SAME, "men_ent_020", "Vera Kostrel"),))
    assert Published(articles).actor("ent_010") == Published(articles).actor("ent_020")
    published = Published(*([articles[number]] for number in order), judgements=judged)
    assert published.actor("ent_010") == published.actor("ent_020") == published.actor("ent_030")
    assert published.told() == Published(articles, judgements=judged).told()


def test_a_new_person_touches_no_others_of_the_surname() -> None:
    there = [
        (article(n, n, date(2019, 1, 1)), [entity(f"{name} Brandl", n), entity("Brandl", n, 1)])
        for n, name in enumerate(("Ada", "Otto", "Vera", "Jan"))
    ]
    published = Published(there)
    state = State(published.connection)
    near = kin.hang_together(state, pl.Series(["ent_000"]))
    assert set(near.members) == {"ent_000"}
    other = (article(9, 9, date(2019, 9, 1)), [entity("Emil Brandl", 9), entity("Adah Brandl", 9, 1)])
    before = {row["entity_id"]: published.actor(row["entity_id"]) for _, rows in there for row in rows}
    published.publish([other], NONE)
    assert {one: published.actor(one) for one in before} == before
    assert published.actor("ent_091") == published.actor("ent_000")


def test_names_that_nobody_bears_any_more_are_forgotten() -> None:
    published = Published(
        [(article(n, n, None), [entity(name, n)]) for n, name in enumerate(("Ada Brandl", "Adah Brandl"))]
    )
    state = State(published.connection)
    borne = kin.names_in(state, {"art_00"})
    state.remove("keys", "article_id", {"art_00"})
    kin.forget(state, borne)
    apply_changes(published.connection, state.changes())
    for table in ("name_keys", "name_links"):
        left = published.connection.execute(f"SELECT DISTINCT name FROM work.{table}").fetchall()
        assert left == [("brandl|adah brandl",)]


def test_a_database_without_names_on_record_is_caught_up_by_the_next_batch() -> None:
    articles = crowd(1)
    at_once = Published(articles).told()
    published = Published(articles[:-1])
    published.connection.execute(
        "DELETE FROM work.name_keys; DELETE FROM work.name_links; "
        "DELETE FROM work.keys WHERE layer IN ('person', 'namesake', 'taken')"
    )
    published.publish(articles[-1:], NONE)
    assert published.told() == at_once

"""The named queries: each answers something on a published database, and its parameters are checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.ask import named
from flows.ask.sandbox import Sandbox
from flows.errors import HearsayError
from flows.settings import load

# A value for each parameter that must be given.
NEEDED = {
    "who_said_what_about": ["topic=OPEN"],
    "chain_of": ["claim=open on friday"],
    "timeline_of": ["place=orlo"],
    "names_of": ["actor=fold"],
}
ALL = named.all_queries()


def ask(database: Path, name: str, *given: str) -> list[dict[str, object]]:
    query = named.find(name)
    with Sandbox(database, load()) as sandbox:
        rows: list[dict[str, object]] = sandbox.ask(query.sql, named.values(query, given)).table.to_pylist()
        return rows


def test_there_are_ten_at_least() -> None:
    assert len(ALL) >= 10


def test_every_query_says_what_a_row_is_and_what_its_parameters_are() -> None:
    for query in ALL:
        assert query.description.startswith("One row per "), query.name
        assert query.description.endswith("."), query.name
        used = {parameter.name for parameter in query.parameters}
        assert all(f"${name}" in query.sql for name in used), query.name


def test_every_query_finds_something_in_the_example(published_once: Path) -> None:
    with Sandbox(published_once, load()) as sandbox:
        for query in ALL:
            answer = sandbox.ask(query.sql, named.values(query, NEEDED.get(query.name, [])))
            assert answer.table.num_rows, query.name
            assert len(set(answer.table.column_names)) == answer.table.num_columns, query.name


def test_rows_are_narrowed_by_parameters(published_once: Path) -> None:
    assert len(ask(published_once, "who_said_what_about", "topic=open")) == 2
    assert ask(published_once, "who_said_what_about", "topic=open", "since=2024-06-01") == []
    assert ask(published_once, "who_said_what_about", "topic=%") == []
    assert [row["hop"] for row in ask(published_once, "chain_of", "claim=clm_1")] == [0, 1]


def test_an_inferred_hop_leads_to_the_article_that_shows_it(published_once: Path) -> None:
    (hop,) = (row for row in ask(published_once, "chain_of", "claim=clm_2") if row["basis"] == "inferred")
    assert hop["shown_by_article_id"] == "art_1"
    (row,) = ask(published_once, "uncredited", "relay=northern")
    assert (row["article"], row["relay"], row["shown_by"], row["n_claims"]) == (
        "two.txt",
        "Northern Press",
        "The Orlo Bell",
        1,
    )
    assert ask(published_once, "uncredited", "relay=southern") == []


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("who_said_what_about", [], "needed: --param topic"),
        ("who_said_what_about", ["topik=x"], "takes topic, since, until"),
        ("who_said_what_about", ["topic"], "key=value"),
        ("who_said_what_about", ["topic=x", "since=June"], "is no date"),
        ("who_relays_whom", ["claims=many"], "is no integer"),
    ],
)
def test_a_wrong_parameter_is_told(name: str, given: list[str], said: str) -> None:
    with pytest.raises(HearsayError) as caught:
        named.values(named.find(name), given)
    assert caught.value.code == "H804"
    assert said in str(caught.value)


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(HearsayError, match="nearest is timeline_of"):
        named.find("timline")

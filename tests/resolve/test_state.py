"""What a layer reads: the published rows with the batch over them, and nothing that can't be there."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import polars as pl
import pytest

from flows.publish.apply import apply_changes
from flows.publish.migrate import migrate
from flows.resolve import state as module
from flows.resolve.state import State, frame_of


def bodies(*numbers: int, actor: str | None = None) -> pl.DataFrame:
    rows = (
        {"entity_id": f"ent_{n}", "article_id": f"art_{n}", "ordinal": 0, "name": "Teso Union", "kind": "organisation",
         "names": ["Teso Union"], "n_mentions": [2], "n_all": 2, "actor_id": actor}
        for n in numbers
    )  # fmt: skip
    return frame_of("entities", rows)


@pytest.fixture
def published() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"python_enable_replacements": False}) as connection:
        migrate(connection)
        state = State(connection)
        state.put("entities", bodies(1, 2, 3, actor="act_1"))
        apply_changes(connection, state.changes())
        yield connection


def test_what_a_new_articles_text_gives_is_not_looked_for(
    published: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[tuple[object, ...]]] = []
    look_up = module.rows_by

    def spy(connection: duckdb.DuckDBPyConnection, table: str, wanted: pl.DataFrame, *more: object) -> pl.DataFrame:
        asked.append(wanted.sort(wanted.columns).rows())
        return look_up(connection, table, wanted, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "rows_by", spy)
    state = State(published)
    state.put("entities", bodies(8, 9))
    state.note_new({"art_8"})
    assert state.rows("entities", "entity_id", {"ent_8"}).height == 1
    assert state.rows("keys", "member_id", {"ent_8", "art_8"}).height == 0
    assert asked == []
    assert state.rows("entities", "entity_id", {"ent_1", "ent_8", "ent_9"}).height == 3  # art_9 was there before
    assert asked == [[("ent_1",), ("ent_9",)]]


def test_sums_are_told_of_the_published_rows_with_the_batch_over_them(published: duckdb.DuckDBPyConnection) -> None:
    query = (
        "SELECT actor_id, count(*) AS n, sum(n_all)::INTEGER AS used, min(entity_id) AS first FROM these GROUP BY ALL"
    )
    wanted = pl.DataFrame({"actor_id": ["act_1"]})
    state = State(published)
    state.remove("entities", "entity_id", {"ent_1"})
    state.put("entities", bodies(2, actor="act_2"))
    state.put("entities", bodies(9, actor="act_1"))
    assert state.summed("entities", wanted, query, ["n_all"]).rows() == [("act_1", 2, 4, "ent_3")]
    instead = bodies(3, actor="act_1").select("entity_id", "actor_id", n_all=pl.lit(7, pl.Int32))
    assert state.summed("entities", wanted, query, ["n_all"], instead).rows() == [("act_1", 2, 9, "ent_3")]
    none = pl.DataFrame({"entity_id": ["ent_7"]})
    assert state.summed_on_record("entities", wanted, query, ["n_all"], none).rows() == [("act_1", 1, 2, "ent_3")]
    none = pl.DataFrame({"entity_id": ["ent_3"]})
    assert state.summed_on_record("entities", wanted, query, ["n_all"], none).rows() == []


def test_rows_of_a_time_are_those_of_the_batch_too(published: duckdb.DuckDBPyConnection) -> None:
    wanted = pl.DataFrame({"key": [7]}, {"key": pl.UInt64()})

    def keys(state: State, article: str, *days: int | None) -> None:
        rows = [
            {
                "layer": "utterance_words",
                "key": 7,
                "member_id": f"{article}#{day}",
                "article_id": article,
                "ordinal": day,
            }
            for day in days
        ]
        state.put("bulk_keys", frame_of("bulk_keys", rows))

    before = State(published)
    keys(before, "art_1", 10, 20, 30, None)
    apply_changes(published, before.changes())
    state = State(published)
    keys(state, "art_9", 19, 41)
    found = state.many("bulk_keys", wanted, ["ordinal"], within=("ordinal", 15, 40))
    assert sorted(found.get_column("member_id")) == ["art_1#20", "art_1#30", "art_1#None", "art_9#19"]

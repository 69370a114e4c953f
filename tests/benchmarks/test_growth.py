"""Copies that the benchmark of growth publishes are news of their own, with true spans."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
from growth_frames import DAYS_APART, Swap, vary

from flows.extract.frames import OF_EXTRACT
from flows.schema import empty

TEXT = "Odell told Marovia on Friday that 25 ferries won't sail."
WORDS = {"odell": "lunds", "ferries": "bridges", "sail": "fall"}
SWAP = Swap(WORDS, {**WORDS, "marovia": "kostrel"})
DAY = date(2020, 5, 1)


def batch(day: date | None = DAY, **entity: object) -> dict[str, pl.DataFrame]:
    frames = {name: empty(name) for name in OF_EXTRACT}

    def row(table: str, **cells: object) -> None:
        schema = frames[table].schema
        frames[table] = pl.DataFrame([[cells.get(name) for name in schema]], schema=schema, orient="row")

    row("articles", article_id="art_1", document_id="doc_1", text=TEXT, published_on=day, run_id="run_1")
    row("mentions", mention_id="men_1", article_id="art_1", start_char=0, end_char=5, text="Odell")
    called = {"name": "Odell", "kind": "person", "names": ["Odell"], **entity}
    row("entities", entity_id="ent_1", article_id="art_1", **called)
    row("entity_rows", entity_id="ent_1", article_id="art_1", table_name="mentions", row_id="men_1", role="", ordinal=0)
    row("figures", figure_id="fig_1", article_id="art_1", start_char=34, end_char=36, text="25", low=25.0, high=25.0)
    return frames


def test_a_copy_tells_other_news_and_its_spans_hold() -> None:
    copy = vary(batch(), 3, SWAP)
    text = copy["articles"][0, "text"]
    assert text.startswith("Lunds told Marovia on Friday that ")
    assert text.endswith(" bridges won't fall.")
    for table in ("mentions", "figures"):
        found = copy[table].row(0, named=True)
        assert found["text"] == text[found["start_char"] : found["end_char"]]
    assert copy["entities"][0, "names"].to_list() == ["Lunds"]
    assert copy["figures"][0, "low"] == float(copy["figures"][0, "text"]) != 25
    assert copy["articles"][0, "published_on"] == DAY + timedelta(days=3 * DAYS_APART)


def test_what_refers_to_what_stays_and_ids_are_its_own() -> None:
    copy = vary(batch(), 3, SWAP)
    assert copy["mentions"][0, "article_id"] == copy["articles"][0, "article_id"] != "art_1"
    assert copy["entity_rows"][0, "row_id"] == copy["mentions"][0, "mention_id"] != "men_1"
    assert copy["articles"][0, "article_id"] != vary(batch(), 4, SWAP)["articles"][0, "article_id"]


def test_without_a_date_the_countries_change_too() -> None:
    assert "told Kostrel on Friday" in vary(batch(None), 3, SWAP)["articles"][0, "text"]


def test_what_the_lexicon_knows_by_its_name_is_unknown_by_another() -> None:
    def key_of(day: date | None) -> tuple[str | None, ...]:
        entities = vary(batch(day, name="Marovia", names=["Marovia"], key="Marovia", country="MAR"), 3, SWAP)[
            "entities"
        ]
        return entities.select("name", "key", "country").row(0)

    assert key_of(DAY) == ("Marovia", "Marovia", "MAR")
    assert key_of(None) == ("Kostrel", None, None)


def test_outlets_keep_their_names() -> None:
    entity = vary(batch(source_role="page"), 3, SWAP)["entities"].row(0, named=True)
    assert (entity["name"], entity["names"]) == ("Odell", ["Odell"])

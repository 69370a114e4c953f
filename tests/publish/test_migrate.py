"""Migrations: each with its record or not at all, from any earlier schema to this one."""

import hashlib
from datetime import UTC, date, datetime

import duckdb
import polars as pl
import pytest

from flows.errors import HearsayError
from flows.publish.lookup import HASHED, rows_by
from flows.publish.migrate import Migration, is_behind, migrate, migrations
from flows.resolve.clusters import numbered
from flows.resolve.reports import Report, index_keys
from flows.resolve.sayings import Part
from flows.resolve.stories import LIKENESS
from flows.resolve.story_graph import key_of
from flows.resolve.terms import UNIT
from flows.resolve.utterances import term_keys, word_keys

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SCHEMA = """
SELECT schema_name, table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns() WHERE NOT internal
UNION ALL SELECT schema_name, view_name, NULL, sql, NULL, comment FROM duckdb_views() WHERE NOT internal
UNION ALL SELECT schema_name, table_name, NULL, constraint_text, NULL, NULL FROM duckdb_constraints()
ORDER BY ALL
"""


@pytest.fixture
def database():
    with duckdb.connect(config={"python_enable_replacements": False}) as connection:
        yield connection


def test_each_is_recorded_once(database):
    assert migrate(database, NOW) == [step.name for step in migrations()]
    assert migrate(database, NOW) == []
    rows = database.execute("SELECT number, applied_at FROM ops.migrations ORDER BY 1").fetchall()
    assert rows == [(number, NOW) for number in range(len(migrations()) + 1)]  # 0 stands for the views


@pytest.mark.parametrize("version", range(2, len(migrations())))  # the views need all tables: 0001 and 0002
def test_an_earlier_schema_becomes_this_one(database, version):
    migrate(database, NOW, migrations()[:version])
    migrate(database, NOW)
    with duckdb.connect(config={"python_enable_replacements": False}) as fresh:
        migrate(fresh, NOW)
        assert database.execute(SCHEMA).fetchall() == fresh.execute(SCHEMA).fetchall()


def test_a_failing_one_leaves_nothing_behind(database):
    migrate(database, NOW)
    before = database.execute(SCHEMA).fetchall()
    number = len(migrations()) + 1
    bad = Migration(number, "bad", "CREATE TABLE main.left_over (a INTEGER); INSERT INTO nowhere VALUES (1);")
    with pytest.raises(HearsayError, match=rf"H703: migration {number:04d} failed.*nowhere"):
        migrate(database, NOW, [*migrations(), bad])
    assert database.execute(SCHEMA).fetchall() == before
    assert migrate(database, NOW) == []


def test_a_new_column_reaches_history(database):
    migrate(database, NOW)
    step = Migration(len(migrations()) + 1, "new", "ALTER TABLE main.places ADD COLUMN height DOUBLE;")
    migrate(database, NOW, [*migrations(), step])
    columns = database.execute("SELECT column_name FROM duckdb_columns() WHERE schema_name = 'history'").fetchall()
    assert ("height",) in columns


def test_keys_on_record_move_and_links_of_stories_get_a_likeness(database):
    migrate(database, NOW, migrations()[:7])
    database.execute(
        "INSERT INTO work.keys VALUES ('story', 'art_1|art_2', 'art_1', 'art_1'), "
        "('shingle', 'ff0000000000000f', 'art_1', 'art_1'), "
        "('utterance_index', 'words:1', 'clm_1#0', 'art_1'), ('actor', 'brandl', 'ent_1', 'art_1')"
    )
    migrate(database, NOW)
    assert database.execute("SELECT layer, key FROM work.keys").fetchall() == [("actor", "brandl")]
    links = database.execute("SELECT layer, key FROM work.links").fetchall()
    assert links == [("story", key_of("art_1", "art_2", LIKENESS))]
    moved = database.execute("SELECT layer, key, member_id FROM work.bulk_keys ORDER BY layer").fetchall()
    assert moved == [("shingle", 0xFF0000000000000F, "art_1"), ("utterance_words", 1, "clm_1#0")]


def test_keys_on_record_become_the_hashes_by_which_new_sayings_find_them(database):
    migrate(database, NOW, migrations()[:9])
    words = "the harbour bridge will never carry another lorry again"
    part = Part("clm_1#0", "art_1", words, frozenset({"person:brandl"}), None, None)
    runs = ("person:brandl|the harbour bridge will never", "|the harbour bridge will never carry another")
    former = {
        *(f"says:person:brandl|{term}" for term in part.weights),
        *(f"words:{hashlib.blake2b(run.encode(), digest_size=8).hexdigest()}" for run in runs),
    }
    database.executemany(
        "INSERT INTO work.bulk_keys VALUES ('utterance_index', ?, 'clm_0#0', 'art_0')", [[key] for key in former]
    )
    migrate(database, NOW)
    found = set(database.execute("SELECT layer, key FROM work.bulk_keys").fetchall())
    assert {key for layer, key in found if layer == "utterance_terms"} == set(term_keys(part))
    of_words = {key for layer, key in found if layer == "utterance_words"}
    assert len(of_words) == len(runs)
    assert of_words < set(word_keys(part))


def test_links_on_record_between_articles_of_other_times_go(database):
    migrate(database, NOW, migrations()[:8])
    for name, day in (
        ("art_1", "2019-01-01"),
        ("art_2", "2019-02-01"),
        ("art_3", "2019-09-01"),
        ("art_4", "2019-12-01"),
    ):
        database.execute(
            "INSERT INTO main.articles (article_id, document_id, published_on, published_basis, text, content_hash, "
            "pipeline_version, first_seen_at, run_id) VALUES (?, ?, ?, 'metadata', '', '', '', now(), '')",
            [name, name, day],
        )
    unit = UNIT * UNIT
    links = {
        key_of("art_1", "art_2", round(0.3 * unit)): key_of("art_1", "art_2", round(0.3 * unit)),
        key_of("art_1", "art_3", round(0.3 * unit)): None,
        key_of("art_1", "art_4", round(0.5 * unit)): None,  # a passage made them so alike
        key_of("art_3", "art_4", round(0.6 * unit)): key_of("art_3", "art_4", round(0.6 * unit) - round(0.1 * unit)),
    }
    database.execute(
        "INSERT INTO main.passages (passage_id, article_id, start_char, end_char, text, other_article_id, other_start, "
        "other_end, other_text, overlap, direction) VALUES ('p', 'art_4', 0, 1, '', 'art_1', 0, 1, '', 1, 'unknown')"
    )
    database.executemany("INSERT INTO work.keys VALUES ('story', ?, 'art_1', 'art_1')", [[key] for key in links])
    migrate(database, NOW)
    left = {key for (key,) in database.execute("SELECT key FROM work.links").fetchall()}
    assert left == {now for now in links.values() if now}


def test_reports_on_record_are_found_by_their_time_and_story(database):
    migrate(database, NOW, migrations()[:12])
    database.execute(
        "INSERT INTO main.articles (article_id, document_id, story_id, text, published_basis, content_hash, "
        "pipeline_version, first_seen_at, run_id) VALUES ('art_1', 'd', 'story_1', '', 'none', '', '', now(), '')"
    )
    days = {
        "evt_1": (date(2019, 1, 31), date(2019, 3, 1)),
        "evt_2": (date(2017, 1, 1), date(2019, 12, 31)),
        "evt_3": (date(2019, 9, 14), None),
        "evt_4": (None, None),
    }
    parties = frozenset({"act_1", "act_2"})
    expected = {}
    for event_id, (first, last) in days.items():
        report = Report(event_id, "art_1", "COERCE", "capture", "plc_1", "story_1", first, last, parties, frozenset())
        shared = [f"{report.kind}|{one}" for one in ("place:plc_1", "actor:act_1", "actor:act_2")]
        database.execute(
            "INSERT INTO main.events (event_id, article_id, event_type, trigger_text, trigger_start, trigger_end, "
            "text, start_char, end_char, starts_on, ends_on, status, score, extractor) "
            "VALUES (?, 'art_1', 'COERCE', '', 0, 1, '', 0, 1, ?, ?, 'asserted', 1, '')",
            [event_id, first, last],
        )
        for key in (*shared, f"story_1|{report.kind}|{report.name}"):
            database.execute("INSERT INTO work.keys VALUES ('incident_index', ?, ?, 'art_1')", [key, event_id])
        expected[event_id] = index_keys(report)
    migrate(database, NOW)
    found = set(database.execute("SELECT member_id, key FROM work.keys").fetchall())
    assert found == {(event_id, key) for event_id, keys in expected.items() for key in keys}


def test_keys_on_record_get_the_days_and_hashes_that_new_ones_have(database):
    migrate(database, NOW, migrations()[:14])
    database.execute(
        "INSERT INTO work.entities (entity_id, article_id, ordinal, name, kind, n_all) "
        "VALUES ('ent_0', 'art_0', 0, 'Teso Union', 'organisation', 1)"
    )
    database.execute("INSERT INTO work.entity_rows VALUES ('ent_0', 'art_0', 'claims', 'clm_0', '', 0)")
    database.execute("INSERT INTO work.keys VALUES ('actor', 'name:teso union', 'ent_0', 'art_0')")
    for number, (day, basis) in enumerate((("2019-09-17", "metadata"), ("2019-09-18", "story"), (None, "none"))):
        database.execute(
            "INSERT INTO main.articles (article_id, document_id, published_on, published_basis, text, content_hash, "
            "pipeline_version, first_seen_at, run_id) VALUES (?, ?, ?, ?, '', '', '', now(), '')",
            [f"art_{number}", f"doc_{number}", day, basis],
        )
        database.execute(
            "INSERT INTO work.bulk_keys VALUES ('utterance_terms', 7, ?, ?)", [f"clm_{number}#0", f"art_{number}"]
        )
    database.execute("INSERT INTO work.bulk_keys VALUES ('shingle', 7, 'art_0', 'art_0')")
    migrate(database, NOW)
    days = database.execute("SELECT ordinal FROM work.bulk_keys ORDER BY layer, member_id").fetchall()
    assert days == [(None,), ((date(2019, 9, 17) - date(1970, 1, 1)).days,), (None,), (None,)]
    assert database.execute("SELECT alike FROM work.keys").fetchall() == [(None,)]
    for table, columns in HASHED.items():
        for column in columns:
            (value,) = database.execute(f"SELECT {column} FROM {table}").fetchone()
            database.execute(f"INSERT INTO {table} BY NAME SELECT * REPLACE ('x' AS {column}) FROM {table} LIMIT 1")
            hashes = database.execute(f"SELECT {column}_hash = md5_number_lower({column}) FROM {table}").fetchall()
            assert sorted(hashes) == [(False,), (True,)]
            database.execute(f"DELETE FROM {table} WHERE {column} = 'x'")
            assert rows_by(database, table, pl.DataFrame({column: [value]})).height == 1


def test_heaviest_terms_on_record_get_their_weights_and_the_day_that_their_article_states(database):
    migrate(database, NOW, migrations()[:16])
    for number, (day, basis) in enumerate((("2019-09-17", "metadata"), ("2019-09-18", "story"))):
        database.execute(
            "INSERT INTO main.articles (article_id, document_id, published_on, published_basis, text, content_hash, "
            "pipeline_version, first_seen_at, run_id) VALUES (?, ?, ?, ?, '', '', '', now(), '')",
            [f"art_{number}", f"doc_{number}", day, basis],
        )
        database.execute(
            "INSERT INTO work.article_terms VALUES (?, 'brandl', ?), (?, 'said', 3)",
            [f"art_{number}", 9 + number, f"art_{number}"],
        )
        database.execute(
            "INSERT INTO work.keys (layer, key, member_id, article_id) "
            "VALUES ('story_term', 'term:brandl', ?, ?), ('actor', 'name:brandl', 'ent_0', ?)",
            [f"art_{number}"] * 3,
        )
    migrate(database, NOW)
    terms = database.execute("SELECT * FROM work.heavy_terms ORDER BY article_id").fetchall()
    assert terms == [("art_0", "brandl", 9, date(2019, 9, 17)), ("art_1", "brandl", 10, None)]
    assert database.execute("SELECT DISTINCT layer FROM work.keys").fetchall() == [("actor",)]


def test_terms_on_record_become_the_numbers_by_which_new_articles_know_them(database):
    migrate(database, NOW, migrations()[:17])
    database.execute("INSERT INTO work.article_terms VALUES ('art_0', 'brandl', 9), ('art_0', 'café', 3)")
    migrate(database, NOW)
    terms = dict(database.execute("SELECT term, weight FROM work.article_terms").fetchall())
    assert terms == {numbered("brandl"): 9, numbered("café"): 3}


def test_a_database_is_behind_when_the_next_run_changes_its_tables_or_views(database):
    migrate(database, NOW)
    recorded = dict(database.execute("SELECT number, sha256 FROM ops.migrations").fetchall())
    assert not is_behind(recorded)
    assert is_behind({**recorded, 0: ""})
    assert is_behind({number: sha256 for number, sha256 in recorded.items() if number != len(migrations())})
    assert not is_behind({**recorded, len(migrations()) + 1: ""})

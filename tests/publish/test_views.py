"""The views and macros that are read first show what they promise."""
# ruff: noqa: E501 (a row is easier to read in one line)

from datetime import date

import duckdb
import pytest

from flows.publish.migrate import migrate

ROWS = """
INSERT INTO sources VALUES ('src_1', 'Harbour News', 'outlet', NULL, NULL, 'act_3'), ('src_2', 'NPA', 'agency', NULL, NULL, 'act_2');
INSERT INTO actors VALUES ('act_1', 'Ada Zoë', 'person', NULL, NULL, NULL, 2, 1), ('act_2', 'NPA', 'media', NULL, NULL, NULL, 1, 1),
  ('act_3', 'Harbour News', 'media', NULL, NULL, NULL, 0, 1);
INSERT INTO places VALUES ('plc_1', 'Westhaven', NULL, NULL, NULL, NULL);
INSERT INTO articles BY NAME SELECT 'art_2' AS article_id, 'doc_1' AS document_id, 'src_1' AS outlet_id, 'Ferry late' AS title,
  DATE '2026-05-30' AS published_on, 'metadata' AS published_basis, 'No boat sailed, she said.' AS text, '' AS content_hash,
  '1' AS pipeline_version, TIMESTAMPTZ '2026-06-01T00:00:00Z' AS first_seen_at, 'run_2' AS run_id;
INSERT INTO history.articles BY NAME SELECT * REPLACE ('art_1' AS article_id, TIMESTAMPTZ '2026-05-01T00:00:00Z' AS first_seen_at) FROM articles;
INSERT INTO ops.supersessions VALUES ('art_1', '2026-06-01T00:00:00Z', 'art_2', 'doc_1', 'run_2');
INSERT INTO claims BY NAME SELECT 'clm_2' AS claim_id, 'art_2' AS article_id, 0 AS start_char, 14 AS end_char, 'No boat sailed' AS text,
  'No boat sailed' AS content, 'indirect' AS quotation, 'said' AS cue_text, 'she' AS speaker_text, 'act_1' AS speaker_id,
  'named' AS speaker_kind, 'said' AS speech_act, 'actual' AS modality, DATE '2026-05-29' AS said_on, 'expression' AS said_basis,
  'rules' AS extractor, 0.9 AS score;
INSERT INTO history.claims BY NAME SELECT * REPLACE ('clm_1' AS claim_id, 'art_1' AS article_id) FROM claims;
INSERT INTO claims BY NAME SELECT * REPLACE ('clm_3' AS claim_id, 'believed' AS speech_act) FROM claims;
INSERT INTO ops.revisions VALUES ('claims', 'clm_2', 'said_on', '2026-06-15T00:00:00Z', NULL, 'another report', 'run_3'),
  ('claims', 'clm_2', 'said_on', '2026-06-20T00:00:00Z', '2026-05-01', 'another report', 'run_4');
INSERT INTO attributions BY NAME SELECT * FROM (VALUES
  ('clm_2', 0, 'art_2', 'speaker', 'act_1', NULL, 'Ada', 'stated'), ('clm_2', 1, 'art_2', 'agency', 'act_2', 'src_2', 'NPA', 'inferred'),
  ('clm_2', 2, 'art_2', 'page', NULL, 'src_1', 'Harbour News', 'stated'))
  AS hops (claim_id, hop, article_id, role, actor_id, source_id, name, basis);
INSERT INTO utterances VALUES ('utt_1', 'act_1', DATE '2026-05-29', 'No boat sailed', 2, 2, 1, 1);
INSERT INTO incidents VALUES ('inc_1', 'REJECT', 'plc_1', DATE '2026-05-29', NULL, 'Ferries stay in port', 3, 3, 2);
INSERT INTO events BY NAME SELECT * FROM (VALUES
  ('evt_1', DATE '2026-05-29', 'plc_1'), ('evt_2', NULL, NULL), ('evt_3', DATE '2026-05-01', NULL)) AS few (event_id, starts_on, place_id),
  (SELECT 'art_2' AS article_id, 0 AS start_char, 1 AS end_char, 'N' AS text, 0 AS trigger_start, 1 AS trigger_end, 'N' AS trigger_text,
   'REJECT' AS event_type, 'reported' AS status, 'rules' AS extractor, 0.5 AS score);
INSERT INTO event_participants BY NAME SELECT 'evt_1' AS event_id, role, 0 AS ordinal, 'art_2' AS article_id, 0 AS start_char, 1 AS end_char,
  'the master' AS text, actor_id FROM (VALUES ('actor', 'act_1'), ('recipient', NULL)) AS who (role, actor_id);
"""


@pytest.fixture(scope="module")
def database():
    with duckdb.connect(config={"python_enable_replacements": False}) as connection:
        migrate(connection)
        connection.execute(ROWS)
        yield connection


def test_who_said_what_shows_speech_with_its_way_to_the_page(database):
    sql = "SELECT speaker, cue, content, said_on, outlet, title, chain, n_inferred_hops FROM who_said_what"
    assert database.execute(sql).fetchall() == [
        (
            "Ada Zoë",
            "said",
            "No boat sailed",
            date(2026, 5, 29),
            "Harbour News",
            "Ferry late",
            "Ada → NPA → Harbour News",
            1,
        )
    ]


def test_claims_shown_has_belief_too(database):
    acts = database.execute("SELECT speech_act FROM claims_shown ORDER BY 1").fetchall()
    assert acts == [("believed",), ("said",)]


def test_timeline_is_in_order_and_undated_last(database):
    rows = database.execute("SELECT event_id, actors, recipients, place FROM timeline").fetchall()
    assert rows == [
        ("evt_3", None, None, None),
        ("evt_1", "Ada Zoë", "the master", "Westhaven"),
        ("evt_2", None, None, None),
    ]


def test_corroboration_puts_most_origins_first(database):
    rows = database.execute("SELECT about, headline, n_articles, n_origins FROM corroboration").fetchall()
    assert rows == [("incident", "Ferries stay in port", 3, 2), ("utterance", "Ada Zoë: No boat sailed", 2, 1)]


def test_source_network_counts_who_relays_whom(database):
    sql = 'SELECT "from", relayed_by, role, n_claims, n_inferred FROM source_network'
    assert database.execute(sql).fetchall() == [
        ("Ada Zoë", "NPA", "agency", 1, 1),
        ("NPA", "Harbour News", "page", 1, 1),
    ]


@pytest.mark.parametrize(
    ("moment", "articles", "claims"),
    [
        ("2026-04-30", [], []),
        ("2026-05-02", ["art_1"], [("clm_1", date(2026, 5, 29))]),
        ("2026-06-02", ["art_2"], [("clm_2", None)]),
        ("2026-06-16", ["art_2"], [("clm_2", date(2026, 5, 1))]),
        ("2026-07-01", ["art_2"], [("clm_2", date(2026, 5, 29))]),
    ],
)
def test_as_of_shows_what_was_live_and_stood_then(database, moment, articles, claims):
    ts = f"TIMESTAMPTZ '{moment}T00:00:00Z'"
    rows = database.execute(f"SELECT article_id FROM articles_as_of({ts})").fetchall()
    assert [row[0] for row in rows] == articles
    said = f"SELECT claim_id, said_on FROM claims_as_of({ts}) WHERE speech_act = 'said'"
    assert database.execute(said).fetchall() == claims
    for macro in ("events_as_of", "figures_as_of"):
        told = database.execute(f"SELECT DISTINCT article_id FROM {macro}({ts})").fetchall()
        assert {row[0] for row in told} <= set(articles), macro


def test_every_view_has_a_comment(database):
    sql = "SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL"
    assert database.execute(sql).fetchall() == []

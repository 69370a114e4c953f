"""Every rule and audit catches its own planted defect, names the article, and passes what is right."""

# ruff: noqa: E501 (a row is easier to read in one line)
import io
import re
import subprocess
import sys
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import UTC, date, datetime

import duckdb
import polars as pl
import pytest

from flows.changes import Changes
from flows.publish.apply import apply_changes
from flows.publish.migrate import migrate
from flows.schema import KEYS, TABLES
from flows.validate import validate
from flows.validate.audits import audits
from flows.validate.compared import compared
from flows.validate.rules import rules, suite
from flows.validate.stage import stage

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TITLE = "Ferry late"
BODY = "“No boat sailed on Monday,” said Ada Zoë 🚢, the harbour master. Two ferries stayed in port."
TEXT = f"{TITLE}\n\n{BODY}"


def at(words: str, prefix: str = "") -> dict[str, object]:
    """The span of words in TEXT, in columns with a prefix."""
    start = TEXT.index(words)
    if prefix:
        return {f"{prefix}_start": start, f"{prefix}_end": start + len(words), f"{prefix}_text": words}
    return {"start_char": start, "end_char": start + len(words), "text": words}


def rows_of(number: int) -> dict[str, list[dict[str, object]]]:
    """All rows of one right article."""
    art, said = f"art_{number}", "No boat sailed on Monday"
    here = {"article_id": art}
    segment = {**here, "kept": True}
    raw_title, raw_junk = len(TITLE), len("Share this")
    return {
        "articles": [
            {
                **here, "document_id": f"doc_{number}", "outlet_id": "src_1", "title": TITLE, "authors": ["B. Writer"],
                "published_on": date(2026, 1, 6), "published_basis": "metadata", "text": TEXT, "story_id": "sto_1",
                "content_hash": str(number), "pipeline_version": "1", "first_seen_at": NOW, "run_id": "run_1",
            }
        ],
        "published_evidence": [{**here, "rank": 1, "day": date(2026, 1, 6), "basis": "metadata", "evidence": "2026-01-06"}],
        "segments": [
            {**segment, "segment_id": f"seg_{number}a", "ordinal": 0, "kind": "headline", "raw_start": 0,
             "raw_end": raw_title, **at(TITLE)},
            {**segment, "segment_id": f"seg_{number}b", "ordinal": 1, "kind": "share_widget", "kept": False,
             "raw_start": raw_title, "raw_end": raw_title + raw_junk, "text": "Share this"},
            {**segment, "segment_id": f"seg_{number}c", "ordinal": 2, "kind": "body", "raw_start": raw_title + raw_junk,
             "raw_end": raw_title + raw_junk + len(BODY), **at(BODY)},
        ],
        "mentions": [{**here, "mention_id": f"men_{number}", **at("Ada Zoë 🚢"), "form": "name", "kind": "person", "actor_id": "act_1"}],
        "mention_candidates": [{"mention_id": f"men_{number}", "actor_id": "act_1", "score": 0.4}],
        "dates": [
            {**here, "date_id": f"dat_{number}", **at("Monday"), "timex_type": "DATE", "value": "2026-01-05",
             "starts_on": date(2026, 1, 5), "ends_on": date(2026, 1, 5), "anchor": "publication", "derivation": "the Monday before"}
        ],
        "claims": [
            {**here, "claim_id": f"clm_{number}", **at(said), "content": said, "quotation": "direct", **at("said", "cue"),
             **at("Ada Zoë 🚢", "speaker"), "speaker_id": "act_1", "speaker_kind": "named", "speech_act": "said",
             "modality": "actual", "said_on": date(2026, 1, 5), "said_basis": "expression", "extractor": "rules", "score": 0.9}
        ],
        "claim_parts": [{**here, "claim_id": f"clm_{number}", "part": 0, **at(said), "utterance_id": "utt_1"}],
        "attributions": [
            {**here, "claim_id": f"clm_{number}", "hop": 0, "role": "speaker", "actor_id": "act_1", "name": "Ada Zoë",
             "basis": "stated", **at("Ada Zoë 🚢")},
            {**here, "claim_id": f"clm_{number}", "hop": 1, "role": "page", "source_id": "src_1", "name": "Harbour News",
             "basis": "stated", "segment_id": f"seg_{number}b", "raw_start": raw_title, "raw_end": raw_title + 5},
        ],
        "events": [
            {**here, "event_id": f"evt_{number}", **at("No boat sailed on Monday"), **at("sailed", "trigger"),
             "event_type": "REJECT", "status": "reported", "claim_id": f"clm_{number}", "starts_on": date(2026, 1, 5),
             "ends_on": date(2026, 1, 5), "date_id": f"dat_{number}", "place_id": "plc_1", "incident_id": "inc_1",
             "extractor": "rules", "score": 0.5}
        ],
        "event_participants": [
            {**here, "event_id": f"evt_{number}", "role": "actor", "ordinal": 0, **at("No boat"), "actor_id": "act_1",
             "mention_id": f"men_{number}"}
        ],
        "figures": [{**here, "figure_id": f"fig_{number}", **at("Two ferries"), "low": 2.0, "high": 2.0, "unit": "ferries",
                     "qualifier": "exact", "event_id": f"evt_{number}", "incident_id": "inc_1"}],
        "origins": [{"about": "utterance", "about_id": "utt_1", "origin": 1, "article_id": art, "because": "the same words"}],
        "passages": [
            {**here, "passage_id": f"pas_{number}", **at(said), "other_article_id": "art_1", **at(said, "other"),
             "overlap": 1.0, "direction": "unknown"}
        ],
        "discrepancy_values": [
            {"discrepancy_id": "dis_1", "article_id": art, **at("Two ferries"), "value": str(number)}
        ],
    }  # fmt: skip


def shared_rows(n_articles: int) -> dict[str, list[dict[str, object]]]:
    """The rows that articles share."""
    counts = {"n_articles": n_articles, "n_outlets": 1}
    return {
        "sources": [{"source_id": "src_1", "name": "Harbour News", "kind": "outlet", "actor_id": "act_2"}],
        "actors": [
            {"actor_id": "act_1", "name": "Ada Zoë", "kind": "person", "n_mentions": 2, "n_articles": n_articles},
            {"actor_id": "act_2", "name": "Harbour News", "kind": "media", "n_mentions": 0, "n_articles": n_articles},
        ],
        "actor_names": [{"actor_id": "act_1", "name": "Ada Zoë", "n_mentions": 2, "basis": "exact", "score": 1.0}],
        "places": [{"place_id": "plc_1", "name": "Harbour", "lat": 54.0, "lon": -3.0}],
        "utterances": [{"utterance_id": "utt_1", "speaker_id": "act_1", "text": "No boat sailed", "n_claims": n_articles, "n_origins": 1, **counts}],
        "incidents": [{"incident_id": "inc_1", "event_type": "REJECT", "headline": "No boat sailed", "n_origins": 1, **counts}],
        "incident_participants": [{"incident_id": "inc_1", "role": "actor", "actor_id": "act_1"}],
        "stories": [{"story_id": "sto_1", "headline": TITLE, **counts}],
        "discrepancies": [{"discrepancy_id": "dis_1", "about": "incident", "about_id": "inc_1", "field": "figure", "kind": "conflict"}],
    }  # fmt: skip


def batch_of(*numbers: int) -> Changes:
    every = [rows_of(number) for number in numbers]
    rows = {table: [row for each in every for row in each[table]] for table in every[0]} | shared_rows(len(numbers))
    return Changes({f"main.{table}": pl.DataFrame(some, schema=TABLES[table]) for table, some in rows.items()})


def planted(batch: Changes, table: str, article: str | None, **cells: object) -> Changes:
    """The batch with some cells changed in the first row of a table (of an article)."""
    frame = batch.upserts[f"main.{table}"].with_row_index("place")
    rows = frame if article is None else frame.filter(article_id=article)
    first = rows["place"][0]
    changed = frame.with_columns(
        pl.when(pl.col("place") == first)
        .then(pl.lit(value, frame.schema[column]))
        .otherwise(pl.col(column))
        .alias(column)
        for column, value in cells.items()
    )
    return replace(batch, upserts={**batch.upserts, f"main.{table}": changed.drop("place")})


def without(batch: Changes, table: str, **cells: object) -> Changes:
    frame = batch.upserts[f"main.{table}"]
    kept = frame.filter(~pl.all_horizontal(pl.col(column) == value for column, value in cells.items()))
    return replace(batch, upserts={**batch.upserts, f"main.{table}": kept})


@pytest.fixture(scope="module")
def empty():
    with duckdb.connect(config={"python_enable_replacements": False}) as connection:
        migrate(connection)
        yield connection


def broken(result) -> list[tuple[str, str]]:
    return [(check.suite, check.expectation) for check in result.checks if not check.success]


def test_a_right_batch_passes_everything(empty):
    result = validate(empty, batch_of(1, 2))
    assert broken(result) == []
    assert result.success
    assert {check.suite for check in result.checks} == {*TABLES, "audits"}


DEFECTS = [
    # table, changed cells, suite, expectation
    ("segments", {"segment_id": "seg_1a"}, "segments", "keys"),
    ("claims", {"said_basis": None}, "claims", "required columns"),
    ("mentions", {"form": "nickname"}, "mentions", "closed lists"),
    ("claims", {"score": 1.2}, "claims", "ranges"),
    ("events", {"starts_on": date(2026, 1, 9)}, "events", "order"),
    ("dates", {"start_char": 3}, "dates", "spans"),
    ("claims", {"cue_start": None}, "claims", "spans"),
    ("claims", {"speaker_text": "Ada Zoe 🚢"}, "claims", "spans"),
    ("events", {"trigger_end": 2}, "events", "spans"),
    ("passages", {"other_text": "No ship sailed"}, "passages", "spans"),
    ("mentions", {"actor_id": "act_9"}, "mentions", "references"),
    ("segments", {"raw_end": 9}, "audits", "segments_partition_the_text"),
    ("claims", {"content": "No boats"}, "audits", "claims_are_their_parts"),
    ("attributions", {"hop": 5}, "audits", "chains_end_at_the_page"),
]


@pytest.mark.parametrize(("table", "cells", "suite_name", "expectation"), DEFECTS)
def test_a_planted_defect_is_caught_and_its_article_named(empty, table, cells, suite_name, expectation):
    result = validate(empty, planted(batch_of(1, 2), table, "art_2", **cells))
    assert (suite_name, expectation) in broken(result)
    assert "art_2" in result.failing
    assert result.fatal == []
    assert not result.success


def test_a_defect_of_no_article_is_fatal(empty):
    result = validate(empty, planted(batch_of(1), "actors", None, kind="ghost"))
    assert [failure.table for failure in result.fatal] == ["actors"]
    assert "ghost" in result.fatal[0].problem


def test_text_that_the_segments_do_not_give(empty):
    result = validate(empty, without(batch_of(1, 2), "segments", segment_id="seg_2c"))
    assert ("audits", "kept_segments_make_the_text") in broken(result)
    assert set(result.failing) == {"art_2"}


def test_a_claim_without_a_page_at_the_end_of_its_chain(empty):
    result = validate(empty, without(batch_of(1, 2), "attributions", article_id="art_2", hop=1))
    assert broken(result) == [("audits", "chains_end_at_the_page")]


def test_evidence_outside_its_segment(empty):
    batch = batch_of(1, 2)
    frame = batch.upserts["main.attributions"].with_columns(
        raw_end=pl.when(article_id="art_2", hop=1).then(pl.lit(999)).otherwise("raw_end").cast(pl.Int32)
    )
    result = validate(empty, replace(batch, upserts={**batch.upserts, "main.attributions": frame}))
    assert broken(result) == [("audits", "evidence_stands_in_its_segment")]
    assert set(result.failing) == {"art_2"}


def test_a_part_in_another_article_than_its_claim(empty):
    result = validate(empty, planted(batch_of(1, 2), "claim_parts", "art_2", article_id="art_1"))
    assert broken(result) == [("audits", "rows_of_one_claim_or_event_share_its_article")]


def test_two_live_versions_of_one_document(empty):
    result = validate(empty, planted(batch_of(1, 2), "articles", "art_2", document_id="doc_1"))
    assert broken(result) == [("audits", "one_live_version_of_a_document")]


WARNINGS = [
    ("articles", {"published_on": date(2026, 1, 8)}, "published_day_has_evidence"),
    ("claims", {"said_on": date(2026, 2, 1)}, "said_before_it_was_published"),
    ("discrepancy_values", {"value": "1"}, "discrepancies_have_two_values"),
]


@pytest.mark.parametrize(("table", "cells", "expectation"), WARNINGS)
def test_a_warning_stops_nothing(empty, table, cells, expectation):
    result = validate(empty, planted(batch_of(1, 2), table, "art_2", **cells))
    assert broken(result) == [("audits", expectation)]
    assert result.success
    assert [check.expectation for check in result.warnings] == [expectation]


def test_every_audit_has_a_defect_planted():
    tested = {expectation for _, _, name, expectation in DEFECTS if name == "audits"}
    tested |= {expectation for _, _, expectation in WARNINGS}
    tested |= {
        "kept_segments_make_the_text", "evidence_stands_in_its_segment",
        "rows_of_one_claim_or_event_share_its_article", "one_live_version_of_a_document",
    }  # fmt: skip
    assert tested == {audit.name for audit in audits()}


def test_every_table_has_a_suite_whose_columns_exist(empty):
    for table in TABLES:
        declared = suite(table)
        columns = [*declared.get("ranges", {}), *declared.get("references", {})]
        columns += [name for pair in declared.get("orders", []) for name in pair]
        columns += [name for span in declared.get("spans", []) for name in span]
        assert set(columns) <= set(TABLES[table])
        assert set(declared.get("references", {}).values()) <= set(TABLES)
        assert rules(empty, table)


@pytest.fixture
def filled():
    with duckdb.connect(config={"python_enable_replacements": False}) as connection:
        migrate(connection)
        apply_changes(connection, batch_of(1, 2))
        yield connection


def test_a_batch_may_refer_to_what_is_published(filled):
    rows = rows_of(3)
    batch = Changes({f"main.{table}": pl.DataFrame(some, schema=TABLES[table]) for table, some in rows.items()})
    assert broken(validate(filled, batch)) == []


def test_a_published_article_that_a_batch_touches_is_seen_whole(filled):
    page = {**rows_of(1)["attributions"][1], "hop": 2}
    relay = {**rows_of(1)["attributions"][1], "role": "agency", "basis": "inferred"}
    good = Changes({"main.attributions": pl.DataFrame([relay, page], schema=TABLES["attributions"])})
    assert broken(validate(filled, good)) == []
    bad = Changes({"main.attributions": pl.DataFrame([relay], schema=TABLES["attributions"])})
    assert broken(validate(filled, bad)) == [("audits", "chains_end_at_the_page")]


def only(table):
    """A batch with the rows of one table that an article alone gives."""
    return Changes({f"main.{table}": batch_of(1).upserts[f"main.{table}"]})


def test_rows_that_no_audit_compares_with_those_touched_are_not_fetched(filled):
    with stage(filled, only("mentions")) as staging:
        assert {table for table in TABLES if staging.sql(f"FROM {table}").fetchone()} == {"mentions"}
        assert staging.sql("SELECT article_id, text FROM known_articles").fetchall() == [("art_1", TEXT)]
    with stage(filled, only("claims")) as staging:
        assert staging.sql("SELECT count(*) FROM segments").fetchone() == (3,)


def test_a_discrepancy_is_seen_with_the_values_that_show_it(filled):
    assert broken(validate(filled, only("discrepancies"))) == []
    gone = {"main.discrepancy_values": pl.DataFrame({"article_id": ["art_2"]})}
    assert broken(validate(filled, Changes(only("discrepancies").upserts, gone))) == [
        ("audits", "discrepancies_have_two_values")
    ]


def test_an_article_from_which_a_batch_takes_rows_is_seen_with_what_is_left(filled):
    gone = {"main.claim_parts": batch_of(1).upserts["main.claim_parts"].select(KEYS["claim_parts"])}
    assert ("audits", "claims_are_their_parts") in broken(validate(filled, Changes({}, gone)))


def test_what_audits_compare_is_all_that_they_read():
    for audit in audits():
        read = {table for table in TABLES if re.search(rf"\b{table}\b", re.sub(r"--.*|'[^']*'", "", audit.sql))}
        assert any(read <= set(group) for group in compared()), audit.name


def test_a_deleted_row_leaves_no_reference(filled):
    gone = {"main.actors": pl.DataFrame({"actor_id": ["act_1"]})}
    result = validate(filled, Changes({}, gone))
    assert broken(result) == [("audits", "deleted_rows_leave_no_reference")]
    assert {"mentions", "claims", "utterances"} <= {failure.table for failure in result.checks[-1].failures}
    everything = {
        f"main.{table}": filled.execute(f"SELECT {', '.join(KEYS[table])} FROM main.{table}").pl() for table in TABLES
    }
    assert broken(validate(filled, Changes({}, everything))) == []


def test_a_reference_to_a_row_that_the_batch_deletes(filled):
    mention = {**rows_of(3)["mentions"][0], "article_id": "art_1"}
    batch = Changes(
        {"main.mentions": pl.DataFrame([mention], schema=TABLES["mentions"])},
        {"main.actors": pl.DataFrame({"actor_id": ["act_1"]})},
    )
    assert ("mentions", "references") in broken(validate(filled, batch))


def test_an_audit_tells_how_many_rows_of_its_table_it_looked_at(empty):
    result = validate(empty, planted(batch_of(1, 2), "attributions", "art_2", hop=7))
    (check,) = [one for one in result.checks if one.expectation == "chains_end_at_the_page"]
    assert (check.table, check.n_rows) == ("claims", 2)
    assert len(batch_of(1, 2).upserts["main.attributions"]) == 4


def test_the_results_fit_their_table(empty):
    frame = validate(empty, planted(batch_of(1, 2), "claims", "art_2", score=2.0)).frame("run_1", "bat_1", NOW)
    apply_changes(empty, Changes({"ops.checks": frame}))
    row = empty.execute("SELECT n_rows, n_failed, examples FROM ops.checks WHERE NOT success").fetchall()
    assert row == [(2, 1, ["clm_2: score is 2.0, outside 0 to 1"])]


def test_stdout_stays_free_for_data(empty):
    with redirect_stdout(io.StringIO()) as said:
        validate(empty, planted(batch_of(1), "claims", "art_1", score=2.0))
    assert said.getvalue() == ""


def test_nothing_is_written_to_the_home_folder(tmp_path):
    program = (
        "import duckdb; from flows.validate.expectations import run_suites; from flows.validate.rules import Rule\n"
        "db = duckdb.connect(); db.execute('CREATE TABLE t AS SELECT 1 AS a')\n"
        "rule = Rule('t', 'r', \"SELECT NULL AS article_id, '1' AS row_id, 'x' AS problem FROM {batch} WHERE a > 0\")\n"
        "[check] = run_suites(db, {'t': [rule]}); assert check.failures"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"HOME": str(tmp_path), "PYTHONPATH": ":".join(sys.path)},
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert list(tmp_path.iterdir()) == []

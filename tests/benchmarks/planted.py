"""The defects that `defects.py` plants: SQL on the staged tables, each with the rule that is to catch it.

Those of suites are made from what the suites say, so that a new rule has its own at once. An audit needs one in
AUDITS, and a threshold of a source one in QUALITY.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import duckdb

from flows.schema import KEYS, TABLES
from flows.validate.audits import SUITE
from flows.validate.quality import PREFIX
from flows.validate.rules import Rule, suite

SOURCE: Final = "desk"
NONE: Final = "no such"


@dataclass(frozen=True)
class Defect:
    """One defect: SQL on the staged tables, and the rule that is to catch it."""

    suite: str
    rule: str
    what: str
    sql: str


# -- defects of the suites --------------------------------------------------------------------------------------------


def of_suites(nothing: duckdb.DuckDBPyConnection, suites: dict[str, list[Rule]]) -> dict[tuple[str, str], list[Defect]]:
    """The defects of every rule, the one that is most its own first. `nothing` is a database with our schema."""
    found = {table: list(_of_table(nothing, table)) for table in TABLES}
    return {
        (table, rule.name): [
            Defect(table, rule.name, what, sql) for name, what, sql in found[table] if name == rule.name
        ]
        for table, each in suites.items()
        for rule in each
        if not rule.name.startswith(PREFIX)
    }


def _of_table(nothing: duckdb.DuckDBPyConnection, table: str) -> Iterator[tuple[str, str, str]]:
    yield "keys", f"the key of {table} stands twice", _twice(table)
    keys, declared = KEYS[table], suite(table)
    for column in sorted(
        _constrained(nothing, table, "NOT NULL"), key=lambda name: (name in keys, name == "article_id")
    ):
        yield "required columns", f"{column} is missing", _set(table, column, "NULL", _ALONE.get(table, "true"))
    for column in _constrained(nothing, table, "CHECK"):
        yield "closed lists", f"{column} is '{NONE}'", _set(table, column, f"'{NONE}'")
    for column, (low, high) in declared.get("ranges", {}).items():
        if high != float("inf"):
            yield "ranges", f"{column} is above {high}", _set(table, column, f"{high} + 1")
        there = "ordinal = 0" if column == "ordinal" else "true"  # the first stays the first
        yield "ranges", f"{column} is below {low}", _set(table, column, f"{low} - 1", there)
    for low, high in declared.get("orders", []):
        there = f"{low} IS NOT NULL AND {high} IS NOT NULL"
        yield "order", f"{low} is after {high}", _set(table, low, f"{high} + 1", there)
    for start, end, text, *_ in declared.get("spans", []):
        there = f"{start} IS NOT NULL AND {end} > {start} + 2"
        yield "spans", f"{start} is one too high", _set(table, start, f"{start} + 1", _inside(table, there))
        yield "spans", f"{text} has one character more", _set(table, text, f"{text} || 'x'", there)
        yield "spans", f"{end} is missing", _set(table, end, "NULL", there)
    for column, target in sorted(
        declared.get("references", {}).items(), key=lambda pair: (pair[0] == "article_id", pair[0] in keys)
    ):
        what, value = f"{column} is in no row of {target}", f"'{NONE}'"
        there = f"{column} IS NOT NULL"
        if table == "segments":
            lone = "'seg_lone' AS segment_id, 0 AS ordinal, 0 AS raw_start, length(text) AS raw_end"
            sql = f"INSERT INTO segments SELECT * REPLACE ({lone}, {value} AS {column}) FROM segments WHERE "
            yield "references", what, sql + _first("segments", "NOT kept")
        else:
            sql = _added(table, column, value) if column in keys else _set(table, column, value, there)
            yield "references", what, sql


def _constrained(nothing: duckdb.DuckDBPyConnection, table: str, kind: str) -> list[str]:
    rows = nothing.execute(
        (
            "SELECT constraint_column_names[1] FROM duckdb_constraints() "
            "WHERE schema_name = 'main' AND table_name = ? AND constraint_type = ? ORDER BY constraint_index"
        ),
        [table, kind],
    ).fetchall()
    return [row[0] for row in rows]


def _first(table: str, where: str = "true") -> str:
    return f"rowid = (SELECT min(rowid) FROM {table} WHERE {where})"


def _set(table: str, column: str, value: str, where: str = "true") -> str:
    return f"UPDATE {table} SET {column} = {value} WHERE {_first(table, where)}"


def _added(table: str, column: str, value: str) -> str:
    return f"INSERT INTO {table} SELECT * REPLACE ({value} AS {column}) FROM {table} WHERE {_first(table)}"


# Of these a second row with the same key would change the sum that an audit takes of the rows.
_TWICE: Final = {
    "segments": "UPDATE segments SET segment_id = (SELECT max(segment_id) FROM segments WHERE NOT kept) "
    "WHERE rowid = (SELECT min(rowid) FROM segments WHERE segment_id NOT IN (SELECT segment_id FROM attributions "
    "WHERE segment_id IS NOT NULL UNION SELECT segment_id FROM published_evidence WHERE segment_id IS NOT NULL))",
    "claim_parts": "UPDATE claim_parts SET part = part + 1 WHERE part = 0 AND claim_id = "
    "(SELECT min(claim_id) FROM claim_parts WHERE part = 1)",
    "attributions": "UPDATE attributions SET hop = hop + 1 WHERE hop = 1 AND claim_id = "
    "(SELECT min(claim_id) FROM attributions WHERE hop = 3)",
}


# A row whose claim has no other.
_ALONE: Final = {"claim_parts": "claim_id NOT IN (SELECT claim_id FROM claim_parts WHERE part > 0)"}


def _twice(table: str) -> str:
    return _TWICE.get(table, f"INSERT INTO {table} FROM {table} WHERE {_first(table)}")


def _inside(table: str, where: str) -> str:
    """Of parts of claims, one between two others: the first and the last make the claim's own span."""
    if table != "claim_parts":
        return where
    between = "part > 0 AND claim_id IN (SELECT claim_id FROM claim_parts AS other WHERE other.part > claim_parts.part)"
    return f"{where} AND {between}"


# -- defects of the audits and of the thresholds ----------------------------------------------------------------------

_OTHER: Final = "(SELECT max(article_id) FROM articles)"
AUDITS: Final[dict[str, tuple[str, str]]] = {
    "chains_end_at_the_page": (
        "a chain has no page at its end",
        "DELETE FROM attributions WHERE role = 'page' AND claim_id = (SELECT min(claim_id) FROM attributions)",
    ),
    "claims_are_their_parts": (
        "a claim's content lacks its last word",
        "UPDATE claims SET content = left(content, -3) WHERE rowid = 0",
    ),
    "discrepancies_have_two_values": (
        "of one discrepancy all values are one",
        (
            "UPDATE discrepancy_values SET value = '4' "
            "WHERE discrepancy_id = (SELECT min(discrepancy_id) FROM discrepancies)"
        ),
    ),
    "evidence_stands_in_its_segment": (
        "a hop's raw evidence runs over its segment's end",
        (
            "UPDATE attributions SET raw_end = raw_end + 100000 "
            f"WHERE {_first('attributions', 'segment_id IS NOT NULL AND raw_end IS NOT NULL')}"
        ),
    ),
    "kept_segments_make_the_text": (
        "a kept segment is marked as dropped",
        f"UPDATE segments SET kept = false WHERE {_first('segments', 'kept')}",
    ),
    "one_live_version_of_a_document": (
        "two articles are of one document",
        (
            f"UPDATE articles SET document_id = (SELECT document_id FROM articles WHERE article_id = {_OTHER}) "
            f"WHERE {_first('articles', f'article_id <> {_OTHER}')}"
        ),
    ),
    "published_day_has_evidence": (
        "an article's day is one that no evidence has",
        f"UPDATE articles SET published_on = DATE '2031-02-03' WHERE {_first('articles', 'published_on IS NOT NULL')}",
    ),
    "rows_of_one_claim_or_event_share_its_article": (
        "a participant of an event stands in another article, with the words that stand there",
        (
            f"UPDATE event_participants SET article_id = {_OTHER}, start_char = 0, end_char = 2, "
            f"text = (SELECT left(text, 2) FROM articles WHERE article_id = {_OTHER}) "
            f"WHERE {_first('event_participants', f'article_id <> {_OTHER}')}"
        ),
    ),
    "said_before_it_was_published": (
        "a claim was said a year after its article came out",
        (
            "UPDATE claims SET said_on = said_on + 365 WHERE rowid = (SELECT min(claims.rowid) FROM claims "
            "JOIN articles USING (article_id) WHERE said_on IS NOT NULL AND published_on IS NOT NULL)"
        ),
    ),
    "segments_partition_the_text": (
        "the raw text has a hole before a segment",
        (
            "UPDATE segments SET raw_start = raw_start + 1, raw_end = raw_end + 1 WHERE ordinal = "
            "(SELECT max(ordinal) FROM segments AS other WHERE other.article_id = segments.article_id) "
            "AND segment_id NOT IN (SELECT segment_id FROM attributions WHERE segment_id IS NOT NULL)"
        ),
    ),
}


def _only(which: str) -> str:
    """Only these articles are the source's, now and in the weeks before."""
    gone = f"SELECT article_id FROM articles WHERE NOT {which}"
    return (
        f"DELETE FROM past_articles WHERE split_part(article_id, '/', 1) IN ({gone}); "
        f"DELETE FROM batch_sources WHERE article_id IN ({gone})"
    )


# The limit, the defect in words and in SQL. All limits are set at once; a measure with a minimum and a maximum has two.
QUALITY: Final[dict[str, tuple[float, str, str]]] = {
    "min_dated": (0.05, "no article has a day", "UPDATE articles SET published_on = NULL"),
    "max_undated": (
        0.2,
        "half of the articles have no day",
        "UPDATE articles SET published_on = NULL WHERE rowid % 2 = 0",
    ),
    "max_unknown_language": (
        0.1,
        "half of the articles are in no language",
        "UPDATE articles SET language = NULL WHERE rowid % 2 = 0",
    ),
    "min_claims_per_article": (
        5.0,
        "the articles are those that say little",
        _only("article_id NOT IN (SELECT article_id FROM claims GROUP BY ALL HAVING count(*) > 6)"),
    ),
    "max_claims_per_article": (
        40.0,
        "the articles are those that say most",
        _only("article_id IN (SELECT article_id FROM claims GROUP BY ALL ORDER BY count(*) DESC LIMIT 3)"),
    ),
    "max_without_speaker": (
        0.3,
        "half of the claims have no speaker",
        "UPDATE claims SET speaker_start = NULL, speaker_end = NULL, speaker_text = NULL WHERE rowid % 2 = 0",
    ),
    "max_undecided_actors": (
        0.2,
        "half of the names are nobody's",
        "UPDATE mentions SET actor_id = NULL, place_id = NULL WHERE rowid % 2 = 0",
    ),
    "max_repeated_text": (
        0.02,
        "a tenth of the paragraphs stood in other stories of the weeks before",
        (
            "INSERT INTO past_texts SELECT article_id || '/' || week, text FROM segments, range(1, 3) AS weeks(week) "
            "WHERE kept AND kind = 'body' AND segments.rowid % 10 = 0"
        ),
    ),
    "min_weekly_volume": (
        0.5,
        "the weeks before gave four times as much",
        "INSERT INTO past_articles SELECT past_articles.* FROM past_articles, range(3)",
    ),
    "max_weekly_volume": (2.0, "the weeks before gave a fourth", "DELETE FROM past_articles WHERE rowid % 4 > 0"),
    "max_days_late": (
        3.0,
        "the weeks before were a month quicker",
        "UPDATE past_articles SET published_on = published_on + 30",
    ),
    "max_score_drift": (
        0.1,
        "the weeks before were sure of everything",
        "UPDATE past_scores SET score = 0.95 WHERE rowid % 2 = 0",
    ),
    "max_new_outlets": (0, "an outlet never came before", "DELETE FROM past_outlets WHERE rowid = 0"),
}

# Beside the sample a past of four weeks that were as it is.
PAST: Final = f"""
CREATE TABLE past_articles AS
SELECT
  article_id || '/' || week AS article_id, '{SOURCE}' AS source_name, outlet_id, story_id || '/' || week AS story_id,
  first_seen_at - to_days(7 * week::INTEGER) AS first_seen_at, published_on - 7 * week::INTEGER AS published_on
FROM articles, range(1, 5) AS weeks(week);
CREATE TABLE past_texts AS SELECT article_id, '' AS text FROM past_articles LIMIT 0;
CREATE TABLE past_scores AS SELECT '{SOURCE}' AS source_name, score FROM claims;
CREATE TABLE past_outlets AS SELECT DISTINCT outlet_id FROM articles WHERE outlet_id IS NOT NULL ORDER BY ALL;
"""

# What cannot but fire with the rule's own defect: rules that say more of the same rows.
WITH: Final = {
    ("segments", "order"): (SUITE, "segments_partition_the_text"),  # a span that ends before it begins is no length
    ("dates", "references"): ("dates", "spans"),  # words of an article that is not there are not its words
    ("passages", "references"): ("passages", "spans"),
    ("discrepancy_values", "required columns"): ("discrepancy_values", "spans"),  # of a row without its article, too
    ("articles", f"{PREFIX}{SOURCE} min_dated"): ("articles", f"{PREFIX}{SOURCE} max_undated"),  # one measure
}

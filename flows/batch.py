"""One batch through the stages, as plain functions: what the flow's task calls, and tests call without Prefect."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from flows import judgements, ledger
from flows.changes import Changes
from flows.clean import clean_all
from flows.errors import HearsayError
from flows.extract.again import read_on
from flows.extract.corrected import in_stated_order, with_days, with_speakers
from flows.extract.frames import frames
from flows.extract.nlp import load
from flows.extract.reading import Reading, read_each
from flows.ids import make_id
from flows.ingest import sources
from flows.ingest.again import read_again
from flows.ingest.raw import RawStore
from flows.ingest.sources import Source
from flows.intake import Intake, live_again, without_known
from flows.judgements import NONE, Judgements
from flows.publish.quarantine import quarantine_rows
from flows.records import CleanArticle, Document, Rejected
from flows.resolve import Resolved, resolve
from flows.resources import sql_of
from flows.tally import Tally
from flows.validate import ORIGINS, AuditResult, Failure, validate

if TYPE_CHECKING:
    from flows.publish import Writer
    from flows.settings import Settings

ROUNDS: Final = 4  # articles that fail an audit are set aside and the rest is audited again, so often

Frames = Mapping[str, pl.DataFrame]


def warm_up(settings: Settings) -> None:
    """Load what takes seconds: the language model and the audits' library."""
    load(settings.model)
    importlib.import_module("flows.validate.expectations")


def work(intake: Intake, writer: Writer, run: ledger.Run, tally: Tally, settings: Settings) -> None:
    """Take one batch through clean → extract → resolve → validate → publish and count it in `tally`.

    A fatal audit publishes nothing and sets `tally.is_fatal`.
    """
    tally.pass_over(intake)
    with tally.spending("clean"):
        cleaned, unclean = clean_all(intake.documents)
        again = intake.is_judged_anew
        known = cleaned if again else without_known(cleaned, writer.connection)
        tally.n_unchanged += len(cleaned) - len(known)
        stated = [*known, *_live_again(known, writer, settings)]
        fresh = with_days(stated, intake.judgements)
    readings, unread = _read(fresh, tally, settings)
    rejected = [*intake.rejected, *unclean, *unread]
    batch: Frames = frames(readings, run.run_id, run.now, run.pipeline_version)
    batch = with_speakers(in_stated_order(batch, stated), intake.judgements)
    batch = _as_first_seen(batch, writer) if again else batch
    batch_id = make_id("batch", run.run_id, tally.n_batches)
    expected = Expected.of([] if run.repeats or again else fresh, settings)
    settled = settle(batch, writer, run, batch_id, tally, expected, settings.model, intake.judgements)
    if settled is None:
        return
    rejected += _set_aside(settled.failing, fresh)
    changes = _with_books(settled, intake, fresh, rejected, writer, run, tally)
    with tally.spending("publish"):
        writer.publish(changes)
    tally.n_batches += 1


def _live_again(articles: Sequence[CleanArticle], writer: Writer, settings: Settings) -> list[CleanArticle]:
    """The versions that `articles` make the last ones again, from their kept bytes; without them none is."""
    due = live_again(articles, writer.connection)
    found = read_again(due.values(), settings, RawStore(settings.home)) if due else ()
    again, _ = clean_all([one for one in found if isinstance(one, Document)])
    return [one for one in again if one.article_id in due]


def _read(articles: Sequence[CleanArticle], tally: Tally, settings: Settings) -> tuple[list[Reading], list[Rejected]]:
    """What each article says, and those that can't be read."""
    if not articles:
        return [], []
    nlp = load(settings.model)
    with tally.spending("extract"):
        found = read_each(articles, nlp)
    failed = [(article, one) for article, one in zip(articles, found, strict=True) if isinstance(one, HearsayError)]
    rejected = [Rejected.of(article.document, "extract", problem) for article, problem in failed]
    return [one for one in found if isinstance(one, Reading)], rejected


def _as_first_seen(batch: Frames, writer: Writer) -> Frames:
    """The batch with the times and runs with which its articles came in."""
    ids = batch["articles"].get_column("article_id").to_list()
    known = writer.connection.execute(sql_of("commands", "first_seen"), {"ids": ids}).pl()
    return {**batch, "articles": batch["articles"].update(known, on="article_id")}


@dataclass(frozen=True)
class Settled:
    """A batch that passes its audits: what it comes to, the last audit, and the articles that had to go, with why."""

    batch_id: str
    batch: Frames
    resolved: Resolved
    audit: AuditResult
    failing: Mapping[str, HearsayError]


@dataclass(frozen=True)
class Expected:
    """Which named source gave each new article, and what is expected of these sources."""

    origins: pl.DataFrame
    sources: Sequence[Source]

    @classmethod
    def of(cls, articles: Sequence[CleanArticle], settings: Settings) -> Expected:
        """Of the articles of one batch."""
        rows = [(article.article_id, article.document.source_name) for article in articles]
        described = {name: sources.described_in(settings, name) for name in sorted({name for _, name in rows})}
        found = [sources.load(name, path) for name, path in described.items() if path.is_file()]
        return cls(pl.DataFrame(rows, schema=ORIGINS, orient="row"), found)


def settle(
    batch: Frames,
    writer: Writer,
    run: ledger.Run,
    batch_id: str,
    tally: Tally,
    expected: Expected,
    model: str,
    decided: Judgements = NONE,
) -> Settled | None:
    """Resolve and audit; leave out articles with failing rows and do it again, until all pass. None: a fatal audit."""
    failing: dict[str, HearsayError] = {}
    for _ in range(ROUNDS):
        with tally.spending("resolve"):
            reader = partial(read_on, nlp=load(model))
            resolved = resolve(writer.connection, batch, reader, judgements=decided)
        with tally.spending("validate"):
            audit = validate(writer.connection, resolved.changes, expected.origins, expected.sources)
        if audit.fatal:
            break
        if audit.success:
            return Settled(batch_id, batch, resolved, audit, failing)
        failing |= {article_id: _audit_error(failure) for article_id, failure in audit.failing.items()}
        batch = {name: rows.filter(~pl.col("article_id").is_in(sorted(failing))) for name, rows in batch.items()}
    tally.is_fatal = True
    writer.publish(Changes({"ops.checks": audit.frame(run.run_id, batch_id, run.now)}))
    return None


def _audit_error(failure: Failure) -> HearsayError:
    detail = f"{failure.row_id}: {failure.problem}"
    return HearsayError("H601", audit=failure.expectation, table=failure.table, detail=detail)


def _set_aside(failing: Mapping[str, HearsayError], articles: Sequence[CleanArticle]) -> list[Rejected]:
    return [Rejected.of(a.document, "validate", failing[a.article_id]) for a in articles if a.article_id in failing]


def _with_books(
    settled: Settled,
    intake: Intake,
    articles: Sequence[CleanArticle],
    rejected: Sequence[Rejected],
    writer: Writer,
    run: ledger.Run,
    tally: Tally,
) -> Changes:
    """The batch's changes with the rows of `raw` and `ops` that go with them; counts them in `tally`."""
    changes, connection = settled.resolved.changes, writer.connection
    again = intake.is_judged_anew
    documents = () if again else intake.documents
    bad = ledger.hashes(rejected)
    taken = [one for one in documents if one.content_hash not in bad]
    live = [a for a in articles if a.article_id in settled.resolved.new]
    superseded = ledger.supersessions(run, changes)
    tally.n_new += 0 if again else settled.batch["articles"].height
    tally.n_judged += len(intake.judgements.changed)
    tally.n_superseded += superseded.height
    tally.n_set_aside += len(rejected)
    tally.n_claims += 0 if again else settled.batch["claims"].height
    tally.n_events += 0 if again else settled.batch["events"].height
    tally.n_checks += len(settled.audit.checks)
    tally.n_checks_failed += len(settled.audit.warnings)
    new = pl.DataFrame(
        [(a.document.source_name, a.published_on) for a in live if not again],
        schema={"source_name": pl.String, "published_on": pl.Date},
        orient="row",
    )
    read = Counter(one.source_name for one in taken)
    books = {
        "raw.documents": ledger.documents(run, taken, articles),
        "ops.quarantine": quarantine_rows(connection, rejected, run.now, run.run_id, run.is_past),
        "ops.checks": settled.audit.frame(run.run_id, settled.batch_id, run.now),
        "ops.redirects": ledger.redirects(run, settled.resolved.redirects),
        "ops.supersessions": superseded,
        "ops.revisions": ledger.revisions(run, connection, changes, "a judgement" if again else "another report"),
        "ops.freshness": ledger.freshness(run, connection, read, new),
        "ops.batches": ledger.batch_row(run, settled.batch_id, tally.n_batches, len(live), len(rejected), changes),
        "ops.runs": ledger.run_row(run, "running", None, tally.counts()),
    }
    books["ops.judgements"], taken_back = judgements.books(intake.judgements, run.now)
    healed = pl.DataFrame(
        {"content_hash": sorted({one.content_hash for one in taken})}, schema={"content_hash": pl.String}
    )
    return Changes(
        {**changes.upserts, **{name: rows for name, rows in books.items() if rows.height}},
        {**changes.deletes, "ops.quarantine": healed, **({"ops.judgements": taken_back} if taken_back.height else {})},
    )

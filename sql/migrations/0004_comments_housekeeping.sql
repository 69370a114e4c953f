-- What the tables and columns of schemas raw, ops and work mean.

COMMENT ON TABLE raw.documents IS 'One content of one document as received; its bytes lie outside, by content_hash.';
COMMENT ON COLUMN raw.documents.document_id IS 'Key: the document, stable across its contents.';
COMMENT ON COLUMN raw.documents.content_hash IS 'Key: SHA-256 of the bytes.';
COMMENT ON COLUMN raw.documents.source_name IS 'Source that gave it.';
COMMENT ON COLUMN raw.documents.external_id IS 'Id or file name that the source gave.';
COMMENT ON COLUMN raw.documents.url IS 'Address it came from.';
COMMENT ON COLUMN raw.documents.location IS 'Where a person finds it: a file, or a file and a line.';
COMMENT ON COLUMN raw.documents.media_type IS 'Media type, e.g. text/html.';
COMMENT ON COLUMN raw.documents.headers IS 'Response headers as JSON; null for files.';
COMMENT ON COLUMN raw.documents.n_bytes IS 'Size in bytes.';
COMMENT ON COLUMN raw.documents.article_id IS 'Version that it gave; null when it was set aside.';
COMMENT ON COLUMN raw.documents.pipeline_version IS 'Version of Hearsay that last read it.';
COMMENT ON COLUMN raw.documents.first_seen_at IS 'When first received, UTC.';
COMMENT ON COLUMN raw.documents.last_seen_at IS 'When last received, UTC.';
COMMENT ON COLUMN raw.documents.run_id IS 'Run that received it first.';

COMMENT ON TABLE ops.migrations IS 'One migration of this database; number 0 stands for the views.';
COMMENT ON COLUMN ops.migrations.number IS 'Key: the migration''s number.';
COMMENT ON COLUMN ops.migrations.name IS 'Its file''s name.';
COMMENT ON COLUMN ops.migrations.sha256 IS 'Hash of its SQL.';
COMMENT ON COLUMN ops.migrations.applied_at IS 'When it was applied, UTC.';

COMMENT ON TABLE ops.publications IS 'One change set that this database holds.';
COMMENT ON COLUMN ops.publications.sequence IS 'Key: 1 for the first.';
COMMENT ON COLUMN ops.publications.sha256 IS 'Hash of the change set''s file.';
COMMENT ON COLUMN ops.publications.n_upserts IS 'Rows written.';
COMMENT ON COLUMN ops.publications.n_deletes IS 'Keys taken away.';

COMMENT ON TABLE ops.runs IS 'One run of the pipeline.';
COMMENT ON COLUMN ops.runs.run_id IS 'Key: the run.';
COMMENT ON COLUMN ops.runs.started_at IS 'Start, UTC.';
COMMENT ON COLUMN ops.runs.ended_at IS 'End, UTC; null while it runs.';
COMMENT ON COLUMN ops.runs.state IS 'running, done or failed.';
COMMENT ON COLUMN ops.runs.exit_code IS 'Exit code of the command.';
COMMENT ON COLUMN ops.runs.sources IS 'What it read.';
COMMENT ON COLUMN ops.runs.pipeline_version IS 'Version of Hearsay.';
COMMENT ON COLUMN ops.runs.orchestrator_run_id IS 'Id of the flow run in Prefect, where it had one.';
COMMENT ON COLUMN ops.runs.n_new IS 'Articles published for the first time.';
COMMENT ON COLUMN ops.runs.n_unchanged IS 'Documents known already.';
COMMENT ON COLUMN ops.runs.n_superseded IS 'Versions that a newer one replaced.';
COMMENT ON COLUMN ops.runs.n_set_aside IS 'Articles set aside (ops.quarantine).';
COMMENT ON COLUMN ops.runs.n_claims IS 'Claims published.';
COMMENT ON COLUMN ops.runs.n_events IS 'Events published.';
COMMENT ON COLUMN ops.runs.n_checks IS 'Checks made.';
COMMENT ON COLUMN ops.runs.n_checks_failed IS 'Checks that failed.';
COMMENT ON COLUMN ops.runs.stage_seconds IS 'Seconds by stage, as JSON.';

COMMENT ON TABLE ops.batches IS 'One published batch of a run.';
COMMENT ON COLUMN ops.batches.batch_id IS 'Key: the batch.';
COMMENT ON COLUMN ops.batches.run_id IS 'Its run (ops.runs).';
COMMENT ON COLUMN ops.batches.ordinal IS 'Order within the run, from 1.';
COMMENT ON COLUMN ops.batches.published_at IS 'When it was published, UTC.';
COMMENT ON COLUMN ops.batches.n_articles IS 'Articles published.';
COMMENT ON COLUMN ops.batches.n_set_aside IS 'Articles set aside.';
COMMENT ON COLUMN ops.batches.n_rows IS 'Rows written in all tables.';

COMMENT ON TABLE ops.checks IS 'The result of one expectation or audit on one batch.';
COMMENT ON COLUMN ops.checks.batch_id IS 'Key: the batch.';
COMMENT ON COLUMN ops.checks.suite IS 'Key: the suite it belongs to, or audits.';
COMMENT ON COLUMN ops.checks.expectation IS 'Key: what was expected.';
COMMENT ON COLUMN ops.checks.run_id IS 'The run (ops.runs).';
COMMENT ON COLUMN ops.checks.table_name IS 'Table it looked at.';
COMMENT ON COLUMN ops.checks.severity IS 'fatal stops the batch or the article, warning does not.';
COMMENT ON COLUMN ops.checks.success IS 'Whether it held.';
COMMENT ON COLUMN ops.checks.n_rows IS 'Rows looked at.';
COMMENT ON COLUMN ops.checks.n_failed IS 'Rows that failed.';
COMMENT ON COLUMN ops.checks.examples IS 'Keys of some rows that failed.';
COMMENT ON COLUMN ops.checks.checked_at IS 'When, UTC.';

COMMENT ON TABLE ops.quarantine IS 'One document that was set aside, whole, by one stage.';
COMMENT ON COLUMN ops.quarantine.content_hash IS 'Key: SHA-256 of its bytes.';
COMMENT ON COLUMN ops.quarantine.stage IS 'Key: stage that set it aside.';
COMMENT ON COLUMN ops.quarantine.code IS 'Number of the error, e.g. H201.';
COMMENT ON COLUMN ops.quarantine.reason IS 'What is wrong and what may help.';
COMMENT ON COLUMN ops.quarantine.source_name IS 'Source that gave it.';
COMMENT ON COLUMN ops.quarantine.external_id IS 'Id or file name that the source gave.';
COMMENT ON COLUMN ops.quarantine.location IS 'Where a person finds it.';
COMMENT ON COLUMN ops.quarantine.detail IS 'The facts behind the reason, as JSON.';
COMMENT ON COLUMN ops.quarantine.replay IS 'Command that tries it again.';
COMMENT ON COLUMN ops.quarantine.first_seen_at IS 'When it was first set aside, UTC.';
COMMENT ON COLUMN ops.quarantine.last_seen_at IS 'When it was last set aside, UTC.';
COMMENT ON COLUMN ops.quarantine.run_id IS 'Run that set it aside last.';
COMMENT ON COLUMN ops.quarantine.dismissed_at IS 'When somebody dismissed it, UTC.';
COMMENT ON COLUMN ops.quarantine.dismissed_because IS 'Why it was dismissed.';

COMMENT ON TABLE ops.revisions IS 'One former value of one published cell.';
COMMENT ON COLUMN ops.revisions.table_name IS 'Key: the table.';
COMMENT ON COLUMN ops.revisions.row_id IS 'Key: the row''s key, its parts joined by a slash.';
COMMENT ON COLUMN ops.revisions.column_name IS 'Key: the column.';
COMMENT ON COLUMN ops.revisions.revised_at IS 'Key: until when the former value stood, UTC.';
COMMENT ON COLUMN ops.revisions.former_value IS 'The value as text; null when there was none.';
COMMENT ON COLUMN ops.revisions.because IS 'Why it changed.';
COMMENT ON COLUMN ops.revisions.run_id IS 'Run that changed it.';

COMMENT ON TABLE ops.redirects IS 'Where a published id that disappeared leads.';
COMMENT ON COLUMN ops.redirects.old_id IS 'Key: the id that disappeared.';
COMMENT ON COLUMN ops.redirects.new_id IS 'The id that took its place; null when nothing did.';
COMMENT ON COLUMN ops.redirects.table_name IS 'Table of both.';
COMMENT ON COLUMN ops.redirects.because IS 'Why it disappeared.';
COMMENT ON COLUMN ops.redirects.redirected_at IS 'When, UTC.';
COMMENT ON COLUMN ops.redirects.run_id IS 'Run that did it.';

COMMENT ON TABLE ops.supersessions IS 'One version of a document that left main for history.';
COMMENT ON COLUMN ops.supersessions.article_id IS 'Key: the version that left.';
COMMENT ON COLUMN ops.supersessions.superseded_at IS 'Key: when it left, UTC.';
COMMENT ON COLUMN ops.supersessions.superseded_by IS 'The version that took its place.';
COMMENT ON COLUMN ops.supersessions.document_id IS 'Their document.';
COMMENT ON COLUMN ops.supersessions.run_id IS 'Run that did it.';

COMMENT ON TABLE ops.judgements IS 'One decision that two things are or aren''t the same.';
COMMENT ON COLUMN ops.judgements.judgement_id IS 'Key: hash of layer and both sides.';
COMMENT ON COLUMN ops.judgements.layer IS 'What is joined: actors, places, stories, utterances, incidents.';
COMMENT ON COLUMN ops.judgements.left_key IS 'One side.';
COMMENT ON COLUMN ops.judgements.right_key IS 'The other side.';
COMMENT ON COLUMN ops.judgements.verdict IS 'same or different.';
COMMENT ON COLUMN ops.judgements.basis IS 'rule, score or person.';
COMMENT ON COLUMN ops.judgements.who IS 'Who decided, when a person did.';
COMMENT ON COLUMN ops.judgements.because IS 'The reason.';
COMMENT ON COLUMN ops.judgements.score IS 'How sure it is, 0 to 1.';
COMMENT ON COLUMN ops.judgements.judged_at IS 'When, UTC.';

COMMENT ON TABLE ops.freshness IS 'How fresh one source is.';
COMMENT ON COLUMN ops.freshness.source_name IS 'Key: the source.';
COMMENT ON COLUMN ops.freshness.last_read_at IS 'When it was last read, UTC.';
COMMENT ON COLUMN ops.freshness.last_new_at IS 'When it last gave something new, UTC.';
COMMENT ON COLUMN ops.freshness.newest_published_on IS 'Latest day of publication it gave.';
COMMENT ON COLUMN ops.freshness.n_documents IS 'Documents it gave in all.';

COMMENT ON TABLE work.entities IS 'One party or place within one article, before it is joined across articles.';
COMMENT ON COLUMN work.entities.entity_id IS 'Key: hash of the article and the entity''s names.';
COMMENT ON COLUMN work.entities.article_id IS 'Its article.';
COMMENT ON COLUMN work.entities.ordinal IS 'Order within the article, from 0.';
COMMENT ON COLUMN work.entities.name IS 'Fullest name used there.';
COMMENT ON COLUMN work.entities.kind IS 'Kind of actor, or place.';
COMMENT ON COLUMN work.entities.names IS 'All names used there.';
COMMENT ON COLUMN work.entities.n_mentions IS 'Mentions by each of names.';
COMMENT ON COLUMN work.entities.n_all IS 'Mentions in all, pronouns and nominals too.';
COMMENT ON COLUMN work.entities.key IS 'Canonical name from the alias lexicon.';
COMMENT ON COLUMN work.entities.country IS 'ISO 3166-1 alpha-3 code.';
COMMENT ON COLUMN work.entities.role IS 'Office or rank given there.';
COMMENT ON COLUMN work.entities.sector IS 'PLOVER sector.';
COMMENT ON COLUMN work.entities.source_role IS 'What it does as a publication there, e.g. agency.';
COMMENT ON COLUMN work.entities.domain IS 'Its web domain, when it is a publication.';
COMMENT ON COLUMN work.entities.actor_id IS 'Actor it was joined to; null while undecided.';
COMMENT ON COLUMN work.entities.place_id IS 'Place it was joined to; null while undecided.';

COMMENT ON TABLE work.entity_rows IS 'One published cell that stands for one entity.';
COMMENT ON COLUMN work.entity_rows.entity_id IS 'The entity.';
COMMENT ON COLUMN work.entity_rows.article_id IS 'Its article.';
COMMENT ON COLUMN work.entity_rows.table_name IS 'Key: table of the cell.';
COMMENT ON COLUMN work.entity_rows.row_id IS 'Key: key of the row.';
COMMENT ON COLUMN work.entity_rows.role IS 'Key: which column of the row.';
COMMENT ON COLUMN work.entity_rows.ordinal IS 'Key: order within the role.';

COMMENT ON TABLE work.versions IS 'One version ever seen of a document.';
COMMENT ON COLUMN work.versions.article_id IS 'Key: the version.';
COMMENT ON COLUMN work.versions.document_id IS 'Its document.';
COMMENT ON COLUMN work.versions.published_on IS 'Day of publication that it states.';
COMMENT ON COLUMN work.versions.seen_at IS 'When the input says it was seen, UTC; null unless stated.';
COMMENT ON COLUMN work.versions.content_hash IS 'SHA-256 of the bytes it came from.';
COMMENT ON COLUMN work.versions.is_live IS 'Whether it is the one in main.';

COMMENT ON TABLE work.article_terms IS 'One term of one article, for the likeness of articles.';
COMMENT ON COLUMN work.article_terms.article_id IS 'Key: the article.';
COMMENT ON COLUMN work.article_terms.term IS 'Key: the term.';
COMMENT ON COLUMN work.article_terms.weight IS 'Its weight in units of 1/32768 of a unit vector.';

COMMENT ON TABLE work.keys IS 'One blocking key of one member: members of a layer that share a key may belong together.';
COMMENT ON COLUMN work.keys.layer IS 'Key: what is joined, e.g. actors.';
COMMENT ON COLUMN work.keys.key IS 'Key: the blocking key.';
COMMENT ON COLUMN work.keys.member_id IS 'Key: the member.';
COMMENT ON COLUMN work.keys.article_id IS 'Article of the member.';

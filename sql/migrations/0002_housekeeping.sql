-- Schemas raw, ops and work: what was received, what the runs did, what the cross-article layer works from.
-- Schema history mirrors main; flows.publish.migrate makes it after every migration.

CREATE TABLE raw.documents (
  document_id VARCHAR NOT NULL,
  content_hash VARCHAR NOT NULL,
  source_name VARCHAR NOT NULL,
  external_id VARCHAR,
  url VARCHAR,
  location VARCHAR NOT NULL,
  media_type VARCHAR,
  headers VARCHAR,
  n_bytes BIGINT NOT NULL,
  article_id VARCHAR,
  pipeline_version VARCHAR,
  first_seen_at TIMESTAMPTZ NOT NULL,
  last_seen_at TIMESTAMPTZ NOT NULL,
  run_id VARCHAR NOT NULL
);

CREATE TABLE ops.publications (
  sequence BIGINT NOT NULL,
  sha256 VARCHAR NOT NULL,
  n_upserts BIGINT NOT NULL,
  n_deletes BIGINT NOT NULL
);

CREATE TABLE ops.runs (
  run_id VARCHAR NOT NULL,
  started_at TIMESTAMPTZ NOT NULL,
  ended_at TIMESTAMPTZ,
  state VARCHAR NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  exit_code INTEGER,
  sources VARCHAR[],
  pipeline_version VARCHAR NOT NULL,
  orchestrator_run_id VARCHAR,
  n_new INTEGER NOT NULL,
  n_unchanged INTEGER NOT NULL,
  n_superseded INTEGER NOT NULL,
  n_set_aside INTEGER NOT NULL,
  n_claims INTEGER NOT NULL,
  n_events INTEGER NOT NULL,
  n_checks INTEGER NOT NULL,
  n_checks_failed INTEGER NOT NULL,
  stage_seconds VARCHAR
);

CREATE TABLE ops.batches (
  batch_id VARCHAR NOT NULL,
  run_id VARCHAR NOT NULL,
  ordinal INTEGER NOT NULL,
  published_at TIMESTAMPTZ NOT NULL,
  n_articles INTEGER NOT NULL,
  n_set_aside INTEGER NOT NULL,
  n_rows BIGINT NOT NULL
);

CREATE TABLE ops.checks (
  batch_id VARCHAR NOT NULL,
  suite VARCHAR NOT NULL,
  expectation VARCHAR NOT NULL,
  run_id VARCHAR NOT NULL,
  table_name VARCHAR,
  severity VARCHAR NOT NULL CHECK (severity IN ('fatal', 'warning')),
  success BOOLEAN NOT NULL,
  n_rows BIGINT NOT NULL,
  n_failed BIGINT NOT NULL,
  examples VARCHAR[],
  checked_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE ops.quarantine (
  content_hash VARCHAR NOT NULL,
  stage VARCHAR NOT NULL,
  code VARCHAR NOT NULL,
  reason VARCHAR NOT NULL,
  source_name VARCHAR NOT NULL,
  external_id VARCHAR,
  location VARCHAR NOT NULL,
  detail VARCHAR,
  replay VARCHAR NOT NULL,
  first_seen_at TIMESTAMPTZ NOT NULL,
  last_seen_at TIMESTAMPTZ NOT NULL,
  run_id VARCHAR NOT NULL,
  dismissed_at TIMESTAMPTZ,
  dismissed_because VARCHAR
);

CREATE TABLE ops.revisions (
  table_name VARCHAR NOT NULL,
  row_id VARCHAR NOT NULL,
  column_name VARCHAR NOT NULL,
  revised_at TIMESTAMPTZ NOT NULL,
  former_value VARCHAR,
  because VARCHAR NOT NULL,
  run_id VARCHAR NOT NULL
);

CREATE TABLE ops.redirects (
  old_id VARCHAR NOT NULL,
  new_id VARCHAR,
  table_name VARCHAR NOT NULL,
  because VARCHAR NOT NULL,
  redirected_at TIMESTAMPTZ NOT NULL,
  run_id VARCHAR NOT NULL
);

CREATE TABLE ops.supersessions (
  article_id VARCHAR NOT NULL,
  superseded_at TIMESTAMPTZ NOT NULL,
  superseded_by VARCHAR,
  document_id VARCHAR NOT NULL,
  run_id VARCHAR NOT NULL
);

CREATE TABLE ops.judgements (
  judgement_id VARCHAR NOT NULL,
  layer VARCHAR NOT NULL,
  left_key VARCHAR NOT NULL,
  right_key VARCHAR NOT NULL,
  verdict VARCHAR NOT NULL CHECK (verdict IN ('same', 'different')),
  basis VARCHAR NOT NULL,
  who VARCHAR,
  because VARCHAR NOT NULL,
  score DOUBLE,
  judged_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE ops.freshness (
  source_name VARCHAR NOT NULL,
  last_read_at TIMESTAMPTZ NOT NULL,
  last_new_at TIMESTAMPTZ,
  newest_published_on DATE,
  n_documents BIGINT NOT NULL
);

CREATE TABLE work.entities (
  entity_id VARCHAR NOT NULL,
  article_id VARCHAR NOT NULL,
  ordinal INTEGER NOT NULL,
  name VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  names VARCHAR[],
  n_mentions INTEGER[],
  n_all INTEGER,
  key VARCHAR,
  country VARCHAR,
  role VARCHAR,
  sector VARCHAR,
  source_role VARCHAR,
  domain VARCHAR,
  actor_id VARCHAR,
  place_id VARCHAR
);

CREATE TABLE work.entity_rows (
  entity_id VARCHAR NOT NULL,
  article_id VARCHAR NOT NULL,
  table_name VARCHAR NOT NULL,
  row_id VARCHAR NOT NULL,
  role VARCHAR NOT NULL,
  ordinal INTEGER NOT NULL
);

CREATE TABLE work.versions (
  article_id VARCHAR NOT NULL,
  document_id VARCHAR NOT NULL,
  published_on DATE,
  seen_at TIMESTAMPTZ,
  content_hash VARCHAR NOT NULL,
  is_live BOOLEAN NOT NULL
);

CREATE TABLE work.article_terms (
  article_id VARCHAR NOT NULL,
  term VARCHAR NOT NULL,
  weight INTEGER NOT NULL
);

CREATE TABLE work.keys (
  layer VARCHAR NOT NULL,
  key VARCHAR NOT NULL,
  member_id VARCHAR NOT NULL,
  article_id VARCHAR NOT NULL
);

-- The published tables: what analysts read. Names, types and closed lists are the contract of schema main.
-- Keys are those of flows.schema.KEYS. They are kept by the one writer (flows.publish.apply) and by the audits, not by
-- indexes: DuckDB writes a whole index anew at each checkpoint, so that a batch of 100 articles cost 445 MB of writing
-- on a database of 700 MB, and 3 MB without (tests/benchmarks/publish_cost.py).
-- Spans are code points of articles.text, end exclusive: text = substring of articles.text from start_char to end_char.

CREATE SCHEMA raw;
CREATE SCHEMA history;
CREATE SCHEMA ops;
CREATE SCHEMA work;

CREATE TABLE ops.migrations (
  number INTEGER NOT NULL,
  name VARCHAR NOT NULL,
  sha256 VARCHAR NOT NULL,
  applied_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE main.articles (
  article_id VARCHAR NOT NULL,
  document_id VARCHAR NOT NULL,
  external_id VARCHAR,
  url VARCHAR,
  outlet_id VARCHAR,
  title VARCHAR,
  authors VARCHAR[],
  language VARCHAR,
  published_on DATE,
  published_basis VARCHAR NOT NULL
    CHECK (published_basis IN ('metadata', 'url', 'dateline', 'text', 'story', 'none')),
  reference_on DATE,
  text VARCHAR NOT NULL,
  story_id VARCHAR,
  content_hash VARCHAR NOT NULL,
  pipeline_version VARCHAR NOT NULL,
  first_seen_at TIMESTAMPTZ NOT NULL,
  run_id VARCHAR NOT NULL
);

CREATE TABLE main.published_evidence (
  article_id VARCHAR NOT NULL,
  rank INTEGER NOT NULL,
  day DATE,
  basis VARCHAR,
  evidence VARCHAR,
  segment_id VARCHAR,
  raw_start INTEGER,
  raw_end INTEGER,
  rejected_because VARCHAR
);

CREATE TABLE main.segments (
  segment_id VARCHAR NOT NULL,
  article_id VARCHAR NOT NULL,
  ordinal INTEGER NOT NULL,
  kind VARCHAR NOT NULL
    CHECK (kind IN (
      'headline', 'standfirst', 'dateline', 'subheading', 'body', 'correction', 'repost_comment',
      'byline', 'caption', 'teaser', 'share_widget', 'forum_header', 'disclaimer', 'advert', 'navigation',
      'print_notice', 'comment', 'separator')),
  kept BOOLEAN NOT NULL,
  raw_start INTEGER NOT NULL,
  raw_end INTEGER NOT NULL,
  start_char INTEGER,
  end_char INTEGER,
  text VARCHAR NOT NULL
);

CREATE TABLE main.sources (
  source_id VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  kind VARCHAR NOT NULL
    CHECK (kind IN ('outlet', 'agency', 'broadcaster', 'site', 'forum', 'social', 'press_office', 'unknown')),
  domain VARCHAR,
  country VARCHAR,
  actor_id VARCHAR NOT NULL
);

CREATE TABLE main.actors (
  actor_id VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  kind VARCHAR NOT NULL
    CHECK (kind IN ('person', 'organisation', 'armed_group', 'government', 'country', 'media', 'group', 'unnamed')),
  country VARCHAR,
  role VARCHAR,
  wikidata_id VARCHAR,
  n_mentions INTEGER NOT NULL,
  n_articles INTEGER NOT NULL
);

CREATE TABLE main.actor_names (
  actor_id VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  n_mentions INTEGER NOT NULL,
  basis VARCHAR NOT NULL,
  score DOUBLE
);

CREATE TABLE main.places (
  place_id VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  country VARCHAR,
  lat DOUBLE,
  lon DOUBLE,
  geonames_id VARCHAR
);

CREATE TABLE main.mentions (
  mention_id VARCHAR NOT NULL,
  article_id VARCHAR NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  text VARCHAR NOT NULL,
  form VARCHAR NOT NULL CHECK (form IN ('name', 'nominal', 'pronoun')),
  kind VARCHAR NOT NULL,
  actor_id VARCHAR,
  place_id VARCHAR,
  title_text VARCHAR
);

CREATE TABLE main.mention_candidates (
  mention_id VARCHAR NOT NULL,
  actor_id VARCHAR NOT NULL,
  score DOUBLE
);

CREATE TABLE main.dates (
  date_id VARCHAR NOT NULL,
  article_id VARCHAR NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  text VARCHAR NOT NULL,
  timex_type VARCHAR NOT NULL CHECK (timex_type IN ('DATE', 'TIME', 'DURATION', 'SET')),
  value VARCHAR NOT NULL,
  edtf VARCHAR,
  starts_on DATE,
  ends_on DATE,
  anchor VARCHAR NOT NULL
    CHECK (anchor IN ('explicit', 'publication', 'dateline', 'narrative', 'speech', 'event', 'story', 'none')),
  derivation VARCHAR NOT NULL,
  score DOUBLE
);

CREATE TABLE main.claims (
  claim_id VARCHAR NOT NULL,
  article_id VARCHAR NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  text VARCHAR NOT NULL,
  content VARCHAR NOT NULL,
  quotation VARCHAR NOT NULL CHECK (quotation IN ('direct', 'mixed', 'indirect')),
  cue_start INTEGER,
  cue_end INTEGER,
  cue_text VARCHAR,
  speaker_start INTEGER,
  speaker_end INTEGER,
  speaker_text VARCHAR,
  speaker_form VARCHAR,
  speaker_id VARCHAR,
  speaker_kind VARCHAR NOT NULL
    CHECK (speaker_kind IN (
      'named', 'official', 'military', 'witness', 'analyst', 'group', 'organisation', 'country', 'document', 'media',
      'unnamed', 'none')),
  speaker_country VARCHAR,
  speech_act VARCHAR NOT NULL
    CHECK (speech_act IN ('said', 'denied', 'asked', 'demanded', 'promised', 'believed', 'wanted', 'felt')),
  modality VARCHAR NOT NULL CHECK (modality IN ('actual', 'conditional', 'possible', 'negated', 'future')),
  said_on DATE,
  said_basis VARCHAR NOT NULL,
  extractor VARCHAR NOT NULL,
  score DOUBLE NOT NULL
);

CREATE TABLE main.claim_parts (
  claim_id VARCHAR NOT NULL,
  part INTEGER NOT NULL,
  article_id VARCHAR NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  text VARCHAR NOT NULL,
  utterance_id VARCHAR
);

CREATE TABLE main.attributions (
  claim_id VARCHAR NOT NULL,
  hop INTEGER NOT NULL,
  article_id VARCHAR NOT NULL,
  role VARCHAR NOT NULL
    CHECK (role IN (
      'speaker', 'spokesman', 'agency', 'outlet', 'broadcaster', 'document', 'earlier_article', 'reposter', 'page')),
  actor_id VARCHAR,
  source_id VARCHAR,
  name VARCHAR NOT NULL,
  basis VARCHAR NOT NULL CHECK (basis IN ('stated', 'inferred')),
  derivation VARCHAR,
  segment_id VARCHAR,
  raw_start INTEGER,
  raw_end INTEGER,
  start_char INTEGER,
  end_char INTEGER,
  text VARCHAR
);

CREATE TABLE main.utterances (
  utterance_id VARCHAR NOT NULL,
  speaker_id VARCHAR,
  said_on DATE,
  text VARCHAR NOT NULL,
  n_claims INTEGER NOT NULL,
  n_articles INTEGER NOT NULL,
  n_outlets INTEGER NOT NULL,
  n_origins INTEGER NOT NULL
);

CREATE TABLE main.events (
  event_id VARCHAR NOT NULL,
  article_id VARCHAR NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  text VARCHAR NOT NULL,
  trigger_start INTEGER NOT NULL,
  trigger_end INTEGER NOT NULL,
  trigger_text VARCHAR NOT NULL,
  event_type VARCHAR NOT NULL
    CHECK (event_type IN (
      'AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT', 'REQUEST', 'ACCUSE', 'REJECT',
      'THREATEN', 'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT', 'INVESTIGATE', 'DISAPPROVE', 'FIGHT')),
  mode VARCHAR,
  context VARCHAR[],
  status VARCHAR NOT NULL CHECK (status IN ('asserted', 'reported', 'denied', 'possible', 'planned')),
  claim_id VARCHAR,
  starts_on DATE,
  ends_on DATE,
  date_id VARCHAR,
  place_id VARCHAR,
  incident_id VARCHAR,
  extractor VARCHAR NOT NULL,
  score DOUBLE NOT NULL
);

CREATE TABLE main.event_participants (
  event_id VARCHAR NOT NULL,
  role VARCHAR NOT NULL CHECK (role IN ('actor', 'recipient')),
  ordinal INTEGER NOT NULL,
  article_id VARCHAR NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  text VARCHAR NOT NULL,
  actor_id VARCHAR,
  mention_id VARCHAR,
  country VARCHAR,
  sector VARCHAR
);

CREATE TABLE main.figures (
  figure_id VARCHAR NOT NULL,
  article_id VARCHAR NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  text VARCHAR NOT NULL,
  low DOUBLE,
  high DOUBLE,
  unit VARCHAR NOT NULL,
  qualifier VARCHAR NOT NULL CHECK (qualifier IN ('exact', 'at_least', 'at_most', 'about', 'range')),
  event_id VARCHAR,
  incident_id VARCHAR
);

CREATE TABLE main.incidents (
  incident_id VARCHAR NOT NULL,
  event_type VARCHAR NOT NULL,
  place_id VARCHAR,
  starts_on DATE,
  ends_on DATE,
  headline VARCHAR NOT NULL,
  n_articles INTEGER NOT NULL,
  n_outlets INTEGER NOT NULL,
  n_origins INTEGER NOT NULL
);

CREATE TABLE main.incident_participants (
  incident_id VARCHAR NOT NULL,
  role VARCHAR NOT NULL,
  actor_id VARCHAR NOT NULL
);

CREATE TABLE main.origins (
  about VARCHAR NOT NULL CHECK (about IN ('utterance', 'incident')),
  about_id VARCHAR NOT NULL,
  origin INTEGER,
  article_id VARCHAR NOT NULL,
  because VARCHAR NOT NULL
);

CREATE TABLE main.passages (
  passage_id VARCHAR NOT NULL,
  article_id VARCHAR NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  text VARCHAR NOT NULL,
  other_article_id VARCHAR NOT NULL,
  other_start INTEGER NOT NULL,
  other_end INTEGER NOT NULL,
  other_text VARCHAR NOT NULL,
  overlap DOUBLE NOT NULL,
  direction VARCHAR NOT NULL CHECK (direction IN ('from_other', 'to_other', 'common_origin', 'unknown'))
);

CREATE TABLE main.stories (
  story_id VARCHAR NOT NULL,
  headline VARCHAR NOT NULL,
  starts_on DATE,
  ends_on DATE,
  n_articles INTEGER NOT NULL,
  n_outlets INTEGER NOT NULL
);

CREATE TABLE main.discrepancies (
  discrepancy_id VARCHAR NOT NULL,
  about VARCHAR CHECK (about IN ('incident', 'utterance', 'actor')),
  about_id VARCHAR NOT NULL,
  field VARCHAR NOT NULL,
  kind VARCHAR NOT NULL CHECK (kind IN ('conflict', 'refinement', 'compatible'))
);

CREATE TABLE main.discrepancy_values (
  discrepancy_id VARCHAR NOT NULL,
  article_id VARCHAR NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER,
  text VARCHAR,
  value VARCHAR NOT NULL
);

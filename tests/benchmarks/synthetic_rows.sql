-- Rows of synthetic articles $first to $last - 1, one table for each table of the database (main__claims for main.claims).
CREATE TABLE main__articles AS
SELECT 'art_' || left(md5(i::VARCHAR), 20) AS article_id, 'doc_' || left(md5('d' || i), 20) AS document_id, 'src_' || i % 50 AS outlet_id,
  'Title ' || i AS title, ['A. Writer'] AS authors, 'en' AS language, DATE '2026-01-01' + (i % 300)::INTEGER AS published_on, 'metadata' AS published_basis,
  (SELECT string_agg(md5((i * 100 + j)::VARCHAR), ' ') FROM range(90) AS words (j)) AS text, md5(i::VARCHAR) AS content_hash, '1' AS pipeline_version,
  TIMESTAMPTZ '2026-01-01T00:00:00Z' AS first_seen_at, 'run_1' AS run_id
FROM range($first, $last) AS articles (i);
CREATE TABLE main__segments AS
SELECT 'seg_' || left(md5(i || 's' || j), 20) AS segment_id, 'art_' || left(md5(i::VARCHAR), 20) AS article_id, j AS ordinal, 'body' AS kind, true AS kept,
  j * 300 AS raw_start, j * 300 + 290 AS raw_end, j * 300 AS start_char, j * 300 + 290 AS end_char,
  (SELECT string_agg(md5((i * 100 + j * 9 + k)::VARCHAR), ' ') FROM range(9) AS words (k)) AS text
FROM range($first, $last) AS articles (i), range(10) AS parts (j);
CREATE TABLE main__mentions AS
SELECT 'men_' || left(md5(i || 'm' || j), 20) AS mention_id, 'art_' || left(md5(i::VARCHAR), 20) AS article_id, j * 30 AS start_char, j * 30 + 10 AS end_char,
  left(md5((i * 100 + j)::VARCHAR), 10) AS text, 'name' AS form, 'person' AS kind, 'act_' || left(md5(((i * j) % 5000)::VARCHAR), 20) AS actor_id
FROM range($first, $last) AS articles (i), range(50) AS parts (j);
CREATE TABLE main__claims AS
SELECT 'clm_' || left(md5(i || 'c' || j), 20) AS claim_id, 'art_' || left(md5(i::VARCHAR), 20) AS article_id, j * 90 AS start_char, j * 90 + 64 AS end_char,
  md5((i * 100 + j)::VARCHAR) || md5((i * 101 + j)::VARCHAR) AS text, md5((i * 100 + j)::VARCHAR) || md5((i * 101 + j)::VARCHAR) AS content, 'direct' AS quotation,
  1 AS cue_start, 5 AS cue_end, 'said' AS cue_text, 'act_' || left(md5(((i * j) % 5000)::VARCHAR), 20) AS speaker_id, 'named' AS speaker_kind, 'said' AS speech_act,
  'actual' AS modality, 'none' AS said_basis, 'rules' AS extractor, 0.5 AS score
FROM range($first, $last) AS articles (i), range(12) AS parts (j);
CREATE TABLE main__claim_parts AS
SELECT claim_id, 0 AS part, article_id, start_char, end_char, text, 'utt_' || left(md5('u' || claim_id), 20) AS utterance_id FROM main__claims;
CREATE TABLE main__utterances AS
SELECT utterance_id, text, 1 AS n_claims, 1 AS n_articles, 1 AS n_outlets, 1 AS n_origins FROM main__claim_parts;
CREATE TABLE main__attributions AS
SELECT claim_id, hop, article_id, CASE hop WHEN 0 THEN 'speaker' ELSE 'page' END AS role, 'Name' AS name, 'stated' AS basis
FROM main__claims, range(2) AS hops (hop);
CREATE TABLE main__actors AS
SELECT DISTINCT 'act_' || left(md5(((i * j) % 5000)::VARCHAR), 20) AS actor_id, 'Name ' || ((i * j) % 5000) AS name, 'person' AS kind, 1 AS n_mentions, 1 AS n_articles
FROM range($first, $last) AS articles (i), range(50) AS parts (j);
CREATE TABLE work__entities AS
SELECT 'ent_' || left(md5(i || 'e' || j), 20) AS entity_id, 'art_' || left(md5(i::VARCHAR), 20) AS article_id, j AS ordinal, 'Name ' || j AS name, 'person' AS kind,
  ['Name ' || j] AS names, [1] AS n_mentions
FROM range($first, $last) AS articles (i), range(15) AS parts (j);
CREATE TABLE work__keys AS
SELECT 'actors' AS layer, left(md5(((i * j) % 20000)::VARCHAR), 8) AS key, 'ent_' || left(md5(i || 'e' || j), 20) AS member_id, 'art_' || left(md5(i::VARCHAR), 20) AS article_id
FROM range($first, $last) AS articles (i), range(15) AS parts (j);

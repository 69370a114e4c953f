-- Links are few and are asked for again and again: in a table of their own they are not sought among all other keys. The
-- keys of words, nine tenths of all, become hashes: a look through them reads a quarter of the bytes. What the short
-- strings were is kept: hex digits are their number, and names with terms get 64 bits of MD5.

CREATE TABLE work.links (
  layer VARCHAR NOT NULL,
  key VARCHAR NOT NULL,
  member_id VARCHAR NOT NULL,
  article_id VARCHAR NOT NULL
);

INSERT INTO work.links
SELECT layer, key, member_id, article_id FROM work.keys WHERE layer IN ('story', 'utterance', 'incident');
DELETE FROM work.keys WHERE layer IN ('story', 'utterance', 'incident');

CREATE TEMP TABLE bulk AS
SELECT
  CASE
    WHEN layer = 'shingle' THEN layer
    WHEN key LIKE 'says:%' THEN 'utterance_terms'
    WHEN key LIKE 'words:%' THEN 'utterance_words'
    ELSE 'utterance_long'
  END AS layer,
  CASE
    WHEN layer = 'shingle' THEN '0x' || key
    WHEN key LIKE 'says:%' THEN '0x' || substr(md5(key), 1, 16)
    ELSE '0x' || split_part(key, ':', 2)
  END::UBIGINT AS key,
  member_id,
  article_id
FROM work.bulk_keys;

DROP TABLE work.bulk_keys;

CREATE TABLE work.bulk_keys (
  layer VARCHAR NOT NULL,
  key UBIGINT NOT NULL,
  member_id VARCHAR NOT NULL,
  article_id VARCHAR NOT NULL
);

INSERT INTO work.bulk_keys SELECT layer, key, member_id, article_id FROM bulk;
DROP TABLE bulk;

COMMENT ON TABLE work.links IS 'A link between two members of one layer, a row for each of the two.';
COMMENT ON COLUMN work.links.layer IS 'Key: what is linked: story, utterance or incident.';
COMMENT ON COLUMN work.links.key IS 'Key: both members, and how alike or how strongly tied they are.';
COMMENT ON COLUMN work.links.member_id IS 'Key: the member.';
COMMENT ON COLUMN work.links.article_id IS 'Article of the member.';
COMMENT ON TABLE work.bulk_keys IS 'One blocking key of one member, of the layers that have very many: shingles of articles, words of sayings.';
COMMENT ON COLUMN work.bulk_keys.layer IS 'Key: what is compared: shingle, utterance_terms, utterance_words or utterance_long.';
COMMENT ON COLUMN work.bulk_keys.key IS 'Key: the blocking key, hashed to 64 bits.';
COMMENT ON COLUMN work.bulk_keys.member_id IS 'Key: the member.';
COMMENT ON COLUMN work.bulk_keys.article_id IS 'Article of the member.';
